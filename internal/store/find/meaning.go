package find

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"lectern"
	"lectern/internal/store/db"
)

const (
	// queryTime is how long a search waits for the vector of its phrase.
	queryTime = 700 * time.Millisecond
	// queryRest is for how long searches do not wait after one did in vain.
	queryRest = 10 * time.Second
	// maxQueryVectors is of how many phrases vectors are kept.
	maxQueryVectors = 512
	// maxNear is how many texts of a locale are found by meaning.
	maxNear = 50
	// fusion is what makes the first places of a ranking count not much more
	// than the next ones; 60 is the usual choice.
	fusion = 60
)

// queryVectors keeps the vectors of phrases.
type queryVectors struct {
	mu      sync.Mutex
	vectors map[string][]float32
	rest    time.Time
}

// Vector returns the vector of a phrase, or nil if there is none in time. It may
// wait for an operator's service, so it is called outside of transactions.
func (f *Finder) Vector(ctx context.Context, phrase string) []float32 {
	e, q := f.meanings.embedder, &f.meanings.query
	if e == nil || phrase == "" {
		return nil
	}
	q.mu.Lock()
	v, known := q.vectors[phrase]
	resting := time.Now().Before(q.rest)
	q.mu.Unlock()
	if known || resting {
		return v
	}
	within, cancel := context.WithTimeout(ctx, queryTime)
	defer cancel()
	vectors, err := e.Embed(within, []string{phrase})
	q.mu.Lock()
	defer q.mu.Unlock()
	if err != nil {
		if ctx.Err() == nil {
			q.rest = time.Now().Add(queryRest)
			f.log.Warn("a search was by words only", "for", queryRest.String(), "error", err)
		}
		return nil
	}
	if q.vectors == nil || len(q.vectors) >= maxQueryVectors {
		q.vectors = map[string][]float32{}
	}
	if len(phrase) <= 1<<10 {
		q.vectors[phrase] = vectors[0]
	}
	return vectors[0]
}

// A nearText is a text that means what is asked for.
type nearText struct {
	object int64
	query  uint8 // of searching.queries
}

// findNear adds the texts that mean what is asked for to those that match.
func (s *searching) findNear() error {
	if s.space == nil || s.vector == nil {
		return nil
	}
	matched := map[nearText]bool{}
	for _, m := range s.texts {
		matched[nearText{m.object, m.query}] = true
	}
	s.near = map[nearText]float64{}
	for _, l := range lectern.Locales {
		if len(s.locales) > 0 && !slices.Contains(s.locales, l) {
			continue
		}
		asked, err := s.corpus.asked(l)
		if err != nil {
			return err
		}
		ids, cosines := []int64(nil), map[int64]float64{}
		for _, x := range s.space.Near(s.vector, l, maxNear, asked) {
			ids, cosines[x.ID] = append(ids, x.ID), x.Cosine
		}
		if len(ids) == 0 {
			continue
		}
		query := s.queryIn(l)
		err = db.EachOf(s, ids, func(r db.Rows) error {
			var id int64
			var state lectern.State
			if err := r.Scan(&id, &state); err != nil || !slices.Contains(s.states, state) {
				return err
			}
			key := nearText{id, query}
			if s.near[key] = cosines[id]; !matched[key] {
				s.texts = append(s.texts, match{object: id, query: query})
			}
			return nil
		}, `SELECT object_id, state FROM search_text WHERE workspace_id = $1 AND locale = $2 AND object_id IN `, s.ws, l)
		if err != nil {
			return err
		}
	}
	return nil
}

// withNear adds those of the tier that are found by meaning to some texts.
func (t *tier) withNear(texts []match) []match {
	if !t.fused || len(t.near) == 0 || len(texts) == len(t.texts) {
		return texts
	}
	there := map[nearText]bool{}
	for _, m := range texts {
		there[nearText{m.object, m.query}] = true
	}
	for _, m := range t.texts {
		key := nearText{m.object, m.query}
		if _, near := t.near[key]; near && !there[key] {
			texts = append(texts, m)
		}
	}
	return texts
}

// fuse joins the order by words with that by meaning: an object's score is the
// sum of one divided by its place in each (reciprocal rank fusion), which needs
// no common measure. Objects that share no word with the phrase have a place in
// the second only.
func (t *tier) fuse() {
	if !t.fused || len(t.near) == 0 {
		return
	}
	cosines, queries := map[int64]float64{}, map[int64]uint8{}
	for _, m := range t.texts {
		c, ok := t.near[nearText{m.object, m.query}]
		if old, known := cosines[m.object]; ok && (!known || c > old || c == old && m.query < queries[m.object]) {
			cosines[m.object], queries[m.object] = c, m.query
		}
	}
	var near []int // into order
	for i := range t.order {
		r := &t.order[i]
		if r.score > 0 {
			r.score = 1 / float64(fusion+i+1)
		}
		if _, ok := cosines[r.object]; ok {
			near = append(near, i)
		}
	}
	slices.SortFunc(near, func(a, b int) int {
		x, y := t.order[a], t.order[b]
		return cmp.Or(cmp.Compare(cosines[y.object], cosines[x.object]), cmp.Compare(y.object, x.object))
	})
	for place, i := range near {
		r := &t.order[i]
		r.meaning = 1 / float64(fusion+place+1)
		if r.score += r.meaning; r.words == 0 {
			r.query = queries[r.object]
		}
	}
	slices.SortFunc(t.order, compareRanked)
}
