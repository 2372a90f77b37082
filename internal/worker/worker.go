// Package worker does what is due without anybody waiting for it: scheduled
// publications, the items of bulk actions.
//
// What is to be done is in the store, and each piece is claimed by the
// transaction that does it. So a worker keeps nothing to itself: it can be
// stopped or killed at any time, and several processes may work on one store.
// What would be done twice for nothing, one of them does alone.
package worker

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// afterFault is how long a job rests when something went wrong.
const afterFault = 5 * time.Second

// lookEvery is how often a process looks whether a job has become its own.
const lookEvery = time.Second

// A Job is done again and again.
type Job struct {
	Name  string          // for the log
	Every time.Duration   // how long it rests when there was nothing to do
	Wake  <-chan struct{} // ends its rest; nil for none
	// Alone runs a function if this process is the one that does the job of a
	// name, and reports whether it is; nil for a job that every process does.
	Alone func(ctx context.Context, name string, do func(context.Context) error) (bool, error)
	// Do does something that is due, and reports whether there may be more.
	Do func(ctx context.Context) (bool, error)
}

// Start does jobs, each by itself, until ctx ends or stop is called. Stop
// returns when what was being done is done.
func Start(ctx context.Context, log *slog.Logger, jobs ...Job) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	var group sync.WaitGroup
	for _, j := range jobs {
		group.Go(func() { j.run(ctx, log) })
	}
	return func() {
		cancel()
		group.Wait()
	}
}

// run does the job until ctx ends.
func (j Job) run(ctx context.Context, log *slog.Logger) {
	for ctx.Err() == nil {
		mine, more, err := j.do(ctx)
		switch {
		case err != nil && ctx.Err() == nil:
			log.Error("a job failed and will be tried again", "job", j.Name, "after", afterFault.String(), "error", err)
			rest(ctx, afterFault, nil)
		case !mine:
			rest(ctx, min(j.Every, lookEvery), j.Wake)
		case !more:
			rest(ctx, j.Every, j.Wake)
		}
	}
}

// do does the job once, if it is this process's.
func (j Job) do(ctx context.Context) (mine, more bool, err error) {
	if j.Alone == nil {
		more, err = j.Do(ctx)
		return true, more, err
	}
	mine, err = j.Alone(ctx, j.Name, func(ctx context.Context) (err error) {
		more, err = j.Do(ctx)
		return err
	})
	return mine, more, err
}

// rest waits until it is over, is woken or ctx ends.
func rest(ctx context.Context, d time.Duration, wake <-chan struct{}) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	case <-wake:
	}
}
