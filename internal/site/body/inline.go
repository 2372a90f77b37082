package body

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// inlines writes text and what stands in it.
func (w *writer) inlines(kids []*node) {
	for i := 0; i < len(kids); i++ {
		if w.rtl && kids[i].tag == "kbd" {
			end := keysUpTo(kids, i)
			w.keys(kids[i:end])
			i = end - 1
			continue
		}
		w.inline(kids[i])
	}
}

// inline writes one piece of a line. A block in it gives its text.
func (w *writer) inline(n *node) {
	switch {
	case n.tag == "" && w.rtl:
		w.isolate(n.text)
	case n.tag == "":
		w.text(n.text)
	case n.tag == "br" || n.tag == "wbr":
		w.open(n.tag)
		w.reading.gap()
	case n.tag == "img":
		w.glyph(n)
	case n.tag == "span":
		if id := w.survey.anchors[n]; id != "" {
			w.open("span", "id", id)
			w.close("span")
		}
		w.inlines(n.kids)
	case n.blank():
		if n.block || len(n.kids) > 0 {
			w.raw(" ")
		}
	case n.tag == "a":
		w.link(n)
	case n.tag == "code" && w.rtl:
		defer w.quiet()()
		w.open("code", "dir", "ltr")
		w.inlines(n.kids)
		w.close("code")
	case inlineTags[n.tag] != "":
		defer w.turn(n)()
		w.open(n.tag, "class", footnoteClass(n), "title", titleOf(n), "dir", dir(n), "lang", lang(n))
		w.inlines(n.kids)
		w.close(n.tag)
	default:
		w.raw(" ")
		w.inlines(n.kids)
		w.raw(" ")
	}
}

// keys writes a combination of keys, which is read from left to right.
func (w *writer) keys(kids []*node) {
	defer w.quiet()()
	w.raw(`<bdi dir="ltr">`)
	for _, k := range kids {
		w.inline(k)
	}
	w.raw("</bdi>")
}

// quiet ends the care for direction, in code, which runs from left to right.
func (w *writer) quiet() func() {
	before := w.rtl
	w.rtl = false
	return func() { w.rtl = before }
}

// titleOf returns what an abbreviation or a definition stands for.
func titleOf(n *node) string {
	if n.tag == "abbr" || n.tag == "dfn" {
		return n.attr("title")
	}
	return ""
}

// link writes a link, or its text alone where readers must not follow it.
func (w *writer) link(n *node) {
	href := w.address(n.attr("href"))
	if w.inLink || href == "" {
		w.inlines(n.kids)
		return
	}
	w.inLink = true
	class := ""
	if strings.HasPrefix(href, "#") && n.words() == "↩" {
		class = "back"
	}
	w.open("a", "href", href, "class", class, "rel", rel(href), "title", n.attr("title"), "dir", dir(n), "lang", lang(n))
	w.inlines(n.kids)
	w.close("a")
	w.inLink = false
}

// keysUpTo returns the end of a combination of keys that begins at i: <kbd>
// elements with nothing but a space or a plus between them.
func keysUpTo(kids []*node, i int) int {
	end := i + 1
	for j := i + 1; j+1 < len(kids) && kids[j].tag == "" && kids[j+1].tag == "kbd"; j += 2 {
		if between := strings.TrimSpace(kids[j].text); between != "" && between != "+" {
			break
		}
		end = j + 2
	}
	return end
}

// isolate writes text that runs from right to left. What is Latin in it, such as
// "300 SDR", and numbers with signs or in groups, such as "+49 30 1234-567",
// stand in a <bdi>, or their parts would change places.
func (w *writer) isolate(s string) {
	from, to := latin(s)
	for at := 0; at < len(s); {
		if from < at {
			from, to = latin(s[at:])
			from, to = from+at, to+at
		}
		start, end, tag := from, to, "<bdi>"
		if first, last := signed(s[at:from]); first < last {
			start, end, tag = at+first, at+last, `<bdi dir="ltr">`
		}
		w.text(s[at:start])
		if start < end {
			w.raw(tag)
			w.text(s[start:end])
			w.raw("</bdi>")
		}
		at = end
	}
}

