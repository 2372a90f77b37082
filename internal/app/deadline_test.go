package app_test

import (
	"context"
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

// A stuck store does not answer for as long as it may.
type stuck struct{ *store.DB }

func wait(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }

func (stuck) Article(ctx context.Context, _ lectern.WorkspaceID, _ lectern.ArticleID) (*lectern.Article, error) {
	return nil, wait(ctx)
}
func (stuck) Articles(ctx context.Context, _ lectern.WorkspaceID, _ lectern.ArticleQuery) ([]*lectern.Article, int, error) {
	return nil, 0, wait(ctx)
}
func (stuck) SearchArticles(ctx context.Context, _ lectern.WorkspaceID, _ lectern.SearchQuery) ([]lectern.Hit, int, error) {
	return nil, 0, wait(ctx)
}
func (stuck) Outline(ctx context.Context, _ lectern.Visit) (*lectern.Outline, error) {
	return nil, wait(ctx)
}
func (stuck) Page(ctx context.Context, _ lectern.Visit, _ lectern.ArticleID) (*lectern.Page, error) {
	return nil, wait(ctx)
}
func (stuck) Suggest(ctx context.Context, _ lectern.WorkspaceID, _ lectern.SuggestQuery) (lectern.Suggestions, error) {
	return lectern.Suggestions{}, wait(ctx)
}
func (stuck) HelpCenterByIdentifier(ctx context.Context, name string) (lectern.WorkspaceID, *lectern.HelpCenter, error) {
	return 0, nil, wait(ctx)
}
func (stuck) Ping(ctx context.Context) error { return wait(ctx) }

// lost is a stuck store that still knows its help centers.
type lost struct {
	stuck
	db *store.DB
}

func (l lost) HelpCenterByIdentifier(ctx context.Context, name string) (lectern.WorkspaceID, *lectern.HelpCenter, error) {
	return l.db.HelpCenterByIdentifier(ctx, name)
}

// Whoever asks for something that takes too long is answered all the same, by
// each door in its own way, and is told when to come again.
func TestNobodyWaitsForEver(t *testing.T) {
	a, err := app.Open(t.Context(), app.Config{Database: app.Place(t.TempDir()), Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	_, _, err = a.Store.Setup(t.Context(), lectern.Setup{
		Locale: "en", Identifier: "help", HelpCenter: "Help", Admin: lectern.Admin{Name: "Ada"}, Token: lectern.HashToken("token"),
	})
	if err != nil {
		t.Fatal(err)
	}
	slow := func(wrap func(*store.DB) lectern.Store) http.Handler {
		a, err := app.New(a.Store, app.Config{Logger: slog.New(slog.DiscardHandler), Timeout: 30 * time.Millisecond, Wrap: wrap})
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	all := slow(func(db *store.DB) lectern.Store { return stuck{db} })
	most := slow(func(db *store.DB) lectern.Store { return lost{stuck{db}, db} })
	for _, x := range []struct {
		h                  http.Handler
		method, path, kind string
	}{
		{all, "GET", "/articles/1", "application/json"}, {all, "GET", "/articles", "application/json"},
		{all, "GET", "/articles/search?phrase=x", "application/json"}, {all, "GET", "/readyz", "text/plain"},
		{all, "GET", "/help/en", "text/html"}, {most, "GET", "/help/en", "text/html"}, {most, "GET", "/help/en/articles/1-x", "text/html"},
		{most, "GET", "/help/en/search?q=x", "text/html"}, {most, "GET", "/help/en/search/suggest?q=x", "text/html"}, {most, "GET", "/help/sitemap.xml", "text/html"},
	} {
		r := httptest.NewRequest(x.method, x.path, nil)
		r.Header.Set("Authorization", "Bearer token")
		w := httptest.NewRecorder()
		x.h.ServeHTTP(w, r)
		after, err := strconv.Atoi(w.Header().Get("Retry-After"))
		if w.Code != http.StatusServiceUnavailable || err != nil || after < 1 || !strings.HasPrefix(w.Header().Get("Content-Type"), x.kind) {
			t.Errorf("%s %s: %d %v %.100s", x.method, x.path, w.Code, w.Header(), w.Body)
		}
	}
}
