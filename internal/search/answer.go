package search

import (
	"math"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
)

// Whether a text answers a query is told by how much of the query's information
// it has: of the words that tell something, each weighed by how rare it is, so
// that a text with all of them always answers, however common they are. It has
// a word if it has its term, what it was corrected or completed to or a
// synonym, the other way of writing a compound (wifi for wi-fi), a compound that
// the word is part of, or an ending or prefix of the language's. Words that
// merely look alike are no evidence.

const (
	// AnswerShare is the share of a query's information from which on the best
	// text answers it.
	AnswerShare = 0.5
	// PartShare is the least share of the best text that is shown at all, as one
	// with some of the words. It is to be likely to be an answer, too.
	PartShare = 0.1
	// FurtherShare is what further texts are to have of the share of the best.
	FurtherShare = 0.2
	// likelyFloor is the least score of a likely answer; see [Ranker.Likely].
	likelyFloor = 0.9
	// maxEvidence bounds the terms that show a query's words beside its own.
	maxEvidence = 256
)

// Whether to be silent was measured on messages to three shops' chat bots, most
// of which ask what no text answers. The share alone is silent on .27 of those
// and takes .02 off Recall@10 of the others; with the floor for what has less
// than half of the words, it is .32 and .01 (at 1.1, .36 and .023). Half would be
// silent for .13. Less
// weight for words nobody has written, numbers or words outside titles, greater
// powers of how rare a word is, and the weight of the words found do no better
// by more than .02, fitted to these very messages.

// Evidence is a term by which a text shows words of a query.
type Evidence struct {
	Hash  uint32
	Words uint64 // those it shows, a bit each
}

// Evidence returns the terms that show the query's words. Those the words do
// not have themselves, such as compounds, are there if the query was read with
// [Options.Answers] and a vocabulary.
func (q Query) Evidence() []Evidence { return q.evidence }

// Needs weighs a query's words.
type Needs struct {
	weight [maxTerms]float64
	sum    float64
}

// Needs weighs the words of the query among docs texts.
func (q Query) Needs(docs int64) Needs {
	var n Needs
	for i := range q.Terms {
		if q.needed>>i&1 == 1 {
			n.weight[i] = q.information(i, float64(docs))
			n.sum += n.weight[i]
		}
	}
	return n
}

// information is what the text is told by a word: more by a rare one.
func (q Query) information(term int, docs float64) float64 {
	most := int64(0)
	if q.df == nil {
		return 1
	}
	for _, e := range q.evidence {
		if e.Words>>term&1 == 1 {
			most = max(most, q.df(e.Hash))
		}
	}
	return idf(docs, float64(most)) + 0.01
}

// Share is how much of the query's information some of its words are, 0 to 1.
func (n *Needs) Share(words uint64) float64 {
	if n.sum == 0 {
		return 0
	}
	sum := 0.0
	for words != 0 {
		i := bits.TrailingZeros64(words)
		words &= words - 1
		if i < maxTerms {
			sum += n.weight[i]
		}
	}
	return sum / n.sum
}

// Likely tells whether a document that has few of the query's words, the best
// found, is likely to be an answer all the same.
func (r *Ranker) Likely(forward []byte) bool {
	rs, ok := decodeForward(forward)
	if !ok {
		return false
	}
	return r.byWords(rs, nil) >= likelyFloor*math.Sqrt(r.idf*math.Log1p(r.docs))
}

// show notes that a term shows words.
func (q *Query) show(hash uint32, words uint64) {
	if i := slices.IndexFunc(q.evidence, func(e Evidence) bool { return e.Hash == hash }); i >= 0 {
		q.evidence[i].Words |= words
		return
	}
	q.evidence = append(q.evidence, Evidence{hash, words})
}

