package storetest

import (
	"strings"

	"lectern"
)

// row is what the page of a collection lists right in it, and the collections
// in it, each in its order.
func (b *bed) row(c *lectern.Collection) string {
	b.Helper()
	s, err := b.store.CollectionPage(b.ctx, b.visit("en"), c.ID)
	b.must(err)
	text := strings.TrimSpace(titles(s.Rows))
	for _, x := range s.Children {
		text += " /" + x.Name
	}
	return text
}

var orderTests = []test{
	{"the articles of a collection stand in the order that was set, all others behind", func(b *bed) {
		c, other := b.collection("C", 0), b.collection("Other", 0)
		a, d := b.shelved("A", c.ID, other.ID), b.shelved("D", c.ID, other.ID)
		e, f := b.shelved("E", c.ID), b.shelved("F", other.ID, c.ID)
		order := func(ids ...lectern.ArticleID) *lectern.Order {
			b.Helper()
			o, err := b.store.OrderCollection(b.ctx, b.by, c.ID, lectern.Order{Articles: ids})
			b.must(err)
			now, err := b.store.CollectionOrder(b.ctx, b.ws, c.ID)
			b.must(err)
			b.equal("order", *o, *now)
			return o
		}
		b.equal("events", b.happened(func() { order(f.ID, d.ID) }), "collection.updated")
		b.equal("C", b.row(c), "F D A E")
		b.equal("another collection", b.row(other), "A D F")
		b.equal("order", order(e.ID).Articles, []lectern.ArticleID{e.ID, f.ID, d.ID, a.ID})
		b.shelved("G", c.ID)
		b.equal("with a new one", b.row(c), "E F D A G")
		order()
		b.equal("nothing asked", b.row(c), "E F D A G")
		order(a.ID, f.ID)
		b.equal("C", b.row(c), "A F E D G")

		b.equal("first", b.read("en", a.ID), "en <p>A</p> A(C) en:A >F")
		b.equal("in the middle", b.read("en", e.ID), "en <p>E</p> E(C) en:E <F >D")
		b.equal("before one that has no place", b.read("en", d.ID), "en <p>D</p> D(C) en:D <E >G")
		// F is in Other first: its neighbours are those it has there.
		b.equal("in two", b.read("en", f.ID), "en <p>F</p> F(Other) en:F <D")

		b.must(b.store.DeleteArticle(b.ctx, b.by, e.ID))
		_, err := b.store.UpdateArticle(b.ctx, b.by, f.ID, &lectern.ArticleEdit{Parents: &[]lectern.CollectionID{c.ID}}, nil)
		b.must(err)
		b.equal("moved out of another", b.row(c), "A F D G")
		b.equal("page", b.read("en", f.ID), "en <p>F</p> F(C) en:F <A >D")
		texts, err := b.store.PublicTexts(b.ctx, b.visit(""), lectern.PublicQuery{Limit: 9})
		b.must(err)
		place := map[string]int{}
		for _, t := range texts {
			if place[t.Title] = t.Place; t.Collection != c.ID {
				b.Errorf("%s is in %d", t.Title, t.Collection)
			}
		}
		if !(place["A"] < place["F"] && place["F"] < place["D"] && place["D"] < place["G"]) {
			b.Errorf("places %v", place)
		}
	}},
	{"the collections in a collection and at the top level stand in the order that was set", func(b *bed) {
		top := b.collection("Top", 0)
		b.collection("Gone", 0)
		x, y, z := b.collection("X", top.ID), b.collection("Y", top.ID), b.collection("Z", top.ID)
		last := b.collection("Last", 0)
		for _, c := range []*lectern.Collection{x, y, z, last} {
			b.shelved("in "+c.Texts["en"].Name, c.ID)
		}
		b.equal("events", b.happened(func() {
			o, err := b.store.OrderCollection(b.ctx, b.by, top.ID, lectern.Order{Collections: []lectern.CollectionID{z.ID}})
			b.must(err)
			b.equal("order", o.Collections, []lectern.CollectionID{z.ID, x.ID, y.ID})
		}), "collection.updated")
		b.equal("Top", b.row(top), " /Z /X /Y")
		b.equal("events", b.happened(func() {
			_, err := b.store.OrderHelpCenter(b.ctx, b.by, b.home.ID, lectern.Order{Collections: []lectern.CollectionID{last.ID}})
			b.must(err)
		}), "help_center.updated")
		b.equal("outline", b.outline("en"), "4 by 1 Last(1 by Ada) Top(3 by Ada) [ Z(1 by Ada) X(1 by Ada) Y(1 by Ada) ]")
		o, err := b.store.HelpCenterOrder(b.ctx, b.ws, b.home.ID)
		b.must(err)
		b.equal("order", o.Collections[:2], []lectern.CollectionID{last.ID, top.ID})
	}},
	{"an order names what is there, each once", func(b *bed) {
		c, other := b.collection("C", 0), b.collection("Other", 0)
		a, foreign := b.shelved("A", c.ID), b.shelved("B", other.ID)
		child := b.collection("Child", other.ID)
		b.equal("events", b.happened(func() {
			for field, orders := range map[string][]lectern.Order{
				"article_ids": {{Articles: []lectern.ArticleID{a.ID, foreign.ID}}, {Articles: []lectern.ArticleID{5}},
					{Articles: []lectern.ArticleID{a.ID, a.ID}}, {Articles: make([]lectern.ArticleID, lectern.MaxOrdered+1)}},
				"collection_ids": {{Collections: []lectern.CollectionID{child.ID}}, {Collections: []lectern.CollectionID{c.ID}}},
			} {
				for _, o := range orders {
					_, err := b.store.OrderCollection(b.ctx, b.by, c.ID, o)
					b.refused(err, lectern.Invalid, field)
				}
			}
			_, err := b.store.OrderHelpCenter(b.ctx, b.by, b.home.ID, lectern.Order{Collections: []lectern.CollectionID{c.ID, child.ID}})
			b.refused(err, lectern.Invalid, "collection_ids")
			_, err = b.store.OrderHelpCenter(b.ctx, b.by, b.home.ID, lectern.Order{Articles: []lectern.ArticleID{a.ID}})
			b.refused(err, lectern.Invalid, "article_ids")
		}), "")
		_, err := b.store.OrderCollection(b.ctx, b.by, 5, lectern.Order{})
		b.refused(err, lectern.NotFound, "")
		_, err = b.store.CollectionOrder(b.ctx, b.ws, 5)
		b.refused(err, lectern.NotFound, "")
		_, err = b.store.OrderHelpCenter(b.ctx, b.by, 5, lectern.Order{})
		b.refused(err, lectern.NotFound, "")
		o := b.another()
		_, err = o.store.OrderCollection(o.ctx, o.by, c.ID, lectern.Order{})
		b.refused(err, lectern.NotFound, "")
	}},
}
