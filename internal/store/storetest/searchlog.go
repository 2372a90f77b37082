package storetest

import (
	"fmt"
	"time"

	"lectern"
)

// searched counts searches on the site, each by somebody else.
func (b *bed) searched(phrase string, times int, found bool) {
	b.Helper()
	for i := range times {
		b.store.CountSearch(lectern.Search{
			Workspace: b.ws, HelpCenter: b.home.ID, Locale: "en", Source: lectern.SiteSearch, Phrase: phrase, Found: found,
			Visitor: lectern.Visitor{Day: lectern.DayOf(b.clock.now()), Hash: [16]byte{byte(i), 1}},
		})
	}
}

// log prints what was searched for on the last days.
func (b *bed) log(q lectern.SearchLogQuery) string {
	b.Helper()
	b.must(b.store.FlushSearches(b.ctx))
	q.To = lectern.DayOf(b.clock.now())
	if q.From == 0 {
		q.From = q.To - 200
	}
	list, totals, err := b.store.SearchLog(b.ctx, b.ws, q)
	b.must(err)
	out := fmt.Sprint(totals.Phrases, " ", totals.Searches, "/", totals.Unanswered)
	for _, x := range list {
		out += fmt.Sprintf(" %s.%s:%d/%d", x.Phrase, x.Locale, x.Searches, x.Unanswered)
	}
	return out
}

func (b *bed) often(n int) string {
	b.Helper()
	b.clock.pass(time.Hour) // longer than an answer is kept
	b.must(b.store.FlushSearches(b.ctx))
	list, err := b.store.OftenSearched(b.ctx, b.visit("en"), n)
	b.must(err)
	return fmt.Sprint(list)
}

