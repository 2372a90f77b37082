package store

import (
	"context"
	"errors"
	"slices"

	"lectern"
)

// SearchArticles returns a page of hits, best first, ties in the order of a
// list, and the exact number of hits. A word of the phrase is enough; an empty
// phrase asks for all articles and one without words for none.
func (d *DB) SearchArticles(ctx context.Context, ws lectern.WorkspaceID, q lectern.SearchQuery) ([]lectern.Hit, int, error) {
	q.Offset, q.Limit = max(q.Offset, 0), max(q.Limit, 0)
	q.States = unique(q.States)
	if len(q.States) == 0 {
		q.States = []lectern.State{lectern.Draft, lectern.Published}
	}
	var hits []lectern.Hit
	var total int
	err := d.read(ctx, "search articles", func(c Conn) (err error) {
		if q.Phrase == "" {
			hits, total, err = browse(c, ws, q)
			return err
		}
		among := articleCorpus{Conn: c, ws: ws, helpCenter: q.HelpCenter}
		if err := among.readCenters(); err != nil {
			return err
		}
		s := searching{
			Conn: c, engine: d.engine, ws: ws, corpus: &among, phrase: q.Phrase,
			kinds: []lectern.ObjectKind{lectern.ArticleObject}, states: q.States, offset: q.Offset, limit: q.Limit,
		}
		var page []ranked
		if page, total, err = s.run(); err != nil {
			return err
		}
		hits, err = articleHits(c, ws, page)
		return err
	})
	return hits, total, err
}

// articleHits reads the articles of a page.
func articleHits(c Conn, ws lectern.WorkspaceID, page []ranked) ([]lectern.Hit, error) {
	ids := make([]lectern.ArticleID, len(page))
	for i, r := range page {
		ids[i] = lectern.ArticleID(r.object)
	}
	list, err := articlesByID(c, ws, ids)
	if err != nil {
		return nil, err
	}
	if len(list) != len(page) {
		return nil, errors.New("the words of a text outlive its article")
	}
	hits := make([]lectern.Hit, len(page))
	for i, r := range page {
		hits[i] = lectern.Hit{Article: list[i], Locale: r.locale, Score: r.score}
	}
	return hits, nil
}

// An articleCorpus is the articles of a help center, or of all of them.
type articleCorpus struct {
	Conn
	ws         lectern.WorkspaceID
	helpCenter lectern.HelpCenterID // zero for every one
	centers    []*lectern.HelpCenter
}

func (x *articleCorpus) readCenters() (err error) {
	x.centers, err = all(x, scanHelpCenter, `
		SELECT `+helpCenterColumns+` FROM help_center WHERE workspace_id = $1`, x.ws)
	return err
}

// asked implements corpus.
func (x *articleCorpus) asked() (func(int64, lectern.Locale) bool, error) {
	h := x.helpCenter
	if h == 0 || len(x.centers) == 1 && x.centers[0].ID == h {
		return nil, nil
	}
	ids, err := all(x, column[int64], `SELECT id FROM article WHERE workspace_id = $1 AND help_center_id = $2`, x.ws, h)
	slices.Sort(ids)
	return func(id int64, _ lectern.Locale) bool {
		_, found := slices.BinarySearch(ids, id)
		return found
	}, err
}

// homes implements corpus: the original is the text in the default locale of
// its article's help center.
func (x *articleCorpus) homes(ids []int64) (func(int64, lectern.Locale) bool, error) {
	home := x.centers[0].DefaultLocale
	if !slices.ContainsFunc(x.centers, func(h *lectern.HelpCenter) bool { return h.DefaultLocale != home }) {
		return func(_ int64, l lectern.Locale) bool { return l == home }, nil
	}
	homes, err := x.homeLocales(ids)
	return func(id int64, l lectern.Locale) bool { return homes[id] == l }, err
}

// homeLocales reads the default locales of articles' help centers. An ID that
// is no article's has none.
func (x *articleCorpus) homeLocales(ids []int64) (map[int64]lectern.Locale, error) {
	locales := map[lectern.HelpCenterID]lectern.Locale{}
	for _, h := range x.centers {
		locales[h.ID] = h.DefaultLocale
	}
	homes := make(map[int64]lectern.Locale, len(ids))
	err := eachOf(x, ids, func(r Rows) error {
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
func readTimes(c Conn, ws lectern.WorkspaceID, table string, ids []int64, times map[int64]int64) error {
	return eachOf(c, ids, func(r Rows) error {
		var id, at int64
		err := r.Scan(&id, &at)
		times[id] = at
		return err
	}, `SELECT id, updated_at FROM `+table+` WHERE workspace_id = $1 AND id IN `, ws)
}
