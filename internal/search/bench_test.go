package search_test

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"lectern"
	"lectern/internal/search"
)

// page is a text of about 2,000 words of the locale.
func page(l lectern.Locale) string {
	return strings.Repeat(titles[l]+". "+titles["en"]+". ", 130)
}

func BenchmarkIndex(b *testing.B) {
	for _, l := range []lectern.Locale{"en", "de", "ru", "pl", "ja", "ar"} {
		b.Run(string(l), func(b *testing.B) {
			// Words that differ, as in a real text: the repeated page alone would
			// measure the map.
			var text strings.Builder
			for i, w := range strings.Fields(page(l)) {
				text.WriteString(w)
				if i%2 == 0 {
					text.WriteString(string(rune('a' + i%26)))
					text.WriteString(string(rune('a' + i/26%26)))
				}
				text.WriteByte(' ')
			}
			d := search.Document{Title: titles[l], Body: text.String()}
			b.SetBytes(int64(len(d.Body)))
			b.ReportAllocs()
			for b.Loop() {
				search.Index(l, d)
			}
		})
	}
}

func BenchmarkParseQuery(b *testing.B) {
	for _, l := range []lectern.Locale{"en", "ru", "ja"} {
		b.Run(string(l), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				search.ParseQuery(l, titles[l], search.Options{})
			}
		})
	}
}

func BenchmarkScore(b *testing.B) {
	e := search.Index("en", search.Document{Title: titles["en"], Body: strings.Join(hostile(), " ")})
	r := search.NewRanker(search.ParseQuery("en", "reset forgotten password", search.Options{}), search.Stats{Docs: 100, TitleLen: 500, BodyLen: 30_000}, nil)
	b.ReportAllocs()
	for b.Loop() {
		r.Score(e.Forward)
	}
}

// madeUp is a help center of words of no language, 100,000 of them, as frequent
// as words are.
func madeUp(texts int) (v *search.Vocabulary, forward [][]byte, df map[uint32]int64) {
	r := rand.New(rand.NewPCG(1, 2))
	syllables := strings.Fields("ba con der ef for gra hi in jo ka lon mi nor op per qua re sta ter un ver wa xi yo za tion ing ment able ous")
	words := make([]string, 100_000)
	for i := range words {
		for range 2 + r.IntN(3) {
			words[i] += syllables[r.IntN(len(syllables))]
		}
	}
	v, df = search.NewVocabulary("en"), map[uint32]int64{}
	v.Add(words...)
	zipf := rand.NewZipf(r, 1.1, 10, uint64(len(words)-1))
	for range texts {
		var b strings.Builder
		for range 300 {
			b.WriteString(words[zipf.Uint64()] + " ")
		}
		e := search.Index("en", search.Document{Title: words[r.IntN(len(words))], Body: b.String()})
		for _, t := range e.Terms() {
			df[search.Hash(t)]++
		}
		forward = append(forward, e.Forward)
	}
	return v, forward, df
}

func BenchmarkQuery(b *testing.B) {
	v, forward, df := madeUp(2000)
	o := search.Options{Vocabulary: v, Frequency: func(h uint32) int64 { return df[h] }}
	stats := search.Stats{Docs: 2000, TitleLen: 2000, BodyLen: 600_000}
	for _, phrase := range []string{"verstaing gramention", "how do i conderment the grastater of my unlontion in a bakaous", "verstaingg gramentoin"} {
		b.Run(strconv.Itoa(len(phrase)), func(b *testing.B) {
			b.Run("read", func(b *testing.B) {
				for b.Loop() {
					search.ParseQuery("en", phrase, o)
				}
			})
			q := search.ParseQuery("en", phrase, o)
			b.Run("prepare", func(b *testing.B) {
				for b.Loop() {
					search.NewRanker(q, stats, nil)
				}
			})
			ranker := search.NewRanker(q, stats, nil)
			b.Run("score 2000", func(b *testing.B) {
				for b.Loop() {
					for _, f := range forward {
						ranker.Score(f)
					}
				}
			})
		})
	}
}

func BenchmarkSnippets(b *testing.B) {
	for _, l := range []lectern.Locale{"en", "ja"} {
		b.Run(string(l), func(b *testing.B) {
			q, text := search.ParseQuery(l, titles[l], search.Options{}), page(l)
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				search.Snippets(q, text, 3)
			}
		})
	}
}

// BenchmarkTyping measures what a letter typed costs with 200,000 words, as a
// multiple of reading the phrase by itself.
func BenchmarkTyping(b *testing.B) {
	const size = 200_000
	r := rand.New(rand.NewPCG(3, 4))
	v := search.NewVocabulary("en")
	for v.Len() < size {
		w := make([]byte, 4+r.IntN(9))
		for i := range w {
			w[i] = "etaoinshrdlucmfw"[r.IntN(16)]
		}
		v.Add(string(w))
	}
	o := search.Options{Vocabulary: v, Frequency: func(uint32) int64 { return 3 }, Typing: true}
	for _, phrase := range []string{"re", "reset the pas", "notifcatoin", "how do i resett the pasword of my acount"} {
		b.Run(strconv.Itoa(len(phrase)), func(b *testing.B) {
			took := func(o search.Options) time.Duration {
				const times = 20
				start := time.Now()
				for range times {
					search.ParseQuery("en", phrase, o)
				}
				return time.Since(start) / times
			}
			plain := took(search.Options{})
			for b.Loop() {
				search.ParseQuery("en", phrase, o)
			}
			b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(max(plain, 1)), "×plain")
		})
	}
}