var searchLogTests = []test{
	{"searches are counted by phrase, locale and whether they found something", func(b *bed) {
		b.searched("Refund?", 2, true)
		b.searched(" refund ", 1, false)
		b.searched("labels", 2, false)
		b.store.CountSearch(lectern.Search{Workspace: b.ws, HelpCenter: b.home.ID, Locale: "fr", Source: lectern.APISearch, Phrase: "refund", Found: true})
		b.equal("all", b.log(lectern.SearchLogQuery{}), "3 6/3 refund.en:3/1 labels.en:2/2 refund.fr:1/0")
		b.equal("unanswered", b.log(lectern.SearchLogQuery{Unanswered: true}), "2 6/3 labels.en:2/2 refund.en:3/1")
		b.equal("French", b.log(lectern.SearchLogQuery{Locale: "fr"}), "1 1/0 refund.fr:1/0")
		b.equal("API", b.log(lectern.SearchLogQuery{Source: lectern.APISearch}), "1 1/0 refund.fr:1/0")
		b.equal("a page", b.log(lectern.SearchLogQuery{Offset: 1, Limit: 1}), "3 6/3 labels.en:2/2")
		b.equal("of no help center", b.log(lectern.SearchLogQuery{HelpCenter: b.home.ID + 1000}), "0 0/0")
		b.clock.pass(24 * time.Hour)
		b.searched("refund", 1, true)
		b.equal("another day", b.log(lectern.SearchLogQuery{}), "3 7/3 refund.en:4/1 labels.en:2/2 refund.fr:1/0")
		b.equal("that day only", b.log(lectern.SearchLogQuery{From: lectern.DayOf(b.clock.now())}), "1 1/0 refund.en:1/0")
	}},
	{"phrases that may be about a person or a secret are not kept", func(b *bed) {
		for _, phrase := range []string{"ada@example.com", "order 4711-0815-42", "lct_8f7a6b5c4d3e2f1a", "", "???"} {
			b.searched(phrase, 1, true)
		}
		b.equal("log", b.log(lectern.SearchLogQuery{}), "0 0/0")
	}},
	{"searches of what does not exist, or of another workspace's help center, are dropped", func(b *bed) {
		o := b.another()
		b.store.CountSearch(lectern.Search{Workspace: o.ws, HelpCenter: b.home.ID, Locale: "en", Source: lectern.SiteSearch, Phrase: "a"})
		b.store.CountSearch(lectern.Search{Workspace: b.ws, HelpCenter: b.home.ID + 1000, Locale: "en", Source: lectern.SiteSearch, Phrase: "b"})
		b.searched("c", 1, true)
		b.equal("log", b.log(lectern.SearchLogQuery{}), "1 1/0 c.en:1/0")
		o.equal("log", o.log(lectern.SearchLogQuery{}), "0 0/0")
	}},
	{"a day has room for so many phrases, and those that are there go on being counted", func(b *bed) {
		for i := range lectern.MaxLoggedPhrases {
			b.store.CountSearch(lectern.Search{Workspace: b.ws, HelpCenter: b.home.ID, Locale: "en", Source: lectern.SiteSearch, Phrase: fmt.Sprint("p", i), Found: true})
		}
		b.must(b.store.FlushSearches(b.ctx))
		b.searched("p7", 1, true)
		b.searched("one too many", 1, true)
		b.equal("log", b.log(lectern.SearchLogQuery{Limit: 1}), fmt.Sprint(lectern.MaxLoggedPhrases, " ", lectern.MaxLoggedPhrases+1, "/0 p7.en:2/0"))
		b.clock.pass(24 * time.Hour)
		b.searched("one too many", 1, true)
		b.equal("the next day", b.log(lectern.SearchLogQuery{From: lectern.DayOf(b.clock.now())}), "1 1/0 one too many.en:1/0")
	}},
	{"searches are forgotten after ninety days", func(b *bed) {
		b.searched("old", 1, true)
		b.must(b.store.FlushSearches(b.ctx))
		b.clock.pass((lectern.SearchLogDays - 1) * 24 * time.Hour)
		b.searched("new", 1, true)
		age := func() {
			more, err := b.store.AgeSearches(b.ctx)
			b.must(err)
			b.equal("more", more, false)
		}
		age()
		b.equal("before", b.log(lectern.SearchLogQuery{}), "2 2/0 new.en:1/0 old.en:1/0")
		b.clock.pass(24 * time.Hour)
		age()
		b.equal("after", b.log(lectern.SearchLogQuery{}), "1 1/0 new.en:1/0")
	}},
	{"what many networks search for on several days is searched for often", func(b *bed) {
		c := b.collection("C", 0)
		b.shelved("Refunds and labels", c.ID)
		b.equal("on the first day", b.often(4), "[]")
		for day := range lectern.OftenOnDays {
			b.equal("before the last day", b.often(4), "[]")
			b.searched("refunds", lectern.OftenNetworks+1, true)
			b.searched("the labels", lectern.OftenNetworks, true)
			b.searched("labels now", lectern.OftenNetworks-1, true) // too few each day
			b.searched("missing labels", 9, false)                  // never found anything
			b.searched("refunds of our evil rivals", 9, day == 0)   // invented words
			b.searched("refunds \U0001f346 labels", 9, true)        // a sign of no title
			if day > 0 {                                            // on too few days
				b.searched("label", 9, true)
			}
			for range 9 { // one network, again and again
				b.store.CountSearch(lectern.Search{
					Workspace: b.ws, HelpCenter: b.home.ID, Locale: "en", Source: lectern.SiteSearch, Phrase: "refunds labels", Found: true,
					Visitor: lectern.Visitor{Hash: [16]byte{7}},
				})
			}
			b.must(b.store.FlushSearches(b.ctx))
			if day < lectern.OftenOnDays-1 {
				b.clock.pass(24 * time.Hour)
			}
		}
		b.equal("often", b.often(4), "[refunds the labels]")
		b.equal("the first", b.often(1), "[refunds]")
		list, err := b.store.OftenSearched(b.ctx, b.visit("fr"), 4)
		b.must(err)
		b.equal("in French", len(list), 0)
		b.clock.pass(lectern.OftenDays * 24 * time.Hour)
		b.equal("later", b.often(4), "[]")
	}},
	{"operators approve and hide what is searched for often", func(b *bed) {
		c := b.collection("C", 0)
		b.shelved("Refunds and labels", c.ID)
		for range lectern.OftenOnDays {
			b.searched("refunds of money", 9, true)
			b.searched("labels", 8, true)
			b.must(b.store.FlushSearches(b.ctx))
			b.clock.pass(24 * time.Hour)
		}
		now := func() string {
			b.Helper()
			list, err := b.store.OftenSearched(b.ctx, b.visit("en"), 4)
			b.must(err)
			return fmt.Sprint(list)
		}
		b.equal("without rules", now(), "[labels]")
		rule := func(kind lectern.SearchRuleKind, phrase string) *lectern.SearchRule {
			r, err := b.store.AddSearchRule(b.ctx, b.by, lectern.SearchRule{HelpCenter: b.home.ID, Locale: "en", Kind: kind, Phrases: []string{phrase}})
			b.must(err)
			return r
		}
		rule(lectern.ApprovedRule, "Refunds of money")
		b.equal("approved", now(), "[refunds of money labels]")
		hidden := rule(lectern.HiddenRule, "label")
		b.equal("hidden, in another form", now(), "[refunds of money]")
		rule(lectern.HiddenRule, "money")
		b.equal("a word of it is hidden", now(), "[]")
		b.must(b.store.DeleteSearchRule(b.ctx, b.by, b.home.ID, hidden.ID))
		b.equal("no longer hidden", now(), "[labels]")
	}},
	{"searches that wait in memory are stored when asked, and counted once", func(b *bed) {
		b.searched("a", 3, true)
		b.equal("events", b.happened(func() { b.must(b.store.FlushSearches(b.ctx)) }), "")
		b.must(b.store.FlushSearches(b.ctx))
		b.equal("log", b.log(lectern.SearchLogQuery{}), "1 3/0 a.en:3/0")
	}},
}
