package site_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"lectern"
	"lectern/internal/app"
)

// A library is a help center with something of everything.
type library struct {
	*desk
	start, more, deep, empty lectern.CollectionID
	first, second, unlisted  lectern.ArticleID
	hidden, restricted, long lectern.ArticleID
}

// openLibrary opens a help center in English, German and Arabic.
func openLibrary(t testing.TB) *library { return openLibraryWith(t, app.Config{}) }

// openLibraryWith is openLibrary with other options.
func openLibraryWith(t testing.TB, c app.Config) *library {
	l := &library{desk: open(t, c)}
	l.speak("de", "ar")
	l.start = l.topic("Getting started", 0, nil)
	l.more = l.topic("Printing", l.start, nil)
	l.deep = l.topic("Labels", l.more, nil)
	l.empty = l.topic("Nothing yet", 0, nil)
	l.first = l.article("Print a label", l.start, l.in("de", "Ein Etikett drucken", lectern.Published))
	l.second = l.article("Refund a label", l.start)
	l.unlisted = l.article("Not in any list", 0)
	l.hidden = l.article("Hidden draft", l.start, draft)
	audience, err := l.store.AddAudience(t.Context(), l.by, &lectern.AudienceEdit{Name: new("Few")})
	l.must(err)
	l.restricted = l.article("For a few", l.start, func(e *lectern.ArticleEdit) { e.Audiences = &[]lectern.AudienceID{audience.ID} })
	l.long = l.article("A long one", l.more, body(`<h1>One</h1><p>a</p><h2>Below</h2><p>b</p><h1>Two</h1><p>c</p><pre><code>x = 1</code></pre>`))
	l.article("Deep", l.deep)
	return l
}

// at is the path of an article's page.
func (l *library) at(locale string, id lectern.ArticleID, slug string) string {
	return fmt.Sprintf("/help/%s/articles/%d-%s", locale, id, slug)
}

// look has a person open a page some times, and what that counts stored and
// shown.
func (l *library) look(at string, times int) {
	l.Helper()
	for range times {
		l.ask("GET", at, "", "User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0")
	}
	l.must(l.store.FlushViews(l.Context()))
	l.now = l.now.Add(2 * time.Minute)
}

func TestTheHomePageShowsTheTopicsAndNothingElse(t *testing.T) {
	l := openLibrary(t)
	p := l.read(200, "/help/en")
	if got := p.texts(".ledger h3"); !slices.Equal(got, []string{"Getting started"}) {
		t.Errorf("topics are %q: those without articles are left out", got)
	}
	if got := p.text(".ledger .meta"); got != "AL 4 articles" {
		t.Errorf("the topic says %q", got)
	}
	if got := p.text("#topics"); got != "Browse by topic" {
		t.Errorf("heading is %q", got)
	}
	if len(p.all("#popular")) != 0 {
		t.Error("four articles are enough to call some popular")
	}
	if got := p.text("title"); got != "Larkpost Help" {
		t.Errorf("title is %q", got)
	}
	for i := range 3 {
		l.article(fmt.Sprint("More ", i), l.start)
	}
	l.now = l.now.Add(2 * time.Minute)
	if len(l.read(200, "/help/en").all("#popular")) != 0 {
		t.Error("what nobody read is called popular")
	}
	l.look(l.at("en", l.second, "refund-a-label"), 2)
	l.look(l.at("en", l.first, "print-a-label"), 1)
	if got := l.read(200, "/help/en").texts(".rows a"); !slices.Equal(got, []string{"Refund a label", "Print a label"}) {
		t.Errorf("popular are %q", got)
	}
}

func TestACollectionShowsWhatIsInItLevelByLevel(t *testing.T) {
	l := openLibrary(t)
	p := l.read(200, fmt.Sprintf("/help/en/collections/%d-getting-started", l.start))
	if got := p.texts(".index h2"); !slices.Equal(got, []string{"Overview", "Printing"}) {
		t.Errorf("bands are %q", got)
	}
	if got := p.texts(".branch h3"); !slices.Equal(got, []string{"Labels 1 article"}) {
		t.Errorf("branches are %q", got)
	}
	if got := p.texts(".rows a"); !slices.Equal(got, []string{"Print a label", "Refund a label", "A long one", "Deep"}) {
		t.Errorf("articles are %q", got)
	}
	if got := p.text(".col-head .meta"); got != "AL4 articles by Ada Lovelace" {
		t.Errorf("it says %q", got)
	}
	if got := p.texts(".crumbs li"); !slices.Equal(got, []string{"All topics", "Getting started"}) {
		t.Errorf("crumbs are %q", got)
	}
	empty := l.read(200, fmt.Sprintf("/help/en/collections/%d-nothing-yet", l.empty))
	if got := empty.texts("main p"); !slices.Contains(got, "There are no articles in this topic yet.") {
		t.Errorf("an empty topic says %q", got)
	}
}

