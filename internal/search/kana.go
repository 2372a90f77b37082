package search

import (
	"slices"
	"strings"
	"unicode"
)

// Names of things are written in katakana, which readers type as hiragana
// before they convert it, or leave so: ぱすわーど finds パスワード.

const (
	minKana = 3  // characters of a word that is looked for
	maxKana = 32 // of a run that is looked through
)

// addKana has the katakana words of the vocabulary stand for the same sounds in
// hiragana.
func (q *Query) addKana(v *Vocabulary, unfinished bool) {
	if !strings.ContainsFunc(q.phrase, hiragana) {
		return
	}
	text := []rune(q.phrase)
	for start := 0; start < len(text); start++ {
		if !hiragana(text[start]) {
			continue
		}
		end := start
		for end < len(text) && (hiragana(text[end]) || text[end] == 'ー') {
			end++
		}
		q.kanaRun(v, text[start:min(end, start+maxKana)], unfinished && end == len(text))
		start = end
	}
}

// kanaRun looks for words in a run of hiragana, the longest first.
func (q *Query) kanaRun(v *Vocabulary, run []rune, unfinished bool) {
	sounds := make([]rune, len(run))
	for i, r := range run {
		sounds[i] = r
		if r != 'ー' {
			sounds[i] += 'ァ' - 'ぁ'
		}
	}
	for start := 0; start+minKana <= len(run); start++ {
		for end := len(run); end >= start+minKana; end-- {
			word := string(sounds[start:end])
			list := []guess(nil)
			if v.Has(word) {
				list = []guess{{word: word, form: word, weight: 0.9}}
			} else if unfinished && end == len(run) {
				list = v.completions(word, q.df)
			}
			if len(list) > 0 && q.spell(run, start, end, list) {
				start = end - 1
				break
			}
		}
	}
}

// spell has words stand for some characters of a run, and for the pairs that
// these make with those beside them.
func (q *Query) spell(run []rune, start, end int, list []guess) bool {
	at, all := -1, uint64(0)
	for i := max(start-1, 0); i < end; i++ {
		for n := 1; n <= 2 && i+n <= len(run); n++ {
			k := slices.Index(q.Terms, string(run[i:i+n]))
			if k < 0 || n == 1 && i < start {
				continue
			}
			all |= 1 << k
			if at < 0 || n == 2 && i >= start && i+n <= end {
				at = k
			}
		}
	}
	if at < 0 {
		return false
	}
	for _, g := range list {
		if len(q.Expansions) < maxExpansions {
			q.Expansions = append(q.Expansions, Expansion{Term: g.form, For: at, Reason: Spelled, Weight: g.weight, also: all})
		}
	}
	return true
}

func hiragana(r rune) bool { return unicode.Is(unicode.Hiragana, r) && 'ぁ' <= r && r <= 'ゖ' }
