package site_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"lectern"
	"lectern/internal/app"
	"lectern/internal/site"
)

// forMachines fills a help center in three languages: two topics, an article in all
// languages and one in one, and what no list may name.
func forMachines(t testing.TB) *desk {
	d := open(t, app.Config{})
	d.speak("de", "ar")
	start := d.topic("Start", 0, func(e *lectern.CollectionEdit) {
		e.Texts = map[lectern.Locale]lectern.CollectionTextEdit{"de": {Name: new("Anfang")}}
	})
	inner := d.topic("Inner", start, nil)
	d.topic("Empty", 0, nil)
	d.article("First steps", start, d.in("de", "Erste Schritte", lectern.Published), d.in("ar", "الخطوات الأولى", lectern.Draft))
	d.now = d.now.Add(time.Hour)
	d.article("Only English", inner)
	a, err := d.store.AddAudience(d.Context(), d.by, &lectern.AudienceEdit{Name: new("Staff")})
	d.must(err)
	d.article("Secret draft", start, draft)
	d.article("Secret restricted", start, func(e *lectern.ArticleEdit) { e.ArticleTextEdit.Audiences = &[]lectern.AudienceID{a.ID} })
	d.article("Secret unlisted", 0)
	return d
}

// A mapFile is a site map or an index of some.
type mapFile struct {
	URLs []struct {
		Loc     string `xml:"loc"`
		LastMod string `xml:"lastmod"`
		Links   []struct {
			Lang string `xml:"hreflang,attr"`
			Href string `xml:"href,attr"`
		} `xml:"http://www.w3.org/1999/xhtml link"`
	} `xml:"url"`
	Parts []string `xml:"sitemap>loc"`
}

func (d *desk) siteMap(at string, headers ...string) mapFile {
	d.Helper()
	p := d.read(200, at, headers...)
	if kind := p.Header().Get("Content-Type"); kind != "application/xml; charset=utf-8" {
		d.Errorf("%s is %s", at, kind)
	}
	wellFormed(d, p.Body.Bytes())
	var m mapFile
	d.must(xml.Unmarshal(p.Body.Bytes(), &m))
	return m
}

func wellFormed(t testing.TB, data []byte) {
	t.Helper()
	r := xml.NewDecoder(bytes.NewReader(data))
	for {
		if _, err := r.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("not well formed: %v\n%s", err, data)
		}
	}
}

