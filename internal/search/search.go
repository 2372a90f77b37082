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

	"lectern"
)

// A Document is a text as plain words (no markup).
type Document struct{ Title, Description, Body string }

// An Entry is what an index keeps of a document.
type Entry struct {
	// Terms are the distinct terms anywhere in the document, sorted. A term is
	// letters, digits and marks of any script in valid UTF-8; of ASCII it has
	// lower-case letters and digits only.
	Terms      []string
	TitleTerms []string // those in the title, sorted
	Forward    []byte   // what a Ranker needs; see forward.go

	// The lengths of the fields in words; of Chinese, Japanese, Korean and
	// Thai, in characters.
	TitleLen, DescriptionLen, BodyLen int
}

const (
	title = iota
	description
	body
	fields // how many
)

// Index reads d in the language of l. The same document gives the same entry,
// so an unchanged one need not be written again. A locale outside
// [lectern.Locales] is read by the rules all languages share.
func Index(l lectern.Locale, d Document) Entry {
	a := analysisOf(l)
	var lengths [fields]int
	raw := map[word][fields]int{} // words as they are written; most come again
	for f, text := range [fields]string{d.Title, d.Description, d.Body} {
		for s := range a.words(text) {
			w := word{text[s.start:s.end], s.kind}
			n := raw[w]
			n[f]++
			raw[w] = n
			if s.kind == plain || s.kind == single {
				lengths[f]++
			}
		}
	}
	terms := make(map[string][fields]int, len(raw))
	var forms []string
	for w, n := range raw {
		forms = a.forms(forms[:0], w, false)
		for _, t := range forms {
			sum := terms[t]
			for f := range sum {
				sum[f] += n[f]
			}
			terms[t] = sum
		}
	}
	e := Entry{
		Terms:    slices.Sorted(maps.Keys(terms)),
		Forward:  encodeForward(terms, lengths),
		TitleLen: lengths[title], DescriptionLen: lengths[description], BodyLen: lengths[body],
	}
	for _, t := range e.Terms {
		if terms[t][title] > 0 {
			e.TitleTerms = append(e.TitleTerms, t)
		}
	}
	return e
}
