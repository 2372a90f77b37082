package postgres_test

import (
	"errors"
	"fmt"
	"testing"

	"lectern"
	"lectern/internal/store/postgres"
	"lectern/internal/testpg"
)

// cuts are the places at which a conversation of n bytes is cut.
func cuts(n int) []int {
	var list []int
	for i := 0; i < n; i += max(1, n/24) {
		list = append(list, i)
	}
	return append(list, n-1)
}

// TestACutConnectionNeitherLosesNorRepeatsAChange cuts the connection after any
// number of bytes of a change, to the server and from it: in the middle of BEGIN
// and of the statements with it, of a query, of an insert, of COMMIT and of its
// answer. The store finds out what became of the change, and makes it once.
func TestACutConnectionNeitherLosesNorRepeatsAChange(t *testing.T) {
	p, dsn := startProxy(t, testpg.DSN(t))
	s, err := postgres.Open(t.Context(), dsn, postgres.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	by := setUp(t, s)
	made := 0
	add := func(name string) {
		t.Helper()
		// A folder, since two may have the same name: nothing but the engine
		// keeps it from being made twice.
		if _, err := s.AddFolder(t.Context(), by, &lectern.FolderEdit{Name: &name}); err != nil {
			t.Fatal(err)
		}
		made++
	}
	add("prepare the statements")
	p.watch(toServer, -1)
	add("measure")
	length := map[way]int{toServer: p.count(toServer), fromServer: p.count(fromServer)}
	for _, w := range []way{toServer, fromServer} {
		for _, after := range cuts(length[w]) {
			name := fmt.Sprint("cut ", after, " ", w)
			p.watch(w, after)
			// The store has other connections that may be cut in its place.
			for n := 0; ; n++ {
				add(fmt.Sprint(name, " ", n))
				if !p.pending(w) {
					break
				}
			}
		}
	}
	_, folders, err := s.Folders(t.Context(), by.Workspace, lectern.FolderQuery{Limit: 1})
	if err != nil || folders != made {
		t.Errorf("%d folders, want %d, error %v", folders, made, err)
	}
	_, events, err := s.Events(t.Context(), by.Workspace, lectern.EventQuery{Kinds: []lectern.EventKind{lectern.FolderCreated}})
	if err != nil || events != made {
		t.Errorf("%d events, want %d, error %v", events, made, err)
	}
}

// TestACutConnectionNeverFalsifiesARead cuts reads likewise.
func TestACutConnectionNeverFalsifiesARead(t *testing.T) {
	p, dsn := startProxy(t, testpg.DSN(t))
	s, err := postgres.Open(t.Context(), dsn, postgres.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	by := setUp(t, s)
	a, err := s.AddArticle(t.Context(), by, &lectern.ArticleEdit{ArticleTextEdit: lectern.ArticleTextEdit{
		Title: new("Title"), Body: new("<p>Body</p>"), Author: &by.Admin,
	}})
	if err != nil {
		t.Fatal(err)
	}
	read := func() error {
		got, err := s.Article(t.Context(), by.Workspace, a.ID)
		if err == nil && got.Texts["en"].Body != "<p>Body</p>" {
			t.Errorf("read %+v", got)
		}
		return err
	}
	p.watch(toServer, -1)
	if err := read(); err != nil {
		t.Fatal(err)
	}
	length := map[way]int{toServer: p.count(toServer), fromServer: p.count(fromServer)}
	for _, w := range []way{toServer, fromServer} {
		for _, after := range cuts(length[w]) {
			p.watch(w, after)
			for p.pending(w) {
				if err := read(); err != nil && !errors.Is(err, lectern.Unavailable) {
					t.Errorf("cut %s after %d bytes: error %v, want unavailable", w, after, err)
				}
			}
			if err := read(); err != nil && !errors.Is(err, lectern.Unavailable) {
				t.Errorf("after a cut %s: %v", w, err)
			}
		}
	}
	p.watch(toServer, -1)
	if err := read(); err != nil {
		t.Errorf("without a cut: %v", err)
	}
}

// TestAStoreGoesOnAfterEveryConnectionWasCut cuts all at once, as a server does
// that is started again.
func TestAStoreGoesOnAfterEveryConnectionWasCut(t *testing.T) {
	p, dsn := startProxy(t, testpg.DSN(t))
	s, err := postgres.Open(t.Context(), dsn, postgres.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	by := setUp(t, s)
	for i := range 5 {
		p.cutAll()
		addTag(t, s, by, fmt.Sprint(i))
		p.cutAll()
		if tags, err := s.Tags(t.Context(), by.Workspace); err != nil || len(tags) != i+1 {
			t.Errorf("%d tags, want %d, error %v", len(tags), i+1, err)
		}
	}
}
