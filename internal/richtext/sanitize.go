package richtext

import (
	"regexp"

	"github.com/microcosm-cc/bluemonday"
)

// transparent names the block elements that are not kept themselves: their
// content stands in their place, in paragraphs of its own.
var transparent = []string{
	"address", "article", "aside", "center", "dd", "div", "dl", "dt", "fieldset", "figcaption", "figure",
	"footer", "header", "hgroup", "legend", "main", "nav", "search", "section",
}

// kept names the other elements the reader understands.
var kept = []string{
	"a", "blockquote", "br", "caption", "details", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "iframe", "img", "li",
	"menu", "ol", "p", "pre", "span", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}

// policy is the allow-list a body passes before it is read. It lets through
// every tag the reader understands and no other, and of their attributes those
// the reader looks at. Where an attribute's value is copied or parsed later, the
// pattern here says what it may look like.
var policy = newPolicy()

func newPolicy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	// translate has written the content of these as that of others.
	p.AllowElementsContent("frame", "frameset", "noembed", "noframes", "noscript", "nostyle", "object", "title")
	p.AllowNoAttrs().OnElements(kept...)
	p.AllowNoAttrs().OnElements(transparent...)
	for tag := range inlineTags {
		p.AllowNoAttrs().OnElements(tag)
	}

	p.AllowAttrs("id", "class").Globally()
	p.AllowAttrs("dir").Matching(dirValue).Globally()
	p.AllowAttrs("lang").Matching(langValue).Globally()
	p.AllowAttrs("align").Matching(alignValue).Globally()
	p.AllowAttrs("style").Globally() // parsed by the reader, never copied
	p.AllowAttrs("data-lang", "data-language", "data-enlighter-language").OnElements("pre", "code", "div")
	p.AllowAttrs("bgcolor").OnElements("tr", "td", "th")

	p.AllowAttrs("name", "title").OnElements("a")
	p.AllowAttrs("href").Matching(linkAddress).OnElements("a")
	p.AllowAttrs("alt", "title").OnElements("img")
	p.AllowAttrs("src").Matching(imageAddress).OnElements("img")
	p.AllowAttrs("width", "height").OnElements("img")
	p.AllowAttrs("src", "title").OnElements("iframe") // the host is checked, aloud, by the reader

	p.AllowAttrs("colspan", "rowspan").Matching(numberValue).OnElements("td", "th")
	p.AllowAttrs("scope").Matching(scopeValue).OnElements("td", "th")
	p.AllowAttrs("start").Matching(numberValue).OnElements("ol")
	p.AllowAttrs("type").Matching(listTypeValue).OnElements("ol")
	p.AllowAttrs("reversed").OnElements("ol")
	p.AllowAttrs("value").Matching(numberValue).OnElements("li")
	p.AllowAttrs("open").OnElements("details")
	return p
}

// What the values of attributes may look like.
var (
	dirValue      = regexp.MustCompile(`^(?i:ltr|rtl|auto)$`)
	langValue     = regexp.MustCompile(`^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8}){0,4}$`)
	alignValue    = regexp.MustCompile(`^(?i:left|center|right|justify|middle)$`)
	numberValue   = regexp.MustCompile(`^-?[0-9]{1,6}$`)
	scopeValue    = regexp.MustCompile(`^(?i:row|col|rowgroup|colgroup)$`)
	listTypeValue = regexp.MustCompile(`^[1aAiI]$`)
	anchorName    = regexp.MustCompile(`^[^\s"'<>&\x60]{1,100}$`)
)
