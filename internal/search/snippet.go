package search

import (
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	snippetLen  = 160 // characters a passage has about
	maxSnippets = 3
	maxMarks    = 3 // in a passage
)

// Snippets returns up to n passages of text (and never more than 3), about
// 160 characters each, the one with the most of the query's terms first; none
// if nothing matches. A passage begins and ends with a sentence where one is
// near, else between words. Passages do not overlap. A sentence goes before a
// line that is none, such as a heading or an entry of a list of links; and at
// most three hits are marked, or the passage would be hard to read.
func Snippets(q Query, text string, n int) [][]Run {
	found := hits(q, text)
	var taken []passage
	for len(taken) < min(n, maxSnippets) {
		p, ok := best(text, found, taken)
		if !ok {
			break
		}
		taken = append(taken, widen(text, p, taken))
	}
	var list [][]Run
	for _, p := range taken {
		list = append(list, runs(text, p.start, p.end, telling(found, p)))
	}
	return list
}

// telling returns the hits of a passage that are marked: of each term the first
// one, as long as there are few.
func telling(hits []hit, p passage) (list []hit) {
	within := slices.DeleteFunc(slices.Clone(hits), func(h hit) bool { return h.start < p.start || h.end > p.end })
	shown := uint64(0)
	for _, again := range []bool{false, true} {
		for _, h := range within {
			if len(list) < maxMarks && again == (h.terms&^shown == 0) && !slices.Contains(list, h) {
				list = append(list, h)
				shown |= h.terms
			}
		}
	}
	slices.SortFunc(list, func(a, b hit) int { return a.start - b.start })
	return list
}

// A passage is a stretch of text, in bytes.
type passage struct{ start, end int }

// best returns the stretch from hit to hit, no longer than a snippet, that has
// the most terms, then the most hits, and comes first. Terms that a passage
// already taken shows count less, or all passages would say the same.
func best(text string, hits []hit, taken []passage) (passage, bool) {
	open, shown := remaining(hits, taken)
	var top passage
	topScore := 0
	last, end, long := -1, 0, 0 // of the stretch: its last hit, its end, its length in characters
	for first, h := range open {
		if last < first {
			last, end, long = first, h.end, utf8.RuneCountInString(text[h.start:h.end])
		} else {
			long -= utf8.RuneCountInString(text[open[first-1].start:h.start])
		}
		sentence := inSentence(text, h.start, h.end)
		for _, next := range open[last+1:] {
			if !sentence && strings.IndexByte(text[end:next.start], '\n') >= 0 && inSentence(text, next.start, next.end) {
				break // a list ends where sentences begin
			}
			// The first test keeps us from counting a long way.
			if next.end > end+4*snippetLen || across(h.start, next.end, taken) {
				break
			}
			more := utf8.RuneCountInString(text[end:next.end])
			if long+more > snippetLen {
				break
			}
			last, end, long = last+1, next.end, long+more
		}
		score := value(open[first:last+1], shown)
		if score > 0 && !sentence {
			score = max(score-listed, 1)
		}
		if score > topScore {
			top, topScore = passage{h.start, end}, score
		}
	}
	return top, topScore > 0
}

// remaining returns the hits in no passage taken, and the terms of the others.
func remaining(hits []hit, taken []passage) (open []hit, shown uint64) {
	for _, h := range hits {
		if across(h.start, h.end, taken) {
			shown |= h.terms
		} else {
			open = append(open, h)
		}
	}
	return open, shown
}

// value weighs the hits of a stretch: new terms, terms again, hits.
func value(hits []hit, shown uint64) int {
	var terms uint64
	for _, h := range hits {
		terms |= h.terms
	}
	return 100*bits.OnesCount64(terms&^shown) + 40*bits.OnesCount64(terms&shown) + min(len(hits), 10)
}

// listed is what a stretch outside of sentences is worth less: a bit more than a
// term.
const listed = 120

// maxLine is how many bytes around a stretch are looked through for the end of
// its line.
const maxLine = 512

