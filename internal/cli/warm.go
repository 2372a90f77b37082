package cli

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	"lectern/internal/store"
)

// A warming reads what can be searched into memory when a server starts, so that
// no reader waits for it. Until then the server is not ready.
type warming struct {
	db   *store.DB
	log  *slog.Logger
	done atomic.Bool
}

func newWarming(db *store.DB, log *slog.Logger) *warming { return &warming{db: db, log: log} }

// start begins, and waits a moment: a small help center is ready when start
// returns. Wait returns once ctx has ended and nothing is read any more.
func (w *warming) start(ctx context.Context) (wait func()) {
	const moment = 200 * time.Millisecond
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		w.read(ctx)
	}()
	select {
	case <-ended:
	case <-time.After(moment):
	}
	return func() { <-ended }
}

// read reads until it is done or ctx ends.
func (w *warming) read(ctx context.Context) {
	const again = time.Second
	for ctx.Err() == nil {
		err := w.db.WarmSearch(ctx)
		if err == nil {
			w.done.Store(true)
			return
		}
		if ctx.Err() == nil {
			w.log.Warn("cannot read what can be searched; trying again", "error", err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(again):
		}
	}
}

// doing says what is still being done, or "".
func (w *warming) doing() string {
	if w.done.Load() {
		return ""
	}
	return "the search is being read into memory"
}
