package body

import (
	"strconv"
	"strings"
)

// maxControls is how many links on headings, buttons on code and frames around
// tables and pictures a body gets. What comes after them is shown plain, so
// that a page is never many times the size of its body.
const maxControls = 1000

// A writer writes a tree as the markup of a page. Everything that comes from
// outside goes through text, attr or one of the address checks.
type writer struct {
	options Options
	survey  *survey
	b       strings.Builder

	rtl    bool // the text here runs from right to left
	inLink bool // links do not stand in links

	inSummary bool // nor do links to headings stand in what opens a part

	reading   reading
	controls  int
	tables    int
	codes     int
	pictures  int
	lead      *Image
	contents  []Heading
	icons     map[string]bool
	highlight budget
}

// addControl reports whether the text may have another control, and counts it.
func (w *writer) addControl() bool {
	w.controls++
	return w.controls <= maxControls
}

var (
	textEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	attrEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")
)

// raw writes our own markup. It is given constants only.
func (w *writer) raw(markup string) { w.b.WriteString(markup) }

func (w *writer) text(s string) {
	w.reading.add(s)
	_, _ = textEscapes.WriteString(&w.b, s)
}

// fixed writes a word of ours, which does not count as reading.
func (w *writer) fixed(s string) { _, _ = textEscapes.WriteString(&w.b, s) }

// attr writes an attribute.
func (w *writer) attr(name, value string) {
	w.b.WriteByte(' ')
	w.b.WriteString(name)
	w.b.WriteString(`="`)
	_, _ = attrEscapes.WriteString(&w.b, value)
	w.b.WriteByte('"')
}

// attrOf writes an attribute unless its value is "".
func (w *writer) attrOf(name, value string) {
	if value != "" {
		w.attr(name, value)
	}
}

// open writes a start tag with names and values of attributes; empty ones are
// left out.
func (w *writer) open(tag string, attrs ...string) {
	w.b.WriteByte('<')
	w.b.WriteString(tag)
	for i := 0; i < len(attrs); i += 2 {
		w.attrOf(attrs[i], attrs[i+1])
	}
	w.b.WriteByte('>')
}

func (w *writer) close(tag string) {
	w.b.WriteString("</")
	w.b.WriteString(tag)
	w.b.WriteByte('>')
}

// icon writes a symbol of the sprite; class is "i", or "i flip" where it has to
// be mirrored in text from right to left.
func (w *writer) icon(class, name string) {
	w.icons[name] = true
	w.open("svg", "class", class, "aria-hidden", "true")
	w.raw(`<use href="#i-` + name + `"/></svg>`)
}

// say puts what a fixed sentence is about into its place.
func say(sentence, place, value string) string { return strings.ReplaceAll(sentence, place, value) }

func sayNumber(sentence string, n int) string { return say(sentence, "{n}", strconv.Itoa(n)) }

// blocks writes what stands one below the other. Text between blocks becomes a
// paragraph, buttons that follow one another a row.
func (w *writer) blocks(kids []*node) {
	for i := 0; i < len(kids); {
		n := kids[i]
		if n.blank() {
			i++
			continue
		}
		if link := w.buttonIn(n); link == nil && n.block {
			w.block(n)
			i++
		} else if link == nil {
			from := i
			for i < len(kids) && !kids[i].block && w.buttonIn(kids[i]) == nil {
				i++
			}
			w.paragraph(nil, kids[from:i])
		} else {
			var row []button
			for ; i < len(kids) && (kids[i].blank() || w.buttonIn(kids[i]) != nil); i++ {
				if link := w.buttonIn(kids[i]); link != nil {
					row = append(row, button{link, align(kids[i])})
				}
			}
			w.buttons(row)
		}
		w.reading.gap()
	}
}

// block writes one block. Elements that mean nothing by themselves give way to
// their content.
func (w *writer) block(n *node) {
	defer w.turn(n)()
	switch n.tag {
	case "p":
		w.paragraph(n, n.kids)
	case "h1", "h2", "h3", "h4", "h5", "h6":
		w.heading(n)
	case "ul", "ol":
		w.list(n)
	case "dl":
		w.definitions(n)
	case "table":
		w.table(n)
	case "blockquote":
		if !n.blank() {
			w.start("blockquote", n)
			w.blocks(n.kids)
			w.close("blockquote")
		}
	case "pre":
		w.code(n)
	case "details":
		w.fold(n)
	case "figure":
		w.figure(n)
	case "hr":
		w.raw("<hr>")
	case "iframe":
		w.video(n)
	default:
		w.container(n)
	}
}

