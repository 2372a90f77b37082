package fidelity

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"sync/atomic"
	"testing"
)

// elsewhere is a server that Run does not know to be one of ours, and counts
// the requests that change something.
func elsewhere(t *testing.T) (l *local, address string, writes *atomic.Int64) {
	t.Helper()
	l, err := startLocal(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.close() })
	target, err := url.Parse(l.client.url)
	if err != nil {
		t.Fatal(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(target)
	writes = new(atomic.Int64)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet {
			writes.Add(1)
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return l, server.URL, writes
}

func TestAServerElsewhereIsOnlyRead(t *testing.T) {
	l, address, writes := elsewhere(t)
	add := func(path, body string) {
		if x, err := l.client.send(t.Context(), "2.11", "POST", path, body, nil); err != nil || x.status != http.StatusOK {
			t.Fatal(err, x)
		}
	}
	add("/tags", `{"name":"Theirs"}`)
	add("/help_center/collections", `{"name":"Theirs"}`)
	report, err := Run(t.Context(), Options{BaseURL: address, Token: ownerToken, Versions: []string{"2.11"}})
	if err != nil {
		t.Fatal(err)
	}
	if n := writes.Load(); n > 0 {
		t.Errorf("%d requests could have changed something", n)
	}
	for operation, want := range map[string]State{
		"GET /tags/{id}": Pass, "GET /help_center/collections/{id}": Pass, "POST /tags": Untried, "DELETE /articles/{id}": Untried,
	} {
		if c := report.Cell(operation, "2.11"); c.State != want {
			t.Errorf("%s: %s, want %s\n%v", operation, c.State, want, c.Differences)
		}
	}
	if report.Perfect() {
		t.Error("what was not tried counts as passed")
	}
}

func TestWhatIsMadeElsewhereIsDeleted(t *testing.T) {
	l, address, _ := elsewhere(t)
	report, err := Run(t.Context(), Options{BaseURL: address, Token: ownerToken, Write: true, Versions: []string{"2.11"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range report.Cells {
		for _, d := range c.Differences {
			t.Errorf("%s, %s: %s\n%s", c.Operation, d.Case, d.What, d.Exchange)
		}
	}
	for _, path := range []string{"/articles", "/help_center/collections", "/tags"} {
		x, err := l.client.send(t.Context(), "2.11", "GET", path, "", nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := at(x.body, "data.#"); got != "0" {
			t.Errorf("%s has %s things left", path, got)
		}
	}
}

func TestAServerThatDiffersIsFound(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Write([]byte(`{"type":"list","data":[],"surprise":true}`))
	}))
	t.Cleanup(server.Close)
	report, err := Run(t.Context(), Options{BaseURL: server.URL, Token: "any", Versions: []string{"2.11"}, Operations: []string{"GET /tags"}})
	if err != nil {
		t.Fatal(err)
	}
	c := report.Cell("GET /tags", "2.11")
	if c.State != Differs || len(report.Cells) != 1 || report.Score() != "fidelity: 0/1" || report.Perfect() {
		t.Errorf("%s in %d cells, %s", c.State, len(report.Cells), report.Score())
	}
	var whats []string
	for _, d := range c.Differences {
		whats = append(whats, d.What)
	}
	for _, want := range []string{"our description: undescribed $.surprise: no such key is described", "status is 200, want 401"} {
		if !slices.Contains(whats, want) {
			t.Errorf("%q is not among %q", want, whats)
		}
	}
}
