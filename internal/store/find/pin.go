package find

import (
	"cmp"
	"slices"

	"lectern"
	"lectern/internal/search"
	"lectern/internal/store/db"
)

// pinScore is what a pinned article has more than the next: more than words can
// add up to.
const pinScore = 10_000

// quotedScore is what a text has more than others that has word by word what
// stands in quotation marks.
const quotedScore = 1_000

// pin takes the articles that a rule puts first out of what matches, and
// returns them in the rule's order. They are there whether they match or not.
func (s *searching) pin() ([]ranked, error) {
	ids := s.rules.pinned(s.caller, s.phrase)
	if len(ids) == 0 {
		return nil, nil
	}
	texts, err := s.textsToPin(ids)
	if err != nil || len(texts) == 0 {
		return nil, err
	}
	s.texts = slices.DeleteFunc(s.texts, func(m match) bool {
		return slices.ContainsFunc(texts, func(p match) bool { return p.object == m.object })
	})
	t := tier{searching: s, texts: texts}
	if err := t.rank(); err != nil {
		return nil, err
	}
	page := make([]ranked, len(texts))
	for i, m := range texts {
		page[i] = ranked{object: m.object, query: m.query}
		if at := slices.IndexFunc(t.order, func(r ranked) bool { return r.object == m.object }); at >= 0 {
			page[i] = t.order[at]
		}
		page[i].pin = pinScore * float64(len(texts)-i)
		page[i].score += page[i].pin
	}
	return page, nil
}

// textsToPin chooses the text of each article that is shown: in the locale that
// goes first, else the original, else another; none if none is asked for.
func (s *searching) textsToPin(ids []int64) ([]match, error) {
	locales := map[int64][]lectern.Locale{}
	err := db.EachOf(s, ids, func(r db.Rows) error {
		var id int64
		var l lectern.Locale
		var state lectern.State
		err := r.Scan(&id, &l, &state)
		if slices.Contains(s.states, state) && (len(s.locales) == 0 || slices.Contains(s.locales, l)) {
			locales[id] = append(locales[id], l)
		}
		return err
	}, `SELECT article_id, locale, state FROM article_text WHERE workspace_id = $1 AND article_id IN `, s.ws)
	if err != nil {
		return nil, err
	}
	home, err := s.corpus.homes(ids)
	if err != nil {
		return nil, err
	}
	var texts []match
	for _, id := range ids {
		best := lectern.Locale("")
		for _, l := range lectern.Locales {
			if !slices.Contains(locales[id], l) {
				continue
			}
			asked, err := s.corpus.asked(l)
			if err != nil {
				return nil, err
			}
			if !asked(id) {
				continue
			}
			if best == "" || l == s.first || best != s.first && home(id, l) {
				best = l
			}
		}
		if best != "" {
			texts = append(texts, match{object: id, query: s.queryIn(best)})
		}
	}
	return texts, nil
}

// queryIn returns the number of the phrase as it is read in a locale, which
// may have no text with its words.
func (s *searching) queryIn(l lectern.Locale) uint8 {
	at := slices.IndexFunc(s.queries, func(t localeQuery) bool { return t.parsed.Locale == l })
	if at < 0 {
		at = len(s.queries)
		q := search.ParseQuery(l, s.phrase, search.Options{})
		s.queries = append(s.queries, localeQuery{parsed: q, ranker: search.NewRanker(q, search.Stats{}, nil)})
	}
	return uint8(at)
}

// explained makes the parts of a score of those of its words.
func (r ranked) explained(parts []lectern.ScorePart) []lectern.ScorePart {
	if part := r.score - r.pin - r.quoted - r.meaning; part != r.words && r.words > 0 {
		for i := range parts { // what words add up to is a place among others now
			parts[i].Score *= part / r.words
		}
	}
	if r.meaning > 0 {
		parts = append(parts, lectern.ScorePart{Reason: "meaning", Score: r.meaning})
		slices.SortStableFunc(parts, func(a, b lectern.ScorePart) int { return cmp.Compare(b.Score, a.Score) })
	}
	if r.quoted > 0 {
		parts = append([]lectern.ScorePart{{Reason: "quoted", Score: r.quoted}}, parts...)
	}
	if r.pin > 0 {
		parts = append([]lectern.ScorePart{{Reason: "pinned", Score: r.pin}}, parts...)
	}
	return parts
}
