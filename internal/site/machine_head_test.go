package site_test

import (
	"encoding/json"
	"image/png"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"lectern"
	"lectern/internal/app"
)

// hostile are texts that try to end what they stand in.
var hostile = []string{
	`</script><script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `]]></title><x>`, "a\u2028b", `--- ` + "\n" + `admin: true`,
	`[x](javascript:alert(1))`, `<!--`, "bell\a and \ufffe", `'; DROP TABLE article; --`, `{{.}}`, `&amp;&lt;`,
}

// linked returns the JSON-LD of a page.
func (p *shown) linked() []map[string]any {
	p.Helper()
	var v struct {
		Context string           `json:"@context"`
		Graph   []map[string]any `json:"@graph"`
	}
	scripts := p.all("script[type=application/ld+json]")
	if len(scripts) != 1 {
		p.Fatalf("%d scripts of linked data", len(scripts))
	}
	if err := json.Unmarshal([]byte(scripts[0].FirstChild.Data), &v); err != nil || v.Context != "https://schema.org" {
		p.Fatalf("linked data: %v, %s", err, scripts[0].FirstChild.Data)
	}
	return v.Graph
}

func TestPagesSayWhatTheyAre(t *testing.T) {
	d := forMachines(t)
	for _, u := range d.siteMap("/help/sitemap.xml").URLs {
		p := d.read(200, strings.TrimPrefix(u.Loc, "http://help.test"))
		things := p.linked()
		want := "WebSite"
		if strings.Contains(u.Loc, "/collections/") {
			want = "CollectionPage"
		} else if strings.Contains(u.Loc, "/articles/") {
			want = "TechArticle"
		}
		if things[0]["@type"] != want || things[0]["@id"] != u.Loc {
			t.Errorf("%s is a %v %v", u.Loc, things[0]["@type"], things[0]["@id"])
		}
		if want != "WebSite" {
			if things[1]["@type"] != "BreadcrumbList" || len(things[1]["itemListElement"].([]any)) < 2 {
				t.Errorf("%s has the trail %v", u.Loc, things[1])
			}
		}
		if got := p.values("meta[property=og:url]", "content"); !slices.Equal(got, []string{u.Loc}) {
			t.Errorf("%s says its address is %q", u.Loc, got)
		}
		for _, image := range p.values("meta[property=og:image]", "content") {
			picture := d.read(200, strings.TrimPrefix(image, "http://help.test"))
			m, err := png.DecodeConfig(picture.Body)
			if err != nil || m.Width != 1200 || m.Height != 630 || picture.Header().Get("Content-Type") != "image/png" {
				t.Errorf("%s: %v %dx%d", image, err, m.Width, m.Height)
			}
		}
	}
}

func TestAPageInAnotherLanguageIsDescribedAsTheOriginal(t *testing.T) {
	d := forMachines(t)
	var at string
	for _, u := range d.siteMap("/help/sitemap.xml").URLs {
		if strings.HasSuffix(u.Loc, "-only-english") {
			at = u.Loc
		}
	}
	p := d.read(200, strings.Replace(strings.TrimPrefix(at, "http://help.test"), "/en/", "/de/", 1))
	article := p.linked()[0]
	if article["@id"] != at || article["inLanguage"] != "en" {
		t.Errorf("the article is %v in %v, want %s in en", article["@id"], article["inLanguage"], at)
	}
	if got := p.Header().Values("Link"); len(got) != 3 || !strings.HasPrefix(got[0], "<"+at+">") {
		t.Errorf("links %q", got)
	}
	if got := p.values("meta[property=og:image]", "content"); !slices.Equal(got, []string{at + "/card.png"}) {
		t.Errorf("picture %q", got)
	}
}

