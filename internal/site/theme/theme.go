// Package theme makes the colours of a help center from one: that of its brand.
//
// Lightness is fixed for every colour of the design, so that text stands out
// under any brand. A brand gives the hue and how strong it is, nothing else.
// Colours are OKLCH, as in the stylesheet of package design, which computes all
// of them from these two numbers; for browsers too old for that, CSS adds them
// as plain values.
package theme

import (
	"math"
	"strconv"
	"strings"
)

// A Theme is what a brand's colour comes down to.
type Theme struct {
	Hue   int     // degrees, 0 to 359
	Vivid float64 // 0 to 1.2, two decimals
}

// Default is Lectern's own.
var Default = Theme{Hue: 258, Vivid: 1}

// grey is the theme of a brand without a hue.
var grey = Theme{Hue: 250, Vivid: 0.08}

// Of returns the theme of a brand by its colour, "#0b7a5c" or "#0b7"; the sign
// may be missing. It returns false, and Default, for anything else.
func Of(hex string) (Theme, bool) {
	c, ok := parse(hex)
	if !ok {
		return Default, false
	}
	_, chroma, hue := c.oklch()
	if chroma < 0.012 {
		return grey, true
	}
	vivid := min(math.Round(chroma/0.145*100)/100, 1.2)
	return Theme{Hue: int(math.Round(hue)) % 360, Vivid: vivid}, true
}

// A token is a colour of the design in light mode. Chroma is multiplied by the
// theme's strength where vivid says so.
type token struct {
	name              string
	lightness, chroma float64 // in percent; as in CSS
	vivid             bool
}

// tokens are the colours that follow the theme, as package design has them; a
// test compares.
var tokens = []token{
	{"paper", 99.3, .003, false}, {"surface", 100, 0, false}, {"raised", 100, 0, false}, {"sunken", 97.1, .006, false},
	{"wash", 95.4, .008, false}, {"line", 91.6, .008, false}, {"line-2", 84.5, .011, false}, {"edge", 62, .016, false},
	{"ink", 23.5, .018, false}, {"ink-2", 41, .018, false}, {"ink-3", 50.5, .016, false}, {"accent", 48, .142, true},
	{"accent-hover", 40, .130, true}, {"accent-fill", 46.5, .142, true}, {"accent-fill-2", 40, .130, true},
	{"on-accent", 100, 0, false}, {"accent-1", 97.2, .020, true}, {"accent-2", 94.2, .038, true},
	{"accent-3", 88.5, .070, true}, {"accent-line", 80, .085, true}, {"focus", 50, .16, true}, {"hero", 29, .062, true},
	{"hero-leaf", 78, .11, true}, {"on-hero", 98.5, .006, false}, {"on-hero-2", 87, .035, true},
}

// CSS returns the theme as a stylesheet that goes behind the tokens of package
// design: the two numbers and, for browsers without light-dark(), the colours
// of light mode. These have to follow the tokens, since such a browser takes the
// tokens for values too until it comes to use one.
func (t Theme) CSS() string {
	var b strings.Builder
	b.WriteString(":root{--hue:" + strconv.Itoa(t.Hue) + ";--vivid:" + strconv.FormatFloat(t.Vivid, 'f', -1, 64) + "}\n")
	b.WriteString("@supports not (color:light-dark(#000,#fff)){:root{color-scheme:light")
	for _, k := range tokens {
		b.WriteString(";--" + k.name + ":" + t.value(k))
	}
	b.WriteString("}}\n")
	return b.String()
}

// Hex returns a colour of the design in light mode under the theme, by its name
// without dashes in front, as "#rrggbb"; "" if no such colour follows the theme.
// It serves pictures and mail, where stylesheets do not reach.
func (t Theme) Hex(name string) string {
	for _, k := range tokens {
		if k.name == name {
			return t.value(k)
		}
	}
	return ""
}

func (t Theme) value(k token) string {
	chroma := k.chroma
	if k.vivid {
		chroma *= t.Vivid
	}
	return hex(k.lightness/100, chroma, float64(t.Hue))
}
