package search

import (
	"cmp"
	"slices"
	"unicode/utf8"
)

// Stats are the totals of one locale's index: how many documents, and the
// sums of their fields' lengths.
type Stats struct{ Docs, TitleLen, DescriptionLen, HeadingsLen, BodyLen int64 }

// A Ranker scores documents for one query. Any number of goroutines may use it.
//
// A score is BM25 of each field, added up with four times the title, and up to
// 30 % more for how much of the query there is; then .2 times the same over the
// grams of its words (similar.go). The length of a title and headings count as
// they do because of the whole LibreOffice Help, eight times 2,348 long pages,
// where .9 and a quarter for headings gave .678 and these give .706; short
// answers to questions have no headings and lose by a smaller b. Mean nDCG@10 of 13 sets of questions: words
// alone .767, with grams .789, with words that say little .801. The constants
// are a flat top: half or twice of any changes the mean by .003 at most.
//
// Then comes how the words stand (nearness.go), which readers expect and
// questions hardly need.
//
// What was measured and is not here, because it gained less than .002: titles
// with many words of the query (.001), terms of the best five texts as further
// terms of the query (.002, and .02 lost where one text is right), more than
// idf for rare words (-.003), parts of German compounds (.002).
type Ranker struct {
	words   []rankedWord
	idf     float64 // of all words
	docs    float64
	fields  [fields]rankedField
	similar *similar
	grams   []float64 // idf of each
	gramIDF float64   // of all of them
	shapes  [fields]rankedField
	stances []rankedStance
	title   string // of the query, as titleWords has it
	typing  bool
}

// A rankedWord is what counts once: a term of the query or what stands for it.
type rankedWord struct {
	idf   float64
	forms []rankedTerm
}

type rankedTerm struct {
	term   string
	hash   uint32
	reason Reason
	worth  float64 // idf times weight
	share  float64 // of the word that is covered by this form
}

type rankedField struct {
	weight, k1, b float64
	average       float64 // length in words
}

const (
	// coverage is what a document gets on top that has all of the query.
	coverage = 0.3
	// likenessWeight is what grams are worth, compared with words.
	likenessWeight = 0.2
	// minorWeight is what words that say little are worth. Without them
	// questions that differ in little else look the same: .789, with .801.
	minorWeight = 0.8
	// kanaWeight is what a word in katakana is worth, which is one term where
	// others of such a text are a term for each character and each pair. In
	// Japanese, of 1, 2, 2.5 and 3: .682, .696, .695, .697 on the whole LibreOffice
	// Help, .896, .911, .919, .915 on a part of it.
	kanaWeight = 2.5
)

// NewRanker prepares scoring; df gives in how many documents of the locale
// each term of the query occurs. Of a term that it does not have,
// [Options.Frequency] is asked; without that, it counts as rare.
func NewRanker(q Query, s Stats, df map[string]int64) *Ranker {
	docs := max(float64(s.Docs), 1)
	averages := [fields]float64{
		title: float64(s.TitleLen) / docs, description: float64(s.DescriptionLen) / docs,
		headings: float64(s.HeadingsLen) / docs, body: float64(s.BodyLen) / docs,
	}
	r := &Ranker{
		docs: docs,
		fields: [fields]rankedField{
			title: {weight: 4, k1: 2, b: 0.85}, description: {weight: 1, k1: 1.6, b: 0.75},
			headings: {weight: 1, k1: 1.6, b: 0.75}, body: {weight: 1, k1: 1.6, b: 0.75},
		},
		shapes: [fields]rankedField{
			title: {weight: 2.5, k1: 2, b: 0.75}, description: {weight: 1, k1: 2, b: 0.75},
			headings: {weight: 1, k1: 2, b: 0.75}, body: {weight: 1, k1: 2, b: 0.75},
		},
	}
	for f, n := range averages {
		r.fields[f].average, r.shapes[f].average = n, n
	}
	frequency := func(term string) float64 {
		n, ok := df[term]
		if !ok && q.df != nil {
			n = q.df(hash(term))
		}
		return float64(n)
	}
	r.weigh(q, docs, frequency)
	if q.similar != nil {
		r.similar = q.similar
		r.grams = q.similar.idfs(docs, q.df)
		for _, x := range r.grams {
			r.gramIDF += x
		}
	}
	r.rankStances(q)
	return r
}

