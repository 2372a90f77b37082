package differential_test

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"lectern"
	"lectern/internal/app"
	"lectern/internal/store"
	"lectern/internal/store/postgres"
	"lectern/internal/store/sqlite"
	"lectern/internal/testpg"
)

// secret is the token of every store; with it everything may be done.
const secret = "token-of-the-differential-test"

// A clock stands still until it is moved, so that both stores note the same times.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// A node is a server on a store.
type node struct {
	name string
	db   *store.DB
	url  string
	code string // of the workspace, which is random
}

// openSQLite opens a store in the folder.
func openSQLite(t testing.TB, folder string, now func() time.Time) *store.DB {
	t.Helper()
	db, err := sqlite.Open(t.Context(), filepath.Join(folder, "lectern.db"), store.Options{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// openPostgres opens a store in the database.
func openPostgres(t testing.TB, dsn string, now func() time.Time) *store.DB {
	t.Helper()
	db, err := postgres.Open(t.Context(), dsn, postgres.Options{Options: store.Options{Now: now}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// serve answers the API from a store until the test ends.
func serve(t testing.TB, name string, db *store.DB, now func() time.Time) *node {
	t.Helper()
	h, err := app.New(db, app.Config{
		BaseURL: "https://help.example", APIVersion: "Preview", Now: now, Logger: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelError})),
	})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	return &node{name: name, db: db, url: srv.URL}
}

// setUp makes the first workspace and returns its first teammate.
func setUp(t testing.TB, db *store.DB) lectern.Actor {
	t.Helper()
	ws, _, err := db.Setup(t.Context(), lectern.Setup{
		WorkspaceName: "Example", Admin: lectern.Admin{Name: "Ada", Email: "ada@example.com"},
		Locale: "en", Identifier: "help", HelpCenter: "Help", TokenName: "test", Token: lectern.HashToken(secret),
	})
	if err != nil {
		t.Fatal(err)
	}
	admins, err := db.Admins(t.Context(), ws.ID)
	if err != nil {
		t.Fatal(err)
	}
	return lectern.ByCommand(ws.ID, admins[0].ID)
}

// A twin is servers that get the same requests and must give the same answers.
type twin struct {
	testing.TB
	nodes []*node
	clock *clock
}

// An answer is what came back, without what differs by design.
type answer struct {
	status int
	etag   string
	text   string
	body   map[string]any
}

// send sends a request to one of the nodes.
func (n *node) send(t testing.TB, method, path string, body any) answer {
	t.Helper()
	var r io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		r = bytes.NewReader(text)
	}
	req, err := http.NewRequestWithContext(t.Context(), method, n.url+path, r)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+secret)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	a := answer{status: res.StatusCode, text: string(raw)}
	if n.code != "" {
		a.text = strings.ReplaceAll(a.text, n.code, "CODE")
	}
	if a.text == string(raw) {
		a.etag = res.Header.Get("ETag")
	}
	a.text = requestID.ReplaceAllString(a.text, "")
	json.Unmarshal(raw, &a.body)
	return a
}

// requestID is what tells one refusal from another.
var requestID = regexp.MustCompile(`"request_id":"[^"]*"`)

// do sends a request to all nodes and compares the answers with the first.
func (w *twin) do(method, path string, body any) answer {
	w.Helper()
	first := w.nodes[0].send(w, method, path, body)
	for _, n := range w.nodes[1:] {
		a := n.send(w, method, path, body)
		if first.status != a.status || first.text != a.text || first.etag != a.etag {
			text, _ := json.Marshal(body)
			w.Fatalf("%s %s %s\n%s: %d %s %s\n%s: %d %s %s", method, path, text,
				w.nodes[0].name, first.status, first.etag, first.text, n.name, a.status, a.etag, a.text)
		}
	}
	if first.status >= 500 {
		w.Fatalf("%s %s: %d %s", method, path, first.status, first.text)
	}
	return first
}

// newTwin serves an empty SQLite store and an empty PostgreSQL store.
func newTwin(t testing.TB) *twin {
	t.Helper()
	w := &twin{TB: t, clock: &clock{at: time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)}}
	w.nodes = []*node{
		serve(t, "SQLite", openSQLite(t, t.TempDir(), w.clock.now), w.clock.now),
		serve(t, "PostgreSQL", openPostgres(t, testpg.DSN(t), w.clock.now), w.clock.now),
	}
	w.setUp()
	return w
}

// setUp makes the same first workspace on every node.
func (w *twin) setUp() {
	w.Helper()
	first := setUp(w, w.nodes[0].db)
	for _, n := range w.nodes {
		if by := setUp(w, n.db); by != first {
			w.Fatalf("the first teammates are %v and %v", first, by)
		}
		all, err := n.db.Workspaces(w.Context())
		if err != nil {
			w.Fatal(err)
		}
		n.code = all[0].Code
	}
}
