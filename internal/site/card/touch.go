package card

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"

	scale "golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/math/fixed"

	"lectern/internal/site/fan"
	"lectern/internal/site/theme"
)

// TouchSize is the width and height of a touch icon in pixels.
const TouchSize = 180

// A Touch is the icon that phones show for a help center on their home screens.
type Touch struct {
	Icon   []byte // of the help center, as PNG; empty for none
	Letter string // shown where there is no icon and our face has it, else a fan

	Theme theme.Theme
	Seed  uint64 // of the fan
}

const (
	touchMargin = 18   // around a help center's own icon
	touchLetter = 118  // size of the letter
	maxTouch    = 2048 // pixels a side of an icon that is drawn
)

// touchFan is how the fan lies on a touch icon.
var touchFan = fan.Shape{
	Width: TouchSize, Height: TouchSize, X: 90, Y: 150, Curves: 6, Length: 116, Bend: 10, From: 15, To: 165, LitFrom: 0.6, LitTo: 0.8,
}

// PNG draws the icon. It fills its square: phones round the corners.
func (t Touch) PNG() ([]byte, error) {
	m := image.NewRGBA(image.Rect(0, 0, TouchSize, TouchSize))
	if own := decodeIcon(t.Icon); own != nil {
		draw.Draw(m, m.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
		scale.CatmullRom.Scale(m, within(own.Bounds()), own, own.Bounds(), draw.Over, nil)
	} else if err := t.draw(m); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err := png.Encode(&b, m)
	return b.Bytes(), err
}

// decodeIcon is a PNG of a bounded size, or nil.
func decodeIcon(data []byte) image.Image {
	size, err := png.DecodeConfig(bytes.NewReader(data))
	if err != nil || size.Width < 1 || size.Height < 1 || size.Width > maxTouch || size.Height > maxTouch {
		return nil
	}
	m, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		return nil
	}
	return m
}

// within is where a picture stands on the icon: in its middle, as large as the
// margins let it.
func within(b image.Rectangle) image.Rectangle {
	const room = TouchSize - 2*touchMargin
	longer := max(b.Dx(), b.Dy())
	w, h := max(1, b.Dx()*room/longer), max(1, b.Dy()*room/longer)
	x, y := (TouchSize-w)/2, (TouchSize-h)/2
	return image.Rect(x, y, x+w, y+h)
}

// draw draws the letter, or the fan.
func (t Touch) draw(m *image.RGBA) error {
	draw.Draw(m, m.Bounds(), image.NewUniform(colour(t.Theme, "hero")), image.Point{}, draw.Src)
	letter := tidy(t.Letter)
	if !writable(letter) {
		drawFan(m, touchFan, colour(t.Theme, "hero-leaf"), t.Seed)
		return nil
	}
	f, err := newFace(touchLetter)
	if err != nil {
		return err
	}
	bounds := fixed.Rectangle26_6{}
	for part, which := range runs(letter) {
		bounds, _ = font.BoundString(f.faces[which], part)
	}
	x := (TouchSize - (bounds.Min.X + bounds.Max.X).Round()) / 2
	y := (TouchSize - (bounds.Min.Y + bounds.Max.Y).Round()) / 2
	f.draw(m, letter, x, y, colour(t.Theme, "on-hero"))
	return nil
}