// weigh sets the words.
func (r *Ranker) weigh(q Query, docs float64, df func(string) float64) {
	for i, t := range slices.Concat(q.Terms, q.Minor) {
		x := idf(docs, df(t))
		if i >= len(q.Terms) {
			x *= minorWeight
		}
		if first, _ := utf8.DecodeRuneInString(t); classOf(first) == kana {
			x *= kanaWeight
		}
		r.words = append(r.words, rankedWord{x, []rankedTerm{{term: t, hash: hash(t), worth: x, share: 1}}})
	}
	for _, e := range q.Expansions {
		w := &r.words[e.For]
		x := idf(docs, df(e.Term))
		w.forms = append(w.forms, rankedTerm{e.Term, hash(e.Term), e.Reason, x * e.Weight, e.Weight})
		if e.Reason == Corrected { // the word itself is nowhere
			w.idf = min(w.idf, x)
		}
	}
	for _, w := range r.words {
		r.idf += w.idf
	}
}

// Score tells how well a document answers the query: greater is better, 0 is
// no term at all. Forward bytes that Index did not make give 0.
func (r *Ranker) Score(forward []byte) float64 {
	return r.score(forward, nil)
}

// Explain returns what Score adds up, the greatest first.
func (r *Ranker) Explain(forward []byte) []Part {
	var parts []Part
	r.score(forward, func(p Part) { parts = append(parts, p) })
	slices.SortStableFunc(parts, func(a, b Part) int { return cmp.Compare(b.Score, a.Score) })
	return parts
}

// score adds up the score and tells explain, if there is one, of each part.
func (r *Ranker) score(forward []byte, explain func(Part)) float64 {
	rs, ok := decodeForward(forward)
	if !ok {
		return 0
	}
	score := r.byWords(rs, explain)
	if score > 0 {
		score += r.stand(rs, score, explain)
	}
	return score
}

// byWords is the score without how the words stand.
func (r *Ranker) byWords(records records, explain func(Part)) float64 {
	score, covered := 0.0, 0.0
	damp := damps(&r.fields, records.lengths)
	for i := range r.words {
		s, c := r.words[i].score(records, &r.fields, &damp, explain)
		score += s
		covered += c
	}
	if covered > 0 {
		covered /= r.idf
		all := score * coverage * covered
		score += all
		if explain != nil {
			explain(Part{Reason: "coverage", Score: all})
		}
	}
	if r.similar != nil {
		more := likenessWeight * r.likeness(records)
		score += more
		if explain != nil && more > 0 {
			explain(Part{Reason: "similar", Score: more})
		}
	}
	return score
}

// damps returns what the lengths of the fields take off.
func damps(fs *[fields]rankedField, lengths [fields]int) (damp [fields]float64) {
	for i, f := range fs {
		damp[i] = f.k1
		if f.average > 0 {
			damp[i] *= 1 - f.b + f.b*float64(lengths[i])/f.average
		}
		damp[i] = max(damp[i], 1e-9)
	}
	return damp
}

// score returns what the best of a word's forms adds, and how much of the
// query's weight it covers.
func (w *rankedWord) score(rs records, fs *[fields]rankedField, damp *[fields]float64, explain func(Part)) (score, covered float64) {
	var top *rankedTerm
	var counts [fields]int
	for i := range w.forms {
		t := &w.forms[i]
		if at, ok := rs.find(t.hash); ok {
			n := rs.counts(at)
			if s := t.worth * bm25(n, fs, damp); s > score || top == nil {
				score, covered, top, counts = s, t.share*w.idf, t, n
			}
		}
	}
	if explain != nil && top != nil {
		w.explain(top, counts, fs, damp, explain)
	}
	return score, covered
}

// bm25 adds up the fields.
func bm25[T int | uint16](n [fields]T, fs *[fields]rankedField, damp *[fields]float64) (sum float64) {
	for i := range n {
		if n[i] > 0 {
			tf := float64(n[i])
			sum += fs[i].weight * tf * (fs[i].k1 + 1) / (tf + damp[i])
		}
	}
	return sum
}

// likeness scores the grams a document shares with the query.
func (r *Ranker) likeness(rs records) float64 {
	var found [maxGrams][fields]uint16
	any := false
	for i := range rs.len() {
		h := rs.hash(i)
		if !r.similar.may(h) {
			continue
		}
		grams := r.similar.of(h)
		if len(grams) == 0 {
			continue
		}
		any = true
		n := rs.counts(i)
		for _, g := range grams {
			for f := range n {
				found[g][f] += uint16(n[f])
			}
		}
	}
	if !any {
		return 0
	}
	damp := damps(&r.shapes, rs.lengths)
	score, covered := 0.0, 0.0
	for g, x := range r.grams {
		if n := found[g]; n != ([fields]uint16{}) {
			score += x * bm25(n, &r.shapes, &damp)
			covered += x
		}
	}
	return score * (1 + coverage*covered/max(r.gramIDF, 1e-9))
}
