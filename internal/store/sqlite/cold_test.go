package sqlite

import (
	"context"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"lectern"
	"lectern/internal/store"
	"lectern/internal/store/db"
)

// A halting engine stops whoever reads texts into memory, with the connection in
// hand, until the test goes on.
type halting struct {
	*engine
	armed atomic.Bool
	inner atomic.Int64 // how many stopped
	goOn  chan bool
}

func (h *halting) Read(ctx context.Context, fn func(db.Conn) error) error {
	return h.engine.Read(ctx, func(c db.Conn) error { return fn(haltingConn{c, h}) })
}

type haltingConn struct {
	db.Conn
	h *halting
}

func (c haltingConn) Query(text string, args ...any) (db.Rows, error) {
	if c.h.armed.Load() && strings.Contains(text, "FROM search_text") {
		c.h.inner.Add(1)
		<-c.h.goOn
	}
	return c.Conn.Query(text, args...)
}

// Eight first searches in eight languages, and nobody else waits for what they
// read: not a list, and not one of them that may wait no longer.
func TestColdSearchesHoldNoConnectionThatOthersNeed(t *testing.T) {
	e, err := open(t.Context(), filepath.Join(t.TempDir(), "lectern.db"))
	if err != nil {
		t.Fatal(err)
	}
	h := &halting{engine: e, goOn: make(chan bool)}
	s, err := store.Open(t.Context(), h, store.Options{})
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
	locales := []lectern.Locale{"en", "de", "fr", "es", "it", "nl", "sv", "da"}
	edit := &lectern.ArticleEdit{Texts: map[lectern.Locale]lectern.ArticleTextEdit{}}
	edit.Title, edit.Author, edit.State = new("Parcel"), &by.Admin, new(lectern.Published)
	for _, l := range locales[1:] {
		edit.Texts[l] = lectern.ArticleTextEdit{Title: new("Parcel " + string(l)), State: new(lectern.Published), Author: &by.Admin}
	}
	if _, err := s.AddArticle(t.Context(), by, edit); err != nil {
		t.Fatal(err)
	}
	search := func(ctx context.Context, l lectern.Locale) (int, error) {
		_, n, err := s.SearchArticles(ctx, ws.ID, lectern.SearchQuery{Phrase: "parcel", Locale: l, Locales: []lectern.Locale{l}, Limit: 1})
		return n, err
	}
	h.armed.Store(true)
	var all sync.WaitGroup
	for _, l := range locales {
		all.Go(func() {
			if n, err := search(t.Context(), l); err != nil || n != 1 {
				t.Errorf("in %s: %d, %v", l, n, err)
			}
		})
	}
	for h.inner.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	ended := make(chan bool)
	go func() {
		defer close(ended)
		for range 20 {
			if _, _, err := s.Articles(t.Context(), ws.ID, lectern.ArticleQuery{Limit: 1}); err != nil {
				t.Error(err)
			}
			if _, err := s.Admins(t.Context(), ws.ID); err != nil {
				t.Error(err)
			}
		}
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		defer cancel()
		if _, err := search(ctx, "en"); ctx.Err() == nil || err == nil {
			t.Errorf("who may wait no longer gets %v", err)
		}
	}()
	select {
	case <-ended:
	case <-time.After(time.Minute):
		t.Error("others wait for what is read into memory")
	}
	h.armed.Store(false)
	close(h.goOn)
	all.Wait()
}
