package rest_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"lectern"
)

// lists are the addresses under /help that show more than one thing, {topic}
// being a collection. A new surface of the site is a line here, or in pages.
var lists = []string{
	"", "/en", "/de",
	"/en/collections/{topic}", "/de/collections/{topic}", "/en/collections/{inner}",
	"/en/search", "/en/search?q=parcel", "/de/search?q=parcel", "/en/search?q=parcel&topic={topic}", "/en/search?q=parcel&page=2",
	"/en/search/suggest?q=parcel", "/de/search/suggest?q=parc",
	"/sitemap.xml", "/sitemap/1.xml", "/robots.txt",
	"/en/feed.atom", "/de/feed.atom", "/en/collections/{topic}/feed.atom",
	"/llms.txt", "/en/llms.txt", "/de/llms.txt", "/en/collections/{topic}/llms.txt",
	"/llms-full.txt", "/en/llms-full.txt", "/de/llms-full.txt", "/en/llms-full/1.txt",
	"/en/card.png", "/en/collections/{topic}/card.png",
	"/en/articles/{shown}", "/de/articles/{shown}", "/en/articles/{shown}.md", // neighbours, related articles
}

// pages are the addresses of one article.
var pages = []string{
	"/help/en/articles/{id}", "/help/de/articles/{id}", "/help/en/articles/{id}-parcel", "/help/en/articles/{id}.md",
	"/help/en/articles/{id}-parcel.md", "/help/en/articles/{id}/card.png", "/help/fr/articles/{id}",
	"/second/en/articles/{id}", "/closed/en/articles/{id}", "/help/old-{id}",
}

// visitors are the ways to ask, as headers.
var visitors = map[string]http.Header{
	"a browser":      {"User-Agent": {"Mozilla/5.0 Firefox/140.0"}, "Accept": {"text/html"}},
	"who wants text": {"Accept": {"text/markdown"}},
	"a search bot":   {"User-Agent": {"Mozilla/5.0 (compatible; Googlebot/2.1)"}, "Accept-Language": {"fr"}},
	"a script":       {"Accept": {"application/json"}, "X-Requested-With": {"fetch"}},
}

// A hidden thing is one that is not for everyone: its words are to be nowhere.
type hidden struct {
	says  string
	words string // one that nothing else has
	// make makes it, and returns its ID if it is an article.
	make func(x *exhibit, words string) lectern.ArticleID
	// page tells that its own pages stand: it is hidden from lists alone.
	page bool
}

