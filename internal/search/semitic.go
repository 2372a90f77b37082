package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem/arabic"

	"lectern"
)

// semitic are the languages that leave most vowels out and set them as marks
// where in doubt; with no marks, all spellings agree.
var semitic = map[lectern.Locale]analysis{
	"ar": {script: unicode.Arabic, prefixes: true, stem: snowball(arabic.Stem), respell: plainArabic},
	"he": {script: unicode.Hebrew, prefixes: true, respell: plainHebrew, more: withoutPrefix},
}

// arabicLetters makes one of letters that writers use for each other.
var arabicLetters = strings.NewReplacer("أ", "ا", "إ", "ا", "آ", "ا", "ٱ", "ا", "ى", "ي", "ة", "ه", "ـ", "")

func plainArabic(s string) string {
	return arabicLetters.Replace(withoutMarks(s))
}

// hebrewLetters gives letters at the end of a word their shape elsewhere, so
// that a word is found in its longer forms.
var hebrewLetters = strings.NewReplacer("ך", "כ", "ם", "מ", "ן", "נ", "ף", "פ", "ץ", "צ", "'", "")

func plainHebrew(s string) string {
	return hebrewLetters.Replace(withoutMarks(s))
}

// withoutPrefix returns a Hebrew word without the article, conjunction or
// preposition written at its front, or "".
func withoutPrefix(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if !strings.ContainsRune("והבלכמש", r) || utf8.RuneCountInString(s) < 4 {
		return ""
	}
	return s[size:]
}

// withoutMarks returns s without vowel points and the like.
func withoutMarks(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= utf8.RuneSelf && unicode.IsMark(r) {
			return -1
		}
		return r
	}, s)
}
