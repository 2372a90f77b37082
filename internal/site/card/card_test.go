package card

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"strings"
	"testing"

	"lectern/internal/site/theme"
)

var larkpost = theme.Theme{Hue: 168, Vivid: .92}

func decode(t testing.TB, c Card) (image.Image, []byte) {
	t.Helper()
	data, err := c.PNG()
	if err != nil {
		t.Fatal(err)
	}
	m, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return m, data
}

// words is about how much of the picture is white ink.
func words(m image.Image) int {
	n := 0
	for y := range Height {
		for x := range margin + textWidth {
			if r, g, b, _ := m.At(x, y).RGBA(); r > 0xf000 && g > 0xf000 && b > 0xf000 {
				n++
			}
		}
	}
	return n
}

func TestACardShowsItsTitleWhereOurFaceHasTheLetters(t *testing.T) {
	for title, shown := range map[string]bool{
		"Fill in a customs form": true, "Żółć, Ångström, naïve “x”": true, "e\u0301te\u0301": true,
		"税関申告書を記入する": false, "تعبئة نموذج": false, "Заполнить форму": false, "Ship it 🚀": false, "": false, "\u202e\u200b": false,
	} {
		m, _ := decode(t, Card{Title: title, Theme: larkpost})
		if got := words(m) > 500; got != shown {
			t.Errorf("%q: words %v, want %v", title, got, shown)
		}
	}
	if m, _ := decode(t, Card{Site: "Larkpost Help", Theme: larkpost}); words(m) < 500 {
		t.Error("the card of a help center does not say its name")
	}
}

func TestACardHasTheSizeThatServicesAskForAndStaysSmall(t *testing.T) {
	for _, title := range []string{"A", strings.Repeat("Donaudampfschifffahrt", 60), strings.Repeat("word ", 400), strings.Repeat("\u00e9", 5000)} {
		m, data := decode(t, Card{Title: title, Site: title, Seed: 7})
		if b := m.Bounds(); b.Dx() != Width || b.Dy() != Height {
			t.Errorf("size %v", b)
		}
		if len(data) > 400<<10 {
			t.Errorf("%.20q: %d bytes", title, len(data))
		}
	}
}

func TestEqualCardsAreEqualBytesAndSeedsAndHuesTellThemApart(t *testing.T) {
	c := Card{Title: "Fill in a customs form", Site: "Larkpost", Theme: larkpost, Seed: 1}
	_, one := decode(t, c)
	_, again := decode(t, c)
	if !bytes.Equal(one, again) {
		t.Error("the same card came out differently")
	}
	other := c
	other.Seed = 2
	if _, b := decode(t, other); bytes.Equal(one, b) {
		t.Error("another seed draws the same fan")
	}
	other = c
	other.Theme.Hue = 20
	if _, b := decode(t, other); bytes.Equal(one, b) {
		t.Error("another hue draws the same colours")
	}
}

func TestLongTitlesBreakBetweenWordsAndEndInAnEllipsis(t *testing.T) {
	f, err := newFace(46)
	if err != nil {
		t.Fatal(err)
	}
	lines, whole := f.wrap("Fill in a customs form for every parcel that leaves the country", textWidth, 3)
	if !whole || len(lines) != 2 || strings.Join(lines, " ") != "Fill in a customs form for every parcel that leaves the country" {
		t.Errorf("lines %q, whole %v", lines, whole)
	}
	lines, whole = f.wrap(strings.Repeat("customs forms, ", 40), textWidth, 3)
	if whole || len(lines) != 3 || !strings.HasSuffix(lines[2], "…") {
		t.Errorf("lines %q, whole %v", lines, whole)
	}
}

func TestColoursAreThoseOfTheTheme(t *testing.T) {
	m, _ := decode(t, Card{Theme: larkpost})
	r, g, b, _ := m.At(2, 2).RGBA()
	if got, want := fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8), larkpost.Hex("hero"); got != want {
		t.Errorf("the ground is %s, want %s", got, want)
	}
}

func BenchmarkCard(b *testing.B) {
	for b.Loop() {
		if _, err := (Card{Title: "Fill in a customs form", Site: "Larkpost Help", Theme: larkpost, Seed: 3}).PNG(); err != nil {
			b.Fatal(err)
		}
	}
}

func FuzzCard(f *testing.F) {
	f.Add("Fill in a customs form", "Larkpost", uint64(1))
	f.Add(strings.Repeat("ş", 500), "\xff", uint64(0))
	f.Fuzz(func(t *testing.T, title, site string, seed uint64) {
		if _, err := (Card{Title: title, Site: site, Seed: seed}).PNG(); err != nil {
			t.Error(err)
		}
	})
}
