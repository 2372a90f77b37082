package browser

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// finger makes the tab that of a device without keys or a mouse.
func (p *tab) finger() {
	p.Helper()
	p.do(func(ctx context.Context, s *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, s, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: true, MaxTouchPoints: 5})
		return chromedp.Void{}, err
	}, func(ctx context.Context, s *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, s, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "pointer", Value: "coarse"}, {Name: "hover", Value: "none"}},
		})
		return chromedp.Void{}, err
	})
}

func TestHintsAboutKeysAreForThoseWhoHaveSome(t *testing.T) {
	b := start(t)
	for _, c := range []struct {
		name  string
		view  view
		touch bool
	}{{"desk", desk, false}, {"phone", phone, true}, {"tablet", desk, true}} {
		t.Run(c.name, func(t *testing.T) {
			p := b.tab(t, c.view)
			if c.touch {
				p.finger()
			}
			p.visit(b.article)
			shown := `(s) => [...document.querySelectorAll(s)].some((e) => e.checkVisibility())`
			if got := eval[bool](p, `(`+shown+`)(".find kbd")`); got == c.touch {
				t.Errorf("the key of the search field is shown: %v", got)
			}
			p.visit("/help/en")
			p.do(chromedp.SendKeys(chromedp.CSS("#q"), "customs fo"))
			p.wait(`document.querySelector("[role=option]")`)
			if got := eval[bool](p, `(`+shown+`)(".hits kbd")`); got == c.touch {
				t.Errorf("the keys of the suggestions are shown: %v", got)
			}
			if got := eval[string](p, `document.querySelector(".seek [role=status]").textContent`); strings.Contains(got, "arrow keys") == c.touch || !strings.ContainsAny(got, "123456") {
				t.Errorf("spoken: %q", got)
			}
		})
	}
}

func TestSuggestionsOpenAgainWithTheArrowDown(t *testing.T) {
	b := start(t)
	p := b.open(t, desk, "/help/en")
	p.do(chromedp.SendKeys(chromedp.CSS("#q"), "customs fo"))
	p.wait(`document.querySelector("[role=option]")`)
	p.keys(kb.Escape)
	p.wait(`!document.querySelector("[role=option]")`)
	p.keys(kb.ArrowDown)
	p.wait(`document.querySelector("[role=option]")`)
	p.keys(kb.ArrowDown)
	p.wait(`document.querySelector("[aria-selected=true]")`)
	p.keys(kb.Escape)
	p.wait(`!document.querySelector("[role=option]")`)
	if got := eval[string](p, `document.querySelector("#q").getAttribute("aria-expanded") + document.querySelector("#q").value`); got != "falsecustoms fo" {
		t.Errorf("closed again: %q", got)
	}
}

func TestAPageSaysWhatItCorrectedAndWhatElseThereIs(t *testing.T) {
	b := start(t)
	for name, v := range map[string]view{"desk": desk, "phone": phone, "desk-dark": {width: 1280, height: 900, dark: true}, "phone-dark": {width: 390, height: 844, dark: true}} {
		t.Run(name, func(t *testing.T) {
			p := b.open(t, v, "/help/en/search?q=custmos")
			p.wait(`document.querySelector(".fixed b")?.textContent === "customs"`)
			p.picture("search-fixed-" + name)
			p.follow(".fixed a")
			p.wait(`document.querySelector("#none") && document.querySelector("#q").value === "custmos"`)
			p.picture("search-as-typed-" + name)
			p.visit("/help/en/search?q=Zugriffstoken")
			p.wait(`document.querySelector(".elsewhere a")`)
			p.picture("search-elsewhere-" + name)
			p.follow(".elsewhere a")
			p.wait(`document.documentElement.lang === "de" && document.querySelector(".results li")`)
			p.visit("/help/ar/search?q=zzxxqqyy%20(C%2B%2B)")
			p.picture("search-none-ar-" + name)
		})
	}
}

func TestTitlesInAnotherLanguageSayInWhich(t *testing.T) {
	b := start(t)
	for name, v := range map[string]view{"desk": desk, "phone": phone, "desk-dark": {width: 1280, height: 900, dark: true}, "phone-dark": {width: 390, height: 844, dark: true}} {
		t.Run(name, func(t *testing.T) {
			p := b.tab(t, v)
			for _, l := range []string{"de", "ar", "ja", "fr"} {
				p.visit("/help/" + l + "/search?q=customs+form")
				if got := eval[string](p, `document.querySelector(".results h3 .lang-name")?.textContent`); got != "English" {
					t.Errorf("%s: a title in English is marked %q", l, got)
				}
				if got := eval[int](p, `document.documentElement.scrollWidth - innerWidth`); got > 0 {
					t.Errorf("%s: %d pixels too wide", l, got)
				}
				if got := eval[bool](p, `[...document.querySelectorAll(".facets a")].map((e) => e.getBoundingClientRect()).every((r, i, all) =>
					!i || r.top >= all[i-1].bottom - 1 || r.left >= all[i-1].right || r.right <= all[i-1].left)`); !got {
					t.Errorf("%s: topics lie over each other", l)
				}
				p.picture("search-foreign-" + l + "-" + name)
			}
		})
	}
}
