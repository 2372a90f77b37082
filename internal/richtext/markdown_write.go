package richtext

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// Markdown returns a body in the normal form as Markdown that FromMarkdown makes
// the same body of, byte for byte. It ends with a line feed, unless the body is
// empty.
//
// It is GitHub-flavoured Markdown, with the ids of headings behind them
// ("# Title {#h_0d8a2f2ea4}") and fenced directives for what Markdown lacks:
//
//	:::callout{color="yellow"}          colors: gray, yellow, blue, green, red
//	Any **blocks**.                     or {background="#f1e8fd" border="#c9a9f5"}
//	:::
//
//	:::collapsible[The line one sees]{open}
//	Any blocks. The line may be a heading: [## Title {#h_0d8a2f2ea4}].
//	:::
//
//	:::button[Label]{href="https://…" title="…"}
//	:::
//
//	:::video{src="https://…" title="…"}
//	:::
//
//	:::block{align="center" dir="rtl" lang="ar"}
//	Blocks set like this.
//	:::
//
// A directive around others has a longer fence. A table whose header is empty
// has none. An empty paragraph is <p></p>, and what is rarer still stays HTML.
//
// The error is Invalid, for HTML that Clean would refuse.
func Markdown(body string) (string, error) {
	doc, err := read(body, anyHost)
	if err != nil {
		return "", err
	}
	if text := withFootnotes(body, doc); text != "" {
		return text, nil
	}
	w := &markdown{}
	text := w.blocks(doc.blocks)
	if text == "" {
		return "", nil
	}
	return text + "\n", nil
}

// A markdown writes blocks as Markdown.
type markdown struct {
	depth int // of lists, quotes and directives around
	fence int // colons of the longest fence written since it was last asked
	notes int // how many footnotes there are to refer to
}

// maxMarkdownDepth is how deep Markdown is nested. Deeper blocks stay HTML.
const maxMarkdownDepth = 12

// blocks writes blocks with an empty line between any two.
func (w *markdown) blocks(list []block) string {
	var parts []string
	marker := byte(0) // of the list just written
	for i := 0; i < len(list); {
		a := attrsOfBlock(list[i])
		n := i + 1
		for n < len(list) && a != (attrs{}) && attrsOfBlock(list[n]) == a {
			n++
		}
		switch {
		case a != (attrs{}):
			parts = append(parts, w.setBlocks(list[i:n], a))
			marker = 0
		default:
			var part string
			part, marker = w.block(list[i], marker)
			parts = append(parts, part)
		}
		i = n
	}
	return strings.Join(parts, "\n\n")
}

// setBlocks writes blocks that are aligned or in another direction or language.
func (w *markdown) setBlocks(list []block, a attrs) string {
	bare := make([]block, len(list))
	for i, b := range list {
		bare[i] = withoutAttrs(b)
	}
	return w.directive("block", "", [][2]string{{"align", a.align}, {"dir", a.dir}, {"lang", a.lang}}, bare)
}

// attrsOfBlock returns what a block carries that :::block can say. Only blocks
// that hold no others are aligned.
func attrsOfBlock(b block) attrs {
	switch b := b.(type) {
	case *paragraph:
		return b.attrs
	case *heading:
		return b.attrs
	case *list:
		return attrs{dir: b.dir, lang: b.lang}
	case *table:
		return attrs{dir: b.dir, lang: b.lang}
	case *quote:
		return attrs{dir: b.dir, lang: b.lang}
	case *callout:
		return attrs{dir: b.dir, lang: b.lang}
	case *details:
		return attrs{dir: b.dir, lang: b.lang}
	case *codeBlock:
		return attrs{dir: b.dir, lang: b.lang}
	case *imageBlock:
		return attrs{align: b.align}
	case *button:
		return attrs{align: b.align}
	}
	return attrs{}
}

