package picture

import (
	"bytes"
	"encoding/xml"
	"image"
	"math"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/image/colornames"

	"lectern"
)

// A Look is what a page has to know of a picture before it shows it.
type Look struct {
	Width, Height int // as it is drawn by itself, in CSS pixels; zero where unknown

	// Pale is the share of what it draws that does not stand out on white, Dim of
	// that which does not on a dark ground: contrast below 3:1. Both are zero
	// where the picture brings a ground of its own.
	Pale, Dim float64
}

// The relative luminance at which a colour has a contrast of 3:1 to white, and
// to the lightest of the dark grounds.
const (
	mostOnWhite = 1.05/3 - .05
	leastOnDark = 3*(.03+.05) - .05
)

// maxDecoded is how many pixels a picture has at most whose colours are looked at.
const maxDecoded = 4 << 20

// LookOf looks at a picture that Clean took in. Of one that it cannot read it
// says nothing.
func LookOf(a *lectern.Asset) Look {
	if a.MediaType == "image/svg+xml" {
		return lookOfSVG(a.Data)
	}
	config, _, err := image.DecodeConfig(bytes.NewReader(a.Data))
	if err != nil {
		return Look{}
	}
	if config.Width*config.Height > maxDecoded {
		return Look{Width: config.Width, Height: config.Height}
	}
	m, _, err := image.Decode(bytes.NewReader(a.Data))
	if err != nil {
		return Look{}
	}
	look := Look{Width: m.Bounds().Dx(), Height: m.Bounds().Dy()}
	if look.Width == 0 || look.Height == 0 {
		return look
	}
	var t tally
	clear, all := 0, 0
	const samples = 128 // a side
	for y := range min(samples, look.Height) {
		for x := range min(samples, look.Width) {
			r, g, b, alpha := m.At(m.Bounds().Min.X+x*look.Width/min(samples, look.Width), m.Bounds().Min.Y+y*look.Height/min(samples, look.Height)).RGBA()
			all++
			if alpha < 0x8000 {
				clear++
				continue
			}
			t.add(luminance(float64(r)/float64(alpha), float64(g)/float64(alpha), float64(b)/float64(alpha)))
		}
	}
	if clear*20 < all { // it fills its frame
		return look
	}
	look.Pale, look.Dim = t.shares()
	return look
}

// A tally counts what stands out where.
type tally struct{ all, pale, dim int }

func (t *tally) add(luminance float64) {
	t.all++
	if luminance > mostOnWhite {
		t.pale++
	}
	if luminance < leastOnDark {
		t.dim++
	}
}

func (t *tally) shares() (pale, dim float64) {
	if t.all == 0 {
		return 0, 0
	}
	return float64(t.pale) / float64(t.all), float64(t.dim) / float64(t.all)
}

// luminance is WCAG's, of channels from 0 to 1.
func luminance(r, g, b float64) float64 {
	linear := func(v float64) float64 {
		if v <= .04045 {
			return v / 12.92
		}
		return math.Pow((v+.055)/1.055, 2.4)
	}
	return .2126*linear(r) + .7152*linear(g) + .0722*linear(b)
}

// shapes are the elements of SVG that paint.
var shapes = set("path rect circle ellipse line polyline polygon text")

// unpainted are those whose content is not shown where it stands.
var unpainted = set("defs clipPath mask symbol pattern linearGradient radialGradient")

