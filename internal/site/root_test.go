package site_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"lectern"
	"lectern/internal/app"
	"lectern/internal/limit"
)

func TestTheRootAnswersForTheDefaultHelpCenter(t *testing.T) {
	d := open(t, app.Config{})
	d.article("A", d.topic("C", 0, nil))
	robots := d.read(200, "/robots.txt").Body.String()
	if !strings.Contains(robots, "Disallow: /help/en/search\n") || !strings.Contains(robots, "Sitemap: http://help.test/help/sitemap.xml\n") {
		t.Errorf("robots.txt is %s", robots)
	}
	if got := d.read(200, "/sitemap.xml").Body.String(); !strings.Contains(got, "<loc>http://help.test/help/en/articles/") {
		t.Errorf("sitemap.xml is %s", got)
	}
	icon := d.ask("GET", "/favicon.ico", "").Header().Get("Location")
	if p := d.read(200, icon); !strings.HasPrefix(p.Header().Get("Content-Type"), "image/") {
		t.Errorf("favicon.ico leads to %s, which is %s", icon, p.Header().Get("Content-Type"))
	}
	for _, at := range []string{"/apple-touch-icon.png", "/help/apple-touch-icon.png"} {
		if p := d.read(200, at); p.Header().Get("Content-Type") != "image/png" {
			t.Errorf("%s is %s", at, p.Header().Get("Content-Type"))
		}
	}
	if page := d.read(200, "/help/en").Body.String(); !strings.Contains(page, `<link rel="apple-touch-icon" href="/help/apple-touch-icon.png">`) {
		t.Error("pages name no touch icon")
	}
	d.change(func(h *lectern.HelpCenter) { h.WebsiteTurnedOn = false })
	if code := d.ask("GET", "/robots.txt", "").Code; code != http.StatusNotFound {
		t.Errorf("of a closed help center robots.txt is %d", code)
	}
	d.change(func(h *lectern.HelpCenter) { h.WebsiteTurnedOn = true })
	d.read(200, "/robots.txt")
	d.stranger()
	if code := d.ask("GET", "/robots.txt", "").Code; code != http.StatusNotFound {
		t.Errorf("where several workspaces share a host robots.txt is %d", code)
	}
}

func TestAMissingFileIsToldInALine(t *testing.T) {
	d := open(t, app.Config{})
	for _, x := range []struct {
		at    string
		short bool
		as    string // Sec-Fetch-Dest
	}{
		{"/help/apple-touch-icon-precomposed.png", true, ""}, {"/help/en/articles/x.JPG", true, ""}, {"/help/en/old/style.css", true, ""},
		{"/help/en/picture", true, "image"}, {"/help/en/nothing", false, ""}, {"/help/en/logo.png", false, "document"}, {"/help/en/v2.0-notes", false, ""},
	} {
		p := d.read(404, x.at, "Sec-Fetch-Dest", x.as)
		if short := p.Body.Len() < 100; short != x.short {
			t.Errorf("%s as %q is answered by %d bytes", x.at, x.as, p.Body.Len())
		}
	}
	d.redirect(d.home.ID, "/files/manual.png", "en", lectern.Target{Article: d.article("Manual", d.topic("C", 0, nil))})
	if code, to := d.lead("GET", "/help/files/manual.png", ""); code != http.StatusMovedPermanently || to == "" {
		t.Errorf("a file with a redirect: %d", code)
	}
}

// What is made for one unknown host is not made again for the next.
func TestUnknownHostsShareWhatIsKept(t *testing.T) {
	for _, x := range []struct {
		says, base, domain, want string
	}{
		{"a base URL", "https://kb.example.org", "", "https://kb.example.org/help/en/"},
		{"a domain", "", "docs.example.com", "https://docs.example.com/en/"},
		{"both", "https://kb.example.org", "docs.example.com", "https://docs.example.com/en/"},
	} {
		d := open(t, app.Config{BaseURL: x.base, Limits: limit.Settings{Exports: 2}})
		d.change(func(h *lectern.HelpCenter) { h.CustomDomain = x.domain })
		d.article("A", d.topic("C", 0, nil))
		if x.domain != "" {
			d.reach(x.domain)
		}
		for i := range 50 {
			for _, at := range []string{"/help/sitemap.xml", "/help/en/llms-full.txt"} {
				w := d.ask("GET", at, "", "Host", fmt.Sprintf("host-%d.example", i))
				if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), x.want) || strings.Contains(w.Body.String(), "host-") {
					t.Fatalf("with %s, %s for host %d: %d %.200s", x.says, at, i, w.Code, w.Body)
				}
			}
		}
	}
}

func TestABrowserCanSearchFromItsAddressBar(t *testing.T) {
	d := open(t, app.Config{})
	d.article("Print a label", d.topic("C", 0, nil))
	page := d.read(200, "/help/en")
	links := page.values(`link[rel=search]`, "href")
	if len(links) != 1 || links[0] != "/help/en/opensearch.xml" {
		t.Fatalf("the page names %q", links)
	}
	p := d.read(200, links[0])
	wellFormed(t, p.Body.Bytes())
	for _, want := range []string{"<ShortName>Larkpost Help</ShortName>", `template="http://help.test/help/en/search?q={searchTerms}"`, "<Image>http://help.test/help/_/"} {
		if !strings.Contains(p.Body.String(), want) {
			t.Errorf("no %s in %s", want, p.Body)
		}
	}
	if kind := p.Header().Get("Content-Type"); kind != "application/opensearchdescription+xml; charset=utf-8" {
		t.Errorf("it is %s", kind)
	}
}
