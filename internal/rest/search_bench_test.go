package rest_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"lectern/internal/app"
	"lectern/internal/growth"
)

// BenchmarkSearchInSixLanguages searches 2,000 articles of 4 kB in six languages,
// each time for something else, so that no whole answer is a kept one, and
// reports the CPU of the process for a search, the client's included.
func BenchmarkSearchInSixLanguages(b *testing.B) {
	s := start(b, app.Config{})
	words := strings.Fields("invoice refund router printer account password export import calendar customer product order delivery address language")
	for i := range 2000 {
		texts := object{}
		for _, l := range []string{"en", "de", "fr", "es", "pt-BR", "ja"} {
			texts[l] = object{
				"title": fmt.Sprintf("%s %s %s %d", l, words[i%len(words)], words[i/len(words)%len(words)], i), "state": "published",
				"body": strings.Repeat(fmt.Sprintf("<p>How the %s of the %s works, step by step, in the %s of %s.</p>", words[i%len(words)], words[(i/7)%len(words)], words[(i/3)%len(words)], l), 50),
			}
		}
		s.ok("POST", "/articles", object{"title": "x", "author_id": s.by.Admin, "state": "published", "translated_content": texts})
	}
	search := func(i int, gzip bool) int {
		r, err := http.NewRequest(http.MethodGet, s.url+fmt.Sprintf("/articles/search?phrase=%s+%s&x=%d", words[i%len(words)], words[(i/len(words))%len(words)], i), nil)
		if err != nil {
			b.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+s.secret)
		r.Header.Set("Intercom-Version", "2.16")
		r.Header.Set("Accept-Encoding", map[bool]string{true: "gzip", false: "identity"}[gzip])
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			b.Fatal(err)
		}
		defer res.Body.Close()
		n, _ := res.Body.Read(make([]byte, 1<<20))
		if res.StatusCode != http.StatusOK || n == 0 {
			b.Fatal(res.Status)
		}
		buf := make([]byte, 1<<16)
		for err == nil {
			var m int
			m, err = res.Body.Read(buf)
			n += m
		}
		return n
	}
	for _, gzip := range []bool{false, true} {
		b.Run(fmt.Sprintf("gzip=%t", gzip), func(b *testing.B) {
			size, n := 0, 0
			search(0, gzip)
			before := growth.Spent()
			for b.Loop() {
				n++
				size += search(n, gzip)
			}
			b.ReportMetric(float64((growth.Spent()-before).Microseconds())/1000/float64(n), "cpu-ms/op")
			b.ReportMetric(float64(size)/float64(n)/1000, "kB/op")
		})
	}
}
