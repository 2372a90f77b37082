package storetest

import (
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	"lectern"
)

var draftTests = []test{
	{"what is staged comes back and changes nothing that readers see", func(b *bed) {
		a := b.article("Live", "<p>Live</p>")
		b.clock.pass(time.Minute)
		edit := &lectern.ArticleEdit{ArticleTextEdit: lectern.ArticleTextEdit{Title: new("Staged"), State: new(lectern.Draft)}}
		staged, err := b.store.StageDraft(b.ctx, b.by, a.ID, edit, nil)
		b.must(err)
		b.equal("text", staged.Texts["en"], a.Texts["en"])
		b.equal("draft", staged.Drafts["en"], lectern.ArticleDraft{
			Wording: lectern.Wording{Title: "Staged", Body: "<p>Live</p>", Author: b.by.Admin},
			Version: staged.Drafts["en"].Version, UpdatedBy: b.by.Admin, UpdatedAt: b.clock.seconds(),
		})
		got, err := b.store.Article(b.ctx, b.ws, a.ID)
		b.must(err)
		b.equal("article", *got, *staged)
		list, _, err := b.store.Articles(b.ctx, b.ws, lectern.ArticleQuery{Limit: 1})
		b.must(err)
		b.equal("listed", *list[0], *staged)
		b.equal("found by what is staged", b.search(lectern.SearchQuery{Phrase: "staged"}), ids(nil))
		b.equal("found by what is live", b.search(lectern.SearchQuery{Phrase: "live"}), ids{a.ID})
	}},
	{"publishing a draft makes its words findable, and tells", func(b *bed) {
		a := b.article("Live", "<p>Live</p>")
		edit := &lectern.ArticleEdit{ArticleTextEdit: lectern.ArticleTextEdit{Title: new("Staged")}}
		b.equal("events", b.happened(func() {
			_, err := b.store.StageDraft(b.ctx, b.by, a.ID, edit, nil)
			b.must(err)
			b.clock.pass(time.Second)
			_, err = b.store.PublishDrafts(b.ctx, b.by, a.ID, nil)
			b.must(err)
		}), "article.updated article.updated")
		got, err := b.store.Article(b.ctx, b.ws, a.ID)
		b.must(err)
		b.equal("drafts", len(got.Drafts), 0)
		b.equal("title", got.Texts["en"].Title, "Staged")
		b.equal("found", b.search(lectern.SearchQuery{Phrase: "staged"}), ids{a.ID})
		_, err = b.store.PublishDrafts(b.ctx, b.by, a.ID, nil)
		b.refused(err, lectern.Untimely, "")
		_, err = b.store.PublishDrafts(b.ctx, b.by, a.ID+1000, nil)
		b.refused(err, lectern.NotFound, "")
		_, err = b.store.StageDraft(b.ctx, b.by, a.ID+1000, edit, nil)
		b.refused(err, lectern.NotFound, "")
	}},
	{"a draft that is refused leaves no trace", func(b *bed) {
		a := b.article("Live", "")
		draft, err := b.store.AddArticle(b.ctx, b.by, b.edit("Draft", "", lectern.Draft))
		b.must(err)
		b.equal("events", b.happened(func() {
			_, err := b.store.StageDraft(b.ctx, b.by, draft.ID, b.edit("x", "", lectern.Draft), nil)
			b.refused(err, lectern.Untimely, "")
			edit := b.edit("x", "", lectern.Draft)
			edit.Author = new(lectern.AdminID(5))
			_, err = b.store.StageDraft(b.ctx, b.by, a.ID, edit, nil)
			b.refused(err, lectern.Invalid, "author_id")
			_, err = b.store.StageDraft(b.ctx, b.by, a.ID, b.edit("x", "", lectern.Draft),
				func(*lectern.Article, *lectern.HelpCenter) error { return &lectern.Error{Kind: lectern.Stale} })
			if !errors.Is(err, lectern.Stale) {
				b.Errorf("error %v, want stale", err)
			}
		}), "")
		got, err := b.store.Article(b.ctx, b.ws, a.ID)
		b.must(err)
		b.equal("article", *got, *a)
	}},
	{"every wording that was saved is a version, and nothing else is", func(b *bed) {
		a := b.article("One", "")
		for _, edit := range []*lectern.ArticleEdit{
			b.edit("Two", "", lectern.Published), b.edit("Two", "", lectern.Draft), b.edit("Two", "", lectern.Published),
			{Texts: map[lectern.Locale]lectern.ArticleTextEdit{"de": {Title: new("Zwei")}}},
		} {
			_, err := b.store.UpdateArticle(b.ctx, b.by, a.ID, edit, nil)
			b.must(err)
		}
		_, err := b.store.StageDraft(b.ctx, b.by, a.ID, b.edit("Three", "", lectern.Draft), nil)
		b.must(err)
		versions := func(l lectern.Locale) (titles []string, list []*lectern.ArticleVersion) {
			list, total, err := b.store.ArticleVersions(b.ctx, b.ws, lectern.VersionQuery{Article: a.ID, Locale: l})
			b.must(err)
			b.equal("total", total, len(list))
			for _, v := range list {
				titles = append(titles, v.Title+" "+string(v.State))
			}
			return titles, list
		}
		titles, list := versions("en")
		b.equal("versions", titles, []string{"Three draft", "Two published", "One draft"})
		b.equal("origins", []lectern.VersionID{list[0].From, list[1].From, list[2].From}, []lectern.VersionID{list[1].ID, list[2].ID, 0})
		got, err := b.store.ArticleVersion(b.ctx, b.ws, a.ID, list[0].ID)
		b.must(err)
		b.equal("version", *got, *list[0])
		titles, _ = versions("")
		b.equal("in all languages", titles, []string{"Three draft", "Zwei draft", "Two published", "One draft"})
		_, err = b.store.PublishDrafts(b.ctx, b.by, a.ID, []lectern.Locale{"en"})
		b.must(err)
		titles, _ = versions("en")
		b.equal("published", titles, []string{"Three published", "Two draft", "One draft"})
		page, total, err := b.store.ArticleVersions(b.ctx, b.ws, lectern.VersionQuery{Article: a.ID, Offset: 1, Limit: 2})
		b.must(err)
		b.equal("page", []int{len(page), total}, []int{2, 4})
		_, err = b.store.ArticleVersion(b.ctx, b.ws, b.article("Other", "").ID, list[0].ID)
		b.refused(err, lectern.NotFound, "")
		_, _, err = b.store.ArticleVersions(b.ctx, b.ws, lectern.VersionQuery{Article: a.ID + 1000})
		b.refused(err, lectern.NotFound, "")
		b.must(b.store.DeleteArticle(b.ctx, b.by, a.ID))
		_, err = b.store.ArticleVersion(b.ctx, b.ws, a.ID, list[0].ID)
		b.refused(err, lectern.NotFound, "")
	}},
	{"an article with everything comes back and is deleted whole", func(b *bed) {
		audience, err := b.store.AddAudience(b.ctx, b.by, &lectern.AudienceEdit{Name: new("VIP")})
		b.must(err)
		folder, err := b.store.AddFolder(b.ctx, b.by, &lectern.FolderEdit{Name: new("F")})
		b.must(err)
		edit := b.edit("Title", "Body", lectern.Published)
		edit.Audiences, edit.Folder = &[]lectern.AudienceID{audience.ID}, &folder.ID
		edit.Availability = lectern.AvailabilityEdit{Copilot: new(false)}
		edit.UnpublishAt = new(b.clock.seconds().Add(time.Hour))
		edit.Parents = &[]lectern.CollectionID{b.collection("Inside", b.collection("Above", 0).ID).ID}
		a, err := b.store.AddArticle(b.ctx, b.by, edit)
		b.must(err)
		b.equal("nested", a.Nested, a.Parents)
		staged, err := b.store.StageDraft(b.ctx, b.by, a.ID, b.edit("Staged", "", lectern.Draft), nil)
		b.must(err)
		got, err := b.store.Article(b.ctx, b.ws, a.ID)
		b.must(err)
		b.equal("article", *got, *staged)
		t := got.Texts["en"]
		b.equal("flags", t.Availability, lectern.Availability{Chatbot: true, SalesAgent: true})
		b.equal("audiences", t.Audiences, []lectern.AudienceID{audience.ID})
		b.equal("folder", got.Folder, folder.ID)
		b.equal("schedule", got.Schedule, lectern.Schedule{At: *edit.UnpublishAt, State: lectern.Draft, By: b.by.Admin})
		b.must(b.store.DeleteArticle(b.ctx, b.by, a.ID))
		b.must(b.store.DeleteFolder(b.ctx, b.by, folder.ID))
		b.must(b.store.DeleteAudience(b.ctx, b.by, audience.ID))
		b.clock.pass(2 * time.Hour)
		n, err := b.store.RunSchedules(b.ctx)
		b.must(err)
		b.equal("ran", n, 0)
	}},
	{"an audience or folder that does not exist is refused, and nothing stored", func(b *bed) {
		a := b.article("Title", "Body")
		b.equal("events", b.happened(func() {
			_, err := b.store.UpdateArticle(b.ctx, b.by, a.ID, &lectern.ArticleEdit{
				ArticleTextEdit: lectern.ArticleTextEdit{Title: new("x"), Audiences: &[]lectern.AudienceID{5}},
			}, nil)
			if !errors.Is(err, lectern.Unknown) {
				b.Errorf("error %v, want unknown", err)
			}
			_, err = b.store.UpdateArticle(b.ctx, b.by, a.ID, &lectern.ArticleEdit{Folder: new(lectern.FolderID(5))}, nil)
			b.refused(err, lectern.Invalid, "folder_id")
		}), "")
		got, err := b.store.Article(b.ctx, b.ws, a.ID)
		b.must(err)
		b.equal("article", *got, *a)
	}},
	{"schedules of every workspace run when they are due, in the name of who set them", func(b *bed) {
		o := b.another()
		at := b.clock.seconds().Add(time.Hour)
		edit := o.edit("Later", "", lectern.Published)
		edit.PublishAt = &at
		edit.Texts = map[lectern.Locale]lectern.ArticleTextEdit{"de": {Title: new("Später"), State: new(lectern.Published)}, "fr": {Title: new("Brouillon")}}
		theirs, err := o.store.AddArticle(o.ctx, o.by, edit)
		o.must(err)
		ours := b.article("Hidden later", "")
		_, err = b.store.UpdateArticle(b.ctx, b.by, ours.ID, &lectern.ArticleEdit{UnpublishAt: &at}, nil)
		b.must(err)
		run := func() int {
			n, err := b.store.RunSchedules(b.ctx)
			b.must(err)
			return n
		}
		b.clock.pass(time.Hour - time.Second)
		b.equal("ran before", run(), 0)
		b.clock.pass(time.Second)
		b.equal("events", b.happened(func() { b.equal("ran", run(), 2) }), "article.updated")
		b.equal("ran again", run(), 0)
		got, err := b.store.Article(b.ctx, b.ws, ours.ID)
		b.must(err)
		b.equal("ours", []any{got.Texts["en"].State, got.UpdatedAt, got.Schedule}, []any{lectern.Draft, at, lectern.Schedule{}})
		got, err = o.store.Article(o.ctx, o.ws, theirs.ID)
		o.must(err)
		states := map[lectern.Locale]lectern.State{}
		for l := range maps.Keys(got.Texts) {
			states[l] = got.Texts[l].State
		}
		b.equal("theirs", states, map[lectern.Locale]lectern.State{"en": "published", "de": "published", "fr": "draft"})
		e := o.events()
		last := e[len(e)-1]
		b.equal("told", []any{last.Kind, last.Admin, last.Data.Published}, []any{lectern.ArticleUpdated, o.by.Admin, []lectern.Locale{"de", "en"}})
		b.equal("found", o.search(lectern.SearchQuery{Phrase: "later", States: []lectern.State{lectern.Published}}), ids{theirs.ID})
	}},
	{"schedules run once, whoever runs them at the same time", func(b *bed) {
		at := b.clock.seconds().Add(time.Minute)
		for range 20 {
			edit := b.edit("Later", "", lectern.Published)
			edit.PublishAt = &at
			_, err := b.store.AddArticle(b.ctx, b.by, edit)
			b.must(err)
		}
		b.clock.pass(time.Minute)
		before := len(b.events())
		var all sync.WaitGroup
		ran := make([]int, 8)
		for i := range ran {
			all.Go(func() {
				n, err := b.store.RunSchedules(b.ctx)
				if err != nil {
					b.Error(err)
				}
				ran[i] = n
			})
		}
		all.Wait()
		sum := 0
		for n := range slices.Values(ran) {
			sum += n
		}
		b.equal("ran and told", []int{sum, len(b.events()) - before}, []int{20, 20})
	}},
	{"nothing of a draft, a version or a schedule is of another workspace", func(b *bed) {
		a := b.article("Secret", "")
		_, err := b.store.StageDraft(b.ctx, b.by, a.ID, b.edit("Secret draft", "", lectern.Draft), nil)
		b.must(err)
		list, _, err := b.store.ArticleVersions(b.ctx, b.ws, lectern.VersionQuery{Article: a.ID})
		b.must(err)
		o := b.another()
		_, err = o.store.StageDraft(o.ctx, o.by, a.ID, o.edit("x", "", lectern.Draft), nil)
		o.refused(err, lectern.NotFound, "")
		_, err = o.store.PublishDrafts(o.ctx, o.by, a.ID, nil)
		o.refused(err, lectern.NotFound, "")
		_, _, err = o.store.ArticleVersions(o.ctx, o.ws, lectern.VersionQuery{Article: a.ID})
		o.refused(err, lectern.NotFound, "")
		_, err = o.store.ArticleVersion(o.ctx, o.ws, a.ID, list[0].ID)
		o.refused(err, lectern.NotFound, "")
	}},
}
