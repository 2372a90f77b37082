package sqlite

import (
	"context"
	"fmt"
	"path/filepath"
	"sync/atomic"
	"testing"

	"lectern"
	"lectern/internal/store"
	"lectern/internal/store/db"
)

// asked marks the context of whom a counting engine counts for: the store has
// reads of its own.
type asked struct{}

// A counting engine counts the statements that read for whoever is asked.
type counting struct {
	*engine
	queries atomic.Int64
}

func (e *counting) Read(ctx context.Context, fn func(db.Conn) error) error {
	if ctx.Value(asked{}) == nil {
		return e.engine.Read(ctx, fn)
	}
	return e.engine.Read(ctx, func(c db.Conn) error { return fn(countingConn{c, e}) })
}

type countingConn struct {
	db.Conn
	engine *counting
}

func (c countingConn) Query(text string, args ...any) (db.Rows, error) {
	c.engine.queries.Add(1)
	return c.Conn.Query(text, args...)
}

func TestALongPageTakesAsManyStatementsAsAShortOne(t *testing.T) {
	inner, err := open(t.Context(), filepath.Join(t.TempDir(), "lectern.db"))
	if err != nil {
		t.Fatal(err)
	}
	e := &counting{engine: inner}
	s, err := store.Open(t.Context(), e, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	ws, _, err := s.Setup(t.Context(), lectern.Setup{Locale: "en", Identifier: "help", Admin: lectern.Admin{Name: "Ada"}})
	if err != nil {
		t.Fatal(err)
	}
	admins, err := s.Admins(t.Context(), ws.ID)
	if err != nil {
		t.Fatal(err)
	}
	by := lectern.ByCommand(ws.ID, admins[0].ID)
	for i := range 200 {
		if _, err := s.AddArticle(t.Context(), by, &lectern.ArticleEdit{
			ArticleTextEdit: lectern.ArticleTextEdit{Title: new(fmt.Sprint("Title ", i)), Author: &by.Admin},
		}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.AddCollection(t.Context(), by, &lectern.CollectionEdit{
			CollectionTextEdit: lectern.CollectionTextEdit{Name: new("x")},
		}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.AddFolder(t.Context(), by, &lectern.FolderEdit{Name: new("x")}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.AddInternalArticle(t.Context(), by, &lectern.InternalArticleEdit{
			Title: new("x"), Author: &by.Admin, Owner: &by.Admin,
		}); err != nil {
			t.Fatal(err)
		}
	}
	ctx := context.WithValue(t.Context(), asked{}, true)
	for name, list := range map[string]func(limit int) (int, error){
		"articles": func(limit int) (int, error) {
			list, _, err := s.Articles(ctx, ws.ID, lectern.ArticleQuery{Limit: limit})
			return len(list), err
		},
		"hits": func(limit int) (int, error) {
			list, _, err := s.SearchArticles(ctx, ws.ID, lectern.SearchQuery{Phrase: "title", Limit: limit})
			return len(list), err
		},
		"all hits": func(limit int) (int, error) {
			list, _, err := s.SearchArticles(ctx, ws.ID, lectern.SearchQuery{Limit: limit})
			return len(list), err
		},
		"folders": func(limit int) (int, error) {
			list, _, err := s.Folders(ctx, ws.ID, lectern.FolderQuery{Limit: limit})
			return len(list), err
		},
		"internal articles": func(limit int) (int, error) {
			list, _, err := s.InternalArticles(ctx, ws.ID, lectern.InternalArticleQuery{Limit: limit})
			return len(list), err
		},
		"collections": func(limit int) (int, error) {
			list, _, err := s.Collections(ctx, ws.ID, lectern.CollectionQuery{Limit: limit})
			return len(list), err
		},
	} {
		var took []int64
		for _, limit := range []int{1, 1, 200} { // the first may set up something
			before := e.queries.Load()
			if n, err := list(limit); err != nil || n != limit {
				t.Fatalf("%s: %d of %d, error %v", name, n, limit, err)
			}
			took = append(took, e.queries.Load()-before)
		}
		if took[1] != took[2] || took[1] == 0 {
			t.Errorf("%s: %d statements for one, %d for 200", name, took[1], took[2])
		}
	}
}
