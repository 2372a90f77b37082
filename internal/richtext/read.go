package richtext

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// A reader makes a document of the tags and text of a body, in one pass. It
// keeps a stack of the elements that are open and, apart from it, the marks that
// text stands under; so a tag costs the same however long the body is and
// however its formatting tags are nested or forgotten.
type reader struct {
	doc    document
	frames []frame
	para   *paragraph // being written, in the innermost frame; or nil
	marks  []mark     // that open elements speak of
	shown  []mark     // those of them that the next text has
	open   opened     // what the inline elements that are open say
	// paraSays is what the element of the paragraph says.
	paraSays []setting
	opened   bool     // a start tag opened a frame
	mute     bool     // within an <iframe>, whose content is not shown
	hosts    []string // beside lectern.VideoHosts, that frames may be from
	// swallowLine is set right after <pre>, where a line feed does not count.
	swallowLine bool
	places      places
	err         error
}

// A frame is a block element that is open.
type frame struct {
	tag     string   // as canonical makes it
	flow    *[]block // where blocks written inside it go
	attrs   attrs    // what these blocks inherit
	inline  bool     // whether an image beside text stays beside it
	list    *list
	table   *table
	row     *row
	pre     *codeBlock
	details *details
	marks   []mark    // to return to, if isolated
	open    opened    // likewise
	alone   bool      // isolated: marks opened inside end with it
	done    func()    // what closing the element does; may be nil
	says    []setting // what the element says of its text
	color   string    // that cells inherit
	width   string    // that pictures inherit
	code    string    // the language that code in it is in
}

// opened are what open inline elements said, by their tag.
type opened map[string][][]setting

// read parses sanitised HTML. Hosts are those that frames may be from beside
// lectern.VideoHosts.
func read(body string, hosts []string) (*document, error) {
	r := &reader{doc: document{targets: map[string]*heading{}}, open: opened{}, hosts: hosts}
	r.places.targets, r.places.wanted = r.doc.targets, wantedIn(body)
	r.frames = append(r.frames, frame{flow: &r.doc.blocks})
	z := html.NewTokenizer(strings.NewReader(body))
	for r.err == nil {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		switch t := z.Token(); kind {
		case html.TextToken:
			r.text(plain(t.Data))
		case html.StartTagToken, html.SelfClosingTagToken:
			r.start(t)
		case html.EndTagToken:
			r.end(t.Data)
		}
	}
	if r.err != nil {
		return nil, r.err
	}
	for len(r.frames) > 1 {
		r.pop()
	}
	r.breakParagraph(false)
	r.places.settle(r.places.last)
	return &r.doc, nil
}

// start reads a start tag.
func (r *reader) start(t html.Token) {
	r.places.note(t)
	if r.top().pre != nil && r.startInCode(t) {
		return
	}
	open := starts[t.Data]
	if open == nil {
		r.startInline(t)
		return
	}
	r.opened = false
	says := r.settings(t)
	open(r, t)
	if r.opened && t.Data != "a" {
		r.top().says = r.say(says)
	}
}

// startInline opens an element that says something of its text at most.
func (r *reader) startInline(t html.Token) {
	if inlineTags[t.Data] != "" || t.Data == "span" {
		r.open[t.Data] = append(r.open[t.Data], r.say(r.settings(t)))
	}
}

// endInline closes the innermost element of the tag, if one is open here.
func (r *reader) endInline(tag string) {
	if n := len(r.open[tag]); n > 0 {
		said := r.open[tag][n-1]
		r.open[tag] = r.open[tag][:n-1]
		r.unsay(said)
	}
}

// say opens settings and returns those that changed something.
func (r *reader) say(list []setting) []setting {
	var said []setting
	for _, s := range list {
		marks, ok := with(r.marks, s)
		if ok {
			r.setMarks(marks)
			said = append(said, s)
		}
	}
	return said
}

func (r *reader) unsay(list []setting) {
	for _, s := range list {
		r.setMarks(without(r.marks, s))
	}
}

func (r *reader) setMarks(marks []mark) { r.marks, r.shown = marks, inForce(marks) }

// starts says what each start tag does, apart from plain inline elements.
var starts = func() map[string]func(*reader, html.Token) {
	m := map[string]func(*reader, html.Token){
		"a": (*reader).startLink, "blockquote": (*reader).startQuote, "br": (*reader).lineBreak,
		"caption": (*reader).startCaption, "details": (*reader).startDetails, "hr": (*reader).rule,
		"iframe": (*reader).video, "img": (*reader).image, "li": (*reader).startItem, "p": (*reader).startParagraph,
		"pre": (*reader).startCode, "summary": (*reader).startSummary, "table": (*reader).startTable,
		"td": (*reader).startCell, "th": (*reader).startCell, "tr": (*reader).startRow,
		"tbody": (*reader).startRows, "tfoot": (*reader).startRows, "thead": (*reader).startRows,
	}
	for _, tag := range []string{"h1", "h2", "h3", "h4", "h5", "h6"} {
		m[tag] = (*reader).startHeading
	}
	for _, tag := range transparent {
		m[tag] = (*reader).startTransparent
	}
	for _, tag := range []string{"ul", "ol", "menu"} {
		m[tag] = (*reader).startList
	}
	m["div"] = (*reader).startDiv
	return m
}()

