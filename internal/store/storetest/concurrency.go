package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"lectern"
)

var concurrencyTests = []test{
	{"twenty writers lose nothing", func(b *bed) {
		var mu sync.Mutex
		var made []lectern.ArticleID
		var group sync.WaitGroup
		for i := range 20 {
			group.Go(func() {
				for j := range 10 {
					a, err := b.store.AddArticle(b.ctx, b.by, b.edit(fmt.Sprintf("Title %d %d", i, j), "", lectern.Published))
					if err != nil {
						b.Error(err)
						return
					}
					mu.Lock()
					made = append(made, a.ID)
					mu.Unlock()
				}
			})
		}
		group.Wait()
		got, total := b.list(lectern.ArticleQuery{Limit: 1000})
		b.equal("total", total, 200)
		b.equal("articles", slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(made)))
		b.equal("hits", len(b.search(lectern.SearchQuery{Phrase: "title"})), 200)
	}},
	{"a thousand updates of one article at once lose nothing", func(b *bed) {
		a := b.article("0", "")
		var group sync.WaitGroup
		for range 1000 {
			group.Go(func() {
				// Each adds a character to what it finds.
				edit := &lectern.ArticleEdit{}
				_, err := b.store.UpdateArticle(b.ctx, b.by, a.ID, edit, func(x *lectern.Article, _ *lectern.HelpCenter) error {
					edit.Body = new(x.Texts["en"].Body + "x")
					return nil
				})
				if err != nil {
					b.Error(err)
				}
			})
		}
		group.Wait()
		got, err := b.store.Article(b.ctx, b.ws, a.ID)
		b.must(err)
		b.equal("characters", len(got.Texts["en"].Body), 1000)
	}},
	{"what fails does not fail what is stored beside it", func(b *bed) {
		var group sync.WaitGroup
		for i := range 40 {
			group.Go(func() {
				edit := b.edit("T", "", lectern.Draft)
				if i%2 == 1 {
					edit.Author = new(lectern.AdminID(5))
				}
				_, err := b.store.AddArticle(b.ctx, b.by, edit)
				if got, want := errors.Is(err, lectern.Invalid), i%2 == 1; got != want || !want && err != nil {
					b.Errorf("article %d: error %v", i, err)
				}
			})
		}
		group.Wait()
		_, total := b.list(lectern.ArticleQuery{})
		b.equal("total", total, 20)
	}},
	{"readers see whole changes while others write", func(b *bed) {
		a := b.article("0", "0")
		done := make(chan struct{})
		var group sync.WaitGroup
		group.Go(func() {
			defer close(done)
			for i := range 50 {
				text := fmt.Sprint(i)
				_, err := b.store.UpdateArticle(b.ctx, b.by, a.ID, &lectern.ArticleEdit{
					ArticleTextEdit: lectern.ArticleTextEdit{Title: &text},
					Texts:           map[lectern.Locale]lectern.ArticleTextEdit{"de": {Title: &text}},
				}, nil)
				if err != nil {
					b.Error(err)
				}
			}
		})
		for range 4 {
			group.Go(func() {
				for {
					select {
					case <-done:
						return
					default:
					}
					got, err := b.store.Article(b.ctx, b.ws, a.ID)
					if err != nil {
						b.Error(err)
						return
					}
					if de, ok := got.Texts["de"]; ok && de.Title != got.Texts["en"].Title {
						b.Errorf("titles %q and %q", got.Texts["en"].Title, de.Title)
					}
				}
			})
		}
		group.Wait()
	}},
	{"IDs are never given twice, whatever they are for", func(b *bed) {
		seen := map[int64]bool{}
		give := func(id int64) {
			b.Helper()
			if id <= 0 || seen[id] {
				b.Errorf("ID %d was given twice", id)
			}
			seen[id] = true
		}
		for range 3 {
			a := b.article("T", "")
			give(int64(a.ID))
			give(int64(a.Texts["en"].Content))
			give(int64(b.collection("C", 0).ID))
			b.must(b.store.DeleteArticle(b.ctx, b.by, a.ID))
		}
		for _, e := range b.events() {
			give(int64(e.ID))
		}
	}},
	{"a context that has ended stops everything", func(b *bed) {
		a := b.article("T", "")
		ctx, cancel := context.WithCancel(b.ctx)
		cancel()
		b.equal("events", b.happened(func() {
			_, err := b.store.AddArticle(ctx, b.by, b.edit("T", "", lectern.Draft))
			_, err2 := b.store.Article(ctx, b.ws, a.ID)
			_, _, err3 := b.store.Articles(ctx, b.ws, lectern.ArticleQuery{Limit: 1})
			_, _, err4 := b.store.SearchArticles(ctx, b.ws, lectern.SearchQuery{Phrase: "t", Limit: 1})
			for _, err := range []error{err, err2, err3, err4, b.store.Ping(ctx)} {
				if !errors.Is(err, context.Canceled) {
					b.Errorf("error %v, want canceled", err)
				}
			}
		}), "")
	}},
	{"a caller that goes away while it waits stored nothing, or all", func(b *bed) {
		var mu sync.Mutex
		stored := 0
		var group sync.WaitGroup
		for i := range 200 {
			group.Go(func() {
				ctx, cancel := context.WithCancel(b.ctx)
				if i%2 == 0 {
					go cancel()
				}
				_, err := b.store.AddArticle(ctx, b.by, b.edit("T", "", lectern.Draft))
				cancel()
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					stored++
				} else if !errors.Is(err, context.Canceled) {
					b.Error(err)
				}
			})
		}
		group.Wait()
		_, total := b.list(lectern.ArticleQuery{})
		b.equal("total", total, stored)
	}},
	{"a panic of a caller's function is its own", func(b *bed) {
		a := b.article("T", "")
		func() {
			defer func() { _ = recover() }()
			_, err := b.store.UpdateArticle(b.ctx, b.by, a.ID, &lectern.ArticleEdit{}, func(*lectern.Article, *lectern.HelpCenter) error { panic("oh") })
			if err == nil {
				b.Error("no error")
			}
		}()
		b.article("after", "")
		_, total := b.list(lectern.ArticleQuery{})
		b.equal("total", total, 2)
	}},
	{"closing waits for what is under way, and what comes later is refused", func(b *bed) {
		var group sync.WaitGroup
		for range 50 {
			group.Go(func() {
				_, err := b.store.AddArticle(b.ctx, b.by, b.edit("T", "", lectern.Draft))
				if err != nil && !errors.Is(err, lectern.Unavailable) {
					b.Errorf("error %v, want none or unavailable", err)
				}
			})
		}
		b.must(b.store.Close())
		group.Wait()
		b.must(b.store.Close())
		if err := b.store.Ping(b.ctx); !errors.Is(err, lectern.Unavailable) {
			b.Errorf("error %v, want unavailable", err)
		}
		_, err := b.store.AddTag(b.ctx, b.by, "x")
		if !errors.Is(err, lectern.Unavailable) {
			b.Errorf("error %v, want unavailable", err)
		}
	}},
}
