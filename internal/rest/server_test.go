package rest_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"lectern"
	"lectern/internal/app"
)

// A server is a real server over a real store, with one token.
type server struct {
	t       testing.TB
	store   lectern.Store
	url     string
	secret  string
	by      lectern.Actor
	version string // sent as Intercom-Version; empty sends none
}

// open puts an installation together on an empty database, until the test ends.
func open(t testing.TB, c app.Config) *app.App {
	t.Helper()
	c.Database = cmp.Or(c.Database, app.Place(t.TempDir()))
	c.Logger = cmp.Or(c.Logger, slog.New(slog.DiscardHandler))
	a, err := app.Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	if err := a.Warm(t.Context()); err != nil {
		t.Fatal(err)
	}
	return a
}

// start serves an empty workspace until the test ends.
func start(t testing.TB, c app.Config) *server {
	t.Helper()
	return serveOn(t, open(t, c))
}

// serveOn serves an installation that has nothing in it yet.
func serveOn(t testing.TB, h *app.App) *server {
	t.Helper()
	db := h.Store
	secret := lectern.NewTokenSecret()
	ws, _, err := db.Setup(t.Context(), lectern.Setup{
		WorkspaceName: "Test", Admin: lectern.Admin{Name: "Ada", Email: "ada@example.com"},
		Locale: "en", Identifier: "help", HelpCenter: "Help", TokenName: "test", Token: lectern.HashToken(secret),
	})
	if err != nil {
		t.Fatal(err)
	}
	admins, err := db.Admins(t.Context(), ws.ID)
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	return &server{t: t, store: db, url: srv.URL, secret: secret, by: lectern.ByCommand(ws.ID, admins[0].ID)}
}

// An answer is what came back.
type answer struct {
	status int
	header http.Header
	raw    []byte
	body   object
}

type object = map[string]any

// do sends a request with the server's token; body is nil, a string sent as it
// is, or a value sent as JSON. Headers are names and values in turn.
func (s *server) do(method, path string, body any, headers ...string) answer {
	s.t.Helper()
	var r io.Reader
	switch b := body.(type) {
	case nil:
	case string:
		r = bytes.NewReader([]byte(b))
	default:
		data, err := json.Marshal(b)
		if err != nil {
			s.t.Fatal(err)
		}
		r = bytes.NewReader(data)
	}
	req, err := http.NewRequestWithContext(s.t.Context(), method, s.url+path, r)
	if err != nil {
		s.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+s.secret)
	if s.version != "" {
		req.Header.Set("Intercom-Version", s.version)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	a := answer{status: res.StatusCode, header: res.Header}
	if a.raw, err = io.ReadAll(res.Body); err != nil {
		s.t.Fatal(err)
	}
	json.Unmarshal(a.raw, &a.body)
	return a
}

// ok is do for a request that must be answered with 200.
func (s *server) ok(method, path string, body any, headers ...string) answer {
	s.t.Helper()
	a := s.do(method, path, body, headers...)
	if a.status != http.StatusOK {
		s.t.Fatalf("%s %s: %d %s", method, path, a.status, a.raw)
	}
	return a
}

// wants checks an error's status and code, and its message unless empty.
func (a answer) wants(t testing.TB, status int, code, message string) {
	t.Helper()
	list, _ := a.body["errors"].([]any)
	if a.status != status || len(list) != 1 || a.body["type"] != "error.list" {
		t.Errorf("got %d %s, want %d %s", a.status, a.raw, status, code)
		return
	}
	e := list[0].(object)
	if e["code"] != code || message != "" && e["message"] != message {
		t.Errorf("got %d %v, want %s %q", a.status, e, code, message)
	}
	if status != http.StatusNotAcceptable && (a.body["request_id"] != a.header.Get("X-Request-Id") || a.body["request_id"] == "") {
		t.Errorf("request_id %v, header %q", a.body["request_id"], a.header.Get("X-Request-Id"))
	}
}

// article creates an article and returns its ID; fields go over the usual ones.
func (s *server) article(fields object) string {
	s.t.Helper()
	body := object{"title": "A title", "author_id": s.by.Admin, "body": "<p>A body</p>"}
	for k, v := range fields {
		body[k] = v
	}
	return s.ok("POST", "/articles", body).body["id"].(string)
}

// collection creates a collection inside parent, which may be empty.
func (s *server) collection(name, parent string) string {
	s.t.Helper()
	body := object{"name": name}
	if parent != "" {
		body["parent_id"] = parent
	}
	return s.ok("POST", "/help_center/collections", body).body["id"].(string)
}

// clock is a time that tests move by hand.
type clock struct{ now time.Time }

func (c *clock) Now() time.Time { return c.now }

func (s *server) count() int {
	s.t.Helper()
	return int(s.ok("GET", "/articles", nil).body["total_count"].(float64))
}

func path(format string, args ...any) string { return fmt.Sprintf(format, args...) }
