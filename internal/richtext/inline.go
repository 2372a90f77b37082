package richtext

import (
	"slices"
	"strconv"
	"strings"
)

// Text within a block is a flat series of runs. A run knows the marks it stands
// under, instead of being a leaf of a tree: marks that overlap, or reach over
// the end of a block, then need no repair, and an element without content leaves
// no trace.
type run struct {
	text   string
	image  *image // instead of text
	br     bool   // a line break, instead of text
	anchor string // the id of a place that links lead to, instead of text
	marks  []mark // outermost first; shared, never changed
}

// A mark is an inline element. Each tag is at most once among a run's marks.
type mark struct {
	tag  string
	link *link // of an <a>
	key  *key  // of a <kbd>
	// levels are how many open elements say that text has the mark, how many in
	// these that it has not, and so on. Text has it if their number is odd.
	levels []int
}

// A setting is what an open element says of the text in it: that it has a mark,
// or has it not.
type setting struct {
	tag string
	on  bool
}

// A key is one <kbd>. Neighbours are keys of their own, unlike the pieces of bold
// text. Outside of the keys in it, one that holds keys is none.
type key struct {
	outer  *key
	filled bool
}

// maxLevels is how often settings of one mark may contradict one another inside
// one another. Those beyond it do not count.
const maxLevels = 16

type link struct {
	href, title string
}

type image struct {
	src, title    string
	alt           string
	hasAlt        bool // an empty alt says that the image is decoration
	width, height string
	place         string // left, center or right, where it stands alone
}

// inlineTags maps the inline elements we keep to the tag we write for them.
var inlineTags = map[string]string{
	"b": "b", "strong": "b", "i": "i", "em": "i", "u": "u", "ins": "u", "s": "s", "strike": "s", "del": "s",
	"sub": "sub", "sup": "sup", "mark": "mark", "kbd": "kbd", "code": "code", "tt": "code", "samp": "code",
}

// same reports whether two runs under a and b are under one element.
func (a mark) same(b mark) bool { return a.tag == b.tag && a.link == b.link && a.key == b.key }

func findMark(marks []mark, tag string) int {
	return slices.IndexFunc(marks, func(m mark) bool { return m.tag == tag })
}

// with returns marks after an element that says s was opened, and whether that
// changed them.
func with(marks []mark, s setting) ([]mark, bool) {
	i := findMark(marks, s.tag)
	if i < 0 {
		if !s.on {
			return marks, false
		}
		m := mark{tag: s.tag, levels: []int{1}}
		if s.tag == "kbd" {
			m.key = &key{}
		}
		return append(slices.Clip(marks), m), true
	}
	m := marks[i]
	m.levels = slices.Clone(m.levels)
	switch top := len(m.levels) - 1; {
	case s.on == (len(m.levels)%2 == 1):
		m.levels[top]++
	case len(m.levels) < maxLevels:
		m.levels = append(m.levels, 1)
	default:
		return marks, false
	}
	if m.key != nil && s.on {
		m.key.filled = true
		m.key = &key{outer: m.key}
	}
	marks = slices.Clone(marks)
	marks[i] = m
	return marks, true
}

// without returns marks after an element that says s was closed.
func without(marks []mark, s setting) []mark {
	i := findMark(marks, s.tag)
	if i < 0 {
		return marks
	}
	m := marks[i]
	m.levels = slices.Clone(m.levels)
	at := len(m.levels) - 1 // the innermost level that says s
	if s.on != (at%2 == 0) {
		at--
	}
	if at < 0 {
		return marks
	}
	if m.levels[at]--; m.levels[at] == 0 {
		m.levels = closeLevel(m.levels, at)
	}
	if m.key != nil && s.on && m.key.outer != nil {
		m.key = m.key.outer
	}
	marks = slices.Clone(marks)
	if len(m.levels) == 0 {
		return slices.Delete(marks, i, i+1)
	}
	marks[i] = m
	return marks
}

// closeLevel returns levels without an empty one. What it parted becomes one; at
// the bottom, that text has no mark says nothing.
func closeLevel(levels []int, at int) []int {
	switch {
	case at == 0 && len(levels) == 1:
		return nil
	case at == 0:
		return levels[2:]
	case at+1 < len(levels):
		levels[at-1] += levels[at+1]
		return slices.Delete(levels, at, at+2)
	}
	return levels[:at]
}

// inForce returns the marks that text has.
func inForce(marks []mark) []mark {
	off := func(m mark) bool { return m.link == nil && len(m.levels)%2 == 0 }
	if !slices.ContainsFunc(marks, off) {
		return marks
	}
	return slices.DeleteFunc(slices.Clone(marks), off)
}

// singleKeys returns runs of which only single keys are under <kbd>.
func singleKeys(runs []run) []run {
	for i, r := range runs {
		if at := findMark(r.marks, "kbd"); at >= 0 && r.marks[at].key.filled {
			runs[i].marks = dropMark(r.marks, "kbd")
		}
	}
	return runs
}

