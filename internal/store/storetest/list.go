package storetest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"lectern"
)

// list returns the IDs of a page, and the total.
func (b *bed) list(q lectern.ArticleQuery) ([]lectern.ArticleID, int) {
	b.Helper()
	list, total, err := b.store.Articles(b.ctx, b.ws, q)
	b.must(err)
	var ids []lectern.ArticleID
	for _, a := range list {
		ids = append(ids, a.ID)
	}
	return ids, total
}

var listTests = []test{
	{"a list shows what changed last first, then the greater ID", func(b *bed) {
		one, two := b.article("1", ""), b.article("2", "")
		b.clock.pass(time.Second)
		three := b.article("3", "")
		ids, total := b.list(lectern.ArticleQuery{Limit: 10})
		b.equal("page", ids, []lectern.ArticleID{three.ID, two.ID, one.ID})
		b.equal("total", total, 3)
		b.clock.pass(time.Second)
		_, err := b.store.UpdateArticle(b.ctx, b.by, one.ID, &lectern.ArticleEdit{}, nil)
		b.must(err)
		ids, _ = b.list(lectern.ArticleQuery{Limit: 10})
		b.equal("page", ids, []lectern.ArticleID{one.ID, three.ID, two.ID})
	}},
	{"articles of a page are whole", func(b *bed) {
		c := b.collection("C", 0)
		var want []lectern.Article
		for i := range 5 {
			edit := b.edit(fmt.Sprint("Title ", i), "Body", lectern.Draft)
			edit.Parents = &[]lectern.CollectionID{c.ID}
			edit.Texts = map[lectern.Locale]lectern.ArticleTextEdit{"de": {Title: new(fmt.Sprint("Titel ", i))}}
			a, err := b.store.AddArticle(b.ctx, b.by, edit)
			b.must(err)
			want = append(want, *a)
		}
		slices.Reverse(want)
		list, _, err := b.store.Articles(b.ctx, b.ws, lectern.ArticleQuery{Limit: 10})
		b.must(err)
		b.equal("number", len(list), len(want))
		for i, a := range list {
			b.equal("article", *a, want[i])
		}
	}},
	{"a filter holds for the page and its total", func(b *bed) {
		c := b.collection("C", 0)
		child := b.collection("child", c.ID)
		in := func(p lectern.CollectionID) lectern.ArticleID {
			edit := b.edit("T", "", lectern.Draft)
			edit.Parents = &[]lectern.CollectionID{p}
			a, err := b.store.AddArticle(b.ctx, b.by, edit)
			b.must(err)
			return a.ID
		}
		first := in(c.ID)
		b.article("loose", "")
		in(child.ID)
		b.clock.pass(time.Hour)
		since := b.clock.seconds()
		second := in(c.ID)
		last := b.article("late", "").ID
		for _, x := range []struct {
			q    lectern.ArticleQuery
			want []lectern.ArticleID
			all  int
		}{
			{lectern.ArticleQuery{Parent: c.ID}, []lectern.ArticleID{second, first}, 2},
			{lectern.ArticleQuery{Parent: c.ID, Offset: 1}, []lectern.ArticleID{first}, 2},
			{lectern.ArticleQuery{UpdatedSince: since}, []lectern.ArticleID{last, second}, 2},
			{lectern.ArticleQuery{UpdatedSince: since.Add(1)}, nil, 0},
			{lectern.ArticleQuery{UpdatedSince: since, Parent: c.ID}, []lectern.ArticleID{second}, 1},
			{lectern.ArticleQuery{Parent: 5}, nil, 0},
			{lectern.ArticleQuery{Parent: c.ID, After: &lectern.ArticleKey{UpdatedAt: since, ID: second}}, []lectern.ArticleID{first}, 2},
		} {
			x.q.Limit = 10
			ids, total := b.list(x.q)
			b.equal("page", ids, x.want)
			b.equal("total", total, x.all)
		}
	}},
	{"a walk goes on behind an article that was deleted meanwhile", func(b *bed) {
		var all []lectern.ArticleID
		for range 7 {
			all = append([]lectern.ArticleID{b.article("T", "").ID}, all...)
			b.clock.pass(time.Second)
		}
		b.must(b.store.DeleteArticle(b.ctx, b.by, all[2]))
		place, err := b.store.ArticlePlace(b.ctx, b.ws, all[2])
		b.must(err)
		ids, total := b.list(lectern.ArticleQuery{After: place, Limit: 3})
		b.equal("articles behind it", ids, all[3:6])
		b.equal("total", total, 6)
		is, err := b.store.ArticlePlace(b.ctx, b.ws, all[3])
		b.must(err)
		ids, _ = b.list(lectern.ArticleQuery{After: is, Limit: 9})
		b.equal("articles behind one that is there", ids, all[4:])
		_, err = b.store.ArticlePlace(b.ctx, b.ws, 999_999)
		b.refused(err, lectern.NotFound, "")
		_, err = b.store.ArticlePlace(b.ctx, b.another().ws, all[2])
		b.refused(err, lectern.NotFound, "")
	}},
	{"a page after a key goes on there, whatever came before meanwhile", func(b *bed) {
		var all []*lectern.Article
		for i := range 10 {
			all = append(all, b.article(fmt.Sprint(i), ""))
			b.clock.pass(time.Duration(i%2) * time.Second)
		}
		slices.Reverse(all)
		key := lectern.ArticleKey{UpdatedAt: all[3].UpdatedAt, ID: all[3].ID}
		b.article("new", "")
		b.must(b.store.DeleteArticle(b.ctx, b.by, all[3].ID))
		ids, total := b.list(lectern.ArticleQuery{After: &key, Limit: 2})
		b.equal("page", ids, []lectern.ArticleID{all[4].ID, all[5].ID})
		b.equal("total", total, 10)
		ids, _ = b.list(lectern.ArticleQuery{After: &key, Offset: 4, Limit: 9})
		b.equal("page", ids, []lectern.ArticleID{all[8].ID, all[9].ID})
	}},
	{"a page beyond the end is empty and has its total", func(b *bed) {
		b.article("1", "")
		for _, q := range []lectern.ArticleQuery{{Offset: 1, Limit: 5}, {Offset: 1 << 40, Limit: 5}, {Limit: 0}} {
			ids, total := b.list(q)
			b.equal("page", len(ids), 0)
			b.equal("total", total, 1)
		}
	}},
	{"a page and its total agree with every change that went before", func(b *bed) {
		random := rand.New(rand.NewPCG(1, 2))
		var model []lectern.ArticleKey
		steps := 3000
		for step := range steps {
			if random.IntN(3) == 0 {
				b.clock.pass(time.Duration(random.IntN(5)-1) * time.Second) // now and then back
			}
			model = b.change(random, model)
			if step%50 != 0 && step != steps-1 {
				continue
			}
			slices.SortFunc(model, compareKeys)
			b.compare(random, model, step == steps-1)
		}
	}},
}

