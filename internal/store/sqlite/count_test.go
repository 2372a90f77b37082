package sqlite_test

import (
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"lectern"
)

// TestTwoProcessesCountViewsTogether runs two stores on one file, as two
// processes would, which flush at the same time and at last close.
func TestTwoProcessesCountViewsTogether(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lectern.db")
	one, two := openFile(t, path), openFile(t, path)
	heard := make(chan lectern.ArticleRef, 1000)
	two.WatchStatistics(func(list []lectern.ArticleRef) {
		for _, a := range list {
			heard <- a
		}
	})
	by := setUp(t, one)
	a, err := one.AddArticle(t.Context(), by, &lectern.ArticleEdit{
		ArticleTextEdit: lectern.ArticleTextEdit{Title: new("A"), Author: &by.Admin, State: new(lectern.Published)}})
	if err != nil {
		t.Fatal(err)
	}
	view := lectern.View{Workspace: by.Workspace, Article: a.ID, Locale: "en", Kind: lectern.PersonView}

	one.CountView(view)
	if err := one.FlushViews(t.Context()); err != nil {
		t.Fatal(err)
	}
	select {
	case got := <-heard:
		if want := (lectern.ArticleRef{Workspace: by.Workspace, Article: a.ID}); got != want {
			t.Errorf("the other process hears of %v, want %v", got, want)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("the other process does not hear of the change")
	}

	var group sync.WaitGroup
	for _, s := range []lectern.Store{one, two} {
		group.Go(func() {
			for range 20 {
				s.CountView(view)
				if err := s.FlushViews(t.Context()); err != nil {
					t.Error(err)
				}
			}
			s.CountView(view) // left for Close
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	again, err := openFile(t, path).Article(t.Context(), by.Workspace, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := fmt.Sprint(again.Statistics.Views), "43"; got != want {
		t.Errorf("%s views, want %s", got, want)
	}
}
