package find

import (
	"lectern"
	"lectern/internal/store/db"
)

// A Hit is an article found by a search: see [lectern.Hit].
type Hit struct {
	Article     lectern.ArticleID
	Locale      lectern.Locale
	Score       float64
	Terms       []string
	Explanation []lectern.ScorePart
	Partly      bool
	Meant       string
}

// Articles returns a page of the articles that answer a phrase, and their exact
// number: see [lectern.SearchStore]. The query has at least one state, and each
// of them and of its locales once. Vector is that of its phrase: see
// [Finder.Vector]. It is called within Read.
func (f *Finder) Articles(c db.Conn, ws lectern.WorkspaceID, q lectern.SearchQuery, vector []float32) (hits []Hit, total int, err error) {
	s, err := f.searchingArticles(c, ws, q)
	if err != nil {
		return nil, 0, err
	}
	s.space, s.vector = f.meanings.space(ws), vector
	page, total, err := s.run()
	if err != nil {
		return nil, 0, err
	}
	return s.hits(page, q.Explain), total, nil
}

// hits are the articles of a page.
func (s *searching) hits(page []ranked, explain bool) []Hit {
	parts := make([][]lectern.ScorePart, len(page))
	if explain {
		parts = s.explain(page)
	}
	hits := make([]Hit, len(page))
	for i, r := range page {
		t := s.queries[r.query]
		hits[i] = Hit{
			Article: lectern.ArticleID(r.object), Locale: t.parsed.Locale, Score: r.score, Terms: t.parsed.Lookup(),
			Explanation: parts[i], Partly: s.partly, Meant: t.meant,
		}
	}
	return hits
}

// searchingArticles begins a search for articles.
func (f *Finder) searchingArticles(c db.Conn, ws lectern.WorkspaceID, q lectern.SearchQuery) (*searching, error) {
	among := articleCorpus{Conn: c, ws: ws, visible: &f.visible, helpCenter: q.HelpCenter, public: q.Public}
	if err := among.readCenters(); err != nil {
		return nil, err
	}
	set, err := f.rules.in(c, ws)
	if err != nil {
		return nil, err
	}
	return &searching{
		rules: ruleScope{set, q.HelpCenter},
		Conn:  c, indexes: &f.indexes, ws: ws, corpus: &among, centers: among.centers, phrase: q.Phrase,
		kinds: []lectern.ObjectKind{lectern.ArticleObject}, states: q.States, caller: q.Locale, locales: q.Locales,
		home: among.home(), typing: q.Typing, answered: q.Answered, asTyped: q.AsTyped, offset: q.Offset, limit: q.Limit,
	}, nil
}

// An articleCorpus is the articles of a help center, or of all of them.
type articleCorpus struct {
	db.Conn
	ws         lectern.WorkspaceID
	visible    *visibleTexts
	helpCenter lectern.HelpCenterID // zero for every one
	public     bool                 // only what every visitor may see
	centers    []helpCenter
}

// A helpCenter is what searches need of one.
type helpCenter struct {
	id        lectern.HelpCenterID
	locale    lectern.Locale // its default one
	isDefault bool
}

func (x *articleCorpus) readCenters() (err error) {
	x.centers, err = db.All(x, func(r db.Rows) (h helpCenter, err error) {
		err = r.Scan(&h.id, &h.locale, &h.isDefault)
		return h, err
	}, `SELECT id, default_locale, is_default FROM help_center WHERE workspace_id = $1`, x.ws)
	return err
}

// asked implements corpus.
func (x *articleCorpus) asked(l lectern.Locale) (func(int64) bool, error) {
	h := x.helpCenter
	if !x.public && (h == 0 || len(x.centers) == 1 && x.centers[0].id == h) {
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
		case x.helpCenter != 0 && h.id != x.helpCenter:
		case home == "":
			home = h.locale
		case home != h.locale:
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
		locales[h.id] = h.locale
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
