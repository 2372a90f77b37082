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
}

// A candidate is a term that may become part of a query.
type candidate struct {
	term  string
	stop  bool // says little
	small bool // a character that is in a pair, too
}

// ParseQuery reads what a reader looks for. Words that say little (how, the)
// count only where there is nothing else. Of a long phrase the first words
// are used.
func ParseQuery(l lectern.Locale, phrase string) Query {
	all := candidates(analysisOf(l), phrase[:min(len(phrase), maxPhrase)])
	if slices.ContainsFunc(all, func(c candidate) bool { return !c.stop }) {
		all = slices.DeleteFunc(all, func(c candidate) bool { return c.stop })
	}
	if len(all) > maxTerms { // pairs say more than their characters
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
	q := Query{Locale: l}
	for _, c := range all[:min(len(all), maxTerms)] {
		q.Terms = append(q.Terms, c.term)
	}
	return q
}

// candidates lists the distinct terms of a phrase.
func candidates(a *analysis, phrase string) []candidate {
	var list []candidate
	at := map[string]int{}
	said := -1 // where the last word that says something is
	var forms []string
	for s := range a.words(phrase) {
		w := word{phrase[s.start:s.end], s.kind}
		stop := a.stop[strip(a.spell(w.text))]
		if s.kind == compound {
			stop = said < s.start
		} else if !stop {
			said = s.start
		}
		forms = a.forms(forms[:0], w, true)
		for _, t := range forms {
			if i, ok := at[t]; ok {
				list[i].stop = list[i].stop && stop
				continue
			}
			at[t] = len(list)
			list = append(list, candidate{term: t, stop: stop, small: s.kind == single})
		}
	}
	return list
}