// numberRun is digits in groups, or with signs. The digits are those of any
// script that Arabic, Persian and Urdu use.
var numberRun = regexp.MustCompile(`[+\-−–]?[(]?[0-9٠-٩۰-۹]+(?:(?:[ \x{a0}\x{202f}]?[-−–‑/.,:()+*#×][ \x{a0}\x{202f}]?|[ \x{a0}\x{202f}])[(]?[0-9٠-٩۰-۹]+[)]?)*`)

// signed finds the first number whose parts could change places. Those that a
// point, a comma, a colon or a slash parts stay.
func signed(s string) (from, to int) {
	for at := 0; ; {
		m := numberRun.FindStringIndex(s[at:])
		if m == nil {
			return len(s), len(s)
		}
		from, to = at+m[0], at+m[1]
		if strings.ContainsFunc(s[from:to], func(r rune) bool { return !unicode.IsDigit(r) && !strings.ContainsRune(".,:/", r) }) {
			return from, to
		}
		at = to
	}
}

// latin finds the first stretch of words in Latin letters, with the numbers and
// signs among them. Both ends are len(s) if there is none.
func latin(s string) (from, to int) {
	for at := 0; at < len(s); {
		if !ascii(s[at]) {
			at++
			continue
		}
		end := at
		for end < len(s) && (ascii(s[end]) || s[end] == ' ' && end+1 < len(s) && ascii(s[end+1])) {
			end++
		}
		part := strings.Trim(s[at:end], ".,;:!?()[]\"'- /")
		if strings.ContainsFunc(part, letter) {
			from = at + strings.Index(s[at:end], part)
			return from, from + len(part)
		}
		at = end
	}
	return len(s), len(s)
}

func ascii(c byte) bool { return c > ' ' && c < 0x7f }

func letter(r rune) bool { return 'A' <= r && r <= 'Z' || 'a' <= r && r <= 'z' }

// footnoteClass returns the class of a raised number that leads to a note.
func footnoteClass(n *node) string {
	if n.tag != "sup" {
		return ""
	}
	var link *node
	for _, k := range n.kids {
		switch {
		case k.anchor() && len(k.kids) == 0 || k.tag == "" && k.blank():
		case k.tag == "a" && link == nil && strings.HasPrefix(k.attr("href"), "#"):
			link = k
		default:
			return ""
		}
	}
	if link == nil {
		return ""
	}
	return "fn"
}

// align returns the class for the alignment of a block, "" for the usual one.
func align(n *node) string {
	if n == nil {
		return ""
	}
	for _, side := range [][2]string{{"left", "start"}, {"center", "center"}, {"right", "end"}, {"justify", "justify"}} {
		if n.hasClass("intercom-align-"+side[0]) || strings.EqualFold(n.attr("align"), side[0]) {
			return side[1]
		}
	}
	return ""
}

// dir and lang return what an element says of its text, checked.
func dir(n *node) string {
	if d := strings.ToLower(n.attr("dir")); slices.Contains([]string{"ltr", "rtl", "auto"}, d) {
		return d
	}
	return ""
}

func lang(n *node) string {
	l := n.attr("lang")
	if len(l) > 35 || strings.ContainsFunc(l, func(r rune) bool { return !letter(r) && r != '-' && (r < '0' || r > '9') }) {
		return ""
	}
	return l
}

// flat returns the leaves that stand in text, so that blocks among them are
// given up.
func flat(kids []*node) []*node {
	var list []*node
	for _, k := range kids {
		if k.block {
			list = append(list, flat(k.kids)...)
		} else {
			list = append(list, k)
		}
	}
	return list
}
