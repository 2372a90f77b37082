package find

import (
	"cmp"
	"context"
	"slices"

	"lectern"
	"lectern/internal/search"
	"lectern/internal/store/db"
)

// Suggest returns titles for a phrase that is being typed. See
// lectern.SearchStore.
func (f *Finder) Suggest(ctx context.Context, ws lectern.WorkspaceID, q lectern.SuggestQuery) (lectern.Suggestions, error) {
	q.Limit = max(q.Limit, 0)
	var found lectern.Suggestions
	err := f.Read(ctx, "suggest", func(c db.Conn) error {
		s, err := f.searchingArticles(c, ws, lectern.SearchQuery{
			Phrase: q.Phrase, States: []lectern.State{lectern.Published}, HelpCenter: q.HelpCenter,
			Locale: q.Locale, Locales: q.Locales, Public: q.Public, Typing: true, Answered: true, Limit: q.Limit,
		})
		if err != nil {
			return err
		}
		s.titles, s.meaning = true, q.Locale
		if s.meaning == "" {
			s.meaning = defaultLocale(s.centers, q.HelpCenter)
		}
		page, _, err := s.run()
		if err != nil {
			return err
		}
		titles, err := s.titlesOf(page)
		if err != nil {
			return err
		}
		collections, err := f.suggestCollections(c, ws, q)
		found = lectern.Suggestions{Phrase: s.meant, Titles: mixed(titles, collections, q.Limit)}
		return err
	})
	return found, err
}

// defaultLocale is that of a help center, or of the default one.
func defaultLocale(centers []helpCenter, id lectern.HelpCenterID) lectern.Locale {
	at := slices.IndexFunc(centers, func(h helpCenter) bool { return h.id == id || id == 0 && h.isDefault })
	return centers[max(at, 0)].locale
}

// mixed puts collections behind the best articles: at most a third of n, unless
// there are few articles.
func mixed(articles, collections []lectern.TitleSuggestion, n int) []lectern.TitleSuggestion {
	room := max(n/3, n-len(articles))
	collections = collections[:min(len(collections), room)]
	return append(articles[:min(len(articles), n-len(collections))], collections...)
}

// titlesOf reads the titles of a page.
func (s *searching) titlesOf(page []ranked) ([]lectern.TitleSuggestion, error) {
	ids := make([]int64, len(page))
	at := make(map[int64]int, len(page))
	list := make([]lectern.TitleSuggestion, len(page))
	for i, r := range page {
		ids[i], at[r.object] = r.object, i
		list[i] = lectern.TitleSuggestion{Article: lectern.ArticleID(r.object), Locale: s.queries[r.query].parsed.Locale}
	}
	err := db.EachOf(s, ids, func(r db.Rows) error {
		var id int64
		var l lectern.Locale
		var title string
		err := r.Scan(&id, &l, &title)
		if i := at[id]; list[i].Locale == l {
			list[i].Title = title
		}
		return err
	}, `SELECT article_id, locale, title FROM article_text WHERE workspace_id = $1 AND article_id IN `, s.ws)
	return list, err
}

// suggestCollections returns the collections whose names have every word of the
// phrase: those in the caller's locale first, then those with the shortest
// names. Of one collection it returns one name.
func (f *Finder) suggestCollections(c db.Conn, ws lectern.WorkspaceID, q lectern.SuggestQuery) ([]lectern.TitleSuggestion, error) {
	names, err := f.names.in(c, ws)
	if err != nil {
		return nil, err
	}
	queries := map[lectern.Locale]search.Query{}
	var found []lectern.TitleSuggestion
	for _, n := range names {
		if !n.asked(q) {
			continue
		}
		query, known := queries[n.Locale]
		if !known {
			query = search.ParseQuery(n.Locale, q.Phrase, search.Options{})
			queries[n.Locale] = query
		}
		if n.has(query) {
			found = append(found, n.TitleSuggestion)
		}
	}
	away := func(t lectern.TitleSuggestion) int {
		if t.Locale == q.Locale {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(found, func(a, b lectern.TitleSuggestion) int {
		return cmp.Or(away(a)-away(b), len(a.Title)-len(b.Title), cmp.Compare(a.Collection, b.Collection))
	})
	seen := map[lectern.CollectionID]bool{}
	return slices.DeleteFunc(found, func(t lectern.TitleSuggestion) bool {
		again := seen[t.Collection]
		seen[t.Collection] = true
		return again
	}), nil
}
