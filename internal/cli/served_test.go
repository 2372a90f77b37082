package cli

import (
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"testing"
	"time"

	"lectern"
	"lectern/internal/app"
	"lectern/internal/growth"
)

// BenchmarkServed compares a kept article, served as by the program with its
// log into a pipe, with a bare server that sends the same bytes and logs nothing,
// and with one that sends the same headers, too.
func BenchmarkServed(b *testing.B) {
	reader, writer, err := os.Pipe()
	if err != nil {
		b.Fatal(err)
	}
	go io.Copy(io.Discard, reader)
	defer writer.Close()
	log, lines, flush := newServerLogger(writer)
	defer flush()
	const secret = "a-token-for-the-benchmark-of-the-served-program"
	handler, err := app.Open(b.Context(), app.Config{Database: app.Place(b.TempDir()), Logger: log, RequestLines: lines})
	if err != nil {
		b.Fatal(err)
	}
	defer handler.Close()
	db := handler.Store
	ws, _, err := db.Setup(b.Context(), lectern.Setup{Locale: "en", Identifier: "help", Admin: lectern.Admin{Name: "Ada"}, Token: lectern.HashToken(secret)})
	if err != nil {
		b.Fatal(err)
	}
	admins, err := db.Admins(b.Context(), ws.ID)
	if err != nil {
		b.Fatal(err)
	}
	a, err := db.AddArticle(b.Context(), lectern.ByCommand(ws.ID, admins[0].ID), &lectern.ArticleEdit{ArticleTextEdit: lectern.ArticleTextEdit{
		Title: new("Title"), Body: new("<p>Some text of an article.</p>"), Author: &admins[0].ID, State: new(lectern.Published)}})
	if err != nil {
		b.Fatal(err)
	}
	ours := httptest.NewServer(handler)
	defer ours.Close()
	client := &http.Client{Transport: &http.Transport{DisableCompression: true}}
	var header http.Header
	get := func(server string) []byte {
		r, _ := http.NewRequest("GET", server+"/articles/"+strconv.FormatInt(int64(a.ID), 10), nil)
		r.Header.Set("Authorization", "Bearer "+secret)
		res, err := client.Do(r)
		if err != nil {
			b.Fatal(err)
		}
		text, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err != nil || res.StatusCode != http.StatusOK {
			b.Fatal(res.Status, err)
		}
		header = res.Header
		return text
	}
	text := get(ours.URL)
	same := header
	bare := func(header http.Header) string {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			maps.Copy(w.Header(), header)
			w.Write(text)
		}))
		b.Cleanup(s.Close)
		return s.URL
	}
	servers := []string{ours.URL, bare(http.Header{"Content-Type": same["Content-Type"]}), bare(same)}
	const turn = 20 // requests between two looks at the clocks
	var wall, cpu [3]float64
	for b.Loop() {
		for side, server := range servers {
			begun, before := time.Now(), growth.Spent()
			for range turn {
				get(server)
			}
			wall[side] += float64(time.Since(begun))
			cpu[side] += float64(growth.Spent() - before)
		}
	}
	b.ReportMetric(wall[1]/wall[0], "served/bare")
	b.ReportMetric(cpu[1]/cpu[0], "cpu-served/bare") // of server and client together
	b.ReportMetric(cpu[2]/cpu[0], "cpu-served/bare-with-its-headers")
	b.ReportMetric((cpu[0]-cpu[1])/float64(b.N*turn)/1e3, "cpu-µs-over-bare/req")
}
