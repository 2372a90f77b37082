package theme

import (
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

func TestABrandGivesHueAndStrength(t *testing.T) {
	for _, tt := range []struct {
		name, hex string
		want      Theme
		ok        bool
	}{
		{"green", "#0b7a5c", Theme{168, 0.7}, true},
		{"three digits", "#f00", Theme{29, 1.2}, true},
		{"without the sign, in capitals", "0B7A5C", Theme{168, 0.7}, true},
		{"grey", "#808080", grey, true},
		{"black", "#000000", grey, true},
		{"white", "#ffffff", grey, true},
		{"no colour", "green", Default, false},
		{"too short", "#0b7a5", Default, false},
		{"nothing", "", Default, false},
		{"a sign within", "#+12345", Default, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got, ok := Of(tt.hex); got != tt.want || ok != tt.ok {
				t.Errorf("Of(%q) = %+v, %v; want %+v, %v", tt.hex, got, ok, tt.want, tt.ok)
			}
		})
	}
}

func TestColoursComeBack(t *testing.T) {
	for n := 0; n < 1<<24; n += 4097 {
		want := "#" + strings.Repeat("0", 6-len(strconv.FormatInt(int64(n), 16))) + strconv.FormatInt(int64(n), 16)
		c, _ := parse(want)
		if got := hex(c.oklch()); got != want {
			t.Fatalf("%s came back as %s", want, got)
		}
	}
}

// line is a colour of the tokens in a stylesheet: light mode, then dark.
var line = regexp.MustCompile(`(?m)^\s+--([a-z0-9-]+):\s+(?:light-dark\()?` + one + `(?:,\s+` + one + `\))?`)

const one = `oklch\(([\d.]+)% (?:calc\(([\d.]+) \* var\(--vivid\)\)|([\d.]+)) (var\(--hue\)|[\d.]+)\)`

// sheet reads the colours of the design that follow the hue, and white.
func sheet(t *testing.T) map[string][2]token {
	t.Helper()
	css, err := os.ReadFile("../../design/css/1-tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	number := func(s string) float64 {
		n, err := strconv.ParseFloat(s, 64)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	read := func(name string, m []string) token {
		k := token{name: name, lightness: number(m[0]), vivid: m[1] != ""}
		k.chroma = number(m[1] + m[2])
		return k
	}
	found := map[string][2]token{}
	for _, m := range line.FindAllStringSubmatch(string(css), -1) {
		if m[5] != "var(--hue)" && m[4]+m[3] != "0" {
			continue
		}
		k := [2]token{read(m[1], m[2:6]), read(m[1], m[2:6])}
		if m[6] != "" {
			k[1] = read(m[1], m[6:10])
		}
		found[m[1]] = k
	}
	return found
}

func TestTheColoursAreThoseOfTheStylesheet(t *testing.T) {
	found := sheet(t)
	for _, k := range tokens {
		if found[k.name][0] != k {
			t.Errorf("--%s is %+v, in the stylesheet %+v", k.name, k, found[k.name][0])
		}
	}
}

func TestTheStylesheetOfATheme(t *testing.T) {
	css := Theme{168, 0.92}.CSS()
	if !strings.HasPrefix(css, ":root{--hue:168;--vivid:0.92}\n@supports not ") {
		t.Errorf("begins %.80q", css)
	}
	if n := len(regexp.MustCompile(`;--[a-z0-9-]+:#[0-9a-f]{6}`).FindAllString(css, -1)); n != len(tokens) || strings.Contains(css, "NaN") {
		t.Errorf("%d colours, want %d: %s", n, len(tokens), css)
	}
	if got := Default.Hex("surface"); got != "#ffffff" {
		t.Errorf("surface is %s", got)
	}
	if got := Default.Hex("none"); got != "" {
		t.Errorf("a colour that is none is %s", got)
	}
}

func luminance(c rgb) float64 {
	cut := func(v float64) float64 { return min(max(v, 0), 1) }
	return 0.2126*cut(c[0]) + 0.7152*cut(c[1]) + 0.0722*cut(c[2])
}

// TestContrastIsAsTheDesignPromises repeats the sweep of the design: every hue,
// every strength, and both ways in which browsers bring a colour into gamut.
func TestContrastIsAsTheDesignPromises(t *testing.T) {
	found := sheet(t)
	for _, pair := range []struct {
		front, behind string
		light, dark   float64 // the worst ratio
	}{
		{"ink", "paper", 16.3, 15.9}, {"ink-2", "wash", 7.7, 8.2}, {"ink-3", "paper", 5.7, 6.4},
		{"ink-3", "surface", 5.8, 6.0}, {"ink-3", "sunken", 5.4, 6.7}, {"ink-3", "wash", 5.1, 5.4},
		{"accent", "paper", 5.2, 9.0}, {"accent", "surface", 5.3, 8.5}, {"accent", "sunken", 4.9, 9.4},
		{"accent", "accent-1", 5.0, 8.0}, {"accent", "accent-2", 4.6, 7.0}, {"accent-hover", "accent-2", 6.5, 9.0},
		{"on-accent", "accent-fill", 5.7, 8.9}, {"on-accent", "accent-fill-2", 7.6, 11.2},
		{"on-hero", "hero", 12.8, 15.5}, {"on-hero-2", "hero", 9.1, 11.1},
		{"edge", "surface", 3.6, 3.6}, {"edge", "paper", 3.5, 3.9}, {"focus", "surface", 4.8, 8.9}, {"focus", "paper", 4.7, 9.5},
	} {
		for mode, want := range []float64{pair.light, pair.dark} {
			worst := math.Inf(1)
			for hue := 0.0; hue < 360; hue += 2 {
				for vivid := 0.0; vivid <= 1.2; vivid += 0.2 {
					for _, shown := range []func(l, c, h float64) rgb{mapped, fromOKLCH} {
						color := func(name string) rgb {
							k := found[name][mode]
							if k.vivid {
								k.chroma *= vivid
							}
							return shown(k.lightness/100, k.chroma, hue)
						}
						a, b := luminance(color(pair.front)), luminance(color(pair.behind))
						worst = min(worst, (max(a, b)+0.05)/(min(a, b)+0.05))
					}
				}
			}
			if math.Floor(worst*10+0.5)/10 < want {
				t.Errorf("%s on %s, mode %d: %.2f at worst, the design promises %.1f", pair.front, pair.behind, mode, worst, want)
			}
		}
	}
}
