package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"maps"
	"math"
	"slices"
	"strconv"

	"lectern"
	"lectern/internal/inverted"
	"lectern/internal/search"
)

const (
	relatedKept       = 6    // related articles of a text: more than are shown, as some may be withdrawn
	relatedCandidates = 48   // texts that are looked at for these
	relatedTerms      = 24   // terms that stand for a text
	relatedLeast      = 0.12 // of how much a text is like itself
	relateEvents      = 1024 // IDs of events that are followed at once
	relateAtOnce      = 16   // articles that one transaction reads or writes
	relateNeighbours  = 8    // changed articles up to which those related to them are looked at again
)

// An articleRelations is what is related to an article, by locale.
type articleRelations struct {
	lectern.ArticleRef
	locales map[lectern.Locale][]lectern.ArticleID
}

// RelateArticles follows the events. See lectern.ReaderStore.
//
// Of a few articles that changed it also looks at those that are related to
// them, which may now be related to these. Of many, as in an import, it does
// not: by the time it comes to one, most of the others are there.
func (d *DB) RelateArticles(ctx context.Context) (more bool, err error) {
	var from, to lectern.EventID
	var changed []lectern.ArticleRef
	err = d.read(ctx, "find articles to relate", func(c Conn) error {
		from, to, changed, err = toRelate(c)
		return err
	})
	if err != nil || to == 0 {
		return false, err
	}
	relations, err := d.relateAll(ctx, changed)
	if err == nil && len(changed) <= relateNeighbours {
		var around []lectern.ArticleRef
		for _, x := range relations {
			for _, l := range slices.Sorted(maps.Keys(x.locales)) {
				for _, id := range x.locales[l] {
					around = append(around, lectern.ArticleRef{Workspace: x.Workspace, Article: id})
				}
			}
		}
		around = slices.DeleteFunc(unique(around), func(a lectern.ArticleRef) bool { return slices.Contains(changed, a) })
		_, err = d.relateAll(ctx, around)
	}
	if err != nil {
		return false, err
	}
	return true, d.write(ctx, lectern.Actor{}, "follow events", func(t *tx) error {
		_, err := t.Exec(`
			UPDATE follower SET event_id = $2 WHERE workspace_id = 0 AND name = 'related' AND event_id = $1`, from, to)
		return err
	})
}

// toRelate finds which articles some of the next events changed: those behind
// from, up to to. To is zero if there are none.
func toRelate(c Conn) (from, to lectern.EventID, changed []lectern.ArticleRef, err error) {
	var last lectern.EventID
	err = one(c, []any{&from, &last}, `
		SELECT f.event_id, n.last_event FROM follower f, counter n
		WHERE f.workspace_id = 0 AND f.name = 'related' AND n.workspace_id = 0`)
	if err != nil || from >= last {
		return from, 0, nil, err
	}
	// IDs have gaps, great ones after an import.
	var next lectern.EventID
	err = one(c, []any{&next}, `
		SELECT COALESCE(min(first), 0) FROM (
			SELECT (SELECT min(e.id) FROM event e WHERE e.workspace_id = w.workspace_id AND e.id > $1) AS first
			FROM workspace w) AS firsts`, from)
	if err != nil || next == 0 {
		return from, 0, nil, err
	}
	to = min(last, next+relateEvents)
	changed, err = all(c, func(r Rows) (a lectern.ArticleRef, err error) {
		err = r.Scan(&a.Workspace, &a.Article)
		return a, err
	}, `SELECT DISTINCT e.workspace_id, e.object FROM workspace w JOIN event e ON e.workspace_id = w.workspace_id
		WHERE e.id > $1 AND e.id <= $2 AND e.kind IN ($3, $4) ORDER BY e.workspace_id, e.object`,
		from, to, lectern.ArticleCreated, lectern.ArticleUpdated)
	return from, to, changed, err
}

// relateAll finds and stores what is related to articles.
func (d *DB) relateAll(ctx context.Context, articles []lectern.ArticleRef) ([]articleRelations, error) {
	var found []articleRelations
	for chunk := range slices.Chunk(articles, relateAtOnce) {
		var relations []articleRelations
		err := d.read(ctx, "relate articles", func(c Conn) error {
			relations = relations[:0]
			for _, a := range chunk {
				locales, err := d.relate(c, a)
				if err != nil {
					return err
				}
				relations = append(relations, articleRelations{a, locales})
			}
			return nil
		})
		if err == nil {
			err = d.saveRelations(ctx, relations)
		}
		if err != nil {
			return nil, err
		}
		found = append(found, relations...)
	}
	return found, nil
}