// dropMark returns marks with no element of the tag.
func dropMark(marks []mark, tag string) []mark {
	if i := findMark(marks, tag); i >= 0 {
		marks = slices.Delete(slices.Clone(marks), i, i+1)
	}
	return marks
}

// linkOf returns the link a run stands in, or nil.
func linkOf(r run) *link {
	if i := findMark(r.marks, "a"); i >= 0 {
		return r.marks[i].link
	}
	return nil
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r' }

func isBlank(s string) bool { return strings.Trim(s, " \t\n\f\r") == "" }

// hasText reports whether any run has something to read.
func hasText(runs []run) bool {
	return slices.ContainsFunc(runs, func(r run) bool { return r.image == nil && !r.br && !isBlank(r.text) })
}

// hasImage reports whether any run is an image.
func hasImage(runs []run) bool {
	return slices.ContainsFunc(runs, func(r run) bool { return r.image != nil })
}

// collapse returns runs as a browser shows them: white space is one space
// between words and none at the edges or around a line break. Line breaks at the
// edges, which only make room, go as well.
func collapse(runs []run) []run {
	out := make([]run, 0, len(runs))
	edge := true // no space here: at the start, after a space or a line break
	for _, r := range singleKeys(runs) {
		switch {
		case r.anchor != "":
			out = append(out, r)
		case r.br:
			out = trimSpace(out)
			if len(out) > 0 {
				out = append(out, run{br: true, marks: r.marks})
			}
			edge = true
		case r.image != nil:
			out, edge = append(out, r), false
		default:
			if r.text, edge = squeeze(r.text, edge); r.text != "" {
				out = append(out, r)
			}
		}
	}
	out = trimSpace(out)
	for len(out) > 0 && out[len(out)-1].br {
		out = out[:len(out)-1]
	}
	return out
}

// trimSpace removes the space at the end of runs, of which there is at most one.
func trimSpace(runs []run) []run {
	if len(runs) == 0 || runs[len(runs)-1].text == "" {
		return runs
	}
	last := &runs[len(runs)-1]
	if last.text = strings.TrimSuffix(last.text, " "); last.text == "" {
		return runs[:len(runs)-1]
	}
	return runs
}

// squeeze makes one space of each stretch of white space, none at an edge, and
// reports whether the text ends at an edge.
func squeeze(s string, edge bool) (string, bool) {
	var b strings.Builder
	for i := 0; i < len(s); {
		if isSpace(s[i]) {
			if !edge {
				b.WriteByte(' ')
			}
			edge = true
			i++
			continue
		}
		from := i
		for i < len(s) && !isSpace(s[i]) {
			i++
		}
		b.WriteString(s[from:i])
		edge = false
	}
	return b.String(), edge
}

// textOf returns the words of runs.
func textOf(runs []run) string {
	var b strings.Builder
	for _, r := range runs {
		switch {
		case r.br:
			b.WriteByte(' ')
		case r.image != nil:
			b.WriteString(r.image.alt)
		default:
			b.WriteString(r.text)
		}
	}
	return b.String()
}

// splitAtImages makes blocks of a paragraph with images. Those that are part of
// a line stay in it, so no sentence is cut in two: an image with text before and
// behind it, and a small one with text on one side. Others stand alone; one that
// floats beside text comes before the paragraph.
func splitAtImages(p *paragraph) []block {
	var blocks, beside []block
	var runs []run
	flush := func() {
		blocks = append(blocks, beside...)
		if line := collapse(runs); len(line) > 0 {
			blocks = append(blocks, &paragraph{p.attrs, line})
		}
		beside, runs = nil, nil
	}
	for i, sides := range textBeside(p.runs) {
		r := p.runs[i]
		alone := func() block { return &imageBlock{firstOf(r.image.place, imageAlign(p.align)), linkOf(r), r.image} }
		switch {
		case r.image == nil, r.image.place == "" && (sides == 2 || sides == 1 && r.image.small()):
			runs = append(runs, r)
		case sides == 2 && r.image.place != "center":
			beside = append(beside, alone())
		default:
			flush()
			blocks = append(blocks, alone())
		}
	}
	flush()
	return blocks
}

// textBeside returns for each image among runs on how many of its sides there is
// text in its line.
func textBeside(runs []run) []int {
	sides := make([]int, len(runs))
	text := false
	look := func(i int) {
		switch r := runs[i]; {
		case r.br:
			text = false
		case r.image == nil:
			text = text || strings.Trim(r.text, " \t\n\f\r\u00a0") != ""
		case text:
			sides[i]++
		}
	}
	for i := range runs {
		look(i)
	}
	text = false
	for i := len(runs) - 1; i >= 0; i-- {
		look(i)
	}
	return sides
}

// small reports whether an image is known to be hardly larger than a letter.
func (i *image) small() bool {
	const most = 64 // CSS pixels
	known := 0
	for _, side := range []string{i.width, i.height} {
		if side == "" {
			continue
		}
		if n, err := strconv.Atoi(side); err != nil || n > most {
			return false
		}
		known++
	}
	return known > 0
}

// imageAlign returns how an image in an aligned paragraph is aligned.
func imageAlign(align string) string {
	if align == "justify" {
		return ""
	}
	return align
}
