package storetest

import (
	"errors"
	"slices"
	"time"

	"lectern"
)

var collectionTests = []test{
	{"a collection comes back as it was written", func(b *bed) {
		edit := &lectern.CollectionEdit{
			CollectionTextEdit: lectern.CollectionTextEdit{Name: new("Name"), Description: new("Description")},
			Texts:              map[lectern.Locale]lectern.CollectionTextEdit{"pt-BR": {Name: new("Nome")}},
		}
		var made *lectern.Collection
		b.equal("events", b.happened(func() {
			var err error
			made, err = b.store.AddCollection(b.ctx, b.by, edit)
			b.must(err)
		}), "help_center.updated collection.created")
		want := lectern.Collection{
			ID: made.ID, HelpCenter: b.home.ID, Position: 1, CreatedAt: b.clock.seconds(), UpdatedAt: b.clock.seconds(),
			Texts: map[lectern.Locale]lectern.CollectionText{"en": {Name: "Name", Description: "Description"}, "pt-BR": {Name: "Nome"}},
		}
		b.equal("what AddCollection returns", *made, want)
		got, err := b.store.Collection(b.ctx, b.ws, made.ID)
		b.must(err)
		b.equal("what Collection returns", *got, want)
		_, err = b.store.Collection(b.ctx, b.ws, made.ID+1000)
		b.refused(err, lectern.NotFound, "")
	}},
	{"a collection stands last among its siblings", func(b *bed) {
		one, two := b.collection("1", 0), b.collection("2", 0)
		child := b.collection("child", one.ID)
		b.equal("positions", []int{one.Position, two.Position, child.Position}, []int{1, 2, 1})
		moved, err := b.store.UpdateCollection(b.ctx, b.by, two.ID, &lectern.CollectionEdit{Parent: &one.ID}, nil)
		b.must(err)
		b.equal("position", moved.Position, 2)
		back, err := b.store.UpdateCollection(b.ctx, b.by, child.ID, &lectern.CollectionEdit{Parent: new(lectern.CollectionID(0))}, nil)
		b.must(err)
		b.equal("parent and position", []int64{int64(back.Parent), int64(back.Position)}, []int64{0, 2})
		same, err := b.store.UpdateCollection(b.ctx, b.by, one.ID, &lectern.CollectionEdit{Parent: new(lectern.CollectionID(0))}, nil)
		b.must(err)
		b.equal("position", same.Position, 1)
	}},
	{"a place that cannot be is refused", func(b *bed) {
		one := b.collection("1", 0)
		two := b.collection("2", one.ID)
		three := b.collection("3", two.ID)
		pair := b.collection("pair", 0)
		b.collection("below", pair.ID)
		docs := b.center("docs")
		there, err := b.store.AddCollection(b.ctx, b.by, &lectern.CollectionEdit{
			CollectionTextEdit: lectern.CollectionTextEdit{Name: new("there")}, HelpCenter: &docs.ID,
		})
		b.must(err)
		name := lectern.CollectionTextEdit{Name: new("x")}
		b.equal("events", b.happened(func() {
			for why, x := range map[string]struct{ id, parent lectern.CollectionID }{
				"unknown": {one.ID, 5}, "itself": {one.ID, one.ID}, "a cycle": {one.ID, three.ID},
				"a fourth level": {pair.ID, two.ID}, "another help center": {pair.ID, there.ID},
			} {
				_, err := b.store.UpdateCollection(b.ctx, b.by, x.id, &lectern.CollectionEdit{CollectionTextEdit: name, Parent: &x.parent}, nil)
				if !errors.Is(err, lectern.Invalid) {
					b.Errorf("%s: error %v, want invalid", why, err)
				}
			}
			for _, parent := range []lectern.CollectionID{5, three.ID} {
				_, err := b.store.AddCollection(b.ctx, b.by, &lectern.CollectionEdit{CollectionTextEdit: name, Parent: &parent})
				b.refused(err, lectern.Invalid, "parent_id")
			}
			_, err := b.store.AddCollection(b.ctx, b.by, &lectern.CollectionEdit{CollectionTextEdit: name, Parent: &one.ID, HelpCenter: &docs.ID})
			b.refused(err, lectern.Invalid, "parent_id")
			_, err = b.store.AddCollection(b.ctx, b.by, &lectern.CollectionEdit{CollectionTextEdit: name, HelpCenter: new(lectern.HelpCenterID(5))})
			b.refused(err, lectern.Invalid, "help_center_id")
			_, err = b.store.AddCollection(b.ctx, b.by, &lectern.CollectionEdit{})
			b.refused(err, lectern.Missing, "name")
		}), "")
		got, err := b.store.Collection(b.ctx, b.ws, pair.ID)
		b.must(err)
		b.equal("collection", *got, *pair)
	}},
	{"a nested collection belongs to its parent's help center", func(b *bed) {
		docs := b.center("docs")
		c, err := b.store.AddCollection(b.ctx, b.by, &lectern.CollectionEdit{
			CollectionTextEdit: lectern.CollectionTextEdit{Name: new("there")}, HelpCenter: &docs.ID,
		})
		b.must(err)
		b.equal("help center", b.collection("child", c.ID).HelpCenter, docs.ID)
		b.equal("position", c.Position, 1)
	}},
	{"an update merges and keeps what it does not name", func(b *bed) {
		c := b.collection("Name", 0)
		b.clock.pass(time.Minute)
		edit := &lectern.CollectionEdit{CollectionTextEdit: lectern.CollectionTextEdit{Description: new("D")}}
		got, err := b.store.UpdateCollection(b.ctx, b.by, c.ID, edit, func(x *lectern.Collection, h *lectern.HelpCenter) error {
			b.equal("collection", *x, *c)
			b.equal("help center", *h, *b.home)
			return nil
		})
		b.must(err)
		want := *c
		want.UpdatedAt = b.clock.seconds()
		want.Texts = map[lectern.Locale]lectern.CollectionText{"en": {Name: "Name", Description: "D"}}
		b.equal("what UpdateCollection returns", *got, want)
		got, err = b.store.Collection(b.ctx, b.ws, c.ID)
		b.must(err)
		b.equal("what Collection returns", *got, want)
	}},
	{"a collection's check may refuse, and nothing is stored", func(b *bed) {
		c := b.collection("Name", 0)
		no := errors.New("no")
		b.equal("events", b.happened(func() {
			edit := &lectern.CollectionEdit{CollectionTextEdit: lectern.CollectionTextEdit{Name: new("x")}}
			_, err := b.store.UpdateCollection(b.ctx, b.by, c.ID, edit, func(*lectern.Collection, *lectern.HelpCenter) error { return no })
			if !errors.Is(err, no) {
				b.Errorf("error %v, want no", err)
			}
			_, err = b.store.UpdateCollection(b.ctx, b.by, c.ID+1000, edit, nil)
			b.refused(err, lectern.NotFound, "")
		}), "")
	}},
	{"collections are listed whole, what changed last first", func(b *bed) {
		docs := b.center("docs")
		one := b.collection("1", 0)
		b.clock.pass(time.Second)
		two := b.collection("2", one.ID)
		_, err := b.store.AddCollection(b.ctx, b.by, &lectern.CollectionEdit{
			CollectionTextEdit: lectern.CollectionTextEdit{Name: new("3")}, HelpCenter: &docs.ID,
		})
		b.must(err)
		for _, x := range []struct {
			q    lectern.CollectionQuery
			want string
			all  int
		}{
			{lectern.CollectionQuery{}, "321", 3},
			{lectern.CollectionQuery{Offset: 1, Limit: 1}, "2", 3},
			{lectern.CollectionQuery{HelpCenter: docs.ID}, "3", 1},
			{lectern.CollectionQuery{HelpCenter: b.home.ID, Limit: 9}, "21", 2},
			{lectern.CollectionQuery{Offset: 9}, "", 3},
			{lectern.CollectionQuery{Level: lectern.TopLevel}, "31", 2},
			{lectern.CollectionQuery{Level: lectern.TopLevel, Offset: 1, Limit: 1}, "1", 2},
			{lectern.CollectionQuery{Level: lectern.TopLevel, HelpCenter: docs.ID}, "3", 1},
			{lectern.CollectionQuery{Level: lectern.Nested}, "2", 1},
			{lectern.CollectionQuery{Level: lectern.Nested, HelpCenter: docs.ID}, "", 0},
		} {
			list, total, err := b.store.Collections(b.ctx, b.ws, x.q)
			b.must(err)
			names := ""
			for _, c := range list {
				names += c.Texts["en"].Name
				if c.ID == two.ID {
					b.equal("collection", *c, *two)
				}
			}
			b.equal("names", names, x.want)
			b.equal("total", total, x.all)
		}
	}},
	{"an article tells which of its collections are inside another", func(b *bed) {
		top := b.collection("top", 0)
		mid := b.collection("mid", top.ID)
		edit := b.edit("T", "", lectern.Draft)
		edit.Parents = &[]lectern.CollectionID{top.ID, mid.ID}
		made, err := b.store.AddArticle(b.ctx, b.by, edit)
		b.must(err)
		tells := func(when string, want ...lectern.CollectionID) {
			one, err := b.store.Article(b.ctx, b.ws, made.ID)
			b.must(err)
			list, _, err := b.store.Articles(b.ctx, b.ws, lectern.ArticleQuery{Limit: 1})
			b.must(err)
			changed, err := b.store.UpdateArticle(b.ctx, b.by, made.ID, &lectern.ArticleEdit{}, nil)
			b.must(err)
			for what, a := range map[string]*lectern.Article{"Article": one, "Articles": list[0], "UpdateArticle": changed} {
				if !slices.Equal(a.Nested, want) {
					b.Errorf("%s, %s: nested are %v, want %v", when, what, a.Nested, want)
				}
			}
		}
		b.equal("nested when made", made.Nested, []lectern.CollectionID{mid.ID})
		tells("as made", mid.ID)
		b.equal("events", b.happened(func() {
			moved, err := b.store.UpdateCollection(b.ctx, b.by, mid.ID, &lectern.CollectionEdit{Parent: new(lectern.CollectionID(0))}, nil)
			b.must(err)
			b.equal("level", moved.Level(), lectern.TopLevel)
		}), "collection.updated")
		if events := b.events(); !events[len(events)-1].Data.Moved {
			b.Errorf("the event of a collection that moved says %+v", events[len(events)-1].Data)
		}
		tells("moved to the top")
		_, err = b.store.UpdateCollection(b.ctx, b.by, mid.ID, &lectern.CollectionEdit{CollectionTextEdit: lectern.CollectionTextEdit{Name: new("x")}}, nil)
		b.must(err)
		if events := b.events(); events[len(events)-1].Data.Moved {
			b.Errorf("the event of a collection that stayed says %+v", events[len(events)-1].Data)
		}
	}},
	{"deleting a collection deletes those below it and no article", func(b *bed) {
		docs := b.center("docs")
		top, err := b.store.AddCollection(b.ctx, b.by, &lectern.CollectionEdit{
			CollectionTextEdit: lectern.CollectionTextEdit{Name: new("top")}, HelpCenter: &docs.ID,
		})
		b.must(err)
		mid := b.collection("mid", top.ID)
		low := b.collection("low", mid.ID)
		other, err := b.store.AddCollection(b.ctx, b.by, &lectern.CollectionEdit{
			CollectionTextEdit: lectern.CollectionTextEdit{Name: new("other")}, HelpCenter: &docs.ID,
		})
		b.must(err)
		put := func(parents ...lectern.CollectionID) lectern.ArticleID {
			edit := b.edit("T", "", lectern.Draft)
			edit.Parents = &parents
			edit.Texts = map[lectern.Locale]lectern.ArticleTextEdit{"fr": {Title: new("F")}}
			a, err := b.store.AddArticle(b.ctx, b.by, edit)
			b.must(err)
			return a.ID
		}
		lost, kept := put(low.ID), put(mid.ID, other.ID, top.ID)
		before := b.clock.seconds()
		b.clock.pass(time.Minute)
		b.equal("events", b.happened(func() {
			b.must(b.store.DeleteCollection(b.ctx, b.by, top.ID))
		}), "help_center.updated collection.deleted collection.deleted collection.deleted")
		for _, id := range []lectern.CollectionID{top.ID, mid.ID, low.ID} {
			_, err := b.store.Collection(b.ctx, b.ws, id)
			b.refused(err, lectern.NotFound, "")
		}
		a, err := b.store.Article(b.ctx, b.ws, lost)
		b.must(err)
		b.equal("parents", len(a.Parents), 0)
		b.equal("help center", a.HelpCenter, b.home.ID)
		b.equal("updated at", a.UpdatedAt, before)
		a, err = b.store.Article(b.ctx, b.ws, kept)
		b.must(err)
		b.equal("parents", a.Parents, []lectern.CollectionID{other.ID})
		b.equal("help center", a.HelpCenter, docs.ID)
		h, err := b.store.HelpCenter(b.ctx, b.ws, b.home.ID)
		b.must(err)
		b.equal("locales of the new home", h.Locales, []lectern.Locale{"en", "fr"})
		b.refused(b.store.DeleteCollection(b.ctx, b.by, top.ID), lectern.NotFound, "")
	}},
}
