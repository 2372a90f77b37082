package site_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"lectern"
	"lectern/internal/site/theme"
)

func TestAReaderSeesEveryAcknowledgedChange(t *testing.T) {
	l := openLibrary(t)
	at := l.at("en", l.first, "print-a-label")
	sees := func(at, want string) {
		t.Helper()
		for range 2 { // made, then kept
			if w := l.ask("GET", at, ""); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), want) {
				t.Errorf("%s: %d, without %q", at, w.Code, want)
			}
		}
	}
	sees(at, "The text of Print a label.")
	l.edit(l.first, lectern.ArticleTextEdit{Body: new("<p>Another text.</p>")})
	sees(at, "Another text.")
	sees("/help/en", "Larkpost")
	l.change(func(h *lectern.HelpCenter) { h.DisplayName = "Magpie" })
	sees("/help/en", "Magpie")
	sees(at, "Magpie")
	_, _, err := l.store.UpdateSite(t.Context(), l.by, l.home.ID, nil, func(_ *lectern.HelpCenter, theme *lectern.Theme) error {
		theme.Color, theme.Header = "#d9480f", lectern.TintHeader
		return nil
	})
	l.must(err)
	sees("/help/en", `data-hero="tint"`)
	css := l.ask("GET", l.read(200, "/help/en").values("link[rel=stylesheet]", "href")[0], "").Body.String()
	if colours, _ := theme.Of("#d9480f"); !strings.Contains(css, fmt.Sprintf("--hue:%d;", colours.Hue)) {
		t.Error("the stylesheet has not the brand's hue")
	}
	if w := l.ask("GET", "/help/_/style.0000000000.css", ""); w.Code != http.StatusFound || !strings.HasPrefix(w.Header().Get("Location"), "/help/_/style.") {
		t.Errorf("an old stylesheet: %d %s", w.Code, w.Header().Get("Location"))
	}
	l.topic("New topic", 0, nil)
	l.article("In a new topic", l.topic("Another topic", 0, nil))
	sees("/help/en", "Another topic")
}

func TestABrowserThatHasAPageGetsNoSecondCopy(t *testing.T) {
	l := openLibrary(t)
	at := l.at("en", l.first, "print-a-label")
	first := l.ask("GET", at, "")
	tag := first.Header().Get("Etag")
	for sent, status := range map[string]int{tag: 304, "W/" + tag: 304, `"x", ` + tag: 304, "*": 304, `"x"`: 200, "": 200} {
		w := l.ask("GET", at, "", "If-None-Match", sent)
		if w.Code != status || w.Header().Get("Etag") != tag || w.Header().Get("Cache-Control") != "no-cache" || w.Header().Get("Vary") == "" {
			t.Errorf("%q: %d %v", sent, w.Code, w.Header())
		}
		if status == 304 && w.Body.Len() > 0 {
			t.Error("304 has a body")
		}
	}
	for accepts, coding := range map[string]string{"gzip, br": "br", "gzip": "gzip", "gzip, br;q=0": "gzip", "gzip;q=0": ""} {
		sent, mark := l.ask("GET", at, "", "Accept-Encoding", accepts).Header(), ""
		if coding != "" {
			mark = "W/"
		}
		if sent.Get("Content-Encoding") != coding || sent.Get("Etag") != mark+tag || !strings.Contains(sent.Get("Vary"), "Accept-Encoding") {
			t.Errorf("to who accepts %q: %v", accepts, sent)
		}
	}
	if dark := l.ask("GET", at, "", "Cookie", "mode=dark"); dark.Header().Get("Etag") == tag {
		t.Error("dark and light are the same page")
	}
}

// What readers do is no event, so lists of what is popular are made anew.
func TestPopularArticlesFollowTheReadersWithinAMinute(t *testing.T) {
	l := openLibrary(t)
	for range 3 {
		l.article("Another", l.start)
	}
	l.look(l.at("en", l.first, "print-a-label"), 1)
	first := func() string { return l.read(200, "/help/en").texts(".rows a")[0] }
	before := first()
	now := l.now
	l.look(l.at("en", l.second, "refund-a-label"), 3)
	later := l.now
	l.now = now
	if got := first(); got != before {
		t.Errorf("the kept page changed to %q", got)
	}
	l.now = later
	if got := first(); got != "Refund a label" {
		t.Errorf("most popular is %q", got)
	}
	a, err := l.store.Article(t.Context(), l.by.Workspace, l.second)
	l.must(err)
	if a.Statistics.Views != 3 {
		t.Errorf("%d views, want 3: a kept page counts as well", a.Statistics.Views)
	}
}

// A slow store lets a test decide when what it was asked for is read.
type slow struct {
	lectern.Store
	reads   atomic.Int64
	reading chan bool // the first who begins to read what all articles say
	goOn    chan bool
}

func (s *slow) PublicTexts(ctx context.Context, v lectern.Visit, q lectern.PublicQuery) ([]lectern.PublicText, error) {
	if s.reads.Add(1) == 1 {
		s.reading <- true
		<-s.goOn
	}
	return s.Store.PublicTexts(ctx, v, q)
}

func TestWhoAsksAtOnceForWhatTakesLongHasItMadeOnce(t *testing.T) {
	for _, at := range []string{"/help/sitemap.xml", "/help/llms-full.txt", "/help/en/llms.txt"} {
		l := openLibrary(t)
		count := &slow{Store: l.store, reading: make(chan bool, 1), goOn: make(chan bool)}
		close(count.goOn)
		get := func(s http.Handler) string {
			w := httptest.NewRecorder()
			s.ServeHTTP(w, httptest.NewRequest("GET", "http://help.example.com"+at, nil))
			return w.Body.String()
		}
		pages := l.on(count)
		want := get(pages)
		once := count.reads.Load()

		s := &slow{Store: l.store, reading: make(chan bool, 1), goOn: make(chan bool)}
		pages = l.on(s)
		var group sync.WaitGroup
		for range 16 {
			group.Go(func() {
				if got := get(pages); got != want {
					t.Errorf("%s is %q", at, got)
				}
			})
		}
		<-s.reading
		close(s.goOn)
		group.Wait()
		if got := s.reads.Load(); got != once || once == 0 {
			t.Errorf("%s took %d looks into the database for 16 readers, and %d for one", at, got, once)
		}
	}
}
