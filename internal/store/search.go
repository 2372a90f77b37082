package store

import (
	"cmp"
	"math"
	"slices"

	"lectern"
	"lectern/internal/search"
)

const (
	// maxRanked is how many texts are ranked by all of their words. Up to
	// 20,000 texts in a locale, more give the same first page.
	maxRanked = 2048
	// homeBonus is the factor for a text in the language its object was written
	// in: of two translations that answer alike, it is the original.
	homeBonus = 1.05
	// titleBonus is how much more a word in the title counts than one anywhere,
	// in choosing which texts to rank.
	titleBonus = 2
)

// A searching is one search by words on one state of the database. A word of
// the phrase is enough; a phrase without words finds nothing.
type searching struct {
	Conn
	engine Engine
	ws     lectern.WorkspaceID
	corpus corpus

	phrase        string
	kinds         []lectern.ObjectKind // of what is looked for; at least one
	states        []lectern.State      // the matching text is in one of them; at least one
	locales       []lectern.Locale     // of the matching text; none means any
	offset, limit int

	tongues []tongue
	texts   []match // every text that matches, by object
}

// A corpus is what a search looks through.
type corpus interface {
	// asked reports whether the text of an object in a locale is one of those
	// asked for. It is nil if all texts are.
	asked() (func(id int64, l lectern.Locale) bool, error)
	// homes reports whether the text of one of these objects in a locale is the
	// original.
	homes(ids []int64) (func(id int64, l lectern.Locale) bool, error)
	// times reads when objects were last updated, in Unix seconds.
	times(ids []int64) (map[int64]int64, error)
}

// A tongue is the phrase as it is read in one locale.
type tongue struct {
	query  search.Query
	idf    []float64 // what each term of query says
	ranker *search.Ranker
}

// A match is a text that has a term of the phrase.
type match struct {
	object int64
	tongue int
	weight float64 // the sum of its terms' idf; a rough guess of its score
}

// A ranked is an object with its best text.
type ranked struct {
	object  int64
	updated int64 // Unix seconds
	locale  lectern.Locale
	score   float64
}

// run returns a page of objects, best first, ties in the order of a list, and
// the exact number of objects that match.
func (s *searching) run() (page []ranked, total int, err error) {
	if err := s.match(); err != nil {
		return nil, 0, err
	}
	if err := s.keepAsked(); err != nil {
		return nil, 0, err
	}
	total = s.objects()
	from, to := min(s.offset, total), min(s.offset+s.limit, total)
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
	return order[from:to], total, nil
}

// match finds every text that has a term of the phrase, in the locales that
// have texts at all.
func (s *searching) match() error {
	stats, err := s.stats()
	if err != nil {
		return err
	}
	for _, l := range lectern.Locales {
		if stats[l].Docs == 0 || len(s.locales) > 0 && !slices.Contains(s.locales, l) {
			continue
		}
		if err := s.matchIn(search.ParseQuery(l, s.phrase), stats[l]); err != nil {
			return err
		}
	}
	if len(s.tongues) > 1 {
		slices.SortStableFunc(s.texts, func(a, b match) int { return cmp.Compare(a.object, b.object) })
	}
	return nil
}

// stats reads the totals of each locale over the kinds and states asked for.
func (s *searching) stats() (map[lectern.Locale]search.Stats, error) {
	kinds, states := pad(s.kinds), pad(s.states)
	stats := map[lectern.Locale]search.Stats{}
	err := each(s, func(r Rows) error {
		var l lectern.Locale
		var t search.Stats
		err := r.Scan(&l, &t.Docs, &t.TitleLen, &t.DescriptionLen, &t.BodyLen)
		stats[l] = t
		return err
	}, `SELECT locale, CAST(sum(docs) AS BIGINT), CAST(sum(title_len) AS BIGINT),
			CAST(sum(description_len) AS BIGINT), CAST(sum(body_len) AS BIGINT)
		FROM search_stat WHERE workspace_id = $1 AND kind IN (`+in(2, len(kinds))+`)
			AND state IN (`+in(2+len(kinds), len(states))+`) GROUP BY locale`,
		slices.Concat([]any{s.ws}, kinds, states)...)
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

func (s *searching) postings(l lectern.Locale, term string, title bool) ([]int64, error) {
	return s.engine.Postings(s, Posting{Workspace: s.ws, Kinds: s.kinds, Locale: l, States: s.states, Word: term, Title: title})
}

// unite adds the texts of a further term to those of the terms before. Both are
// in ascending order.
func unite(texts []match, ids []int64, tongue int, weight float64) []match {
	if len(ids) == 0 {
		return texts
	}
	out := make([]match, 0, len(texts)+len(ids))
	for _, id := range ids {
		for len(texts) > 0 && texts[0].object < id {
			out, texts = append(out, texts[0]), texts[1:]
		}
		m := match{object: id, tongue: tongue}
		if len(texts) > 0 && texts[0].object == id {
			m, texts = texts[0], texts[1:]
		}
		m.weight += weight
		out = append(out, m)
	}
	return append(out, texts...)
}

// keepAsked leaves only the texts asked for.
func (s *searching) keepAsked() error {
	asked, err := s.corpus.asked()
	if err != nil || asked == nil {
		return err
	}
	s.texts = slices.DeleteFunc(s.texts, func(m match) bool {
		return !asked(m.object, s.tongues[m.tongue].query.Locale)
	})
	return nil
}

// objects counts the objects that match.
func (s *searching) objects() int {
	n := 0
	for i, m := range s.texts {
		if i == 0 || m.object != s.texts[i-1].object {
			n++
		}
	}
	return n
}
