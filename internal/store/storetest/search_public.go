package storetest

import (
	"lectern"
)

// suggest returns the suggestions for a phrase that is being typed.
func (b *bed) suggest(q lectern.SuggestQuery) (titles []string, meant string) {
	b.Helper()
	if q.Limit == 0 {
		q.Limit = 10
	}
	s, err := b.store.Suggest(b.ctx, b.ws, q)
	b.must(err)
	for _, t := range s.Titles {
		titles = append(titles, t.Title)
	}
	if len(titles) > q.Limit {
		b.Errorf("%d titles, want at most %d", len(titles), q.Limit)
	}
	return titles, s.Phrase
}

// suggested tests the titles suggested, in their order.
func (b *bed) suggested(q lectern.SuggestQuery, want ...string) {
	b.Helper()
	got, _ := b.suggest(q)
	b.equal("suggested for "+q.Phrase, got, want)
}

// open turns the help center on and returns a collection in it.
func (b *bed) open() *lectern.Collection {
	b.Helper()
	_, err := b.store.UpdateHelpCenter(b.ctx, b.by, b.home.ID, func(h *lectern.HelpCenter) error {
		h.WebsiteTurnedOn = true
		return nil
	})
	b.must(err)
	return b.collection("Accounts", 0)
}

// listed adds a published article to a collection.
func (b *bed) listed(c *lectern.Collection, title, body string) *lectern.Article {
	b.Helper()
	edit := b.edit(title, body, lectern.Published)
	edit.Parents = &[]lectern.CollectionID{c.ID}
	a, err := b.store.AddArticle(b.ctx, b.by, edit)
	b.must(err)
	return a
}

var searchPublicTests = []test{
	{"a public search shows what every visitor may see, as soon as that changes", func(b *bed) {
		c := b.open()
		public := lectern.SearchQuery{Phrase: "password", Public: true}
		unlisted := b.article("Password", "unlisted")
		draft := b.edit("Password", "draft", lectern.Draft)
		draft.Parents = &[]lectern.CollectionID{c.ID}
		hidden, err := b.store.AddArticle(b.ctx, b.by, draft)
		b.must(err)
		audience, err := b.store.AddAudience(b.ctx, b.by, &lectern.AudienceEdit{Name: new("Friends")})
		b.must(err)
		some := b.edit("Password", "for friends", lectern.Published)
		some.Parents = &[]lectern.CollectionID{c.ID}
		some.Audiences = &[]lectern.AudienceID{audience.ID}
		friends, err := b.store.AddArticle(b.ctx, b.by, some)
		b.must(err)
		b.equal("nothing", b.search(public), ids(nil))
		b.equal("to teammates", len(b.search(lectern.SearchQuery{Phrase: "password"})), 3)

		_, err = b.store.UpdateArticle(b.ctx, b.by, unlisted.ID, &lectern.ArticleEdit{Parents: &[]lectern.CollectionID{c.ID}}, nil)
		b.must(err)
		b.equal("listed", b.search(public), ids{unlisted.ID})
		b.equal("of all", b.search(lectern.SearchQuery{Public: true}), ids{unlisted.ID})
		publish := &lectern.ArticleEdit{ArticleTextEdit: lectern.ArticleTextEdit{State: new(lectern.Published)}}
		_, err = b.store.UpdateArticle(b.ctx, b.by, hidden.ID, publish, nil)
		b.must(err)
		b.equal("published", len(b.search(public)), 2)
		everyone := &lectern.ArticleEdit{ArticleTextEdit: lectern.ArticleTextEdit{Audiences: &[]lectern.AudienceID{}}}
		_, err = b.store.UpdateArticle(b.ctx, b.by, friends.ID, everyone, nil)
		b.must(err)
		b.equal("for everyone", len(b.search(public)), 3)
		b.must(b.store.DeleteArticle(b.ctx, b.by, friends.ID))
		b.equal("deleted", len(b.search(public)), 2)
		_, err = b.store.UpdateHelpCenter(b.ctx, b.by, b.home.ID, func(h *lectern.HelpCenter) error {
			h.WebsiteTurnedOn = false
			return nil
		})
		b.must(err)
		b.equal("turned off", b.search(public), ids(nil))
	}},
	{"titles are suggested by words and the beginning of the last", func(b *bed) {
		c := b.open()
		b.listed(c, "Reset your password", "")
		b.listed(c, "Passkeys", "instead of a password")
		b.listed(c, "Invoices", "pass them on")
		b.suggested(lectern.SuggestQuery{Phrase: "reset pas", Public: true, Limit: 1}, "Reset your password")
		b.suggested(lectern.SuggestQuery{Phrase: "invo", Public: true}, "Invoices")
		b.suggested(lectern.SuggestQuery{Phrase: "acc", Public: true}, "Accounts")
		for _, phrase := range []string{"", " ", "?", "\x00", "zzz"} {
			b.suggested(lectern.SuggestQuery{Phrase: phrase, Public: true})
		}
	}},
	{"suggestions tell nothing of what may not be seen", func(b *bed) {
		c := b.open()
		b.listed(c, "Reset your password", "")
		_, err := b.store.AddArticle(b.ctx, b.by, b.edit("Secret acquisition", "of Globex", lectern.Draft))
		b.must(err)
		b.article("Unlisted merger", "")
		b.collection("Layoffs", 0)
		for _, phrase := range []string{"secret", "acquisitoin", "globxe", "merger", "mergre", "unlistde", "layoffs", "layofs"} {
			titles, meant := b.suggest(lectern.SuggestQuery{Phrase: phrase, Public: true})
			if len(titles) > 0 || meant != "" {
				b.Errorf("%s: suggested %q, %q", phrase, titles, meant)
			}
		}
		_, meant := b.suggest(lectern.SuggestQuery{Phrase: "reset my pasword now", Public: true})
		b.equal("meant", meant, "reset my password now")
		_, meant = b.suggest(lectern.SuggestQuery{Phrase: "unlistde thing"})
		b.equal("meant by a teammate", meant, "unlisted thing")
	}},
	{"a search that wants answers finds none where no word is", func(b *bed) {
		a := b.article("Reset your password", "Choose a new one.")
		b.equal("an answer", b.search(lectern.SearchQuery{Phrase: "reset password", Answered: true}), ids{a.ID})
		b.equal("none", b.search(lectern.SearchQuery{Phrase: "quarterly dividend", Answered: true}), ids(nil))
	}},
	{"an index read anew finds the same, whatever changes meanwhile", func(b *bed) {
		a := b.translated(map[lectern.Locale][2]string{"en": {"Password", "Reset it"}, "de": {"Kennwort", "Zurücksetzen"}})
		gone := b.article("Invoices", "Pay them")
		b.equal("before", b.search(lectern.SearchQuery{Phrase: "kennwort"}), ids{a.ID})
		b.must(b.store.OutdateIndex(b.ctx))
		b.must(b.store.DeleteArticle(b.ctx, b.by, gone.ID))
		var said [][2]int
		b.must(b.store.Reindex(b.ctx, func(done, total int) { said = append(said, [2]int{done, total}) }))
		b.equal("progress", said, [][2]int{{0, 2}, {2, 2}})
		b.equal("after", b.search(lectern.SearchQuery{Phrase: "kennwort"}), ids{a.ID})
		b.equal("misspelt", b.search(lectern.SearchQuery{Phrase: "pasword"}), ids{a.ID})
		b.equal("gone", b.search(lectern.SearchQuery{Phrase: "invoices"}), ids(nil))
		b.must(b.store.Reindex(b.ctx, func(int, int) { b.Error("there was nothing left to do") }))
	}},
}