// end reads an end tag.
func (r *reader) end(tag string) {
	switch {
	case inlineTags[tag] != "" || tag == "span":
		if r.top().pre == nil || tag != "code" {
			r.endInline(tag)
		}
	case tag == "a":
		r.endLink()
	case tag == "br":
		r.lineBreak(html.Token{})
	case tag == "iframe":
		r.mute = false
	case r.top().pre != nil && (tag == "p" || slices.Contains(transparent, tag)):
		r.codeLine()
	case tag == "p":
		r.breakParagraph(true)
	case tag == "tbody" || tag == "thead" || tag == "tfoot":
		r.startRows(html.Token{})
	default:
		if i := r.find(canonical(tag)); i > 0 {
			r.popTo(i)
		}
	}
}

// text reads text.
func (r *reader) text(s string) {
	switch f := r.top(); {
	case r.mute:
	case f.pre != nil:
		r.codeText(s)
	case r.para == nil && isBlank(s):
	default:
		if !isBlank(s) {
			for _, id := range r.places.content(r.find("heading") < 0) {
				r.anchor(id)
			}
		}
		r.add(run{text: s})
	}
}

// add appends a run to the paragraph, which it begins if need be.
func (r *reader) add(n run) {
	if r.para == nil {
		r.intoItem(false)
		r.para = &paragraph{attrs: r.top().attrs}
	}
	n.marks = r.shown
	r.para.runs = append(r.para.runs, n)
}

// anchor adds a place, in front of a link that begins here.
func (r *reader) anchor(id string) {
	shown := r.shown
	if p := r.para; p == nil || len(p.runs) == 0 || linkOf(p.runs[len(p.runs)-1]) != linkOf(run{marks: shown}) {
		r.shown = dropMark(shown, "a")
	}
	r.add(run{anchor: id})
	r.shown = shown
}

// emit appends finished blocks to the innermost frame.
func (r *reader) emit(blocks ...block) {
	flow := r.top().flow
	*flow = append(*flow, blocks...)
}

// breakParagraph ends the paragraph. An empty one is kept if the author closed
// it; one that a block cut short was never meant.
func (r *reader) breakParagraph(closed bool) {
	p := r.para
	r.unsay(r.paraSays)
	r.paraSays = nil
	if p == nil {
		return
	}
	r.para = nil
	switch {
	case hasImage(p.runs) && !(r.top().inline && hasText(p.runs)):
		r.emit(splitAtImages(p)...)
	default:
		if p.runs = collapse(p.runs); len(p.runs) > 0 || closed {
			r.emit(p)
		}
	}
}

// beforeBlock makes room for a block element at this place.
func (r *reader) beforeBlock() {
	r.endFullButton()
	r.breakParagraph(false)
}

// intoItem opens an item if we stand in a list but in none of its items. A list
// inside a list belongs to the item before it.
func (r *reader) intoItem(continued bool) {
	l := r.top().list
	if l == nil {
		return
	}
	if !continued || len(l.items) == 0 {
		l.items = append(l.items, &item{})
	}
	r.pushItem(l.items[len(l.items)-1])
}

func (r *reader) top() *frame { return &r.frames[len(r.frames)-1] }

// push opens an element.
func (r *reader) push(f frame) {
	if len(r.frames) > maxDepth {
		r.err = tooDeep()
		return
	}
	if f.color == "" && f.tag != "td" {
		f.color = r.top().color
	}
	f.width, f.code = firstOf(f.width, r.top().width), firstOf(f.code, r.top().code)
	if f.alone {
		f.open, r.open = r.open, opened{}
	}
	r.opened = true
	r.frames = append(r.frames, f)
}

// pop closes the innermost element.
func (r *reader) pop() {
	r.breakParagraph(false)
	f := *r.top()
	r.frames = r.frames[:len(r.frames)-1]
	if f.alone {
		r.open = f.open
		r.setMarks(f.marks)
	} else {
		r.unsay(f.says)
	}
	if f.done != nil {
		f.done()
	}
}

// popTo closes the element at index i and all inside it.
func (r *reader) popTo(i int) {
	for len(r.frames) > i {
		r.pop()
	}
}

// canonical returns the name under which an element is on the stack.
func canonical(tag string) string {
	switch tag {
	case "h1", "h2", "h3", "h4", "h5", "h6":
		return "heading"
	case "ol", "menu":
		return "ul"
	case "th":
		return "td"
	}
	return tag
}

// find returns the index of the innermost open element of that name, or -1 if
// there is none that a tag at this place can reach: nothing reaches out of a
// table cell but the parts of its table, and an item does not reach out of its
// list.
func (r *reader) find(tag string) int {
	for i := len(r.frames) - 1; i > 0; i-- {
		open := r.frames[i].tag
		if open == tag {
			return i
		}
		switch tag {
		case "table", "tr", "td", "caption":
			if open == "table" {
				return -1
			}
		case "li":
			if open == "ul" || open == "td" || open == "caption" || open == "table" {
				return -1
			}
		default:
			if open == "td" || open == "caption" || open == "table" {
				return -1
			}
		}
	}
	return -1
}
