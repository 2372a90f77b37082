package richtext

import (
	"strings"

	"golang.org/x/net/html"
)

func (r *reader) startParagraph(t html.Token) {
	r.beforeBlock()
	r.intoItem(false)
	r.para = &paragraph{attrs: attrsOf(t, r.top().attrs)}
	r.paraSays = r.say(r.settings(t))
	r.opened = false
}

// startTransparent opens an element that only hands on its attributes. A term of
// a definition list is set in bold, to tell it from its definition.
func (r *reader) startTransparent(t html.Token) {
	r.beforeBlock()
	if t.Data == "dt" || t.Data == "dd" {
		for _, open := range []string{"dt", "dd"} {
			if i := r.find(open); i > 0 && i > r.find("dl") {
				r.popTo(i)
			}
		}
	}
	r.intoItem(false)
	f := *r.top()
	inner := frame{tag: t.Data, flow: f.flow, attrs: attrsOf(t, f.attrs), inline: f.inline}
	if t.Data == "dt" {
		said := r.say([]setting{{"b", true}})
		inner.done = func() { r.unsay(said) }
	}
	if t.Data == "figure" {
		inner.width = lookOf(t).width
	}
	inner.code = languageOf(t)
	r.push(inner)
}

func (r *reader) startDiv(t html.Token) {
	color, is := calloutOf(t)
	if !is {
		r.startTransparent(t)
		return
	}
	into := r.nest()
	c := &callout{attrs: attrsOf(t, r.top().attrs), color: color}
	r.push(frame{tag: "div", flow: &c.blocks, attrs: c.within(), done: func() {
		if len(c.blocks) > 0 {
			*into = append(*into, c)
		}
	}})
}

// calloutOf returns the colours of a callout, and whether the element is one.
// One of the recorded backgrounds brings its edge, any other colours stay as
// they were written; without a background a callout is grey.
func calloutOf(t html.Token) (calloutColor, bool) {
	if kind, ok := strings.CutPrefix(attr(t, "class"), "markdown-alert markdown-alert-"); ok { // GitHub's
		return alertColor(kind), true
	}
	if !hasClass(t, "intercom-interblocks-callout") {
		return calloutColor{}, false
	}
	l := lookOf(t)
	if color, known := calloutColors[strings.ToLower(l.background)]; known {
		return color, true
	}
	if l.background == "" && l.edge == "" {
		return gray, true
	}
	return calloutColor{l.background, l.edge}, true
}

// alertColor returns the colour of one of GitHub's alerts.
func alertColor(kind string) calloutColor {
	background := map[string]string{
		"note": "#e3e7fa80", "important": "#e3e7fa80", "tip": "#d7efdc80", "warning": "#feedaf80", "caution": "#fed9db80",
	}[strings.ToLower(kind)]
	if color, ok := calloutColors[background]; ok {
		return color
	}
	return gray
}

// nest prepares for an element that is a block of its own, and returns where
// that block goes.
func (r *reader) nest() *[]block {
	r.beforeBlock()
	r.intoItem(false)
	return r.top().flow
}

func (r *reader) startQuote(t html.Token) {
	into := r.nest()
	q := &quote{attrs: attrsOf(t, r.top().attrs)}
	r.push(frame{tag: t.Data, flow: &q.blocks, attrs: q.within(), done: func() {
		if len(q.blocks) > 0 {
			*into = append(*into, q)
		}
	}})
}

func (r *reader) rule(html.Token) {
	into := r.nest()
	*into = append(*into, &rule{})
}

// startHeading reads what is inside a heading like any other content. The first
// paragraph of it is the heading, other blocks follow it: a heading whose end
// was forgotten then ends where the next block begins.
func (r *reader) startHeading(t html.Token) {
	into := r.nest()
	if r.top().tag == "heading" {
		r.pop()
		into = r.top().flow
	}
	h := &heading{level: t.Data[1:], id: attr(t, "id")}
	blocks := new([]block)
	r.places.enter(h)
	r.push(frame{tag: "heading", flow: blocks, attrs: attrsOf(t, r.top().attrs), inline: true, done: func() {
		r.places.settle(h)
		for _, b := range *blocks {
			switch p, ok := b.(*paragraph); {
			case ok && len(p.runs) == 0:
			case ok && h.runs == nil:
				h.attrs, h.runs = p.attrs, p.runs
				r.doc.headings = append(r.doc.headings, h)
				*into = append(*into, h)
			default:
				*into = append(*into, outOfLine(b, r.top().inline)...)
			}
		}
	}})
}

// outOfLine returns a block that was read as part of a line but does not belong
// to it. Images that were to stay in the line need not any more.
func outOfLine(b block, inline bool) []block {
	if p, ok := b.(*paragraph); ok && !inline && hasImage(p.runs) {
		return splitAtImages(p)
	}
	return []block{b}
}

func (r *reader) startDetails(t html.Token) {
	into := r.nest()
	d := &details{attrs: attrsOf(t, r.top().attrs)}
	_, d.open = lookup(t, "open")
	r.push(frame{tag: t.Data, flow: &d.blocks, attrs: d.within(), details: d, done: func() {
		if d.summary != nil || len(d.blocks) > 0 {
			*into = append(*into, d)
		}
	}})
}

// startSummary reads the line that stays visible when details are closed: its
// first paragraph or heading. Other blocks become the first of the content.
func (r *reader) startSummary(t html.Token) {
	r.beforeBlock()
	d := r.top().details
	if d == nil || d.summary != nil {
		r.startTransparent(t)
		return
	}
	blocks := new([]block)
	r.push(frame{tag: t.Data, flow: blocks, attrs: attrsOf(t, attrs{}), inline: true, done: func() {
		for _, b := range *blocks {
			p, isText := b.(*paragraph)
			_, isHeading := b.(*heading)
			switch {
			case isText && len(p.runs) == 0:
			case (isText || isHeading) && d.summary == nil:
				d.summary = b
			default:
				d.blocks = append(d.blocks, outOfLine(b, false)...)
			}
		}
	}})
}

// video reads a frame. translate has made a link of one from elsewhere.
func (r *reader) video(t html.Token) {
	r.mute = true
	src := videoSource(attr(t, "src"), r.hosts)
	if src == "" {
		return
	}
	into := r.nest()
	*into = append(*into, &video{src, words(attr(t, "title"))})
}

// words returns s with its white space collapsed.
func words(s string) string { return strings.Join(strings.Fields(s), " ") }
