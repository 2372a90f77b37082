package richtext

import (
	"bytes"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/text/unicode/norm"
)

// Programs that draw formulas on a page, such as KaTeX and MathJax, write each of
// them twice: as MathML for those who listen, and as what is seen, of many small
// pieces. Of the two the MathML is kept, since it says how the pieces belong
// together.

// A drawing is a formula that such a program wrote, while its element is open.
type drawing struct {
	whole element
	seen  part // what is seen
	heard part // what is read out
	math  part // the MathML, if there is any
}

// An element is one that is open, with as many of its name in it.
type element struct {
	tag   string
	depth int
}

// A part is what an element of a drawing wrote.
type part struct {
	element
	from, to int // in the translation; from is -1 before it begins, to while it is open
}

var noPart = part{from: -1, to: -1}

func (p *part) begin(tag string, at int) { *p = part{element{tag, 1}, at, -1} }

func (p *part) isOpen() bool { return p.from >= 0 && p.to < 0 }

// startTag and endTag count the elements of a name; closes reports that its own
// has ended.
func (e *element) startTag(name string) {
	if e.tag == name {
		e.depth++
	}
}

func (e *element) endTag(name string) (closes bool) {
	if e.tag != name || e.depth == 0 {
		return false
	}
	e.depth--
	return e.depth == 0
}

// drawingClasses are the classes of elements that hold all of a formula.
var drawingClasses = []string{"katex", "MathJax", "MathJax_CHTML", "MathJax_SVG", "mjx-chtml", "mwe-math-element"}

func hasAnyClass(tag html.Token, names ...string) bool {
	for _, n := range names {
		if hasClass(tag, n) {
			return true
		}
	}
	return false
}

// startDrawing follows a start tag, whose translation begins at from.
func (t *translator) startDrawing(tag html.Token, from int) {
	d := t.drawing
	if d == nil {
		if tag.Data == "mjx-container" || (tag.Data == "span" || tag.Data == "div") && hasAnyClass(tag, drawingClasses...) {
			t.drawing = &drawing{element{tag.Data, 1}, noPart, noPart, noPart}
		}
		return
	}
	d.whole.startTag(tag.Data)
	t.write(letterOf(tag))
	for _, p := range []*part{&d.seen, &d.heard, &d.math} {
		if p.isOpen() {
			p.startTag(tag.Data)
		}
	}
	switch seen := attr(tag, "aria-hidden") == "true" || tag.Data == "mjx-math" || hasAnyClass(tag, "katex-html", "mjx-math"); {
	case d.seen.isOpen() || rawTags[tag.Data]:
	case tag.Data == "math" && d.math.from < 0:
		d.math.begin("math", from)
	case len(t.math) > 0:
	case seen && d.seen.from < 0 && (tag.Data == "img" || tag.Data == "image"):
		d.seen = part{from: from, to: t.b.Len()}
	case seen && d.seen.from < 0 && !isVoidTag(tag.Data):
		d.seen.begin(tag.Data, from)
	case hasClass(tag, "katex-mathml") && d.heard.from < 0:
		d.heard.begin(tag.Data, from)
	}
}

// letterOf returns the letter that an element of MathJax 3 stands for, which a
// style or a drawing shows; "" for none.
func letterOf(tag html.Token) string {
	code := ""
	switch tag.Data {
	case "mjx-c":
		for class := range strings.FieldsSeq(attr(tag, "class")) {
			if hex, ok := strings.CutPrefix(class, "mjx-c"); ok {
				code = hex
			}
		}
	case "use", "path":
		code = attr(tag, "data-c")
	}
	r, err := strconv.ParseUint(code, 16, 32)
	if err != nil || !unicode.IsGraphic(rune(r)) {
		return ""
	}
	return norm.NFKC.String(string(rune(r))) // 𝑥 is x
}

// rawTags are the elements whose end comes with their start.
var rawTags = map[string]bool{"script": true, "style": true, "title": true, "textarea": true, "xmp": true, "plaintext": true, "iframe": true}

func isVoidTag(name string) bool {
	return void[name] || name == "br" || name == "hr" || name == "img" || name == "image" || name == "input" || name == "source" ||
		name == "track" || name == "param" || name == "embed" || name == "area" || name == "frame" || name == "bgsound"
}

// endDrawing follows an end tag that has been translated.
func (t *translator) endDrawing(name string) {
	d := t.drawing
	if d == nil {
		return
	}
	for _, p := range []*part{&d.seen, &d.heard, &d.math} {
		if p.isOpen() && p.endTag(name) {
			p.to = t.b.Len()
		}
	}
	if !d.whole.endTag(name) {
		return
	}
	t.drawing = nil
	switch {
	case t.says(d.math) && t.repeats(d.seen):
		t.cut(d.seen)
	case d.math.from < 0 && t.says(d.seen) && t.repeats(d.heard): // whoever pasted it had lost the MathML
		t.cut(d.heard)
	}
	t.formulaEnd = t.b.Len()
}

// says reports whether a part holds any text.
func (t *translator) says(p part) bool { return p.to > 0 && saysSomething(t.b.Bytes()[p.from:p.to]) }

// repeats reports whether a part may go, because another one says the same. A
// link says more. A picture does so only beside text.
func (t *translator) repeats(p part) bool {
	if p.to < 0 {
		return false
	}
	wrote := t.b.Bytes()[p.from:p.to]
	return !bytes.Contains(wrote, []byte("<a ")) && !bytes.Contains(wrote, []byte("<iframe")) &&
		(p.tag == "" || !bytes.Contains(wrote, []byte("<img")))
}

// cut takes out what a part wrote.
func (t *translator) cut(p part) {
	rest := t.b.Bytes()
	n := copy(rest[p.from:], rest[p.to:])
	t.b.Truncate(p.from + n)
}

// saysSomething reports whether there is text beside the tags.
func saysSomething(markup []byte) bool {
	inTag := false
	for _, c := range markup {
		switch {
		case c == '<':
			inTag = true
		case c == '>' && inTag:
			inTag = false
		case !inTag && !isSpace(c):
			return true
		}
	}
	return false
}

// mathScript writes a formula that stands in a script, where MathJax has its
// source: unless the formula as it is drawn comes right before.
func (t *translator) mathScript(kind, source string) {
	const near = 200 // bytes of end tags and white space
	if drawn := t.b.Bytes()[t.formulaEnd:]; t.formulaEnd > 0 && len(drawn) <= near && !saysSomething(drawn) {
		return
	}
	around := "span"
	if strings.Contains(strings.ReplaceAll(kind, " ", ""), "mode=display") {
		around = "div"
	}
	t.b.WriteString("<" + around + ">")
	if strings.HasPrefix(kind, "math/mml") {
		t.b.WriteString(translate(source, t.frames))
	} else {
		t.write(source)
	}
	t.b.WriteString("</" + around + ">")
}
