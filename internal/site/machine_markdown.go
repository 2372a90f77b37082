package site

import (
	"bytes"
	"cmp"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	markup "golang.org/x/net/html"

	"lectern"
	"lectern/internal/richtext"
)

// Every article and every topic is there as Markdown as well: under its address
// with .md at the end, the home page under /{locale}/index.md, and each under its
// address to who would rather have text/markdown than HTML.

// negotiate leads a call that would rather have Markdown to a page's Markdown.
// The path is what answers are kept by, so it comes before those.
func (c *call) negotiate() {
	if strings.HasSuffix(c.path, ".md") || !prefersMarkdown(c.Header.Values("Accept")) {
		return
	}
	if _, _, ok := pageAt(c.path); ok {
		c.path += ".md"
	} else if _, ok := lectern.ParseLocale(strings.TrimPrefix(c.path, "/")); ok {
		c.path += "/index.md"
	}
}

// prefersMarkdown reports whether an Accept header names Markdown, and HTML not
// above it. What it says of all types counts for neither: browsers send that.
func prefersMarkdown(accept []string) bool {
	markdown, html := 0.0, 0.0
	for _, header := range accept {
		for part := range strings.SplitSeq(header, ",") {
			kind, params, _ := strings.Cut(part, ";")
			switch strings.ToLower(strings.TrimSpace(kind)) {
			case "text/markdown", "text/x-markdown":
				markdown = max(markdown, weight(params))
			case "text/html", "application/xhtml+xml":
				html = max(html, weight(params))
			}
		}
	}
	return markdown > 0 && markdown >= html
}

// weight is the q of a media type's parameters: from 0 to 1, and 1 unless they
// say something that is understood.
func weight(params string) float64 {
	for p := range strings.SplitSeq(params, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(p), "=")
		if strings.EqualFold(name, "q") {
			if q, err := strconv.ParseFloat(value, 64); err == nil && q >= 0 && q <= 1 {
				return q
			}
		}
	}
	return 1
}

// articleMarkdown answers GET /{locale}/articles/{…}.md.
func (s *Site) articleMarkdown(c *call) (*answer, error) {
	id, ok := leadingID(strings.TrimSuffix(c.step, ".md"))
	if !ok {
		return s.gone(c)
	}
	x, err := s.store.Page(c.Context(), c.visit(), lectern.ArticleID(id))
	if err != nil {
		return s.orGone(c, err)
	}
	at := c.articleURL(x.ID, x.Title) + ".md"
	if at != c.root+c.path {
		return redirect(301, c.withQuery(escaped(c.canonical(at[len(c.root):])))), nil
	}
	page := c.articleAddress(x.Locale, x.ID, x.Title)
	text, err := bodyMarkdown(x.Body, page)
	if err != nil {
		return nil, fmt.Errorf("write article %d as Markdown: %w", x.ID, err)
	}
	b := startMarkdown(c, front{
		Title: x.Title, Description: x.Description, Author: x.Author.Name, Updated: stamp(x.UpdatedAt), Canonical: page, Language: x.Locale,
	})
	b.WriteString(text + "\n")
	a := markdownAnswer(b, page)
	a.viewed, a.hidden = x.ID, unlisted(x)
	return a, nil
}

// markdownAnswer is a page as Markdown; the page itself is at an address.
func markdownAnswer(b *bytes.Buffer, page string) *answer {
	a := made(markdownKind, b.Bytes())
	a.links = []string{"<" + page + `>; rel="canonical"`}
	a.vary = "Accept" // kept for both ways to ask
	return a
}

// homeMarkdown answers GET /{locale}/index.md.
func (s *Site) homeMarkdown(c *call) (*answer, error) {
	o, err := s.outline(c)
	if err != nil {
		return nil, err
	}
	text := c.center.theme.Text(c.center.HelpCenter, c.locale)
	greeting := cmp.Or(text.Greeting, c.words.T("home.greeting"))
	page := c.homeAddress(c.locale)
	b := startMarkdown(c, front{Title: s.siteName(c), Description: cmp.Or(text.Introduction, greeting), Canonical: page, Language: c.locale})
	fmt.Fprintf(b, "%s\n\n", markdownLine(greeting))
	if text.Introduction != "" {
		fmt.Fprintf(b, "%s\n\n", markdownLine(text.Introduction))
	}
	fmt.Fprintf(b, "## %s\n\n", markdownLine(c.words.T("home.topics")))
	for _, x := range o.Collections {
		item(b, x.Name, c.collectionAddress(x.Locale, x.ID, x.Name)+".md", oneLine(x.Description+" "+c.words.N("articles", x.Articles)))
	}
	return markdownAnswer(b, page), nil
}