// container writes a div, or an element that stands where it has no meaning.
func (w *writer) container(n *node) {
	if n.tag == "div" && n.hasClass(calloutClass) {
		w.callout(n)
		return
	}
	if list := w.picturesOf([]*node{n}); list != nil {
		w.figures(list, align(n))
		return
	}
	if n.tag == "div" && (dir(n) != "" || lang(n) != "") && !n.blank() {
		w.open("div", "dir", dir(n), "lang", lang(n))
		w.blocks(n.kids)
		w.close("div")
		return
	}
	w.blocks(n.kids)
}

// paragraph writes text. Without any it leaves no gap, pictures alone become
// figures. The element is nil for text that stood in none.
func (w *writer) paragraph(n *node, kids []*node) {
	kids = trim(kids)
	if len(kids) == 0 {
		return
	}
	if list := w.picturesOf(kids); list != nil {
		w.figures(list, align(n))
		return
	}
	w.start("p", n)
	w.inlines(kids)
	w.close("p")
}

// trim returns kids without those at the edges that show nothing: line breaks,
// white space, elements without text.
func trim(kids []*node) []*node {
	for len(kids) > 0 && kids[0].blank() {
		kids = kids[1:]
	}
	for len(kids) > 0 && kids[len(kids)-1].blank() {
		kids = kids[:len(kids)-1]
	}
	return kids
}

// start writes the start tag of a block with its alignment, direction and
// language.
func (w *writer) start(tag string, n *node, attrs ...string) {
	if n != nil {
		attrs = append(attrs, "class", align(n), "dir", dir(n), "lang", lang(n))
	}
	w.open(tag, attrs...)
}

// turn takes over the direction of an element and returns what undoes it.
func (w *writer) turn(n *node) func() {
	before := w.rtl
	switch dir(n) {
	case "rtl":
		w.rtl = true
	case "ltr", "auto":
		w.rtl = false
	}
	return func() { w.rtl = before }
}

// fold writes a part that readers open.
func (w *writer) fold(n *node) {
	kids := n.kids
	var summary *node
	for i, k := range kids {
		if k.tag == "summary" {
			summary = k
			kids = append(append([]*node{}, kids[:i]...), kids[i+1:]...)
			break
		}
	}
	_, open := n.lookup("open")
	w.raw(`<details class="fold"`)
	w.attrOf("dir", dir(n))
	w.attrOf("lang", lang(n))
	if open {
		w.raw(" open")
	}
	w.raw("><summary>")
	w.icon("i", "chevron-right")
	switch {
	case summary == nil || summary.blank():
		w.fixed(w.options.Words.More)
	default:
		w.summary(summary)
	}
	w.reading.gap()
	w.raw("</summary><div>")
	w.blocks(kids)
	w.raw("</div></details>")
}

// summary writes the content of a summary: text or one heading.
func (w *writer) summary(n *node) {
	if k := n.only(); k != nil && heading(k.tag) {
		w.inSummary = true
		w.heading(k)
		w.inSummary = false
		return
	}
	if dir(n)+lang(n) == "" {
		w.inlines(trim(n.kids))
		return
	}
	defer w.turn(n)()
	w.open("span", "dir", dir(n), "lang", lang(n))
	w.inlines(trim(n.kids))
	w.close("span")
}

// heading writes a heading with its id and, where it is no button itself, the
// link that shows its address.
func (w *writer) heading(n *node) {
	p, ok := w.survey.headings[n]
	if !ok { // no words
		w.paragraph(nil, flat(n.kids))
		return
	}
	text := n.words()
	if p.listed && p.level <= 3 && len(w.contents) < maxContents {
		w.contents = append(w.contents, Heading{p.level, p.id, text})
	}
	tag := "h" + strconv.Itoa(p.level)
	w.start(tag, n, "id", p.id)
	switch {
	case p.level <= 3 && !w.inSummary && w.addControl():
		w.open("a", "class", "anchor", "id", p.stored, "href", "#"+p.id,
			"aria-label", say(w.options.Words.Section, "{text}", text))
		w.icon("i", "link")
		w.raw("</a>")
	case p.stored != "":
		w.open("span", "id", p.stored)
		w.raw("</span>")
	}
	w.inlines(trim(n.kids))
	w.close(tag)
}
