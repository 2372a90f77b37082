package richtext

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// removed names the elements that go together with their content: what is
// inside them is program, form or drawing, not text of the article.
var removed = map[string]bool{
	"applet": true, "audio": true, "canvas": true, "datalist": true, "form": true, "frameset": true,
	"head": true, "map": true, "math": true, "noembed": true, "noframes": true, "noscript": true,
	"object": true, "script": true, "select": true, "style": true, "svg": true, "template": true,
	"textarea": true, "title": true, "video": true,
}

// rawText names the removed elements whose content is never markup: it ends at
// their end tag or with the document, whatever it looks like.
var rawText = map[string]bool{
	"noembed": true, "noframes": true, "noscript": true, "script": true, "style": true, "textarea": true, "title": true,
}

// dropRemoved returns body without the removed elements. One that is never
// closed loses its tag only, so that a forgotten </form> does not cost the rest
// of the article. It also closes <iframe …/>, which HTML would take to swallow
// everything up to the next </iframe>.
func dropRemoved(body string) string {
	if !mentionsRemoved(body) {
		return body
	}
	var out strings.Builder
	open := map[string]bool{} // elements found to be never closed
	for from := 0; from < len(body); {
		next, unclosed := copyKept(&out, body, from, open)
		if unclosed != "" {
			open[unclosed] = true
		}
		from = next
	}
	return out.String()
}

// copyKept copies body from the given offset to out, without removed elements.
// When it meets the end inside one that should have been closed, it returns the
// name and the offset after its start tag, to go on from there.
func copyKept(out *strings.Builder, body string, from int, ignore map[string]bool) (next int, unclosed string) {
	z := html.NewTokenizer(strings.NewReader(body[from:]))
	pos, resume := from, 0
	inside, depth := "", 0 // the removed element we are in, and how many of its name
	for {
		kind := z.Next()
		raw := z.Raw()
		pos += len(raw)
		if kind == html.ErrorToken {
			if inside == "" || rawText[inside] {
				return len(body), ""
			}
			return resume, inside
		}
		name := ""
		if kind == html.StartTagToken || kind == html.EndTagToken || kind == html.SelfClosingTagToken {
			name, _ = tagName(z)
		}
		switch {
		case inside != "":
			if name == inside && kind == html.StartTagToken {
				depth++
			} else if name == inside && kind == html.EndTagToken {
				if depth--; depth == 0 {
					inside = ""
				}
			}
		case removed[name] && !ignore[name]:
			if kind == html.StartTagToken || kind == html.SelfClosingTagToken && rawText[name] {
				inside, depth, resume = name, 1, pos
			}
		case name == "iframe" && kind == html.SelfClosingTagToken:
			z.NextIsNotRawText()
			out.Write(raw)
			out.WriteString("</iframe>")
		default:
			out.Write(raw)
		}
	}
}

// tagName returns the name of the tokenizer's current tag and whether it has
// attributes. Names HTML knows cost no memory.
func tagName(z *html.Tokenizer) (string, bool) {
	name, hasAttr := z.TagName()
	if a := atom.Lookup(name); a != 0 {
		return a.String(), hasAttr
	}
	return string(name), hasAttr
}

// mentionsRemoved reports whether body could hold anything for dropRemoved to
// do. Most bodies do not, and are spared the work.
func mentionsRemoved(body string) bool {
	var name [8]byte // as long as the longest name
	for {
		i := strings.IndexByte(body, '<')
		if i < 0 {
			return false
		}
		body = body[i+1:]
		n := 0
		for n < len(body) && n < len(name) && 'a' <= body[n]|0x20 && body[n]|0x20 <= 'z' {
			name[n] = body[n] | 0x20
			n++
		}
		if removed[string(name[:n])] || string(name[:n]) == "iframe" {
			return true
		}
	}
}