// withoutAttrs returns a copy of the block without what attrsOfBlock returns.
func withoutAttrs(b block) block {
	switch b := b.(type) {
	case *paragraph:
		return &paragraph{runs: b.runs}
	case *heading:
		return &heading{level: b.level, id: b.id, runs: b.runs}
	case *list:
		c := *b
		c.attrs = attrs{}
		return &c
	case *table:
		return &table{rows: b.rows}
	case *quote:
		return &quote{blocks: b.blocks}
	case *callout:
		return &callout{color: b.color, blocks: b.blocks}
	case *details:
		return &details{open: b.open, summary: b.summary, blocks: b.blocks}
	case *codeBlock:
		return &codeBlock{language: b.language, runs: b.runs}
	case *imageBlock:
		return &imageBlock{link: b.link, image: b.image}
	case *button:
		return &button{link: b.link, runs: b.runs}
	}
	return b
}

// block writes one block without attributes. Marker is that of a list right
// before it, or 0; the new marker is returned.
func (w *markdown) block(b block, marker byte) (string, byte) {
	if w.depth > maxMarkdownDepth {
		return rawBlock(b), 0
	}
	switch b := b.(type) {
	case *paragraph:
		if len(b.runs) > 0 {
			return w.inline(b.runs, inParagraph), 0
		}
		return "<p></p>", 0
	case *heading:
		return w.headingLine(b), 0
	case *list:
		if text, m, ok := w.list(b, marker); ok {
			return text, m
		}
	case *table:
		if text, ok := w.pipeTable(b); ok {
			return text, 0
		}
	case *quote:
		return w.quote(b), 0
	case *callout:
		return w.directive("callout", "", colorValues(b.color), b.blocks), 0
	case *details:
		if text, ok := w.details(b); ok {
			return text, 0
		}
	case *codeBlock:
		if text, ok := w.fenced(b); ok {
			return text, 0
		}
	case *imageBlock:
		n := run{image: b.image}
		if b.link != nil {
			n.marks = []mark{{tag: "a", link: b.link}}
		}
		return w.inline([]run{n}, inParagraph), 0
	case *button:
		return w.directive("button", w.inline(b.runs, inLine), [][2]string{{"href", b.link.href}, {"title", b.link.title}}, nil), 0
	case *video:
		return w.directive("video", "", [][2]string{{"src", b.src}, {"title", b.title}}, nil), 0
	case *rule:
		return "___", 0
	}
	return rawBlock(b), 0
}

func (w *markdown) headingLine(h *heading) string {
	level, _ := strconv.Atoi(h.level)
	line := strings.Repeat("#", level) + " " + w.inline(h.runs, inHeading)
	if h.id == "" { // in a body that is not in the normal form
		return line
	}
	return line + " {#" + h.id + "}"
}

// rawBlock writes a block as HTML in one line, which CommonMark takes for an
// HTML block until the next empty line.
func rawBlock(b block) string {
	r := &renderer{limit: math.MaxInt}
	b.render(r)
	return strings.ReplaceAll(r.b.String(), "\n", "&#10;")
}

func (w *markdown) quote(q *quote) string {
	w.depth++
	text := w.blocks(q.blocks)
	w.depth--
	return indent(text, "> ", "> ")
}

// indent puts first before the first line and rest before the others, without
// leaving spaces at the end of empty lines.
func indent(text, first, rest string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		prefix := rest
		if i == 0 {
			prefix = first
		}
		if line == "" {
			prefix = strings.TrimRight(prefix, " ")
		}
		lines[i] = prefix + line
	}
	return strings.Join(lines, "\n")
}

// fenced writes code that has no formatting.
func (w *markdown) fenced(c *codeBlock) (string, bool) {
	var text string
	for _, n := range c.runs {
		if len(n.marks) > 0 || n.image != nil || n.br {
			return "", false
		}
		text += n.text
	}
	if w.depth > 0 { // where lines are indented, what is left of white space is not certain
		for line := range strings.SplitSeq(text, "\n") {
			if strings.Contains(line, "\t") || line != "" && isBlank(line) {
				return "", false
			}
		}
	}
	fence := strings.Repeat("`", max(3, longest(text, '`')+1))
	return fence + strings.TrimPrefix(c.language, "language-") + "\n" + text + "\n" + fence, true
}

