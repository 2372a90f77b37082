package rest_test

import (
	"context"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"
	"time"

	"lectern"
	"lectern/internal/app"
	"lectern/internal/store"
	"lectern/internal/testpg"
)

// nodes serves one PostgreSQL database by n servers, as n processes would.
func nodes(t *testing.T, n int, c app.Config) []*server {
	t.Helper()
	dsn := testpg.DSN(t)
	var all []*server
	for range n {
		c.Database = app.Place(dsn)
		h := open(t, c)
		srv := httptest.NewServer(h)
		t.Cleanup(srv.Close)
		all = append(all, &server{t: t, store: h.Store, url: srv.URL, secret: "token-of-all-nodes"})
	}
	ws, _, err := all[0].store.Setup(t.Context(), lectern.Setup{
		Locale: "en", Identifier: "help", Admin: lectern.Admin{Name: "Ada"}, Token: lectern.HashToken("token-of-all-nodes"),
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		s.by.Workspace = ws.ID
	}
	return all
}

// TestNodesHoldTheRateLimitTogether sends the requests of one token to two
// nodes, spread in different ways. Before the first refusal at least nine tenths
// of the limit are answered, and never more than all of it.
func TestNodesHoldTheRateLimitTogether(t *testing.T) {
	const perMinute, limit = 3000, 500
	c := &clock{now: time.Unix(1_800_000_000, 0)}
	both := nodes(t, 2, app.Config{Now: c.Now, RateLimit: perMinute})
	random := rand.New(rand.NewPCG(1, 1))
	for _, spread := range []struct {
		name string
		node func(i int) int
	}{
		{"all to one node", func(int) int { return 0 }},
		{"in turn", func(i int) int { return i % 2 }},
		{"by chance", func(int) int { return random.IntN(2) }},
		{"half to one, then all to the other", func(i int) int { return min(2*i/limit, 1) }},
		{"one in ten to the second", func(i int) int { return min(i%10, 1) ^ 1 }},
	} {
		t.Run(spread.name, func(t *testing.T) {
			c.now = c.now.Add(10 * time.Second)
			answered, refused := 0, 0
			for i := range 2 * limit {
				a := both[spread.node(i)].do("GET", "/me", nil)
				switch a.status {
				case http.StatusOK:
					answered++
				case http.StatusTooManyRequests:
					if refused++; refused == 1 && answered < limit*9/10 {
						t.Errorf("refused after %d of %d", answered, limit)
					}
				default:
					t.Fatalf("%d %s", a.status, a.raw)
				}
				left, err := strconv.Atoi(a.header.Get("X-RateLimit-Remaining"))
				if err != nil || left > limit-answered && refused == 0 && spread.name == "all to one node" {
					t.Errorf("%d remaining after %d, error %v", left, answered, err)
				}
			}
			if answered > limit {
				t.Errorf("%d answered, the limit is %d", answered, limit)
			}
		})
	}
}

func TestNodesAtOnceHoldTheRateLimit(t *testing.T) {
	const limit = 200
	c := &clock{now: time.Unix(1_800_000_000, 0)}
	all := nodes(t, 3, app.Config{Now: c.Now, RateLimit: 6 * limit})
	var mu sync.Mutex
	answered := 0
	var wg sync.WaitGroup
	for i := range 12 {
		wg.Go(func() {
			for range limit / 4 {
				if a := all[i%3].do("GET", "/me", nil); a.status == http.StatusOK {
					mu.Lock()
					answered++
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
	if answered > limit || answered < limit*9/10 {
		t.Errorf("%d were answered, the limit is %d", answered, limit)
	}
}

// TestARateLimitNeedsNoDatabase asks a node whose database is gone: it counts by
// itself and answers what it can.
func TestARateLimitNeedsNoDatabase(t *testing.T) {
	c := &clock{now: time.Unix(1_800_000_000, 0)}
	s := nodes(t, 1, app.Config{Now: c.Now, RateLimit: 60})[0]
	s.ok("GET", "/admins", nil)
	if err := s.store.Close(); err != nil {
		t.Fatal(err)
	}
	s.ok("GET", "/admins", nil) // kept
	for range 9 {
		s.do("GET", "/admins", nil)
	}
	s.do("GET", "/admins", nil).wants(t, http.StatusTooManyRequests, "rate_limit_exceeded", "")
}

// TestALeaseIsOfItsWindow takes for windows in any order: a node whose clock is
// behind takes from the newer one, and never brings back what was taken.
func TestALeaseIsOfItsWindow(t *testing.T) {
	db := nodes(t, 1, app.Config{})[0].store.(*store.DB)
	k := &lectern.Token{ID: 5, Workspace: 7}
	for i, take := range []struct {
		start             int64
		n, limit          int
		wantGot, wantLeft int
	}{
		{100, 3, 10, 3, 7},
		{100, 9, 10, 7, 0},
		{100, 1, 10, 0, 0},
		{90, 1, 10, 0, 0},
		{110, 4, 10, 4, 6},
		{100, 4, 10, 4, 2},
		{110, 4, 1, 0, 0}, // another node was given another limit
		{110, 4, 10, 2, 0},
		{120, 20, 10, 10, 0},
	} {
		got, left, err := db.LeaseRequests(context.Background(), k, time.Unix(take.start, 0), take.n, take.limit)
		if err != nil {
			t.Fatal(err)
		}
		if got != take.wantGot || left != take.wantLeft {
			t.Errorf("lease %d: %d, left %d, want %d and %d", i, got, left, take.wantGot, take.wantLeft)
		}
	}
}
