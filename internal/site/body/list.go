package body

import (
	"regexp"
	"strings"
)

var (
	listNumber = regexp.MustCompile(`^-?[0-9]{1,6}$`)
	listKind   = regexp.MustCompile(`^[1aAiI]$`)
)

// list writes a list. One in order whose items hold more than text is a series
// of steps; one that does not count 1, 2, 3 stays plain, for steps do.
func (w *writer) list(n *node) {
	items := itemsOf(n)
	if len(items) == 0 {
		return
	}
	attrs := []string{"dir", dir(n), "lang", lang(n)}
	switch {
	case n.tag == "ul" && isTasks(items):
		attrs = append(attrs, "class", "tasks")
	case n.tag == "ol" && isNotes(items):
		attrs = append(attrs, "class", "notes")
	case n.tag == "ol":
		start, kind := matching(n, "start", listNumber), matching(n, "type", listKind)
		_, reversed := n.lookup("reversed")
		if isSteps(items) && (start == "" || start == "1") && (kind == "" || kind == "1") && !reversed {
			attrs = append(attrs, "class", "steps")
			start, kind = "", ""
		}
		attrs = append(attrs, "start", start, "type", kind)
		if reversed {
			attrs = append(attrs, "reversed", "reversed")
		}
	}
	w.open(n.tag, attrs...)
	for _, item := range items {
		w.item(item, n.tag == "ol")
		w.reading.gap()
	}
	w.close(n.tag)
}

func matching(n *node, name string, pattern *regexp.Regexp) string {
	if v := n.attr(name); pattern.MatchString(v) {
		return v
	}
	return ""
}

// itemsOf returns the items of a list. What stands between them becomes one.
func itemsOf(n *node) []*node {
	var items []*node
	stray := false
	for _, k := range n.kids {
		switch {
		case k.tag == "li":
			items, stray = append(items, k), false
		case k.blank():
		case (k.tag == "ul" || k.tag == "ol") && len(items) > 0:
			// a list that should have stood in the item above
			last := *items[len(items)-1]
			last.kids = append(append([]*node{}, last.kids...), k)
			items[len(items)-1], stray = &last, false
		case stray:
			last := items[len(items)-1]
			last.kids = append(last.kids, k)
		default:
			items, stray = append(items, &node{tag: "li", block: true, kids: []*node{k}}), true
		}
	}
	return items
}

// isTasks reports whether every item begins with a box.
func isTasks(items []*node) bool {
	for _, item := range items {
		words := item.words()
		if !strings.HasPrefix(words, "☑ ") && !strings.HasPrefix(words, "☐ ") {
			return false
		}
	}
	return true
}

// isNotes reports whether the items are footnotes: places that links lead to,
// each with a way back.
func isNotes(items []*node) bool {
	for _, item := range items {
		if !hasNode(item, (*node).anchor) || !hasNode(item, func(n *node) bool {
			return n.tag == "a" && strings.HasPrefix(n.attr("href"), "#") && n.words() == "↩"
		}) {
			return false
		}
	}
	return true
}

func hasNode(n *node, is func(*node) bool) bool {
	if is(n) {
		return true
	}
	for _, k := range n.kids {
		if hasNode(k, is) {
			return true
		}
	}
	return false
}

// isSteps reports whether any item holds a block besides its text and lists.
func isSteps(items []*node) bool {
	for _, item := range items {
		if item.attr("value") != "" {
			return false
		}
	}
	for _, item := range items {
		for i, k := range item.seen() {
			if k.block && k.tag != "ul" && k.tag != "ol" && (i > 0 || k.tag != "p") {
				return true
			}
		}
	}
	return false
}

// item writes an item. Its text needs no paragraph of its own, unless that says
// something: a direction, an alignment.
func (w *writer) item(n *node, ordered bool) {
	defer w.turn(n)()
	number := ""
	if ordered {
		number = matching(n, "value", listNumber)
	}
	w.open("li", "value", number, "dir", dir(n), "lang", lang(n))
	w.lines(n.kids)
	w.close("li")
}

// lines writes the content of an item or a cell: blocks, the first paragraph as
// bare text.
func (w *writer) lines(kids []*node) {
	kids = trim(kids)
	if len(kids) == 0 {
		return
	}
	if first := kids[0]; first.tag == "p" && w.plain(first) {
		w.inlines(trim(first.kids))
		w.reading.gap()
		w.blocks(kids[1:])
		return
	}
	end := 0
	for end < len(kids) && !kids[end].block && w.buttonIn(kids[end]) == nil {
		end++
	}
	if text := trim(kids[:end]); w.picturesOf(text) == nil {
		w.inlines(text)
		w.reading.gap()
		kids = kids[end:]
	}
	w.blocks(kids)
}

// definitions writes a list of terms and what they mean.
func (w *writer) definitions(n *node) {
	var entries []*node
	for _, k := range n.kids {
		if k.tag == "div" { // HTML lets one group them
			entries = append(entries, k.kids...)
		} else {
			entries = append(entries, k)
		}
	}
	open := false
	for _, k := range entries {
		if k.tag != "dt" && k.tag != "dd" {
			if !k.blank() {
				w.endIf("dl", &open)
				w.blocks([]*node{k})
			}
			continue
		}
		if !open {
			w.open("dl", "dir", dir(n), "lang", lang(n))
			open = true
		}
		undo := w.turn(k)
		w.start(k.tag, k)
		if k.tag == "dt" {
			w.inlines(trim(k.kids))
		} else {
			w.lines(k.kids)
		}
		w.close(k.tag)
		w.reading.gap()
		undo()
	}
	w.endIf("dl", &open)
}

func (w *writer) endIf(tag string, open *bool) {
	if *open {
		w.close(tag)
		*open = false
	}
}
