package body

import (
	"unicode"
)

// How fast people read, in a minute.
const (
	wordsAMinute      = 220
	charactersAMinute = 450
)

// reading counts what there is to read while it is written.
type reading struct {
	words, characters int
	inWord            bool
}

// add counts text. A word may come in several pieces.
func (r *reading) add(s string) {
	for _, c := range s {
		switch {
		case c >= 0x1100 && unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul):
			r.characters++
			r.inWord = false
		case unicode.IsLetter(c) || unicode.IsDigit(c):
			if !r.inWord {
				r.words++
			}
			r.inWord = true
		case unicode.IsSpace(c):
			r.inWord = false
		}
	}
}

// gap ends a word where a block or a line does.
func (r *reading) gap() { r.inWord = false }

// minutes returns the time for all of it, rounded, at least 1.
func (r *reading) minutes() int {
	time := float64(r.words)/wordsAMinute + float64(r.characters)/charactersAMinute
	return max(1, int(time+0.5))
}
