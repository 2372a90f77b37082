package postgres_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"lectern"
	"lectern/internal/meaning"
	"lectern/internal/meaning/standin"
	"lectern/internal/store"
	"lectern/internal/testpg"
)

// learning has nodes make vectors, all at once, until stop is called.
func learning(t *testing.T, nodes ...*store.DB) (stop func()) {
	ctx, cancel := context.WithCancel(t.Context())
	var group sync.WaitGroup
	for _, s := range nodes {
		group.Go(func() {
			for ctx.Err() == nil {
				if _, err := s.LearnMeaning(ctx); err != nil && ctx.Err() == nil {
					t.Error(err)
				}
				time.Sleep(time.Millisecond)
			}
		})
	}
	return func() {
		cancel()
		group.Wait()
	}
}

// until waits for something.
func until(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); !is(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("not after a minute: " + what)
		}
	}
}

// texts adds articles and returns what an embeddings service is asked for.
func texts(t *testing.T, s *store.DB, by lectern.Actor, from, to int) {
	t.Helper()
	for i := from; i < to; i++ {
		if _, err := s.AddArticle(t.Context(), by, &lectern.ArticleEdit{ArticleTextEdit: lectern.ArticleTextEdit{
			Title: new(fmt.Sprint("Title ", i)), Body: new("<p>Body</p>"), Author: &by.Admin, State: new(lectern.Published),
		}}); err != nil {
			t.Fatal(err)
		}
	}
}

// TestAnEmbeddingsServiceIsAskedOnceForEachText has three nodes on one database
// make vectors. The one that does is closed halfway, and another takes over.
func TestAnEmbeddingsServiceIsAskedOnceForEachText(t *testing.T) {
	dsn := testpg.DSN(t)
	model := standin.New(t)
	var nodes []*store.DB
	for range 3 {
		s := node(t, dsn, store.Options{})
		c, err := meaning.NewClient(model.URL, "small", standin.Key)
		if err != nil {
			t.Fatal(err)
		}
		s.UseMeaning(c)
		nodes = append(nodes, s)
	}
	by := setUp(t, nodes[0])
	var asked []string
	made := func(n int) func() bool {
		return func() bool { asked = append(asked, model.Asked()...); return len(asked) >= n }
	}
	texts(t, nodes[0], by, 0, 64)
	stops := make([]func(), len(nodes))
	for i, s := range nodes {
		stops[i] = learning(t, s)
	}
	until(t, "64 texts", made(64))
	owner := slices.IndexFunc(nodes, func(s *store.DB) bool {
		list, err := s.Owners(t.Context())
		return err == nil && len(list) == 1 && list[0].Mine
	})
	if owner < 0 {
		t.Fatal("nobody owns the work")
	}
	until(t, "nothing waits", func() bool {
		list, err := nodes[owner].Owners(t.Context())
		return err == nil && list[0].Waiting == 0
	})
	stops[owner]()
	if err := nodes[owner].Close(); err != nil {
		t.Fatal(err)
	}
	left := nodes[(owner+1)%3]
	texts(t, left, by, 64, 80)
	until(t, "80 texts", made(80))
	for i, stop := range stops {
		if i != owner {
			stop()
		}
	}
	made(0)()
	slices.Sort(asked)
	if n := len(slices.Compact(slices.Clone(asked))); len(asked) != 80 || n != 80 {
		t.Errorf("the service was asked for %d texts, %d of them different, want 80", len(asked), n)
	}
}

// TestTheWorkOfAKilledNodeIsTakenOver has work owned by a node that is no more.
func TestTheWorkOfAKilledNodeIsTakenOver(t *testing.T) {
	dsn := testpg.DSN(t)
	nodes := []*store.DB{node(t, dsn, store.Options{}), node(t, dsn, store.Options{})}
	statement(t, dsn, `INSERT INTO lease (workspace_id, name, owner, beat) VALUES (0, 'work', 'a node that was killed', 7)`)
	did := make([]int, 2)
	try := func(i int) bool {
		mine, err := nodes[i].Alone(t.Context(), "work", func(context.Context) error { did[i]++; return nil })
		if err != nil {
			t.Fatal(err)
		}
		return mine
	}
	if try(0) || try(1) {
		t.Fatal("taken from a node that may live")
	}
	until(t, "somebody has taken over", func() bool { return try(0) || try(1) })
	owner := 0
	if did[1] > 0 {
		owner = 1
	}
	for range 3 {
		if !try(owner) || try(1-owner) {
			t.Error("not one owner")
		}
	}
	// What is lost ends what is being done.
	mine, err := nodes[owner].Alone(t.Context(), "work", func(ctx context.Context) error {
		statement(t, dsn, `UPDATE lease SET owner = 'another', beat = beat + 1`)
		<-ctx.Done()
		return ctx.Err()
	})
	if mine || err != nil {
		t.Errorf("mine %v, error %v, after it was lost", mine, err)
	}
	if err := nodes[owner].Close(); err != nil {
		t.Error(err)
	}
}
