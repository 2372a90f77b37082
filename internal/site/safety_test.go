package site_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"

	"lectern"
	"lectern/internal/testshared"
)

// policy is what the design asks of every page.
const policy = "default-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"

// everyPage is an address of each page.
func (l *library) everyPage() []string {
	return []string{"/help/en", "/help/de", "/help/ar", "/help/en/collections/" + number(l.start) + "-getting-started", l.at("en", l.long, "a-long-one"),
		l.at("de", l.second, "refund-a-label"), "/help/en/search", "/help/en/search?q=label", "/help/en/search?q=zzxxqq", "/help/en/nothing"}
}

func TestEveryPageIsSafeAndAsksNobodyElse(t *testing.T) {
	l := openLibrary(t)
	for _, at := range l.everyPage() {
		status := http.StatusOK
		if strings.HasSuffix(at, "nothing") {
			status = http.StatusNotFound
		}
		p := l.read(status, at)
		for name, want := range map[string]string{
			"Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff",
			"Referrer-Policy": "strict-origin-when-cross-origin", "Content-Type": "text/html; charset=utf-8", "Set-Cookie": "",
		} {
			if got := p.Header().Get(name); got != want {
				t.Errorf("%s: %s: %q", at, name, got)
			}
		}
		p.selfContained(at)
	}
}

// selfContained reports what a page runs or fetches that it must not.
func (p *shown) selfContained(at string) {
	p.Helper()
	ids := map[string]bool{}
	for n := range p.doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if n.Data == "style" || n.Data == "script" && attribute(n, "src") == "" && attribute(n, "type") != "application/ld+json" {
			p.Errorf("%s has an inline %s", at, n.Data)
		}
		for _, a := range n.Attr {
			switch {
			case a.Key == "style", strings.HasPrefix(a.Key, "on"), leads(a.Key) && strings.HasPrefix(strings.TrimSpace(strings.ToLower(a.Val)), "javascript:"):
				p.Errorf("%s has %s %s=%q", at, n.Data, a.Key, a.Val)
			case a.Key == "src", a.Key == "href" && n.Data == "link" && attribute(n, "rel") != "canonical" && attribute(n, "rel") != "alternate":
				if !strings.HasPrefix(a.Val, "/") || strings.HasPrefix(a.Val, "//") {
					p.Errorf("%s fetches %s", at, a.Val)
				}
			case a.Key == "id":
				if ids[a.Val] {
					p.Errorf("%s has the id %s twice", at, a.Val)
				}
				ids[a.Val] = true
			}
		}
	}
	if len(p.all(".sprite")) == 0 {
		return // a part of a page, which has one
	}
	for _, to := range append(p.values("use", "href"), p.values("a[href]", "href")...) {
		if id, local := strings.CutPrefix(to, "#"); local && id != "main" && !ids[id] {
			p.Errorf("%s leads to #%s, which is not there", at, id)
		}
	}
}

// leads reports whether an attribute holds an address.
func leads(attribute string) bool {
	return slices.Contains([]string{"href", "src", "action", "formaction", "data-href", "data-play", "data-suggest"}, attribute)
}

func TestPagesFitTheirBudget(t *testing.T) {
	l := openLibrary(t)
	for _, at := range l.everyPage() {
		zipped := l.ask("GET", at, "", "Accept-Encoding", "gzip")
		if zipped.Code == http.StatusOK && (zipped.Header().Get("Content-Encoding") != "gzip" || zipped.Body.Len() > 12<<10) {
			t.Errorf("%s has %d bytes, compressed, want at most 12 KiB", at, zipped.Body.Len())
		}
	}
	p := l.read(http.StatusOK, "/help/en")
	css := l.ask("GET", p.values("link[rel=stylesheet]", "href")[0], "", "Accept-Encoding", "gzip")
	if css.Code != http.StatusOK || css.Header().Get("Cache-Control") != "public, max-age=31536000, immutable" || css.Body.Len() > 17_000 {
		t.Errorf("the stylesheet: %d, %d bytes compressed, want at most 17 kB", css.Code, css.Body.Len())
	}
	js := l.ask("GET", p.values("script[src]", "src")[0], "")
	if js.Code != http.StatusOK || js.Body.Len() > 15_000 {
		t.Errorf("the script: %d, %d bytes, want at most 15 kB", js.Code, js.Body.Len())
	}
	for _, at := range append(p.values("link[rel=icon]", "href"), p.values("link[rel=preload]", "href")...) {
		if w := l.ask("GET", at, ""); w.Code != http.StatusOK {
			t.Errorf("%s: %d", at, w.Code)
		}
	}
}

