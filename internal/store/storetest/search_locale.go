package storetest

import (
	"lectern"
)

// translated adds an article with a text in each of some locales: title, body.
func (b *bed) translated(texts map[lectern.Locale][2]string) *lectern.Article {
	b.Helper()
	edit := b.edit(texts["en"][0], texts["en"][1], lectern.Published)
	edit.Texts = map[lectern.Locale]lectern.ArticleTextEdit{}
	for l, t := range texts {
		if l != "en" {
			edit.Texts[l] = lectern.ArticleTextEdit{Title: new(t[0]), Body: new(t[1]), State: new(lectern.Published)}
		}
	}
	a, err := b.store.AddArticle(b.ctx, b.by, edit)
	b.must(err)
	return a
}

// hitsShown is what a search shows: articles and the locales they are shown in.
func (b *bed) hitsShown(q lectern.SearchQuery) (list []shownHit) {
	b.Helper()
	q.Limit = 100
	hits, total, err := b.store.SearchArticles(b.ctx, b.ws, q)
	b.must(err)
	if total != len(hits) {
		b.Errorf("total %d of %d hits", total, len(hits))
	}
	for _, h := range hits {
		list = append(list, shownHit{h.Article.ID, h.Locale})
	}
	return list
}

type shownHit struct {
	id     lectern.ArticleID
	locale lectern.Locale
}

var searchLocaleTests = []test{
	{"what matches in the caller's language goes first and is shown in it", func(b *bed) {
		strong := b.article("Router", "router, router")
		both := b.translated(map[lectern.Locale][2]string{"en": {"A router at home", "router"}, "de": {"Anschluss", "Der Router am Anschluss und vieles mehr"}})
		b.equal("without a language", b.hitsShown(lectern.SearchQuery{Phrase: "router"})[0].id, strong.ID)
		b.equal("in German", b.hitsShown(lectern.SearchQuery{Phrase: "router", Locale: "de"}), []shownHit{{both.ID, "de"}, {strong.ID, "en"}})
		b.equal("in English", b.hitsShown(lectern.SearchQuery{Phrase: "router", Locale: "en"})[1], shownHit{both.ID, "en"})
		b.equal("in French", b.hitsShown(lectern.SearchQuery{Phrase: "router", Locale: "fr"})[0].id, strong.ID)
	}},
	{"without a caller's language, that of the phrase goes first", func(b *bed) {
		german := b.translated(map[lectern.Locale][2]string{"en": {"Copies", "VACUUM INTO a file, once and again and again"}, "de": {"Kopien", "VACUUM INTO"}})
		b.translated(map[lectern.Locale][2]string{"en": {"Other", ""}, "de": {"Sicherung wiederherstellen", "Die Sicherung"}})
		b.translated(map[lectern.Locale][2]string{"en": {"Third", ""}, "de": {"Rechnung", "Backup"}})
		b.equal("a name", b.hitsShown(lectern.SearchQuery{Phrase: "VACUUM INTO"}), []shownHit{{german.ID, "en"}})
		b.article("Restore a backup", "The backup is restored.")
		b.article("Backup of files", "files")
		hits := b.hitsShown(lectern.SearchQuery{Phrase: "restore a backup"})
		b.equal("an English question", hits[0].locale, lectern.Locale("en"))
		b.equal("a German word comes after it", hits[len(hits)-1].locale, lectern.Locale("de"))
		b.equal("a German question", b.hitsShown(lectern.SearchQuery{Phrase: "Sicherung wiederherstellen"})[0].locale, lectern.Locale("de"))
	}},
	{"an article of several languages is one hit, and pages join at the end of a language", func(b *bed) {
		one := b.translated(map[lectern.Locale][2]string{"en": {"Radio", ""}, "de": {"Radio", ""}, "fr": {"Radio", ""}})
		two := b.translated(map[lectern.Locale][2]string{"en": {"Television", "radio"}, "fr": {"Radio", "radio"}})
		three := b.article("Radio", "")
		q := lectern.SearchQuery{Phrase: "radio", Locale: "de"}
		all := b.hitsShown(q)
		b.equal("number", len(all), 3)
		b.equal("first", all[0], shownHit{one.ID, "de"})
		seen := map[lectern.ArticleID]bool{}
		for i, h := range all {
			seen[h.id] = true
			q.Offset, q.Limit = i, 1
			hits, total, err := b.store.SearchArticles(b.ctx, b.ws, q)
			b.must(err)
			if total != 3 || len(hits) != 1 || hits[0].Article.ID != h.id || hits[0].Locale != h.locale {
				b.Errorf("hit %d by itself: %d of %d, want %v", i, len(hits), total, h)
			}
		}
		b.equal("all", len(seen) == 3 && seen[two.ID] && seen[three.ID], true)
	}},
	{"a search in some languages finds and shows nothing else", func(b *bed) {
		a := b.translated(map[lectern.Locale][2]string{"en": {"Radio", "orchestra"}, "de": {"Radio", "Musik"}})
		b.article("Radio", "")
		b.equal("German", b.hitsShown(lectern.SearchQuery{Phrase: "radio", Locales: []lectern.Locale{"de"}}), []shownHit{{a.ID, "de"}})
		b.equal("all German", b.hitsShown(lectern.SearchQuery{Locales: []lectern.Locale{"de"}}), []shownHit{{a.ID, "de"}})
		b.equal("English words in German", b.hitsShown(lectern.SearchQuery{Phrase: "orchestra", Locales: []lectern.Locale{"de", "fr"}}), []shownHit(nil))
	}},
	{"an explanation adds up to the score", func(b *bed) {
		b.article("Reset your password", "Choose a new password.")
		hits, _, err := b.store.SearchArticles(b.ctx, b.ws, lectern.SearchQuery{Phrase: "password", Explain: true, Limit: 1})
		b.must(err)
		if len(hits) != 1 || len(hits[0].Explanation) < 2 {
			b.Fatalf("hits %+v", hits)
		}
		sum := 0.0
		for i, p := range hits[0].Explanation {
			if sum += p.Score; p.Score <= 0 || p.Reason == "" {
				b.Errorf("part %d is %+v", i, p)
			}
		}
		if d := sum - hits[0].Score; d > 1e-6 || d < -1e-6 {
			b.Errorf("parts add up to %v, the score is %v", sum, hits[0].Score)
		}
	}},
	{"a misspelt word finds what was meant, a change of words included", func(b *bed) {
		a := b.article("Notifications", "Turn notifications off")
		b.equal("misspelt", b.search(lectern.SearchQuery{Phrase: "notificatoins"}), ids{a.ID})
		b.equal("unknown", b.search(lectern.SearchQuery{Phrase: "subscriptoin"}), ids(nil))
		edit := &lectern.ArticleEdit{ArticleTextEdit: lectern.ArticleTextEdit{Title: new("Subscription"), Body: new("Cancel it")}}
		_, err := b.store.UpdateArticle(b.ctx, b.by, a.ID, edit, nil)
		b.must(err)
		b.equal("the new word", b.search(lectern.SearchQuery{Phrase: "subscriptoin"}), ids{a.ID})
		b.equal("the old word", b.search(lectern.SearchQuery{Phrase: "notificatoins"}), ids(nil))
	}},
}
