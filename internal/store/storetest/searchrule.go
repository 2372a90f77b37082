package storetest

import (
	"errors"
	"strconv"
	"strings"

	"lectern"
)

// rule adds a search rule of the first help center, in English.
func (b *bed) rule(r lectern.SearchRule) *lectern.SearchRule {
	b.Helper()
	if r.HelpCenter == 0 {
		r.HelpCenter = b.home.ID
	}
	if r.Locale == "" {
		r.Locale = "en"
	}
	made, err := b.store.AddSearchRule(b.ctx, b.by, r)
	b.must(err)
	return made
}

// synonyms adds a rule by which phrases mean the same.
func (b *bed) synonyms(phrases ...string) *lectern.SearchRule {
	b.Helper()
	return b.rule(lectern.SearchRule{Kind: lectern.SynonymRule, Phrases: phrases})
}

// pins adds a rule that puts articles first.
func (b *bed) pins(phrase string, articles ...*lectern.Article) *lectern.SearchRule {
	b.Helper()
	r := lectern.SearchRule{Kind: lectern.PinRule, Phrases: []string{phrase}}
	for _, a := range articles {
		r.Articles = append(r.Articles, a.ID)
	}
	return b.rule(r)
}

// finds are the titles that a phrase finds, in order.
func (b *bed) finds(q lectern.SearchQuery) string {
	b.Helper()
	if q.Limit == 0 {
		q.Limit = 20
	}
	hits, _, err := b.store.SearchArticles(b.ctx, b.ws, q)
	b.must(err)
	var list []string
	for _, h := range hits {
		list = append(list, h.Article.Texts[h.Locale].Title)
	}
	return strings.Join(list, ", ")
}

func (b *bed) rules(q lectern.SearchRuleQuery) string {
	b.Helper()
	if q.HelpCenter == 0 {
		q.HelpCenter = b.home.ID
	}
	list, total, err := b.store.SearchRules(b.ctx, b.ws, q)
	b.must(err)
	parts := []string{strconv.Itoa(total)}
	for _, r := range list {
		parts = append(parts, strings.Join(r.Phrases, "|"))
	}
	return strings.Join(parts, " ")
}

