package storetest

import (
	"time"

	"lectern"
)

var taggingTests = []test{
	{"a tag is put on an article, once", func(b *bed) {
		a, o := b.tagged("A")
		old, late := b.tag("old"), b.tag("late")
		by, err := b.store.AddAdmin(b.ctx, b.by, lectern.Admin{Name: "Bo", Email: "bo@example.com"})
		b.must(err)
		b.clock.pass(time.Minute)
		b.equal("events", b.happened(func() {
			g, err := b.store.TagObject(b.ctx, b.by, o, late.ID, by.ID)
			b.must(err)
			b.equal("tagging", *g, lectern.Tagging{Tag: *late, AppliedAt: b.clock.seconds(), AppliedBy: by.ID})
			b.clock.pass(time.Minute)
			again, err := b.store.TagObject(b.ctx, b.by, o, late.ID, 0)
			b.must(err)
			b.equal("tagging", *again, *g)
			g, err = b.store.TagObject(b.ctx, b.by, o, old.ID, 0)
			b.must(err)
			b.equal("admin", g.AppliedBy, b.by.Admin)
		}), "tag.applied tag.applied")
		got, err := b.store.Article(b.ctx, b.ws, a.ID)
		b.must(err)
		b.equal("tags", names(got.Tags), []string{"late", "old"})
		b.equal("updated at", got.UpdatedAt, a.UpdatedAt)
		e := b.events()
		b.equal("data", e[len(e)-1].Data, lectern.EventData{Via: lectern.ViaCommand, ObjectKind: lectern.ArticleObject, Tag: old.ID})
		b.equal("object", e[len(e)-1].Object, int64(a.ID))
	}},
	{"a tag is taken off", func(b *bed) {
		a, o := b.tagged("A")
		g := b.tag("one")
		_, err := b.store.TagObject(b.ctx, b.by, o, g.ID, 0)
		b.must(err)
		b.equal("events", b.happened(func() {
			gone, err := b.store.UntagObject(b.ctx, b.by, o, g.ID)
			b.must(err)
			b.equal("tagging", *gone, lectern.Tagging{Tag: *g})
			_, err = b.store.UntagObject(b.ctx, b.by, o, g.ID)
			b.refused(err, lectern.NotFound, "id")
		}), "tag.removed")
		got, err := b.store.Article(b.ctx, b.ws, a.ID)
		b.must(err)
		b.equal("tags", len(got.Tags), 0)
	}},
	{"only what exists is tagged", func(b *bed) {
		a, o := b.tagged("A")
		g := b.tag("one")
		b.equal("events", b.happened(func() {
			_, err := b.store.TagObject(b.ctx, b.by, o, g.ID+1000, 0)
			b.refused(err, lectern.NotFound, "id")
			_, err = b.store.TagObject(b.ctx, b.by, o, g.ID, b.by.Admin+1000)
			b.refused(err, lectern.Invalid, "admin_id")
			for _, o := range []lectern.Object{
				{Kind: lectern.ArticleObject, ID: int64(a.ID) + 1000},
				{Kind: lectern.InternalArticleObject, ID: int64(a.ID)},
				{Kind: lectern.SnippetObject, ID: int64(a.ID)},
				{Kind: "tag", ID: int64(g.ID)},
			} {
				_, err = b.store.TagObject(b.ctx, b.by, o, g.ID, 0)
				b.refused(err, lectern.NotFound, "")
				_, err = b.store.UntagObject(b.ctx, b.by, o, g.ID)
				b.refused(err, lectern.NotFound, "")
			}
		}), "")
	}},
	{"a deleted tag is on nothing, and a deleted article leaves its tags", func(b *bed) {
		a, o := b.tagged("A")
		gone, stays := b.tag("gone"), b.tag("stays")
		for _, g := range []*lectern.Tag{gone, stays} {
			_, err := b.store.TagObject(b.ctx, b.by, o, g.ID, 0)
			b.must(err)
		}
		b.must(b.store.DeleteTag(b.ctx, b.by, gone.ID))
		got, err := b.store.Article(b.ctx, b.ws, a.ID)
		b.must(err)
		b.equal("tags", names(got.Tags), []string{"stays"})
		b.must(b.store.DeleteArticle(b.ctx, b.by, a.ID))
		b.must(b.store.DeleteTag(b.ctx, b.by, stays.ID))
	}},
	{"a page of articles shows the tags of each", func(b *bed) {
		one, two := b.tag("one"), b.tag("two")
		a, o := b.tagged("A")
		b.tagged("B")
		c, p := b.tagged("C")
		for _, x := range []struct {
			o lectern.Object
			g *lectern.Tag
		}{{o, one}, {p, one}, {p, two}} {
			_, err := b.store.TagObject(b.ctx, b.by, x.o, x.g.ID, 0)
			b.must(err)
		}
		list, _, err := b.store.Articles(b.ctx, b.ws, lectern.ArticleQuery{Limit: 10})
		b.must(err)
		for _, x := range list {
			want := []string(nil)
			switch x.ID {
			case a.ID:
				want = []string{"one"}
			case c.ID:
				want = []string{"one", "two"}
			}
			b.equal("tags of "+x.Texts["en"].Title, names(x.Tags), want)
		}
	}},
	{"another workspace's tags and articles are out of reach", func(b *bed) {
		a, mine := b.tagged("A")
		g := b.tag("one")
		_, err := b.store.TagObject(b.ctx, b.by, mine, g.ID, 0)
		b.must(err)
		other := b.another()
		_, theirs := other.tagged("B")
		tag := other.tag("one")
		b.equal("events", other.happened(func() {
			_, err := other.store.TagObject(b.ctx, other.by, mine, tag.ID, 0)
			b.refused(err, lectern.NotFound, "")
			_, err = other.store.UntagObject(b.ctx, other.by, mine, g.ID)
			b.refused(err, lectern.NotFound, "")
			_, err = other.store.TagObject(b.ctx, other.by, theirs, g.ID, 0)
			b.refused(err, lectern.NotFound, "id")
			_, err = other.store.TagObject(b.ctx, other.by, theirs, tag.ID, b.by.Admin)
			b.refused(err, lectern.Invalid, "admin_id")
		}), "")
		got, err := b.store.Article(b.ctx, b.ws, a.ID)
		b.must(err)
		b.equal("tags", names(got.Tags), []string{"one"})
	}},
}

// tagged adds an article, and names it as something to put tags on.
func (b *bed) tagged(title string) (*lectern.Article, lectern.Object) {
	b.Helper()
	a := b.article(title, "")
	return a, lectern.Object{Kind: lectern.ArticleObject, ID: int64(a.ID)}
}

// tag adds a tag.
func (b *bed) tag(name string) *lectern.Tag {
	b.Helper()
	g, err := b.store.AddTag(b.ctx, b.by, name)
	b.must(err)
	return g
}

func names(tags []lectern.Tagging) []string {
	var list []string
	for _, g := range tags {
		list = append(list, g.Name)
	}
	return list
}
