package rest_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"lectern"
	"lectern/internal/app"
	"lectern/internal/limit"
)

func TestFailedAuthenticationLeavesALine(t *testing.T) {
	for credentials, reason := range map[string]string{
		"Bearer wrong": "unknown access token", "Basic d3Jvbmc6": "unknown access token",
		"": "no access token", "Basic !": "no access token", "Digest x": "no access token",
	} {
		var log bytes.Buffer
		h := front(t, app.Config{Logger: slog.New(slog.NewTextHandler(&log, nil))})
		w := httptest.NewRecorder()
		h.ServeHTTP(w, asked(http.MethodGet, "/articles", "Authorization", credentials, "X-Forwarded-For", "198.51.100.1"))
		var line string
		for l := range strings.Lines(log.String()) {
			if strings.Contains(l, "authentication failed") {
				line += l
			}
		}
		if w.Code != 401 || strings.Count(line, "\n") != 1 || !strings.Contains(line, reason) || !strings.Contains(line, "from=198.51.100.1") || strings.Contains(line, "wrong") {
			t.Errorf("%q: %d, logged %s", credentials, w.Code, line)
		}
	}
}

func TestWhoTriesTokensIsHeldBackAndNobodyElse(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	clock := func() time.Time { return now }
	var log bytes.Buffer
	h := front(t, app.Config{Now: clock, Limits: limit.Settings{FailedTokens: 10},
		Logger: slog.New(slog.NewTextHandler(&log, nil))})
	do := func(from, token string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, asked(http.MethodGet, "/me", "Authorization", "Bearer "+token, "X-Forwarded-For", from))
		return w
	}
	do("198.51.100.1", "token")
	refused := map[int]int{}
	for i := range 100 {
		refused[do("198.51.100.1", fmt.Sprint("wrong-", i)).Code]++
	}
	if refused[401] != 10 || refused[429] != 90 {
		t.Errorf("of 100 wrong tokens: %v", refused)
	}
	if n := strings.Count(log.String(), "authentication failed"); n != 10 {
		t.Errorf("%d lines", n)
	}
	w := do("198.51.100.1", "wrong")
	if w.Header().Get("Retry-After") != "6" || w.Header().Get("Intercom-Version") == "" || !strings.Contains(w.Body.String(), "rate_limit_exceeded") {
		t.Errorf("Retry-After %q, Intercom-Version %q: %s", w.Header().Get("Retry-After"), w.Header().Get("Intercom-Version"), w.Body)
	}
	if a, b := do("198.51.100.1", "token").Code, do("198.51.100.2", "token").Code; a != 200 || b != 200 {
		t.Errorf("the good token is answered by %d from there and %d from elsewhere", a, b)
	}
	if a, b := do("198.51.100.2", "wrong").Code, do("198.51.100.1", "wrong").Code; a != 401 || b != 429 {
		t.Errorf("a wrong one is answered by %d from elsewhere and %d from there", a, b)
	}
	now = now.Add(6 * time.Second)
	if code := do("198.51.100.1", "wrong").Code; code != 401 {
		t.Errorf("six seconds later: %d", code)
	}
}

func TestATokenEndsWhenItsTimeIsOver(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	var log bytes.Buffer
	h := front(t, app.Config{Now: func() time.Time { return now }, Logger: slog.New(slog.NewTextHandler(&log, nil))})
	db := h.Store
	all, err := db.Workspaces(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	admins, err := db.Admins(t.Context(), all[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	k, err := db.AddToken(t.Context(), lectern.ByCommand(all[0].ID, admins[0].ID),
		lectern.Token{Hash: lectern.HashToken("ends"), ExpiresAt: now.Add(time.Minute)})
	if err != nil {
		t.Fatal(err)
	}
	do := func() *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, asked(http.MethodGet, "/me", "Authorization", "Bearer ends", "X-Forwarded-For", "198.51.100.77"))
		return w
	}
	now = now.Add(59 * time.Second)
	if w := do(); w.Code != 200 {
		t.Errorf("a second before its end: %d", w.Code)
	}
	if want := fmt.Sprintf("token_id=%d", k.ID); !strings.Contains(log.String(), want) {
		t.Errorf("the request's line has no %s: %s", want, &log)
	}
	now = now.Add(time.Second)
	if w := do(); w.Code != 401 || !strings.Contains(w.Body.String(), "Access Token Expired") {
		t.Errorf("at its end: %d %s", w.Code, w.Body)
	}
	if want := `reason="expired access token" from=198.51.100.77 method=GET path=/me`; !strings.Contains(log.String(), want) {
		t.Errorf("no line has %s: %s", want, &log)
	}
	if err := db.FlushTokenUses(t.Context()); err != nil {
		t.Fatal(err)
	}
	if k, err = db.TokenByHash(t.Context(), k.Hash); err != nil || k.Used.Network != "198.51.100.0/24" || k.Used.Day != lectern.DayOf(now) {
		t.Errorf("its use is %+v, %v", k.Used, err)
	}
}
