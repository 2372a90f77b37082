package search

import (
	"slices"

	"lectern"
)

const (
	maxTerms  = 32      // of a query
	maxPhrase = 8 << 10 // bytes of a phrase that are read
)

// A Query is a phrase read in one locale.
type Query struct {
	Locale lectern.Locale
	Terms  []string // distinct, in the order of the phrase; at most 32
	// Minor are terms that say little (how, the). They add to the score of a
	// text that is found by others; at most 32.
	Minor []string
	// Expansions are terms that stand for some of Terms, the best first of
	// each; at most 64. Without a vocabulary and synonyms there are none.
	Expansions []Expansion

	phrase   string
	said     []saidWord // words that Terms come from
	similar  *similar   // nil without a vocabulary
	stances  []stance
	little   bool   // nothing but words that say little
	needed   uint64 // the terms that are words an answer needs, a bit each
	evidence []Evidence
	title    string // what a title has to be
	typing   bool
	df       func(uint32) int64
}

// A saidWord is a word of a phrase.
type saidWord struct {
	start, end int    // in the phrase, in bytes
	text       string // folded
	term       int    // index into Terms
	meant      string // corrected; "" if it needs no correction
}

// Options are with what a phrase is read. The zero Options read the phrase
// by itself.
type Options struct {
	// Vocabulary has the words of the texts that are looked through, in the
	// phrase's locale. It corrects what it does not know.
	Vocabulary *Vocabulary
	// Frequency tells in how many of these texts a term is, given its [Hash].
	// It chooses among corrections and weighs what only looks similar; without
	// it all words are taken to be as rare.
	Frequency func(hash uint32) int64
	// Synonyms are groups of words and short phrases that mean the same.
	Synonyms [][]string
	// Keep are words that count although they say little in most texts.
	Keep []string
	// Typing tells that the last word may not be finished.
	Typing bool
	// AsTyped leaves words as they are that the vocabulary does not know.
	AsTyped bool
	// Answers has Evidence complete, which takes a while.
	Answers bool
}

// An Expansion is a term that stands for one of a query's.
type Expansion struct {
	Term   string
	For    int // index into Query.Terms
	Reason Reason
	Weight float64 // of a hit, above 0; 1 is as good as the query's own term
	also   uint64  // further terms it stands for, a bit each: those of a synonym of several words
}

// A Reason is why a term stands for another.
type Reason string

// Reasons of expansions.
const (
	Corrected Reason = "corrected" // the vocabulary does not know the query's word
	Completed Reason = "completed" // the query's word is being typed
	Synonym   Reason = "synonym"
	Spelled   Reason = "spelled" // in other letters: katakana for hiragana
)

// Lookup returns the distinct terms whose postings are the candidates: Terms,
// then those of the expansions.
func (q Query) Lookup() []string {
	list := slices.Clone(q.Terms)
	for _, e := range q.Expansions {
		if !slices.Contains(list, e.Term) {
			list = append(list, e.Term)
		}
	}
	return list
}

// Enough is how many candidates make [Query.More] needless.
const Enough = 50

// More returns the hashes of further terms whose postings are candidates where
// those of Lookup are fewer than Enough: words that look like the query's and
// those that say little. They save the questions whose every telling word is
// another than the author's: German .369 to .392 nDCG@10.
func (q Query) More() []uint32 {
	var list []uint32
	for _, t := range q.Minor {
		list = append(list, hash(t))
	}
	if q.similar != nil {
		list = append(list, q.similar.alike()...)
	}
	return list
}

// ParseQuery reads what a reader looks for. Where there is nothing but words
// that say little, they are its terms. Of a long phrase the first words are
// used.
func ParseQuery(l lectern.Locale, phrase string, o Options) Query {
	a := analysisOf(l)
	q := Query{Locale: l, phrase: phrase[:min(len(phrase), maxPhrase)], df: o.Frequency, typing: o.Typing}
	all, said := candidates(a, q.phrase, keptWords(a, o.Keep))
	q.little = !slices.ContainsFunc(all, func(c candidate) bool { return !c.stop })
	if !q.little {
		for _, c := range all {
			if c.stop && len(q.Minor) < maxTerms {
				q.Minor = append(q.Minor, c.term)
			}
		}
		all = slices.DeleteFunc(all, func(c candidate) bool { return c.stop })
	}
	for _, c := range shortened(all) {
		q.Terms = append(q.Terms, c.term)
	}
	for _, w := range said {
		if w.term = slices.Index(q.Terms, w.first); w.term >= 0 {
			q.said = append(q.said, w.saidWord)
		}
	}
	q.addStances(a)
	q.addNeeds(a)
	q.addSynonyms(a, o.Synonyms)
	if o.Vocabulary != nil {
		q.expand(o.Vocabulary, o)
	}
	for _, e := range q.Expansions {
		q.show(hash(e.Term), 1<<e.For|e.also)
	}
	return q
}

// Little tells whether there are nothing but words that say little.
func (q Query) Little() bool { return q.little }

// keptWords is the set of words that count whatever the locale says.
func keptWords(a *analysis, words []string) map[string]bool {
	if len(words) == 0 {
		return nil
	}
	m := map[string]bool{}
	for _, w := range words {
		m[strip(a.spell(w))] = true
	}
	return m
}

// A candidate is a term that may become part of a query.
type candidate struct {
	term  string
	stop  bool // says little
	small bool // a character that is in a pair, too
}

// shortened leaves as many terms as a query may have. Pairs say more than
// their characters.
func shortened(all []candidate) []candidate {
	if len(all) > maxTerms {
		small := 0
		for _, c := range all {
			if c.small {
				small++
			}
		}
		room := max(maxTerms-(len(all)-small), 0)
		all = slices.DeleteFunc(all, func(c candidate) bool {
			if c.small {
				room--
			}
			return c.small && room < 0
		})
	}
	return all[:min(len(all), maxTerms)]
}

// A sayable is a word of a phrase with the first term it is found by.
type sayable struct {
	saidWord
	first string
}

// candidates lists the distinct terms of a phrase, and its words that say
// something.
func candidates(a *analysis, phrase string, keep map[string]bool) (list []candidate, said []sayable) {
	at := map[string]int{}
	last := -1 // where the last word that says something is
	var forms []string
	for s := range a.words(phrase) {
		w := word{phrase[s.start:s.end], s.kind}
		text := a.spell(w.text)
		bare := strip(text)
		stop := a.stop[bare] && !keep[bare]
		if s.kind == compound {
			stop = last < s.start
		} else if !stop {
			last = s.start
		}
		forms = a.forms(forms[:0], w, true)
		if s.kind == plain && len(forms) > 0 {
			said = append(said, sayable{saidWord{start: s.start, end: s.end, text: text}, forms[0]})
		}
		for _, t := range forms {
			if i, ok := at[t]; ok {
				list[i].stop = list[i].stop && stop
				continue
			}
			at[t] = len(list)
			list = append(list, candidate{term: t, stop: stop, small: s.kind == single})
		}
	}
	return list, said
}
