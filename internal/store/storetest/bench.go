package storetest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"lectern"
	"lectern/internal/store"
)

// A Baseline is an engine used by hand, to compare a store with.
type Baseline struct {
	// Insert returns a function that stores the rows of an article with this
	// text, words and event included, by bare statements, as durably as the
	// store does.
	Insert func(b *testing.B, title, body string) func() error
	// Search returns a function that finds the ten best of these documents
	// (title, body) for any of the words of a phrase, by the engine's own ranking.
	Search func(b *testing.B, docs [][2]string) func(words []string) error
}

// Bench measures what was promised about speed, as ratios that do not depend
// on the machine:
//
//   - Add: an article takes at most 2.5 times as long as its bare rows (raw/store ≥ 0.4);
//     two fifths of that is reading its text for the search, which the bare rows are spared
//   - List: page 4,000 of 100,000 articles costs at most 1.3 times page 1
//   - Search: the ten best of 20,000 texts are found 1.5 times as fast as by the
//     engine's own ranking, or faster (engine/store ≥ 1.5)
//   - Reader: the page of an article among 10,000 in ten languages costs at most
//     1.5 times that of one among 100 (small/large ≥ 0.67)
//
// What is compared is run in turns, and medians are compared.
func Bench(b *testing.B, open Opener, base Baseline) {
	b.Run("Add", func(b *testing.B) { benchAdd(b, open, base) })
	b.Run("AddConcurrently", func(b *testing.B) { benchAddConcurrently(b, open) })
	b.Run("Article", func(b *testing.B) { benchArticle(b, open) })
	b.Run("List", func(b *testing.B) { benchList(b, open) })
	b.Run("Search", func(b *testing.B) { benchSearch(b, open, base) })
	b.Run("Reader", func(b *testing.B) { benchReader(b, open) })
}

// benchBed sets up a store for a benchmark, with a clock that goes.
func benchBed(b *testing.B, open Opener) *bed {
	b.Helper()
	x := newBed(b, func(t testing.TB, o store.Options) lectern.Store { return open(t, store.Options{}) })
	b.ResetTimer()
	return x
}

// A stopwatch takes the times of what is compared.
type stopwatch []time.Duration

func (s *stopwatch) time(b *testing.B, fn func() error) {
	b.Helper()
	start := time.Now()
	err := fn()
	*s = append(*s, time.Since(start))
	if err != nil {
		b.Fatal(err)
	}
}

// median is the median in microseconds.
func (s stopwatch) median() float64 {
	slices.Sort(s)
	return float64(s[len(s)/2]) / float64(time.Microsecond)
}

func benchAdd(b *testing.B, open Opener, base Baseline) {
	x := benchBed(b, open)
	body := prose(rand.New(rand.NewPCG(1, 1)), 300)
	insert := base.Insert(b, "How to bake bread", body)
	var ours, theirs stopwatch
	for b.Loop() {
		ours.time(b, func() error {
			_, err := x.store.AddArticle(x.ctx, x.by, x.edit("How to bake bread", body, lectern.Published))
			return err
		})
		theirs.time(b, insert)
	}
	b.ReportMetric(ours.median(), "store-µs")
	b.ReportMetric(theirs.median(), "raw-µs")
	b.ReportMetric(theirs.median()/ours.median(), "raw/store")
}

func benchAddConcurrently(b *testing.B, open Opener) {
	x := benchBed(b, open)
	body := prose(rand.New(rand.NewPCG(1, 1)), 300)
	b.SetParallelism(16)
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			if _, err := x.store.AddArticle(x.ctx, x.by, x.edit("How to bake bread", body, lectern.Published)); err != nil {
				b.Error(err)
			}
		}
	})
}

func benchArticle(b *testing.B, open Opener) {
	x := benchBed(b, open)
	a := x.article("How to bake bread", prose(rand.New(rand.NewPCG(1, 1)), 300))
	for b.Loop() {
		if _, err := x.store.Article(x.ctx, x.ws, a.ID); err != nil {
			b.Fatal(err)
		}
	}
}

func benchList(b *testing.B, open Opener) {
	x := benchBed(b, open)
	const articles, size = 100_000, 25
	start := time.Now()
	x.load(articles, func(i int) (string, string) { return fmt.Sprint("Title ", i), "<p>Some text of an article</p>" })
	b.Logf("%d articles added in %v", articles, time.Since(start))
	page := func(n int) func() error {
		return func() error {
			list, total, err := x.store.Articles(x.ctx, x.ws, lectern.ArticleQuery{Offset: (n - 1) * size, Limit: size})
			if len(list) != size || total != articles {
				return fmt.Errorf("page %d has %d of %d articles: %w", n, len(list), total, err)
			}
			return err
		}
	}
	var cold, first, deep stopwatch
	cold.time(b, page(4000))
	for b.Loop() {
		first.time(b, page(1))
		deep.time(b, page(4000))
	}
	b.ReportMetric(cold.median(), "cold-µs")
	b.ReportMetric(first.median(), "page1-µs")
	b.ReportMetric(deep.median(), "page4000-µs")
	b.ReportMetric(deep.median()/first.median(), "page4000/page1")
}

func benchSearch(b *testing.B, open Opener, base Baseline) {
	x := benchBed(b, open)
	const texts = 20_000
	random := rand.New(rand.NewPCG(3, 4))
	docs := make([][2]string, texts)
	for i := range docs {
		docs[i] = [2]string{prose(random, 5), prose(random, 300)}
	}
	x.load(texts, func(i int) (string, string) { return docs[i][0], docs[i][1] })
	search := base.Search(b, docs)
	var phrases [][]string
	for range 100 { // one to three words of a title
		phrases = append(phrases, strings.Fields(docs[random.IntN(texts)][0])[:1+random.IntN(3)])
	}
	var ours, theirs stopwatch
	hits := 0
	for i := 0; b.Loop(); i++ {
		words := phrases[i%len(phrases)]
		ours.time(b, func() error {
			_, n, err := x.store.SearchArticles(x.ctx, x.ws, lectern.SearchQuery{
				Phrase: strings.Join(words, " "), States: []lectern.State{lectern.Published}, Limit: 10,
			})
			hits += n
			return err
		})
		theirs.time(b, func() error { return search(words) })
	}
	b.ReportMetric(float64(hits)/float64(len(ours)), "hits")
	b.ReportMetric(ours.median(), "store-µs")
	b.ReportMetric(theirs.median(), "engine-µs")
	b.ReportMetric(theirs.median()/ours.median(), "engine/store")
}

// load adds many articles.
func (b *bed) load(n int, text func(i int) (title, body string)) {
	b.Helper()
	next := make(chan int)
	var group sync.WaitGroup
	for range 64 {
		group.Go(func() {
			for i := range next {
				title, body := text(i)
				if _, err := b.store.AddArticle(b.ctx, b.by, b.edit(title, body, lectern.Published)); err != nil {
					b.Error(err)
				}
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	group.Wait()
}

// prose is n made-up words, some far more frequent than others.
func prose(random *rand.Rand, n int) string {
	zipf := rand.NewZipf(random, 1.07, 8, 40_000)
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(' ')
		}
		const syllables = "bakadamifonelurisutovezo"
		for w := zipf.Uint64() + 30; w > 0; w /= 12 {
			b.WriteString(syllables[w%12*2 : w%12*2+2])
		}
	}
	return b.String()
}