func TestAnArticleHasItsPathAuthorDateContentsAndNeighbours(t *testing.T) {
	l := openLibrary(t)
	p := l.read(200, l.at("en", l.long, "a-long-one"))
	for selector, want := range map[string]string{
		"h1": "A long one", ".lede": "What A long one is about.", ".byline": "AL Written by Ada LovelaceUpdated 12 November 2026 · 1 min read",
		"title": "A long one | Larkpost Help", ".byline time": "12 November 2026", ".verdict h2": "Did this answer your question?",
	} {
		if got := p.text(selector); strings.ReplaceAll(got, " ", "") != strings.ReplaceAll(want, " ", "") {
			t.Errorf("%s: %q, want %q", selector, got, want)
		}
	}
	if got := p.values(".byline time", "datetime"); !slices.Equal(got, []string{"2026-11-12"}) {
		t.Errorf("updated at %q", got)
	}
	if got := p.texts(".crumbs li"); !slices.Equal(got, []string{"All topics", "Getting started", "Printing"}) {
		t.Errorf("crumbs are %q", got)
	}
	if got := p.values(".toc a", "href"); !slices.Equal(got, []string{"#one", "#below", "#two"}) {
		t.Errorf("contents are %q", got)
	}
	if got := p.texts(".prose h2"); !slices.Equal(got, []string{"One", "Two"}) {
		t.Errorf("headings are %q", got)
	}
	first := l.read(200, l.at("en", l.first, "print-a-label"))
	if got := first.texts(".turn a"); !slices.Equal(got, []string{"NextRefund a label"}) {
		t.Errorf("neighbours are %q", got)
	}
	if len(first.all(".toc")) != 0 {
		t.Error("a text without headings has contents")
	}
}

func TestATextInAnotherLanguageIsShownAsSuch(t *testing.T) {
	l := openLibrary(t)
	p := l.read(200, l.at("de", l.second, "refund-a-label"))
	if got := p.text(".notice strong"); got != "Diesen Artikel gibt es noch nicht auf Deutsch" {
		t.Errorf("the notice says %q", got)
	}
	if got := p.values("html", "lang"); got[0] != "de" {
		t.Errorf("the page is in %q", got)
	}
	if got := append(p.values("h1 bdi", "lang"), p.values(".prose", "lang")...); !slices.Equal(got, []string{"en", "en"}) {
		t.Errorf("title and text are in %q", got)
	}
	if got := p.values("link[rel=canonical]", "href"); got[0] != "http://"+host+l.at("en", l.second, "refund-a-label") {
		t.Errorf("canonical is %q", got)
	}
	own := l.read(200, l.at("de", l.first, "ein-etikett-drucken"))
	if len(own.all(".notice")) != 0 || len(own.values(".prose", "lang")) != 1 || own.values(".prose", "lang")[0] != "" {
		t.Error("a text in the page's language is shown as another's")
	}
	if got := own.values("link[rel=alternate]", "hreflang"); !slices.Equal(got, []string{"en", "x-default", "de", "", "", ""}) {
		t.Errorf("alternates are %q", got)
	}
	if got := own.texts(".langs .pop a"); len(got) != 3 || !strings.HasPrefix(got[2], "العربية") || got[2] == "العربية" {
		t.Errorf("the menu has %q: where the article is missing it says so", got)
	}
	arabic := l.read(200, l.at("ar", l.second, "refund-a-label"))
	if arabic.values("html", "dir")[0] != "rtl" || arabic.values(".prose", "dir")[0] != "ltr" {
		t.Error("the page does not run from right to left, or its English text does")
	}
}

