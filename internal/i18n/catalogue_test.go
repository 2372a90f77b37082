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

// own are the messages written for l itself.
func own(t *testing.T, l lectern.Locale) map[string]*message {
	t.Helper()
	m, err := readMessages(l)
	if err != nil {
		t.Fatalf("%s: %v", l, err)
	}
	if len(m) == 0 {
		t.Errorf("%s has no messages", l)
	}
	return m
}

func TestCataloguesAreComplete(t *testing.T) {
	english := own(t, English)
	for _, l := range lectern.Locales {
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

// categories are the plural categories that whole numbers fall into, with how
// many of those tried do.
func categories(l lectern.Locale) map[string]int {
	found := map[string]int{"other": 0}
	for n := range 201 {
		found[pluralCategory(l, n)]++
	}
	found[pluralCategory(l, 1_000_000)]++
	return found
}

func TestCountingMessagesHaveEveryPluralFormOfTheirLanguage(t *testing.T) {
	english := own(t, English)
	for _, l := range lectern.Locales {
		for key, m := range own(t, l) {
			want := []string{"other"}
			if e := english[key]; e != nil && len(e.forms) > 1 {
				want = slices.Sorted(maps.Keys(categories(l)))
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
	for _, l := range lectern.Locales {
		numbers := categories(l)
		for key, m := range own(t, l) {
			if english[key] == nil {
				continue
			}
			for form, x := range m.forms {
				// A form that stands for a single number, such as one or two,
				// may say it in words; a page never waits 0 seconds. A sentence
				// may name its own language.
				single := len(m.forms) > 1 && (numbers[form] == 1 || form == "one" && key == "wait.again")
				optional := func(p string) bool { return p == "asked" || p == "n" && single }
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
	"ar": "«»", "bg": "„“", "bs": "„”", "ca": "«»", "cs": "„“", "da": "“”", "de": "„“", "el": "«»", "en": "“”", "es": "«»",
	"et": "„“", "fi": "”", "fr": "«»", "he": "”", "hr": "„“", "hu": "„”", "id": "“”", "it": "«»", "ja": "「」", "ko": "‘’",
	"lt": "„“", "lv": "„”", "mn": "“”", "nb": "«»", "nl": "‘’", "pl": "„”", "pt": "«»", "pt-BR": "“”", "ro": "„”", "ru": "«»",
	"sl": "„“", "sr": "„“", "sv": "”", "tr": "“”", "vi": "“”", "zh-CN": "“”", "zh-TW": "「」",
}

func TestMessagesArePlainWords(t *testing.T) {
	for _, l := range lectern.Locales {
		for key, m := range own(t, l) {
			for form, x := range m.forms {
				for _, p := range x {
					if strings.ContainsAny(p.words, "<>&{}") {
						t.Errorf("%s: %q (%s) has markup: %q", l, key, form, p.words)
					}
					if strings.ContainsAny(p.words, "!！\"'") {
						t.Errorf("%s: %q (%s) has a mark that no message has: %q", l, key, form, p.words)
					}
					if i := strings.IndexFunc(p.words, func(r rune) bool {
						return strings.ContainsRune("“”„«»「」『』‹›", r) && !strings.ContainsRune(quotes[l], r)
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

// awaited begin the keys of messages that wait for their page. They are in
// every catalogue already, so that a page starts in all languages.
var awaited = []string{
	"answer.", "command.", "door.", "home.announcement", "media.", "notes.",
	"task.", "topics.nav", "verdict.privacy", "verdict.sen",
	"verdict.why", "verdict.words",
}

func TestEveryMessageIsInUse(t *testing.T) {
	used := map[string]bool{}
	for _, text := range users(t) {
		for _, m := range mention.FindAllStringSubmatch(text, -1) {
			used[m[1]] = true
		}
	}
	for _, key := range slices.Sorted(maps.Keys(own(t, English))) {
		if !used[key] && !slices.ContainsFunc(awaited, func(a string) bool { return strings.HasPrefix(key, a) }) {
			t.Errorf("no page uses %q", key)
		}
	}
}