// addNeeds notes which terms are words that an answer needs, and what shows
// them.
func (q *Query) addNeeds(a *analysis) {
	at := make(map[string]int, len(q.Terms))
	for i, t := range q.Terms {
		at[t] = i
	}
	bit := func(t string) uint64 {
		if i, ok := at[t]; ok {
			return 1 << i
		}
		return 0
	}
	type saidBit struct {
		start int
		bit   uint64
	}
	var words []saidBit
	var forms []string
	single1, single2 := "", ""
	for s := range a.words(q.phrase) {
		if forms = a.forms(forms[:0], word{q.phrase[s.start:s.end], s.kind}, true); len(forms) == 0 {
			continue
		}
		b := bit(forms[0])
		switch s.kind {
		case compound: // another way to write its words
			all := uint64(0)
			for _, w := range words {
				if w.start >= s.start {
					all |= w.bit
				}
			}
			if all == 0 {
				all = b
				q.needed |= b
			}
			q.show(hash(forms[0]), all)
			continue
		case single:
			single1, single2 = single2, forms[0]
		case pair: // says all that its characters say
			q.needed &^= bit(single1) | bit(single2)
		}
		if b == 0 {
			continue
		}
		q.needed |= b
		words = append(words, saidBit{s.start, b})
		for _, t := range forms {
			q.show(hash(t), b)
		}
	}
	if q.needed == 0 {
		for i, t := range q.Terms {
			q.needed |= 1 << i
			q.show(hash(t), 1<<i)
		}
	}
}

// addForms notes the words of the vocabulary that are forms of the query's, of
// which the term says nothing. It returns which words have some.
func (q *Query) addForms(v *Vocabulary) (formed uint64) {
	a := v.analysis
	v.mu.RLock()
	defer v.mu.RUnlock()
	room := maxEvidence
	for _, w := range q.said[:min(len(q.said), maxSaid)] {
		f := a.formOf(w.text, q.Terms[w.term])
		if f == nil {
			continue
		}
		shape := a.shape(w.text)
		seen := map[uint32]bool{hash(q.Terms[w.term]): true}
		var found []vocabularyWord
		for g := range gramsOf(shape) {
			ids := v.grams[g]
			if len(ids) > maxGramWords {
				continue
			}
			for _, id := range ids {
				x := &v.words[id]
				if !seen[x.term] && f(x.shape) {
					seen[x.term] = true
					found = append(found, *x)
				}
			}
		}
		for _, x := range q.mostFrequent(found, room) {
			q.show(x.term, 1<<w.term)
			formed |= 1 << w.term
			room--
		}
	}
	return formed
}

// mostFrequent leaves n of the words that texts have, the most frequent.
func (q *Query) mostFrequent(list []vocabularyWord, n int) []vocabularyWord {
	if q.df == nil || len(list) == 0 {
		return nil
	}
	type counted struct {
		vocabularyWord
		df int64
	}
	var all []counted
	for _, x := range list {
		if df := q.df(x.term); df > 0 {
			all = append(all, counted{x, df})
		}
	}
	slices.SortFunc(all, func(a, b counted) int {
		if a.df != b.df {
			return int(b.df - a.df)
		}
		return int(int64(a.term) - int64(b.term))
	})
	list = list[:0]
	for _, x := range all[:min(len(all), n)] {
		list = append(list, x.vocabularyWord)
	}
	return list
}

// formOf returns what tells whether another word, as it is compared by its
// letters, is a form of a word or put together with it; nil if none is.
func (a *analysis) formOf(text, term string) func(shape string) bool {
	shape := a.shape(text)
	length := utf8.RuneCountInString(shape)
	part := shape
	if a.stem != nil && a.compounds && len(term) < len(shape) && utf8.RuneCountInString(term) >= 4 {
		part = term
	}
	first, _ := utf8.DecodeRuneInString(shape)
	switch {
	case classOf(first) == kana && length >= 3, a.compounds && utf8.RuneCountInString(part) >= 4:
		return func(s string) bool {
			return holdsPart(s, part) || holdsPart(s, shape) || a.cut > 0 && sameStart(s, shape)
		}
	case a.prefixes && length >= 3:
		return func(s string) bool { return prefixed(s, shape) || prefixed(shape, s) }
	case a.cut > 0 && length >= 4:
		return func(s string) bool { return sameStart(s, shape) }
	}
	return nil
}

// holdsPart tells whether a word is put together with a part: at its start or
// end, or anywhere if the part is long.
func holdsPart(word, part string) bool {
	if len(word) <= len(part) {
		return false
	}
	return strings.HasPrefix(word, part) || strings.HasSuffix(word, part) ||
		utf8.RuneCountInString(part) >= 6 && strings.Contains(word, part)
}

// maxPrefix is how many letters are written at the front of a word: article,
// conjunction and preposition.
const maxPrefix = 4

// prefixed tells whether long is word with a prefix.
func prefixed(long, word string) bool {
	n := utf8.RuneCountInString(long) - utf8.RuneCountInString(word)
	return 0 < n && n <= maxPrefix && utf8.RuneCountInString(word) >= 3 && strings.HasSuffix(long, word)
}
