package storetest

import (
	"errors"
	"time"

	"lectern"
)

var internalArticleTests = []test{
	{"an internal article keeps what it is given", func(b *bed) {
		owner, err := b.store.AddAdmin(b.ctx, b.by, lectern.Admin{Name: "Bo", Email: "bo@example.com"})
		b.must(err)
		f := b.folder("Handbook", 0)
		one, two := b.audience("one").ID, b.audience("two").ID
		edit := b.internalEdit("How we refund", "Ask for a date.")
		edit.Owner, edit.Locale, edit.Folder = &owner.ID, new(lectern.Locale("de")), &f.ID
		edit.Availability.Copilot = new(true)
		edit.Audiences = &[]lectern.AudienceID{two, one, two}
		a, err := b.store.AddInternalArticle(b.ctx, b.by, edit)
		b.must(err)
		want := lectern.InternalArticle{
			ID: a.ID, Title: "How we refund", Body: "Ask for a date.", Locale: "de", Owner: owner.ID, Author: b.by.Admin,
			Availability: lectern.Availability{Copilot: true}, Audiences: []lectern.AudienceID{two, one}, Folder: f.ID,
			CreatedAt: b.clock.seconds(), UpdatedAt: b.clock.seconds(),
		}
		b.equal("added", *a, want)
		got, err := b.store.InternalArticle(b.ctx, b.ws, a.ID)
		b.must(err)
		b.equal("read", *got, want)
	}},
	{"an internal article is in the default language unless it says so", func(b *bed) {
		a := b.internal("A")
		b.equal("locale", a.Locale, lectern.Locale("en"))
		b.equal("availability", a.Availability, lectern.Availability{})
	}},
	{"an edit changes what it names of an internal article", func(b *bed) {
		f := b.folder("Handbook", 0)
		edit := b.internalEdit("A", "old")
		edit.Folder, edit.Audiences = &f.ID, &[]lectern.AudienceID{b.audience("one").ID}
		a, err := b.store.AddInternalArticle(b.ctx, b.by, edit)
		b.must(err)
		b.clock.pass(time.Minute)
		b.equal("events", b.happened(func() {
			got, err := b.store.UpdateInternalArticle(b.ctx, b.by, a.ID, &lectern.InternalArticleEdit{Body: new("new")}, func(now *lectern.InternalArticle) error {
				b.equal("before", *now, *a)
				return nil
			})
			b.must(err)
			want := *a
			want.Body, want.UpdatedAt = "new", b.clock.seconds()
			b.equal("updated", *got, want)
			got, err = b.store.UpdateInternalArticle(b.ctx, b.by, a.ID, &lectern.InternalArticleEdit{
				Folder: new(lectern.FolderID(0)), Audiences: &[]lectern.AudienceID{},
			}, nil)
			b.must(err)
			want.Folder, want.Audiences = 0, nil
			b.equal("updated", *got, want)
			got, err = b.store.InternalArticle(b.ctx, b.ws, a.ID)
			b.must(err)
			b.equal("read", *got, want)
		}), "internal_article.updated internal_article.updated")
	}},
	{"a refused internal article leaves nothing", func(b *bed) {
		a := b.internal("A")
		b.equal("events", b.happened(func() {
			for field, spoil := range map[string]func(*lectern.InternalArticleEdit){
				"author_id":    func(e *lectern.InternalArticleEdit) { e.Author = new(b.by.Admin + 1000) },
				"owner_id":     func(e *lectern.InternalArticleEdit) { e.Owner = new(b.by.Admin + 1000) },
				"folder_id":    func(e *lectern.InternalArticleEdit) { e.Folder = new(lectern.FolderID(a.ID)) },
				"audience_ids": func(e *lectern.InternalArticleEdit) { e.Audiences = &[]lectern.AudienceID{1} },
				"title":        func(e *lectern.InternalArticleEdit) { e.Title = new("") },
				"body":         func(e *lectern.InternalArticleEdit) { e.Body = new("\x00") },
			} {
				edit := b.internalEdit("B", "new")
				spoil(edit)
				_, err := b.store.UpdateInternalArticle(b.ctx, b.by, a.ID, edit, nil)
				b.refused(err, lectern.Invalid, field)
				kind := lectern.Invalid
				if field == "title" {
					kind = lectern.Missing
				}
				_, err = b.store.AddInternalArticle(b.ctx, b.by, edit)
				b.refused(err, kind, field)
			}
			_, err := b.store.UpdateInternalArticle(b.ctx, b.by, a.ID, b.internalEdit("B", ""), func(*lectern.InternalArticle) error { return lectern.Stale })
			if !errors.Is(err, lectern.Stale) {
				b.Errorf("error %v, want what check returned", err)
			}
			_, err = b.store.UpdateInternalArticle(b.ctx, b.by, a.ID+1000, b.internalEdit("B", ""), nil)
			b.refused(err, lectern.NotFound, "")
		}), "")
		got, err := b.store.InternalArticle(b.ctx, b.ws, a.ID)
		b.must(err)
		b.equal("article", *got, *a)
		_, total, err := b.store.InternalArticles(b.ctx, b.ws, lectern.InternalArticleQuery{Limit: 10})
		b.must(err)
		b.equal("total", total, 1)
	}},
	{"internal articles are listed by their last change", func(b *bed) {
		var list []lectern.InternalArticleID
		for _, title := range []string{"A", "B", "C"} {
			list = append(list, b.internal(title).ID)
		}
		b.clock.pass(time.Minute)
		_, err := b.store.UpdateInternalArticle(b.ctx, b.by, list[1], &lectern.InternalArticleEdit{Title: new("b")}, nil)
		b.must(err)
		want := []lectern.InternalArticleID{list[1], list[2], list[0]}
		b.equal("all", b.internals(lectern.InternalArticleQuery{Limit: 10}, 3), want)
		b.equal("a page", b.internals(lectern.InternalArticleQuery{Limit: 1, Offset: 2}, 3), want[2:])
		b.equal("past the end", b.internals(lectern.InternalArticleQuery{Limit: 1, Offset: 3}, 3), want[:0])
	}},
	{"internal articles are found in a folder, and in the folders inside it", func(b *bed) {
		top := b.folder("top", 0)
		middle := b.folder("middle", top.ID)
		bottom := b.folder("bottom", middle.ID)
		b.internal("elsewhere")
		in := map[lectern.FolderID]lectern.InternalArticleID{}
		for _, f := range []*lectern.Folder{top, middle, bottom} {
			edit := b.internalEdit(f.Name, "")
			edit.Folder = &f.ID
			a, err := b.store.AddInternalArticle(b.ctx, b.by, edit)
			b.must(err)
			in[f.ID] = a.ID
		}
		type ids = []lectern.InternalArticleID
		b.equal("in top", b.internals(lectern.InternalArticleQuery{Folder: top.ID, Limit: 10}, 1), ids{in[top.ID]})
		b.equal("below top", b.internals(lectern.InternalArticleQuery{Folder: top.ID, Deep: true, Limit: 10}, 3), ids{in[bottom.ID], in[middle.ID], in[top.ID]})
		b.equal("below middle", b.internals(lectern.InternalArticleQuery{Folder: middle.ID, Deep: true, Limit: 1}, 2), ids{in[bottom.ID]})
		b.equal("below nothing", b.internals(lectern.InternalArticleQuery{Folder: bottom.ID + 1000, Deep: true, Limit: 10}, 0), ids(nil))
	}},
	{"an internal article carries tags, which leave with it", func(b *bed) {
		a, g := b.internal("A"), b.tag("one")
		o := lectern.Object{Kind: lectern.InternalArticleObject, ID: int64(a.ID)}
		f := b.folder("f", 0)
		_, err := b.store.UpdateInternalArticle(b.ctx, b.by, a.ID, &lectern.InternalArticleEdit{Folder: &f.ID, Audiences: &[]lectern.AudienceID{b.audience("x").ID}}, nil)
		b.must(err)
		_, err = b.store.TagObject(b.ctx, b.by, o, g.ID, 0)
		b.must(err)
		got, err := b.store.InternalArticle(b.ctx, b.ws, a.ID)
		b.must(err)
		b.equal("tags", names(got.Tags), []string{"one"})
		b.equal("events", b.happened(func() {
			b.must(b.store.DeleteInternalArticle(b.ctx, b.by, a.ID))
			b.refused(b.store.DeleteInternalArticle(b.ctx, b.by, a.ID), lectern.NotFound, "")
		}), "internal_article.deleted")
		_, err = b.store.InternalArticle(b.ctx, b.ws, a.ID)
		b.refused(err, lectern.NotFound, "")
		b.must(b.store.DeleteTag(b.ctx, b.by, g.ID))
		b.must(b.store.DeleteFolder(b.ctx, b.by, f.ID))
	}},
	{"an internal article is no article", func(b *bed) {
		a := b.internal("refund")
		_, err := b.store.Article(b.ctx, b.ws, lectern.ArticleID(a.ID))
		b.refused(err, lectern.NotFound, "")
		_, total, err := b.store.Articles(b.ctx, b.ws, lectern.ArticleQuery{Limit: 10})
		b.must(err)
		b.equal("articles", total, 0)
		b.equal("hits", b.search(lectern.SearchQuery{Phrase: "refund"}), ids(nil))
		b.equal("all hits", b.search(lectern.SearchQuery{}), ids(nil))
	}},
	{"another workspace's internal articles are out of reach", func(b *bed) {
		a, f, x := b.internal("Secret"), b.folder("Secret", 0), b.audience("Secret").ID
		o := b.another()
		before := o.happened(func() {})
		_, err := o.store.InternalArticle(o.ctx, o.ws, a.ID)
		o.refused(err, lectern.NotFound, "")
		_, err = o.store.UpdateInternalArticle(o.ctx, o.by, a.ID, &lectern.InternalArticleEdit{}, nil)
		o.refused(err, lectern.NotFound, "")
		o.refused(o.store.DeleteInternalArticle(o.ctx, o.by, a.ID), lectern.NotFound, "")
		o.equal("list", o.internals(lectern.InternalArticleQuery{Limit: 10}, 0), []lectern.InternalArticleID(nil))
		for field, spoil := range map[string]func(*lectern.InternalArticleEdit){
			"author_id":    func(e *lectern.InternalArticleEdit) { e.Author = &b.by.Admin },
			"owner_id":     func(e *lectern.InternalArticleEdit) { e.Owner = &b.by.Admin },
			"folder_id":    func(e *lectern.InternalArticleEdit) { e.Folder = &f.ID },
			"audience_ids": func(e *lectern.InternalArticleEdit) { e.Audiences = &[]lectern.AudienceID{x} },
		} {
			edit := o.internalEdit("T", "")
			spoil(edit)
			_, err := o.store.AddInternalArticle(o.ctx, o.by, edit)
			o.refused(err, lectern.Invalid, field)
		}
		o.equal("events", o.happened(func() {}), before)
		got, err := b.store.InternalArticle(b.ctx, b.ws, a.ID)
		b.must(err)
		b.equal("article", *got, *a)
	}},
}

// internalEdit is what makes an internal article.
func (b *bed) internalEdit(title, body string) *lectern.InternalArticleEdit {
	return &lectern.InternalArticleEdit{Title: &title, Body: &body, Author: new(b.by.Admin), Owner: new(b.by.Admin)}
}

// internal adds an internal article.
func (b *bed) internal(title string) *lectern.InternalArticle {
	b.Helper()
	a, err := b.store.AddInternalArticle(b.ctx, b.by, b.internalEdit(title, ""))
	b.must(err)
	return a
}

// internals lists the IDs of a page; total is how many there must be on all.
func (b *bed) internals(q lectern.InternalArticleQuery, total int) []lectern.InternalArticleID {
	b.Helper()
	list, n, err := b.store.InternalArticles(b.ctx, b.ws, q)
	b.must(err)
	b.equal("total", n, total)
	var found []lectern.InternalArticleID
	for _, a := range list {
		found = append(found, a.ID)
	}
	return found
}
