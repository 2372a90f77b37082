package richtext

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// Text returns the words of a body, cleaned or not, as plain text for search
// and snippets. Blocks stand on lines of their own, the cells of a table row are
// separated by tabs, other white space is collapsed; images are represented by
// their alt text, and what Clean removes with its content does not appear.
func Text(body string) string {
	var w textWriter
	z := html.NewTokenizer(strings.NewReader(translate(tidy(body), nil)))
	mute := false // inside an <iframe>
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			return w.b.String()
		case html.TextToken:
			if !mute {
				w.write(z.Text())
			}
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			tag, hasAttr := tagName(z)
			w.tag(tag, kind == html.EndTagToken)
			mute = tag == "iframe" && kind == html.StartTagToken
			if tag == "img" && hasAttr {
				w.write(altOf(z))
				w.separate(aWord)
			}
		}
	}
}

// altOf returns the alt attribute of the tokenizer's current tag.
func altOf(z *html.Tokenizer) []byte {
	for {
		key, value, more := z.TagAttr()
		if string(key) == "alt" {
			return value
		}
		if !more {
			return nil
		}
	}
}

// blockTags names every element that begins and ends a line of text.
var blockTags = func() map[string]bool {
	tags := map[string]bool{"br": true}
	for _, tag := range slices.Concat(transparent, kept) {
		tags[tag] = true
	}
	for _, inline := range []string{"a", "img", "iframe", "span"} {
		delete(tags, inline)
	}
	return tags
}()

// How far apart two words are. The greatest distance asked for wins.
type distance byte

const (
	together distance = iota
	aWord
	aCell
	aLine
)

var separators = [...]string{aWord: " ", aCell: "\t", aLine: "\n"}

// A textWriter writes words and remembers what separates the next from the last.
type textWriter struct {
	b     strings.Builder
	apart distance
	cells []bool // for each open table, whether we are in one of its cells
}

// tag takes note of a start or end tag.
func (w *textWriter) tag(name string, end bool) {
	top := len(w.cells) - 1
	switch {
	case name == "table" && !end:
		w.cells = append(w.cells, false)
		w.separate(aLine)
	case name == "table" && top >= 0:
		w.cells = w.cells[:top]
		w.separate(aLine)
	case (name == "td" || name == "th") && top >= 0:
		w.separate(aCell)
		w.cells[top] = !end
	case name == "tr" && top >= 0:
		w.cells[top] = false
		w.separate(aLine)
	case name == "img":
		w.separate(aWord)
	case blockTags[name] && top >= 0 && w.cells[top]:
		w.separate(aWord)
	case blockTags[name]:
		w.separate(aLine)
	}
}

func (w *textWriter) separate(by distance) { w.apart = max(w.apart, by) }

// write writes text, white space collapsed and control characters left out.
func (w *textWriter) write(text []byte) {
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case isSpace(c):
			w.separate(aWord)
		case c == 0xC2 && i+1 < len(text) && text[i+1] == 0xA0: // a no-break space
			w.separate(aWord)
			i++
		case c < ' ' || c == 0x7f:
		default:
			end := i + 1
			for end < len(text) && text[end] > ' ' && text[end] != 0x7f && text[end] != 0xC2 {
				end++
			}
			w.word(text[i:end])
			i = end
			continue
		}
		i++
	}
}

// word writes a word, or a part of one, after what separates it from the last.
func (w *textWriter) word(s []byte) {
	if w.apart != together && w.b.Len() > 0 {
		w.b.WriteString(separators[w.apart])
	}
	w.apart = together
	w.b.Write(s)
}
