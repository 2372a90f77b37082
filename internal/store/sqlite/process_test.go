package sqlite_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"lectern"
)

// ears keep what a watcher hears.
type ears struct {
	mu    sync.Mutex
	heard []lectern.EventID
}

func (e *ears) hear(events []lectern.Event) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, x := range events {
		e.heard = append(e.heard, x.ID)
	}
}

// after waits until n events were heard, and returns them.
func (e *ears) after(n int) []lectern.EventID {
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(time.Millisecond) {
		e.mu.Lock()
		if len(e.heard) >= n {
			defer e.mu.Unlock()
			return slices.Clone(e.heard)
		}
		e.mu.Unlock()
	}
	return nil
}

func TestAWatcherHearsOfAnotherProcess(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lectern.db")
	here, there := openFile(t, path), openFile(t, path)
	by := setUp(t, here)
	var e ears
	there.Watch(e.hear)
	already := len(e.after(0))
	for i := range 9 {
		addTag(t, here, by, fmt.Sprint(i))
		if e.after(already+i+1) == nil {
			t.Fatal("nothing was heard")
		}
	}
}

func TestTwoProcessesHearTheSameEventsOnceAndInOrder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lectern.db")
	one, two := openFile(t, path), openFile(t, path)
	by := setUp(t, one)
	if _, err := two.Workspaces(t.Context()); err != nil {
		t.Fatal(err)
	}
	time.Sleep(200 * time.Millisecond) // until both have heard of the setup
	var e1, e2 ears
	one.Watch(e1.hear)
	two.Watch(e2.hear)
	const each = 60
	var group sync.WaitGroup
	for i := range each {
		group.Go(func() { addTag(t, one, by, fmt.Sprint("one ", i)) })
		group.Go(func() { addTag(t, two, by, fmt.Sprint("two ", i)) })
	}
	group.Wait()
	h1, h2 := e1.after(2*each), e2.after(2*each)
	if len(h1) != 2*each || !slices.Equal(h1, h2) || !slices.IsSorted(h1) {
		t.Errorf("heard of\n%v and\n%v", h1, h2)
	}
	list, _, err := one.Events(t.Context(), by.Workspace, lectern.EventQuery{Kinds: []lectern.EventKind{lectern.TagCreated}})
	if err != nil || len(list) != 2*each {
		t.Errorf("%d events, error %v", len(list), err)
	}
}

func TestAPageIsExactWhileAnotherProcessWrites(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lectern.db")
	one, two := openFile(t, path), openFile(t, path)
	by := setUp(t, one)
	for i := range 20 {
		for _, s := range []lectern.Store{one, two} {
			if _, err := s.AddArticle(t.Context(), by, &lectern.ArticleEdit{
				ArticleTextEdit: lectern.ArticleTextEdit{Title: new("T"), Author: &by.Admin},
			}); err != nil {
				t.Fatal(err)
			}
		}
		for _, s := range []lectern.Store{one, two} {
			list, total, err := s.Articles(t.Context(), by.Workspace, lectern.ArticleQuery{Offset: i, Limit: 100})
			if err != nil || total != 2*(i+1) || len(list) != total-i {
				t.Errorf("%d articles from %d, total %d, error %v", len(list), i, total, err)
			}
		}
	}
}