// lookOfSVG reads size and colours. The colour of each shape counts once, however
// large it is; a colour that comes from elsewhere counts as black, which is what
// SVG paints with unless told.
func lookOfSVG(data []byte) Look {
	type paint struct{ fill, stroke string }
	look, t := Look{}, tally{}
	open := []paint{{"black", "none"}}
	hidden := 0
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		token, err := d.Token()
		if err != nil {
			break
		}
		switch e := token.(type) {
		case xml.StartElement:
			p, at := open[len(open)-1], map[string]string{}
			for _, a := range e.Attr {
				at[a.Name.Local] = strings.TrimSpace(a.Value)
			}
			if v := at["fill"]; v != "" && v != "inherit" {
				p.fill = v
			}
			if v := at["stroke"]; v != "" && v != "inherit" {
				p.stroke = v
			}
			if len(open) == 1 {
				look.Width, look.Height = svgSize(at)
			}
			open = append(open, p)
			if hidden > 0 || unpainted[e.Name.Local] {
				hidden++
			}
			if hidden == 0 && shapes[e.Name.Local] {
				if fillsFrame(e.Name.Local, at, look) {
					return Look{Width: look.Width, Height: look.Height}
				}
				if p.fill != "none" && e.Name.Local != "line" {
					t.add(colorLuminance(p.fill))
				}
				if p.stroke != "none" {
					t.add(colorLuminance(p.stroke))
				}
			}
		case xml.EndElement:
			open = open[:len(open)-1]
			if hidden > 0 {
				hidden--
			}
		}
	}
	look.Pale, look.Dim = t.shares()
	return look
}

// fillsFrame reports whether a shape is the ground of the whole drawing.
func fillsFrame(name string, at map[string]string, of Look) bool {
	if name != "rect" || at["fill"] == "none" || number(at["x"]) > 0 || number(at["y"]) > 0 {
		return false
	}
	wide := at["width"] == "100%" || number(at["width"]) >= float64(of.Width)*.98
	high := at["height"] == "100%" || number(at["height"]) >= float64(of.Height)*.98
	return wide && high && at["fill"] != ""
}

// svgSize is the size a drawing has by itself: that which it states, or that of
// its view, or what browsers take for neither.
func svgSize(at map[string]string) (width, height int) {
	w, h := number(at["width"]), number(at["height"])
	var vw, vh float64
	if v := strings.FieldsFunc(at["viewBox"], func(r rune) bool { return r == ' ' || r == ',' }); len(v) == 4 {
		vw, vh = number(v[2]), number(v[3])
	}
	switch {
	case w > 0 && h > 0:
	case vw <= 0 || vh <= 0:
		w, h = 300, 150
	case w > 0:
		h = w * vh / vw
	case h > 0:
		w = h * vw / vh
	default:
		w, h = vw, vh
	}
	return int(min(math.Ceil(w), maxSide)), int(min(math.Ceil(h), maxSide))
}

var leadingNumber = regexp.MustCompile(`^[0-9]*\.?[0-9]+(px)?$`)

// number reads a length in pixels; zero for any other.
func number(s string) float64 {
	if !leadingNumber.MatchString(s) {
		return 0
	}
	n, _ := strconv.ParseFloat(strings.TrimSuffix(s, "px"), 64)
	return n
}

var channels = regexp.MustCompile(`^rgba?\( *([0-9.]+)[ ,]+([0-9.]+)[ ,]+([0-9.]+)`)

// colorLuminance is how light a colour of SVG is; that of black for one that it
// does not know.
func colorLuminance(s string) float64 {
	s = strings.ToLower(s)
	if hex, ok := strings.CutPrefix(s, "#"); ok {
		if len(hex) == 3 || len(hex) == 4 {
			hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
		}
		if len(hex) >= 6 {
			if n, err := strconv.ParseUint(hex[:6], 16, 24); err == nil {
				return luminance(float64(n>>16)/255, float64(n>>8&255)/255, float64(n&255)/255)
			}
		}
		return 0
	}
	if m := channels.FindStringSubmatch(s); m != nil {
		var c [3]float64
		for i := range c {
			v, _ := strconv.ParseFloat(m[i+1], 64)
			c[i] = min(v/255, 1)
		}
		return luminance(c[0], c[1], c[2])
	}
	if c, ok := colornames.Map[s]; ok {
		return luminance(float64(c.R)/255, float64(c.G)/255, float64(c.B)/255)
	}
	return 0
}
