package rest_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"lectern/internal/apiversion"
	"lectern/internal/app"
	"lectern/internal/growth"
)

// These benchmarks send the same requests in turn to the whole server and to a
// bare net/http handler that writes the same bytes, in one run, and report the
// ratio of the rates: 1 would be a server that costs nothing beyond HTTP.

func BenchmarkRetrieveArticle(b *testing.B) {
	s := start(b, app.Config{RateLimit: 1 << 40})
	id := s.article(object{"state": "published", "body": strings.Repeat("<p>All work and no play makes a dull article.</p>", 60)})
	againstBare(b, s, "/articles/"+id)
}

func BenchmarkListOf25(b *testing.B) {
	s := start(b, app.Config{RateLimit: 1 << 40})
	for i := range 30 {
		s.article(object{"title": fmt.Sprint("Article ", i), "body": strings.Repeat("<p>All work and no play makes a dull article.</p>", 60)})
	}
	againstBare(b, s, "/articles")
}

// BenchmarkListOf25AfterAWrite reads a list that nobody has read since the last
// change, so that nothing is kept of it.
func BenchmarkListOf25AfterAWrite(b *testing.B) {
	s := start(b, app.Config{RateLimit: 1 << 40})
	for i := range 30 {
		s.article(object{"title": fmt.Sprint("Article ", i), "body": strings.Repeat("<p>All work and no play makes a dull article.</p>", 60)})
	}
	c := dial(b, s.url, s.secret)
	n := 0
	for b.Loop() {
		n++
		c.get(b, path("/articles?n=%d", n))
	}
}

// BenchmarkRetrieveArticleIn says what a kept answer and one that is not cost in
// the oldest and the newest shape.
func BenchmarkRetrieveArticleIn(b *testing.B) {
	s := start(b, app.Config{RateLimit: 1 << 40})
	id := s.article(object{"state": "published", "body": strings.Repeat("<p>All work and <b>no play</b> makes a dull article.</p>", 60)})
	for _, version := range []string{"2.10", apiversion.Served()[0]} {
		for name, query := range map[string]string{"kept": "", "afresh": "?n=%d"} {
			b.Run(version+"/"+name, func(b *testing.B) {
				c := dial(b, s.url, s.secret)
				c.header = strings.Replace(c.header, "2.11", version, 1)
				n := 0
				for b.Loop() {
					n++
					at := "/articles/" + id
					if query != "" {
						at += path(query, n)
					}
					c.get(b, at)
				}
			})
		}
	}
}

// againstBare compares GET at on s with a handler of the same answer.
func againstBare(b *testing.B, s *server, at string) {
	want := s.ok("GET", at, nil, "Accept-Encoding", "identity")
	length := []string{strconv.Itoa(len(want.raw))}
	bare := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header()["Content-Type"] = []string{"application/json; charset=utf-8"}
		w.Header()["Content-Length"] = length
		w.Write(want.raw)
	}))
	defer bare.Close()

	const clients, turn = 8, 100
	var spent [2]time.Duration
	var cpu [2]time.Duration
	var conns [2][clients]*client
	for i := range clients {
		conns[0][i], conns[1][i] = dial(b, bare.URL, s.secret), dial(b, s.url, s.secret)
	}
	for b.Loop() {
		for side := range conns {
			begun, before := time.Now(), growth.Spent()
			var wg sync.WaitGroup
			for _, c := range conns[side] {
				wg.Go(func() {
					for range turn {
						c.get(b, at)
					}
				})
			}
			wg.Wait()
			spent[side] += time.Since(begun)
			cpu[side] += growth.Spent() - before
		}
	}
	requests := float64(b.N * clients * turn)
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(spent[0].Microseconds())/requests, "bare-µs/req")
	b.ReportMetric(float64(spent[1].Microseconds())/requests, "lectern-µs/req")
	b.ReportMetric(float64(spent[0])/float64(spent[1]), "of-bare")
	b.ReportMetric(float64(cpu[0])/float64(cpu[1]), "cpu-of-bare")
	b.ReportMetric(float64((cpu[1]-cpu[0]).Microseconds())/requests, "cpu-µs-over-bare/req")
}

// A client is one kept-alive connection that costs as little as it can, so
// that the server is what is measured.
type client struct {
	conn   net.Conn
	r      *bufio.Reader
	header string
}

func dial(b *testing.B, url, secret string) *client {
	b.Helper()
	host := strings.TrimPrefix(url, "http://")
	conn, err := net.Dial("tcp", host)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { conn.Close() })
	return &client{conn, bufio.NewReaderSize(conn, 64<<10), " HTTP/1.1\r\nHost: " + host +
		"\r\nAccept: application/json\r\nIntercom-Version: 2.11\r\nAuthorization: Bearer " + secret + "\r\n\r\n"}
}

// get reads one answer to its end. It must be a 200.
func (c *client) get(b *testing.B, at string) {
	if _, err := io.WriteString(c.conn, "GET "+at+c.header); err != nil {
		b.Error(err)
		return
	}
	status, err := c.r.ReadSlice('\n')
	if err != nil || !strings.Contains(string(status), " 200 ") {
		b.Errorf("%s %v", status, err)
		return
	}
	length := 0
	for {
		line, err := c.r.ReadSlice('\n')
		if err != nil {
			b.Error(err)
			return
		}
		if len(line) <= 2 {
			break
		}
		if name, value, _ := strings.Cut(string(line), ":"); name == "Content-Length" {
			length, _ = strconv.Atoi(textproto.TrimString(value))
		}
	}
	if _, err := c.r.Discard(length); err != nil {
		b.Error(err)
	}
}

// BenchmarkHandler says what a kept article costs without a network: all of the
// server's own work, with and without the log's line.
func BenchmarkHandler(b *testing.B) {
	for name, c := range map[string]app.Config{"unlogged": {}, "logged": {RequestLines: io.Discard}} {
		b.Run(name, func(b *testing.B) {
			c.RateLimit = 1 << 40
			a := open(b, c)
			s := serveOn(b, a)
			r := httptest.NewRequest("GET", "/articles/"+s.article(object{"state": "published"}), nil)
			r.RemoteAddr = "127.0.0.1:4711"
			r.Header.Set("Authorization", "Bearer "+s.secret)
			r.Header.Set("Accept", "application/json")
			r.Header.Set("Accept-Encoding", "gzip, deflate, br")
			w := &nowhere{http.Header{}}
			b.ReportAllocs()
			before := growth.Spent()
			for b.Loop() {
				clear(w.header)
				a.ServeHTTP(w, r)
			}
			b.ReportMetric(float64(growth.Spent()-before)/float64(b.N), "cpu-ns/op")
		})
	}
}

// nowhere takes an answer and does nothing with it.
type nowhere struct{ header http.Header }

func (w *nowhere) Header() http.Header         { return w.header }
func (w *nowhere) WriteHeader(int)             {}
func (w *nowhere) Write(b []byte) (int, error) { return len(b), nil }
