package richtext

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// startCode opens a <pre>. Inside it white space counts, lines end with line
// feeds, and formatting and links are kept.
func (r *reader) startCode(t html.Token) {
	into := r.nest()
	c := &codeBlock{attrs: attrsOf(t, r.top().attrs), language: languageOf(t)}
	r.push(frame{tag: "pre", attrs: c.within(), code: c, done: func() {
		if len(c.runs) > 0 {
			*into = append(*into, c)
		}
	}})
	r.swallowLine = true
}

// startInCode reads a start tag inside a <pre> and reports whether it belongs
// there. Other elements end the <pre>: its end was forgotten.
func (r *reader) startInCode(t html.Token) bool {
	r.swallowLine = false
	c := r.top().code
	switch {
	case t.Data == "code":
		if lang := languageOf(t); lang != "" {
			c.language = lang
		}
	case inlineTags[t.Data] != "" || t.Data == "a" || t.Data == "br" || t.Data == "img":
		return false
	case t.Data == "p" || slices.Contains(transparent, t.Data) && !hasClass(t, "intercom-interblocks-callout"):
		r.codeLine()
	default:
		r.pop()
		return false
	}
	return true
}

// codeText appends text to the code block. The line feed right after <pre> is
// not part of it, says HTML.
func (r *reader) codeText(s string) {
	if r.swallowLine {
		s = strings.TrimPrefix(s, "\n")
		r.swallowLine = false
	}
	if s != "" {
		r.places.content()
		c := r.top().code
		c.runs = append(c.runs, run{text: s, marks: dropMark(r.marks, "code")})
	}
}

// codeLine begins a new line where a block element begins or ends, unless we
// are at the start of one.
func (r *reader) codeLine() {
	runs := r.top().code.runs
	if n := len(runs); n > 0 && !strings.HasSuffix(runs[n-1].text, "\n") {
		r.codeText("\n")
	}
}

func languageOf(t html.Token) string {
	for _, class := range strings.Fields(attr(t, "class")) {
		if languageClass.MatchString(class) {
			return class
		}
	}
	return ""
}
