package store

import (
	"slices"

	"lectern"
	"lectern/internal/search"
)

// nearTie is by how much of its words another language has to know a phrase
// better than the default one, to be taken for the phrase's.
const nearTie = 0.15

// listen tells in which of some locales the phrase may be written: those whose
// texts know most of its words, and the caller's. Only in them words are
// corrected and similar ones looked for: to look for German words that resemble
// English ones costs more than it finds. Without a caller's, the locale that
// knows most goes first; English words are rare in French texts, so comparing
// scores across languages would put translations nobody asked for before the
// original.
func (s *searching) listen(locales []lectern.Locale, stats map[lectern.Locale]total) error {
	known := make(map[lectern.Locale]float64, len(locales))
	best, most := 0.0, lectern.Locale("")
	groups := groupsOf(s.kinds, s.states)
	for _, l := range locales {
		if len(locales) == 1 {
			break
		}
		_, book, err := s.shelf.open(s, shelfKey{s.ws, l}, stats[l].event)
		if err != nil {
			return err
		}
		q := search.ParseQuery(l, s.phrase, search.Options{})
		words := slices.Concat(q.Terms, q.Minor)
		for _, t := range words {
			if book.Frequency(groups, search.Hash(t)) > 0 {
				known[l] += 1 / float64(len(words))
			}
		}
		if known[l] > best {
			best, most = known[l], l
		}
	}
	s.first = s.caller
	if s.first == "" && s.home != "" && len(locales) > 1 {
		if s.first = s.home; known[s.home] < best-nearTie {
			s.first = most
		}
	}
	s.spoken = make(map[lectern.Locale]bool, len(locales))
	for _, l := range locales {
		s.spoken[l] = known[l] > best-1e-9 || l == s.first || l == s.meaning
	}
	return nil
}
