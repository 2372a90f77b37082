package theme

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Conversions between sRGB and OKLCH, by the matrices of CSS Color 4.

// rgb is a colour in linear light; a channel outside of 0 to 1 is out of gamut.
type rgb [3]float64

// parse reads a colour of three or six hex digits.
func parse(s string) (rgb, bool) {
	s = strings.TrimPrefix(s, "#")
	if len(s) == 3 {
		s = string([]byte{s[0], s[0], s[1], s[1], s[2], s[2]})
	}
	n, err := strconv.ParseUint(s, 16, 24)
	if len(s) != 6 || err != nil {
		return rgb{}, false
	}
	var c rgb
	for i := range c {
		c[i] = linear(float64(n>>(16-8*i)&0xff) / 255)
	}
	return c, true
}

func linear(v float64) float64 {
	if v <= 0.04045 {
		return v / 12.92
	}
	return math.Pow((v+0.055)/1.055, 2.4)
}

func encoded(v float64) float64 {
	if v <= 0.0031308 {
		return v * 12.92
	}
	return 1.055*math.Pow(v, 1/2.4) - 0.055
}

// oklch returns lightness (0 to 1), chroma and hue in degrees.
func (c rgb) oklch() (lightness, chroma, hue float64) {
	l := math.Cbrt(0.4122214708*c[0] + 0.5363325363*c[1] + 0.0514459929*c[2])
	m := math.Cbrt(0.2119034982*c[0] + 0.6806995451*c[1] + 0.1073969566*c[2])
	s := math.Cbrt(0.0883024619*c[0] + 0.2817188376*c[1] + 0.6299787005*c[2])
	a := 1.9779984951*l - 2.4285922050*m + 0.4505937099*s
	b := 0.0259040371*l + 0.7827717662*m - 0.8086757660*s
	hue = math.Atan2(b, a) * 180 / math.Pi
	if hue < 0 {
		hue += 360
	}
	return 0.2104542553*l + 0.7936177850*m - 0.0040720468*s, math.Hypot(a, b), hue
}

// fromOKLCH is the inverse of oklch.
func fromOKLCH(lightness, chroma, hue float64) rgb {
	sin, cos := math.Sincos(hue * math.Pi / 180)
	a, b := chroma*cos, chroma*sin
	cube := func(x float64) float64 { return x * x * x }
	l := cube(lightness + 0.3963377774*a + 0.2158037573*b)
	m := cube(lightness - 0.1055613458*a - 0.0638541728*b)
	s := cube(lightness - 0.0894841775*a - 1.2914855480*b)
	return rgb{
		4.0767416621*l - 3.3077115913*m + 0.2309699292*s,
		-1.2684380046*l + 2.6097574011*m - 0.3413193965*s,
		-0.0041960863*l - 0.7034186147*m + 1.7076147010*s,
	}
}

func (c rgb) inGamut() bool {
	const slack = 1e-4 // below what a byte can show
	return min(c[0], c[1], c[2]) >= -slack && max(c[0], c[1], c[2]) <= 1+slack
}

// mapped returns the nearest colour that screens can show: of the same lightness
// and hue, with as much chroma as there is.
func mapped(lightness, chroma, hue float64) rgb {
	c := fromOKLCH(lightness, chroma, hue)
	if c.inGamut() {
		return c
	}
	low, high := 0.0, chroma
	for range 24 { // halves the gap below a millionth
		if middle := (low + high) / 2; fromOKLCH(lightness, middle, hue).inGamut() {
			low = middle
		} else {
			high = middle
		}
	}
	return fromOKLCH(lightness, low, hue)
}

// hex returns a colour as CSS writes it everywhere.
func hex(lightness, chroma, hue float64) string {
	c := mapped(lightness, chroma, hue)
	var bytes [3]int
	for i, v := range c {
		bytes[i] = int(math.Round(encoded(min(max(v, 0), 1)) * 255))
	}
	return fmt.Sprintf("#%02x%02x%02x", bytes[0], bytes[1], bytes[2])
}
