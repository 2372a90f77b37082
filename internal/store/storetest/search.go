package storetest

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"lectern"
)

// search returns the IDs of the hits, best first, and tests the total against
// their number: it asks for all.
func (b *bed) search(q lectern.SearchQuery) []lectern.ArticleID {
	b.Helper()
	if q.Limit == 0 {
		q.Limit = 1 << 20
	}
	hits, total, err := b.store.SearchArticles(b.ctx, b.ws, q)
	b.must(err)
	if total < len(hits) || q.Limit == 1<<20 && total != len(hits) {
		b.Errorf("total %d of %d hits", total, len(hits))
	}
	var ids []lectern.ArticleID
	for i, h := range hits {
		if i > 0 && h.Score > hits[i-1].Score {
			b.Errorf("hit %d has a better score than the one before", i)
		}
		if _, ok := h.Article.Texts[h.Locale]; !ok {
			b.Errorf("hit %d has no text in %q", i, h.Locale)
		}
		ids = append(ids, h.Article.ID)
	}
	return ids
}

type ids = []lectern.ArticleID

var searchTests = []test{
	{"a change is found as soon as it is stored", func(b *bed) {
		a := b.article("Passwords", "<p>Reset it</p>")
		b.equal("found", b.search(lectern.SearchQuery{Phrase: "passwords"}), ids{a.ID})
		b.equal("found by the body", b.search(lectern.SearchQuery{Phrase: "reset"}), ids{a.ID})
		_, err := b.store.UpdateArticle(b.ctx, b.by, a.ID, &lectern.ArticleEdit{
			ArticleTextEdit: lectern.ArticleTextEdit{Title: new("Invoices")},
		}, nil)
		b.must(err)
		b.equal("found by the old word", b.search(lectern.SearchQuery{Phrase: "passwords"}), ids(nil))
		b.equal("found by the new word", b.search(lectern.SearchQuery{Phrase: "invoices"}), ids{a.ID})
		b.equal("found by the body", b.search(lectern.SearchQuery{Phrase: "reset"}), ids{a.ID})
	}},
	{"a long text is found by its words, and by all it becomes", func(b *bed) {
		long := strings.Repeat("<p>tedious words without an end</p>", 1000)
		edit := b.edit("Long", long, lectern.Published)
		edit.Texts = map[lectern.Locale]lectern.ArticleTextEdit{
			"de": {Title: new("Lang"), Body: new("<p>Anfang</p>" + long)}, "fr": {Title: new("Longue"), Body: new("<p>fin</p>")},
		}
		var a *lectern.Article
		b.equal("events", b.happened(func() {
			var err error
			a, err = b.store.AddArticle(b.ctx, b.by, edit)
			b.must(err)
		}), "help_center.updated article.created")
		for _, phrase := range []string{"tedious", "Anfang", "fin"} {
			b.equal("found by "+phrase, b.search(lectern.SearchQuery{Phrase: phrase}), ids{a.ID})
		}
		var group sync.WaitGroup
		for i := range 20 { // each goes on where another was
			group.Go(func() {
				edit := &lectern.ArticleEdit{}
				_, err := b.store.UpdateArticle(b.ctx, b.by, a.ID, edit, func(x *lectern.Article, _ *lectern.HelpCenter) error {
					edit.Body = new(x.Texts["en"].Body + fmt.Sprintf("<p>n%dth</p>", i))
					return nil
				})
				if err != nil {
					b.Error(err)
				}
			})
		}
		group.Wait()
		for i := range 20 {
			b.equal("found", b.search(lectern.SearchQuery{Phrase: fmt.Sprintf("n%dth", i)}), ids{a.ID})
		}
	}},
	{"the better answer comes first", func(b *bed) {
		weak := b.article("Accounts", "How to sign in, sign out, choose a plan, pay, and reset a password, among other things.")
		strong := b.article("Reset your password", "Choose a new password.")
		b.equal("found", b.search(lectern.SearchQuery{Phrase: "reset password"}), ids{strong.ID, weak.ID})
	}},
	{"answers of equal worth come in the order of a list", func(b *bed) {
		one, two := b.article("Equal", ""), b.article("Equal", "")
		b.clock.pass(time.Second)
		three := b.article("Equal", "")
		b.clock.pass(time.Second)
		_, err := b.store.UpdateArticle(b.ctx, b.by, one.ID, &lectern.ArticleEdit{}, nil)
		b.must(err)
		want := ids{one.ID, three.ID, two.ID}
		b.equal("found", b.search(lectern.SearchQuery{Phrase: "equal"}), want)
		for i := range want {
			b.equal("page", b.search(lectern.SearchQuery{Phrase: "equal", Offset: i, Limit: 1}), want[i:i+1])
		}
	}},
	{"an article is one hit, by its best text", func(b *bed) {
		edit := b.edit("Radio", "", lectern.Published)
		edit.Texts = map[lectern.Locale]lectern.ArticleTextEdit{
			"de": {Title: new("Zeitung"), State: new(lectern.Published)},
			"fr": {Title: new("Radio"), Body: new("et journal"), State: new(lectern.Published)},
		}
		a, err := b.store.AddArticle(b.ctx, b.by, edit)
		b.must(err)
		for phrase, want := range map[string]lectern.Locale{"radio": "en", "zeitung": "de", "journal": "fr", "zeitung radio": ""} {
			hits, total, err := b.store.SearchArticles(b.ctx, b.ws, lectern.SearchQuery{Phrase: phrase, Limit: 9})
			b.must(err)
			if total != 1 || len(hits) != 1 || hits[0].Article.ID != a.ID || want != "" && hits[0].Locale != want || hits[0].Score <= 0 {
				b.Errorf("%s: total %d, hits %+v", phrase, total, hits)
			}
		}
	}},
	{"a state is that of the matching text", func(b *bed) {
		edit := b.edit("Secret", "", lectern.Draft)
		edit.Texts = map[lectern.Locale]lectern.ArticleTextEdit{"de": {Title: new("Offen"), State: new(lectern.Published)}}
		a, err := b.store.AddArticle(b.ctx, b.by, edit)
		b.must(err)
		public := []lectern.State{lectern.Published}
		b.equal("the draft", b.search(lectern.SearchQuery{Phrase: "secret", States: public}), ids(nil))
		b.equal("the published one", b.search(lectern.SearchQuery{Phrase: "offen", States: public}), ids{a.ID})
		b.equal("any", b.search(lectern.SearchQuery{Phrase: "secret"}), ids{a.ID})
		b.equal("both named", b.search(lectern.SearchQuery{Phrase: "secret", States: []lectern.State{lectern.Draft, lectern.Published}}), ids{a.ID})
		_, err = b.store.UpdateArticle(b.ctx, b.by, a.ID, &lectern.ArticleEdit{
			ArticleTextEdit: lectern.ArticleTextEdit{State: new(lectern.Published)},
		}, nil)
		b.must(err)
		b.equal("once published", b.search(lectern.SearchQuery{Phrase: "secret", States: public}), ids{a.ID})
	}},
	{"a help center's search shows its own articles", func(b *bed) {
		docs := b.center("docs")
		c, err := b.store.AddCollection(b.ctx, b.by, &lectern.CollectionEdit{
			CollectionTextEdit: lectern.CollectionTextEdit{Name: new("C")}, HelpCenter: &docs.ID,
		})
		b.must(err)
		here := b.article("Word", "")
		edit := b.edit("Word", "", lectern.Published)
		edit.Parents = &[]lectern.CollectionID{c.ID}
		there, err := b.store.AddArticle(b.ctx, b.by, edit)
		b.must(err)
		for _, phrase := range []string{"word", ""} {
			b.equal("here", b.search(lectern.SearchQuery{Phrase: phrase, HelpCenter: b.home.ID}), ids{here.ID})
			b.equal("there", b.search(lectern.SearchQuery{Phrase: phrase, HelpCenter: docs.ID}), ids{there.ID})
			b.equal("nowhere", b.search(lectern.SearchQuery{Phrase: phrase, HelpCenter: 5}), ids(nil))
		}
		b.must(b.store.DeleteCollection(b.ctx, b.by, c.ID))
		b.equal("moved", b.search(lectern.SearchQuery{Phrase: "word", HelpCenter: b.home.ID}), ids{there.ID, here.ID})
	}},
	{"an original goes before a translation that answers alike", func(b *bed) {
		docs, err := b.store.AddHelpCenter(b.ctx, b.by, lectern.HelpCenter{Identifier: "docs", DefaultLocale: "pt"})
		b.must(err)
		c, err := b.store.AddCollection(b.ctx, b.by, &lectern.CollectionEdit{
			CollectionTextEdit: lectern.CollectionTextEdit{Name: new("C")}, HelpCenter: &docs.ID,
		})
		b.must(err)
		edit := b.edit("Router", "", lectern.Published)
		edit.Parents = &[]lectern.CollectionID{c.ID}
		edit.Texts = map[lectern.Locale]lectern.ArticleTextEdit{"en": {Title: new("Router"), State: new(lectern.Published)}}
		_, err = b.store.AddArticle(b.ctx, b.by, edit)
		b.must(err)
		hits, _, err := b.store.SearchArticles(b.ctx, b.ws, lectern.SearchQuery{Phrase: "router", Limit: 1})
		b.must(err)
		b.equal("locale", hits[0].Locale, lectern.Locale("pt"))
	}},
	{"an empty phrase asks for all in the order of a list", func(b *bed) {
		draft, err := b.store.AddArticle(b.ctx, b.by, b.edit("Draft", "", lectern.Draft))
		b.must(err)
		b.clock.pass(time.Second)
		public := b.article("Public", "")
		b.equal("all", b.search(lectern.SearchQuery{}), ids{public.ID, draft.ID})
		b.equal("published", b.search(lectern.SearchQuery{States: []lectern.State{lectern.Published}}), ids{public.ID})
		b.equal("second", b.search(lectern.SearchQuery{Offset: 1, Limit: 1}), ids{draft.ID})
	}},
	{"a phrase without a word finds nothing", func(b *bed) {
		b.article("Title", "Body")
		for _, phrase := range []string{"?!", " ", `"`, "---", "\x00", "\u0091"} {
			b.equal(fmt.Sprintf("found by %q", phrase), b.search(lectern.SearchQuery{Phrase: phrase}), ids(nil))
		}
	}},
	{"no phrase is taken for anything but words", func(b *bed) {
		a := b.article("Quick brown fox", "jumps")
		for _, phrase := range append(slices.Clone(hostile), `fox AND cat`, `fox NOT quick`, `NEAR(fox quick)`, `fo*`, `title:fox`, `^fox`, `"fox`, `fox")`, "{fox}") {
			for _, id := range b.search(lectern.SearchQuery{Phrase: phrase}) {
				b.equal("found", id, a.ID)
			}
		}
		for _, phrase := range []string{`fox NOT quick`, `fox AND cat`, `"fox`, `fox")`} {
			b.equal("found by "+phrase, b.search(lectern.SearchQuery{Phrase: phrase}), ids{a.ID})
		}
	}},
	{"pages of hits are those of one order, to the last", func(b *bed) {
		titled := b.article("Common", "") // the oldest, so nothing but its title speaks for it
		const n = 2300                    // more than are ranked in full
		for i := range n - 1 {
			b.article("Other", fmt.Sprint("common number", i%7))
		}
		special := b.article("Special", "common")
		q := lectern.SearchQuery{Phrase: "common special"}
		all := b.search(q)
		b.equal("number", len(all), n+1)
		b.equal("best", all[:2], ids{special.ID, titled.ID})
		seen := map[lectern.ArticleID]bool{}
		for _, id := range all {
			seen[id] = true
		}
		b.equal("different", len(seen), n+1)
		for _, offset := range []int{0, 1, 2040, 2048, 2295, n} {
			q.Offset, q.Limit = offset, 10
			b.equal("page", b.search(q), all[offset:min(offset+10, n+1)])
		}
		q.Offset = n + 1
		b.equal("page beyond the end", b.search(q), ids(nil))
	}},
}
