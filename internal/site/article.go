package site

import (
	"fmt"
	"html/template"
	"net/http"
	"path"
	"strings"

	"lectern"
	"lectern/internal/picture"
	"lectern/internal/site/body"
)

// An article page is an answer to read.
type articlePage struct {
	frame
	Crumbs         []crumb
	Notice         *notice // that the text is in another language
	Name, About    string
	Lang           string // of the text, if another than the page's
	Avatar         avatar
	By             string
	Updated        template.HTML
	Minutes        int
	Contents       []heading // empty where there are too few to need a table
	Body           template.HTML
	Markdown       string // path of the same as Markdown
	React          string // path that takes a reaction
	Faces          []face
	Chosen         lectern.Face // what the reader said just now; empty for nothing
	Previous, Next *row
	Related        []row
}

// A notice says that a page is not in the language asked for.
type notice struct {
	Title, Text string
	Continue    link  // the same page in its own language
	Others      *link // what there is in the language asked for
}

// A heading is an entry of the table of contents, with those below it.
type heading struct {
	ID, Text string
	Parts    []heading
}

// fewestHeadings is how many headings a table of contents has at least.
const fewestHeadings = 3

// articlePage answers GET /{locale}/articles/{…}.
func (s *Site) articlePage(c *call) (*answer, error) {
	if strings.HasSuffix(c.step, ".md") {
		return s.articleMarkdown(c)
	}
	id, ok := leadingID(c.step)
	if !ok {
		return s.gone(c)
	}
	x, err := s.store.Page(c.Context(), c.visit(), lectern.ArticleID(id))
	if err != nil {
		return s.orGone(c, err)
	}
	at := c.articleURL(x.ID, x.Title)
	if a, err := s.elsewhereThan(c, at, !x.Fallback(c.visit())); a != nil || err != nil {
		return a, err
	}
	p := s.newArticlePage(c, x, at)
	if x.Fallback(c.visit()) {
		if p.Notice, err = s.newNotice(c, x); err != nil {
			return nil, err
		}
	}
	text := body.Render(x.Body, s.bodyOptions(c, x))
	p.Body, p.Minutes = text.HTML, text.Minutes
	if strings.Contains(string(text.HTML), "<code") {
		p.Assets.Mono = c.static(s.assets.URL("atkinson-mono-latin-400.woff2"))
	}
	p.Contents = contents(text.Headings)
	if err := p.tellArticle(c, x); err != nil {
		return nil, err
	}
	a, err := s.render(http.StatusOK, "article.html", p)
	if err != nil {
		return nil, err
	}
	a.links = markdownLinks(&p.frame)
	a.policy = policyFor(string(text.HTML))
	a.vary, a.viewed, a.keep, a.hidden = "Accept", x.ID, keepLong, unlisted(x)
	if x.RelatedUnknown {
		a.keep = keepShort
	}
	return a, nil
}

// unlisted reports whether no list leads to an article: it is for those who have
// its address, and not for search engines.
func unlisted(x *lectern.Page) bool { return len(x.Path) == 0 }

// newArticlePage is the page of x, which stands at the path at, but for its body.
func (s *Site) newArticlePage(c *call, x *lectern.Page, at string) *articlePage {
	p := &articlePage{
		frame: s.frame(c, x.Title), Name: x.Title, About: x.Description, Lang: otherLang(c, x.Locale),
		Avatar: c.avatarOf(x.Author, 40), Crumbs: crumbs(c, x.Path),
		React: at + "/reaction", Chosen: chosenFace(c.Request), Markdown: at + ".md",
		Related: rowsOf(c, x.Related, false),
	}
	p.Description, p.Hidden = x.Description, unlisted(x)
	p.setPlace(c, x.Names, x.Locale, func(l lectern.Locale, title string) string {
		return c.in(l).articleURL(x.ID, title)
	}, x.Title)
	if x.Author.Name != "" {
		p.By = p.T("article.by", "name", x.Author.Name)
	}
	day := x.UpdatedAt.UTC()
	p.Updated = p.Rich("article.updated", "date",
		template.HTML(`<time datetime="`+day.Format("2006-01-02")+`">`+template.HTMLEscapeString(p.Date(day))+`</time>`))
	p.Faces = []face{{lectern.Sad, p.T("verdict.no"), "face-sad"}, {lectern.Neutral, p.T("verdict.partly"), "face-neutral"}, {lectern.Happy, p.T("verdict.yes"), "face-happy"}}
	for _, n := range []struct {
		article *lectern.ArticleRow
		row     **row
	}{{x.Previous, &p.Previous}, {x.Next, &p.Next}} {
		if n.article != nil {
			*n.row = &rowsOf(c, []lectern.ArticleRow{*n.article}, false)[0]
		}
	}
	return p
}

