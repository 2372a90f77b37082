package richtext

import (
	"strings"
)

// A renderer writes a document. Everything that comes from outside goes through
// text or attr, which escape it.
type renderer struct {
	b     strings.Builder
	depth int
	limit int // in bytes
	err   error
}

// render writes the document, or refuses if it is longer than limit bytes or
// deeper than maxDepth.
func (d *document) render(limit int) (string, error) {
	r := &renderer{limit: limit}
	r.blocks(d.blocks)
	if r.err != nil {
		return "", r.err
	}
	return r.b.String(), nil
}

// blocks writes blocks one after the other. A line feed follows an empty
// paragraph before a block of another kind, as recorded.
func (r *renderer) blocks(blocks []block) {
	afterEmpty := false
	for _, b := range blocks {
		if r.err != nil {
			return
		}
		p, isText := b.(*paragraph)
		if afterEmpty && !isText {
			r.b.WriteByte('\n')
		}
		afterEmpty = isText && len(p.runs) == 0
		b.render(r)
		if r.b.Len() > r.limit {
			r.err = tooLarge()
		}
	}
}

// open writes the start tag of a block element; its attributes are given as
// name and value, and left out when the value is "".
func (r *renderer) open(tag string, attrs ...string) {
	if r.depth++; r.depth > maxDepth && r.err == nil {
		r.err = tooDeep()
	}
	r.tag(tag, attrs...)
}

// close writes the end tag of a block element.
func (r *renderer) close(tag string) {
	r.depth--
	r.endTag(tag)
}

func (r *renderer) tag(tag string, attrs ...string) {
	r.b.WriteByte('<')
	r.b.WriteString(tag)
	for i := 0; i < len(attrs); i += 2 {
		if attrs[i+1] != "" {
			r.attr(attrs[i], attrs[i+1])
		}
	}
	r.b.WriteByte('>')
}

func (r *renderer) endTag(tag string) {
	r.b.WriteString("</")
	r.b.WriteString(tag)
	r.b.WriteByte('>')
}

var (
	textEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\u00a0", "&nbsp;")
	attrEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\u00a0", "&nbsp;", `"`, "&quot;")
)

func (r *renderer) text(s string) { _, _ = textEscapes.WriteString(&r.b, s) }

func (r *renderer) attr(name, value string) {
	r.b.WriteByte(' ')
	r.b.WriteString(name)
	r.b.WriteString(`="`)
	_, _ = attrEscapes.WriteString(&r.b, value)
	r.b.WriteByte('"')
}

// runs writes runs, opening and closing the elements they stand under only
// where these change.
func (r *renderer) runs(runs []run) {
	var open []mark
	for _, n := range runs {
		if r.b.Len() > r.limit {
			return
		}
		common := 0
		for common < min(len(open), len(n.marks)) && open[common].same(n.marks[common]) {
			common++
		}
		r.closeMarks(open[common:])
		for _, m := range n.marks[common:] {
			r.mark(m)
		}
		open = n.marks
		switch {
		case n.br:
			r.tag("br")
		case n.image != nil:
			r.image(n.image)
		case n.anchor != "":
			r.tag("span", "id", n.anchor)
			r.endTag("span")
		default:
			r.text(n.text)
		}
	}
	r.closeMarks(open)
}

func (r *renderer) closeMarks(open []mark) {
	for i := len(open) - 1; i >= 0; i-- {
		r.endTag(open[i].tag)
	}
}

func (r *renderer) mark(m mark) {
	if m.link == nil {
		r.tag(m.tag)
		return
	}
	r.link(m.link)
}

// link writes the start tag of a link. One within the body stays in its window.
func (r *renderer) link(l *link) {
	r.tag("a", "href", l.href, "target", l.target(), "class", "intercom-content-link", "title", l.title)
}

func (l *link) target() string {
	if strings.HasPrefix(l.href, "#") {
		return ""
	}
	return "_blank"
}

func (r *renderer) image(i *image) {
	r.b.WriteString("<img")
	r.attr("src", i.src)
	if i.hasAlt {
		r.attr("alt", i.alt)
	}
	for _, a := range [][2]string{{"title", i.title}, {"width", i.width}, {"height", i.height}} {
		if a[1] != "" {
			r.attr(a[0], a[1])
		}
	}
	r.b.WriteByte('>')
}
