package store

import (
	"lectern"
	"lectern/internal/search"
)

// spokenOf tells in which of some locales the phrase may be written: those whose
// texts know most of its words, and the caller's. Only in them words are
// corrected and similar ones looked for: to look for German words that resemble
// English ones costs more than it finds.
func (s *searching) spokenOf(locales []lectern.Locale, stats map[lectern.Locale]total) (map[lectern.Locale]bool, error) {
	known := make(map[lectern.Locale]float64, len(locales))
	best := 0.0
	groups := groupsOf(s.kinds, s.states)
	for _, l := range locales {
		if len(locales) == 1 {
			break
		}
		_, book, err := s.shelf.open(s, shelfKey{s.ws, l}, stats[l].event)
		if err != nil {
			return nil, err
		}
		terms := search.ParseQuery(l, s.phrase, search.Options{}).Terms
		for _, t := range terms {
			if book.Frequency(groups, search.Hash(t)) > 0 {
				known[l] += 1 / float64(len(terms))
			}
		}
		best = max(best, known[l])
	}
	spoken := make(map[lectern.Locale]bool, len(locales))
	for _, l := range locales {
		spoken[l] = known[l] > best-1e-9 || l == s.first || l == s.meaning
	}
	return spoken, nil
}
