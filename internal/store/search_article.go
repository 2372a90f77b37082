package store

import (
	"context"
	"errors"

	"lectern"
	"lectern/internal/store/db"
)

// SearchArticles returns a page of hits. See lectern.SearchStore.
func (d *DB) SearchArticles(ctx context.Context, ws lectern.WorkspaceID, q lectern.SearchQuery) ([]lectern.Hit, int, error) {
	q.Offset, q.Limit = max(q.Offset, 0), max(q.Limit, 0)
	q.States, q.Locales = unique(q.States), unique(q.Locales)
	switch {
	case q.Public:
		q.States = []lectern.State{lectern.Published}
	case len(q.States) == 0:
		q.States = states
	}
	var vector []float32
	if !q.Typing {
		vector = d.vectorOf(ctx, q.Phrase)
	}
	var hits []lectern.Hit
	var total int
	err := d.readTexts(ctx, "search articles", func(c db.Conn) (err error) {
		if q.Phrase == "" {
			hits, total, err = browse(c, ws, q)
			return err
		}
		s, err := d.searchingArticles(c, ws, q)
		if err != nil {
			return err
		}
		s.space, s.vector = d.meanings.space(ws), vector
		var page []ranked
		if page, total, err = s.run(); err != nil {
			return err
		}
		hits, err = s.articleHits(page, q.Explain)
		return err
	})
	return hits, total, err
}

// searchingArticles begins a search for articles.
func (d *DB) searchingArticles(c db.Conn, ws lectern.WorkspaceID, q lectern.SearchQuery) (*searching, error) {
	among := articleCorpus{Conn: c, ws: ws, visible: &d.visible, helpCenter: q.HelpCenter, public: q.Public}
	if err := among.readCenters(); err != nil {
		return nil, err
	}
	book, err := d.rules.in(c, ws)
	if err != nil {
		return nil, err
	}
	return &searching{
		rules: ruleScope{book, q.HelpCenter},
		Conn:  c, shelf: &d.shelf, ws: ws, corpus: &among, centers: among.centers, phrase: q.Phrase,
		kinds: []lectern.ObjectKind{lectern.ArticleObject}, states: q.States, caller: q.Locale, locales: q.Locales,
		home: among.home(), typing: q.Typing, answered: q.Answered, asTyped: q.AsTyped, offset: q.Offset, limit: q.Limit,
	}, nil
}

// articleHits reads the articles of a page.
func (s *searching) articleHits(page []ranked, explain bool) ([]lectern.Hit, error) {
	ids := make([]lectern.ArticleID, len(page))
	for i, r := range page {
		ids[i] = lectern.ArticleID(r.object)
	}
	list, err := articlesByID(s, s.ws, ids)
	if err != nil {
		return nil, err
	}
	if len(list) != len(page) {
		return nil, errors.New("the words of a text outlive its article")
	}
	parts := make([][]lectern.ScorePart, len(page))
	if explain {
		parts = s.explain(page)
	}
	hits := make([]lectern.Hit, len(page))
	for i, r := range page {
		q := s.tongues[r.tongue].query
		hits[i] = lectern.Hit{Article: list[i], Locale: q.Locale, Score: r.score, Terms: q.Lookup(), Explanation: parts[i], Partly: s.partly, Meant: s.tongues[r.tongue].meant}
	}
	return hits, nil
}

// An articleCorpus is the articles of a help center, or of all of them.
type articleCorpus struct {
	db.Conn
	ws         lectern.WorkspaceID
	visible    *visibleTexts
	helpCenter lectern.HelpCenterID // zero for every one
	public     bool                 // only what every visitor may see
	centers    []*lectern.HelpCenter
}

func (x *articleCorpus) readCenters() (err error) {
	x.centers, err = db.All(x, scanHelpCenter, `
		SELECT `+helpCenterColumns+` FROM help_center WHERE workspace_id = $1`, x.ws)
	return err
}

// asked implements corpus.
func (x *articleCorpus) asked(l lectern.Locale) (func(int64) bool, error) {
	h := x.helpCenter
	if !x.public && (h == 0 || len(x.centers) == 1 && x.centers[0].ID == h) {
		return anyObject, nil
	}
	ids, err := x.visible.in(x, visibleKey{x.ws, h, x.public, l})
	return membership(ids), err
}

// anyObject reports that any object is asked for.
func anyObject(int64) bool { return true }

// homes implements corpus: the original is the text in the default locale of
// its article's help center.
func (x *articleCorpus) homes(ids []int64) (func(int64, lectern.Locale) bool, error) {
	if home := x.home(); home != "" {
		return func(_ int64, l lectern.Locale) bool { return l == home }, nil
	}
	homes, err := x.homeLocales(ids)
	return func(id int64, l lectern.Locale) bool { return homes[id] == l }, err
}

// home is the default locale of the help centers that are looked through; empty
// if they have several.
func (x *articleCorpus) home() lectern.Locale {
	var home lectern.Locale
	for _, h := range x.centers {
		switch {
		case x.helpCenter != 0 && h.ID != x.helpCenter:
		case home == "":
			home = h.DefaultLocale
		case home != h.DefaultLocale:
			return ""
		}
	}
	return home
}

// homeLocales reads the default locales of articles' help centers. An ID that
// is no article's has none.
func (x *articleCorpus) homeLocales(ids []int64) (map[int64]lectern.Locale, error) {
	locales := map[lectern.HelpCenterID]lectern.Locale{}
	for _, h := range x.centers {
		locales[h.ID] = h.DefaultLocale
	}
	homes := make(map[int64]lectern.Locale, len(ids))
	err := db.EachOf(x, ids, func(r db.Rows) error {
		var id int64
		var h lectern.HelpCenterID
		err := r.Scan(&id, &h)
		homes[id] = locales[h]
		return err
	}, `SELECT id, help_center_id FROM article WHERE workspace_id = $1 AND id IN `, x.ws)
	return homes, err
}

// times implements corpus.
func (x *articleCorpus) times(ids []int64) (map[int64]int64, error) {
	times := make(map[int64]int64, len(ids))
	return times, readTimes(x, x.ws, "article", ids, times)
}

// readTimes adds to times when the objects of a table were last updated.
func readTimes(c db.Conn, ws lectern.WorkspaceID, table string, ids []int64, times map[int64]int64) error {
	return db.EachOf(c, ids, func(r db.Rows) error {
		var id, at int64
		err := r.Scan(&id, &at)
		times[id] = at
		return err
	}, `SELECT id, updated_at FROM `+table+` WHERE workspace_id = $1 AND id IN `, ws)
}
