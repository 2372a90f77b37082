package blocks

import (
	"maps"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A Block is a block as FromHTML makes it; its type says which fields it has.
type Block struct {
	Type    string   `json:"type"`
	Text    string   `json:"text,omitzero"`
	Items   []string `json:"items,omitzero"`
	URL     string   `json:"url,omitzero"`
	AltText *string  `json:"altText,omitzero"`
	Content string   `json:"content,omitzero"`
}

// FromHTML returns a body in the normal form of package richtext as blocks.
// HTML makes that body of them again, but for the ids of headings.
func FromHTML(body string) []Block {
	blocks := []Block{}
	nodes, err := html.ParseFragment(strings.NewReader(body), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil { // a reader of a string does not fail
		return blocks
	}
	for _, n := range nodes {
		if n.Type == html.ElementNode {
			blocks = append(blocks, blockOf(n))
		}
	}
	return blocks
}

// blockOf returns an element as the block made for it, or as HTML when that
// would lose something.
func blockOf(n *html.Node) Block {
	switch n.Data {
	case "p":
		if plain(n) && n.FirstChild != nil {
			return Block{Type: "paragraph", Text: inner(n)}
		}
	case "h1", "h2", "h3", "h4":
		for kind, tag := range headings {
			if tag == n.Data && only(n, "id") {
				return Block{Type: kind, Text: inner(n)}
			}
		}
	case "ul", "ol":
		if items, ok := itemsOf(n); ok && n.Data == "ul" {
			return Block{Type: "unorderedList", Items: items}
		} else if ok {
			return Block{Type: "orderedList", Items: items}
		}
	case "pre":
		if code := n.FirstChild; only(n) && code != nil && code.Data == "code" && code.NextSibling == nil && only(code) {
			if text := code.FirstChild; text != nil && text.Type == html.TextNode && text.NextSibling == nil {
				return Block{Type: "code", Text: text.Data}
			}
		}
	case "div":
		if i := n.FirstChild; attributes(n)["class"] == "intercom-container" && only(n, "class") &&
			i != nil && i.Data == "img" && i.NextSibling == nil && only(i, "src", "alt") {
			image := Block{Type: "image", URL: attributes(i)["src"]}
			if alt, ok := attributes(i)["alt"]; ok {
				image.AltText = &alt
			}
			return image
		}
	case "hr":
		return Block{Type: "horizontalRule"}
	}
	return Block{Type: "html", Content: outer(n)}
}

// itemsOf returns the items of a list each of which is a single line.
func itemsOf(list *html.Node) ([]string, bool) {
	if !only(list) {
		return nil, false
	}
	var items []string
	for li := range list.ChildNodes() {
		p := li.FirstChild
		if !only(li) || p == nil || p.NextSibling != nil || p.Data != "p" || !plain(p) {
			return nil, false
		}
		items = append(items, inner(p))
	}
	return items, len(items) > 0
}

// plain reports whether a paragraph says nothing but its text.
func plain(p *html.Node) bool { return attributes(p)["class"] == "no-margin" && only(p, "class") }

// only reports whether an element has no attributes but the named ones.
func only(n *html.Node, names ...string) bool {
	for name := range maps.Keys(attributes(n)) {
		if !slices.Contains(names, name) {
			return false
		}
	}
	return true
}

func attributes(n *html.Node) map[string]string {
	list := map[string]string{}
	for _, a := range n.Attr {
		list[a.Key] = a.Val
	}
	return list
}

// inner returns what is inside an element, outer the element too.
func inner(n *html.Node) string {
	var b strings.Builder
	for c := range n.ChildNodes() {
		b.WriteString(outer(c))
	}
	return b.String()
}

// outer leaves a ">" in text as it is, since people read blocks.
func outer(n *html.Node) string {
	if n.Type == html.TextNode {
		return strings.NewReplacer("&", "&amp;", "<", "&lt;", "\u00a0", "&nbsp;").Replace(n.Data)
	}
	var b strings.Builder
	if err := html.Render(&b, n); err != nil { // a builder takes everything
		return ""
	}
	return b.String()
}
