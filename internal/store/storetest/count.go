package storetest

import (
	"context"
	"fmt"
	"sync"
	"time"

	"lectern"
)

// view counts n looks at an article.
func (b *bed) view(a *lectern.Article, l lectern.Locale, kind lectern.ViewKind, n int) {
	for range n {
		b.store.CountView(lectern.View{Workspace: b.ws, Article: a.ID, Locale: l, Kind: kind})
	}
}

// statistics are those the API reports: views, happy, neutral and sad.
func (b *bed) statistics(a *lectern.Article) string {
	b.Helper()
	got, err := b.store.Article(b.ctx, b.ws, a.ID)
	b.must(err)
	s := got.Statistics
	return fmt.Sprint(s.Views, s.Happy, s.Neutral, s.Sad)
}

// visitor is somebody of today.
func (b *bed) visitor(n byte) lectern.Visitor {
	b.Helper()
	salt, err := b.store.VisitorSalt(b.ctx)
	b.must(err)
	return lectern.Visitor{Day: salt.Day, Hash: [16]byte{n}}
}

func (b *bed) react(a *lectern.Article, l lectern.Locale, who lectern.Visitor, f lectern.Face) {
	b.Helper()
	b.must(b.store.React(b.ctx, b.visit(l), a.ID, who, f))
}

func (b *bed) popular(n int) string {
	b.Helper()
	rows, err := b.store.Popular(b.ctx, b.visit("en"), n)
	b.must(err)
	return titles(rows)
}

