package body

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/image/colornames"
)

// An rgb is a colour in sRGB, each part from 0 to 1.
type rgb struct{ r, g, b float64 }

var numbers = regexp.MustCompile(`[0-9]+(?:\.[0-9]+)?%?`)

// parseColor reads a colour as CSS writes it, and reports whether it shows.
func parseColor(s string) (rgb, bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	if named, ok := colornames.Map[s]; ok {
		return rgb{float64(named.R) / 255, float64(named.G) / 255, float64(named.B) / 255}, true
	}
	if hex, ok := strings.CutPrefix(s, "#"); ok {
		return parseHex(hex)
	}
	parts := numbers.FindAllString(s, 5)
	if len(parts) < 3 || len(parts) > 3 && number(parts[3], 1) == 0 {
		return rgb{}, false
	}
	switch {
	case strings.HasPrefix(s, "rgb"):
		return rgb{number(parts[0], 255), number(parts[1], 255), number(parts[2], 255)}, true
	case strings.HasPrefix(s, "hsl"):
		return ofHSL(number(parts[0], 360), number(parts[1], 100), number(parts[2], 100)), true
	}
	return rgb{}, false
}

// number returns a number as a part of whole, or a percentage as one of 1.
func number(s string, whole float64) float64 {
	if percent, ok := strings.CutSuffix(s, "%"); ok {
		s, whole = percent, 100
	}
	n, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return 0
	}
	return min(n/whole, 1)
}

// parseHex reads three, four, six or eight hex digits.
func parseHex(hex string) (rgb, bool) {
	if len(hex) == 3 || len(hex) == 4 {
		var long strings.Builder
		for _, c := range hex {
			long.WriteRune(c)
			long.WriteRune(c)
		}
		hex = long.String()
	}
	v, err := strconv.ParseUint(hex, 16, 64)
	if err != nil || len(hex) != 6 && len(hex) != 8 {
		return rgb{}, false
	}
	if len(hex) == 8 {
		if v&0xff == 0 {
			return rgb{}, false
		}
		v >>= 8
	}
	return rgb{float64(v>>16&0xff) / 255, float64(v>>8&0xff) / 255, float64(v&0xff) / 255}, true
}

func ofHSL(h, s, l float64) rgb {
	at := func(n float64) float64 {
		k := math.Mod(n+h*12, 12)
		return l - s*min(l, 1-l)*max(-1, min(k-3, 9-k, 1))
	}
	return rgb{at(0), at(8), at(4)}
}

// oklch returns the chroma and the hue in degrees in OKLCH, in which equal steps
// look equal.
func (c rgb) oklch() (chroma, hue float64) {
	linear := func(v float64) float64 {
		if v <= .04045 {
			return v / 12.92
		}
		return math.Pow((v+.055)/1.055, 2.4)
	}
	r, g, b := linear(c.r), linear(c.g), linear(c.b)
	l := math.Cbrt(.4122214708*r + .5363325363*g + .0514459929*b)
	m := math.Cbrt(.2119034982*r + .6806995451*g + .1073969566*b)
	s := math.Cbrt(.0883024619*r + .2817188376*g + .6299787005*b)
	x := 1.9779984951*l - 2.4285922050*m + .4505937099*s
	y := .0259040371*l + .7827717662*m - .8086757660*s
	hue = math.Atan2(y, x) * 180 / math.Pi
	if hue < 0 {
		hue += 360
	}
	return math.Hypot(x, y), hue
}

// white reports whether a colour is that of paper.
func (c rgb) white() bool { return c.r > .99 && c.g > .99 && c.b > .99 }

// styled returns the value of the last of the named properties in a style.
func styled(style string, names ...string) string {
	value := ""
	for declaration := range strings.SplitSeq(style, ";") {
		name, v, _ := strings.Cut(declaration, ":")
		for _, n := range names {
			if strings.EqualFold(strings.TrimSpace(name), n) {
				value = strings.TrimSpace(v)
			}
		}
	}
	return value
}
