package body

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

const calloutClass = "intercom-interblocks-callout"

// A tone is what the colour of a callout means.
type tone struct {
	class, icon string
	word        func(*Words) string
}

var (
	notice  = tone{"callout plain", "info", func(w *Words) string { return w.Notice }}
	note    = tone{"callout", "info", func(w *Words) string { return w.Note }}
	tip     = tone{"callout tip", "lightbulb", func(w *Words) string { return w.Tip }}
	warning = tone{"callout warn", "triangle-alert", func(w *Words) string { return w.Warning }}
	danger  = tone{"callout bad", "circle-alert", func(w *Words) string { return w.Danger }}
)

var background = regexp.MustCompile(`(?i)(?:^|;)\s*background(?:-color)?\s*:\s*(?:#([0-9a-f]{3,8})|rgba?\(\s*(\d{1,3})[,\s]+(\d{1,3})[,\s]+(\d{1,3}))`)

// toneOf returns the meaning nearest to the colour in a style.
func toneOf(style string) tone {
	m := background.FindStringSubmatch(style)
	if m == nil {
		return notice
	}
	var rgb [3]float64
	if hex := m[1]; hex != "" {
		if len(hex) < 6 { // #rgb or #rgba
			hex = strings.Join([]string{hex[:1], hex[:1], hex[1:2], hex[1:2], hex[2:3], hex[2:3]}, "")
		}
		for i := range rgb {
			v, _ := strconv.ParseUint(hex[2*i:2*i+2], 16, 8) // the pattern lets only hex digits in
			rgb[i] = float64(v)
		}
	} else {
		for i := range rgb {
			v, _ := strconv.ParseUint(m[2+i], 10, 16)
			rgb[i] = min(float64(v), 255)
		}
	}
	return toneOfColor(rgb[0], rgb[1], rgb[2])
}

// toneOfColor goes by the hue in degrees. The colours that Intercom offers have
// the hues 47, 230, 133 and 358; between two the border is half way, but that
// orange warns and violet notes.
func toneOfColor(r, g, b float64) tone {
	high, low := max(r, g, b), min(r, g, b)
	if high-low < 12 {
		return notice
	}
	var hue float64
	switch high {
	case r:
		hue = math.Mod((g-b)/(high-low)+6, 6)
	case g:
		hue = (b-r)/(high-low) + 2
	default:
		hue = (r-g)/(high-low) + 4
	}
	switch hue *= 60; {
	case hue < 20 || hue >= 320:
		return danger
	case hue < 75:
		return warning
	case hue < 175:
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
