package find

import (
	"lectern"
	"lectern/internal/search"
)

// nearTie is by how much more familiar another language has to be with a phrase
// than the default one, to be taken for the phrase's: a bit less than one word
// makes that one text has and none of the default language.
const nearTie = 1

// detect tells in which of some locales the phrase may be written: those whose
// texts know most of its words, and the caller's. Only in them words are
// corrected and similar ones looked for: to look for German words that resemble
// English ones costs more than it finds. Without a caller's, the locale that is
// most familiar goes first; English words are rare in French texts, so comparing
// scores across languages would put translations nobody asked for before the
// original.
func (s *searching) detect(locales []lectern.Locale, stats map[lectern.Locale]total) error {
	all := make(map[lectern.Locale]search.Familiarity, len(locales))
	groups := groupsOf(s.kinds, s.states)
	best, most := 0.0, lectern.Locale("")
	for _, l := range locales {
		if len(locales) == 1 {
			break
		}
		words, index, err := s.indexes.open(s, indexKey{s.ws, l}, stats[l].event)
		if err != nil {
			return err
		}
		f := search.FamiliarityOf(l, s.phrase, words, func(hash uint32) int64 { return index.Frequency(groups, hash) })
		all[l] = f
		best = max(best, f.Known)
		if most == "" || f.Likely > all[most].Likely {
			most = l
		}
	}
	s.first = s.caller
	if s.first == "" && s.home != "" && most != "" {
		s.first = s.home
		if home, ok := all[s.home]; !ok || all[most].Likely > home.Likely+nearTie {
			s.first = most
		}
	}
	s.writtenIn = make(map[lectern.Locale]bool, len(locales))
	for _, l := range locales {
		s.writtenIn[l] = all[l].Known > best-1e-9 || l == s.first || l == s.meaning
	}
	return nil
}
