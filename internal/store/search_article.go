package store

import (
	"context"
	"errors"

	"lectern"
	"lectern/internal/meaning"
	"lectern/internal/store/db"
	"lectern/internal/store/find"
)

// SearchArticles returns a page of hits. See lectern.SearchStore.
func (d *DB) SearchArticles(ctx context.Context, ws lectern.WorkspaceID, q lectern.SearchQuery) (hits []lectern.Hit, total int, err error) {
	q.Offset, q.Limit = max(q.Offset, 0), max(q.Limit, 0)
	q.States, q.Locales = unique(q.States), unique(q.Locales)
	switch {
	case q.Public:
		q.States = []lectern.State{lectern.Published}
	case len(q.States) == 0:
		q.States = find.States
	}
	var vector []float32
	if !q.Typing {
		vector = d.find.Vector(ctx, q.Phrase)
	}
	err = d.find.Read(ctx, "search articles", func(c db.Conn) (err error) {
		if q.Phrase == "" {
			hits, total, err = browse(c, ws, q)
			return err
		}
		found, n, err := d.find.Articles(c, ws, q, vector)
		if err != nil {
			return err
		}
		if total = n; q.Bare {
			hits = bareHits(found)
			return nil
		}
		hits, err = articleHits(c, ws, found)
		return err
	})
	return hits, total, err
}

// articleHits reads the articles that were found.
func articleHits(c db.Conn, ws lectern.WorkspaceID, found []find.Hit) ([]lectern.Hit, error) {
	ids := make([]lectern.ArticleID, len(found))
	for i, h := range found {
		ids[i] = h.Article
	}
	list, err := articlesByID(c, ws, ids)
	if err != nil {
		return nil, err
	}
	if len(list) != len(found) {
		return nil, errors.New("the words of a text outlive its article")
	}
	hits := bareHits(found)
	for i := range hits {
		hits[i].Article = list[i]
	}
	return hits, nil
}

// bareHits are what was found, without the articles.
func bareHits(found []find.Hit) []lectern.Hit {
	hits := make([]lectern.Hit, len(found))
	for i, h := range found {
		hits[i] = lectern.Hit{
			Article: &lectern.Article{ID: h.Article}, Locale: h.Locale, Score: h.Score, Terms: h.Terms,
			Explanation: h.Explanation, Partly: h.Partly, Meant: h.Meant,
		}
	}
	return hits
}

// CountAnswers counts the articles that answer a phrase by language. See
// lectern.SearchStore.
func (d *DB) CountAnswers(ctx context.Context, ws lectern.WorkspaceID, q lectern.SearchQuery) (map[lectern.Locale]int, error) {
	q.Locales = unique(q.Locales)
	return d.find.CountAnswers(ctx, ws, q)
}

// Suggest returns titles for a phrase that is being typed. See
// lectern.SearchStore.
func (d *DB) Suggest(ctx context.Context, ws lectern.WorkspaceID, q lectern.SuggestQuery) (lectern.Suggestions, error) {
	return d.find.Suggest(ctx, ws, q)
}

// OftenSearched returns what readers search for most. See
// lectern.SearchLogStore.
func (d *DB) OftenSearched(ctx context.Context, v lectern.Visit, n int) ([]string, error) {
	return d.find.OftenSearched(ctx, v, n)
}

// WarmSearch reads texts into memory. See lectern.SearchStore.
func (d *DB) WarmSearch(ctx context.Context) error { return d.find.Warm(ctx) }

// LoadWanted reads the texts of a language that pages missed. See
// lectern.SearchStore.
func (d *DB) LoadWanted(ctx context.Context) (more bool, err error) { return d.find.LoadWanted(ctx) }

// UseMeaning has searches for articles also find what means alike: see
// [find.Finder.UseMeaning].
func (d *DB) UseMeaning(e meaning.Embedder) { d.find.UseMeaning(e) }

// LearnMeaning has vectors made of texts: see [find.Finder.LearnMeaning].
func (d *DB) LearnMeaning(ctx context.Context) (more bool, err error) {
	return d.find.LearnMeaning(ctx)
}

// LoadMeaning reads vectors that are new: see [find.Finder.LoadMeaning].
func (d *DB) LoadMeaning(ctx context.Context) error { return d.find.LoadMeaning(ctx) }
