package card

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"testing"
)

func touch(t *testing.T, x Touch) image.Image {
	t.Helper()
	data, err := x.PNG()
	if err != nil {
		t.Fatal(err)
	}
	m, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if b := m.Bounds(); b.Dx() != TouchSize || b.Dy() != TouchSize {
		t.Errorf("size %v", b)
	}
	return m
}

// ink is the box of what differs from the ground in the corner.
func ink(m image.Image) (box image.Rectangle) {
	ground := color.RGBAModel.Convert(m.At(0, 0))
	for y := range TouchSize {
		for x := range TouchSize {
			if color.RGBAModel.Convert(m.At(x, y)) != ground {
				box = box.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return box
}

func TestATouchIconShowsALetterAFanOrTheIcon(t *testing.T) {
	seen := map[string]bool{}
	for _, letter := range []string{"L", "Ż", "木", "", "\u202e"} {
		m := touch(t, Touch{Letter: letter, Theme: larkpost})
		box := ink(m)
		if box.Dx() < 40 || box.Dy() < 40 {
			t.Errorf("%q: drawn is %v", letter, box)
		}
		if middle := (box.Min.X + box.Max.X) / 2; letter == "L" && (middle < 87 || middle > 93) {
			t.Errorf("%q stands at %v", letter, box)
		}
		seen[box.String()] = true
	}
	if len(seen) != 3 {
		t.Errorf("two letters and a fan are %d pictures", len(seen))
	}

	own := image.NewNRGBA(image.Rect(0, 0, 64, 32))
	draw.Draw(own, own.Bounds(), image.NewUniform(color.NRGBA{255, 0, 0, 255}), image.Point{}, draw.Src)
	var b bytes.Buffer
	if err := png.Encode(&b, own); err != nil {
		t.Fatal(err)
	}
	m := touch(t, Touch{Icon: b.Bytes(), Letter: "L", Theme: larkpost})
	if box := ink(m); box != image.Rect(18, 54, 162, 126) {
		t.Errorf("the icon stands at %v", box)
	}
	if got := color.NRGBAModel.Convert(m.At(90, 90)); got != (color.NRGBA{255, 0, 0, 255}) {
		t.Errorf("the icon is %v", got)
	}
	if got := color.NRGBAModel.Convert(m.At(0, 0)); got != (color.NRGBA{255, 255, 255, 255}) {
		t.Errorf("behind the icon is %v", got)
	}
	for _, broken := range [][]byte{[]byte("<svg/>"), b.Bytes()[:40]} {
		if box := ink(touch(t, Touch{Icon: broken, Letter: "L", Theme: larkpost})); box.Empty() {
			t.Errorf("instead of %.10q there is nothing", broken)
		}
	}
}
