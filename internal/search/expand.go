package search

import (
	"slices"
	"unicode/utf8"
)

const (
	maxExpansions = 64
	maxSaid       = 16 // words of a query that similar words are looked for
)

// expand adds what the vocabulary knows: what unknown words may mean, how the
// last goes on, and which words look like the query's.
func (q *Query) expand(v *Vocabulary, o Options) {
	q.addKana(v, o.Typing)
	formed := uint64(0) // words that the vocabulary has forms of
	if o.Answers {
		formed = q.addForms(v)
	}
	corrected := 0
	for i := range q.said {
		w := &q.said[i]
		known := v.finds(q.Terms[w.term]) || q.df != nil && q.df(hash(q.Terms[w.term])) > 0 || formed>>w.term&1 == 1
		if o.Typing && !q.little && i == len(q.said)-1 && w.end == len(q.phrase) {
			list := v.completions(w.text, q.df)
			q.stand(w.term, Completed, list)
			known = known || len(list) > 0
			if rest := q.needed &^ (1 << w.term); !known && rest != 0 && utf8.RuneCountInString(w.text) < minCompleted {
				q.needed = rest // a letter of what is to come
			}
		}
		if known || o.AsTyped || corrected == maxCorrected {
			continue
		}
		corrected++
		if list := v.meant(w.text, q.df); len(list) > 0 {
			w.meant = list[0].word
			q.stand(w.term, Corrected, list)
		}
	}
	var words []string
	for _, w := range q.said[:min(len(q.said), maxSaid)] {
		words = append(words, v.analysis.shape(w.text))
	}
	q.similar = newSimilar(v, words)
}

// stand has words stand for a term.
func (q *Query) stand(term int, why Reason, list []guess) {
	for _, g := range list {
		if len(q.Expansions) < maxExpansions && g.form != q.Terms[term] {
			q.Expansions = append(q.Expansions, Expansion{Term: g.form, For: term, Reason: why, Weight: g.weight})
		}
	}
}

// synonymWeight is what a synonym is worth. The author's own words go first.
const synonymWeight = 0.8

// addSynonyms has the words of each group stand for those of the query. A
// phrase counts where the query has all of its words.
func (q *Query) addSynonyms(a *analysis, groups [][]string) {
	own := len(q.Terms)
	for _, group := range groups {
		readings := make([][]string, len(group))
		at, all := -1, uint64(0)
		for i, phrase := range group {
			readings[i] = reading(a, phrase)
			if at < 0 && len(readings[i]) > 0 {
				at, all = q.place(readings[i], own)
			}
		}
		if at < 0 {
			continue
		}
		for _, terms := range readings {
			for _, t := range terms {
				if len(q.Expansions) < maxExpansions && !slices.Contains(q.Terms, t) {
					q.Expansions = append(q.Expansions, Expansion{t, at, Synonym, synonymWeight / float64(len(terms)), all})
				}
			}
		}
	}
}

// reading returns the terms of a synonym.
func reading(a *analysis, phrase string) (terms []string) {
	list, _ := candidates(a, phrase[:min(len(phrase), 256)], nil)
	for _, c := range list {
		terms = append(terms, c.term)
	}
	return terms
}

// place returns where the query has all of terms, or -1, and which of its terms
// they are, a bit each.
func (q *Query) place(terms []string, own int) (at int, all uint64) {
	at = -1
	for _, t := range terms {
		if slices.Contains(q.Minor, t) {
			continue
		}
		i := slices.Index(q.Terms[:own], t)
		if i < 0 {
			return -1, 0
		}
		all |= 1 << i
		if at < 0 {
			at = i
		}
	}
	return at, all
}

// DidYouMean returns the phrase with its unknown words corrected, or "" if
// there are none or nothing comes near them.
func (q Query) DidYouMean() string {
	var b []byte
	from := 0
	for _, w := range q.said {
		if w.meant != "" {
			b = append(b, q.phrase[from:w.start]...)
			b = append(b, w.meant...)
			from = w.end
		}
	}
	if from == 0 {
		return ""
	}
	return string(append(b, q.phrase[from:]...))
}
