package find

import (
	"cmp"
	"slices"

	"lectern"
)

const (
	// maxRanked is how many texts are ranked by all of the rules; those behind
	// them stay in the order of their guesses. Ranking all of them gave
	// the same nDCG@10 on five sets of 300 to 1,118 texts.
	maxRanked = 256
	// homeBonus is the factor for a text in the language its object was written
	// in: of two translations that answer alike, it is the original.
	homeBonus = 1.05
)

// A tier is texts that are ordered among themselves.
type tier struct {
	*searching
	texts []match
	order []ranked
	fused bool // with the order by meaning
}

// A ranked is an object with its best text.
type ranked struct {
	object  int64
	query   uint8   // of searching.queries
	score   float64 // zero behind the first maxRanked texts
	words   float64 // score by words alone
	meaning float64 // of the score: what meaning adds
	pin     float64 // of the score: what a rule adds
	quoted  float64 // of the score: what it adds to have all that stands in quotation marks
	guess   float32
	updated int64 // Unix seconds; read where it matters
}

// compareRanked orders best first, ties in the order of a list.
func compareRanked(a, b ranked) int {
	return cmp.Or(compareScores(a, b), cmp.Compare(b.updated, a.updated), cmp.Compare(b.object, a.object))
}

func compareScores(a, b ranked) int {
	return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(b.guess, a.guess))
}

// compareMatches orders by guess, best first.
func compareMatches(a, b match) int {
	return cmp.Or(cmp.Compare(b.guess, a.guess), cmp.Compare(b.object, a.object), cmp.Compare(a.query, b.query))
}

// objects counts the objects that match.
func (t *tier) objects() int {
	several := slices.ContainsFunc(t.texts, func(m match) bool { return m.query != t.texts[0].query })
	if !several {
		return len(t.texts)
	}
	seen := make(map[int64]struct{}, len(t.texts))
	for _, m := range t.texts {
		seen[m.object] = struct{}{}
	}
	return len(seen)
}

// page returns the objects from one place to another; none if it is none.
func (t *tier) page(from, to int) ([]ranked, error) {
	from = max(from, 0)
	if from >= to {
		return nil, nil
	}
	if err := t.rank(); err != nil {
		return nil, err
	}
	if to > len(t.order) {
		t.order = append(t.order, t.unranked()...)
	}
	if err := t.breakTies(from, to); err != nil {
		return nil, err
	}
	return t.order[from:to], nil
}

// rank scores the most promising texts and orders their objects. Those with the
// same score are in no useful order yet.
func (t *tier) rank() error {
	if t.order != nil {
		return nil
	}
	texts := t.withNear(t.promising())
	ids := make([]int64, len(texts))
	for i, m := range texts {
		ids[i] = m.object
	}
	home, err := t.corpus.homes(ids)
	if err != nil {
		return err
	}
	best := make(map[int64]ranked, len(texts))
	for _, m := range texts {
		x := t.queries[m.query]
		score := x.ranker.Score(t.forward(m.object, m.query))
		if home(m.object, x.parsed.Locale) {
			score *= homeBonus
		}
		r := ranked{object: m.object, query: m.query, score: score, words: score}
		if old, ok := best[m.object]; !ok || compareScores(r, old) < 0 {
			best[m.object] = r
		}
	}
	t.order = make([]ranked, 0, len(best))
	for _, r := range best {
		t.order = append(t.order, r)
	}
	slices.SortFunc(t.order, compareRanked)
	t.fuse()
	for i := range t.order {
		if r := &t.order[i]; t.exact[nearText{r.object, r.query}] {
			r.quoted = quotedScore
			r.score += r.quoted
		}
	}
	return nil
}

// promising returns the texts to rank: all, or those with the best guesses.
func (t *tier) promising() []match {
	if len(t.texts) <= maxRanked {
		return t.texts
	}
	// The first of the list are a heap with the worst on top.
	heap := slices.Clone(t.texts[:maxRanked])
	slices.SortFunc(heap, func(a, b match) int { return compareMatches(b, a) })
	for _, m := range t.texts[maxRanked:] {
		if compareMatches(m, heap[0]) < 0 {
			heap[0] = m
			siftDown(heap)
		}
	}
	return heap
}

// siftDown restores the order of a heap whose top is new.
func siftDown(heap []match) {
	for i := 0; ; {
		worst := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(heap); child++ {
			if compareMatches(heap[child], heap[worst]) > 0 {
				worst = child
			}
		}
		if worst == i {
			return
		}
		heap[i], heap[worst] = heap[worst], heap[i]
		i = worst
	}
}

// forward is what the ranker needs of the text of an object.
func (s *searching) forward(object int64, query uint8) []byte {
	if index := s.queries[query].index; index != nil {
		return index.Forward(object)
	}
	return nil
}

// unranked lists the objects that match but were not ranked, by their best
// guesses.
func (t *tier) unranked() []ranked {
	skip := make(map[int64]bool, len(t.order))
	for _, r := range t.order {
		skip[r.object] = true
	}
	texts := slices.SortedFunc(slices.Values(t.texts), compareMatches)
	var rest []ranked
	for _, m := range texts {
		if !skip[m.object] {
			skip[m.object] = true
			rest = append(rest, ranked{object: m.object, query: m.query, guess: m.guess})
		}
	}
	return rest
}

// breakTies orders the objects of a page, and those that tie with them, as
// compareRanked says. Only now their times are read: ties are rare.
func (t *tier) breakTies(from, to int) error {
	for from > 0 && compareScores(t.order[from-1], t.order[from]) == 0 {
		from--
	}
	for to < len(t.order) && compareScores(t.order[to], t.order[to-1]) == 0 {
		to++
	}
	page := t.order[from:to]
	ids := make([]int64, len(page))
	for i, r := range page {
		ids[i] = r.object
	}
	times, err := t.corpus.times(ids)
	for i, r := range page {
		page[i].updated = times[r.object]
	}
	slices.SortFunc(page, compareRanked)
	return err
}

// explain tells what the score of each object adds up.
func (s *searching) explain(page []ranked) [][]lectern.ScorePart {
	out := make([][]lectern.ScorePart, len(page))
	for i, r := range page {
		sum := 0.0
		for _, p := range s.queries[r.query].ranker.Explain(s.forward(r.object, r.query)) {
			out[i] = append(out[i], lectern.ScorePart(p))
			sum += p.Score
		}
		if bonus := r.words - sum; bonus > 1e-9*sum {
			out[i] = append(out[i], lectern.ScorePart{Reason: "original", Score: bonus})
		}
		out[i] = r.explained(out[i])
	}
	return out
}
