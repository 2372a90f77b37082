package body

import (
	"regexp"
	"strconv"
	"strings"
)

const (
	// A picture is shown at most so large, in pixels.
	maxWidth, maxHeight = 704, 576
	// zoomFrom is the width in pixels from which a picture opens large.
	zoomFrom = 320
	// maxSide is the largest side we believe, in pixels.
	maxSide = 20000
)

var (
	sideValue  = regexp.MustCompile(`^([0-9]{1,5})(?:px)?$`)
	shareValue = regexp.MustCompile(`^([0-9]{1,2})%$`)
)

// A shown picture is an image and the link it stands in, if any.
type shown struct {
	img, link *node
}

// picturesOf returns the pictures that are all there is to see in kids, nil if
// there is anything else.
func (w *writer) picturesOf(kids []*node) []shown {
	var list []shown
	if !onlyPictures(kids, nil, &list) {
		return nil
	}
	return list
}

func onlyPictures(kids []*node, link *node, list *[]shown) bool {
	for _, k := range kids {
		switch {
		case k.tag == "img":
			*list = append(*list, shown{k, link})
		case k.blank():
		case k.tag == "a":
			if k.hasClass(buttonClass) || !onlyPictures(k.kids, k, list) {
				return false
			}
		case k.tag == "p" || k.tag == "div" && !k.hasClass(calloutClass) || inlineTags[k.tag] != "":
			if !onlyPictures(k.kids, link, list) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// figures writes pictures, each in a figure of its own.
func (w *writer) figures(list []shown, class string) {
	for _, s := range list {
		own := class
		if own == "" && s.link != nil {
			own = align(s.link)
		}
		w.picture(s, own, nil)
	}
}

// figure writes a <figure>: a picture with its caption, or whatever it holds.
func (w *writer) figure(n *node) {
	var caption *node
	var rest []*node
	for _, k := range n.kids {
		if k.tag == "figcaption" && caption == nil {
			caption = k
		} else {
			rest = append(rest, k)
		}
	}
	if list := w.picturesOf(rest); len(list) == 1 && caption != nil && !caption.blank() {
		w.picture(list[0], align(n), caption)
		return
	}
	w.blocks(rest)
	if caption != nil {
		w.blocks(caption.kids)
	}
}

// facts returns the address and the size of a picture; a side is 0 if it is
// unknown. The address is "" if the picture cannot be shown.
func (w *writer) facts(img *node) Picture {
	stored := img.attr("src")
	p := Picture{Src: source(stored), Width: side(img, "width"), Height: side(img, "height")}
	if w.options.Image == nil || stored == "" {
		return p
	}
	known, ok := w.options.Image(stored)
	if !ok {
		return p
	}
	if known.Src != "" {
		p.Src = source(known.Src)
	}
	if known.Width > 0 && known.Height > 0 {
		p.Width, p.Height = known.Width, known.Height
	}
	return p
}

// side returns the width or height that stored HTML gives, in pixels.
func side(img *node, name string) int {
	m := sideValue.FindStringSubmatch(img.attr(name))
	if m == nil {
		m = sideValue.FindStringSubmatch(styled(img.attr("style"), name))
	}
	if m == nil {
		return 0
	}
	n, err := strconv.Atoi(m[1])
	if err != nil || n > maxSide {
		return 0
	}
	return n
}

// share returns the class for a width that is given in percent of the text: in
// tens, for a page has a class for each.
func share(img *node) string {
	m := shareValue.FindStringSubmatch(img.attr("width"))
	if m == nil {
		m = shareValue.FindStringSubmatch(styled(img.attr("style"), "width"))
	}
	if m == nil {
		return ""
	}
	n, err := strconv.Atoi(m[1])
	if err != nil {
		return ""
	}
	return "w-" + strconv.Itoa(min(max((n+5)/10, 1), 9)*10)
}

// shownSize returns the size at which a picture is shown: never larger than
// itself, wider than the text or higher than most windows. A side is 0 if it is
// unknown.
func (p Picture) shownSize() (width, height int) {
	if p.Width == 0 || p.Height == 0 {
		return min(p.Width, maxWidth), 0
	}
	k := min(1, float64(maxWidth)/float64(p.Width), float64(maxHeight)/float64(p.Height))
	round := func(side int) int { return max(1, int(float64(side)*k+.5)) }
	return round(p.Width), round(p.Height)
}

// picture writes a figure. A picture without a link of its own opens large; one
// that cannot be shown leaves its description.
func (w *writer) picture(s shown, class string, caption *node) {
	p, alt := w.facts(s.img), s.img.attr("alt")
	if p.Src == "" {
		w.description(alt, caption)
		return
	}
	w.open("figure", "class", strings.TrimSpace(class+" "+share(s.img)))
	href, large := "", false
	if s.link != nil {
		href = w.address(s.link.attr("href"))
	}
	switch {
	case href != "":
		w.open("a", "href", href, "rel", rel(href), "title", s.link.attr("title"))
	case (p.Width == 0 || p.Width >= zoomFrom) && w.addControl():
		large = true
		label := w.options.Words.EnlargeUntitled
		if alt != "" {
			label = say(w.options.Words.Enlarge, "{text}", alt)
		}
		w.open("a", "href", p.Src, "data-zoom", "zoom", "data-close", w.options.Words.Close, "aria-label", label)
	}
	w.image(s.img, p)
	if large {
		w.raw(`<span class="zoom">`)
		w.icon("i", "maximize-2")
		w.raw("</span>")
	}
	if href != "" || large {
		w.close("a")
	}
	if caption != nil {
		w.raw("<figcaption>")
		w.inlines(trim(caption.kids))
		w.raw("</figcaption>")
	}
	w.raw("</figure>")
}

// description writes what a picture shows, where it cannot be shown.
func (w *writer) description(alt string, caption *node) {
	if !blank(alt) {
		w.raw("<p>")
		w.text(alt)
		w.raw("</p>")
		w.reading.gap()
	}
	if caption != nil {
		w.blocks(caption.kids)
	}
}

// image writes the picture of a figure. The first of a body is wanted at once,
// the others when they come near. One of unknown size is as large as its file.
func (w *writer) image(img *node, p Picture) {
	w.raw("<img")
	w.attr("class", "shot")
	w.attr("src", p.Src)
	w.size(p.shownSize())
	w.attr("alt", img.attr("alt"))
	w.attrOf("title", img.attr("title"))
	if w.pictures > 0 {
		w.attr("loading", "lazy")
	}
	w.raw(` decoding="async">`)
	if w.pictures == 0 {
		w.lead = &Image{Src: p.Src, Alt: img.attr("alt"), Width: p.Width, Height: p.Height}
	}
	w.pictures++
}

// size writes the sides of a picture that are known.
func (w *writer) size(width, height int) {
	if width > 0 {
		w.attr("width", strconv.Itoa(width))
	}
	if height > 0 {
		w.attr("height", strconv.Itoa(height))
	}
}

// glyph writes a picture in a line of text, at most a little higher than the
// line.
func (w *writer) glyph(img *node) {
	p := w.facts(img)
	if p.Src == "" {
		w.text(img.attr("alt"))
		return
	}
	w.raw(`<img class="inline"`)
	if p.Width > 0 && p.Height > 0 {
		w.size(p.shownSize())
	}
	w.attr("src", p.Src)
	w.attr("alt", img.attr("alt"))
	w.attrOf("title", img.attr("title"))
	w.raw(` loading="lazy" decoding="async">`)
}
