package site_test

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"lectern"
	"lectern/internal/app"
)

// Of the library that BenchmarkLibrary reads: ten languages with English.
const libraryArticles = 10_000

var libraryLocales = []lectern.Locale{"de", "fr", "es", "it", "nl", "pl", "sv", "tr", "pt-BR"}

// A counted store counts the pages that are read from it.
type counted struct {
	lectern.Store
	pages atomic.Int64
}

func (c *counted) Page(ctx context.Context, v lectern.Visit, id lectern.ArticleID) (*lectern.Page, error) {
	c.pages.Add(1)
	return c.Store.Page(ctx, v, id)
}

// fill adds the articles and returns their IDs.
func (d *desk) fill(n int) []lectern.ArticleID {
	d.speak(libraryLocales...)
	var topics []lectern.CollectionID
	for i := range n / 50 {
		topics = append(topics, d.topic(fmt.Sprint("Topic ", i), 0, nil))
	}
	text := strings.Repeat("<p>A parcel that leaves the union carries a declaration, which the office reads to decide about it.</p>", 12)
	ids := make([]lectern.ArticleID, n)
	var group sync.WaitGroup
	const writers = 16 // commits of several become one
	for w := range writers {
		group.Go(func() {
			for i := w; i < n; i += writers {
				e := &lectern.ArticleEdit{Parents: &[]lectern.CollectionID{topics[i%len(topics)]}, ArticleTextEdit: d.text(i, text)}
				e.Texts = map[lectern.Locale]lectern.ArticleTextEdit{}
				for _, l := range libraryLocales {
					e.Texts[l] = d.text(i, text)
				}
				a, err := d.store.AddArticle(d.Context(), d.by, e)
				if err != nil {
					d.Error(err)
					return
				}
				ids[i] = a.ID
			}
		})
	}
	group.Wait()
	return ids
}

func (d *desk) text(i int, body string) lectern.ArticleTextEdit {
	return lectern.ArticleTextEdit{Title: new(fmt.Sprint("Parcel ", i)), Body: &body, State: new(lectern.Published), Author: &d.by.Admin}
}

// BenchmarkLibrary reads random pages of a large help center, a hundred thousand
// in all, and each time as many bytes from a bare server. It reports what part
// of the bare server's speed that is, and how many pages were kept already: the
// cache holds a few thousand. Readers choose by Zipf's law; uniform choice is
// what a crawler does.
func BenchmarkLibrary(b *testing.B) {
	d := open(b, app.Config{})
	ids := d.fill(libraryArticles)
	store := &counted{Store: d.store}
	served := httptest.NewServer(d.on(store))
	defer served.Close()
	_, page := fetch(b, served.URL+d.at("en", ids[0], 0))
	bare := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Write(page)
	}))
	defer bare.Close()
	locales := append([]lectern.Locale{"en"}, libraryLocales...)
	random := rand.New(rand.NewPCG(1, 1))
	zipf := rand.NewZipf(random, 1.1, 10, uint64(len(ids)*len(locales)-1))
	for name, choose := range map[string]func() int{
		"zipf":    func() int { return int(zipf.Uint64()) },
		"uniform": func() int { return random.IntN(len(ids) * len(locales)) },
	} {
		b.Run(name, func(b *testing.B) {
			var ours, theirs time.Duration
			before, n := store.pages.Load(), 0
			for b.Loop() {
				i := choose()
				spent, _ := fetch(b, served.URL+d.at(locales[i%len(locales)], ids[i/len(locales)], i/len(locales)))
				ours += spent
				spent, _ = fetch(b, bare.URL)
				theirs += spent
				n++
			}
			b.ReportMetric(float64(theirs)/float64(ours), "ours/bare")
			b.ReportMetric(1-float64(store.pages.Load()-before)/float64(n), "kept/all")
			b.ReportMetric(float64(ours.Microseconds())/float64(n), "µs/page")
		})
	}
}

// at is the path of the i-th article.
func (d *desk) at(l lectern.Locale, id lectern.ArticleID, i int) string {
	return fmt.Sprintf("/help/%s/articles/%d-parcel-%d", l, id, i)
}

// plainClient asks for pages as they are, over connections that stay open.
var plainClient = &http.Client{Transport: &http.Transport{DisableCompression: true}}

// fetch gets a page and says how long that took.
func fetch(b *testing.B, url string) (time.Duration, []byte) {
	b.Helper()
	begun := time.Now()
	res, err := plainClient.Get(url)
	if err != nil {
		b.Fatal(err)
	}
	text, err := io.ReadAll(res.Body)
	res.Body.Close()
	if err != nil || res.StatusCode != http.StatusOK {
		b.Fatalf("%s: %s %v", url, res.Status, err)
	}
	return time.Since(begun), text
}
