package find

import (
	"cmp"
	"errors"
	"math"
	"slices"

	"lectern"
	"lectern/internal/inverted"
	"lectern/internal/search"
	"lectern/internal/store/db"
)

const (
	relatedCandidates = 48   // articles that are returned
	relatedTerms      = 24   // terms that stand for a text
	relatedLeast      = 0.12 // of how much a text is like itself
)

// Related returns published articles whose texts share with that of one of them
// what sets it apart from the others of its language, best first; what every
// visitor may see of them is for the caller to say. It reports false if the texts
// of that language are not in memory: nobody waits for that, LoadWanted sees to it.
func (f *Finder) Related(c db.Conn, ws lectern.WorkspaceID, l lectern.Locale, id lectern.ArticleID) (ids []lectern.ArticleID, known bool, err error) {
	s := &searching{
		Conn: c, indexes: &f.indexes, ws: ws,
		kinds: []lectern.ObjectKind{lectern.ArticleObject}, states: []lectern.State{lectern.Published},
	}
	stats, err := s.stats()
	if err != nil || !s.indexes.has(indexKey{ws, l}, stats[l].event) {
		return nil, false, err
	}
	ids, err = s.alike(l, stats[l], int64(id))
	if _, cold := errors.AsType[*coldError](err); cold {
		return nil, false, nil
	}
	return ids, err == nil, err
}

// alike finds the texts of a locale that are most like one of them, best first.
func (s *searching) alike(l lectern.Locale, sum total, id int64) ([]lectern.ArticleID, error) {
	_, index, err := s.indexes.open(s, indexKey{s.ws, l}, sum.event)
	if err != nil || sum.Docs == 0 {
		return nil, err
	}
	ask := inverted.Query{
		Groups: groupsOf(s.kinds, s.states),
		Title:  float64(sum.TitleLen) / float64(sum.Docs), Body: float64(sum.BodyLen) / float64(sum.Docs),
	}
	terms := distinctive(index, ask, float64(sum.Docs), index.Forward(id), search.Little(l))
	if len(terms) == 0 {
		return nil, nil
	}
	var found []inverted.Match
	least := float32(0)
	index.Match(ask, terms, func(m inverted.Match) {
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

// distinctive are the terms that set a text apart from the others: those it has
// often and few others have, weighted by both. A term that no other text has
// leads nowhere; those that say little lead anywhere.
func distinctive(index *inverted.Index, ask inverted.Query, docs float64, forward []byte, little map[uint32]bool) []inverted.Term {
	const inTitle, inHeadings, most = 3, 2, 5
	weight := func(often int, df float64) float64 { return float64(often) * math.Log1p((docs-df+0.5)/(df+0.5)) }
	type candidate struct {
		inverted.Term
		often int
	}
	var all []candidate
	search.Records(forward, func(hash uint32, n search.Counts) {
		df := float64(index.AtMost(hash)) // to count exactly takes longer than all else here
		if df < 2 || little[hash] || docs >= 8 && df > docs/4 {
			return
		}
		often := min(n.Body()+n.Description()+inHeadings*n.Headings()+inTitle*n.Title(), most)
		all = append(all, candidate{inverted.Term{Hash: hash, Weight: weight(often, min(df, docs))}, often})
	})
	slices.SortFunc(all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Hash, b.Hash))
	})
	var terms []inverted.Term
	for _, c := range all {
		if len(terms) == relatedTerms {
			break
		}
		if df := float64(index.Frequency(ask.Groups, c.Hash)); df >= 2 {
			terms = append(terms, inverted.Term{Hash: c.Hash, Weight: weight(c.often, df)})
		}
	}
	return terms
}
