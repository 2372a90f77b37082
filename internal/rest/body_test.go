package rest_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"lectern/internal/app"
)

// sendAll sends a whole request before it reads anything, as Python's urllib
// does, and returns the status and what follows.
func (s *server) sendAll(head string, body io.Reader) (int, string) {
	s.t.Helper()
	host := strings.TrimPrefix(s.url, "http://")
	conn, err := net.Dial("tcp", host)
	if err != nil {
		s.t.Fatal(err)
	}
	defer conn.Close()
	_, err = fmt.Fprintf(conn, "POST /articles HTTP/1.1\r\nHost: %s\r\nConnection: close\r\nAuthorization: Bearer %s\r\n%s\r\n", host, s.secret, head)
	if err == nil {
		_, err = io.Copy(conn, body)
	}
	if err != nil {
		s.t.Fatalf("the connection was cut while the body was sent: %v", err)
	}
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return res.StatusCode, string(answer)
}

func TestEveryClientSeesThatABodyIsTooLarge(t *testing.T) {
	s := start(t, app.Config{})
	body := `{"title":"` + strings.Repeat("word ", 3_000_000) + `"}` // 15 MB: no buffer on the way holds it
	for name, send := range map[string]func() (int, string){
		"with a length": func() (int, string) {
			return s.sendAll(fmt.Sprintf("Content-Length: %d\r\n", len(body)), strings.NewReader(body))
		},
		"in chunks": func() (int, string) {
			return s.sendAll("Transfer-Encoding: chunked\r\n", strings.NewReader(fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(body), body)))
		},
		"after asking": func() (int, string) { // and is told before it sends anything
			return s.sendAll("Expect: 100-continue\r\nContent-Length: 15000000\r\n", strings.NewReader(""))
		},
	} {
		if status, answer := send(); status != 413 || !strings.Contains(answer, "The request body is larger than 1 MiB") {
			t.Errorf("%s: %d %s", name, status, answer)
		}
	}
}

func TestHowLargeABodyMayBeIsASetting(t *testing.T) {
	s := start(t, app.Config{MaxBody: 3 << 20})
	body := func(n int) string {
		return fmt.Sprintf(`{"title":"T","author_id":%d,"body":"%s"}`, s.by.Admin, strings.Repeat("x", n))
	}
	s.ok("POST", "/articles", body(2<<20))
	s.do("POST", "/articles", body(3<<20)).wants(t, 413, "parameter_invalid", "The request body is larger than 3 MiB")
	s = start(t, app.Config{MaxBody: 1000})
	s.do("POST", "/articles", body(1000)).wants(t, 413, "parameter_invalid", "The request body is larger than 1000 bytes")
}

func TestAWalkGoesOnBehindADeletedArticle(t *testing.T) {
	s := start(t, app.Config{})
	var ids []string
	for range 7 {
		ids = append([]string{s.article(nil)}, ids...)
	}
	first := s.ok("GET", "/articles?per_page=3", nil).body["data"].([]any)
	last := first[2].(object)["id"].(string)
	s.ok("DELETE", "/articles/"+last, nil)
	var seen []string
	for _, item := range s.ok("GET", "/articles?per_page=3&starting_after="+last, nil).body["data"].([]any) {
		seen = append(seen, item.(object)["id"].(string))
	}
	if got, want := strings.Join(seen, " "), strings.Join(ids[3:6], " "); got != want {
		t.Errorf("after the deleted one: %s, want %s", got, want)
	}
	s.do("GET", "/articles?starting_after=999999999", nil).wants(t, 404, "not_found", "")
}
