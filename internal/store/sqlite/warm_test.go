package sqlite

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"lectern"
	"lectern/internal/store"
	"lectern/internal/store/db"
)

// A watched engine says when a part of the texts to search is about to be read,
// and when a transaction that reads has ended in an error.
type watched struct {
	*engine
	part   func()
	failed func()
}

func (e *watched) Read(ctx context.Context, fn func(db.Conn) error) error {
	err := e.engine.Read(ctx, func(c db.Conn) error { return fn(watchedConn{c, e}) })
	if err != nil && e.failed != nil {
		e.failed()
	}
	return err
}

type watchedConn struct {
	db.Conn
	engine *watched
}

func (c watchedConn) Query(text string, args ...any) (db.Rows, error) {
	if strings.Contains(text, "ORDER BY event_id, object_id") && c.engine.part != nil {
		c.engine.part()
	}
	return c.Conn.Query(text, args...)
}

// filled opens a store with n articles called "Label 0" and so on, whose texts
// are not in memory.
func filled(t *testing.T, n int) (*watched, *store.DB, lectern.Actor, []lectern.ArticleID) {
	path := filepath.Join(t.TempDir(), "lectern.db")
	s, err := Open(t.Context(), path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ws, _, err := s.Setup(t.Context(), lectern.Setup{Locale: "en", Identifier: "help", Admin: lectern.Admin{Name: "Ada"}})
	if err != nil {
		t.Fatal(err)
	}
	admins, err := s.Admins(t.Context(), ws.ID)
	if err != nil {
		t.Fatal(err)
	}
	by := lectern.ByCommand(ws.ID, admins[0].ID)
	ids := make([]lectern.ArticleID, n)
	var group sync.WaitGroup
	for w := range 32 {
		group.Go(func() {
			for i := w; i < n; i += 32 {
				a, err := s.AddArticle(t.Context(), by, titled(by, fmt.Sprint("Label ", i)))
				if err != nil {
					t.Error(err)
					return
				}
				ids[i] = a.ID
			}
		})
	}
	group.Wait()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	inner, err := open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	e := &watched{engine: inner}
	if s, err = store.Open(t.Context(), e, store.Options{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return e, s, by, ids
}

func titled(by lectern.Actor, title string) *lectern.ArticleEdit {
	return &lectern.ArticleEdit{ArticleTextEdit: lectern.ArticleTextEdit{Title: &title, Author: &by.Admin, State: new(lectern.Published)}}
}

func find(t *testing.T, s *store.DB, ws lectern.WorkspaceID, phrase string) int {
	t.Helper()
	_, n, err := s.SearchArticles(t.Context(), ws, lectern.SearchQuery{Phrase: phrase, Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestFirstSearchesLeaveConnectionsToOthers(t *testing.T) {
	e, s, by, ids := filled(t, 3)
	const searches = 64 // far more than there are connections
	begun, goOn, cold := make(chan bool), make(chan bool), make(chan bool, searches)
	var once sync.Once
	e.part = func() { once.Do(func() { close(begun); <-goOn }) }
	e.failed = func() { cold <- true }
	var group sync.WaitGroup
	for range searches {
		group.Go(func() {
			if _, n, err := s.SearchArticles(t.Context(), by.Workspace, lectern.SearchQuery{Phrase: "label", Limit: 3}); err != nil || n != len(ids) {
				t.Errorf("%d found, error %v", n, err)
			}
		})
	}
	<-begun
	for range searches { // each has found that the texts are not there
		<-cold
	}
	if _, err := s.Article(t.Context(), by.Workspace, ids[0]); err != nil {
		t.Error(err)
	}
	gone, leave := context.WithCancel(t.Context())
	group.Go(func() {
		if _, _, err := s.SearchArticles(gone, by.Workspace, lectern.SearchQuery{Phrase: "label"}); err == nil {
			t.Error("a search whose caller left has found something")
		}
	})
	<-cold
	leave()
	close(goOn)
	group.Wait()
}

func TestTextsThatChangeWhileTheyAreReadAreSearchedAsTheyAre(t *testing.T) {
	e, s, by, ids := filled(t, 1500) // in two parts
	parts := 0
	e.part = func() {
		if parts++; parts != 2 {
			return
		}
		if _, err := s.UpdateArticle(t.Context(), by, ids[0], titled(by, "Parcel"), nil); err != nil {
			t.Error(err)
		}
		if err := s.DeleteArticle(t.Context(), by, ids[1]); err != nil {
			t.Error(err)
		}
		if _, err := s.AddArticle(t.Context(), by, titled(by, "Parcel too")); err != nil {
			t.Error(err)
		}
	}
	if err := s.WarmSearch(t.Context()); err != nil {
		t.Fatal(err)
	}
	if parts != 2 {
		t.Errorf("read in %d parts", parts)
	}
	if n := find(t, s, by.Workspace, "label"); n != 1498 {
		t.Errorf("%d found by the old title, want 1498", n)
	}
	if n := find(t, s, by.Workspace, "parcel"); n != 2 {
		t.Errorf("%d found by the new one, want 2", n)
	}
	if parts != 2 {
		t.Errorf("a search read all texts again")
	}
}
