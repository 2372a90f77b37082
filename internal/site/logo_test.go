package site_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"lectern"
)

// drawing is an SVG of a size that draws in one colour.
func drawing(t testing.TB, width, height int, color string) lectern.Asset {
	t.Helper()
	a, err := lectern.NewAsset("image/svg+xml", fmt.Appendf(nil,
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d"><path fill="%s" d="M0 0h9v9z"/></svg>`, width, height, color))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// brand changes the theme of the help center.
func (d *desk) brand(assets []lectern.Asset, change func(*lectern.HelpCenter, *lectern.Theme)) {
	d.Helper()
	_, _, err := d.store.UpdateSite(d.Context(), d.by, d.home.ID, assets, func(h *lectern.HelpCenter, theme *lectern.Theme) error {
		change(h, theme)
		return nil
	})
	d.must(err)
}

func TestALogoIsThereOnceForEachKindOfSurface(t *testing.T) {
	square, wide, night := drawing(t, 64, 64, "#101010"), drawing(t, 310, 72, "#0a6f8f"), drawing(t, 310, 72, "#ffffff")
	for says, x := range map[string]struct {
		logo, dark   lectern.Asset
		class, sizes string
		heard        bool // whether the name is only heard
		light, night string
	}{
		"two wide ones":                 {wide, night, "brand wide", "155x36 155x36", true, "logo on-light", "logo on-dark"},
		"a square one, too dark":        {square, lectern.Asset{}, "brand", "32x32 32x32", false, "logo on-light", "logo on-dark plate"},
		"one that is nothing but white": {night, lectern.Asset{}, "brand wide", "155x36 155x36", true, "logo on-light plate night", "logo on-dark"},
		"one for dark surfaces alone":   {lectern.Asset{}, night, "brand wide", "155x36 155x36", true, "logo on-light plate night", "logo on-dark"},
	} {
		t.Run(says, func(t *testing.T) {
			l := openLibrary(t)
			l.brand([]lectern.Asset{x.logo, x.dark}, func(_ *lectern.HelpCenter, theme *lectern.Theme) {
				theme.Logo, theme.LogoDark = x.logo.Name, x.dark.Name
			})
			for _, at := range []string{"/help/en", l.at("en", l.first, "print-a-label")} {
				p := l.read(200, at)
				if got := p.values("img.logo", "class"); !slices.Equal(got, []string{x.light, x.night}) {
					t.Errorf("%s: logos are %q", at, got)
				}
				widths, heights := p.values("img.logo", "width"), p.values("img.logo", "height")
				if got := widths[0] + "x" + heights[0] + " " + widths[1] + "x" + heights[1]; got != x.sizes {
					t.Errorf("%s: sizes are %s, want %s", at, got, x.sizes)
				}
				if got := p.values("a.brand", "class"); got[0] != x.class {
					t.Errorf("%s: the brand is %q", at, got)
				}
				if name := p.text("a.brand"); name != "Larkpost Help" || len(p.all("a.brand span.vh")) > 0 != x.heard {
					t.Errorf("%s: the name is %q", at, name)
				}
			}
		})
	}
}

func TestALongNameTakesTwoLines(t *testing.T) {
	l := openLibrary(t)
	for name, want := range map[string]string{
		"Larkpost": "brand", "Twenty-four characters, ": "brand", "Twenty-five characters...": "brand long", "漁業協同組合連合会のお客様サポートセンター四国": "brand", strings.Repeat("語", 25): "brand long",
	} {
		l.brand(nil, func(_ *lectern.HelpCenter, theme *lectern.Theme) {
			theme.Texts = map[lectern.Locale]lectern.ThemeText{"en": {Name: name}}
		})
		if got := l.read(200, "/help/en").values("a.brand", "class"); got[0] != want {
			t.Errorf("%q is %q, want %q", name, got[0], want)
		}
	}
}

func TestHeaderLinksHaveAMenuForWindowsTooNarrow(t *testing.T) {
	contact := &lectern.Contact{Link: lectern.Link{Label: "Write to us", URL: "https://example.com/contact"}}
	link := func(label string) lectern.Link {
		return lectern.Link{Label: label, URL: "https://example.com/"}
	}
	for says, x := range map[string]struct {
		links   []lectern.Link
		contact *lectern.Contact
		fits    string
		menu    []string
		row     []string
	}{
		"nothing to lead to": {nil, nil, "", nil, nil},
		"one":                {[]lectern.Link{link("Status")}, nil, "", []string{"Status"}, []string{"Status"}},
		"the contact once": {[]lectern.Link{link("Status"), {Label: "Contact", URL: contact.URL}}, contact, "some",
			[]string{"Status", "Write to us"}, []string{"Status", "Contact us"}},
		"four":     {[]lectern.Link{link("Book a slot"), link("Status"), link("Prices"), link("Ports")}, contact, "many", []string{"Book a slot", "Status", "Prices", "Ports", "Write to us"}, nil},
		"long":     {[]lectern.Link{link(strings.Repeat("word ", 15))}, contact, "full", nil, nil},
		"too many": {[]lectern.Link{link("A"), link("B"), link("C"), link("D"), link("E"), link("F")}, nil, "full", []string{"A", "B", "C", "D", "E", "F"}, nil},
	} {
		t.Run(says, func(t *testing.T) {
			l := openLibrary(t)
			l.brand(nil, func(_ *lectern.HelpCenter, theme *lectern.Theme) {
				theme.Texts = map[lectern.Locale]lectern.ThemeText{"en": {HeaderLinks: x.links, Contact: x.contact}}
			})
			p := l.read(200, "/help/en")
			if got := p.values(".top nav", "class"); got[0] != x.fits {
				t.Errorf("the links need %q, want %q", got[0], x.fits)
			}
			if got := p.texts(".more .pop a"); x.menu != nil && !slices.Equal(got, x.menu) {
				t.Errorf("the menu has %q", got)
			}
			if got := p.texts(".top nav a.wide"); x.row != nil && !slices.Equal(got, x.row) {
				t.Errorf("the row has %q", got)
			}
			if n := len(p.all(".more")); n != min(1, len(x.links)) {
				t.Errorf("there are %d menus", n)
			}
		})
	}
}