// relate finds what is related to the published texts of an article.
func (d *DB) relate(c Conn, a lectern.ArticleRef) (map[lectern.Locale][]lectern.ArticleID, error) {
	s := &searching{
		Conn: c, shelf: &d.shelf, ws: a.Workspace,
		kinds: []lectern.ObjectKind{lectern.ArticleObject}, states: []lectern.State{lectern.Published},
	}
	forwards := map[lectern.Locale][]byte{}
	err := each(c, func(r Rows) error {
		var l lectern.Locale
		var forward []byte
		err := r.Scan(&l, &forward)
		forwards[l] = forward
		return err
	}, `SELECT locale, forward FROM search_text
		WHERE workspace_id = $1 AND object_id = $2 AND kind = 'article' AND state = 'published'`, a.Workspace, a.Article)
	if err != nil || len(forwards) == 0 {
		return nil, err
	}
	stats, err := s.stats()
	if err != nil {
		return nil, err
	}
	related := map[lectern.Locale][]lectern.ArticleID{}
	for l, forward := range forwards {
		candidates, err := s.alike(l, stats[l], int64(a.Article), forward)
		if err != nil {
			return nil, err
		}
		if related[l], err = listedBeside(c, a, l, candidates); err != nil {
			return nil, err
		}
	}
	return related, nil
}

// alike finds the texts of a locale that are most like one of them, best first.
func (s *searching) alike(l lectern.Locale, sum total, id int64, forward []byte) ([]lectern.ArticleID, error) {
	_, book, err := s.shelf.open(s, shelfKey{s.ws, l}, sum.event)
	if err != nil || sum.Docs == 0 {
		return nil, err
	}
	ask := inverted.Ask{
		Groups: groupsOf(s.kinds, s.states),
		Title:  float64(sum.TitleLen) / float64(sum.Docs), Body: float64(sum.BodyLen) / float64(sum.Docs),
	}
	terms := telling(book, ask, float64(sum.Docs), forward, search.Little(l))
	if len(terms) == 0 {
		return nil, nil
	}
	var found []inverted.Match
	least := float32(0)
	book.Match(ask, terms, func(m inverted.Match) {
		if m.Object == id {
			least = m.Guess * relatedLeast
		} else {
			found = append(found, m)
		}
	})
	found = slices.DeleteFunc(found, func(m inverted.Match) bool { return m.Guess < least })
	slices.SortFunc(found, func(a, b inverted.Match) int {
		return cmp.Or(cmp.Compare(b.Guess, a.Guess), cmp.Compare(a.Object, b.Object))
	})
	ids := make([]lectern.ArticleID, min(len(found), relatedCandidates))
	for i := range ids {
		ids[i] = lectern.ArticleID(found[i].Object)
	}
	return ids, nil
}

// telling are the terms that set a text apart from the others: those it has
// often and few others have, weighted by both. A term that no other text has
// leads nowhere; those that say little lead anywhere.
func telling(book *inverted.Book, ask inverted.Ask, docs float64, forward []byte, little map[uint32]bool) []inverted.Term {
	const inTitle, inHeadings, most = 3, 2, 5
	var terms []inverted.Term
	search.Records(forward, func(hash uint32, n search.Counts) {
		df := float64(book.Frequency(ask.Groups, hash))
		if df < 2 || little[hash] || docs >= 8 && df > docs/4 {
			return
		}
		often := min(n.Body()+n.Description()+inHeadings*n.Headings()+inTitle*n.Title(), most)
		terms = append(terms, inverted.Term{Hash: hash, Weight: float64(often) * math.Log1p((docs-df+0.5)/(df+0.5))})
	})
	slices.SortFunc(terms, func(a, b inverted.Term) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Hash, b.Hash))
	})
	return terms[:min(len(terms), relatedTerms)]
}

