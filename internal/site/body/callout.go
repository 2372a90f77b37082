package body

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const calloutClass = "intercom-interblocks-callout"

// A tone is what the colour of a callout means.
type tone struct {
	class, icon string
	word        func(*Words) string
	cell        string // the class of a table's cell
}

var (
	notice  = tone{"callout plain", "info", func(w *Words) string { return w.Notice }, "t-plain"}
	note    = tone{"callout", "info", func(w *Words) string { return w.Note }, "t-info"}
	tip     = tone{"callout tip", "lightbulb", func(w *Words) string { return w.Tip }, "t-good"}
	warning = tone{"callout warn", "triangle-alert", func(w *Words) string { return w.Warning }, "t-warn"}
	danger  = tone{"callout bad", "circle-alert", func(w *Words) string { return w.Danger }, "t-bad"}
)

// toneOf returns the meaning nearest to the colours in a style: that of the
// background, or of the edge where the background says nothing.
func toneOf(style string) tone {
	c, ok := parseColor(styled(style, "background-color", "background"))
	if !ok || c.white() {
		if edge, has := parseColor(styled(style, "border-color", "border-left-color")); has {
			c, ok = edge, true
		}
	}
	if !ok {
		return notice
	}
	return toneOfColor(c)
}

// toneOfColor goes by the hue, however light or dark a colour is; below a chroma
// of .012 it is grey.
func toneOfColor(c rgb) tone {
	chroma, hue := c.oklch()
	switch {
	case chroma < .012:
		return notice
	case hue < 45 || hue >= 345:
		return danger
	case hue < 113:
		return warning
	case hue < 198:
		return tip
	}
	return note
}

// callout writes a panel in the tone of its colour. Its tone is named for those
// who do not see it.
func (w *writer) callout(n *node) {
	if n.blank() {
		return
	}
	t := toneOf(n.attr("style"))
	w.open("div", "class", t.class, "role", "note", "aria-label", t.word(&w.options.Words), "dir", dir(n), "lang", lang(n))
	w.icon("i", t.icon)
	w.raw("<div>")
	kids := n.seen()
	if first := kids[0]; first.tag == "p" && (titled(first) || len(kids) == 1 && !leadsBold(first)) && w.plain(first) {
		w.inlines(trim(first.kids))
		w.reading.gap()
		kids = kids[1:]
	}
	w.blocks(kids)
	w.raw("</div></div>")
}

// plain reports whether a paragraph can do without its tag.
func (w *writer) plain(p *node) bool {
	return align(p) == "" && dir(p) == "" && lang(p) == "" && w.picturesOf(trim(p.kids)) == nil && w.buttonIn(p) == nil
}

func leadsBold(p *node) bool {
	kids := trim(p.kids)
	return len(kids) > 0 && kids[0].tag == "strong"
}

// titled reports whether a paragraph begins with bold words that are a title,
// and not the beginning of a sentence, which goes on in lower case or with a
// comma.
func titled(p *node) bool {
	kids := trim(p.kids)
	if !leadsBold(p) {
		return false
	}
	if len(kids) == 1 {
		return true
	}
	title := kids[0].words()
	if last, _ := utf8.DecodeLastRuneInString(title); strings.ContainsRune(".:!?。：！？؟", last) {
		return true
	}
	if kids[1].tag == "br" {
		return true
	}
	var rest strings.Builder
	for _, k := range kids[1:] {
		k.gather(&rest)
	}
	next, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest.String(), " \t\n\u00a0"))
	return !unicode.IsLower(next) && !unicode.IsPunct(next) && strings.HasPrefix(rest.String(), " ")
}
