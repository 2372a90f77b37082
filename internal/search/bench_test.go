package search_test

import (
	"strings"
	"testing"

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
				search.ParseQuery(l, titles[l])
			}
		})
	}
}

func BenchmarkScore(b *testing.B) {
	e := search.Index("en", search.Document{Title: titles["en"], Body: strings.Join(hostile(), " ")})
	r := search.NewRanker(search.ParseQuery("en", "reset forgotten password"), search.Stats{Docs: 100, TitleLen: 500, BodyLen: 30_000}, nil)
	b.ReportAllocs()
	for b.Loop() {
		r.Score(e.Forward)
	}
}

func BenchmarkSnippets(b *testing.B) {
	for _, l := range []lectern.Locale{"en", "ja"} {
		b.Run(string(l), func(b *testing.B) {
			q, text := search.ParseQuery(l, titles[l]), page(l)
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				search.Snippets(q, text, 3)
			}
		})
	}
}
