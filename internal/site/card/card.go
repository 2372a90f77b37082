// Package card draws the picture that goes with a link to a page when the link
// is shared: 1200 by 630 pixels in the colours of the help center, with its fan
// and, where our face has the letters, the title.
//
// A picture is made of numbers and words alone, so equal cards are equal bytes.
package card

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/math/fixed"

	"lectern/internal/site/theme"
)

// Width and Height of a card, in pixels: the size that every service which
// shows such pictures asks for.
const (
	Width  = 1200
	Height = 630
)

// A Card is what a picture shows.
type Card struct {
	Title string // of the page; empty for the help center itself
	Site  string // name of the help center

	Theme theme.Theme
	Seed  uint64 // of the fan, as in package fan; the same for all cards of a help center
}

// Where words stand, in pixels.
const (
	margin     = 80
	textWidth  = 860
	siteSize   = 34
	titleTop   = 190
	titleSpace = 370
)

// titleSizes are tried in turn until a title fits.
var titleSizes = []float64{76, 64, 54, 46}

// PNG draws the card. Words that our face cannot write in full are left out.
func (c Card) PNG() ([]byte, error) {
	m := image.NewRGBA(image.Rect(0, 0, Width, Height))
	draw.Draw(m, m.Bounds(), image.NewUniform(colour(c.Theme, "hero")), image.Point{}, draw.Src)
	drawFan(m, shape, colour(c.Theme, "hero-leaf"), c.Seed)
	if err := c.write(m); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&b, m)
	return b.Bytes(), err
}

// colour is a colour of the design under a theme, by its name.
func colour(t theme.Theme, name string) color.NRGBA {
	c := color.NRGBA{A: 255}
	fmt.Sscanf(t.Hex(name), "#%02x%02x%02x", &c.R, &c.G, &c.B) // black for what is no colour
	return c
}

// write puts the words on the picture.
func (c Card) write(m draw.Image) error {
	title, site := tidy(c.Title), tidy(c.Site)
	if title == "" {
		title, site = site, ""
	}
	if writable(site) {
		f, err := newFace(siteSize)
		if err != nil {
			return err
		}
		line, _ := f.wrap(site, textWidth, 1)
		f.draw(m, strings.Join(line, ""), margin, margin+siteSize, faded)
	}
	if !writable(title) {
		return nil
	}
	for i, size := range titleSizes {
		f, err := newFace(size)
		if err != nil {
			return err
		}
		step := int(size * 1.16)
		lines, whole := f.wrap(title, textWidth, titleSpace/step)
		if !whole && i < len(titleSizes)-1 {
			continue
		}
		for n, line := range lines {
			f.draw(m, line, margin, titleTop+int(size)+n*step, color.White)
		}
		return nil
	}
	return nil
}

// faded is white as second text has it on the hero.
var faded = color.NRGBA{255, 255, 255, 222}

// wrap breaks text into lines of at most width pixels, between words, and
// within a word that is longer than a line. It reports whether all of the text
// stands in at most most lines; else the last one ends in an ellipsis.
func (f *face) wrap(text string, width, most int) (lines []string, whole bool) {
	line := ""
	for word := range strings.FieldsSeq(text) {
		joined := strings.TrimLeft(line+" "+word, " ")
		if f.width(joined) <= fixed.I(width) {
			line = joined
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for f.width(word) > fixed.I(width) && len(lines) <= most {
			head := f.head(word, width)
			lines, word = append(lines, head), word[len(head):]
		}
		if line = word; len(lines) > most {
			break
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	if len(lines) <= most {
		return lines, true
	}
	last := strings.TrimRight(lines[most-1], " .,:;")
	for f.width(last+"…") > fixed.I(width) {
		last = last[:len(last)-len(lastRune(last))]
	}
	return append(lines[:most-1], last+"…"), false
}

// head is the longest beginning of word that fits into width pixels, one
// letter at least.
func (f *face) head(word string, width int) string {
	end := 0
	for i, r := range word {
		next := i + len(string(r))
		if end > 0 && f.width(word[:next]) > fixed.I(width) {
			break
		}
		end = next
	}
	return word[:end]
}

func lastRune(s string) string {
	r := []rune(s)
	if len(r) == 0 {
		return ""
	}
	return string(r[len(r)-1])
}

// draw writes a line from x on, standing on y.
func (f *face) draw(m draw.Image, line string, x, y int, c color.Color) {
	d := font.Drawer{Dst: m, Src: image.NewUniform(c), Dot: fixed.P(x, y)}
	for part, which := range runs(line) {
		d.Face = f.faces[which]
		d.DrawString(part)
	}
}

// width is how wide a line is.
func (f *face) width(line string) (w fixed.Int26_6) {
	for part, which := range runs(line) {
		w += font.MeasureString(f.faces[which], part)
	}
	return w
}
