package store_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"lectern"
	"lectern/internal/store"
)

// A stepping context stops who asks it for a value the second time until the test
// goes on: a list asks once more when it chooses its state of the database.
type stepping struct {
	context.Context
	mu     sync.Mutex
	asked  int
	inside chan bool
	goOn   chan bool
}

func (s *stepping) Value(key any) any {
	s.mu.Lock()
	s.asked++
	second := s.asked == 2
	s.mu.Unlock()
	if second {
		close(s.inside)
		<-s.goOn
	}
	return s.Context.Value(key)
}

// done is f, which has to end by itself.
func done(t *testing.T, what string, f func()) {
	t.Helper()
	ended := make(chan bool)
	go func() { defer close(ended); f() }()
	select {
	case <-ended:
	case <-time.After(time.Minute):
		t.Fatal(what + " waits for ever")
	}
}

func TestAListWaitsForNoOtherList(t *testing.T) {
	s, by := open(t, store.Options{})
	for range 3 {
		add(t, s, by, "T")
	}
	q := lectern.ArticleQuery{Limit: 10}
	ctx := &stepping{Context: t.Context(), inside: make(chan bool), goOn: make(chan bool)}
	var first sync.WaitGroup
	first.Go(func() {
		list, total, err := s.Articles(ctx, by.Workspace, q)
		if err != nil || total != len(list) || total < 3 {
			t.Errorf("the one that stopped: %d of %d, %v", len(list), total, err)
		}
	})
	<-ctx.inside
	done(t, "a list beside one that is slow", func() {
		for n := 3; n < 6; n++ {
			if _, total, err := s.Articles(t.Context(), by.Workspace, q); err != nil || total != n {
				t.Errorf("%d, want %d, %v", total, n, err)
			}
			add(t, s, by, "T")
		}
	})
	close(ctx.goOn)
	first.Wait()
}

// Lists that find no connection wait for one no longer than they may, whoever
// waits before them.
func TestAListHeedsItsDeadline(t *testing.T) {
	s, by := open(t, store.Options{})
	add(t, s, by, "T")
	goOn := make(chan bool)
	var all sync.WaitGroup
	const connections = 64 // more than there are
	busy := make(chan bool, connections)
	ctx, cancel := context.WithCancel(t.Context())
	for range connections {
		all.Go(func() {
			s.Hold(ctx, func() { busy <- true; <-goOn })
		})
	}
	<-busy
	for range 4 { // they wait before the one with the deadline
		all.Go(func() { s.Articles(ctx, by.Workspace, lectern.ArticleQuery{Limit: 1}) })
	}
	done(t, "a list with a deadline", func() {
		for {
			short, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
			_, _, err := s.Articles(short, by.Workspace, lectern.ArticleQuery{Limit: 1})
			cancel()
			if errors.Is(err, context.DeadlineExceeded) {
				return
			}
			if err != nil {
				t.Errorf("%v, want that its time is over", err)
				return
			}
		}
	})
	cancel()
	close(goOn)
	all.Wait()
}
