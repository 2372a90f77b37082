package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"lectern"
)

// An analysis is how one locale's words become terms. It does not change once
// made, so any number of goroutines may use it.
type analysis struct {
	respell     func(string) string // spelling, before anything else; may be nil
	stem        func(string) string // may be nil
	script      *unicode.RangeTable // of the words stem knows
	cut         int                 // keep so many characters; zero keeps all
	accents     bool                // marks tell words apart; without them a word is found, too
	apostrophes bool                // belong to the word they stand in
	more        func(string) string // another form of a word, on both sides; "" for none; may be nil
	plain       func(string) string // how letters with marks are written without; may be nil
	compounds   bool                // words are put together into longer ones
	prefixes    bool                // little words are written at the front of others
	stop        map[string]bool     // see stop.go
}

// analyses holds every locale's; the families' files say why it is this one.
var analyses = func() map[lectern.Locale]*analysis {
	m := map[lectern.Locale]*analysis{}
	for _, family := range []map[lectern.Locale]analysis{stemmed, cutShort, semitic, unspaced, vietnamese} {
		for l, a := range family {
			a.stop = stopWords(l, &a)
			m[l] = &a
		}
	}
	return m
}()

func analysisOf(l lectern.Locale) *analysis {
	if a := analyses[l]; a != nil {
		return a
	}
	return &analysis{}
}

// forms appends the terms w is found by. The first is how it is written; of
// the others, those for a query let it find other spellings, and those for a
// document let it be found by them. Each side may have a term twice.
func (a *analysis) forms(terms []string, w word, query bool) []string {
	if w.kind == single || w.kind == pair {
		return appendTerm(terms, fold(w.text))
	}
	s := a.spell(w.text)
	if s == "" {
		return terms
	}
	main := a.reduce(s)
	terms = appendTerm(terms, main)
	// An ending may be known by its accent (ação), so a stem without accents
	// is not the stem of the word without: keep both, or informacao does not
	// find informação. Queries are read as written and count one of them.
	if bare := strip(s); !query && bare != s {
		if t := a.reduce(bare); t != main {
			terms = appendTerm(terms, t)
		}
	}
	if a.more != nil {
		terms = appendTerm(terms, a.more(main))
	}
	if w.kind == plain {
		terms = a.parts(terms, w.text)
	}
	return terms
}

func appendTerm(terms []string, t string) []string {
	if t == "" {
		return terms
	}
	return append(terms, t)
}

// spell folds a word and respells it as the locale asks.
func (a *analysis) spell(s string) string {
	s = fold(s)
	if a.respell != nil {
		s = a.respell(s)
	}
	return s
}

// reduce makes a term of a folded word: numbers and names with numbers stay,
// words lose their endings. Latin words in a text of another script are taken
// for English, which names of products and commands mostly are.
func (a *analysis) reduce(s string) string {
	kept := s
	switch {
	case strings.ContainsFunc(s, unicode.IsNumber):
	case a.stem != nil && all(a.script, s):
		s = a.stem(s)
	case a.script != unicode.Latin && all(unicode.Latin, s):
		s = stemEnglish(s)
	}
	if a.accents {
		s = strings.ReplaceAll(s, "'", "")
	} else {
		s = strip(s)
	}
	if a.cut > 0 && a.stem == nil && all(a.script, s) {
		s = cut(s, a.cut)
	}
	if s == "" { // all ending
		return strip(kept)
	}
	return s
}

// all tells whether s is written in script throughout.
func all(script *unicode.RangeTable, s string) bool {
	if script == nil {
		return false
	}
	for _, r := range s {
		if r < utf8.RuneSelf && script == unicode.Latin {
			if c := asciiClass[r]; c == letter || r == '\'' {
				continue
			}
			return false
		}
		if !unicode.In(r, script, unicode.Inherited) {
			return false
		}
	}
	return true
}

// parts appends the terms of what a name is put together from: OAuth of
// OAuth2, create and User of createUser. Parts of one character say nothing; a
// word that is one part has none.
func (a *analysis) parts(terms []string, s string) []string {
	if len(s) > 4*maxWord {
		return terms
	}
	start, before := 0, rune(-1)
	add := func(end int) {
		if part := s[start:end]; len(part) < len(s) && utf8.RuneCountInString(part) > 1 {
			terms = appendTerm(terms, a.reduce(a.spell(part)))
		}
		start = end
	}
	for i, r := range s {
		if before >= 0 && parted(before, r) {
			add(i)
		}
		before = r
	}
	add(len(s))
	return terms
}

// parted tells whether a part of a name ends between two characters.
func parted(before, after rune) bool {
	return unicode.IsDigit(before) != unicode.IsDigit(after) && !unicode.IsMark(after) && !unicode.IsMark(before) ||
		unicode.IsLower(before) && unicode.IsUpper(after)
}
