package storetest

import (
	"errors"
	"maps"
	"slices"
	"time"

	"lectern"
)

// everywhere is what a new article's text is available to.
var everywhere = lectern.Availability{Chatbot: true, Copilot: true, SalesAgent: true}

var articleTests = []test{
	{"an article comes back as it was written", func(b *bed) {
		c, d := b.collection("C", 0), b.collection("D", 0)
		edit := b.edit("Title", "<p>Body</p>", lectern.Published)
		edit.Description = new("Description")
		edit.Parents = &[]lectern.CollectionID{d.ID, c.ID, d.ID}
		edit.Texts = map[lectern.Locale]lectern.ArticleTextEdit{"fr": {Title: new("Titre")}}
		made, err := b.store.AddArticle(b.ctx, b.by, edit)
		b.must(err)
		now := b.clock.seconds()
		want := lectern.Article{
			ID: made.ID, HelpCenter: b.home.ID, Parents: []lectern.CollectionID{d.ID, c.ID},
			Texts: map[lectern.Locale]lectern.ArticleText{
				"en": {
					Content: made.Texts["en"].Content, Version: made.Texts["en"].Version,
					Wording: lectern.Wording{Title: "Title", Description: "Description", Body: "<p>Body</p>", Author: b.by.Admin},
					State:   lectern.Published, Availability: everywhere, CreatedBy: b.by.Admin, UpdatedBy: b.by.Admin,
					CreatedAt: now, UpdatedAt: now, PublishedAt: now,
				},
				"fr": {
					Content: made.Texts["fr"].Content, Version: made.Texts["fr"].Version,
					Wording: lectern.Wording{Title: "Titre", Author: b.by.Admin},
					State:   lectern.Draft, Availability: everywhere, CreatedBy: b.by.Admin, UpdatedBy: b.by.Admin,
					CreatedAt: now, UpdatedAt: now,
				},
			},
			CreatedBy: b.by.Admin, UpdatedBy: b.by.Admin, CreatedAt: now, UpdatedAt: now,
		}
		b.equal("what AddArticle returns", *made, want)
		got, err := b.store.Article(b.ctx, b.ws, made.ID)
		b.must(err)
		b.equal("what Article returns", *got, want)
		if id := made.Texts["en"].Content; id == 0 || id == made.Texts["fr"].Content || int64(id) == int64(made.ID) {
			b.Errorf("content IDs %d and %d of article %d", id, made.Texts["fr"].Content, made.ID)
		}
		_, err = b.store.Article(b.ctx, b.ws, made.ID+1000)
		b.refused(err, lectern.NotFound, "")
	}},
	{"an update merges and keeps what it does not name", func(b *bed) {
		a := b.article("Title", "Body")
		grace, err := b.store.AddAdmin(b.ctx, b.by, lectern.Admin{Name: "Grace"})
		b.must(err)
		b.clock.pass(time.Minute)
		by := b.by
		by.Admin = grace.ID
		got, err := b.store.UpdateArticle(b.ctx, by, a.ID, &lectern.ArticleEdit{
			ArticleTextEdit: lectern.ArticleTextEdit{Title: new("New")},
		}, nil)
		b.must(err)
		want := *a
		text := a.Texts["en"]
		text.Title, text.Version = "New", got.Texts["en"].Version
		text.UpdatedAt, text.UpdatedBy = b.clock.seconds(), grace.ID
		want.Texts = map[lectern.Locale]lectern.ArticleText{"en": text}
		want.UpdatedAt, want.UpdatedBy = b.clock.seconds(), grace.ID
		b.equal("what UpdateArticle returns", *got, want)
		got, err = b.store.Article(b.ctx, b.ws, a.ID)
		b.must(err)
		b.equal("what Article returns", *got, want)
	}},
	{"each locale has its own times", func(b *bed) {
		a := b.article("Title", "Body")
		first := b.clock.seconds()
		b.clock.pass(time.Hour)
		_, err := b.store.UpdateArticle(b.ctx, b.by, a.ID, &lectern.ArticleEdit{
			Texts: map[lectern.Locale]lectern.ArticleTextEdit{"de": {Title: new("Titel")}},
		}, nil)
		b.must(err)
		got, err := b.store.Article(b.ctx, b.ws, a.ID)
		b.must(err)
		b.equal("times", []time.Time{got.UpdatedAt, got.Texts["en"].UpdatedAt, got.Texts["de"].CreatedAt, got.CreatedAt},
			[]time.Time{b.clock.seconds(), first, b.clock.seconds(), first})
	}},
	{"a translation switches its locale on, and tells", func(b *bed) {
		a := b.article("Title", "Body")
		b.clock.pass(time.Minute)
		translate := &lectern.ArticleEdit{Texts: map[lectern.Locale]lectern.ArticleTextEdit{"de": {Title: new("Titel")}}}
		b.equal("events", b.happened(func() {
			for range 2 {
				_, err := b.store.UpdateArticle(b.ctx, b.by, a.ID, translate, nil)
				b.must(err)
			}
		}), "help_center.updated article.updated article.updated")
		h, err := b.store.HelpCenter(b.ctx, b.ws, b.home.ID)
		b.must(err)
		b.equal("locales", h.Locales, []lectern.Locale{"en", "de"})
		b.equal("updated at", h.UpdatedAt, b.clock.seconds())
		e := b.events()
		b.equal("told", e[len(e)-3].Data, lectern.EventData{Via: lectern.ViaCommand, Name: "Help help", Before: "locales: en", After: "locales: en, de"})
	}},
	{"a locale outside a fixed list is left out and named", func(b *bed) {
		_, err := b.store.UpdateHelpCenter(b.ctx, b.by, b.home.ID, func(h *lectern.HelpCenter) error {
			h.LocalesFixed = true
			return nil
		})
		b.must(err)
		edit := b.edit("Title", "Body", lectern.Draft)
		edit.Texts = map[lectern.Locale]lectern.ArticleTextEdit{"de": {Title: new("Titel")}}
		a, err := b.store.AddArticle(b.ctx, b.by, edit)
		b.must(err)
		b.equal("ignored", edit.Ignored, []lectern.Locale{"de"})
		b.equal("texts", len(a.Texts), 1)
	}},
	{"an update refused leaves no trace", func(b *bed) {
		c := b.collection("C", 0)
		a := b.article("Title", "Body")
		title := lectern.ArticleTextEdit{Title: new("changed")}
		author := title
		author.Author = new(lectern.AdminID(5))
		var edits = map[string]*lectern.ArticleEdit{
			"author_id": {ArticleTextEdit: author, Parents: &[]lectern.CollectionID{c.ID}},
			"parent_id": {ArticleTextEdit: title, Parents: &[]lectern.CollectionID{c.ID, 5}},
			"title":     {ArticleTextEdit: lectern.ArticleTextEdit{Title: new(""), Body: new("x")}, Parents: &[]lectern.CollectionID{c.ID}},
		}
		b.clock.pass(time.Minute)
		b.equal("events", b.happened(func() {
			for field, edit := range edits {
				_, err := b.store.UpdateArticle(b.ctx, b.by, a.ID, edit, nil)
				b.refused(err, lectern.Invalid, field)
			}
		}), "")
		got, err := b.store.Article(b.ctx, b.ws, a.ID)
		b.must(err)
		b.equal("article", *got, *a)
	}},
	{"a creation refused leaves no trace", func(b *bed) {
		b.equal("events", b.happened(func() {
			edit := b.edit("T", "", lectern.Draft)
			edit.Author = new(lectern.AdminID(5))
			_, err := b.store.AddArticle(b.ctx, b.by, edit)
			b.refused(err, lectern.Invalid, "author_id")
			edit = b.edit("T", "", lectern.Draft)
			edit.Parents = &[]lectern.CollectionID{5}
			_, err = b.store.AddArticle(b.ctx, b.by, edit)
			b.refused(err, lectern.Invalid, "parent_id")
			_, err = b.store.AddArticle(b.ctx, b.by, b.edit("", "", lectern.Draft))
			b.refused(err, lectern.Missing, "title")
		}), "")
		_, total, err := b.store.Articles(b.ctx, b.ws, lectern.ArticleQuery{Limit: 10})
		b.must(err)
		b.equal("total", total, 0)
		h, err := b.store.HelpCenter(b.ctx, b.ws, b.home.ID)
		b.must(err)
		b.equal("help center", *h, *b.home)
	}},
	{"a check sees the article as it stands and may refuse", func(b *bed) {
		a := b.article("Title", "Body")
		stale := &lectern.Error{Kind: lectern.Stale}
		b.equal("events", b.happened(func() {
			_, err := b.store.UpdateArticle(b.ctx, b.by, a.ID, b.edit("x", "y", lectern.Draft),
				func(got *lectern.Article, h *lectern.HelpCenter) error {
					b.equal("article", *got, *a)
					b.equal("help center", *h, *b.home)
					return stale
				})
			if !errors.Is(err, lectern.Stale) {
				b.Errorf("error %v, want stale", err)
			}
		}), "")
		_, err := b.store.UpdateArticle(b.ctx, b.by, a.ID+1000, &lectern.ArticleEdit{}, nil)
		b.refused(err, lectern.NotFound, "")
	}},
	{"an article moves to the help center of its first parent, and its languages with it", func(b *bed) {
		edit := b.edit("Title", "Body", lectern.Draft)
		edit.Texts = map[lectern.Locale]lectern.ArticleTextEdit{"de": {Title: new("Titel")}}
		a, err := b.store.AddArticle(b.ctx, b.by, edit)
		b.must(err)
		docs := b.center("docs")
		there, err := b.store.AddCollection(b.ctx, b.by, &lectern.CollectionEdit{
			CollectionTextEdit: lectern.CollectionTextEdit{Name: new("There")}, HelpCenter: &docs.ID,
		})
		b.must(err)
		got, err := b.store.UpdateArticle(b.ctx, b.by, a.ID, &lectern.ArticleEdit{Parents: &[]lectern.CollectionID{there.ID}}, nil)
		b.must(err)
		b.equal("help center", got.HelpCenter, docs.ID)
		h, err := b.store.HelpCenter(b.ctx, b.ws, docs.ID)
		b.must(err)
		b.equal("locales", h.Locales, []lectern.Locale{"en", "de"})
		got, err = b.store.UpdateArticle(b.ctx, b.by, a.ID, &lectern.ArticleEdit{Parents: &[]lectern.CollectionID{}}, nil)
		b.must(err)
		b.equal("help center", got.HelpCenter, b.home.ID)
		b.equal("parents", len(got.Parents), 0)
		_, err = b.store.UpdateArticle(b.ctx, b.by, a.ID, &lectern.ArticleEdit{
			Parents: &[]lectern.CollectionID{there.ID, b.collection("Here", 0).ID},
		}, nil)
		b.refused(err, lectern.Invalid, "parent_id")
	}},
	{"publishing and withdrawing are told by locale", func(b *bed) {
		a := b.article("Title", "Body")
		for _, e := range []*lectern.ArticleEdit{
			{Texts: map[lectern.Locale]lectern.ArticleTextEdit{"de": {Title: new("T"), State: new(lectern.Published)}}},
			{ArticleTextEdit: lectern.ArticleTextEdit{State: new(lectern.Draft)}},
		} {
			b.clock.pass(time.Second)
			_, err := b.store.UpdateArticle(b.ctx, b.by, a.ID, e, nil)
			b.must(err)
		}
		b.must(b.store.DeleteArticle(b.ctx, b.by, a.ID))
		at := a.CreatedAt.Unix()
		var told []lectern.EventData
		for _, e := range b.events() {
			if e.Object == int64(a.ID) {
				told = append(told, e.Data)
			}
		}
		b.equal("told", told, []lectern.EventData{
			{Via: lectern.ViaCommand, Name: "Title", UpdatedAt: at, Published: []lectern.Locale{"en"}},
			{Via: lectern.ViaCommand, Name: "Title", PreviousUpdatedAt: at, UpdatedAt: at + 1, Published: []lectern.Locale{"de"}},
			{Via: lectern.ViaCommand, Name: "Title", PreviousUpdatedAt: at + 1, UpdatedAt: at + 2, Unpublished: []lectern.Locale{"en"}},
			{Via: lectern.ViaCommand, Name: "Title", PreviousUpdatedAt: at + 2},
		})
	}},
	{"a deleted article is gone", func(b *bed) {
		edit := b.edit("Title", "Body", lectern.Published)
		edit.Parents = &[]lectern.CollectionID{b.collection("C", 0).ID}
		a, err := b.store.AddArticle(b.ctx, b.by, edit)
		b.must(err)
		b.equal("events", b.happened(func() {
			b.must(b.store.DeleteArticle(b.ctx, b.by, a.ID))
			b.refused(b.store.DeleteArticle(b.ctx, b.by, a.ID), lectern.NotFound, "")
		}), "article.deleted")
		_, err = b.store.Article(b.ctx, b.ws, a.ID)
		b.refused(err, lectern.NotFound, "")
		b.equal("found", b.search(lectern.SearchQuery{Phrase: "title", Limit: 10}), []lectern.ArticleID(nil))
	}},
	{"an article can be written in every locale", func(b *bed) {
		edit := b.edit("Title", "Body", lectern.Published)
		edit.Texts = map[lectern.Locale]lectern.ArticleTextEdit{}
		for _, l := range lectern.Locales {
			edit.Texts[l] = lectern.ArticleTextEdit{Title: new("in " + string(l)), State: new(lectern.Published)}
		}
		made, err := b.store.AddArticle(b.ctx, b.by, edit)
		b.must(err)
		got, err := b.store.Article(b.ctx, b.ws, made.ID)
		b.must(err)
		b.equal("article", *got, *made)
		b.equal("locales", slices.Sorted(maps.Keys(got.Texts)), slices.Sorted(slices.Values(lectern.Locales)))
		for _, l := range lectern.Locales {
			b.equal("title", got.Texts[l].Title, "in "+string(l))
		}
	}},
	{"hostile text comes back unchanged from every field", func(b *bed) {
		for _, s := range hostile {
			edit := b.edit(s, s, lectern.Published)
			edit.Description = &s
			a, err := b.store.AddArticle(b.ctx, b.by, edit)
			b.must(err)
			got, err := b.store.Article(b.ctx, b.ws, a.ID)
			b.must(err)
			t := got.Texts["en"]
			b.equal("texts", []string{t.Title, t.Description, t.Body}, []string{s, s, s})
			c, err := b.store.AddCollection(b.ctx, b.by, &lectern.CollectionEdit{
				CollectionTextEdit: lectern.CollectionTextEdit{Name: &s, Description: &s},
			})
			b.must(err)
			c, err = b.store.Collection(b.ctx, b.ws, c.ID)
			b.must(err)
			b.equal("texts", c.Texts["en"], lectern.CollectionText{Name: s, Description: s})
			g, err := b.store.AddTag(b.ctx, b.by, s)
			b.must(err)
			g, err = b.store.Tag(b.ctx, b.ws, g.ID)
			b.must(err)
			b.equal("name", g.Name, s)
			m, err := b.store.AddAdmin(b.ctx, b.by, lectern.Admin{Name: s, Email: s, JobTitle: s, AvatarURL: s})
			b.must(err)
			m, err = b.store.Admin(b.ctx, b.ws, m.ID)
			b.must(err)
			b.equal("admin", []string{m.Name, m.Email, m.JobTitle, m.AvatarURL}, []string{s, s, s, s})
			w, err := b.store.AddTeam(b.ctx, b.by, lectern.Team{Name: s})
			b.must(err)
			w, err = b.store.Team(b.ctx, b.ws, w.ID)
			b.must(err)
			b.equal("team", w.Name, s)
			h, err := b.store.AddHelpCenter(b.ctx, b.by, lectern.HelpCenter{Identifier: s, DisplayName: s, CustomDomain: s, DefaultLocale: "en"})
			b.must(err)
			h, err = b.store.HelpCenter(b.ctx, b.ws, h.ID)
			b.must(err)
			b.equal("help center", []string{h.Identifier, h.DisplayName, h.CustomDomain}, []string{s, s, s})
			k, err := b.store.AddToken(b.ctx, b.by, lectern.Token{Name: s, APIVersion: s, Hash: lectern.HashToken(s)})
			b.must(err)
			k, err = b.store.TokenByHash(b.ctx, k.Hash)
			b.must(err)
			b.equal("token", []string{k.Name, k.APIVersion}, []string{s, s})
			by := b.by
			by.IP = s
			b.must(b.store.DeleteTag(b.ctx, by, g.ID))
			e := b.events()
			b.equal("event", []string{e[len(e)-1].IP, e[len(e)-1].Data.Name}, []string{s, s})
		}
	}},
}

// hostile are texts that break programs which take text for something else.
var hostile = []string{
	`'; DROP TABLE article; --`, `" OR "" = "`, `$1`, `?1 :a @b`, `\`, `%_`, "a\nb\r\n\tc", `NEAR(a b) AND NOT "`, `{"a":1}`, `</script>`,
	"\u0091\u0092\u0093", "👩‍👩‍👧", "a\u202e\ufeff", "ﷺ", `NULL`, `0`, `a,b`,
}
