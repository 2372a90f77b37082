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
	"da":    {script: unicode.Latin, stem: snowball(danish.Stem)},
	"de":    {script: unicode.Latin, stem: snowball(german.Stem)},
	"en":    {script: unicode.Latin, stem: stemEnglish, apostrophes: true},
	"es":    {script: unicode.Latin, stem: snowball(spanish.Stem)},
	"fr":    {script: unicode.Latin, stem: snowball(french.Stem)},
	"hu":    {script: unicode.Latin, stem: snowball(hungarian.Stem)},
	"it":    {script: unicode.Latin, stem: snowball(italian.Stem)},
	"nb":    {script: unicode.Latin, stem: snowball(norwegian.Stem)},
	"nl":    {script: unicode.Latin, stem: snowball(dutch.Stem)},
	"pt":    {script: unicode.Latin, stem: snowball(portuguese.Stem)},
	"pt-BR": {script: unicode.Latin, stem: snowball(portuguese.Stem)},
	"ro":    {script: unicode.Latin, stem: snowball(romanian.Stem), respell: cedillas.Replace},
	"ru":    {script: unicode.Cyrillic, stem: snowball(russian.Stem), respell: yo.Replace},
	"sv":    {script: unicode.Latin, stem: snowball(swedish.Stem)},
}

var (
	stemEnglish = snowball(english.Stem)
	// The Romanian stemmer knows the letters of before 2003.
	cedillas = strings.NewReplacer("ș", "ş", "ț", "ţ")
	// Russians write ё or е as they please; the stemmer knows е.
	yo = strings.NewReplacer("ё", "е")
)

// snowball makes a function of a Snowball stemmer. An Env is of one goroutine
// at a time, hence the pool.
func snowball(stem func(*snowballstem.Env) bool) func(string) string {
	pool := sync.Pool{New: func() any { return snowballstem.NewEnv("") }}
	return func(s string) string {
		env := pool.Get().(*snowballstem.Env)
		defer pool.Put(env)
		env.SetCurrent(s)
		stem(env)
		return env.Current()
	}
}
