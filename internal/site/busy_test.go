package site_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"lectern"
	"lectern/internal/app"
	"lectern/internal/limit"
)

// limited returns a help center with an article, whose readers have limits.
func limited(t *testing.T, s limit.Settings) (d *desk, article lectern.ArticleID) {
	d = open(t, app.Config{Limits: s})
	return d, d.article("Print a label", d.topic("Labels", 0, nil))
}

func TestANetworkThatAsksTooMuchIsToldToWait(t *testing.T) {
	d, id := limited(t, limit.Settings{Searches: 2, Reactions: 6, Exports: 2})
	d.speak("de")
	article := "/help/en/articles/" + number(id) + "-print-a-label"
	react := func() int {
		return d.ask("POST", article+"/reaction", "reaction=sad", "User-Agent", "Mozilla/5.0", "Accept", "application/json").Code
	}
	for _, x := range []struct {
		says string
		ask  func(i int) int
		at   []string // one more is refused
		over func() *httptest.ResponseRecorder
	}{
		{"searches", func(i int) int { return d.ask("GET", fmt.Sprintf("/help/de/search?q=label%d", i), "").Code }, make([]string, 2),
			func() *httptest.ResponseRecorder { return d.ask("GET", "/help/de/search?q=another", "") }},
		{"suggestions", func(i int) int { return d.ask("GET", fmt.Sprintf("/help/en/search/suggest?q=l%d", i), "").Code }, make([]string, 8),
			func() *httptest.ResponseRecorder { return d.ask("GET", "/help/en/search/suggest?q=x", "") }},
		{"exports", func(i int) int {
			return d.ask("GET", []string{"/help/llms-full.txt", "/help/sitemap/1.xml"}[i], "").Code
		}, make([]string, 2),
			func() *httptest.ResponseRecorder { return d.ask("GET", "/help/en/llms-full/1.txt", "") }},
		{"reactions to an article", func(int) int { return react() }, make([]string, 2),
			func() *httptest.ResponseRecorder {
				return d.ask("POST", article+"/reaction", "reaction=happy", "User-Agent", "Mozilla/5.0 (another)", "Accept", "application/json")
			}},
	} {
		for i := range x.at {
			if code := x.ask(i); code >= 300 {
				t.Errorf("%s: number %d is answered by %d", x.says, i+1, code)
			}
		}
		w := x.over()
		if seconds, err := strconv.Atoi(w.Header().Get("Retry-After")); w.Code != http.StatusTooManyRequests || err != nil || seconds < 1 {
			t.Errorf("%s: one more is answered by %d, Retry-After %q", x.says, w.Code, w.Header().Get("Retry-After"))
		}
		if w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s: the refusal may be kept: %q", x.says, w.Header().Get("Cache-Control"))
		}
	}
	if w := d.ask("GET", "/help/de/search?q=more", ""); !strings.Contains(w.Body.String(), `lang="de"`) || !strings.Contains(w.Body.String(), "<h1>") {
		t.Errorf("a reader who searches sees %.200s", w.Body)
	}
	// What is kept is sent to everyone, and pages have no limit here.
	for range 5 {
		d.read(200, "/help/llms-full.txt")
		d.read(200, article)
		d.read(200, "/help/en/search")
	}
}

// Pages that have to be made have a limit; what is kept, and what a page loads,
// is sent all the same.
func TestANetworkHasSoManyPagesMade(t *testing.T) {
	d, id := limited(t, limit.Settings{Pages: 4})
	article := "/help/en/articles/" + number(id) + "-print-a-label"
	home := d.read(200, "/help/en")
	for _, at := range []string{article, article + ".md", "/help/en/search"} {
		if w := d.ask("GET", at, ""); w.Code != http.StatusOK {
			t.Errorf("%s: %d", at, w.Code)
		}
	}
	for at, kind := range map[string]string{
		"/help/en/nothing": "text/html", "/help": "text/html", "/help/en/articles/7-x": "text/html", "/help/en/articles/7-x.md": "text/plain", "/help/en/search": "text/html",
	} {
		w := d.ask("GET", at, "")
		seconds, err := strconv.Atoi(w.Header().Get("Retry-After"))
		if w.Code != http.StatusTooManyRequests || err != nil || seconds < 1 || !strings.HasPrefix(w.Header().Get("Content-Type"), kind) {
			t.Errorf("%s: one more is answered by %d, %v", at, w.Code, w.Header())
		}
	}
	for _, at := range []string{"/help/en", article, home.values("link[rel=stylesheet]", "href")[0], "/help/sitemap.xml"} {
		if w := d.ask("GET", at, ""); w.Code != http.StatusOK {
			t.Errorf("%s: %d", at, w.Code)
		}
	}
	if w := d.ask("POST", article+"/reaction", "reaction=sad", "User-Agent", "Mozilla/5.0"); w.Code != http.StatusSeeOther {
		t.Errorf("a reaction: %d", w.Code)
	}
}

func TestAnotherNetworkIsNotHeldBack(t *testing.T) {
	d, _ := limited(t, limit.Settings{Searches: 1})
	// The peer of these requests is no trusted proxy, so its word does not count.
	d.ask("GET", "/help/en/search?q=a", "", "X-Forwarded-For", "198.51.100.1")
	if w := d.ask("GET", "/help/en/search?q=b", "", "X-Forwarded-For", "198.51.100.2"); w.Code != http.StatusTooManyRequests {
		t.Errorf("a forged address is answered by %d", w.Code)
	}
}

func TestWhatANetworkDoesWithoutEndIsNotCounted(t *testing.T) {
	d, id := limited(t, limit.Settings{Views: 10, SearchLog: 3})
	for i := range 20 {
		browser := fmt.Sprintf("Mozilla/5.0 (%d)", i)
		d.read(200, "/help/en/articles/"+number(id)+"-print-a-label", "User-Agent", browser)
		d.read(200, fmt.Sprintf("/help/en/search?q=label%%20%d", i), "User-Agent", browser)
	}
	d.must(d.store.FlushViews(d.Context()))
	d.must(d.store.FlushSearches(d.Context()))
	a, err := d.store.Article(d.Context(), d.by.Workspace, id)
	d.must(err)
	today := lectern.DayOf(d.now)
	_, totals, err := d.store.SearchLog(d.Context(), d.by.Workspace, lectern.SearchLogQuery{From: today, To: today})
	d.must(err)
	if a.Statistics.Views != 2 || totals.Phrases != 3 {
		t.Errorf("%d views and %d phrases are counted, want 2 and 3", a.Statistics.Views, totals.Phrases)
	}
}

func TestAPageFetchedAheadIsNoView(t *testing.T) {
	d, id := limited(t, limit.Settings{})
	for _, name := range []string{"Purpose", "Sec-Purpose", "X-Moz"} {
		d.read(200, "/help/en/articles/"+number(id)+"-print-a-label", "User-Agent", "Mozilla/5.0 (Macintosh) Version/17.0 Safari/605.1.15", name, "prefetch")
	}
	d.must(d.store.FlushViews(d.Context()))
	a, err := d.store.Article(d.Context(), d.by.Workspace, id)
	d.must(err)
	if a.Statistics.Views != 0 {
		t.Errorf("%d views are counted", a.Statistics.Views)
	}
}
