package search

import (
	"strings"
	"sync"
	"unicode"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/danish"
	"github.com/blevesearch/snowballstem/dutch"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/german"
	"github.com/blevesearch/snowballstem/hungarian"
	"github.com/blevesearch/snowballstem/italian"
	"github.com/blevesearch/snowballstem/norwegian"
	"github.com/blevesearch/snowballstem/portuguese"
	"github.com/blevesearch/snowballstem/romanian"
	"github.com/blevesearch/snowballstem/russian"
	"github.com/blevesearch/snowballstem/spanish"
	"github.com/blevesearch/snowballstem/swedish"

	"lectern"
)

// stemmed are the languages with a Snowball stemmer worth its while. MRR@10 of
// titles against their pages, words as they are and stems: English .545 and
// .603, German .530 and .562, French .537 and .561, Spanish .544 and .567,
// Russian .480 and .511, Hungarian .465 and .522. The others are taken to do
// as their neighbours.
var stemmed = map[lectern.Locale]analysis{
	"da":    {script: unicode.Latin, compounds: true, stem: snowball(danish.Stem)},
	"de":    {script: unicode.Latin, compounds: true, stem: snowball(german.Stem), plain: umlauts.Replace, more: withUmlauts},
	"en":    {script: unicode.Latin, stem: stemEnglish, apostrophes: true},
	"es":    {script: unicode.Latin, stem: snowball(spanish.Stem)},
	"fr":    {script: unicode.Latin, stem: snowball(french.Stem)},
	"hu":    {script: unicode.Latin, compounds: true, stem: snowball(hungarian.Stem)},
	"it":    {script: unicode.Latin, stem: snowball(italian.Stem)},
	"nb":    {script: unicode.Latin, compounds: true, stem: snowball(norwegian.Stem)},
	"nl":    {script: unicode.Latin, compounds: true, stem: snowball(dutch.Stem)},
	"pt":    {script: unicode.Latin, stem: snowball(portuguese.Stem)},
	"pt-BR": {script: unicode.Latin, stem: snowball(portuguese.Stem)},
	"ro":    {script: unicode.Latin, stem: snowball(romanian.Stem), respell: cedillas.Replace},
	"ru":    {script: unicode.Cyrillic, stem: snowball(russian.Stem), respell: yo.Replace},
	"sv":    {script: unicode.Latin, compounds: true, stem: snowball(swedish.Stem)},
}

var (
	stemEnglish = snowball(english.Stem)
	// The Romanian stemmer knows the letters of before 2003.
	cedillas = strings.NewReplacer("ș", "ş", "ț", "ţ")
	// Germans without these keys write Passwoerter.
	umlauts = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue")
	// Russians write ё or е as they please; the stemmer knows е.
	yo = strings.NewReplacer("ё", "е")
)

// withUmlauts returns the term of a German word whose umlauts are written as
// two letters, or "": ändern and aendern are found by andern. An e after ue in
// neue or quer is a letter of its own.
func withUmlauts(s string) string {
	var b []byte
	for i := range len(s) {
		if s[i] == 'e' && len(b) > 0 && strings.IndexByte("aou", s[i-1]) >= 0 &&
			(s[i-1] != 'u' || i < 2 || strings.IndexByte("aeuq", s[i-2]) < 0) {
			continue
		}
		b = append(b, s[i])
	}
	if len(b) == len(s) {
		return ""
	}
	return string(b)
}

// snowball makes a function of a Snowball stemmer. An Env is of one goroutine
// at a time, hence the pool.
func snowball(stem func(*snowballstem.Env) bool) func(string) string {
	pool := sync.Pool{New: func() any { return snowballstem.NewEnv("") }}
	var known memo
	return func(s string) string {
		if stemmed, ok := known.get(s); ok {
			return stemmed
		}
		env := pool.Get().(*snowballstem.Env)
		defer pool.Put(env)
		env.SetCurrent(s)
		stem(env)
		known.put(s, env.Current())
		return env.Current()
	}
}

// maxMemo bounds how many words of a language are remembered: about two
// megabytes. Most of a text is of far fewer.
const maxMemo = 1 << 14

// A memo remembers what words were stemmed to. With it, English and German
// text is read 1.3 to 1.5 times as fast.
type memo struct {
	mu    sync.RWMutex // guards stems
	stems map[string]string
}

func (m *memo) get(word string) (string, bool) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	stem, ok := m.stems[word]
	return stem, ok
}

// put remembers a stem. A memo that is full starts anew: what is frequent is
// soon back.
func (m *memo) put(word, stem string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.stems == nil || len(m.stems) >= maxMemo {
		m.stems = make(map[string]string, maxMemo/4)
	}
	// The word may be a part of a whole text, which must not be kept with it.
	m.stems[strings.Clone(word)] = strings.Clone(stem)
}
