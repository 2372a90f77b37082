package site

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"html/template"
	"net/http"

	"lectern"
	"lectern/internal/design"
	"lectern/internal/kept"
	"lectern/internal/site/fan"
)

// A home page lists the topics of a help center.
type homePage struct {
	frame
	Greeting, Sub string
	GreetingLang  string // if it is in another language than the page
	SubLang       string
	Picture       string // behind the greeting; empty for the fan
	Fan           template.HTML
	Often         []link // what readers search for
	Articles      int
	Topics        []topicCell
	Plain         bool // topics are shown without icons
	Popular       []row
}

// A topicCell is a collection in the ledger.
type topicCell struct {
	URL, Name, Description string
	Lang                   string // of name and description, if another than the page's
	Icon                   string // or else:
	Letter                 string // the first of its name
	Avatars                []avatar
	Articles               int
}

// On the home page.
const (
	popularRows     = 6 // with fewer articles than that none is called popular
	popularRowsElse = 4 // on other pages
)

// homePage answers GET /{locale}.
func (s *Site) homePage(c *call) (*answer, error) {
	o, err := s.outline(c)
	if err != nil {
		return nil, err
	}
	p := homePage{frame: s.frame(c, ""), Articles: o.Articles}
	p.Field = false
	p.address(c, "/"+string(c.locale))
	for _, l := range c.center.Locales {
		p.addAlternate(c, l, "/"+string(l))
	}
	text := c.center.theme.Text(c.center.HelpCenter, c.locale)
	own := c.center.theme.Texts[c.locale]
	p.Greeting, p.Sub = cmp.Or(text.Greeting, p.T("home.greeting")), text.Introduction
	if own.Greeting == "" && text.Greeting != "" {
		p.GreetingLang = otherLang(c, c.center.DefaultLocale)
	}
	if own.Introduction == "" {
		p.SubLang = otherLang(c, c.center.DefaultLocale)
	}
	p.Description = cmp.Or(p.Sub, p.Greeting)
	if p.Header == lectern.PictureHeader {
		p.Picture = c.asset(c.center.theme.Picture)
	}
	if p.Picture == "" {
		p.Fan = c.center.fan(fan.Home)
	}
	for _, x := range o.Collections {
		p.Topics = append(p.Topics, topicCell{
			URL: c.collectionURL(x.ID, x.Name), Name: x.Name, Description: x.Description, Lang: otherLang(c, x.Locale),
			Icon: iconOf(x.Icon), Letter: initial(x.Name), Avatars: c.avatarsOf(x.Writers, 24), Articles: x.Articles,
		})
	}
	p.Plain = !mostHaveIcons(p.Topics)
	if o.Articles == 0 {
		p.Hidden = true // there is nothing to find yet
		p.Sub, p.SubLang = p.T("home.empty"), ""
	}
	if p.Often, err = s.often(c); err != nil {
		return nil, err
	}
	if o.Articles >= popularRows {
		if p.Popular, err = s.popular(c.Context(), c, popularRows); err != nil {
			return nil, err
		}
	}
	if err := p.tellHome(c); err != nil {
		return nil, err
	}
	a, err := s.render(http.StatusOK, "home.html", &p)
	if err == nil {
		a.links, a.vary, a.keep = markdownLinks(&p.frame), "Accept", keepShort
	}
	return a, err
}

// outline returns what the help center holds. It is counted over all articles,
// so it is kept until one changes, while the page that shows it is made anew to
// tell what is popular. Nobody may change it.
func (s *Site) outline(c *call) (*lectern.Outline, error) {
	return s.outlines.Make(c.Context(), outlineKey{c.visit(), c.center.stamp}, kept.Recipe[*lectern.Outline]{
		Stamp: func() uint64 { return s.stampOf(c) },
		Make: func(ctx context.Context) (*lectern.Outline, int, error) {
			o, err := s.store.Outline(ctx, c.visit())
			if err != nil {
				return nil, kept.None, fmt.Errorf("read the outline: %w", err)
			}
			return o, outlineSize(o.Collections), nil
		},
	})
}

// An outlineKey is what an outline follows from, beside the content.
type outlineKey struct {
	lectern.Visit
	stamp uint64 // of its help center
}

// outlineSize is about how many bytes collections take.
func outlineSize(list []*lectern.OpenCollection) int {
	size := 512
	for _, x := range list {
		size += 512 + len(x.Name) + len(x.Description) + outlineSize(x.Children)
	}
	return size
}

// popular lists the articles that are read most.
func (s *Site) popular(ctx context.Context, c *call, n int) ([]row, error) {
	articles, err := s.store.Popular(ctx, c.visit(), n)
	if err != nil && !errors.Is(err, lectern.NotFound) {
		return nil, fmt.Errorf("read popular articles: %w", err)
	}
	return rowsOf(c, articles, false), nil
}

// An onward list is where a reader goes on who found nothing: what is read most,
// or the topics where nothing was read yet.
type onward struct {
	Title string
	Rows  []row
}

func (s *Site) onward(c *call) (*onward, error) {
	most, err := s.popular(c.Context(), c, popularRowsElse)
	if err != nil {
		return nil, err
	}
	if len(most) > 0 {
		return &onward{c.words.T("most_read"), most}, nil
	}
	o, err := s.outline(c)
	if unless(err, lectern.NotFound) != nil {
		return nil, err
	}
	if err != nil || len(o.Collections) == 0 {
		return nil, nil
	}
	list := &onward{Title: c.words.T("home.topics")}
	for _, x := range o.Collections {
		list.Rows = append(list.Rows, row{
			URL: c.collectionURL(x.ID, x.Name), Title: x.Name, Topic: c.words.N("articles", x.Articles), Lang: otherLang(c, x.Locale),
		})
	}
	return list, nil
}

// mostHaveIcons reports whether at least half of the topics have an icon. The
// others get their letter then; with fewer, none has either.
func mostHaveIcons(topics []topicCell) bool {
	n := 0
	for _, t := range topics {
		if t.Icon != "" {
			n++
		}
	}
	return n > 0 && 2*n >= len(topics)
}

// iconOf returns the icon to draw for the name that a collection has; empty for
// none. The icons that a collection has until its owner chooses one say nothing.
func iconOf(name string) string {
	if name == "folder" || name == "book-bookmark" || !design.HasIcon(name) {
		return ""
	}
	return name
}
