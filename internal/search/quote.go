package search

import (
	"slices"
	"strings"

	"lectern"
)

// quotes open and close what is to be found word by word.
var quotes = map[rune]string{'"': `"`, '“': "”“", '„': "“”", '«': "»", '»': "«", '「': "」", '『': "』"}

// maxRuns is how many quoted runs of a phrase are heeded.
const maxRuns = 4

// Quoted returns what stands between quotation marks in a phrase.
func Quoted(phrase string) (runs []string) {
	phrase = phrase[:min(len(phrase), maxPhrase)]
	for len(runs) < maxRuns {
		at := strings.IndexFunc(phrase, func(r rune) bool { return quotes[r] != "" })
		if at < 0 {
			return runs
		}
		var open rune
		for _, r := range phrase[at:] {
			open = r
			break
		}
		phrase = phrase[at+len(string(open)):]
		end := strings.IndexAny(phrase, quotes[open])
		if end < 0 {
			return runs
		}
		if run := strings.TrimSpace(phrase[:end]); run != "" {
			runs = append(runs, run)
		}
		phrase = strings.TrimLeft(phrase[end:], quotes[open])
	}
	return runs
}

// runWords are the words of a run or a text as they are written, but for case
// and what makes no difference to a reader.
func runWords(a *analysis, text string) (list []string) {
	for s := range a.words(text) {
		if s.kind == plain || s.kind == single {
			list = append(list, a.spell(text[s.start:s.end]))
		}
	}
	return list
}

// HasRuns tells whether each of the runs, as [Quoted] returns them, stands word
// by word in one of the texts.
func HasRuns(l lectern.Locale, runs []string, texts ...string) bool {
	a := analysisOf(l)
	var read [][]string
	for _, t := range texts {
		read = append(read, runWords(a, t))
	}
	for _, run := range runs {
		words := runWords(a, run)
		if len(words) > 0 && !slices.ContainsFunc(read, func(text []string) bool { return hasRun(text, words) }) {
			return false
		}
	}
	return true
}

func hasRun(text, run []string) bool {
	for len(text) >= len(run) {
		if slices.Equal(text[:len(run)], run) {
			return true
		}
		text = text[1:]
	}
	return false
}

// RunTerms returns the hashes of the terms that a text with these runs has.
func (q Query) RunTerms(runs []string) (list []uint32) {
	a := analysisOf(q.Locale)
	for _, run := range runs {
		for s := range a.words(run) {
			if s.kind == plain || s.kind == single {
				if forms := a.forms(nil, word{run[s.start:s.end], s.kind}, true); len(forms) > 0 {
					list = append(list, hash(forms[0]))
				}
			}
		}
	}
	return list
}

// HasTerms tells whether forward bytes have all of some terms, by their hashes.
func HasTerms(forward []byte, terms []uint32) bool {
	rs, ok := decodeForward(forward)
	return ok && !slices.ContainsFunc(terms, func(t uint32) bool { return !rs.has(t) })
}