// newNotice says that x is shown in another language than the page's, and leads
// to articles of its topic that are there in this one.
func (s *Site) newNotice(c *call, x *lectern.Page) (*notice, error) {
	asked, shown := c.words.Language(c.locale), c.words.Language(x.Locale)
	n := &notice{
		Title: c.words.T("fallback.title", "asked", asked), Text: c.words.T("fallback.text", "asked", asked, "shown", shown),
		Continue: link{c.in(x.Locale).articleURL(x.ID, x.Title), c.words.T("fallback.continue", "shown", shown)},
	}
	if len(x.Path) == 0 {
		return n, nil
	}
	last := x.Path[len(x.Path)-1]
	own, err := s.store.Latest(c.Context(), c.visit(), last.ID, 1)
	if unless(err, lectern.NotFound) != nil {
		return nil, fmt.Errorf("look for articles in %s: %w", c.locale, err)
	}
	if len(own) > 0 {
		n.Others = &link{c.collectionURL(last.ID, last.Name), c.words.T("fallback.others", "asked", asked, "topic", last.Name)}
	}
	return n, nil
}

// contents orders headings into a table of contents.
func contents(headings []body.Heading) []heading {
	if len(headings) < fewestHeadings {
		return nil
	}
	var list []heading
	for _, h := range headings {
		e := heading{ID: h.ID, Text: h.Text}
		if n := len(list); h.Level > 2 && n > 0 {
			list[n-1].Parts = append(list[n-1].Parts, e)
		} else {
			list = append(list, e)
		}
	}
	return list
}

// bodyOptions say how the body of x is shown.
func (s *Site) bodyOptions(c *call, x *lectern.Page) body.Options {
	t := c.words.T
	return body.Options{
		RTL: c.in(x.Locale).words.Dir() == "rtl",
		Words: body.Words{
			Section: t("body.section", "text", "{text}"), Table: t("body.table", "n", "{n}"), Code: t("body.code", "n", "{n}"),
			Copy: t("body.copy"), Copied: t("body.copied"),
			Enlarge: t("body.enlarge_this", "text", "{text}"), EnlargeUntitled: t("body.enlarge"), Close: t("body.close"),
			Note: t("body.note"), Tip: t("body.tip"), Warning: t("body.warning"), Danger: t("body.danger"), Notice: t("body.notice"),
			More: t("body.more"), Video: t("body.video"), VideoOpensInATab: t("body.video_opens", "host", "{host}"),
		},
		Link:   func(href string) string { return c.local(href) },
		Image:  func(src string) (body.Picture, bool) { return s.ownImage(c, src) },
		Frames: c.center.theme.VideoHosts, Pages: s.frames,
	}
}

// ownImage says what is known of a picture in a text that this workspace keeps:
// where the visit finds it, and how large it is.
func (s *Site) ownImage(c *call, src string) (body.Picture, bool) {
	at := c.ownPicture(src)
	if at == "" {
		return body.Picture{}, false
	}
	a, err := s.store.Asset(c.Context(), c.center.workspace, lectern.AssetName(path.Base(at)))
	if err != nil {
		return body.Picture{}, false // the page says so where it stands
	}
	look := picture.LookOf(a)
	return body.Picture{Src: at, Width: look.Width, Height: look.Height}, true
}
