package differential_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"lectern"
	"lectern/internal/store"
	"lectern/internal/testpg"
)

// behind returns the URL of a fresh database by way of PgBouncer in transaction
// mode, where each transaction has another connection of four.
func behind(t *testing.T) string {
	t.Helper()
	c := testpg.Start(t, testpg.Options{Fast: true})
	return c.Pooler(t).Of(t, c.Database(t)) + "?default_query_exec_mode=exec"
}

func TestAPoolerChangesNoAnswer(t *testing.T) {
	w := &twin{TB: t, clock: &clock{at: time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)}}
	w.nodes = []*node{
		serve(t, "SQLite", openSQLite(t, t.TempDir(), w.clock.now), w.clock.now),
		serve(t, "PgBouncer", openPostgres(t, behind(t), w.clock.now), w.clock.now),
	}
	w.setUp()
	s := newStory(w, 11)
	for range 100 {
		s.step()
		s.read()
		s.read()
	}
	s.all()
}

// TestNodesBehindAPoolerLoseNothing writes through two stores at once. Each hears
// of every change, in the order of their IDs, though LISTEN does not get through.
func TestNodesBehindAPoolerLoseNothing(t *testing.T) {
	const writers, each = 4, 10
	dsn := behind(t)
	stores := []*store.DB{openPostgres(t, dsn, time.Now), openPostgres(t, dsn, time.Now)}
	by := setUp(t, stores[0])
	var mu sync.Mutex
	heard := make([][]lectern.EventID, len(stores))
	for i, db := range stores {
		db.Watch(func(events []lectern.Event) {
			mu.Lock()
			defer mu.Unlock()
			for _, e := range events {
				if e.Kind == lectern.TagCreated {
					heard[i] = append(heard[i], e.ID)
				}
			}
		})
	}
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for n := range each {
				if _, err := stores[w%2].AddTag(t.Context(), by, fmt.Sprint("tag ", w, " ", n)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
		mu.Lock()
		done := len(heard[0]) >= writers*each && len(heard[1]) >= writers*each
		mu.Unlock()
		if done || time.Now().After(deadline) {
			break
		}
	}
	if len(heard[0]) != writers*each || !slices.Equal(heard[0], heard[1]) || !slices.IsSorted(heard[0]) {
		t.Errorf("heard of\n%d and\n%d", heard[0], heard[1])
	}
}