var countTests = []test{
	{"views are stored by a flush, and only people's are statistics", func(b *bed) {
		a := b.article("A", "")
		b.view(a, "en", lectern.PersonView, 3)
		b.view(a, "fr", lectern.PersonView, 2)
		b.view(a, "en", lectern.BotView, 10)
		b.view(a, "en", lectern.AgentView, 10)
		b.equal("before", b.statistics(a), "0 0 0 0")
		b.must(b.store.FlushViews(b.ctx))
		b.equal("after", b.statistics(a), "5 0 0 0")
		b.must(b.store.FlushViews(b.ctx))
		b.equal("after an empty flush", b.statistics(a), "5 0 0 0")
	}},
	{"recent views are told of the articles that are asked for", func(b *bed) {
		a, c, none := b.article("A", ""), b.article("C", ""), b.article("None", "")
		b.view(a, "en", lectern.PersonView, 3)
		b.view(a, "fr", lectern.PersonView, 1)
		b.view(c, "en", lectern.PersonView, 9)
		b.must(b.store.FlushViews(b.ctx))
		views, err := b.store.RecentViews(b.ctx, b.ws, []lectern.ArticleID{a.ID, none.ID})
		b.must(err)
		b.equal("views", views, map[lectern.ArticleID]int{a.ID: 4})
		views, err = b.store.RecentViews(b.ctx, b.ws, nil)
		b.must(err)
		b.equal("of none", views, map[lectern.ArticleID]int{})
	}},
	{"counting is no event and no change of the article", func(b *bed) {
		a := b.shelved("A", b.collection("C", 0).ID)
		b.clock.pass(time.Hour)
		b.equal("events", b.happened(func() {
			b.view(a, "en", lectern.PersonView, 1)
			b.must(b.store.FlushViews(b.ctx))
			b.react(a, "en", b.visitor(1), lectern.Happy)
		}), "")
		got, err := b.store.Article(b.ctx, b.ws, a.ID)
		b.must(err)
		b.equal("time", got.UpdatedAt, a.UpdatedAt)
	}},
	{"flushes at the same time lose nothing and count nothing twice", func(b *bed) {
		list := []*lectern.Article{b.article("A", ""), b.article("B", ""), b.article("C", "")}
		var group sync.WaitGroup
		for range 8 {
			group.Go(func() {
				for range 10 {
					for _, a := range list {
						b.view(a, "en", lectern.PersonView, 1)
					}
					if err := b.store.FlushViews(b.ctx); err != nil {
						b.Error(err)
					}
				}
			})
		}
		group.Wait()
		for _, a := range list {
			b.equal("statistics", b.statistics(a), "80 0 0 0")
		}
	}},
	{"views of an article that is gone are dropped, the others kept", func(b *bed) {
		gone, a := b.article("Gone", ""), b.article("A", "")
		b.view(gone, "en", lectern.PersonView, 1)
		b.view(a, "en", lectern.PersonView, 1)
		b.store.CountView(lectern.View{Workspace: b.ws + 1000, Article: a.ID, Locale: "en", Kind: lectern.PersonView})
		b.must(b.store.DeleteArticle(b.ctx, b.by, gone.ID))
		b.must(b.store.FlushViews(b.ctx))
		b.equal("statistics", b.statistics(a), "1 0 0 0")
	}},
	{"an article that was viewed and reacted to can be deleted", func(b *bed) {
		a := b.article("A", "")
		b.view(a, "en", lectern.PersonView, 1)
		b.must(b.store.FlushViews(b.ctx))
		b.react(a, "en", b.visitor(1), lectern.Sad)
		b.must(b.store.DeleteArticle(b.ctx, b.by, a.ID))
	}},
	{"views that could not be stored are stored by the next flush", func(b *bed) {
		a := b.article("A", "")
		b.view(a, "en", lectern.PersonView, 2)
		over, cancel := context.WithCancel(b.ctx)
		cancel()
		if b.store.FlushViews(over) == nil {
			b.Error("a flush whose context is over succeeds")
		}
		b.view(a, "en", lectern.PersonView, 1)
		b.must(b.store.FlushViews(b.ctx))
		b.equal("statistics", b.statistics(a), "3 0 0 0")
	}},
	{"a visitor has one reaction to an article, and may change it", func(b *bed) {
		a := b.shelvedAs("A", b.inFrench("AA", lectern.Published), b.collection("C", 0).ID)
		other := b.shelved("B")
		one, two := b.visitor(1), b.visitor(2)
		b.react(a, "en", one, lectern.Happy)
		b.react(a, "en", one, lectern.Happy)
		b.react(a, "en", two, lectern.Happy)
		b.react(other, "en", one, lectern.Sad)
		b.equal("first", b.statistics(a), "0 2 0 0")
		b.react(a, "fr", one, lectern.Sad)
		b.equal("changed", b.statistics(a), "0 1 0 1")
		b.react(a, "en", one, lectern.Neutral)
		b.equal("changed again", b.statistics(a), "0 1 1 0")
		b.equal("other", b.statistics(other), "0 0 0 1")
		f, err := b.store.ReactionOf(b.ctx, b.ws, a.ID, one)
		b.must(err)
		b.equal("face", f, lectern.Neutral)
		f, err = b.store.ReactionOf(b.ctx, b.ws, a.ID, b.visitor(3))
		b.must(err)
		b.equal("no face", f, lectern.Face(""))
	}},
	{"reactions at the same time are all counted, those of one visitor once", func(b *bed) {
		a := b.article("A", "")
		var group sync.WaitGroup
		for i := range 16 {
			who := b.visitor(byte(i / 2))
			group.Go(func() {
				if err := b.store.React(b.ctx, b.visit("en"), a.ID, who, lectern.Happy); err != nil {
					b.Error(err)
				}
			})
		}
		group.Wait()
		b.equal("statistics", b.statistics(a), "0 8 0 0")
	}},
	{"nobody reacts to what has no page, or with no face", func(b *bed) {
		a := b.shelvedAs("A", func(e *lectern.ArticleEdit) { e.State = new(lectern.Draft) })
		err := b.store.React(b.ctx, b.visit("en"), a.ID, b.visitor(1), lectern.Happy)
		b.refused(err, lectern.NotFound, "")
		err = b.store.React(b.ctx, b.visit("en"), b.article("B", "").ID, b.visitor(1), "angry")
		b.refused(err, lectern.Invalid, "face")
		o := b.another()
		err = o.store.React(o.ctx, o.visit("en"), b.article("C", "").ID, b.visitor(1), lectern.Happy)
		o.refused(err, lectern.NotFound, "")
		b.equal("statistics", b.statistics(a), "0 0 0 0")
	}},
	{"a day has one salt, the next day another, and its visitors are forgotten", func(b *bed) {
		first, err := b.store.VisitorSalt(b.ctx)
		b.must(err)
		again, err := b.store.VisitorSalt(b.ctx)
		b.must(err)
		b.equal("same day", again, first)
		if first.Bytes == [32]byte{} {
			b.Error("the salt is empty")
		}
		a := b.article("A", "")
		who := b.visitor(1)
		b.react(a, "en", who, lectern.Happy)
		b.clock.pass(24 * time.Hour)
		next, err := b.store.VisitorSalt(b.ctx)
		b.must(err)
		if next.Bytes == first.Bytes || next.Day != first.Day+1 {
			b.Errorf("the next day's salt is %v", next)
		}
		_, err = b.store.AgeCounts(b.ctx)
		b.must(err)
		f, err := b.store.ReactionOf(b.ctx, b.ws, a.ID, who)
		b.must(err)
		b.equal("face", f, lectern.Face(""))
		b.equal("statistics", b.statistics(a), "0 1 0 0")
	}},
	{"popular is what people viewed most within 30 days, and nothing else", func(b *bed) {
		c := b.collection("C", 0)
		old, some, none := b.shelved("Old", c.ID), b.shelved("Some", c.ID), b.shelved("None", c.ID)
		bots := b.shelved("Bots", c.ID)
		_ = none
		b.view(old, "en", lectern.PersonView, 5)
		b.view(bots, "en", lectern.BotView, 9)
		b.must(b.store.FlushViews(b.ctx))
		b.clock.pass(24 * time.Hour)
		b.view(some, "en", lectern.PersonView, 2)
		b.view(some, "fr", lectern.PersonView, 1)
		b.view(old, "en", lectern.PersonView, 1)
		b.must(b.store.FlushViews(b.ctx))
		b.equal("popular", b.popular(9), " Old(C) Some(C)")
		b.equal("most popular", b.popular(1), " Old(C)")
		b.clock.pass(29 * 24 * time.Hour)
		_, err := b.store.AgeCounts(b.ctx)
		b.must(err)
		b.equal("popular after 30 days", b.popular(2), " Some(C) Old(C)")
		b.clock.pass(24 * time.Hour)
		_, err = b.store.AgeCounts(b.ctx)
		b.must(err)
		b.equal("popular after 31 days", b.popular(2), "")
		b.equal("statistics", b.statistics(old), "6 0 0 0")
	}},
	{"whoever watches statistics hears of each change before it is acknowledged", func(b *bed) {
		var mu sync.Mutex
		heard := map[lectern.ArticleRef]int{}
		b.store.WatchStatistics(func(list []lectern.ArticleRef) {
			mu.Lock()
			defer mu.Unlock()
			for _, a := range list {
				heard[a]++
			}
		})
		a, other := b.article("A", ""), b.article("B", "")
		b.view(a, "en", lectern.PersonView, 3)
		b.must(b.store.FlushViews(b.ctx))
		b.react(other, "en", b.visitor(1), lectern.Happy)
		mu.Lock()
		defer mu.Unlock()
		b.equal("heard", len(heard), 2)
		for _, x := range []*lectern.Article{a, other} {
			if heard[lectern.ArticleRef{Workspace: b.ws, Article: x.ID}] == 0 {
				b.Errorf("nothing was heard of %d", x.ID)
			}
		}
	}},
}