// secrets are every kind of content that no list may show. Beside its own word
// each has those of what is shown.
var secrets = []hidden{
	{says: "a draft", words: "zqdraft", make: func(x *exhibit, w string) lectern.ArticleID {
		return x.article("parcel "+w, func(e *lectern.ArticleEdit) { e.State = new(lectern.Draft) })
	}},
	{says: "an article that is scheduled", words: "zqscheduled", make: func(x *exhibit, w string) lectern.ArticleID {
		return x.article("parcel "+w, func(e *lectern.ArticleEdit) { e.State, e.PublishAt = nil, new(x.now.Add(time.Hour)) })
	}},
	{says: "an article that is unlisted", words: "zqunlisted", page: true, make: func(x *exhibit, w string) lectern.ArticleID {
		return x.article("parcel "+w, func(e *lectern.ArticleEdit) { e.Parents = nil })
	}},
	{says: "an article for some", words: "zqrestricted", make: func(x *exhibit, w string) lectern.ArticleID {
		return x.article("parcel "+w, func(e *lectern.ArticleEdit) { e.Audiences = &[]lectern.AudienceID{x.staff} })
	}},
	{says: "an article that is deleted", words: "zqdeleted", make: func(x *exhibit, w string) lectern.ArticleID {
		id := x.article("parcel "+w, nil)
		x.must(x.store.DeleteArticle(x.Context(), x.by, id))
		return id
	}},
	{says: "an article that was withdrawn", words: "zqwithdrawn", make: func(x *exhibit, w string) lectern.ArticleID {
		id := x.article("parcel "+w, nil)
		x.settle()
		_, err := x.store.UpdateArticle(x.Context(), x.by, id, &lectern.ArticleEdit{
			ArticleTextEdit: lectern.ArticleTextEdit{State: new(lectern.Draft)}}, nil)
		x.must(err)
		return id
	}},
	{says: "an article in a language that is off", words: "zqlocale", make: func(x *exhibit, w string) lectern.ArticleID {
		id := x.article("parcel "+w, func(e *lectern.ArticleEdit) {
			e.State = new(lectern.Draft)
			e.Texts = map[lectern.Locale]lectern.ArticleTextEdit{"fr": x.text("parcel "+w, lectern.Published)}
		})
		return id
	}},
	{says: "a translation that is a draft", words: "zqtranslation", make: func(x *exhibit, w string) lectern.ArticleID {
		id := x.article("parcel "+w, func(e *lectern.ArticleEdit) {
			e.State = new(lectern.Draft)
			e.Texts = map[lectern.Locale]lectern.ArticleTextEdit{"de": x.text("parcel "+w, lectern.Draft)}
		})
		return id
	}},
	{says: "an article of a help center that is off", words: "zqclosed", make: func(x *exhibit, w string) lectern.ArticleID {
		return x.article("parcel "+w, func(e *lectern.ArticleEdit) { e.Parents = &[]lectern.CollectionID{x.closed} })
	}},
	{says: "an article of another workspace", words: "zqworkspace", make: func(x *exhibit, w string) lectern.ArticleID {
		ws, err := x.store.AddWorkspace(x.Context(), lectern.ByInstallation(0, lectern.ViaCommand), lectern.Setup{
			WorkspaceName: "Other", Admin: lectern.Admin{Name: "Bob", Email: "bob@example.com"},
			Locale: "en", Identifier: "other", HelpCenter: "Other", TokenName: "test", Token: lectern.HashToken("other"),
		})
		x.must(err)
		other := *x
		other.by = x.admin(ws.ID)
		other.topic = other.collection("Theirs", 0, 0)
		return other.article("parcel "+w, func(e *lectern.ArticleEdit) { e.Parents = &[]lectern.CollectionID{other.topic} })
	}},
	{says: "what is staged over an article", words: "zqstaged", make: func(x *exhibit, w string) lectern.ArticleID {
		_, err := x.store.StageDraft(x.Context(), x.by, x.shown, &lectern.ArticleEdit{ArticleTextEdit: x.text("parcel "+w, lectern.Published)}, nil)
		x.must(err)
		return 0
	}},
	{says: "an internal article", words: "zqinternal", make: func(x *exhibit, w string) lectern.ArticleID {
		a, err := x.store.AddInternalArticle(x.Context(), x.by, &lectern.InternalArticleEdit{
			Title: new("parcel " + w), Body: new("<p>parcel " + w + "</p>"), Owner: &x.by.Admin, Author: &x.by.Admin})
		x.must(err)
		return lectern.ArticleID(a.ID)
	}},
}

// otherwise are two kinds that have pages elsewhere: the lists of this help
// center must not name them.
var otherwise = []hidden{
	{says: "an article of a second help center", words: "zqsecond", make: func(x *exhibit, w string) lectern.ArticleID {
		return x.article("parcel "+w, func(e *lectern.ArticleEdit) { e.Parents = &[]lectern.CollectionID{x.second} })
	}},
}

