package search

import (
	"math"

	"lectern"
)

// A Familiarity tells how well the texts of a locale know a phrase.
type Familiarity struct {
	Known  float64 // share of its words that they have
	Likely float64 // how likely they are to have such words, as a logarithm: 0 at best
}

// enoughTexts is in how many texts a word is as familiar as it can be: else a
// word of a small translation would weigh more than that of the original.
const enoughTexts = 8

// FamiliarityOf tells how well texts know a phrase, given their words and in how
// many of them a term is. Words that say little tell languages apart as well as
// others do. A word as it is written counts for more than one of the same stem;
// the same first letters, which words of two languages often share, for nothing.
func FamiliarityOf(l lectern.Locale, phrase string, v *Vocabulary, frequency func(hash uint32) int64) (f Familiarity) {
	a := analysisOf(l)
	words, single1 := 0, ""
	count := func(n int64) {
		words++
		if n = min(n, enoughTexts); n > 0 {
			f.Known++
		}
		f.Likely += math.Log((float64(n) + 0.5) / (enoughTexts + 0.5))
	}
	for s := range a.words(phrase[:min(len(phrase), maxPhrase)]) {
		w := a.spell(phrase[s.start:s.end])
		switch {
		case words == maxTerms || w == "":
			continue
		case s.kind == single:
			single1 = w
		case s.kind == pair:
			count(frequency(hash(w)))
		case s.kind == plain:
			n := frequency(hash(a.reduce(w)))
			if !v.Has(w) {
				n = min(n, 1)
				if a.cut > 0 {
					n = 0
				}
			}
			count(n)
		}
	}
	if words == 0 && single1 != "" {
		count(frequency(hash(single1)))
	}
	f.Known /= float64(max(words, 1))
	return f
}
