package site

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"lectern"
	"lectern/internal/richtext"
)

// Every article is there as Markdown as well: under its address with .md at the
// end, and under its address to who would rather have text/markdown than HTML.

// negotiate leads a call that would rather have Markdown to an article's
// Markdown. The path is what answers are kept by, so it comes before those.
func (c *call) negotiate() {
	if _, t, ok := pageAt(c.path); ok && t.Article != 0 && !strings.HasSuffix(c.path, ".md") && prefersMarkdown(c.Header.Values("Accept")) {
		c.path += ".md"
		c.negotiated = true
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
	text, err := markdown(front{
		Title: x.Title, Description: x.Description, Updated: stamp(x.UpdatedAt), Canonical: page, Language: x.Locale,
	}, x.Body)
	if err != nil {
		return nil, fmt.Errorf("write article %d as Markdown: %w", x.ID, err)
	}
	a := made(markdownKind, text)
	a.viewed = x.ID
	a.links = []string{"<" + page + `>; rel="canonical"`}
	a.vary = "Accept" // kept for both ways to ask
	return a, nil
}

// A front is what stands above an article's text, as YAML.
type front struct {
	Title, Description, Updated, Canonical string
	Language                               lectern.Locale
}

// headingID is the anchor of a heading in a stored body, which would stand
// behind its words in Markdown and be nothing to read there.
var headingID = regexp.MustCompile(`(<h[1-6]) id="[^"]*"`)

// bodyMarkdown is a stored body as Markdown.
func bodyMarkdown(body string) (string, error) {
	text, err := richtext.Markdown(headingID.ReplaceAllString(body, "$1"))
	return strings.TrimSpace(text), err
}

// markdown is an article as Markdown: its front, its title, its body.
func markdown(f front, body string) ([]byte, error) {
	text, err := bodyMarkdown(body)
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	b.WriteString("---\ntitle: " + quoted(oneLine(f.Title)) + "\n")
	if f.Description != "" {
		b.WriteString("description: " + quoted(oneLine(f.Description)) + "\n")
	}
	fmt.Fprintf(&b, "updated: %s\ncanonical: %s\nlanguage: %s\n---\n\n", f.Updated, quoted(f.Canonical), quoted(string(f.Language)))
	b.WriteString("# " + markdownLine(f.Title) + "\n\n")
	b.WriteString(text + "\n")
	return []byte(b.String()), nil
}

// markdownMarks begin something in Markdown or HTML.
var markdownMarks = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`, "#", `\#`, "|", `\|`, "~", `\~`, "&", `\&`, "!", `\!`)

// markdownLine is text as it stands on a line of Markdown, whatever is in it.
func markdownLine(s string) string { return markdownMarks.Replace(oneLine(s)) }