func TestSearchFindsMarksCountsAndPages(t *testing.T) {
	l := openLibrary(t)
	other := l.topic("Money", 0, nil)
	for i := range 12 {
		l.article(fmt.Sprintf("Label number %d", i), other)
	}
	p := l.read(200, "/help/en/search?q=label")
	if got := p.values("#q", "value"); !slices.Contains(got, "label") {
		t.Errorf("the field holds %q", got)
	}
	if got := len(p.all(".results li")); got != 10 {
		t.Errorf("%d results on the first page", got)
	}
	if got := p.texts(".results h3 mark"); len(got) < 10 {
		t.Errorf("marked are %q", got)
	}
	if got := p.texts(".facets a"); len(got) != 3 || !strings.HasPrefix(got[0], "All topics") || !strings.HasPrefix(got[1], "Money 12") {
		t.Errorf("topics are %q", got)
	}
	if got := p.values("meta[name=robots]", "content"); !slices.Equal(got, []string{"noindex"}) {
		t.Errorf("robots: %q", got)
	}
	next := p.values(".pages a", "href")
	if len(next) != 1 || len(l.read(200, next[0]).all(".results li")) == 0 {
		t.Errorf("pages are %q", next)
	}
	topic := l.read(200, p.values(".facets a", "href")[1])
	if got := topic.text(".sum"); got != "12 articles match “label”" {
		t.Errorf("within a topic: %q", got)
	}
	none := l.read(200, "/help/en/search?q=zzxxqq%3Cscript%3E")
	if got := none.text("#none"); got != "Nothing matches “zzxxqq<script>”" {
		t.Errorf("nothing found says %q", got)
	}
	for _, at := range []string{"/help/en/search?q=zzxxqq", "/help/en/search"} {
		if got := l.read(200, at).texts(".none .rows a"); !slices.Equal(got, []string{"Getting started", "Money"}) {
			t.Errorf("before anything was read %s leads to %q", at, got)
		}
	}
	l.look(l.at("en", l.first, "print-a-label"), 1)
	for _, at := range []string{"/help/en/search?q=zzxxqq", "/help/en/search"} {
		if got := l.read(200, at).texts(".none .rows a"); !slices.Equal(got, []string{"Print a label"}) {
			t.Errorf("after one article was read %s leads to %q", at, got)
		}
	}
}

func TestSuggestionsAreAListOfOptions(t *testing.T) {
	l := openLibrary(t)
	p := l.read(200, "/help/en/search/suggest?q=print")
	if got := p.texts("[role=option] b"); !slices.Contains(got, "Print a label") || !slices.Contains(got, "Printing") {
		t.Errorf("suggested are %q", got)
	}
	if got := p.values("[role=option]", "id"); got[0] != "o1" || len(slices.Compact(slices.Sorted(slices.Values(got)))) != len(got) {
		t.Errorf("ids are %q", got)
	}
	for _, at := range p.values("[role=option]", "data-href") {
		l.read(200, at)
	}
	if p.Header().Get("X-Robots-Tag") != "noindex" {
		t.Error("search engines may list suggestions")
	}
	if got := l.read(200, "/help/en/search/suggest?q=").all("[role=option]"); len(got) != 0 {
		t.Error("nothing typed has suggestions")
	}
}

func TestWhatIsNotForEveryoneIsNowhere(t *testing.T) {
	l := openLibrary(t)
	for _, at := range []string{l.at("en", l.hidden, "hidden-draft"), l.at("en", l.restricted, "for-a-few"), l.at("en", 99999, "x")} {
		p := l.read(404, at)
		if got := p.text("h1"); got != "This page is not on the shelf" {
			t.Errorf("%s: %q", at, got)
		}
		if strings.Contains(p.Body.String(), "For a few") || strings.Contains(p.Body.String(), "Hidden draft") {
			t.Errorf("%s gives a hint", at)
		}
	}
	listed := l.read(200, l.at("en", l.unlisted, "not-in-any-list"))
	if got := listed.text("h1"); got != "Not in any list" {
		t.Errorf("the unlisted article shows %q", got)
	}
	for at, want := range map[string]bool{l.at("en", l.unlisted, "not-in-any-list"): true, l.at("en", l.first, "print-a-label"): false} {
		p := l.read(200, at)
		if meta := strings.Contains(p.Body.String(), `<meta name="robots" content="noindex">`); meta != want || (p.Header().Get("X-Robots-Tag") == "noindex") != want {
			t.Errorf("%s: kept from search engines %v, header %q; want %v", at, meta, p.Header().Get("X-Robots-Tag"), want)
		}
		if md := l.ask("GET", at+".md", ""); (md.Header().Get("X-Robots-Tag") == "noindex") != want {
			t.Errorf("%s.md: header %q", at, md.Header().Get("X-Robots-Tag"))
		}
	}
	for _, at := range []string{"/help/en", fmt.Sprintf("/help/en/collections/%d-getting-started", l.start), "/help/en/search?q=list",
		"/help/en/search?q=draft", "/help/en/search?q=few", "/help/en/search", "/help/en/search/suggest?q=not", "/help/en/search/suggest?q=hidden",
		"/help/en/search/suggest?q=for", "/help/en/x", l.at("en", l.first, "print-a-label")} {
		text := l.ask("GET", at, "").Body.String()
		for _, secret := range []string{"Hidden draft", "For a few", "Not in any list"} {
			if strings.Contains(text, secret) {
				t.Errorf("%s shows %q", at, secret)
			}
		}
	}
}

