package worker_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"lectern/internal/worker"
)

var silent = slog.New(slog.DiscardHandler)

// reaches waits until a number is at least n.
func reaches(t *testing.T, number *atomic.Int64, n int64) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); number.Load() < n; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%d after ten seconds, want %d", number.Load(), n)
		}
	}
}

func TestAJobIsDoneWhileThereIsMoreAndThenRests(t *testing.T) {
	var left, calls atomic.Int64
	left.Store(5)
	stop := worker.Start(t.Context(), silent, worker.Job{Every: time.Hour, Do: func(context.Context) (bool, error) {
		calls.Add(1)
		return left.Add(-1) > 0, nil
	}})
	defer stop()
	reaches(t, &calls, 5)
	time.Sleep(20 * time.Millisecond)
	if n := calls.Load(); n != 5 {
		t.Errorf("%d calls for five pieces of work", n)
	}
}

func TestARestEndsAfterItsTimeOrWhenWoken(t *testing.T) {
	var often, woken atomic.Int64
	wake := make(chan struct{}, 1)
	count := func(n *atomic.Int64) func(context.Context) (bool, error) {
		return func(context.Context) (bool, error) { n.Add(1); return false, nil }
	}
	stop := worker.Start(t.Context(), silent,
		worker.Job{Every: time.Millisecond, Do: count(&often)}, worker.Job{Every: time.Hour, Wake: wake, Do: count(&woken)})
	defer stop()
	reaches(t, &often, 10)
	for i := range int64(3) {
		reaches(t, &woken, i+1)
		if n := woken.Load(); n != i+1 {
			t.Fatalf("%d calls after it was woken %d times", n, i)
		}
		wake <- struct{}{}
	}
}

func TestAJobThatFailsIsLoggedAndRests(t *testing.T) {
	var log bytes.Buffer
	var calls atomic.Int64
	stop := worker.Start(t.Context(), slog.New(slog.NewTextHandler(&log, nil)), worker.Job{Name: "chores", Do: func(context.Context) (bool, error) {
		calls.Add(1)
		return true, errors.New("broken")
	}})
	reaches(t, &calls, 1)
	time.Sleep(50 * time.Millisecond)
	start := time.Now()
	stop()
	if n := calls.Load(); n != 1 {
		t.Errorf("%d tries within a moment", n)
	}
	if took := time.Since(start); took > time.Second {
		t.Errorf("it took %v to stop", took)
	}
	if !strings.Contains(log.String(), "chores") || !strings.Contains(log.String(), "broken") {
		t.Errorf("logged: %s", log.String())
	}
}

func TestStopWaitsForWhatIsBeingDone(t *testing.T) {
	var begun, done atomic.Int64
	stop := worker.Start(t.Context(), silent, worker.Job{Do: func(ctx context.Context) (bool, error) {
		begun.Add(1)
		<-ctx.Done()
		time.Sleep(20 * time.Millisecond)
		done.Add(1)
		return true, ctx.Err()
	}})
	reaches(t, &begun, 1)
	stop()
	if begun.Load() != 1 || done.Load() != 1 {
		t.Errorf("begun %d, done %d", begun.Load(), done.Load())
	}
}

// TestAJobOfOneProcessIsDoneWhereItIsOwned takes a job from a process and gives
// it back. The job would rest for an hour in between.
func TestAJobOfOneProcessIsDoneWhereItIsOwned(t *testing.T) {
	var mine atomic.Bool
	var asked, done atomic.Int64
	stop := worker.Start(t.Context(), silent, worker.Job{
		Name: "work", Every: time.Hour,
		Alone: func(ctx context.Context, name string, do func(context.Context) error) (bool, error) {
			asked.Add(1)
			if name != "work" || !mine.Load() {
				return false, nil
			}
			return true, do(ctx)
		},
		Do: func(context.Context) (bool, error) { done.Add(1); return done.Load() < 3, nil },
	})
	defer stop()
	reaches(t, &asked, 2)
	if n := done.Load(); n != 0 {
		t.Errorf("done %d times by a process that is not the one", n)
	}
	mine.Store(true)
	reaches(t, &done, 3)
}
