package richtext

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

func (r *reader) lineBreak(html.Token) {
	if r.top().pre != nil {
		r.codeText("\n")
		return
	}
	if r.top().list == nil {
		r.add(run{br: true})
	}
}

// image reads an image. One that cannot be shown leaves its description.
func (r *reader) image(t html.Token) {
	src := attr(t, "src")
	if scheme(trimAddress(src)) == "data" {
		r.err = embeddedImage(trimAddress(src))
		return
	}
	img := &image{src: cleanImageSource(src), title: words(attr(t, "title"))}
	alt, hasAlt := lookup(t, "alt")
	img.alt, img.hasAlt = words(alt), hasAlt
	if img.src == "" {
		r.text(img.alt)
		return
	}
	l := lookOf(t)
	img.size(t, l, r.top().width)
	if c := r.top().pre; c != nil {
		c.runs = append(c.runs, run{image: img, marks: dropMark(r.shown, "code")})
		return
	}
	img.place = firstOf(l.place, placeNames[attr(t, "align")], alignOfClasses(t))
	r.add(run{image: img})
}

// placeNames are the values of an image's align that set it to a side.
var placeNames = map[string]string{"left": "left", "right": "right", "center": "center"}

// size reads the size of an image. Its style counts more than its attributes,
// and one that fills what is around it is as wide as that.
func (i *image) size(t html.Token, l look, around string) {
	i.width = firstOf(l.width, lengthOf(attr(t, "width")))
	i.height = firstOf(l.height, lengthOf(attr(t, "height")))
	if (i.width == "" || i.width == "100%") && around != "" {
		i.width, i.height = around, ""
	}
	if strings.HasSuffix(i.width, "%") || strings.HasSuffix(i.height, "%") {
		i.height = "" // it follows from the width
	}
}

// startLink opens a link or a button. An <a> that leads nowhere is no link, but
// may be the place another one leads to.
func (r *reader) startLink(t html.Token) {
	r.endLink()
	r.open["a"] = append(r.open["a"], r.say(r.settings(t)))
	href := cleanLink(attr(t, "href"))
	if href == "" {
		return
	}
	l := &link{href: href, title: words(attr(t, "title"))}
	r.doc.links = append(r.doc.links, l)
	if hasClass(t, "intercom-h2b-button") && !r.inLine() {
		r.startButton(l)
		return
	}
	r.setMarks(append(slices.Clip(r.marks), mark{tag: "a", link: l, levels: []int{1}}))
}

// inLine reports whether a button must be an ordinary link here, because it
// would break up a line that belongs together.
func (r *reader) inLine() bool {
	return r.top().pre != nil || r.find("heading") > 0 || r.find("summary") > 0
}

// endLink closes the button or link that is open.
func (r *reader) endLink() {
	for len(r.open["a"]) > 0 {
		r.endInline("a")
	}
	if i := r.find("button"); i > 0 {
		r.popTo(i)
		return
	}
	r.setMarks(dropMark(r.marks, "a"))
}

// startButton opens a button. Its label is the text inside; an image inside
// becomes a linked image.
func (r *reader) startButton(l *link) {
	into := r.nest()
	b := &button{align: r.top().attrs.align, link: l}
	blocks := new([]block)
	r.push(frame{tag: "button", flow: blocks, attrs: r.top().attrs, done: func() {
		var others []block
		for _, inner := range *blocks {
			switch inner := inner.(type) {
			case *paragraph:
				for _, n := range inner.runs {
					n.marks = dropMark(n.marks, "a") // from a table inside the button
					b.runs = append(b.runs, n)
				}
				b.runs = append(b.runs, run{text: " "})
			case *imageBlock:
				inner.link = l
				others = append(others, inner)
			default:
				others = append(others, inner)
			}
		}
		if b.runs = collapse(b.runs); len(b.runs) > 0 {
			*into = append(*into, b)
		}
		*into = append(*into, others...)
	}})
}

// endFullButton closes a button that has its label when another block begins:
// its end was forgotten.
func (r *reader) endFullButton() {
	if r.top().tag != "button" {
		return
	}
	if len(*r.top().flow) > 0 || r.para != nil && hasText(r.para.runs) {
		r.pop()
	}
}
