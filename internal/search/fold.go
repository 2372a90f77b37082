package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxWord is the length in characters at which a word is cut. The longest
// word of a dictionary has fewer; what is longer is a key or an attack.
const maxWord = 64

// fold writes a word in small letters and compatible forms, without
// punctuation and what is invisible; apostrophes become ASCII ones.
func fold(s string) string {
	if lower, ok := foldASCII(s); ok {
		return lower
	}
	s = norm.NFKC.String(cut(s, maxWord))
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		switch r {
		case 'ß', 'ẞ':
			b.WriteString("ss")
			continue
		case 'ς':
			r = 'σ'
		case '\'', '’', 'ʼ':
			b.WriteByte('\'')
			continue
		case '\u034f': // put in by NFKC in a flood of marks
			continue
		}
		switch classOf(r) {
		case letter, dense, kana, mark:
			b.WriteRune(unicode.ToLower(r))
		case digit:
			b.WriteRune(western(r))
		}
	}
	// Small letters may come apart from their marks (İ).
	return cut(norm.NFC.String(b.String()), maxWord)
}

// foldASCII is fold for words of ASCII, nearly all there are in many texts.
func foldASCII(s string) (string, bool) {
	if len(s) > maxWord {
		return "", false
	}
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf || asciiClass[s[i]] == other && s[i] != '\'' {
			return "", false
		}
	}
	return strings.ToLower(s), true
}

// cut returns the first n characters of s.
func cut(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// western writes the digits of Arabic and Persian as 0 to 9.
func western(r rune) rune {
	switch {
	case '٠' <= r && r <= '٩':
		return r - '٠' + '0'
	case '۰' <= r && r <= '۹':
		return r - '۰' + '0'
	}
	return r
}

// strip takes the marks off Latin, Greek and Cyrillic letters, except from й,
// a letter of its own to all who write it, and drops apostrophes. It costs no
// quality where the marks are kept for the stemmer (French .537 and .538,
// Spanish .544 and .543, MRR@10), and readers type without.
func strip(s string) string {
	if i := strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf || r == '\'' }); i < 0 {
		return s
	}
	var b strings.Builder
	var base rune
	for _, r := range norm.NFD.String(s) {
		switch {
		case r == '\'':
		case !unicode.IsMark(r):
			base = r
			b.WriteString(plainLetter(r))
		case base == 'и' && r == '\u0306', !unicode.In(base, unicode.Latin, unicode.Greek, unicode.Cyrillic):
			b.WriteRune(r)
		}
	}
	return norm.NFC.String(b.String())
}

// plainLetter spells Latin letters whose mark is part of them.
func plainLetter(r rune) string {
	switch r {
	case 'đ', 'ð':
		return "d"
	case 'ł':
		return "l"
	case 'ø':
		return "o"
	case 'ı':
		return "i"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'þ':
		return "th"
	}
	return string(r)
}
