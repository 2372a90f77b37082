package storetest

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"lectern"
)

// libraryLocales are the languages of the library that benchReader reads.
var libraryLocales = []lectern.Locale{"en", "de", "fr", "es", "it", "nl", "pl", "sv", "tr", "pt-BR"}

// library fills the first help center with n articles in ten languages, in
// collections of about fifty.
func library(b *testing.B, x *bed, n int) []lectern.ArticleID {
	b.Helper()
	var collections []lectern.CollectionID
	for i := range n/50 + 1 {
		parent := lectern.CollectionID(0)
		if i%8 != 0 {
			parent = collections[i/8*8]
		}
		collections = append(collections, x.collection(fmt.Sprint("Topic ", i), parent).ID)
	}
	ids := make([]lectern.ArticleID, n)
	var group sync.WaitGroup
	const writers = 16
	for w := range writers {
		group.Go(func() {
			random := rand.New(rand.NewPCG(uint64(w), 1))
			for i := w; i < n; i += writers {
				e := x.edit(prose(random, 5), prose(random, 60), lectern.Published)
				e.Parents = &[]lectern.CollectionID{collections[i%len(collections)]}
				e.Texts = map[lectern.Locale]lectern.ArticleTextEdit{}
				for _, l := range libraryLocales[1:] {
					e.Texts[l] = lectern.ArticleTextEdit{Title: new(prose(random, 5)), Body: new(prose(random, 60)), State: new(lectern.Published), Author: &x.by.Admin}
				}
				a, err := x.store.AddArticle(x.ctx, x.by, e)
				if err != nil {
					b.Error(err)
					return
				}
				ids[i] = a.ID
			}
		})
	}
	group.Wait()
	return ids
}

// benchReader compares what readers of a large help center ask for with the
// same in a small one: a page must not cost more where there are more articles.
func benchReader(b *testing.B, open Opener) {
	const small, large = 100, 10_000
	type shop struct {
		*bed
		ids []lectern.ArticleID
	}
	var shops []shop
	for _, n := range []int{small, large} {
		x := benchBed(b, open)
		shops = append(shops, shop{x, library(b, x, n)})
	}
	random := rand.New(rand.NewPCG(1, 1))
	var pages [2]stopwatch
	var outline, popular, latest, public stopwatch
	b.ResetTimer()
	for b.Loop() {
		for i, s := range shops {
			v := s.visit(libraryLocales[random.IntN(len(libraryLocales))])
			id := s.ids[random.IntN(len(s.ids))]
			pages[i].time(b, func() error { _, err := s.store.Page(s.ctx, v, id); return err })
		}
		s := shops[1]
		v := s.visit(libraryLocales[random.IntN(len(libraryLocales))])
		popular.time(b, func() error { _, err := s.store.Popular(s.ctx, v, 6); return err })
		latest.time(b, func() error { _, err := s.store.Latest(s.ctx, v, 0, 50); return err })
		public.time(b, func() error {
			_, err := s.store.PublicTexts(s.ctx, v, lectern.PublicQuery{
				After: lectern.PublicKey{Article: s.ids[random.IntN(len(s.ids))]}, Limit: 100})
			return err
		})
		if len(pages[0])%20 == 1 {
			outline.time(b, func() error { _, err := s.store.Outline(s.ctx, v); return err })
		}
	}
	b.ReportMetric(pages[0].median()/pages[1].median(), "small/large")
	b.ReportMetric(pages[1].median(), "µs/page")
	b.ReportMetric(popular.median(), "µs/popular")
	b.ReportMetric(latest.median(), "µs/latest50")
	b.ReportMetric(public.median(), "µs/public100")
	b.ReportMetric(outline.median()/1000, "ms/outline")
}
