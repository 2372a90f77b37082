package inverted

import (
	"slices"
	"sync"

	"lectern/internal/search"
)

// A Match is a text that has a term asked for. Guess is about how well it
// answers, by the weights of [search.Ranker] without its finer rules.
type Match struct {
	Object int64
	Guess  float32
	Words  uint64 // of the query that the text shows by its terms; see search.Evidence
}

// A Term is a term that is looked for.
type Term struct {
	Hash   uint32  // see search.Hash
	Weight float64 // what having it is worth
	Words  uint64  // of the query that it shows
}

// A Query is what is asked of an index.
type Query struct {
	Groups      uint64  // texts of these groups, a bit each
	TitleOnly   bool    // terms count in titles only
	Title, Body float64 // average lengths of the texts asked for, in words
}

// Frequency returns how many texts of some groups have a term.
func (x *Index) Frequency(groups uint64, hash uint32) int64 {
	n := 0
	for _, p := range x.parts {
		places, _ := p.find(hash)
		if p.gone == 0 && p.all&^groups == 0 {
			n += len(places)
			continue
		}
		for _, at := range places {
			if p.asked(groups, at) {
				n++
			}
		}
	}
	return int64(n)
}

// AtMost is a number that Frequency does not exceed, whatever the groups, and
// takes no longer for a frequent term than for a rare one.
func (x *Index) AtMost(hash uint32) (n int64) {
	for _, p := range x.parts {
		places, _ := p.find(hash)
		n += int64(len(places))
	}
	return n
}

// Any reports whether one of the texts of some groups that have a term is to
// the liking of fn.
func (x *Index) Any(groups uint64, hash uint32, fn func(object int64) bool) bool {
	for _, p := range x.parts {
		places, _ := p.find(hash)
		for _, at := range places {
			if p.asked(groups, at) && fn(p.objects[at]) {
				return true
			}
		}
	}
	return false
}

// asked tells whether a text is not deleted and in one of some groups.
func (p part) asked(groups uint64, at uint32) bool {
	return groups>>p.groups[at]&1 == 1 && !p.deleted.has(at)
}

// Match hands each text asked for that has any of the terms to use, in no order
// worth knowing.
func (x *Index) Match(a Query, terms []Term, use func(Match)) {
	g := guesserOf(a)
	for _, p := range x.parts {
		p.match(a, g, terms, use)
	}
}

// sums keeps slices to add up guesses in, and shown those for words, all zero.
var (
	sums  = sync.Pool{New: func() any { return new([]float32) }}
	shown = sync.Pool{New: func() any { return new([]uint64) }}
)

// zeros returns n zeros of a pool.
func zeros[T any](pool *sync.Pool, n int) (keep *[]T, some []T) {
	keep = pool.Get().(*[]T)
	if len(*keep) < n {
		*keep = make([]T, max(n, maxTexts))
	}
	return keep, (*keep)[:n]
}

func (p part) match(a Query, g guesser, terms []Term, use func(Match)) {
	keep, sum := zeros[float32](&sums, len(p.objects))
	var keptWords *[]uint64
	var words []uint64
	if slices.ContainsFunc(terms, func(t Term) bool { return t.Words != 0 }) {
		keptWords, words = zeros[uint64](&shown, len(p.objects))
	}
	found := false
	for _, t := range terms {
		places, counts := p.find(t.Hash)
		if len(places) == 0 {
			continue
		}
		g.add(p.segment, sum, float32(t.Weight), places, counts)
		found = true
		if t.Words != 0 {
			for _, at := range places {
				words[at] |= t.Words
			}
		}
	}
	if found {
		for i, guess := range sum {
			if guess > 0 && p.asked(a.Groups, uint32(i)) {
				m := Match{Object: p.objects[i], Guess: guess}
				if words != nil {
					m.Words = words[i]
				}
				use(m)
			}
		}
		clear(sum)
		clear(words)
	}
	sums.Put(keep)
	if keptWords != nil {
		shown.Put(keptWords)
	}
}

// A guesser knows what a term in a text is worth. It counts what weighs most:
// title and body, damped by their lengths.
type guesser struct {
	titleOnly   bool
	title, body float32 // what a word of length takes off
}

const (
	titleWeight, titleK = 2.5, 2
	bodyK               = 1.6
	lengthShare         = 0.75 // how much of the damping is due to length
)

func guesserOf(a Query) guesser {
	return guesser{
		titleOnly: a.TitleOnly,
		title:     titleK * lengthShare / float32(max(a.Title, 1)),
		body:      bodyK * lengthShare / float32(max(a.Body, 1)),
	}
}

// add adds what a term is worth to the sums of the texts that have it.
func (g guesser) add(s *segment, sum []float32, weight float32, places []uint32, counts []search.Counts) {
	for i, at := range places {
		n := counts[i]
		if t := float32(n.Title()); t > 0 {
			sum[at] += weight * titleWeight * (titleK + 1) * t / (t + titleK*(1-lengthShare) + g.title*float32(s.title[at]))
		}
		if g.titleOnly {
			continue
		}
		// Once in the description is about what once more in the body is.
		t := float32(n.Body() + n.Description() + n.Headings())
		sum[at] += weight * (bodyK + 1) * t / (t + bodyK*(1-lengthShare) + g.body*float32(s.body[at]))
	}
}
