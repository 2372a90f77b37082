package site_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"lectern"
	"lectern/internal/app"
	"lectern/internal/growth"
)

// get sends a request over a real connection, again and again.
func get(b *testing.B, url string, headers ...string) {
	b.Helper()
	r, err := http.NewRequest("GET", url, nil)
	if err != nil {
		b.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	client := &http.Client{Transport: &http.Transport{DisableCompression: true}}
	for b.Loop() {
		res, err := client.Do(r)
		if err != nil {
			b.Fatal(err)
		}
		io.Copy(io.Discard, res.Body)
		res.Body.Close()
	}
}

// BenchmarkPage compares a kept article page and a 304 with a bare server that
// sends the same, and says what a page costs that is made anew.
func BenchmarkPage(b *testing.B) {
	l := openLibrary(b)
	paragraphs := strings.Repeat("<p>A parcel that leaves the union carries a declaration, which the office reads to decide about it.</p><h2>A part</h2>", 60)
	id := l.article("A page to measure", l.start, body(paragraphs))
	at := l.at("en", id, "a-page-to-measure")
	served := httptest.NewServer(l.app)
	defer served.Close()
	first, err := http.Get(served.URL + at)
	l.must(err)
	text, err := io.ReadAll(first.Body)
	l.must(err)
	first.Body.Close()
	tag := strings.TrimPrefix(first.Header.Get("Etag"), "W/")
	if first.StatusCode != http.StatusOK {
		b.Fatal(first.Status)
	}
	bare := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Etag", tag)
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Length", fmt.Sprint(len(text)))
		w.Write(text)
	}))
	defer bare.Close()
	for _, round := range []string{"1", "2", "3"} {
		b.Run("kept/"+round, func(b *testing.B) { get(b, served.URL+at) })
		b.Run("bare/"+round, func(b *testing.B) { get(b, bare.URL+at) })
		b.Run("unchanged/"+round, func(b *testing.B) { get(b, served.URL+at, "If-None-Match", tag) })
		b.Run("bare-unchanged/"+round, func(b *testing.B) { get(b, bare.URL+at, "If-None-Match", tag) })
	}
	b.Run("made", func(b *testing.B) {
		for b.Loop() { // a language that changes each time is never kept
			b.StopTimer()
			l.edit(id, lectern.ArticleTextEdit{Description: new("Changed")})
			b.StartTimer()
			if w := l.ask("GET", at, ""); w.Code != http.StatusOK {
				b.Fatal(w.Code)
			}
		}
	})
}

// BenchmarkSearchPage shows ten of a hundred long articles in six languages
// that answer a phrase. It reports the CPU time of a page.
func BenchmarkSearchPage(b *testing.B) {
	d := open(b, app.Config{})
	locales := []lectern.Locale{"de", "fr", "es", "it", "nl"}
	d.speak(locales...)
	topics := []lectern.CollectionID{d.topic("One", 0, nil), d.topic("Two", 0, nil)}
	text := strings.Repeat("<p>A parcel that leaves the union carries a declaration, which the office reads to decide about it.</p>", 100)
	for i := range 100 {
		edits := []edit{body(text)}
		for _, l := range locales {
			edits = append(edits, d.in(l, fmt.Sprint("Parcel ", i), lectern.Published), func(e *lectern.ArticleEdit) {
				t := e.Texts[l]
				t.Body = &text
				e.Texts[l] = t
			})
		}
		d.article(fmt.Sprint("Parcel ", i), topics[i%2], edits...)
	}
	d.read(200, "/help/en/search?q=parcel") // its index is in memory
	before := growth.Spent()
	for b.Loop() {
		d.read(200, "/help/en/search?q=parcel")
	}
	b.ReportMetric(float64((growth.Spent()-before).Microseconds())/1000/float64(b.N), "cpu-ms/op")
}
