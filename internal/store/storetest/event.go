package storetest

import (
	"sync"
	"time"

	"lectern"
)

var eventTests = []test{
	{"an event says who did what to what, when and from where", func(b *bed) {
		g, err := b.store.AddTag(b.ctx, b.by, "tag")
		b.must(err)
		events := b.events()
		e := events[len(events)-1]
		b.equal("event", e, lectern.Event{
			ID: e.ID, Workspace: b.ws, At: b.clock.now().Truncate(time.Millisecond), Kind: lectern.TagCreated,
			Object: int64(g.ID), Admin: b.by.Admin, IP: "192.0.2.1", Data: lectern.EventData{Via: lectern.ViaCommand, Name: "tag"},
		})
	}},
	{"events are filtered and counted, newest first", func(b *bed) {
		from := b.clock.now()
		for _, name := range []string{"a", "b", "c"} {
			b.clock.pass(time.Second)
			g, err := b.store.AddTag(b.ctx, b.by, name)
			b.must(err)
			b.must(b.store.DeleteTag(b.ctx, b.by, g.ID))
		}
		created := []lectern.EventKind{lectern.TagCreated}
		for _, x := range []struct {
			q    lectern.EventQuery
			want string
			all  int
		}{
			{lectern.EventQuery{Kinds: created}, "cba", 3},
			{lectern.EventQuery{Kinds: created, Limit: 1, Offset: 1}, "b", 3},
			{lectern.EventQuery{Kinds: created, After: from.Add(2 * time.Second)}, "cb", 2},
			{lectern.EventQuery{Kinds: created, Before: from.Add(2 * time.Second)}, "ba", 2},
			{lectern.EventQuery{Kinds: append(created, lectern.TagDeleted), After: from.Add(time.Second), Before: from.Add(time.Second)}, "aa", 2},
			{lectern.EventQuery{Kinds: []lectern.EventKind{"none"}}, "", 0},
		} {
			events, total, err := b.store.Events(b.ctx, b.ws, x.q)
			b.must(err)
			names := ""
			for _, e := range events {
				names += e.Data.Name
			}
			b.equal("names", names, x.want)
			b.equal("total", total, x.all)
		}
	}},
	{"a watcher hears of a change before its author does, each once and in order", func(b *bed) {
		var mu sync.Mutex
		var heard []lectern.Event
		known := map[int64]bool{}
		b.store.Watch(func(events []lectern.Event) {
			mu.Lock()
			defer mu.Unlock()
			heard = append(heard, events...)
			for _, e := range events {
				known[e.Object] = true
			}
		})
		before := len(b.events())
		var group sync.WaitGroup
		for range 20 {
			group.Go(func() {
				for range 10 {
					a, err := b.store.AddArticle(b.ctx, b.by, b.edit("T", "", lectern.Draft))
					if err != nil {
						b.Error(err)
						return
					}
					mu.Lock()
					if !known[int64(a.ID)] {
						b.Error("the watcher had not heard of an article when its author got it")
					}
					mu.Unlock()
				}
			})
		}
		group.Wait()
		b.must(b.store.Close())
		mu.Lock()
		defer mu.Unlock()
		if len(heard) != 200 || before == 0 {
			b.Fatalf("heard of %d events, want 200", len(heard))
		}
		for i := 1; i < len(heard); i++ {
			if heard[i].ID <= heard[i-1].ID {
				b.Fatalf("event %d came after %d", heard[i].ID, heard[i-1].ID)
			}
		}
	}},
	{"a watcher hears of nothing that was refused", func(b *bed) {
		heard := 0
		b.store.Watch(func(events []lectern.Event) { heard += len(events) })
		_, err := b.store.AddArticle(b.ctx, b.by, b.edit("", "", lectern.Draft))
		b.refused(err, lectern.Missing, "title")
		b.must(b.store.Close())
		b.equal("events", heard, 0)
	}},
	{"every change is one event of its kind", func(b *bed) {
		var c *lectern.Collection
		b.equal("collection", b.happened(func() { c = b.collection("C", 0) }), "collection.created")
		b.equal("article", b.happened(func() { b.article("T", "") }), "article.created")
		b.equal("help center", b.happened(func() { b.center("docs") }), "help_center.created")
		b.equal("admin", b.happened(func() {
			_, err := b.store.AddAdmin(b.ctx, b.by, lectern.Admin{Name: "x"})
			b.must(err)
		}), "admin.created")
		b.equal("team", b.happened(func() {
			_, err := b.store.AddTeam(b.ctx, b.by, lectern.Team{Name: "x"})
			b.must(err)
		}), "team.created")
		b.equal("token", b.happened(func() {
			_, err := b.store.AddToken(b.ctx, b.by, lectern.Token{Hash: lectern.HashToken("x")})
			b.must(err)
		}), "token.created")
		b.equal("collection", b.happened(func() {
			_, err := b.store.UpdateCollection(b.ctx, b.by, c.ID, &lectern.CollectionEdit{}, nil)
			b.must(err)
		}), "collection.updated")
	}},
}