// collectionMarkdown answers GET /{locale}/collections/{…}.md: the lists that the
// page has.
func (s *Site) collectionMarkdown(c *call) (*answer, error) {
	id, ok := leadingID(strings.TrimSuffix(c.step, ".md"))
	if !ok {
		return s.gone(c)
	}
	topic, err := s.store.CollectionPage(c.Context(), c.visit(), lectern.CollectionID(id))
	if err != nil {
		return s.orGone(c, err)
	}
	if at := c.collectionURL(topic.ID, topic.Name) + ".md"; at != c.root+c.path {
		return redirect(301, escaped(c.canonical(at[len(c.root):]))), nil
	}
	page := c.collectionAddress(topic.Locale, topic.ID, topic.Name)
	b := startMarkdown(c, front{Title: topic.Name, Description: topic.Description, Canonical: page, Language: topic.Locale})
	if topic.Description != "" {
		fmt.Fprintf(b, "%s\n\n", markdownLine(topic.Description))
	}
	fmt.Fprintf(b, "%s\n", markdownLine(by(c, topic.OpenCollection)))
	if len(topic.Rows) > 0 && len(topic.Children) > 0 {
		fmt.Fprintf(b, "\n## %s\n", markdownLine(c.words.T("collection.own")))
	}
	head := b.Len()
	if markdownRows(c, b, "##", topic.OpenCollection, true); tooLong(b.Bytes()) {
		b.Truncate(head)
		markdownRows(c, b, "##", topic.OpenCollection, false)
	}
	return markdownAnswer(b, page), nil
}

// markdownRows lists the articles of a collection, then those of the ones in it,
// each under a heading of a level; with what they are about if described.
func markdownRows(c *call, b *bytes.Buffer, level string, x *lectern.OpenCollection, described bool) {
	if len(x.Rows) > 0 {
		b.WriteByte('\n')
	}
	for _, r := range x.Rows {
		if !described {
			r.Description = ""
		}
		item(b, r.Title, c.articleAddress(r.Locale, r.ID, r.Title)+".md", r.Description)
	}
	for _, y := range x.Children {
		fmt.Fprintf(b, "\n%s %s\n", level, markdownLine(y.Name))
		if y.Description != "" {
			fmt.Fprintf(b, "\n%s\n", markdownLine(y.Description))
		}
		markdownRows(c, b, level+"#", y, described)
	}
}

// A front is what stands above an article's text, as YAML.
type front struct {
	Title, Canonical, Description, Author, Updated string // the last three may be empty
	Language                                       lectern.Locale
}

// headingID is the anchor of a heading in a stored body, which would stand
// behind its words in Markdown and be nothing to read there.
var headingID = regexp.MustCompile(`(<h[1-6]) id="[^"]*"`)

// bodyMarkdown is a stored body as Markdown. Its links lead on from the page at
// an address, so they are whole: programs hand texts on without saying where
// they are from.
func bodyMarkdown(body, page string) (string, error) {
	text, err := richtext.Markdown(wholeLinks(headingID.ReplaceAllString(body, "$1"), page))
	return strings.TrimSpace(text), err
}

// wholeLinks resolves the addresses in a body from that of its page.
func wholeLinks(body, page string) string {
	base, err := url.Parse(page)
	if err != nil {
		return body
	}
	var b strings.Builder
	for z := markup.NewTokenizer(strings.NewReader(body)); ; {
		kind := z.Next()
		raw := string(z.Raw()) // Token changes it
		if kind == markup.ErrorToken {
			b.WriteString(raw)
			return b.String()
		}
		t := z.Token()
		changed := false
		for i, a := range t.Attr {
			if a.Key != "href" && a.Key != "src" && a.Key != "poster" {
				continue
			}
			if to, err := base.Parse(a.Val); err == nil && to.Host == base.Host && to.String() != a.Val {
				t.Attr[i].Val, changed = to.String(), true
			}
		}
		if changed {
			raw = t.String()
		}
		b.WriteString(raw)
	}
}

// startMarkdown begins a page as Markdown: its front, which begins with where all
// pages are listed, and its title.
func startMarkdown(c *call, f front) *bytes.Buffer {
	b := &bytes.Buffer{}
	fmt.Fprintf(b, "---\nllms_txt: %s\ntitle: %s\n", quoted(c.llmsAddress()), quoted(oneLine(f.Title)))
	for _, field := range [][2]string{{"description", f.Description}, {"author", f.Author}} {
		if field[1] != "" {
			b.WriteString(field[0] + ": " + quoted(oneLine(field[1])) + "\n")
		}
	}
	if f.Updated != "" {
		b.WriteString("updated: " + f.Updated + "\n")
	}
	fmt.Fprintf(b, "canonical: %s\nlanguage: %s\n---\n\n# %s\n\n", quoted(f.Canonical), quoted(string(f.Language)), markdownLine(f.Title))
	return b
}

// markdownMarks begin something in Markdown or HTML.
var markdownMarks = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`, "#", `\#`, "|", `\|`, "~", `\~`, "&", `\&`, "!", `\!`)

// markdownLine is text as it stands on a line of Markdown, whatever is in it.
func markdownLine(s string) string { return markdownMarks.Replace(oneLine(s)) }
