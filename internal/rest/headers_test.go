package rest_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"lectern"
	"lectern/internal/app"
	"lectern/internal/store"
)

// front returns the whole server, API and pages, over a new help center.
func front(t *testing.T, c app.Config) *app.App {
	t.Helper()
	a := open(t, c)
	_, _, err := a.Store.Setup(t.Context(), lectern.Setup{
		Locale: "en", Identifier: "help", HelpCenter: "Help", Admin: lectern.Admin{Name: "Ada"}, Token: lectern.HashToken("token"),
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// asked is a request as a proxy on this machine hands it on.
func asked(method, target string, headers ...string) *http.Request {
	r := httptest.NewRequest(method, target, nil)
	r.RemoteAddr = "127.0.0.1:4711"
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return r
}

func TestEveryAnswerTellsBrowsersWhatItMayDo(t *testing.T) {
	h := front(t, app.Config{})
	style := ""
	for _, x := range []struct {
		target string
		status int
	}{
		{"/help/en", 200}, {"/help", 302}, {"/help/en/nothing", 404}, {"/help/EN", 301}, {"STYLE", 200}, {"/help/_/x.png", 404},
		{"//help/en", 307}, {"/articles/../articles", 307}, {"/articles", 401}, {"/nothing", 404}, {"/healthz", 200}, {"/readyz", 200},
		{"/openapi/2.16.json", 200}, {"/reference", 302}, {"/reference/2.16", 200}, {"/", 200},
	} {
		target := strings.Replace(x.target, "STYLE", style, 1)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, asked(http.MethodGet, target, "X-Forwarded-Proto", "https, http"))
		if target == "/help/en" {
			_, after, _ := strings.Cut(w.Body.String(), `<link rel="stylesheet" href="`)
			style, _, _ = strings.Cut(after, `"`)
		}
		if w.Code != x.status && !(x.status == 307 && w.Code == 301) && !(x.status == 302 && w.Code/100 == 3) {
			t.Errorf("%s: %d, want %d", target, w.Code, x.status)
		}
		for _, name := range []string{"X-Content-Type-Options", "Referrer-Policy", "Content-Security-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy"} {
			if w.Header().Get(name) == "" {
				t.Errorf("%s: %d without %s", target, w.Code, name)
			}
		}
		if got := w.Header().Get("Strict-Transport-Security"); got != "max-age=31536000" {
			t.Errorf("%s over https: Strict-Transport-Security %q", target, got)
		}
		plain := httptest.NewRecorder()
		h.ServeHTTP(plain, asked(http.MethodGet, target))
		if got := plain.Header().Get("Strict-Transport-Security"); got != "" {
			t.Errorf("%s over http: Strict-Transport-Security %q", target, got)
		}
	}
}

func TestAnAnswerThatHasNotChangedKeepsItsPolicy(t *testing.T) {
	h := front(t, app.Config{})
	first, again := httptest.NewRecorder(), httptest.NewRecorder()
	h.ServeHTTP(first, asked(http.MethodGet, "/help/en"))
	h.ServeHTTP(again, asked(http.MethodGet, "/help/en", "If-None-Match", first.Header().Get("Etag")))
	if again.Code != http.StatusNotModified {
		t.Fatalf("asked again: %d", again.Code)
	}
	// A browser takes the headers of a 304 over into what it has.
	for _, name := range []string{"Content-Security-Policy", "Referrer-Policy", "Link"} {
		if got, want := again.Header().Get(name), first.Header().Get(name); got != want {
			t.Errorf("%s is %q with 304, and was %q", name, got, want)
		}
	}
}

// brokenStore has no tokens to tell of, and does not answer.
type brokenStore struct{ lectern.Store }

func (brokenStore) TokenByHash(context.Context, lectern.TokenHash) (*lectern.Token, error) {
	return nil, &lectern.Error{Kind: lectern.Unavailable, Text: "Not now."}
}
func (brokenStore) Ping(context.Context) error { return errors.New("gone") }
func (brokenStore) HelpCenterByIdentifier(context.Context, string) (lectern.WorkspaceID, *lectern.HelpCenter, error) {
	return 0, nil, errors.New("gone")
}

func TestWhoCannotBeAnsweredNowIsToldWhenToComeBack(t *testing.T) {
	broken := front(t, app.Config{Wrap: func(s *store.DB) lectern.Store { return brokenStore{s} }})
	for _, target := range []string{"/articles", "/readyz", "/help/en"} {
		w := httptest.NewRecorder()
		broken.ServeHTTP(w, asked(http.MethodGet, target, "Authorization", "Bearer token"))
		if n, err := strconv.Atoi(w.Header().Get("Retry-After")); w.Code != http.StatusServiceUnavailable || err != nil || n < 1 {
			t.Errorf("%s: %d, Retry-After %q", target, w.Code, w.Header().Get("Retry-After"))
		}
	}

	now := time.Unix(1_800_000_003, 0)
	h := front(t, app.Config{RateLimit: 6, Now: func() time.Time { return now }})
	var last *httptest.ResponseRecorder
	for range 2 {
		last = httptest.NewRecorder()
		h.ServeHTTP(last, asked(http.MethodGet, "/me", "Authorization", "Bearer token", "Intercom-Version", "2.14"))
	}
	if got := last.Header(); last.Code != 429 || got.Get("Retry-After") != "8" || got.Get("Intercom-Version") != "2.14" {
		t.Errorf("over the limit: %d, Retry-After %q, Intercom-Version %q", last.Code, got.Get("Retry-After"), got.Get("Intercom-Version"))
	}
}

func TestSecurityTxtNamesWhomToTell(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	get := func(o app.Config) *httptest.ResponseRecorder {
		o.Now = func() time.Time { return now }
		w := httptest.NewRecorder()
		front(t, o).ServeHTTP(w, asked(http.MethodGet, "/.well-known/security.txt"))
		return w
	}
	if w := get(app.Config{}); w.Code != http.StatusNotFound {
		t.Errorf("nobody is named: %d", w.Code)
	}
	w := get(app.Config{SecurityContact: "mailto:security@example.com", BaseURL: "https://kb.example.org"})
	want := "Contact: mailto:security@example.com\nExpires: 2027-07-14T00:00:00Z\nCanonical: https://kb.example.org/.well-known/security.txt\n"
	if w.Code != http.StatusOK || w.Body.String() != want || w.Header().Get("Content-Type") != "text/plain; charset=utf-8" {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestRefusedCredentialsNameTheVersion(t *testing.T) {
	h := front(t, app.Config{})
	for sent, want := range map[string]string{"": "2.11", "2.7": "2.7", "Preview": "Preview", "nonsense": "2.11"} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, asked(http.MethodGet, "/articles", "Intercom-Version", sent, "Authorization", "Bearer wrong"))
		if got := w.Header().Get("Intercom-Version"); w.Code != http.StatusUnauthorized || got != want {
			t.Errorf("asked for %q: %d in %q", sent, w.Code, got)
		}
	}
}

func TestAProxyThatIsNotTrustedIsNamedOnce(t *testing.T) {
	var log bytes.Buffer
	h := front(t, app.Config{Logger: slog.New(slog.NewTextHandler(&log, nil))})
	for range 3 {
		r := asked(http.MethodGet, "/healthz", "X-Forwarded-For", "198.51.100.1")
		r.RemoteAddr = "172.18.0.3:4711"
		h.ServeHTTP(httptest.NewRecorder(), r)
	}
	if n := strings.Count(log.String(), "--trusted-proxies"); n != 1 || !strings.Contains(log.String(), "172.18.0.3") {
		t.Errorf("it is named %d times: %s", n, &log)
	}
}

// A line of the log says whose a request was, whatever became of it: of the API
// with its client, of a reader with the network.
func TestTheLogSaysWhoseARequestWas(t *testing.T) {
	var log bytes.Buffer
	h := front(t, app.Config{RequestLines: &log})
	all, err := h.Store.Workspaces(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	workspace := fmt.Sprintf(`"workspace_id":%d`, all[0].ID)
	for _, x := range []struct {
		path    string
		headers []string
		want    []string
		never   string
	}{
		{"/articles", []string{"Authorization", "Bearer token"}, []string{`"status":200`, workspace, `"token_id":`, `"client":"198.51.100.77"`}, "secret"},
		{"/articles/7", []string{"Authorization", "Bearer token"}, []string{`"status":404`, workspace, `"token_id":`}, ""},
		{"/articles", []string{"Authorization", "Bearer token", "Intercom-Version", "9.9"}, []string{`"status":400`, workspace, `"token_id":`}, ""},
		{"/articles", []string{"Authorization", "Bearer secret"}, []string{`"status":401`, `"client":"198.51.100.0/24"`}, "_id\":1"},
		{"/help/en/search?q=secret", nil, []string{`"status":200`, workspace, `"client":"198.51.100.0/24"`, `"path":"/help/en/search"`}, "secret"},
		{"/nothing/secretive", nil, []string{`"status":404`}, "workspace_id"},
	} {
		log.Reset()
		w := httptest.NewRecorder()
		h.ServeHTTP(w, asked(http.MethodGet, x.path, append(x.headers, "X-Forwarded-For", "198.51.100.77")...))
		line := log.String()
		for _, want := range append(x.want, `"request_id":"`+w.Header().Get("X-Request-Id")+`"`) {
			if !strings.Contains(line, want) {
				t.Errorf("%s: %s is not in %s", x.path, want, line)
			}
		}
		if x.never != "" && strings.Contains(line, x.never) {
			t.Errorf("%s: %s is in %s", x.path, x.never, line)
		}
	}
}

func TestTheActivityLogNamesTheClient(t *testing.T) {
	h := front(t, app.Config{})
	db := h.Store
	r := asked(http.MethodPost, "/tags", "Authorization", "Bearer token", "X-Forwarded-For", "198.51.100.1")
	r.Body = io.NopCloser(strings.NewReader(`{"name":"x"}`))
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	all, err := db.Workspaces(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	events, _, err := db.Events(t.Context(), all[0].ID, lectern.EventQuery{Kinds: []lectern.EventKind{lectern.TagCreated}})
	if err != nil || len(events) != 1 || events[0].IP != "198.51.100.1" {
		t.Errorf("events %+v, %v", events, err)
	}
}
