package rest

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"lectern"
)

// window is how long a rate limit counts before it starts anew; windows are
// fixed, at whole multiples of it.
const window = 10 * time.Second

// unlimited is what the headers say when there is no limit.
const unlimited = 1<<31 - 1

// leaseTime is how long a request may wait for the database to count it.
const leaseTime = time.Second

// Leases share the requests of a window out among the nodes of an installation.
type Leases interface {
	// LeaseRequests takes n of the requests that all nodes together may answer
	// for a token in the window that begins at start, or as many as are left of
	// limit. It returns how many it took, and how many are left then.
	LeaseRequests(ctx context.Context, t *lectern.Token, start time.Time, n, limit int) (granted, left int, err error)
}

// A limiter counts requests by token in fixed windows.
//
// Where there are several nodes, each takes some requests at a time from a count
// in the database: one, and a tenth of what it has used in the window so far. So
// the nodes together never answer more than the limit; and when one refuses a
// request, the others hold unused less than a tenth of what they answered. A
// node asks the database some sixty times for a thousand requests.
type limiter struct {
	perWindow int    // zero is no limit
	leases    Leases // nil if this process is the only one
	log       *slog.Logger

	said atomic.Pointer[said]

	mu    sync.Mutex
	start int64 // of the window counted, in Unix seconds; guarded by mu
	used  map[lectern.TokenID]*usage
}

// A usage is what this process has of one token's requests in one window.
type usage struct {
	mu    sync.Mutex
	used  int
	held  int // taken and not used
	left  int // for all, when some were taken last
	spent bool
}

// perWindow is a limit by the minute as one by the window, at least 1; zero
// stays zero.
func perWindow(perMinute int) int {
	if perMinute == 0 {
		return 0
	}
	return max(1, perMinute/int(time.Minute/window))
}

// take counts a request and writes the three headers. It returns an error when
// the token's limit is used up.
func (l *limiter) take(ctx context.Context, t *lectern.Token, now time.Time, h http.Header) error {
	start := now.Truncate(window)
	left := unlimited
	if l.perWindow > 0 {
		left = l.of(t, start.Unix()).take(ctx, l, t, start)
	}
	said := l.saidOf(start)
	h["X-Ratelimit-Limit"], h["X-Ratelimit-Reset"] = said.limit, said.reset
	h["X-Ratelimit-Remaining"] = []string{strconv.Itoa(max(left, 0))}
	if left < 0 {
		h["Retry-After"] = []string{strconv.Itoa(int(start.Add(window).Sub(now)/time.Second) + 1)}
		return errTooMany
	}
	return nil
}

// said are the headers that all answers of a window share.
type said struct {
	start        time.Time
	limit, reset []string
}

func (l *limiter) saidOf(start time.Time) *said {
	now := l.said.Load()
	if now == nil || !now.start.Equal(start) {
		limit := cmp.Or(l.perWindow, unlimited)
		now = &said{start, []string{strconv.Itoa(limit)}, []string{strconv.FormatInt(start.Add(window).Unix(), 10)}}
		l.said.Store(now)
	}
	return now
}

// of is the usage of a token in the window that begins at start.
func (l *limiter) of(t *lectern.Token, start int64) *usage {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.start != start || l.used == nil {
		l.start, l.used = start, map[lectern.TokenID]*usage{}
	}
	u := l.used[t.ID]
	if u == nil {
		u = &usage{}
		if l.leases == nil {
			u.held, u.spent = l.perWindow, true // all of it, and there is no more
		}
		l.used[t.ID] = u
	}
	return u
}

// take uses one request and returns how many are left for all, or -1 if there
// was none.
func (u *usage) take(ctx context.Context, l *limiter, t *lectern.Token, start time.Time) int {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.held == 0 && !u.spent {
		u.lease(ctx, l, t, start)
	}
	if u.held == 0 {
		return -1
	}
	u.held--
	u.used++
	return u.left + u.held
}

// lease takes more requests. If the database does not answer, the node counts
// alone for the rest of the window: a request that needs the database fails by
// itself, and one that is answered without it does no harm.
func (u *usage) lease(ctx context.Context, l *limiter, t *lectern.Token, start time.Time) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), leaseTime)
	defer cancel()
	n := 1 + u.used/10
	granted, left, err := l.leases.LeaseRequests(ctx, t, start, n, l.perWindow)
	if err != nil {
		l.log.Warn("cannot count requests together with other nodes", "token", t.ID, "error", err)
		u.held, u.left, u.spent = l.perWindow-u.used, 0, true
		return
	}
	u.held, u.left, u.spent = granted, left, left == 0
}