// TestWhatIsNotForEveryoneIsNowhere asks for every surface of the site, in
// every way, before and after there is hidden content of every kind. Not a byte
// may differ: no title, no count, no author, no date. Then it asks for the
// hidden things by their own addresses, redirects to them included.
func TestWhatIsNotForEveryoneIsNowhere(t *testing.T) {
	x := newExhibit(t)
	_, err := x.store.UpdateHelpCenter(x.Context(), x.by, x.home, func(h *lectern.HelpCenter) error {
		h.Locales = []lectern.Locale{"en", "de"}
		return nil
	})
	x.must(err)
	x.settle()
	before := map[string]string{}
	each := func(fn func(at, who string, got string)) {
		for _, at := range lists {
			for who, from := range visitors {
				status, got := x.ask(http.MethodGet, "/help"+at, from, 0)
				if status >= 500 {
					t.Fatalf("%s for %s is %d", at, who, status)
				}
				fn(at, who, got)
			}
		}
	}
	each(func(string, string, string) {}) // what is read becomes popular, which shows
	x.settle()
	each(func(at, who, got string) { before[who+at] = got })
	x.reallyShows(before)

	// French is on while its texts are written, and off again for readers.
	ids := map[string]lectern.ArticleID{}
	french := func(on bool) {
		_, err := x.store.UpdateHelpCenter(x.Context(), x.by, x.home, func(h *lectern.HelpCenter) error {
			if h.Locales = []lectern.Locale{"en", "de"}; on {
				h.Locales = append(h.Locales, "fr")
			}
			return nil
		})
		x.must(err)
	}
	french(true)
	for _, s := range slices.Concat(secrets, otherwise) {
		ids[s.words] = s.make(x, s.words)
	}
	french(false)
	x.settle()
	each(func(at, who, got string) {
		for _, s := range slices.Concat(secrets, otherwise) {
			if strings.Contains(got, s.words) {
				t.Errorf("%s shows %s %s", at, who, s.says)
			}
		}
		if got != before[who+at] {
			t.Errorf("%s is not the same for %s:\n%s", at, who, difference(before[who+at], got))
		}
	})
	for _, s := range secrets {
		if ids[s.words] != 0 {
			x.hasNoPage(s, ids[s.words])
		}
	}
}

// reallyShows makes sure that the lists that are compared are lists at all.
func (x *exhibit) reallyShows(lists map[string]string) {
	x.Helper()
	for at, got := range lists {
		if !strings.HasPrefix(at, "a browser") || strings.Contains(at, ".png") || strings.Contains(at, "robots") ||
			strings.Contains(at, "/sitemap/") || strings.Contains(at, "page=2") || strings.Contains(at, "llms-full/") {
			continue
		}
		if !strings.HasPrefix(got, "200") || !strings.Contains(got, "parcel") && !strings.Contains(got, "Topic") {
			x.Errorf("%s shows nothing: %.200s", at, got)
		}
	}
}

// hasNoPage asks for a hidden article by all of its addresses.
func (x *exhibit) hasNoPage(s hidden, id lectern.ArticleID) {
	x.Helper()
	_, err := x.store.AddRedirect(x.Context(), x.by, lectern.Redirect{
		HelpCenter: x.home, From: fmt.Sprintf("/old-%d", id), Locale: "en", Target: lectern.Target{Article: id}})
	redirected := err == nil // an article that is gone cannot be led to
	for _, at := range pages {
		for who, from := range visitors {
			status, got := x.ask(http.MethodGet, at, from, id)
			leaks := strings.Contains(got, s.words)
			switch {
			case status >= 500:
				x.Errorf("%s: %s for %s is %d", s.says, at, who, status)
			case !s.page && (leaks || status < 400):
				x.Errorf("%s: %s answers %s with %d (its words: %v)", s.says, at, who, status, leaks)
			case s.page && strings.HasPrefix(at, "/help/en/articles") && status >= 400:
				x.Errorf("%s: %s answers %s with %d", s.says, at, who, status)
			}
		}
	}
	if s.page && !redirected {
		x.Errorf("%s: no redirect leads there: %v", s.says, err)
	}
	status, _ := x.ask(http.MethodPost, "/help/en/articles/{id}/reaction", http.Header{}, id)
	if (status < 400) != s.page {
		x.Errorf("%s: a reaction is answered with %d", s.says, status)
	}
}

// difference shows where two texts begin to differ.
func difference(a, b string) string {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	from := max(0, i-100)
	return fmt.Sprintf("\t%q\n\t%q", a[from:min(len(a), i+100)], b[from:min(len(b), i+100)])
}