// longest returns the length of the longest stretch of c in s.
func longest(s string, c byte) int {
	most, n := 0, 0
	for i := range len(s) {
		if n++; s[i] != c {
			n = 0
		}
		most = max(most, n)
	}
	return most
}

// directive writes a directive around blocks. Its fence is longer than any
// inside it.
func (w *markdown) directive(name, label string, values [][2]string, inner []block) string {
	outer := w.fence
	w.fence = 2
	w.depth++
	text := w.blocks(inner)
	w.depth--
	w.fence = max(outer, w.fence+1)
	fence := strings.Repeat(":", w.fence)

	head := fence + name
	if label != "" {
		head += "[" + label + "]"
	}
	var list []string
	for _, v := range values {
		switch {
		case v[1] == "":
		case v[0] == v[1]: // as in {open}
			list = append(list, v[0])
		default:
			list = append(list, v[0]+`="`+strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(v[1])+`"`)
		}
	}
	if len(list) > 0 {
		head += "{" + strings.Join(list, " ") + "}"
	}
	if text != "" {
		text += "\n"
	}
	return head + "\n" + text + fence
}

// details writes a section that readers open. The line that stays visible is
// the directive's label.
func (w *markdown) details(d *details) (string, bool) {
	label := ""
	switch s := d.summary.(type) {
	case *paragraph:
		if s.attrs != (attrs{}) {
			return "", false
		}
		label = w.inline(s.runs, inLine)
	case *heading:
		if s.attrs != (attrs{}) {
			return "", false
		}
		label = w.headingLine(s)
	}
	return w.directive("collapsible", label, [][2]string{{"open", boolean("open", d.open)}}, d.blocks), true
}

// colorNames name the recorded colours of callouts, by background.
var colorNames = map[string]string{
	"#e8e8e880": "gray", "#feedaf80": "yellow", "#e3e7fa80": "blue", "#d7efdc80": "green", "#fed9db80": "red",
}

// colorValues say the colours of a callout: by name, or as they were written.
func colorValues(c calloutColor) [][2]string {
	if calloutColors[c.background] == c {
		return [][2]string{{"color", colorNames[c.background]}}
	}
	return [][2]string{{"background", c.background}, {"border", c.border}}
}

// list writes a list. One right after another of its kind has another marker,
// since they would be one.
func (w *markdown) list(l *list, before byte) (string, byte, bool) {
	start, err := strconv.Atoi(l.start)
	switch {
	case l.kind != "" || l.reversed:
		return "", 0, false
	case l.start == "":
		start = 1
	case err != nil || start < 0 || start == 1 || strconv.Itoa(start) != l.start || !l.ordered:
		return "", 0, false
	}
	if slices.ContainsFunc(l.items, func(i *item) bool { return i.attrs.dir+i.attrs.lang+i.value != "" }) {
		return "", 0, false
	}
	marker := byte('-')
	if l.ordered {
		marker = '.'
	}
	if marker == before {
		marker = map[byte]byte{'-': '*', '.': ')'}[marker]
	}
	w.depth++
	defer func() { w.depth-- }()
	var b strings.Builder
	for i, n := range l.items {
		if i > 0 {
			b.WriteString("\n")
			if !tight(l.items[i-1]) || !tight(n) {
				b.WriteString("\n")
			}
		}
		bullet := string(marker) + " "
		if l.ordered {
			bullet = strconv.Itoa(start+i) + bullet
		}
		b.WriteString(w.item(n, bullet, i > 0 && i+1 < len(l.items) && tight(l.items[i+1])))
	}
	return b.String(), marker, true
}

// tight reports whether an item needs no empty lines around it.
func tight(n *item) bool {
	switch len(n.blocks) {
	case 1:
		_, ok := n.blocks[0].(*paragraph)
		return ok
	case 2:
		p, ok := n.blocks[0].(*paragraph)
		return ok && hasText(p.runs) && attrsOfBlock(p) == (attrs{}) && follows(n.blocks[1])
	}
	return false
}