func TestTheSiteMapNamesEveryListedPageInItsLanguages(t *testing.T) {
	d := forMachines(t)
	var got []string
	alternates := map[string][]string{}
	for _, u := range d.siteMap("/help/sitemap.xml").URLs {
		got = append(got, strings.TrimPrefix(u.Loc, "http://help.test/help"))
		for _, x := range u.Links {
			alternates[u.Loc] = append(alternates[u.Loc], x.Lang+" "+x.Href)
		}
		if strings.Contains(u.Loc, "/articles/") && !strings.HasPrefix(u.LastMod, "2026-11-12T1") {
			t.Errorf("%s changed %q", u.Loc, u.LastMod)
		}
	}
	want := []string{"/en", "/de", "/ar"}
	for _, suffix := range []string{"-start", "-inner", "-anfang", "-first-steps", "-erste-schritte", "-only-english"} {
		if i := slices.IndexFunc(got, func(s string) bool { return strings.HasSuffix(s, suffix) }); i >= 0 {
			want = append(want, got[i])
		} else {
			t.Errorf("no page ends in %s", suffix)
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("pages %q, want %q", got, want)
	}
	for page, list := range alternates {
		for _, a := range list {
			lang, other, _ := strings.Cut(a, " ")
			if !slices.Equal(alternates[other], list) {
				t.Errorf("%s names %s (%s), which does not name the same pages back", page, other, lang)
			}
		}
		if !slices.ContainsFunc(list, func(a string) bool { return strings.HasSuffix(a, " "+page) }) {
			t.Errorf("%s does not name itself: %q", page, list)
		}
	}
}

func TestPagesAndTheSiteMapNameTheSameLanguages(t *testing.T) {
	d := forMachines(t)
	for _, u := range d.siteMap("/help/sitemap.xml").URLs {
		p := d.read(200, strings.TrimPrefix(u.Loc, "http://help.test"))
		var want, got []string
		for _, x := range u.Links {
			want = append(want, x.Lang+" "+x.Href)
		}
		for _, n := range p.all("link[hreflang]") {
			got = append(got, attribute(n, "hreflang")+" "+attribute(n, "href"))
		}
		slices.Sort(want)
		slices.Sort(got)
		if len(want) > 0 && !slices.Equal(got, want) {
			t.Errorf("%s says %q, the map %q", u.Loc, got, want)
		}
		if c := p.values("link[rel=canonical]", "href"); !slices.Equal(c, []string{u.Loc}) {
			t.Errorf("%s calls itself %q", u.Loc, c)
		}
	}
}

func TestALargeSiteMapIsAnIndexOfPartsThatNameEveryPageOnce(t *testing.T) {
	d := forMachines(t)
	for _, title := range []string{"a", "b", "c", "d", "e", "f", "g"} {
		d.article(title, d.topic(title, 0, nil), d.in("de", title, lectern.Published))
	}
	whole := d.siteMap("/help/sitemap.xml")
	defer site.Limits(4, 1, 1)()
	d.change(func(h *lectern.HelpCenter) { h.DisplayName = "Other" }) // what is kept ends
	index := d.siteMap("/help/sitemap.xml")
	if len(index.URLs) != 0 || len(index.Parts) < 4 {
		t.Fatalf("index of %d parts with %d pages", len(index.Parts), len(index.URLs))
	}
	var got, want []string
	for i, part := range index.Parts {
		urls := d.siteMap(strings.TrimPrefix(part, "http://help.test")).URLs
		if i > 0 && len(urls) > 4 {
			t.Errorf("%s has %d pages", part, len(urls))
		}
		for _, u := range urls {
			got = append(got, u.Loc)
		}
	}
	for _, u := range whole.URLs {
		want = append(want, u.Loc)
	}
	if !slices.Equal(got, want) {
		t.Errorf("parts name %q, want %q", got, want)
	}
	for _, no := range []string{"/help/sitemap/x.xml", "/help/sitemap/-1.xml", "/help/sitemap/01.xml", "/help/sitemap/99999999999999999999.xml", "/help/sitemap/1"} {
		d.read(404, no)
	}
}

// machines are the addresses that list or repeat texts.
var machines = []string{"/sitemap.xml", "/robots.txt", "/llms.txt", "/llms-full.txt", "/en/llms.txt", "/en/llms-full.txt", "/en/feed.atom", "/de/feed.atom", "/ar/feed.atom", "/de/llms-full.txt", "/ar/llms.txt"}

func TestNoListForMachinesNamesWhatIsNotForEveryone(t *testing.T) {
	d := forMachines(t)
	for _, at := range machines {
		text := strings.ToLower(d.read(200, "/help"+at).Body.String())
		for _, word := range []string{"secret", "الخطوات", "empty"} {
			if strings.Contains(text, word) {
				t.Errorf("%s says %q", at, word)
			}
		}
	}
}

func TestAHelpCenterThatIsOffSaysNothingToMachines(t *testing.T) {
	d := forMachines(t)
	d.change(func(h *lectern.HelpCenter) { h.WebsiteTurnedOn = false })
	for _, at := range append(machines, "/en/card.png") {
		if body := d.read(404, "/help"+at).Body.String(); strings.Contains(body, "First steps") {
			t.Errorf("%s still tells", at)
		}
	}
}

func TestOnADomainOfItsOwnMachinesAskAtTheRoot(t *testing.T) {
	d := forMachines(t)
	d.change(func(h *lectern.HelpCenter) { h.CustomDomain = "docs.example.com" })
	d.reach("docs.example.com")
	for _, u := range d.siteMap("/sitemap.xml", "Host", "docs.example.com").URLs {
		if !strings.HasPrefix(u.Loc, "https://docs.example.com/") || strings.Contains(u.Loc, "/help/") {
			t.Errorf("address %s", u.Loc)
		}
	}
	want := "User-agent: *\nDisallow: /en/search\nDisallow: /de/search\nDisallow: /ar/search\n\nSitemap: https://docs.example.com/sitemap.xml\n"
	if got := d.read(200, "/robots.txt", "Host", "docs.example.com").Body.String(); got != want {
		t.Errorf("robots.txt:\n%s\nwant\n%s", got, want)
	}
	if got := d.read(200, "/help/robots.txt").Body.String(); !strings.Contains(got, "Disallow: /help/en/search\n") || !strings.Contains(got, "Sitemap: https://docs.example.com/sitemap.xml\n") {
		t.Errorf("robots.txt below the identifier:\n%s", got)
	}
}