func TestTheAppearanceIsTheReadersChoiceAndTheOnlyCookie(t *testing.T) {
	l := openLibrary(t)
	p := l.read(http.StatusOK, "/help/en")
	if got := p.values("html", "data-mode"); got[0] != "" {
		t.Errorf("without a choice the mode is %q", got)
	}
	w := l.ask("POST", "/help/_/appearance", "mode=dark&back="+url.QueryEscape("/help/en/search?q=a b"))
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/help/en/search?q=a b" {
		t.Errorf("%d %s", w.Code, w.Header().Get("Location"))
	}
	if got := w.Header().Get("Set-Cookie"); got != "mode=dark; Path=/help/; Max-Age=31536000; HttpOnly; SameSite=Lax" {
		t.Errorf("cookie: %s", got)
	}
	if got := l.read(http.StatusOK, "/help/en", "Cookie", "mode=dark").values("html", "data-mode"); got[0] != "dark" {
		t.Errorf("the mode is %q", got)
	}
	if got := l.read(http.StatusOK, "/help/en", "Cookie", "mode=\"><script>").values("html", "data-mode"); got[0] != "" {
		t.Errorf("the mode is %q", got)
	}
	if w := l.ask("POST", "/help/_/appearance", "mode=auto"); !strings.Contains(w.Header().Get("Set-Cookie"), "Max-Age=0") {
		t.Errorf("the device's own: %s", w.Header().Get("Set-Cookie"))
	}
	for _, back := range []string{"//evil.example", "https://evil.example", "/\\evil.example", "/helpful", "/help/\r\nX: y", "javascript:alert(1)", "/help//\t", ""} {
		w := l.ask("POST", "/help/_/appearance", "mode=light&back="+url.QueryEscape(back))
		if to := w.Header().Get("Location"); to != "/help/" {
			t.Errorf("back to %q: %q", back, to)
		}
	}
	if w := l.ask("POST", "/help/_/appearance", "mode=dark", "Sec-Fetch-Site", "cross-site"); w.Code != http.StatusForbidden {
		t.Errorf("from elsewhere: %d", w.Code)
	}
}

// vectors are attempts to run a script: a few of the best known, and those of
// the shared collection, if there is one.
func vectors(t testing.TB) []string {
	list := []string{`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `javascript:alert(1)`, `</title><svg/onload=alert(1)>`,
		`{{.}}`, `' onmouseover='alert(1)`, `<!--<script>`, `]]>`, "\u2028alert(1)", `</script><script>alert(1)</script>`}
	return append(list, testshared.Attacks(t)...)
}

func TestNoTextBecomesMarkup(t *testing.T) {
	l := openLibrary(t)
	for i, v := range vectors(t) {
		title := v
		if len([]rune(title)) > lectern.MaxTitle || strings.ContainsFunc(title, unicode.IsControl) || lectern.Blank(title) {
			continue
		}
		l.edit(l.first, lectern.ArticleTextEdit{Title: &title, Description: &v})
		at := "/help/en/articles/" + number(l.first)
		if w := l.ask("GET", at, ""); w.Code == http.StatusMovedPermanently {
			at = strings.TrimPrefix(w.Header().Get("Location"), "http://"+host)
		}
		p := l.read(http.StatusOK, at)
		p.selfContained(at)
		if got := p.text("h1"); got != strings.Join(strings.Fields(lectern.CleanText(title)), " ") {
			t.Errorf("the title %q is shown as %q", title, got)
		}
		if i%8 != 0 {
			continue // searching takes its time
		}
		l.read(http.StatusOK, "/help/en/search?q="+url.QueryEscape(v)).selfContained("a search for " + v)
		l.read(http.StatusOK, "/help/en/search/suggest?q="+url.QueryEscape(v)).selfContained("suggestions for " + v)
	}
}

// FuzzRequests asks for anything: there is an answer, it is no fault, it repeats
// no markup and leads to no other host.
func FuzzRequests(f *testing.F) {
	for _, s := range [][4]string{
		{"GET", "/help/en", "", ""}, {"GET", "/help/en/search?q=%3Cscript%3E", "text/markdown", "de"}, {"GET", "//evil.example/%2e%2e", "*/*", "a;q=x"},
		{"GET", "/help/en/articles/1-%C3%9F.md", "text/html", "zh-Hant"}, {"POST", "/help/_/appearance?back=//evil.example", "", ""},
		{"HEAD", "/help/%e2%80%ae/articles/9", "", ""}, {"GET", "/help/en/search?page=-1&topic=x&q=%ff", "", ""}, {"PUT", "/help", "", ""},
		{"GET", "/help/en/collections/1/feed.atom", "", ""}, {"GET", "/help/sitemap/0.xml", "", ""}, {"GET", "/help/_/style.css", "", ""},
	} {
		f.Add(s[0], s[1], s[2], s[3])
	}
	l := openLibrary(f)
	f.Fuzz(func(t *testing.T, method, at, accept, language string) {
		u, err := url.Parse(at)
		if err != nil || !strings.HasPrefix(u.Path, "/") || strings.ContainsAny(method, " \r\n/") || method == "" {
			return
		}
		r := &http.Request{Method: method, URL: u, Host: host, Header: http.Header{"Accept": {accept}, "Accept-Language": {language}}, Body: http.NoBody, RemoteAddr: "192.0.2.1:1"}
		w := httptest.NewRecorder()
		l.app.ServeHTTP(w, r)
		if w.Code >= 500 {
			t.Fatalf("%s %q: %d", method, at, w.Code)
		}
		if to := w.Header().Get("Location"); to != "" {
			target, err := u.Parse(to)
			if err != nil || target.Host != "" && target.Host != host || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\r\n") {
				t.Fatalf("%s %q leads to %q", method, at, to)
			}
		}
		if strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
			doc, err := html.Parse(w.Body)
			if err != nil {
				t.Fatal(err)
			}
			(&shown{t, w, doc}).selfContained(at)
		}
	})
}
