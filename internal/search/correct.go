package search

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	maxCorrected   = 4 // words of a query that are corrected
	maxCorrections = 3 // that a word gets
	maxCompletions = 8
	minCompleted   = 2 // characters of a word that is completed
)

// finds tells whether the vocabulary has a word that is found by term.
func (v *Vocabulary) finds(term string) bool {
	v.mu.RLock()
	defer v.mu.RUnlock()
	_, ok := v.terms[hash(term)]
	return ok
}

// A guess is a word of the vocabulary that may be meant.
type guess struct {
	word   string
	form   string // the term
	term   uint32 // its hash
	weight float64
	df     int64
}

// meant returns what a word that is not known may mean: in the other script of
// the language as it is, mistyped in this one, or mistyped in the other.
func (v *Vocabulary) meant(word string, df func(uint32) int64) []guess {
	other := v.analysis.inOtherScript(word)
	if other != "" && v.Has(other) {
		return v.likeliest([]guess{{word: other, term: hash(v.analysis.reduce(other)), weight: 0.9}}, 1, df)
	}
	list := v.corrections(word, df)
	if len(list) == 0 && other != "" {
		list = v.corrections(other, df)
	}
	return list
}

// corrections returns the words nearest to one that is not known, the most
// likely first. Short words have too many neighbours.
func (v *Vocabulary) corrections(word string, df func(uint32) int64) []guess {
	word = v.analysis.shape(word)
	length := utf8.RuneCountInString(word)
	if length < 4 || length > 32 || strings.ContainsFunc(word, unicode.IsNumber) {
		return nil
	}
	limit := 1
	if length >= 8 {
		limit = 2
	}
	letters, runes := letterSet(word), []rune(word)
	var list []guess
	v.mu.RLock()
	for _, w := range v.words {
		if bits.OnesCount32(w.letters^letters) > 2*limit || int(w.length) > length+limit || int(w.length)+limit < length {
			continue
		}
		if d := distance(runes, []rune(w.shape), limit); d <= limit {
			list = append(list, guess{word: w.word, term: w.term, weight: closeness(d, word, w.shape)})
		}
	}
	v.mu.RUnlock()
	return v.likeliest(list, maxCorrections, df)
}

// closeness is what a word at a distance is worth as another. People seldom
// mistype the first letter.
func closeness(distance int, a, b string) float64 {
	weight := 0.9
	if distance > 1 {
		weight = 0.6
	}
	x, _ := utf8.DecodeRuneInString(a)
	if y, _ := utf8.DecodeRuneInString(b); x != y {
		weight -= 0.2
	}
	return weight
}

// completions returns the words that begin as one does, the most frequent
// first.
func (v *Vocabulary) completions(word string, df func(uint32) int64) []guess {
	length := utf8.RuneCountInString(word)
	if length < minCompleted {
		return nil
	}
	word = v.analysis.shape(word)
	var list []guess
	v.mu.RLock()
	for _, w := range v.words {
		if strings.HasPrefix(w.shape, word) && len(w.shape) > len(word) {
			list = append(list, guess{word: w.word, term: w.term, weight: 0.8})
		}
	}
	v.mu.RUnlock()
	return v.likeliest(list, maxCompletions, df)
}

// likeliest orders guesses by weight, then by how many documents have them,
// and leaves the first n that find anything, one a term.
func (v *Vocabulary) likeliest(list []guess, n int, df func(uint32) int64) []guess {
	for i := range list {
		list[i].df = 1
		if df != nil {
			list[i].df = df(list[i].term)
		}
	}
	slices.SortFunc(list, func(a, b guess) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(b.df, a.df),
			cmp.Compare(len(a.word), len(b.word)), strings.Compare(a.word, b.word))
	})
	var out []guess
	for _, g := range list {
		if g.df > 0 && len(out) < n && !slices.ContainsFunc(out, func(o guess) bool { return o.term == g.term }) {
			g.form = v.analysis.reduce(g.word)
			out = append(out, g)
		}
	}
	return out
}

// distance counts the edits that make b of a: letters put in, left out, taken
// for another, or two side by side exchanged. It gives up beyond limit.
func distance(a, b []rune, limit int) int {
	var rows [3][40]int
	if len(b) >= len(rows[0]) {
		return limit + 1
	}
	before, last, row := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		last[j] = j
	}
	for i := range a {
		row[0] = i + 1
		least := row[0]
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			n := min(last[j+1]+1, row[j]+1, last[j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				n = min(n, before[j-1]+1)
			}
			row[j+1] = n
			least = min(least, n)
		}
		if least > limit {
			return limit + 1
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
