package storetest

import (
	"slices"
	"strings"

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
	{"answers are counted in the few languages that know the phrase best", func(b *bed) {
		c := b.open()
		add := func(l lectern.Locale, title string, state lectern.State, parents ...lectern.CollectionID) {
			edit := b.edit("Something", "", lectern.Published)
			edit.Texts = map[lectern.Locale]lectern.ArticleTextEdit{l: {Title: &title, State: &state}}
			edit.Parents = &parents
			_, err := b.store.AddArticle(b.ctx, b.by, edit)
			b.must(err)
		}
		others := []lectern.Locale{"cs", "da", "de", "es", "fi", "fr", "hu", "it", "nl", "pl", "sv"}
		count := func(q lectern.SearchQuery) map[lectern.Locale]int {
			q.HelpCenter, q.Locales = b.home.ID, others
			n, err := b.store.CountAnswers(b.ctx, b.ws, q)
			b.must(err)
			return n
		}
		for _, l := range others[:9] {
			add(l, "Modem", lectern.Published, c.ID)
			add(l, "Modem", lectern.Published, c.ID)
		}
		add("sv", "Paketverfolgung", lectern.Published, c.ID)
		add("de", "Paketverfolgung im Entwurf", lectern.Draft, c.ID)
		add("fr", "Paketverfolgung", lectern.Published) // in no collection
		count(lectern.SearchQuery{Phrase: "paketverfolgung"})
		for more := true; more; { // what was not in memory was wanted
			var err error
			more, err = b.store.LoadWanted(b.ctx)
			b.must(err)
		}
		b.equal("a word of one language", count(lectern.SearchQuery{Phrase: "paketverfolgung"}), map[lectern.Locale]int{"sv": 1})
		b.equal("that is misspelt", count(lectern.SearchQuery{Phrase: "paketverfolgunf", AsTyped: true}), map[lectern.Locale]int{})
		b.equal("nothing", count(lectern.SearchQuery{Phrase: "xxqqzz"}), map[lectern.Locale]int{})
		add("pl", "Modem Router", lectern.Published, c.ID)
		got := count(lectern.SearchQuery{Phrase: "modem router"})
		if got["pl"] != 1 || len(got) > 6 {
			b.Errorf("answers in %v", got)
		}
		if got := count(lectern.SearchQuery{Phrase: "modem"}); len(got) != 6 {
			b.Errorf("of ten languages that have it %v were looked through", got)
		}
	}},
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
	{"what holds the words of a phrase, or a form of them, answers, however many do", func(b *bed) {
		one, two := b.article("Send the invoice to a customer.", ""), b.article("Cancel the invoice again.", "")
		three := b.article("Print on paper", "Then post the invoice.")
		router := b.translated(map[lectern.Locale][2]string{
			"en": {"Connect a router", "Turn on Wi-Fi."}, "de": {"Verbinden", "Öffnen Sie die Kreditkartenzahlung."},
			"ar": {"x", "افتح الإعدادات واختر الحساب."}, "ja": {"x", "パスワードを変更する"},
		})
		for i := range 30 {
			b.article("Backups "+strings.Repeat("i", i+1), "They restore what was lost.")
		}
		invoices := ids{one.ID, three.ID, two.ID}
		slices.Sort(invoices)
		for _, test := range []struct {
			locale lectern.Locale
			phrase string
			want   ids
		}{
			{"en", "invoice", invoices}, {"en", "how do I print an invoice", invoices}, {"en", "invoic", invoices}, {"en", "invioce", invoices},
			{"en", "wifi", ids{router.ID}}, {"en", "wi-fi router", ids{router.ID}}, {"en", "involve", nil},
			{"de", "Kreditkarte", ids{router.ID}}, {"ar", "إعدادات", ids{router.ID}},
			{"ja", "パスワード", ids{router.ID}}, {"ja", "ぱすわーど", ids{router.ID}}, {"ja", "スワップ", nil},
		} {
			got := b.search(lectern.SearchQuery{Phrase: test.phrase, Locale: test.locale, Answered: true})
			slices.Sort(got)
			b.equal(test.phrase, got, test.want)
		}
		b.equal("in every text", len(b.search(lectern.SearchQuery{Phrase: "restore", Answered: true})), 30)
	}},
	{"what has only some of the words is shown where nothing answers, and said to be so", func(b *bed) {
		order := b.article("Orders", "Follow your order.")
		b.article("Shipping", "By post.")
		hits, total, err := b.store.SearchArticles(b.ctx, b.ws, lectern.SearchQuery{Phrase: "follow a pizza order home", Answered: true, Limit: 9})
		b.must(err)
		if total != 1 || hits[0].Article.ID != order.ID || !hits[0].Partly {
			b.Errorf("%d hits, %+v", total, hits)
		}
		both := b.article("Order", "A pizza.")
		hits, total, err = b.store.SearchArticles(b.ctx, b.ws, lectern.SearchQuery{Phrase: "order pizza", Answered: true, Limit: 9})
		b.must(err)
		if total != 2 || hits[0].Article.ID != both.ID || hits[0].Partly {
			b.Errorf("%d hits, %+v", total, hits)
		}
		b.suggested(lectern.SuggestQuery{Phrase: "follow a pizza order home"})
		b.equal("of many words hardly any", b.search(lectern.SearchQuery{Phrase: "order burgers between mars and venus yesterday", Answered: true}), ids(nil))
	}},
	{"bare hits are the same without their articles", func(b *bed) {
		b.article("Orders", "Follow your order.")
		b.article("Shipping", "Of an order by post.")
		q := lectern.SearchQuery{Phrase: "order", Answered: true, Limit: 1}
		whole, total, err := b.store.SearchArticles(b.ctx, b.ws, q)
		b.must(err)
		q.Bare = true
		bare, n, err := b.store.SearchArticles(b.ctx, b.ws, q)
		b.must(err)
		b.equal("their number", n, total)
		b.equal("the article", *bare[0].Article, lectern.Article{ID: whole[0].Article.ID})
		whole[0].Article, bare[0].Article = nil, nil
		b.equal("hits", bare, whole)
	}},
	{"words that say little are like no phrase, unless they are a title", func(b *bed) {
		b.article("How to pay", "What you do")
		who := b.article("Who we are", "")
		for _, phrase := range []string{"how", "-I", "how do you", "?", "the"} {
			b.equal(phrase, b.search(lectern.SearchQuery{Phrase: phrase, Answered: true}), ids(nil))
			b.suggested(lectern.SuggestQuery{Phrase: phrase})
		}
		b.equal("a title", b.search(lectern.SearchQuery{Phrase: "who we are", Answered: true}), ids{who.ID})
	}},
	{"what stands in quotation marks goes first, and is the only answer", func(b *bed) {
		near := b.article("Reset password", "password reset, reset password now")
		run := b.article("Accounts", "<p>How to <b>reset</b> the password.</p>")
		other := b.article("Passwords", "They are reset")
		q := lectern.SearchQuery{Phrase: `"reset the password"`}
		b.equal("first", b.search(q)[0], run.ID)
		b.equal("and others", len(b.search(q)), 3)
		q.Answered = true
		b.equal("alone", b.search(q), ids{run.ID})
		b.equal("a word as it is written", b.search(lectern.SearchQuery{Phrase: `"passwords"`, Answered: true}), ids{other.ID})
		q.Phrase = `"password is reset"`
		b.equal("nowhere", len(b.search(q)), 3)
		_ = near
	}},
	{"whatever is suggested is found", func(b *bed) {
		c := b.open()
		for _, t := range []string{"Invoice address", "Reset your password", "Passkeys", "Plan a planet", "Wi-Fi", "Notification settings", "Notifications of payments"} {
			b.listed(c, t, "And how to pay for them")
		}
		for _, phrase := range []string{"i", "in", "inv", "invoi", "reset pas", "pla", "plan", "wif", "wi-f", "notif", "notifcation", "pay notif", "how to reset my pass", "settings of planets"} {
			found := map[lectern.ArticleID]bool{}
			for _, id := range b.search(lectern.SearchQuery{Phrase: phrase, Locale: "en", Public: true, Answered: true}) {
				found[id] = true
			}
			s, err := b.store.Suggest(b.ctx, b.ws, lectern.SuggestQuery{Phrase: phrase, Locale: "en", Public: true, Limit: 10})
			b.must(err)
			for _, t := range s.Titles {
				if t.Article != 0 && !found[t.Article] {
					b.Errorf("%q suggests %q and does not find it", phrase, t.Title)
				}
			}
			if len(s.Titles) == 0 && len(phrase) > 2 {
				b.Errorf("%q suggests nothing", phrase)
			}
		}
	}},
	{"a correction is told with what it found", func(b *bed) {
		b.article("Invoices", "Pay them.")
		b.article("Other", "Text.")
		hits, _, err := b.store.SearchArticles(b.ctx, b.ws, lectern.SearchQuery{Phrase: "pay invioces", Answered: true, Limit: 1})
		b.must(err)
		b.equal("meant", hits[0].Meant, "pay invoices")
		b.equal("as typed", b.search(lectern.SearchQuery{Phrase: "invioces", Answered: true, AsTyped: true}), ids(nil))
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
