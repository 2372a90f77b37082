package browser

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"lectern"
)

// drawn is a logo of a size, in one colour.
func drawn(t *testing.T, width, height int, color string) lectern.Asset {
	t.Helper()
	a, err := lectern.NewAsset("image/svg+xml", fmt.Appendf(nil, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" fill="%s">`+
		`<circle cx="32" cy="32" r="30"/><path d="M70 16h%dv14H70zM70 38h%dv14H70z"/></svg>`, width, height, color, max(0, width-80), max(0, width-120)))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// serveBrands adds two more help centers: one with a wide logo for each surface,
// five links and topics without icons, and one in which nothing is written, with
// a single logo that is too dark for its header.
func (b *bench) serveBrands(t *testing.T) {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	link := func(label string) lectern.Link { return lectern.Link{Label: label, URL: "https://example.com/"} }
	contact := &lectern.Contact{Link: lectern.Link{Label: "Write to us", URL: "mailto:help@example.com"}, Text: "Tove and Ali answer on weekdays from 9:00 to 18:00."}
	open := func(identifier, name string, assets []lectern.Asset, change func(*lectern.Theme)) *lectern.HelpCenter {
		h, err := b.store.AddHelpCenter(t.Context(), b.by, lectern.HelpCenter{Identifier: identifier, DisplayName: name, DefaultLocale: "en", WebsiteTurnedOn: true})
		must(err)
		_, _, err = b.store.UpdateSite(t.Context(), b.by, h.ID, assets, func(_ *lectern.HelpCenter, theme *lectern.Theme) error { change(theme); return nil })
		must(err)
		return h
	}
	light, dark, ink := drawn(t, 310, 64, "#0a6f8f"), drawn(t, 310, 64, "#bfe9f5"), drawn(t, 64, 64, "#1a2233")
	wide := open("wide", "Northern Ports", []lectern.Asset{light, dark}, func(theme *lectern.Theme) {
		theme.Color, theme.Header, theme.Logo, theme.LogoDark = "#0a6f8f", lectern.TintHeader, light.Name, dark.Name
		theme.Texts = map[lectern.Locale]lectern.ThemeText{"en": {HeaderLinks: []lectern.Link{link("Book a slot"), link("Status"), link("Prices"), link("Ports and terminals"), link("Careers")}}}
	})
	open("empty", "Larkpost", []lectern.Asset{ink}, func(theme *lectern.Theme) {
		theme.Color, theme.Logo = "#0b7a5c", ink.Name
		theme.Texts = map[lectern.Locale]lectern.ThemeText{"en": {Greeting: "How can we help you ship?", Contact: contact}}
	})
	for _, name := range []string{"Your first booking", "Customs and papers", "Demurrage", "Refrigerated goods", "Invoices"} {
		topic, err := b.store.AddCollection(t.Context(), b.by, &lectern.CollectionEdit{HelpCenter: &wide.ID, CollectionTextEdit: lectern.CollectionTextEdit{
			Name: &name, Description: new("What it is, what it costs and how long it takes.")}})
		must(err)
		for _, title := range []string{"Begin with " + name, "Questions about " + name} {
			_, err := b.store.AddArticle(t.Context(), b.by, &lectern.ArticleEdit{Parents: &[]lectern.CollectionID{topic.ID}, ArticleTextEdit: lectern.ArticleTextEdit{
				Title: &title, Body: new("<p>" + title + ".</p>"), State: new(lectern.Published), Author: &b.by.Admin}})
			must(err)
		}
	}
}

// brands are the pages of help centers with material of their own, by name.
func (b *bench) brands() map[string]string {
	topic := func(name string) string { return "/fjordlight/en/collections/" + b.topic(name) }
	return map[string]string{
		"bicycles":            "/fjordlight/en",
		"bicycles-ar":         "/fjordlight/ar",
		"bicycles-ja":         "/fjordlight/ja",
		"bicycles-article":    b.find("fjordlight", "en", "Unpack, set up and check your bicycle before the first ride"),
		"bicycles-german":     b.find("fjordlight", "de", "Unpack, set up and check your bicycle before the first ride"),
		"bicycles-tall":       b.find("fjordlight", "en", "How much air belongs in a tyre"),
		"bicycles-tall-ar":    b.find("fjordlight", "ar", "How much air belongs in a tyre"),
		"bicycles-phone":      b.find("fjordlight", "en", "See your bicycle on the phone"),
		"bicycles-flat":       topic("Parts from A to Z"),
		"bicycles-letters":    topic("Parts from A to Z") + "-parts-from-a-to-z?order=title",
		"bicycles-letters-ar": strings.Replace(topic("Parts from A to Z"), "/en/", "/ar/", 1),
		"bicycles-deep":       topic("Care and repair"),
		"bicycles-short":      topic("Orders, delivery and returns from outside the European Economic Area"),
		"bicycles-search":     "/fjordlight/en/search?q=brake",
		"bicycles-none":       "/fjordlight/en/search?q=zzxxqqyy",
		"wide":                "/wide/en",
		"wide-topic":          "/wide/en/collections/" + b.topic("Demurrage"),
		"empty":               "/empty/en",
	}
}

// everywhere are all pages that are looked at.
func (b *bench) everywhere() map[string]string {
	all := b.places()
	maps.Copy(all, b.brands())
	return all
}

func TestMaterialOfCustomersFitsTheWindow(t *testing.T) {
	b := start(t)
	for name, at := range b.brands() {
		t.Run(name, func(t *testing.T) {
			p := b.open(t, desk, at)
			for _, width := range []int64{320, 390, 600, 768, 900, 1024, 1280, 1920} {
				p.resize(view{width: width, height: 900})
				p.fits(width)
				if high := eval[float64](p, `document.querySelector(".top .wrap")?.getBoundingClientRect().height ?? 0`); high > 84 {
					t.Errorf("at %d: the header is %.0f high", width, high)
				}
				if n := eval[int](p, `[...document.querySelectorAll(".top .logo")].filter((e) => e.checkVisibility()).length`); n != 1 {
					t.Errorf("at %d: %d logos are shown", width, n)
				}
				if n := eval[int](p, `[...document.querySelectorAll(".top nav > a.wide, .top nav > .more")].filter((e) => e.checkVisibility()).length`); n == 0 {
					t.Errorf("at %d: no way to the header's links", width)
				}
			}
		})
	}
}

// A picture is never larger than it is, nor than the text is wide, nor much
// higher than a window.
func TestPicturesAreNeverEnlarged(t *testing.T) {
	b := start(t)
	for _, name := range []string{"bicycles-article", "bicycles-tall", "bicycles-phone", "bicycles-tall-ar"} {
		t.Run(name, func(t *testing.T) {
			for _, v := range []view{desk, phone} {
				p := b.open(t, v, b.brands()[name])
				p.wait(`[...document.images].every((i) => { i.loading = "eager"; return i.complete })`)
				for _, wrong := range eval[[]string](p, `[...document.querySelectorAll(".prose img")].filter((i) => {
					const r = i.getBoundingClientRect(), text = i.closest(".prose").getBoundingClientRect();
					return r.width > i.naturalWidth + 1 || r.height > Math.max(.8 * innerHeight, 576) + 1 || r.width > text.width + 1 || Math.abs(r.width / r.height - i.naturalWidth / i.naturalHeight) > .05 * i.naturalWidth / i.naturalHeight;
				}).map((i) => i.alt + ": " + i.naturalWidth + "x" + i.naturalHeight + " as " + Math.round(i.getBoundingClientRect().width) + "x" + Math.round(i.getBoundingClientRect().height))`) {
					t.Errorf("at %d: %s", v.width, wrong)
				}
			}
		})
	}
}

// The suggestions of the header's field hang on the field.
func TestSuggestionsAreAsWideAsTheirField(t *testing.T) {
	b := start(t)
	for name, at := range map[string]string{"ltr": b.brands()["bicycles-flat"], "rtl": b.brands()["bicycles-tall-ar"]} {
		typed := map[string]string{"ltr": "valv", "rtl": "الهواء"}[name]
		t.Run(name, func(t *testing.T) {
			for _, width := range []int64{768, 1280} {
				p := b.open(t, view{width: width, height: 800}, at)
				p.do(chromedp.SendKeys(chromedp.CSS(".top #q"), typed))
				p.wait(`document.querySelector(".find [role=option]")`)
				p.picture(fmt.Sprintf("suggestions-header-%s-%d", name, width))
				if eval[bool](p, `(() => { const f = document.querySelector(".top .find").getBoundingClientRect(), h = document.querySelector(".hits").getBoundingClientRect();
					return h.width > Math.max(f.width, 416) + 1 || h.left < 0 || h.right > innerWidth || h.top < f.bottom || h.top > f.bottom + 12 || Math.abs(document.dir === "rtl" ? h.right - f.right : h.left - f.left) > 1 })()`) {
					t.Errorf("at %d the suggestions do not hang on the field: %s", width, eval[string](p, `JSON.stringify([document.querySelector(".top .find").getBoundingClientRect(), document.querySelector(".hits").getBoundingClientRect()])`))
				}
			}
		})
	}
}

func TestOnPhonesTheHeadersLinksAreInItsMenu(t *testing.T) {
	b := start(t)
	p := b.open(t, phone, "/fjordlight/en")
	p.click(".more summary")
	p.wait(`document.querySelector(".more .pop .btn")?.checkVisibility()`)
	p.picture("menu-390")
	if got := eval[string](p, `[...document.querySelectorAll(".more .pop a")].map((a) => a.textContent).join(", ")`); got != "Shop, Workshops, Book a check, Write to us" {
		t.Errorf("the menu has %s", got)
	}
	if out := eval[bool](p, `(() => { const r = document.querySelector(".more .pop").getBoundingClientRect(); return r.left < 0 || r.right > innerWidth })()`); out {
		t.Error("the menu leaves the window")
	}
}