// inSentence tells whether the lines of a stretch have the end of a sentence.
func inSentence(text string, start, end int) bool {
	from, to := max(start-maxLine, 0), min(end+maxLine, len(text))
	if i := strings.LastIndexByte(text[from:start], '\n'); i >= 0 {
		from += i + 1
	}
	if i := strings.IndexByte(text[end:to], '\n'); i >= 0 {
		to = end + i
	}
	before := ' '
	for _, r := range text[from:to] + " " {
		if sentenceEnd(before, r) && before != '\n' {
			return true
		}
		before = r
	}
	return false
}

// across tells whether a passage was taken between start and end.
func across(start, end int, taken []passage) bool {
	return slices.ContainsFunc(taken, func(p passage) bool { return start < p.end && p.start < end })
}

// widen gives a stretch its surroundings, up to the length of a snippet and
// to what is taken.
func widen(text string, p passage, taken []passage) passage {
	low, high := 0, len(text)
	for _, t := range taken {
		if t.end <= p.start {
			low = max(low, t.end)
		} else {
			high = min(high, t.start)
		}
	}
	if inSentence(text, p.start, p.end) { // nothing is gained by the list before it
		low = max(low, strings.LastIndexByte(text[:p.start], '\n')+1)
	}
	p.end = min(p.end, forward(text, p.start, high, 2*snippetLen)) // a word without end
	room := snippetLen - utf8.RuneCountInString(text[p.start:p.end])
	if room > 0 {
		start := leftEdge(text, back(text, p.start, low, room/2), p.start)
		room -= utf8.RuneCountInString(text[start:p.start])
		p = passage{start, rightEdge(text, p.end, forward(text, p.end, high, room))}
	}
	p.start += len(text[p.start:p.end]) - len(strings.TrimLeftFunc(text[p.start:p.end], unicode.IsSpace))
	p.end -= len(text[p.start:p.end]) - len(strings.TrimRightFunc(text[p.start:p.end], unicode.IsSpace))
	return p
}

// forward returns the place n characters after at, but not after limit.
func forward(text string, at, limit, n int) int {
	for ; n > 0 && at < limit; n-- {
		_, size := utf8.DecodeRuneInString(text[at:limit])
		at += size
	}
	return at
}

// back returns the place n characters before at, but not before limit.
func back(text string, at, limit, n int) int {
	for ; n > 0 && at > limit; n-- {
		_, size := utf8.DecodeLastRuneInString(text[limit:at])
		at -= size
	}
	return at
}

// leftEdge returns where a passage that may start in text[from:to] does: with
// the first sentence there, else with the first word, else at to.
func leftEdge(text string, from, to int) int {
	if from == 0 {
		return 0
	}
	word := to
	before, _ := utf8.DecodeLastRuneInString(text[:from])
	for i, r := range text[from:to] {
		if sentenceEnd(before, r) {
			return from + i
		}
		if word == to && between(before, r) {
			word = from + i
		}
		before = r
	}
	return word
}

// rightEdge returns where a passage that may end in text[from:to] does: with
// the last sentence there unless most is lost, else with the last word, else
// at from.
func rightEdge(text string, from, to int) int {
	if to == len(text) {
		return to
	}
	word, sentence := from, from
	before, _ := utf8.DecodeLastRuneInString(text[:from])
	for i, r := range text[from:] {
		if between(before, r) {
			word = from + i
		}
		if sentenceEnd(before, r) {
			sentence = from + i
		}
		if from+i >= to {
			break
		}
		before = r
	}
	if sentence-from > (to-from)/2 {
		return sentence
	}
	return word
}

// between tells whether a text may be cut between two characters.
func between(before, after rune) bool {
	if unicode.IsSpace(before) || unicode.IsSpace(after) {
		return true
	}
	b, a := classOf(before), classOf(after)
	if a == mark || a == silent || (b == kana || longVowel(before)) && (a == kana || longVowel(after)) {
		return false
	}
	return a == dense && b != mark || b == dense || a == kana != (b == kana)
}

// sentenceEnd tells whether a sentence ends between two characters.
func sentenceEnd(before, after rune) bool {
	switch before {
	case '。', '！', '？', '\n', '।', '؟':
		return true
	case '.', '!', '?', '…':
		return unicode.IsSpace(after)
	}
	return false
}
