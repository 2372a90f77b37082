package hall

import (
	"context"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

const (
	// defaultTimeout is how long making an answer may take.
	defaultTimeout = 30 * time.Second
	// bodyTime is how much longer a request may take whose body has to arrive
	// first; the server waits as long for that.
	bodyTime = time.Minute
)

// timeFor is how long a request may take in all.
func (h *Hall) timeFor(r *http.Request) time.Duration {
	if r.ContentLength == 0 {
		return h.Timeout
	}
	return h.Timeout + bodyTime
}

type exchangeKey struct{}

// A deadline is the context of a request. Nearly every answer is a kept one and
// is sent before anybody waits for the deadline; so the timer is started by the
// first who asks for Done.
type deadline struct {
	parent   context.Context
	at       time.Time
	exchange *Exchange

	start sync.Once
	timed atomic.Pointer[timedContext]
}

type timedContext struct {
	context.Context
	cancel context.CancelFunc
}

func (d *deadline) Deadline() (time.Time, bool) {
	if at, ok := d.parent.Deadline(); ok && at.Before(d.at) {
		return at, true
	}
	return d.at, true
}

func (d *deadline) Done() <-chan struct{} {
	d.start.Do(func() {
		ctx, cancel := context.WithDeadline(d.parent, d.at)
		d.timed.Store(&timedContext{ctx, cancel})
	})
	return d.timed.Load().Done()
}

func (d *deadline) Err() error {
	if t := d.timed.Load(); t != nil {
		return t.Err()
	}
	if err := d.parent.Err(); err != nil {
		return err
	}
	if !time.Now().Before(d.at) {
		return context.DeadlineExceeded
	}
	return nil
}

func (d *deadline) Value(key any) any {
	if key == (exchangeKey{}) {
		return d.exchange
	}
	if t := d.timed.Load(); t != nil {
		return t.Value(key)
	}
	return d.parent.Value(key)
}

// end stops the timer, if there is one: the request is answered.
func (d *deadline) end() {
	if t := d.timed.Load(); t != nil {
		t.cancel()
	}
}
