package search

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A span is a stretch of a text that terms are made of, in bytes.
type span struct {
	start, end int
	kind       kind
}

// A kind says how a span becomes terms.
type kind uint8

const (
	plain    kind = iota // a word
	compound             // words joined by hyphen, underscore, dot or ampersand; its words came before
	single               // a character of a script without spaces between words, but for katakana
	pair                 // two such characters side by side
)

// A word is what a text says at a span.
type word struct {
	text string
	kind kind
}

// classes of characters
type class uint8

const (
	other class = iota
	letter
	digit
	dense // a letter of a script that does not put spaces between words
	kana  // a letter of katakana, which in such a script is a word as long as it goes on
	mark
	silent // invisible: soft hyphen, zero width joiner
)

// denseScripts write without spaces between words, or (Korean) glue particles
// to them. Characters and pairs of them find more than a segmenter with a
// dictionary, at a tenth of its cost: Korean .539 against .469 for words, MRR@10.
var denseScripts = []*unicode.RangeTable{
	unicode.Han, unicode.Hiragana, unicode.Hangul, unicode.Bopomofo,
	unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar,
}

var asciiClass = func() (t [utf8.RuneSelf]class) {
	for c := range t {
		switch {
		case '0' <= c && c <= '9':
			t[c] = digit
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z':
			t[c] = letter
		}
	}
	return t
}()

func classOf(r rune) class {
	switch {
	case r < utf8.RuneSelf:
		return asciiClass[r]
	case unicode.IsLetter(r):
		// Only the long vowel marks of kana are letters of no script.
		switch {
		case r < 0x0E00:
		case unicode.Is(unicode.Katakana, r):
			return kana
		case unicode.In(r, denseScripts...) || longVowel(r):
			return dense
		}
		return letter
	case unicode.IsNumber(r):
		return digit
	case unicode.IsMark(r):
		return mark
	case unicode.Is(unicode.Cf, r):
		return silent
	}
	return other
}

// longVowel tells whether r is one of the marks of kana that are letters.
func longVowel(r rune) bool { return r == 'ー' || r == 'ｰ' || r == 'ﾞ' || r == 'ﾟ' }

// words cuts text. Runs of letters, digits and marks are what UAX 29 finds in
// the scripts with spaces; unlike it we part l'homme and foo_bar, and say
// where they were joined.
func (a *analysis) words(text string) iter.Seq[span] {
	return func(yield func(span) bool) {
		chain, parts := 0, 0 // start and number of joined words so far
		for i := 0; i < len(text); {
			r, size := utf8.DecodeRuneInString(text[i:])
			switch classOf(r) {
			case letter, digit:
			case dense:
				end := denseEnd(text, i)
				if !characters(text, i, end, yield) {
					return
				}
				i = end
				continue
			case kana:
				end := kanaEnd(text, i)
				if !yield(span{i, end, plain}) {
					return
				}
				i = end
				continue
			default:
				i += size
				continue
			}
			end := a.wordEnd(text, i)
			if !yield(span{i, end, plain}) {
				return
			}
			if parts == 0 {
				chain = i
			}
			parts++
			if next := end + joiner(text[end:]); next > end {
				i = next
				continue
			}
			// Longer chains are lists and keys that nobody searches for.
			if 1 < parts && parts <= 5 && !yield(span{chain, end, compound}) {
				return
			}
			parts, i = 0, end
		}
	}
}

// wordEnd returns where the word at i ends.
func (a *analysis) wordEnd(text string, i int) int {
	end := i
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch classOf(r) {
		case letter, digit, mark:
			end = i + size
		case silent:
		case other:
			after, _ := utf8.DecodeRuneInString(text[i+size:])
			if i > end || !a.within(r, after) {
				return end
			}
		default:
			return end
		}
		i += size
	}
	return end
}

// within tells whether punctuation r belongs to the word it stands in, given
// the character after it.
func (a *analysis) within(r, after rune) bool {
	if classOf(after) != letter {
		return false
	}
	switch r {
	case '\'', '’', 'ʼ':
		return a.apostrophes
	case '·': // Catalan l·l
		return true
	case '"', '״', '׳': // Hebrew abbreviations
		return unicode.Is(unicode.Hebrew, after)
	}
	return false
}

// joiner returns the length of the character that joins the word before text
// to the word it goes on with, or 0.
func joiner(text string) int {
	r, size := utf8.DecodeRuneInString(text)
	if r != '‐' && r != '‑' && (r >= utf8.RuneSelf || size == 0 || !strings.ContainsRune("-_.&", r)) {
		return 0
	}
	after, _ := utf8.DecodeRuneInString(text[size:])
	if c := classOf(after); c != letter && c != digit {
		return 0
	}
	return size
}

// denseEnd returns where the run of dense characters at i ends.
func denseEnd(text string, i int) int {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if c := classOf(r); c != dense && c != mark {
			break
		}
		i += size
	}
	return i
}

// kanaEnd returns where the run of katakana at i ends. It is a word: トークン
// is not within ワークスペース though both have ーク.
func kanaEnd(text string, i int) int {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if c := classOf(r); c != kana && c != mark && c != silent && !longVowel(r) {
			break
		}
		i += size
	}
	return i
}

// characters yields what text[start:end], a run of dense characters, consists
// of: each character, and each pair.
func characters(text string, start, end int, yield func(span) bool) bool {
	before := -1
	for start < end {
		next := start + characterLen(text[start:end])
		if !yield(span{start, next, single}) || before >= 0 && !yield(span{before, next, pair}) {
			return false
		}
		before, start = start, next
	}
	return true
}

// characterLen returns the length of the first character of text as a reader
// sees it: with its marks, Hangul letters as syllables.
func characterLen(text string) int {
	n := max(norm.NFKC.NextBoundaryInString(text, true), 1)
	for n < len(text) {
		r, size := utf8.DecodeRuneInString(text[n:])
		if classOf(r) != mark {
			break
		}
		n += size
	}
	return n
}