// listedBeside returns the first of some articles that every visitor may see in
// a locale, in a collection of the help center of an article.
func listedBeside(c Conn, a lectern.ArticleRef, l lectern.Locale, ids []lectern.ArticleID) ([]lectern.ArticleID, error) {
	listed := map[lectern.ArticleID]bool{}
	err := eachOf(c, ids, func(r Rows) error {
		var id lectern.ArticleID
		err := r.Scan(&id)
		listed[id] = true
		return err
	}, `SELECT t.article_id FROM article_text t JOIN article a ON a.workspace_id = t.workspace_id AND a.id = t.article_id
		WHERE t.workspace_id = $1 AND t.locale = $2 AND `+openText+`
			AND a.help_center_id = (SELECT b.help_center_id FROM article b WHERE b.workspace_id = $1 AND b.id = $3)
			AND EXISTS (SELECT 1 FROM article_parent p WHERE p.workspace_id = $1 AND p.article_id = t.article_id)
			AND t.article_id IN `, a.Workspace, l, a.Article)
	ids = slices.DeleteFunc(ids, func(id lectern.ArticleID) bool { return !listed[id] })
	return ids[:min(len(ids), relatedKept)], err
}

// saveRelations stores what is related to articles, and an event for each
// workspace where that is not what was stored.
func (d *DB) saveRelations(ctx context.Context, list []articleRelations) error {
	return d.write(ctx, lectern.Actor{}, "store related articles", func(t *tx) error {
		var changed []lectern.WorkspaceID
		for _, x := range list {
			did, err := t.saveRelated(x)
			if err != nil {
				return err
			}
			if did {
				changed = append(changed, x.Workspace)
			}
		}
		for _, ws := range unique(changed) {
			if _, err := t.take(0, 1); err != nil {
				return err
			}
			t.by = lectern.Actor{Workspace: ws}
			if err := t.record(lectern.RelatedUpdated, 0, lectern.EventData{}); err != nil {
				return err
			}
		}
		return nil
	})
}

// saveRelated stores what is related to an article, if it still exists, and
// reports whether that is not what was stored.
func (t *tx) saveRelated(x articleRelations) (bool, error) {
	known, err := exists(t, `SELECT id FROM article WHERE workspace_id = $1 AND id = $2`, x.Workspace, x.Article)
	if err != nil || !known {
		return false, err
	}
	was, is := map[lectern.Locale]string{}, map[lectern.Locale]string{}
	err = each(t, func(r Rows) error {
		var l lectern.Locale
		var ids string
		err := r.Scan(&l, &ids)
		was[l] = ids
		return err
	}, `SELECT locale, related FROM article_related WHERE workspace_id = $1 AND article_id = $2`, x.Workspace, x.Article)
	if err != nil {
		return false, err
	}
	for l, ids := range x.locales {
		if len(ids) > 0 {
			is[l] = relatedText(ids)
		}
	}
	if maps.Equal(was, is) {
		return false, nil
	}
	_, err = t.Exec(`DELETE FROM article_related WHERE workspace_id = $1 AND article_id = $2`, x.Workspace, x.Article)
	for _, l := range slices.Sorted(maps.Keys(is)) {
		if err == nil {
			_, err = t.Exec(`INSERT INTO article_related (workspace_id, article_id, locale, related) VALUES ($1, $2, $3, $4)`,
				x.Workspace, x.Article, l, is[l])
		}
	}
	return true, err
}

func relatedText(ids []lectern.ArticleID) string {
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = strconv.FormatInt(int64(id), 10)
	}
	return join(texts)
}

// related lists the articles related to that of a page that are listed, best
// first.
func (v *visit) related(p *lectern.Page) ([]lectern.ArticleID, error) {
	var text string
	err := one(v, []any{&text}, `
		SELECT related FROM article_related WHERE workspace_id = $1 AND article_id = $2 AND locale = $3`,
		v.Workspace, p.ID, p.Locale)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var ids []lectern.ArticleID
	for _, n := range split[string](text) {
		id, err := strconv.ParseInt(n, 10, 64)
		if err != nil {
			return nil, err
		}
		ids = append(ids, lectern.ArticleID(id))
	}
	listed := map[lectern.ArticleID]bool{}
	err = eachOf(v, ids, func(r Rows) error {
		var id lectern.ArticleID
		err := r.Scan(&id)
		listed[id] = true
		return err
	}, `SELECT a.id FROM article a WHERE a.workspace_id = $1 AND `+inShown(`a.id`, `$2`, `$3`)+` AND a.id IN `,
		v.Workspace, v.Locale, v.home.DefaultLocale)
	return slices.DeleteFunc(ids, func(id lectern.ArticleID) bool { return !listed[id] }), err
}
