package i18n

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"lectern"
)

// complete are the locales that must have every message.
var complete = []lectern.Locale{
	"en", "fr", "de", "es", "pt-BR", "it", "nl", "ja", "ko", "zh-CN", "ar", "he", "ru", "tr", "pl", "sv",
}

// written lists the locales that have messages of their own.
func written() []lectern.Locale {
	return slices.DeleteFunc(slices.Clone(lectern.Locales), func(l lectern.Locale) bool {
		_, err := fs.Stat(files, "messages/"+string(l)+".json")
		return err != nil
	})
}

func own(t *testing.T, l lectern.Locale) map[string]*message {
	t.Helper()
	m, err := readMessages(l)
	if err != nil {
		t.Fatalf("%s: %v", l, err)
	}
	return m
}

func TestCataloguesAreComplete(t *testing.T) {
	if missing := slices.DeleteFunc(slices.Clone(complete), func(l lectern.Locale) bool { return slices.Contains(written(), l) }); len(missing) > 0 {
		t.Errorf("no messages in %v", missing)
	}
	english := own(t, English)
	for _, l := range written() {
		m := own(t, l)
		for key := range english {
			if m[key] == nil {
				t.Errorf("%s: %q is missing", l, key)
			}
		}
		for key := range m {
			if english[key] == nil {
				t.Errorf("%s: %q is not a message of English", l, key)
			}
		}
	}
}

// categories are the plural categories that whole numbers fall into.
func categories(l lectern.Locale) []string {
	found := map[string]bool{}
	for n := range 201 {
		found[pluralCategory(l, n)] = true
	}
	found[pluralCategory(l, 1_000_000)] = true
	found["other"] = true
	return slices.Sorted(maps.Keys(found))
}

func TestCountingMessagesHaveEveryPluralFormOfTheirLanguage(t *testing.T) {
	english := own(t, English)
	for _, l := range written() {
		for key, m := range own(t, l) {
			want := []string{"other"}
			if e := english[key]; e != nil && len(e.forms) > 1 {
				want = categories(l)
			}
			if got := slices.Sorted(maps.Keys(m.forms)); !slices.Equal(got, want) {
				t.Errorf("%s: %q has the forms %v, want %v", l, key, got, want)
			}
		}
	}
}

func places(x text) []string {
	var names []string
	for _, p := range x {
		if p.place != "" {
			names = append(names, p.place)
		}
	}
	slices.Sort(names)
	return names
}

func TestTranslationsHaveThePlacesOfEnglish(t *testing.T) {
	english := own(t, English)
	for _, l := range written() {
		for key, m := range own(t, l) {
			if english[key] == nil {
				continue
			}
			for form, x := range m.forms {
				// A language may say one and two without a figure, and its own
				// name within the sentence.
				optional := func(p string) bool { return p == "asked" || p == "n" && form != "other" && form != "many" }
				want := slices.Compact(slices.DeleteFunc(places(english[key].forms["other"]), optional))
				if got := slices.Compact(slices.DeleteFunc(places(x), optional)); !slices.Equal(got, want) {
					t.Errorf("%s: %q (%s) has the places %v, want %v", l, key, form, got, want)
				}
			}
		}
	}
}

// quotes are the marks that a locale's messages use, and no other.
var quotes = map[lectern.Locale]string{
	"en": "“”", "de": "„“", "fr": "«»", "es": "«»", "pt-BR": "“”", "it": "«»", "nl": "‘’", "ja": "「」", "ko": "‘’",
	"zh-CN": "“”", "ar": "«»", "he": "”", "ru": "«»", "tr": "“”", "pl": "„”", "sv": "”",
}

func TestMessagesArePlainWords(t *testing.T) {
	for _, l := range written() {
		for key, m := range own(t, l) {
			for form, x := range m.forms {
				for _, p := range x {
					if strings.ContainsAny(p.words, "<>&{}") {
						t.Errorf("%s: %q (%s) has markup: %q", l, key, form, p.words)
					}
					if strings.ContainsAny(p.words, "!！\"'") {
						t.Errorf("%s: %q (%s) has a mark that no message has: %q", l, key, form, p.words)
					}
					own, known := quotes[l]
					if i := strings.IndexFunc(p.words, func(r rune) bool {
						return known && strings.ContainsRune("“”„«»「」『』‹›", r) && !strings.ContainsRune(own, r)
					}); i >= 0 {
						t.Errorf("%s: %q (%s) has another language's quotation marks: %q", l, key, form, p.words)
					}
				}
				first, last := x[0].words, x[len(x)-1].words
				if first != strings.TrimLeft(first, " ") || last != strings.TrimRight(last, " ") {
					t.Errorf("%s: %q (%s) begins or ends with a space", l, key, form)
				}
			}
		}
	}
}

var (
	// A key in Go or in a template stands as a string behind the method that
	// reads it: .T "skip", c.N("articles", n).
	use = regexp.MustCompile(`\b(?:[tT]|N|Rich|RichN)[ (]"([a-z_]+(?:\.[a-z_]+)*)"`)
	// Also as the only string of its kind in code that hands keys about.
	mention = regexp.MustCompile(`"([a-z_]+(?:\.[a-z_]+)*)"`)
)

// users reads the site's code and templates.
func users(t *testing.T) map[string]string {
	t.Helper()
	texts := map[string]string{}
	err := filepath.WalkDir("../site", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(path, "_test.go") {
			return err
		}
		if ext := filepath.Ext(path); ext == ".go" || ext == ".html" || ext == ".tmpl" {
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			texts[path] = string(data)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

func TestEveryKeyInUseExists(t *testing.T) {
	english := own(t, English)
	for path, text := range users(t) {
		for _, m := range use.FindAllStringSubmatch(text, -1) {
			if english[m[1]] == nil {
				t.Errorf("%s: no message %q", path, m[1])
			}
		}
	}
}

func TestEveryMessageIsInUse(t *testing.T) {
	used := map[string]bool{}
	for _, text := range users(t) {
		for _, m := range mention.FindAllStringSubmatch(text, -1) {
			used[m[1]] = true
		}
	}
	for _, key := range slices.Sorted(maps.Keys(own(t, English))) {
		if !used[key] {
			t.Errorf("no page uses %q", key)
		}
	}
}