func TestAHelpCenterThatIsOffHasOnePage(t *testing.T) {
	l := openLibrary(t)
	l.change(func(h *lectern.HelpCenter) { h.WebsiteTurnedOn = false })
	for _, at := range []string{"/help", "/help/en", l.at("en", l.first, "print-a-label"), "/help/en/search?q=label", "/help/en/search/suggest?q=label", "/help/sitemap.xml", "/help/llms.txt"} {
		p := l.read(404, at)
		if got := p.text("h1"); got != "The help center is closed" {
			t.Errorf("%s: %q", at, got)
		}
		if len(p.all("main a")) != 0 || len(p.all("header")) != 0 || strings.Contains(p.Body.String(), "label") {
			t.Errorf("%s leads into the site", at)
		}
	}
}

func TestAReactionIsKeptAndShownWithoutScript(t *testing.T) {
	l := openLibrary(t)
	at := l.at("en", l.first, "print-a-label")
	w := l.ask("POST", at+"/reaction", "reaction=happy", "Sec-Fetch-Site", "same-origin")
	if to := w.Header().Get("Location"); w.Code != http.StatusSeeOther || to != at+"?thanks=happy#verdict" {
		t.Fatalf("%d %s", w.Code, to)
	}
	p := l.read(200, at+"?thanks=happy")
	if got := p.text(".verdict p"); got != "Thank you." {
		t.Errorf("the page says %q", got)
	}
	if got := p.values(".faces button", "aria-pressed"); !slices.Equal(got, []string{"false", "false", "true"}) {
		t.Errorf("pressed are %q", got)
	}
	if got := l.read(200, at).values(".faces button[aria-pressed]", "value"); len(got) != 0 {
		t.Errorf("another reader sees %q", got)
	}
	if w := l.ask("POST", at+"/reaction", "reaction=sad", "Accept", "application/json"); w.Code != http.StatusNoContent {
		t.Errorf("from the script: %d", w.Code)
	}
	a, err := l.store.Article(t.Context(), l.by.Workspace, l.first)
	l.must(err)
	if s := a.Statistics; s.Sad != 1 || s.Happy != 0 {
		t.Errorf("one visitor's second choice is not the only one: %+v", s)
	}
	for _, c := range []struct {
		at, form string
		header   string
		status   int
	}{
		{at, "reaction=angry", "", 400}, {at, "", "", 400},
		{at, "reaction=happy", "cross-site", 403}, {at, "reaction=happy", "same-site", 403},
		{l.at("en", l.hidden, "hidden-draft"), "reaction=happy", "", 404},
		{l.at("en", l.restricted, "for-a-few"), "reaction=happy", "", 404},
		{"/help/en/articles/x", "reaction=happy", "", 404},
	} {
		if w := l.ask("POST", c.at+"/reaction", c.form, "Sec-Fetch-Site", c.header); w.Code != c.status {
			t.Errorf("%s %q from %q: %d, want %d", c.at, c.form, c.header, w.Code, c.status)
		}
	}
	if w := l.ask("POST", at+"/reaction", "reaction=happy", "Origin", "https://evil.example"); w.Code != 403 {
		t.Errorf("a stranger's page reacted: %d", w.Code)
	}
}

func TestTheBareAddressLeadsToTheReadersLanguage(t *testing.T) {
	l := openLibrary(t)
	for accept, want := range map[string]string{
		"": "en", "de": "de", "de-AT,en;q=0.5": "de", "fr": "en", "fr,ar;q=0.3": "ar", "zz,;;": "en", "*": "en", "pt-BR, de;q=0.9": "de",
	} {
		w := l.ask("GET", "/help", "", "Accept-Language", accept)
		if to := w.Header().Get("Location"); w.Code != http.StatusFound || to != "http://"+host+"/help/"+want {
			t.Errorf("%q: %d %s, want %s", accept, w.Code, to, want)
		}
		if !strings.Contains(w.Header().Get("Vary"), "Accept-Language") {
			t.Errorf("Vary: %s", w.Header().Get("Vary"))
		}
	}
}
