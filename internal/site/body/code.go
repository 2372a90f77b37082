package body

import (
	"regexp"
	"strings"
)

var languageClass = regexp.MustCompile(`(?:^|\s)(?:language|lang)-([A-Za-z0-9+#._-]{1,40})(?:\s|$)`)

// code writes a piece of code: its language, a button that the page's script
// shows once it works, and the code, coloured if we know the language. It runs
// from left to right in every language.
func (w *writer) code(n *node) {
	w.codes++
	inner := n
	if k := n.only(); k != nil && k.tag == "code" {
		inner = k
	}
	name := languageOf(inner)
	if name == "" {
		name = languageOf(n)
	}
	language := languages()[strings.ToLower(name)]
	if language != nil {
		name = language.Config().Name
	}
	framed := w.addControl()
	if framed {
		w.raw(`<div class="code"><header><span>`)
		w.fixed(name)
		w.raw(`</span><button type="button" data-copy="copy"`)
		w.attrOf("data-done", w.options.Words.Copied)
		w.raw(" hidden>")
		w.icon("i", "copy")
		w.fixed(w.options.Words.Copy)
		w.raw("</button></header>")
	}
	w.open("pre", "tabindex", "0", "role", "region", "aria-label", sayNumber(w.options.Words.Code, w.codes), "dir", "ltr")
	w.raw("<code>")
	defer w.quiet()()
	if text, plain := codeText(inner); plain {
		w.reading.add(text)
		w.colored(name, language, text)
	} else {
		w.inlines(inner.kids) // formatting of the author's own stays
	}
	w.raw("</code></pre>")
	if framed {
		w.raw("</div>")
	}
}

func languageOf(n *node) string {
	if m := languageClass.FindStringSubmatch(n.attr("class")); m != nil {
		return m[1]
	}
	return ""
}

// codeText returns the text of code, and whether that is all there is.
func codeText(n *node) (string, bool) {
	var b strings.Builder
	for _, k := range n.kids {
		switch {
		case k.tag == "":
			b.WriteString(k.text)
		case k.tag == "br":
			b.WriteByte('\n')
		default:
			return "", false
		}
	}
	return b.String(), true
}