func TestACardLeadsFromAnyOtherAddressToItsOwn(t *testing.T) {
	d := forMachines(t)
	id := d.article("Fill in", d.topic("Customs", 0, nil))
	w := d.ask("GET", "/help/en/articles/"+number(id)+"-x/card.png", "")
	if want := "http://help.test/help/en/articles/" + number(id) + "-fill-in/card.png"; w.Code != 301 || w.Header().Get("Location") != want {
		t.Errorf("%d to %s, want %s", w.Code, w.Header().Get("Location"), want)
	}
	d.read(404, "/help/en/articles/999/card.png")
	d.read(404, "/help/de/articles/"+number(id)+"-fill-in/card.png")
	d.read(404, "/help/en/collections/999/card.png")
}

func TestHostileTextsEndNothingTheyStandIn(t *testing.T) {
	d := open(t, app.Config{})
	for _, text := range hostile {
		topic := d.topic(text, 0, func(e *lectern.CollectionEdit) { e.Description = &text })
		id := d.article(text, topic, func(e *lectern.ArticleEdit) { e.ArticleTextEdit.Description = &text })
		d.siteMap("/help/sitemap.xml")
		for _, at := range []string{"/help/en/feed.atom", "/help/en/collections/" + number(topic) + "/feed.atom"} {
			clean := strings.NewReplacer("\a", "", "\ufffe", "").Replace(text) // the store takes them out
			if got := d.feed(at).titles(); !slices.Contains(got, clean) {
				t.Errorf("%s names %q, not %q", at, got, clean)
			}
		}
		x, err := d.store.Page(d.Context(), lectern.Visit{Workspace: d.by.Workspace, HelpCenter: d.home.ID, Locale: "en"}, id)
		d.must(err)
		md := d.ask("GET", "/help/en/articles/"+number(id)+"-x.md", "").Header().Get("Location")
		text2 := d.read(200, strings.TrimPrefix(md, "http://help.test")).Body.String()
		front, _, _ := strings.Cut(strings.TrimPrefix(text2, "---\n"), "\n---\n")
		if lines := strings.Split(front, "\n"); len(lines) != 7 || !strings.HasPrefix(lines[1], `title: "`) || !strings.HasSuffix(lines[1], `"`) {
			t.Errorf("%q: front matter %q", text, front)
		}
		at := strings.TrimSuffix(strings.TrimPrefix(md, "http://help.test"), ".md")
		p := d.read(200, at)
		if got := p.linked()[0]["headline"]; got != strings.ToValidUTF8(x.Title, "") {
			t.Errorf("headline %q, want %q", got, x.Title)
		}
		if n := len(p.all("script")); n != 2 {
			t.Errorf("%q: the page has %d scripts", text, n)
		}
		for _, kind := range []string{"og:title", "og:description"} {
			if got := p.values("meta[property="+kind+"]", "content"); len(got) != 1 {
				t.Errorf("%q: %d times %s", text, len(got), kind)
			}
		}
		for _, at := range []string{"/help/llms.txt", "/help/llms-full.txt"} {
			body := d.read(200, at).Body.String()
			if strings.Contains(body, "\n"+"admin: true") || strings.Contains(body, "](javascript:") && !strings.Contains(body, `\]`) {
				t.Errorf("%s gives way to %q", at, text)
			}
		}
	}
}

func FuzzMachineAddresses(f *testing.F) {
	for _, at := range machines {
		f.Add(at, "text/markdown")
	}
	f.Add("/en/articles/1-x.md", "text/markdown;q=0.3, */*")
	f.Add("/en/collections/1/feed.atom", "")
	f.Add("/sitemap/7.xml", ";;,")
	d := forMachines(f)
	f.Fuzz(func(t *testing.T, at, accept string) {
		if !strings.HasPrefix(at, "/") || strings.ContainsAny(at, "?# %") || strings.ContainsFunc(at+accept, func(r rune) bool { return r < 0x20 || r > 0x7e }) {
			return
		}
		here := *d
		here.TB = t
		w := here.ask("GET", "/help"+at, "", "Accept", accept)
		if w.Code >= 500 {
			t.Errorf("GET %s: %d", at, w.Code)
		}
		if _, err := html.Parse(w.Body); err != nil {
			t.Error(err)
		}
	})
}