// follows reports whether a block is a list that may follow a paragraph without
// an empty line: one that does not begin with an empty item or another number.
func follows(b block) bool {
	l, ok := b.(*list)
	if !ok || attrsOfBlock(l) != (attrs{}) || l.start != "" || l.kind != "" || l.reversed {
		return false
	}
	p, ok := l.items[0].blocks[0].(*paragraph)
	return ok && hasText(p.runs) && attrsOfBlock(p) == (attrs{}) &&
		!slices.ContainsFunc(l.items, func(i *item) bool { return !tight(i) || i.attrs.dir+i.attrs.lang+i.value != "" })
}

// item writes an item. An empty one between others may be a bullet alone;
// elsewhere that could be a rule, or what follows would be read otherwise.
func (w *markdown) item(n *item, bullet string, between bool) string {
	space := strings.Repeat(" ", len(bullet))
	var text string
	if p, ok := n.blocks[0].(*paragraph); ok && len(p.runs) == 0 && len(n.blocks) == 1 && p.attrs == (attrs{}) && between {
		return strings.TrimRight(bullet, " ")
	}
	if tight(n) && len(n.blocks) == 2 {
		inner, _ := w.block(n.blocks[1], 0)
		text = w.inline(n.blocks[0].(*paragraph).runs, inParagraph) + "\n" + inner
	} else {
		text = w.blocks(n.blocks)
	}
	return indent(withBox(n, text), bullet, space)
}

// withBox writes the box of a task in GitHub's notation.
func withBox(n *item, text string) string {
	p, ok := n.blocks[0].(*paragraph)
	if !ok || attrsOfBlock(p) != (attrs{}) || len(p.runs) == 0 || len(p.runs[0].marks) > 0 {
		return text
	}
	for box, notation := range map[string]string{"☑ ": "[x] ", "☐ ": "[ ] "} {
		if rest, is := strings.CutPrefix(text, box); is && rest != "" && (p.runs[0].text != box || len(p.runs) > 1 && !p.runs[1].br) {
			return notation + rest
		}
	}
	return text
}

// pipeTable writes a table of which GitHub's notation can say everything: rows
// of one length, each cell a paragraph, columns aligned alike, and a header in
// the first row or none.
func (w *markdown) pipeTable(t *table) (string, bool) {
	head := make([]string, len(t.rows[0].cells))
	aligns := make([]string, len(head))
	for i, c := range t.rows[0].cells {
		p, ok := c.blocks[0].(*paragraph)
		if !ok || c.header != t.rows[0].cells[0].header {
			return "", false
		}
		if p.align == "justify" {
			return "", false
		}
		aligns[i] = p.align
	}
	lines := make([]string, 0, len(t.rows)+2)
	for i, r := range t.rows {
		cells, ok := w.pipeRow(r, aligns, i == 0 && r.cells[0].header)
		if !ok {
			return "", false
		}
		lines = append(lines, "| "+strings.Join(cells, " | ")+" |")
		if i == 0 && r.cells[0].header && !slices.ContainsFunc(cells, func(c string) bool { return c != "" }) {
			return "", false // an empty header means none
		}
	}
	rules := make([]string, len(aligns))
	for i, a := range aligns {
		rules[i] = map[string]string{"": "---", "left": ":--", "center": ":-:", "right": "--:"}[a]
	}
	if !t.rows[0].cells[0].header {
		lines = slices.Insert(lines, 0, "| "+strings.Join(head, " | ")+" |")
	}
	lines = slices.Insert(lines, 1, "| "+strings.Join(rules, " | ")+" |")
	return strings.Join(lines, "\n"), true
}

func (w *markdown) pipeRow(r *row, aligns []string, header bool) ([]string, bool) {
	if len(r.cells) != len(aligns) {
		return nil, false
	}
	cells := make([]string, len(r.cells))
	for i, c := range r.cells {
		p, ok := c.blocks[0].(*paragraph)
		if !ok || len(c.blocks) > 1 || p.attrs != (attrs{align: aligns[i]}) || c.header != header ||
			c.colspan+c.rowspan+c.scope+c.dir+c.lang+c.color != "" {
			return nil, false
		}
		cells[i] = w.inline(p.runs, inCell)
	}
	return cells, true
}
