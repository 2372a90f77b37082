package site

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"lectern"
)

// TestFontsAreAskedForWhereWordsNeedThem counts the words of each catalogue that
// have letters of the second file of our face.
func TestFontsAreAskedForWhereWordsNeedThem(t *testing.T) {
	files, err := filepath.Glob("../i18n/messages/*.json")
	if err != nil || len(files) < 30 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all, beyond := 0, 0
		for _, word := range strings.FieldsFunc(string(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
			all++
			if strings.ContainsFunc(word, func(r rune) bool { return r >= 0x100 && r < 0x250 }) {
				beyond++
			}
		}
		locale := lectern.Locale(strings.TrimSuffix(filepath.Base(file), ".json"))
		if often := beyond*50 > all; often && latin(locale) != latinBeyond(locale) || latinBeyond(locale) && !often {
			t.Errorf("%s: %d of %d words need the second file; it is asked for: %t", locale, beyond, all, latinBeyond(locale))
		}
	}
}
