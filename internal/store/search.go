package store

import (
	"cmp"
	"context"
	"math"
	"slices"

	"lectern"
	"lectern/internal/search"
)

const (
	// maxRanked is how many texts are ranked by all of their words. Up to
	// 20,000 texts in a locale, more give the same first page.
	maxRanked = 2048
	// homeBonus is the factor for a text in the default locale of its help
	// center: of two translations that answer alike, it is the original.
	homeBonus = 1.05
	// titleBonus is how much more a word in the title counts than one anywhere,
	// in choosing which texts to rank.
	titleBonus = 2
)

// SearchArticles returns a page of hits, best first, ties in the order of a
// list, and the exact number of hits. A word of the phrase is enough; an empty
// phrase asks for all articles and one without words for none.
func (d *DB) SearchArticles(ctx context.Context, ws lectern.WorkspaceID, q lectern.SearchQuery) ([]lectern.Hit, int, error) {
	q.Offset, q.Limit = max(q.Offset, 0), max(q.Limit, 0)
	if len(q.States) == 0 {
		q.States = []lectern.State{lectern.Draft, lectern.Published}
	}
	var hits []lectern.Hit
	var total int
	err := d.read(ctx, "search articles", func(c Conn) (err error) {
		if q.Phrase == "" {
			hits, total, err = browse(c, ws, q)
		} else {
			s := searching{Conn: c, engine: d.engine, ws: ws, q: q}
			hits, total, err = s.run()
		}
		return err
	})
	return hits, total, err
}

// A searching is one search on one state of the database.
type searching struct {
	Conn
	engine Engine
	ws     lectern.WorkspaceID
	q      lectern.SearchQuery

	centers []*lectern.HelpCenter
	tongues []tongue
	texts   []match // every text that matches, by article
}

// A tongue is the phrase as it is read in one locale.
type tongue struct {
	query  search.Query
	idf    []float64 // what each term of query says
	ranker *search.Ranker
}

// A match is a text that has a term of the phrase.
type match struct {
	article lectern.ArticleID
	tongue  int
	weight  float64 // the sum of its terms' idf; a rough guess of its score
}

// A ranked is an article with its best text.
type ranked struct {
	lectern.ArticleKey
	locale lectern.Locale
	score  float64
}

func (s *searching) run() (hits []lectern.Hit, total int, err error) {
	s.centers, err = all(s, scanHelpCenter, `
		SELECT `+helpCenterColumns+` FROM help_center WHERE workspace_id = $1`, s.ws)
	if err != nil {
		return nil, 0, err
	}
	if err := s.match(); err != nil {
		return nil, 0, err
	}
	if err := s.keepHelpCenter(); err != nil {
		return nil, 0, err
	}
	total = s.articles()
	from, to := min(s.q.Offset, total), min(s.q.Offset+s.q.Limit, total)
	if from >= to {
		return nil, total, nil
	}
	order, err := s.rank()
	if err != nil {
		return nil, 0, err
	}
	if to > len(order) {
		rest, err := s.unranked(order)
		if err != nil {
			return nil, 0, err
		}
		order = append(order, rest...)
	}
	if err := s.breakTies(order, from, to); err != nil {
		return nil, 0, err
	}
	hits, err = s.hits(order[from:to])
	return hits, total, err
}

// match finds every text that has a term of the phrase, in the locales that
// have texts at all.
func (s *searching) match() error {
	stats, err := s.stats()
	if err != nil {
		return err
	}
	for _, l := range lectern.Locales {
		if stats[l].Docs == 0 {
			continue
		}
		if err := s.matchIn(search.ParseQuery(l, s.q.Phrase), stats[l]); err != nil {
			return err
		}
	}
	if len(s.tongues) > 1 {
		slices.SortStableFunc(s.texts, func(a, b match) int { return cmp.Compare(a.article, b.article) })
	}
	return nil
}

// stats reads the totals of each locale over the states asked for.
func (s *searching) stats() (map[lectern.Locale]search.Stats, error) {
	states := pad(unique(s.q.States))
	stats := map[lectern.Locale]search.Stats{}
	err := each(s, func(r Rows) error {
		var l lectern.Locale
		var t search.Stats
		err := r.Scan(&l, &t.Docs, &t.TitleLen, &t.DescriptionLen, &t.BodyLen)
		stats[l] = t
		return err
	}, `SELECT locale, CAST(sum(docs) AS BIGINT), CAST(sum(title_len) AS BIGINT),
			CAST(sum(description_len) AS BIGINT), CAST(sum(body_len) AS BIGINT)
		FROM search_stat WHERE workspace_id = $1 AND state IN (`+in(2, len(states))+`) GROUP BY locale`,
		append([]any{s.ws}, states...)...)
	return stats, err
}

// matchIn finds the texts of one locale.
func (s *searching) matchIn(q search.Query, stats search.Stats) error {
	t := tongue{query: q}
	df := map[string]int64{}
	var texts []match
	for _, term := range q.Terms {
		ids, err := s.postings(q.Locale, term, false)
		if err != nil {
			return err
		}
		n := float64(len(ids))
		idf := math.Log1p((float64(stats.Docs) - n + 0.5) / (n + 0.5))
		df[term] = int64(len(ids))
		t.idf = append(t.idf, idf)
		texts = unite(texts, ids, len(s.tongues), idf)
	}
	if len(texts) == 0 {
		return nil
	}
	t.ranker = search.NewRanker(q, stats, df)
	s.tongues = append(s.tongues, t)
	s.texts = append(s.texts, texts...)
	return nil
}

func (s *searching) postings(l lectern.Locale, term string, title bool) ([]lectern.ArticleID, error) {
	return s.engine.Postings(s, Posting{Workspace: s.ws, Locale: l, States: unique(s.q.States), Word: term, Title: title})
}

// unite adds the texts of a further term to those of the terms before. Both are
// in ascending order.
func unite(texts []match, ids []lectern.ArticleID, tongue int, weight float64) []match {
	if len(ids) == 0 {
		return texts
	}
	out := make([]match, 0, len(texts)+len(ids))
	for _, id := range ids {
		for len(texts) > 0 && texts[0].article < id {
			out, texts = append(out, texts[0]), texts[1:]
		}
		m := match{article: id, tongue: tongue}
		if len(texts) > 0 && texts[0].article == id {
			m, texts = texts[0], texts[1:]
		}
		m.weight += weight
		out = append(out, m)
	}
	return append(out, texts...)
}

// keepHelpCenter leaves only the articles of the help center asked for.
func (s *searching) keepHelpCenter() error {
	h := s.q.HelpCenter
	if h == 0 || len(s.centers) == 1 && s.centers[0].ID == h {
		return nil
	}
	ids, err := all(s, column[lectern.ArticleID], `
		SELECT id FROM article WHERE workspace_id = $1 AND help_center_id = $2`, s.ws, h)
	slices.Sort(ids)
	s.texts = slices.DeleteFunc(s.texts, func(m match) bool {
		_, found := slices.BinarySearch(ids, m.article)
		return !found
	})
	return err
}

// articles counts the articles that match.
func (s *searching) articles() int {
	n := 0
	for i, m := range s.texts {
		if i == 0 || m.article != s.texts[i-1].article {
			n++
		}
	}
	return n
}
