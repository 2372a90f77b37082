package store

import (
	"cmp"
	"slices"

	"lectern"
)

// rank scores the most promising texts by all of their words, and orders their
// objects, best first. Those with the same score are in no useful order yet.
func (s *searching) rank() ([]ranked, error) {
	texts, err := s.promising()
	if err != nil {
		return nil, err
	}
	all := make([]int64, len(texts))
	for i, m := range texts {
		all[i] = m.object
	}
	home, err := s.corpus.homes(all)
	if err != nil {
		return nil, err
	}
	best := make(map[int64]ranked, len(texts))
	for i, t := range s.tongues {
		l := t.query.Locale
		var ids []int64
		for _, m := range texts {
			if m.tongue == i {
				ids = append(ids, m.object)
			}
		}
		err := s.forwards(l, ids, func(id int64, forward []byte) {
			score := t.ranker.Score(forward)
			if home(id, l) {
				score *= homeBonus
			}
			if old, ok := best[id]; !ok || score > old.score {
				best[id] = ranked{object: id, locale: l, score: score}
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
	return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(b.updated, a.updated), cmp.Compare(b.object, a.object))
}

// promising returns the texts to rank: all, or those with the greatest weights
// once the title counts.
func (s *searching) promising() ([]match, error) {
	if len(s.texts) <= maxRanked {
		return s.texts, nil
	}
	texts := slices.Clone(s.texts)
	for i, t := range s.tongues {
		bonus := map[int64]float64{}
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
				texts[j].weight += bonus[m.object]
			}
		}
	}
	slices.SortFunc(texts, func(a, b match) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(b.object, a.object), cmp.Compare(a.tongue, b.tongue))
	})
	return texts[:maxRanked], nil
}

// forwards reads what the ranker needs of objects' texts in one locale.
func (s *searching) forwards(l lectern.Locale, ids []int64, use func(int64, []byte)) error {
	return eachOf(s, ids, func(r Rows) error {
		var id int64
		var forward []byte
		if err := r.Scan(&id, &forward); err != nil {
			return err
		}
		use(id, forward)
		return nil
	}, `SELECT object_id, forward FROM search_fwd WHERE workspace_id = $1 AND locale = $2 AND object_id IN `, s.ws, l)
}

// unranked lists the objects that match but were not ranked, in the order of a
// list. Each shows its text with the greatest weight.
func (s *searching) unranked(done []ranked) ([]ranked, error) {
	skip := make(map[int64]bool, len(done))
	for _, r := range done {
		skip[r.object] = true
	}
	best := map[int64]match{}
	var ids []int64
	for _, m := range s.texts {
		old, seen := best[m.object]
		switch {
		case skip[m.object]:
			continue
		case !seen:
			ids = append(ids, m.object)
		case m.weight <= old.weight:
			continue
		}
		best[m.object] = m
	}
	times, err := s.corpus.times(ids)
	if err != nil {
		return nil, err
	}
	rest := make([]ranked, len(ids))
	for i, id := range ids {
		rest[i] = ranked{object: id, updated: times[id], locale: s.tongues[best[id].tongue].query.Locale}
	}
	slices.SortFunc(rest, compareRanked)
	return rest, nil
}

// breakTies orders the ranked objects of a page, and those that tie with them,
// as compareRanked says. Only now their times are read: ties are rare.
func (s *searching) breakTies(order []ranked, from, to int) error {
	for from > 0 && order[from-1].score == order[from].score {
		from--
	}
	for to < len(order) && order[to].score == order[to-1].score {
		to++
	}
	page := order[from:to]
	ids := make([]int64, len(page))
	for i, r := range page {
		ids[i] = r.object
	}
	times, err := s.corpus.times(ids)
	for i, r := range page {
		page[i].updated = times[r.object]
	}
	slices.SortFunc(page, compareRanked)
	return err
}
