package app

import (
	"context"
	"time"
)

// Warm reads what can be searched into memory, so that no reader waits for it.
// Until that is done once, /readyz says that the installation is not ready.
func (a *App) Warm(ctx context.Context) error {
	err := a.Store.WarmSearch(ctx)
	if err == nil {
		a.warm.Store(true)
	}
	return err
}

// starting says what is still being done before the installation is ready, or "".
func (a *App) starting() string {
	if a.warm.Load() {
		return ""
	}
	return "the search is being read into memory"
}

// startWarming begins, and waits a moment: a small help center is ready when it
// returns. Wait returns once nothing is read any more.
func (a *App) startWarming(ctx context.Context) (wait func()) {
	const moment = 200 * time.Millisecond
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		a.keepWarming(ctx)
	}()
	select {
	case <-ended:
	case <-time.After(moment):
	}
	return func() { <-ended }
}

// keepWarming tries until it is done or ctx ends.
func (a *App) keepWarming(ctx context.Context) {
	const again = time.Second
	for ctx.Err() == nil {
		err := a.Warm(ctx)
		if err == nil {
			return
		}
		if ctx.Err() == nil {
			a.log.Warn("cannot read what can be searched; trying again", "error", err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(again):
		}
	}
}
