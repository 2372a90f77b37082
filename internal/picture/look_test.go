package picture

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
	"testing"

	"lectern"
)

func TestALookSaysSizeAndWhereAPictureStandsOut(t *testing.T) {
	svg := func(s string) lectern.Asset { return lectern.Asset{MediaType: "image/svg+xml", Data: []byte(s)} }
	drawn := func(w, h int, paint func(x, y int) color.Color) lectern.Asset {
		m := image.NewNRGBA(image.Rect(0, 0, w, h))
		for y := range h {
			for x := range w {
				m.Set(x, y, paint(x, y))
			}
		}
		var b bytes.Buffer
		if err := png.Encode(&b, m); err != nil {
			t.Fatal(err)
		}
		return lectern.Asset{MediaType: "image/png", Data: b.Bytes()}
	}
	half := func(c color.Color) func(x, y int) color.Color {
		return func(x, _ int) color.Color {
			if x%2 == 0 {
				return color.Transparent
			}
			return c
		}
	}
	for says, x := range map[string]struct {
		a    lectern.Asset
		want Look
	}{
		"a size that it states":        {svg(head + ` width="310" height="72" viewBox="0 0 10 10"><path d="M0 0h9" fill="#888"/></svg>`), Look{310, 72, 0, 0}},
		"the size of its view":         {svg(head + ` viewBox="0 0 64 32"><path d="M0 0h9" fill="#888"/></svg>`), Look{64, 32, 0, 0}},
		"one side from the other":      {svg(head + ` height="16" viewBox="0 0 64 32"><path d="M0 0h9" fill="#888"/></svg>`), Look{32, 16, 0, 0}},
		"no size at all":               {svg(head + `><path d="M0 0h9" fill="#888"/></svg>`), Look{300, 150, 0, 0}},
		"black is not seen on dark":    {svg(head + ` viewBox="0 0 9 9"><path d="M0 0h9"/></svg>`), Look{9, 9, 0, 1}},
		"white is not seen on light":   {svg(head + ` viewBox="0 0 9 9"><g fill="white"><path d="M0 0h9"/></g></svg>`), Look{9, 9, 1, 0}},
		"each shape counts":            {svg(head + ` viewBox="0 0 9 9"><path fill="#fff" d="M0 0h9"/><path stroke="rgb(0,0,0)" fill="none" d="M0 0h9"/></svg>`), Look{9, 9, .5, .5}},
		"what is not shown does not":   {svg(head + ` viewBox="0 0 9 9"><defs><path fill="#fff" d="M0 0h9"/></defs><path fill="#888" d="M0 0h9"/></svg>`), Look{9, 9, 0, 0}},
		"a ground of its own":          {svg(head + ` viewBox="0 0 9 9"><rect width="9" height="9" fill="#fff"/><path d="M0 0h9"/></svg>`), Look{9, 9, 0, 0}},
		"pixels, dark on nothing":      {drawn(40, 10, half(color.Black)), Look{40, 10, 0, 1}},
		"pixels, white on nothing":     {drawn(40, 10, half(color.White)), Look{40, 10, 1, 0}},
		"pixels that fill their frame": {drawn(40, 10, func(int, int) color.Color { return color.Black }), Look{40, 10, 0, 0}},
		"damaged":                      {lectern.Asset{MediaType: "image/png", Data: []byte("x")}, Look{}},
	} {
		got := LookOf(&x.a)
		if math.Abs(got.Pale-x.want.Pale)+math.Abs(got.Dim-x.want.Dim) > .01 || got.Width != x.want.Width || got.Height != x.want.Height {
			t.Errorf("%s: %+v, want %+v", says, got, x.want)
		}
	}
}