var searchRuleTests = []test{
	{"a search rule is kept, changed and deleted, and each is told of by an event", func(b *bed) {
		var r *lectern.SearchRule
		b.equal("events", b.happened(func() { r = b.synonyms(" invoice ", "bill  of sale", "Invoice") }), "search_rule.created")
		b.equal("phrases", strings.Join(r.Phrases, "|"), "invoice|bill of sale")
		got, err := b.store.SearchRule(b.ctx, b.ws, b.home.ID, r.ID)
		b.must(err)
		b.equal("rule", *got, *r)
		b.clock.pass(5e9)
		b.equal("events", b.happened(func() {
			r, err = b.store.UpdateSearchRule(b.ctx, b.by, b.home.ID, r.ID, func(x *lectern.SearchRule) error {
				x.Phrases, x.Finds, x.Locale = []string{"invoice"}, []string{"receipt"}, "fr"
				return nil
			})
			b.must(err)
		}), "search_rule.updated")
		b.equal("updated", r.UpdatedAt, b.clock.seconds())
		got, err = b.store.SearchRule(b.ctx, b.ws, b.home.ID, r.ID)
		b.must(err)
		b.equal("rule", *got, *r)
		b.equal("events of no change", b.happened(func() {
			_, err = b.store.UpdateSearchRule(b.ctx, b.by, b.home.ID, r.ID, func(*lectern.SearchRule) error { return nil })
			b.must(err)
		}), "")
		b.equal("events", b.happened(func() { b.must(b.store.DeleteSearchRule(b.ctx, b.by, b.home.ID, r.ID)) }), "search_rule.deleted")
		_, err = b.store.SearchRule(b.ctx, b.ws, b.home.ID, r.ID)
		b.refused(err, lectern.NotFound, "")
		b.refused(b.store.DeleteSearchRule(b.ctx, b.by, b.home.ID, r.ID), lectern.NotFound, "")
	}},
	{"search rules are listed by help center, locale and kind, page by page", func(b *bed) {
		a := b.article("A", "")
		b.synonyms("a", "b")
		b.rule(lectern.SearchRule{Kind: lectern.SynonymRule, Locale: "fr", Phrases: []string{"c", "d"}})
		b.pins("e", a)
		b.rule(lectern.SearchRule{Kind: lectern.KeepRule, HelpCenter: b.center("second").ID, Phrases: []string{"f"}})
		b.equal("all", b.rules(lectern.SearchRuleQuery{}), "3 a|b c|d e")
		b.equal("French", b.rules(lectern.SearchRuleQuery{Locale: "fr"}), "1 c|d")
		b.equal("synonyms", b.rules(lectern.SearchRuleQuery{Kind: lectern.SynonymRule}), "2 a|b c|d")
		b.equal("a page", b.rules(lectern.SearchRuleQuery{Offset: 1, Limit: 1}), "3 c|d")
		_, _, err := b.store.SearchRules(b.ctx, b.ws, lectern.SearchRuleQuery{HelpCenter: b.home.ID + 1000})
		b.refused(err, lectern.NotFound, "")
	}},
	{"a search rule that cannot be is refused, and leaves no trace", func(b *bed) {
		elsewhere := b.article("Elsewhere", "")
		other := b.center("second")
		for field, r := range map[string]lectern.SearchRule{
			"kind":        {Kind: "x", Locale: "en", Phrases: []string{"a"}, HelpCenter: b.home.ID},
			"locale":      {Kind: lectern.KeepRule, Locale: "xx", Phrases: []string{"a"}, HelpCenter: b.home.ID},
			"phrases":     {Kind: lectern.SynonymRule, Locale: "en", Phrases: []string{"a", "A"}, HelpCenter: b.home.ID},
			"finds":       {Kind: lectern.KeepRule, Locale: "en", Phrases: []string{"a"}, Finds: []string{"b"}, HelpCenter: b.home.ID},
			"phrases[1]":  {Kind: lectern.SynonymRule, Locale: "en", Phrases: []string{"a", " "}, HelpCenter: b.home.ID},
			"article_ids": {Kind: lectern.PinRule, Locale: "en", Phrases: []string{"a"}, Articles: []lectern.ArticleID{elsewhere.ID}, HelpCenter: other.ID},
		} {
			b.equal("events", b.happened(func() {
				_, err := b.store.AddSearchRule(b.ctx, b.by, r)
				b.refused(err, lectern.Invalid, field)
			}), "")
		}
		_, err := b.store.AddSearchRule(b.ctx, b.by, lectern.SearchRule{Kind: lectern.KeepRule, Locale: "en", Phrases: []string{"a"}, HelpCenter: 1 << 40})
		b.refused(err, lectern.NotFound, "")
		b.equal("rules", b.rules(lectern.SearchRuleQuery{}), "0")
	}},
	{"synonyms find each other in their locale, and one-way ones in one direction", func(b *bed) {
		b.article("The invoice", "<p>Paying.</p>")
		b.article("A receipt for you", "<p>Thanks.</p>")
		b.article("Bill of sale", "<p>Cars.</p>")
		b.equal("without rules", b.finds(lectern.SearchQuery{Phrase: "invoices"}), "The invoice")
		two := b.synonyms("invoice", "bill of sale")
		b.equal("one way", b.finds(lectern.SearchQuery{Phrase: "my invoices"}), "The invoice, Bill of sale")
		b.equal("the other way", b.finds(lectern.SearchQuery{Phrase: "bill of sale"}), "Bill of sale, The invoice")
		b.equal("not of one word of it", b.finds(lectern.SearchQuery{Phrase: "sale"}), "Bill of sale")
		b.must(b.store.DeleteSearchRule(b.ctx, b.by, b.home.ID, two.ID))
		b.equal("deleted", b.finds(lectern.SearchQuery{Phrase: "invoices"}), "The invoice")
		b.rule(lectern.SearchRule{Kind: lectern.SynonymRule, Phrases: []string{"invoice"}, Finds: []string{"receipt"}})
		b.equal("finds", b.finds(lectern.SearchQuery{Phrase: "invoice"}), "The invoice, A receipt for you")
		b.equal("is not found", b.finds(lectern.SearchQuery{Phrase: "receipt"}), "A receipt for you")
		b.rule(lectern.SearchRule{Kind: lectern.SynonymRule, Locale: "fr", Phrases: []string{"receipt", "invoice"}})
		b.equal("another locale", b.finds(lectern.SearchQuery{Phrase: "receipt"}), "A receipt for you")
	}},
	{"pinned articles come first in the order of their rule, whether they have the words or not", func(b *bed) {
		b.article("Refunds for parcels", "<p>How refunds work.</p>")
		second := b.article("Your money back", "<p>Asking.</p>")
		first := b.article("Terms of service", "<p>All terms, refund rules as well.</p>")
		r := b.pins("the refund", first, second)
		b.equal("pinned", b.finds(lectern.SearchQuery{Phrase: "Refunds?"}), "Terms of service, Your money back, Refunds for parcels")
		b.equal("a page", b.finds(lectern.SearchQuery{Phrase: "refund", Offset: 1, Limit: 1}), "Your money back")
		b.equal("other words", b.finds(lectern.SearchQuery{Phrase: "refunds parcels"}), "Refunds for parcels, Terms of service")
		hits, total, err := b.store.SearchArticles(b.ctx, b.ws, lectern.SearchQuery{Phrase: "refund", Explain: true, Limit: 2})
		b.must(err)
		b.equal("total", total, 3)
		for i, h := range hits {
			sum := 0.0
			for _, p := range h.Explanation {
				sum += p.Score
			}
			if h.Explanation[0].Reason != "pinned" || sum < h.Score*(1-1e-9) || sum > h.Score*(1+1e-9) {
				b.Errorf("hit %d has score %v, explained as %+v", i, h.Score, h.Explanation)
			}
		}
		if hits[0].Score <= hits[1].Score {
			b.Errorf("scores %v and %v", hits[0].Score, hits[1].Score)
		}
		b.must(b.store.DeleteArticle(b.ctx, b.by, first.ID))
		b.equal("after a deletion", b.finds(lectern.SearchQuery{Phrase: "refund"}), "Your money back, Refunds for parcels")
		got, err := b.store.SearchRule(b.ctx, b.ws, b.home.ID, r.ID)
		b.must(err)
		b.equal("articles of the rule", got.Articles, []lectern.ArticleID{second.ID})
	}},
	{"what a visitor may not see is not pinned for visitors", func(b *bed) {
		a := b.article("Not in a collection", "")
		b.pins("refund", a)
		b.equal("visitor", b.finds(lectern.SearchQuery{Phrase: "refund", Public: true, Answered: true}), "")
		b.equal("author", b.finds(lectern.SearchQuery{Phrase: "refund"}), "Not in a collection")
		b.equal("drafts", b.finds(lectern.SearchQuery{Phrase: "refund", States: []lectern.State{lectern.Draft}}), "")
		shown := b.shelved("In a collection", b.collection("C", 0).ID)
		b.pins("refund", shown)
		b.equal("visitor", b.finds(lectern.SearchQuery{Phrase: "refund", Public: true, Answered: true}), "In a collection")
	}},
	{"a word that says little counts where a rule says so", func(b *bed) {
		b.article("About printing", "<p>Printing how it is done: how and how.</p>")
		b.article("Printing", "<p>Printing labels.</p>")
		b.pins("how printing", b.article("The guide", ""))
		b.equal("without", b.finds(lectern.SearchQuery{Phrase: "printing"})[:9], "The guide")
		b.rule(lectern.SearchRule{Kind: lectern.KeepRule, Phrases: []string{"HOW"}})
		b.equal("with", strings.Contains(b.finds(lectern.SearchQuery{Phrase: "printing"}), "The guide"), false)
		b.equal("with the word", b.finds(lectern.SearchQuery{Phrase: "how printing"})[:9], "The guide")
	}},
	{"rules act on their help center, and on a search of all", func(b *bed) {
		other := b.center("second")
		b.article("The invoice", "")
		b.article("The receipt", "")
		b.rule(lectern.SearchRule{Kind: lectern.SynonymRule, HelpCenter: other.ID, Phrases: []string{"invoice", "receipt"}})
		b.equal("the other's", b.finds(lectern.SearchQuery{Phrase: "invoice", HelpCenter: b.home.ID}), "The invoice")
		b.equal("of all", b.finds(lectern.SearchQuery{Phrase: "invoice"}), "The invoice, The receipt")
	}},
	{"another workspace has no part in search rules", func(b *bed) {
		a := b.article("The receipt", "")
		r := b.synonyms("invoice", "receipt")
		o := b.another()
		o.article("The receipt", "")
		o.equal("found", o.finds(lectern.SearchQuery{Phrase: "invoice"}), "")
		_, _, err := o.store.SearchRules(o.ctx, o.ws, lectern.SearchRuleQuery{HelpCenter: b.home.ID})
		o.refused(err, lectern.NotFound, "")
		_, err = o.store.SearchRule(o.ctx, o.ws, b.home.ID, r.ID)
		o.refused(err, lectern.NotFound, "")
		_, err = o.store.UpdateSearchRule(o.ctx, o.by, b.home.ID, r.ID, func(*lectern.SearchRule) error { return errors.New("seen") })
		o.refused(err, lectern.NotFound, "")
		o.refused(o.store.DeleteSearchRule(o.ctx, o.by, b.home.ID, r.ID), lectern.NotFound, "")
		_, err = o.store.AddSearchRule(o.ctx, o.by, lectern.SearchRule{HelpCenter: b.home.ID, Locale: "en", Kind: lectern.KeepRule, Phrases: []string{"a"}})
		o.refused(err, lectern.NotFound, "")
		_, err = o.store.AddSearchRule(o.ctx, o.by, lectern.SearchRule{
			HelpCenter: o.home.ID, Locale: "en", Kind: lectern.PinRule, Phrases: []string{"a"}, Articles: []lectern.ArticleID{a.ID}})
		o.refused(err, lectern.Invalid, "article_ids")
		b.equal("found", b.finds(lectern.SearchQuery{Phrase: "invoice"}), "The receipt")
	}},
}
