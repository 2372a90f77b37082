// Package search knows words, not SQL. It reads a text in one of the 37
// locales and says by which terms it can be found ([Index]), reads a reader's
// phrase the same way ([ParseQuery]), tells how well the one answers the other
// ([Ranker]) and shows where ([Highlight], [Snippets]).
//
// A database matches, this package ranks: the store keeps an [Entry] for each
// text, asks its engine for the texts that hold any of the query's terms, and
// has their Forward bytes scored here, so that every engine gives the same
// order. A phrase is any of its words, best first: with all of them required,
// 97 in 100 of the questions people really ask find nothing.
//
// From text to terms: words.go cuts, fold.go makes equal what readers do not
// tell apart, analysis.go reduces words to terms by the locale's rules, which
// the files named after families of languages state.
package search

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"lectern"
)

// Version goes up whenever the same document would give another entry. Old
// entries can still be scored, but a query may not find all in them.
const Version = 4

// A Document is a text as plain words (no markup).
type Document struct {
	Title, Description, Body string
	Headings                 string // those within Body, once more, one a line
}

// An Entry is what an index keeps of a document.
type Entry struct {
	terms   map[string][fields]int // how often each is in each field
	Forward []byte                 // what a Ranker needs; see forward.go
	// Words are the distinct words that a [Vocabulary] of these texts is to
	// have, folded and sorted.
	Words []string

	// The lengths of the fields in words; of Chinese, Japanese, Korean and
	// Thai, in characters.
	TitleLen, DescriptionLen, HeadingsLen, BodyLen int
}

const (
	title = iota
	description
	headings
	body
	fields // how many
)

var fieldNames = [fields]string{"title", "description", "headings", "body"}

// Index reads d in the language of l. The same document gives the same entry,
// so an unchanged one need not be written again. A locale outside
// [lectern.Locales] is read by the rules all languages share.
func Index(l lectern.Locale, d Document) Entry {
	a := analysisOf(l)
	var lengths [fields]int
	raw := map[word]*rawWord{}   // words as they are written; most come again
	var order [fields][]*rawWord // those with spaces between them
	for f, text := range [fields]string{d.Title, d.Description, d.Headings, d.Body} {
		for s := range a.words(text) {
			w := word{text[s.start:s.end], s.kind}
			x := raw[w]
			if x == nil {
				x = &rawWord{}
				raw[w] = x
			}
			x.counts[f]++
			if s.kind == plain || s.kind == single {
				lengths[f]++
			}
			if s.kind == plain && f != headings { // they are in the body
				order[f] = append(order[f], x)
			}
		}
	}
	terms := make(map[string][fields]int, len(raw))
	words := map[string]bool{}
	var forms []string
	var seen []uint32
	for w, x := range raw {
		if w.kind == plain {
			s := a.spell(w.text)
			words[s] = true
			x.little = a.stop[strip(s)]
		} else if w.kind == compound && joinedUp(w.text) {
			words[a.spell(w.text)] = true
		}
		forms = a.forms(forms[:0], w, false)
		if len(forms) > 0 && (w.kind == plain || w.kind == compound) && !x.little {
			x.term = hash(forms[0])
			seen = append(seen, a.spellingTrace(w))
		}
		for _, t := range forms {
			sum := terms[t]
			for f := range sum {
				sum[f] += x.counts[f]
			}
			terms[t] = sum
		}
	}
	for _, list := range order {
		seen = appendPairs(seen, list)
	}
	return Entry{
		terms:    terms,
		Words:    slices.Sorted(maps.Keys(words)),
		Forward:  encodeForward(terms, lengths, a.titleWords(d.Title), newTraces(seen)),
		TitleLen: lengths[title], DescriptionLen: lengths[description],
		HeadingsLen: lengths[headings], BodyLen: lengths[body],
	}
}

// Terms returns the distinct terms anywhere in the document, sorted. A term is
// letters, digits and marks of any script in valid UTF-8; of ASCII it has
// lower-case letters and digits only.
func (e Entry) Terms() []string { return slices.Sorted(maps.Keys(e.terms)) }

// maxJoined is how many bytes a compound has at most that counts as a word.
const maxJoined = 24

// joinedUp tells whether a compound may be looked for as one word: wifi for
// Wi-Fi, not foo_bar or a list of numbers.
func joinedUp(text string) bool {
	return len(text) <= maxJoined && !strings.ContainsFunc(text, func(r rune) bool { return strings.ContainsRune("_.&", r) || unicode.IsNumber(r) })
}

// A rawWord is what Index notes of a word as it is written.
type rawWord struct {
	counts [fields]int
	term   uint32 // hash of the first one; 0 for a word that has none or says little
	little bool
}

// appendPairs appends the traces of words that stand side by side.
func appendPairs(list []uint32, words []*rawWord) []uint32 {
	before := uint32(0)
	for _, x := range words {
		if x.term == 0 {
			continue
		}
		if before != 0 && before != x.term {
			list = append(list, pairTrace(before, x.term))
		}
		before = x.term
	}
	return list
}
