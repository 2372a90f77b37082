package search

import (
	"slices"

	"lectern"
)

// A Run is a stretch of text that matched or not. It is never empty, and runs
// side by side differ in Hit.
type Run struct {
	Text string
	Hit  bool
}

// Highlight returns the whole text as runs; joined they give back text
// exactly. A hit is a whole word as it stands in the text, one of whose terms
// the query has, or what stands for one, or that looks much like a word of it.
func Highlight(q Query, text string) []Run {
	return runs(text, 0, len(text), hits(q, text))
}

// Marking returns a query to highlight a text with that a store found: the
// phrase, and the terms that it was looked through for, be they of the phrase
// or stand for it.
func Marking(l lectern.Locale, phrase string, terms []string) Query {
	q := ParseQuery(l, phrase, Options{})
	for _, t := range terms {
		if !slices.Contains(q.Terms, t) {
			q.Terms = append(q.Terms, t)
		}
	}
	return q
}

// A hit is a stretch of text that matched, in bytes.
type hit struct {
	start, end int
	terms      uint64 // the query's terms it has; bit i is Terms[i]
}

// hits finds what matches, in order and without overlap.
func hits(q Query, text string) []hit {
	m := newMatcher(q)
	var list []hit
	for s := range m.analysis.words(text) {
		found := m.match(word{text[s.start:s.end], s.kind})
		if found == 0 {
			continue
		}
		h := hit{s.start, s.end, found}
		// A compound covers its words, a pair half of the pair before.
		for n := len(list); n > 0 && list[n-1].end > h.start; n-- {
			last := list[n-1]
			h = hit{min(h.start, last.start), max(h.end, last.end), h.terms | last.terms}
			list = list[:n-1]
		}
		list = append(list, h)
	}
	return list
}

// highlightLikeness is the share of grams from which a word is shown as a hit:
// pasword is shown in password (.62), passport (.15) is not.
const highlightLikeness = 0.6

// saidGrams are the grams of a word of the query, sorted.
type saidGrams struct {
	bits  uint64
	shape string
	grams []gram
	form  func(shape string) bool // see formOf; may be nil
}

// A matcher tells which of a query's terms a word has.
type matcher struct {
	analysis *analysis
	bits     map[string]uint64
	said     []saidGrams
	paired   map[string]bool // characters that the query has within a pair
	seen     map[word]uint64
	forms    []string
}

func newMatcher(q Query) *matcher {
	m := &matcher{analysis: analysisOf(q.Locale), bits: map[string]uint64{}, paired: map[string]bool{}, seen: map[word]uint64{}}
	for _, e := range q.Expansions {
		m.bits[e.Term] |= 1 << min(e.For, 63)
	}
	for _, w := range q.said[:min(len(q.said), maxSaid)] {
		shape := m.analysis.shape(w.text)
		m.said = append(m.said, saidGrams{1 << min(w.term, 63), shape, sortedGrams(shape), m.analysis.formOf(w.text, q.Terms[w.term])})
	}
	for i, t := range q.Terms {
		m.bits[t] |= 1 << min(i, 63)
		for s := range m.analysis.words(t) {
			if s.kind == single && s.end-s.start < len(t) {
				m.paired[t[s.start:s.end]] = true
			}
		}
	}
	return m
}

// match returns the terms of the query w has. A character that the query has
// in a pair is no match by itself: readers of 密码 do not look for 密.
func (m *matcher) match(w word) uint64 {
	found, ok := m.seen[w]
	if ok {
		return found
	}
	m.forms = m.analysis.forms(m.forms[:0], w, false)
	for _, t := range m.forms {
		if w.kind != single || !m.paired[t] {
			found |= m.bits[t]
		}
	}
	if found == 0 && w.kind == plain && len(m.said) > 0 {
		shape := m.analysis.shape(m.analysis.spell(w.text))
		grams := sortedGrams(shape)
		for _, s := range m.said {
			if likeness(grams, s.grams) >= highlightLikeness || s.form != nil && s.form(shape) {
				found |= s.bits
			}
		}
	}
	m.seen[w] = found
	return found
}

// sameStart tells whether two thirds of two words, four letters at least, are
// the same from the start: short words of languages with many endings (heslo,
// heslem) share few grams.
func sameStart(a, b string) bool {
	x, y := []rune(a), []rune(b)
	same := 0
	for same < min(len(x), len(y)) && x[same] == y[same] {
		same++
	}
	return same >= 4 && 3*same >= 2*max(len(x), len(y))
}

// runs cuts text[start:end] at the hits.
func runs(text string, start, end int, hits []hit) []Run {
	var list []Run
	add := func(to int, hit bool) {
		if to <= start {
			return
		}
		if n := len(list); n > 0 && list[n-1].Hit == hit {
			list[n-1].Text = text[start-len(list[n-1].Text) : to]
		} else {
			list = append(list, Run{text[start:to], hit})
		}
		start = to
	}
	i, _ := slices.BinarySearchFunc(hits, start+1, func(h hit, at int) int { return h.end - at })
	for _, h := range hits[i:] {
		if h.start >= end {
			break
		}
		add(h.start, false)
		add(min(h.end, end), true)
	}
	add(end, false)
	return list
}
