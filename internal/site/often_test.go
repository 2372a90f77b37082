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
	l := furnished(t)
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

func TestTheHomePageShowsWhatSeveralPeopleSearchForAndFind(t *testing.T) {
	l := furnished(t)
	l.seek("print a label", 4)
	l.seek("refund a label", 3)
	l.seek("deep", 3)
	l.seek("a long one", 2)
	l.seek("nowhere to be found", 5)
	home := func() []string {
		l.Helper()
		l.now = l.now.Add(time.Hour)
		l.must(l.store.FlushSearches(t.Context()))
		return l.read(200, "/help/en").texts(".often a")
	}
	if got := home(); len(got) != 0 {
		t.Errorf("three phrases are a list: %q", got)
	}
	l.seek("a long one", 4)
	if got := home(); !slices.Equal(got, []string{"a long one", "print a label", "deep", "refund a label"}) {
		t.Errorf("often searched are %q", got)
	}
	if got := l.read(200, "/help/en").values(".often a", "href")[1]; got != "/help/en/search?q=print+a+label" {
		t.Errorf("a phrase leads to %s", got)
	}
}
