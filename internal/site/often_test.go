package site_test

import (
	"fmt"
	"net/url"
	"slices"
	"testing"
	"time"

	"lectern"
)

// seek searches as some people, each by a browser of their own.
func (l *library) seek(phrase string, people int) {
	l.Helper()
	for i := range people {
		l.read(200, "/help/en/search?q="+url.QueryEscape(phrase), "User-Agent", fmt.Sprintf("Mozilla/5.0 (Test %d)", i))
	}
}

// counted prints what was searched for.
func (l *library) counted() string {
	l.Helper()
	l.must(l.store.FlushSearches(l.Context()))
	today := lectern.DayOf(l.now)
	list, _, err := l.store.SearchLog(l.Context(), l.by.Workspace, lectern.SearchLogQuery{From: today, To: today, Limit: 100})
	l.must(err)
	out := ""
	for _, x := range list {
		out += fmt.Sprintf("%s %d/%d;", x.Phrase, x.Searches, x.Unanswered)
	}
	return out
}

func TestASearchOfAPersonIsCountedOnce(t *testing.T) {
	l := openLibrary(t)
	l.seek("Label", 2)
	l.seek("zzxxqq", 1)
	browser := []string{"User-Agent", "Mozilla/5.0"}
	l.read(200, "/help/en/search?q=label&page=2", browser...)
	l.read(200, "/help/en/search?q=label&topic="+number(l.start), browser...)
	l.read(200, "/help/en/search?q=label", "User-Agent", "Googlebot/2.1")
	l.read(200, "/help/en/search?q=label", "User-Agent", "Mozilla/5.0", "Sec-Purpose", "prefetch")
	l.read(200, "/help/en/search?q=ada%40example.com", browser...)
	l.read(200, "/help/en/search", browser...)
	l.ask("HEAD", "/help/en/search?q=label", "", browser...)
	if got := l.counted(); got != "label 2/0;zzxxqq 1/1;" {
		t.Errorf("counted: %s", got)
	}
}

func TestTheHomePageShowsWhatManyNetworksSearchForAndFind(t *testing.T) {
	l := openLibrary(t)
	home := func() []string {
		l.Helper()
		l.now = l.now.Add(10 * time.Minute)
		l.must(l.store.FlushSearches(t.Context()))
		return l.read(200, "/help/en").texts(".often a")
	}
	day := func(networks int) {
		l.Helper()
		for i := range networks {
			for n, phrase := range []string{"print a label", "deep", "label", "a long one", "zzxxqq", "label of our rivals"} {
				if i < 7-n || n > 3 {
					l.ask("GET", "/help/en/search?q="+url.QueryEscape(phrase), "", "User-Agent", fmt.Sprintf("Mozilla/5.0 (%d)", i), "From", fmt.Sprintf("198.51.%d.7:1", 100+i))
				}
			}
		}
		l.must(l.store.FlushSearches(t.Context()))
		l.now = l.now.Add(24 * time.Hour)
	}
	// One network, however many browsers it says to have.
	for range lectern.OftenOnDays {
		for _, phrase := range []string{"print a label", "deep", "label", "a long one"} {
			l.seek(phrase, 20)
		}
		l.must(l.store.FlushSearches(t.Context()))
		l.now = l.now.Add(24 * time.Hour)
	}
	if got := home(); len(got) != 0 {
		t.Errorf("one network brings about %q", got)
	}
	for range lectern.OftenOnDays - 1 {
		day(7)
	}
	if got := home(); len(got) != 0 {
		t.Errorf("after two days there are %q", got)
	}
	day(7)
	if got := home(); !slices.Equal(got, []string{"print a label", "deep", "label", "a long one"}) {
		t.Errorf("often searched are %q", got)
	}
	if got := l.read(200, "/help/en").values(".often a", "href")[0]; got != "/help/en/search?q=print+a+label" {
		t.Errorf("a phrase leads to %s", got)
	}
	if _, _, err := l.store.UpdateSite(t.Context(), l.by, l.home.ID, nil, func(_ *lectern.HelpCenter, x *lectern.Theme) error {
		x.HideOften = true
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if got := l.read(200, "/help/en").texts(".often a"); len(got) != 0 {
		t.Errorf("switched off there are %q", got)
	}
}
