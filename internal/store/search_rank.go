package store

import (
	"cmp"
	"errors"
	"slices"

	"lectern"
)

// rank scores the most promising texts by all of their words, and orders their
// articles, best first. Those with the same score are in no useful order yet.
func (s *searching) rank() ([]ranked, error) {
	texts, err := s.promising()
	if err != nil {
		return nil, err
	}
	home, err := s.homes(texts)
	if err != nil {
		return nil, err
	}
	best := make(map[lectern.ArticleID]ranked, len(texts))
	for i, t := range s.tongues {
		l := t.query.Locale
		var ids []lectern.ArticleID
		for _, m := range texts {
			if m.tongue == i {
				ids = append(ids, m.article)
			}
		}
		err := s.forwards(l, ids, func(id lectern.ArticleID, forward []byte) {
			score := t.ranker.Score(forward)
			if home(id) == l {
				score *= homeBonus
			}
			if old, ok := best[id]; !ok || score > old.score {
				best[id] = ranked{ArticleKey: lectern.ArticleKey{ID: id}, locale: l, score: score}
			}
		})
		if err != nil {
			return nil, err
		}
	}
	order := make([]ranked, 0, len(best))
	for _, r := range best {
		order = append(order, r)
	}
	slices.SortFunc(order, compareRanked)
	return order, nil
}

// compareRanked orders best first, ties in the order of a list.
func compareRanked(a, b ranked) int {
	return cmp.Or(cmp.Compare(b.score, a.score), compareKeys(a.ArticleKey, b.ArticleKey))
}

// promising returns the texts to rank: all, or those with the greatest weights
// once the title counts.
func (s *searching) promising() ([]match, error) {
	if len(s.texts) <= maxRanked {
		return s.texts, nil
	}
	texts := slices.Clone(s.texts)
	for i, t := range s.tongues {
		bonus := map[lectern.ArticleID]float64{}
		for j, term := range t.query.Terms {
			ids, err := s.postings(t.query.Locale, term, true)
			if err != nil {
				return nil, err
			}
			for _, id := range ids {
				bonus[id] += titleBonus * t.idf[j]
			}
		}
		for j, m := range texts {
			if m.tongue == i {
				texts[j].weight += bonus[m.article]
			}
		}
	}
	slices.SortFunc(texts, func(a, b match) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(b.article, a.article), cmp.Compare(a.tongue, b.tongue))
	})
	return texts[:maxRanked], nil
}

// homes tells the default locale of an article's help center.
func (s *searching) homes(texts []match) (func(lectern.ArticleID) lectern.Locale, error) {
	locales := map[lectern.HelpCenterID]lectern.Locale{}
	same := true
	for _, h := range s.centers {
		locales[h.ID] = h.DefaultLocale
		same = same && h.DefaultLocale == s.centers[0].DefaultLocale
	}
	if same {
		return func(lectern.ArticleID) lectern.Locale { return s.centers[0].DefaultLocale }, nil
	}
	homes := make(map[lectern.ArticleID]lectern.Locale, len(texts))
	ids := make([]lectern.ArticleID, len(texts))
	for i, m := range texts {
		ids[i] = m.article
	}
	err := eachOf(s, ids, func(r Rows) error {
		var id lectern.ArticleID
		var h lectern.HelpCenterID
		err := r.Scan(&id, &h)
		homes[id] = locales[h]
		return err
	}, `SELECT id, help_center_id FROM article WHERE workspace_id = $1 AND id IN `, s.ws)
	return func(id lectern.ArticleID) lectern.Locale { return homes[id] }, err
}

// forwards reads what the ranker needs of articles' texts in one locale.
func (s *searching) forwards(l lectern.Locale, ids []lectern.ArticleID, use func(lectern.ArticleID, []byte)) error {
	return eachOf(s, ids, func(r Rows) error {
		var id lectern.ArticleID
		var forward []byte
		if err := r.Scan(&id, &forward); err != nil {
			return err
		}
		use(id, forward)
		return nil
	}, `SELECT article_id, forward FROM search_fwd WHERE workspace_id = $1 AND locale = $2 AND article_id IN `, s.ws, l)
}

// unranked lists the articles that match but were not ranked, in the order of
// a list. Each shows its text with the greatest weight.
func (s *searching) unranked(done []ranked) ([]ranked, error) {
	skip := make(map[lectern.ArticleID]bool, len(done))
	for _, r := range done {
		skip[r.ID] = true
	}
	best := map[lectern.ArticleID]match{}
	var ids []lectern.ArticleID
	for _, m := range s.texts {
		old, seen := best[m.article]
		switch {
		case skip[m.article]:
			continue
		case !seen:
			ids = append(ids, m.article)
		case m.weight <= old.weight:
			continue
		}
		best[m.article] = m
	}
	keys, err := s.keys(ids)
	if err != nil {
		return nil, err
	}
	rest := make([]ranked, len(ids))
	for i, id := range ids {
		rest[i] = ranked{ArticleKey: keys[id], locale: s.tongues[best[id].tongue].query.Locale}
	}
	slices.SortFunc(rest, compareRanked)
	return rest, nil
}

// breakTies orders the ranked articles of a page, and those that tie with them,
// as compareRanked says. Only now their times are read: ties are rare.
func (s *searching) breakTies(order []ranked, from, to int) error {
	for from > 0 && order[from-1].score == order[from].score {
		from--
	}
	for to < len(order) && order[to].score == order[to-1].score {
		to++
	}
	page := order[from:to]
	var ids []lectern.ArticleID
	for _, r := range page {
		ids = append(ids, r.ID)
	}
	keys, err := s.keys(ids)
	for i := range page {
		page[i].ArticleKey = keys[page[i].ID]
	}
	slices.SortFunc(page, compareRanked)
	return err
}

// keys reads the places of articles in the order of lists.
func (s *searching) keys(ids []lectern.ArticleID) (map[lectern.ArticleID]lectern.ArticleKey, error) {
	keys := make(map[lectern.ArticleID]lectern.ArticleKey, len(ids))
	err := eachOf(s, ids, func(r Rows) error {
		k, err := scanKey(r)
		keys[k.ID] = k
		return err
	}, `SELECT id, updated_at FROM article WHERE workspace_id = $1 AND id IN `, s.ws)
	return keys, err
}

// hits reads the articles of a page.
func (s *searching) hits(page []ranked) ([]lectern.Hit, error) {
	ids := make([]lectern.ArticleID, len(page))
	for i, r := range page {
		ids[i] = r.ID
	}
	list, err := articlesByID(s, s.ws, ids)
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
