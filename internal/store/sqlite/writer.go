package sqlite

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"lectern"
	"lectern/internal/store/db"
)

const (
	// maxBatch and maxBatchTime bound what is committed together, so that the
	// first of many does not wait long for the last.
	maxBatch     = 64
	maxBatchTime = 5 * time.Millisecond
)

// errClosed answers who comes after Close.
var errClosed = &lectern.Error{Kind: lectern.Unavailable, Text: "The database is closed."}

// A writer runs the transactions that change something, one after the other.
type writer struct {
	conn   *conn
	file   *dbFile
	health *health
	jobs   chan *job
	batch  time.Duration // maxBatchTime
	done   chan struct{} // closed when the last job is answered

	mu     sync.RWMutex // held for reading while a job is handed over
	closed bool
}

// A job is a transaction that waits for the writer.
type job struct {
	ctx       context.Context
	fn        func(db.Conn) error
	committed func()
	claimed   atomic.Bool // by the writer to run it, or by its caller to go away
	err       error
	answer    chan struct{} // closed when err is final
}

// openWriter opens the connection for writing and starts the goroutine.
func openWriter(ctx context.Context, uri string, file *dbFile, health *health) (*writer, error) {
	c, err := connect(ctx, uri, "busy_timeout(5000)", "journal_mode(WAL)", "synchronous(FULL)",
		"foreign_keys(1)", "cache_size(-16384)", "journal_size_limit(67108864)", "analysis_limit(400)")
	if err != nil {
		return nil, err
	}
	w := &writer{conn: c, file: file, health: health, jobs: make(chan *job, maxBatch), batch: maxBatchTime, done: make(chan struct{})}
	go w.work()
	return w, nil
}

// Write implements db.Engine. A transaction that waits goes away with its
// context; one that has begun is finished.
func (w *writer) Write(ctx context.Context, fn func(db.Conn) error, committed func()) error {
	j := &job{ctx: ctx, fn: fn, committed: committed, answer: make(chan struct{})}
	if err := w.hand(j); err != nil {
		return err
	}
	select {
	case <-j.answer:
	case <-ctx.Done():
		if j.claimed.CompareAndSwap(false, true) {
			return ctx.Err()
		}
		<-j.answer
	}
	return j.err
}

// hand gives a job to the writer.
func (w *writer) hand(j *job) error {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if w.closed {
		return errClosed
	}
	select {
	case w.jobs <- j:
		return nil
	case <-j.ctx.Done():
		return j.ctx.Err()
	}
}

// work runs jobs until there will be no more.
func (w *writer) work() {
	defer close(w.done)
	for j := range w.jobs {
		w.run(j)
	}
}

// run runs a job, and those that wait behind it, and commits them together.
func (w *writer) run(first *job) {
	var ran []*job
	var failure error // of a job
	err := w.file.here()
	if err == nil {
		err = w.conn.run("BEGIN IMMEDIATE")
	}
	if err != nil {
		w.health.wrote(err)
		if first.claimed.CompareAndSwap(false, true) {
			first.err = err
			close(first.answer)
		}
		return
	}
	end := time.Now().Add(w.batch)
	for j := first; j != nil; j = w.next(len(ran), end) {
		if !j.claimed.CompareAndSwap(false, true) {
			continue
		}
		ran = append(ran, j)
		err = w.runJob(j)
		if failure == nil {
			failure = j.err
		}
		if err != nil {
			break
		}
	}
	if err == nil {
		err = w.conn.run("COMMIT")
	}
	if err == nil {
		// What went into files that were removed meanwhile is not kept.
		err = w.file.here()
	}
	if failure == nil {
		failure = err
	}
	w.health.wrote(failure)
	if err != nil {
		// Perhaps SQLite has rolled back already; that is no news then.
		_ = w.conn.run("ROLLBACK")
	}
	answer(ran, err)
}

// next returns the next job of a batch, or nil if the batch is full or no job waits.
func (w *writer) next(ran int, end time.Time) *job {
	if ran >= maxBatch || time.Now().After(end) {
		return nil
	}
	select {
	case j := <-w.jobs:
		return j // nil once the channel is closed
	default:
		return nil
	}
}

// answer tells the callers of a batch what became of it. If it was not
// committed, even what one of them refused may rest on what another one did.
func answer(ran []*job, err error) {
	for _, j := range ran {
		if err != nil {
			j.err = err
		}
		if j.err == nil {
			j.committed()
		}
		close(j.answer)
	}
}

// runJob runs a job so that only what it did is undone if it fails. An error
// of runJob means that the whole batch is lost.
func (w *writer) runJob(j *job) error {
	if err := w.conn.run("SAVEPOINT job"); err != nil {
		return err
	}
	// A statement that is interrupted rolls back the batch, so none ever is.
	j.err = guard(j.fn, session{w.conn, context.WithoutCancel(j.ctx)})
	if j.err != nil {
		if err := w.conn.run("ROLLBACK TO job"); err != nil {
			return errors.Join(j.err, err)
		}
	}
	return w.conn.run("RELEASE job")
}

// guard runs fn and turns a panic into an error: one caller's mistake must not
// take the store from all others.
func guard(fn func(db.Conn) error, c db.Conn) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic in a transaction: %v\n%s", p, debug.Stack())
		}
	}()
	return fn(c)
}

// drain waits for the jobs handed over, and takes no more.
func (w *writer) drain() {
	w.mu.Lock()
	if !w.closed {
		w.closed = true
		close(w.jobs)
	}
	w.mu.Unlock()
	<-w.done
}

// close leaves a file that needs no recovery.
func (w *writer) close() error {
	w.drain()
	return errors.Join(w.conn.run("PRAGMA wal_checkpoint(TRUNCATE)"), w.conn.close())
}
