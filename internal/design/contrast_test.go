package design

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// A color is an OKLCH color of a token, its parts as CSS writes them.
type color struct{ light, chroma, hue string }

// palette reads the colours of the tokens: for light, then for dark.
func palette(t *testing.T) map[string][2]color {
	t.Helper()
	css, err := shared.ReadFile("css/1-tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	const one = `oklch\(([\d.]+)% (calc\([^)]*\)\)|[\d.]+) (var\(--hue\)|[\d.]+)\)`
	found := map[string][2]color{}
	for _, m := range regexp.MustCompile(`(?m)^\s+(--[a-z0-9-]+):\s+light-dark\(`+one+`,\s+`+one+`\)`).FindAllStringSubmatch(string(css), -1) {
		found[m[1]] = [2]color{{m[2], m[3], m[4]}, {m[5], m[6], m[7]}}
	}
	for _, m := range regexp.MustCompile(`(?m)^\s+(--[a-z0-9-]+):\s+`+one+`;`).FindAllStringSubmatch(string(css), -1) {
		found[m[1]] = [2]color{{m[2], m[3], m[4]}, {m[2], m[3], m[4]}}
	}
	return found
}

// luminance is a colour's relative luminance in sRGB under a theme, channels
// outside of the gamut cut off.
func (c color) luminance(t *testing.T, hue, vivid float64) float64 {
	t.Helper()
	number := func(s string) float64 {
		s = strings.TrimSuffix(strings.TrimPrefix(s, "calc("), " * var(--vivid))")
		n, err := strconv.ParseFloat(s, 64)
		if err != nil {
			t.Fatalf("%+v: %v", c, err)
		}
		return n
	}
	l, ch := number(c.light)/100, number(c.chroma)
	if strings.HasPrefix(c.chroma, "calc") {
		ch *= vivid
	}
	if c.hue != "var(--hue)" {
		hue = number(c.hue)
	}
	a, b := ch*math.Cos(hue*math.Pi/180), ch*math.Sin(hue*math.Pi/180)
	cube := func(x float64) float64 { return x * x * x }
	long := cube(l + 0.3963377774*a + 0.2158037573*b)
	medium := cube(l - 0.1055613458*a - 0.0638541728*b)
	short := cube(l - 0.0894841775*a - 1.2914855480*b)
	cut := func(x float64) float64 { return min(max(x, 0), 1) }
	return 0.2126*cut(4.0767416621*long-3.3077115913*medium+0.2309699292*short) +
		0.7152*cut(-1.2684380046*long+2.6097574011*medium-0.3413193965*short) +
		0.0722*cut(-0.0041960863*long-0.7034186147*medium+1.7076147010*short)
}

func TestTextStandsOutUnderEveryTheme(t *testing.T) {
	colors := palette(t)
	const text, edge = 4.5, 3.0
	for _, pair := range []struct {
		on   string
		fore []string
		want float64
	}{
		{"--paper", []string{"--ink", "--ink-2", "--ink-3", "--accent", "--accent-hover", "--bad-ink", "--warn-ink"}, text},
		{"--surface", []string{"--ink", "--ink-2", "--ink-3", "--accent"}, text},
		{"--sunken", []string{"--ink", "--ink-2", "--ink-3", "--accent"}, text},
		{"--raised", []string{"--ink", "--ink-3", "--accent"}, text},
		{"--wash", []string{"--ink", "--ink-2", "--ink-3"}, text},
		{"--accent-1", []string{"--accent"}, text},
		{"--accent-2", []string{"--accent", "--accent-hover"}, text},
		{"--accent-fill", []string{"--on-accent"}, text},
		{"--accent-fill-2", []string{"--on-accent"}, text},
		{"--hero", []string{"--on-hero", "--on-hero-2"}, text},
		{"--code-bg", []string{"--ink", "--ink-2", "--ink-3", "--accent", "--code-key", "--code-str", "--code-num", "--code-mute"}, text},
		{"--mark", []string{"--ink", "--ink-2"}, text},
		{"--good-bg", []string{"--good-ink"}, text}, {"--bad-bg", []string{"--bad-ink"}, text},
		{"--warn-bg", []string{"--warn-ink"}, text}, {"--info-bg", []string{"--info-ink"}, text},
		{"--surface", []string{"--edge", "--focus"}, edge}, {"--paper", []string{"--edge", "--focus"}, edge},
	} {
		for _, fore := range pair.fore {
			for mode, name := range []string{"light", "dark"} {
				behind, ok := colors[pair.on]
				front, ok2 := colors[fore]
				if !ok || !ok2 {
					t.Fatalf("%s or %s is not among the tokens", pair.on, fore)
				}
				worst := math.Inf(1)
				for hue := 0.0; hue < 360; hue += 4 {
					for _, vivid := range []float64{0, 0.4, 0.8, 1.2} {
						a, b := behind[mode].luminance(t, hue, vivid), front[mode].luminance(t, hue, vivid)
						worst = min(worst, (max(a, b)+0.05)/(min(a, b)+0.05))
					}
				}
				if worst < pair.want {
					t.Errorf("%s on %s in %s: %.2f to 1 at worst, want %.1f", fore, pair.on, name, worst, pair.want)
				}
			}
		}
	}
}