// change makes a random change, and the same to the model.
func (b *bed) change(random *rand.Rand, model []lectern.ArticleKey) []lectern.ArticleKey {
	b.Helper()
	i := 0
	if len(model) > 0 {
		i = random.IntN(len(model))
	}
	switch n := random.IntN(10); {
	case n < 5 || len(model) == 0:
		a := b.article("T", "")
		return append(model, lectern.ArticleKey{UpdatedAt: a.UpdatedAt, ID: a.ID})
	case n < 8:
		a, err := b.store.UpdateArticle(b.ctx, b.by, model[i].ID, &lectern.ArticleEdit{}, nil)
		b.must(err)
		model[i].UpdatedAt = a.UpdatedAt
		return model
	default:
		b.must(b.store.DeleteArticle(b.ctx, b.by, model[i].ID))
		return slices.Delete(model, i, i+1)
	}
}

// compare compares pages with the model: a few, or all.
func (b *bed) compare(random *rand.Rand, model []lectern.ArticleKey, every bool) {
	b.Helper()
	const size = 7
	for offset := 0; offset < len(model)+size; offset += size {
		if !every && random.IntN(10) != 0 {
			continue
		}
		var want []lectern.ArticleID
		for _, k := range model[min(offset, len(model)):min(offset+size, len(model))] {
			want = append(want, k.ID)
		}
		ids, total := b.list(lectern.ArticleQuery{Offset: offset, Limit: size})
		b.equal(fmt.Sprintf("page at %d", offset), ids, want)
		b.equal("total", total, len(model))
	}
}

// compareKeys orders articles as lists do.
func compareKeys(a, b lectern.ArticleKey) int {
	if c := b.UpdatedAt.Compare(a.UpdatedAt); c != 0 {
		return c
	}
	return int(b.ID - a.ID)
}
