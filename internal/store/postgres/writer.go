package postgres

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"

	"lectern/internal/store/db"
)

const (
	// maxBatch and maxBatchTime bound what is committed together, so that the
	// first of many does not wait long for the last, nor other processes for
	// the lock.
	maxBatch     = 64
	maxBatchTime = 10 * time.Millisecond
	// maxTries is how often a batch runs that was lost without being committed.
	maxTries = 3
	// tryAgainAfter is the pause before the second try; it doubles.
	tryAgainAfter = 50 * time.Millisecond
	// writerLock is the advisory lock of whoever writes: the first eight letters
	// of "lectern\0" as a number.
	writerLock = 0x6c65637465726e00
)

// A writer runs the transactions of this process that change something, one
// after the other, on a connection of its own.
type writer struct {
	config *pgx.ConnConfig
	conn   *pgx.Conn // nil until needed, and after it broke
	name   string    // tells the writers of a database apart
	last   int64     // number of the last batch

	jobs chan *job
	done chan struct{} // closed when the last job is answered

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

func openWriter(config *pgx.ConnConfig) *writer {
	w := &writer{config: config, name: rand.Text(), jobs: make(chan *job, maxBatch), done: make(chan struct{})}
	go w.work()
	return w
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
		if j.claimed.CompareAndSwap(false, true) {
			w.batch(j)
		}
	}
	w.disconnect()
}

// batch runs a job, and those that wait behind it, and commits them together.
// If that is lost for a reason that passes, and surely was not committed, they
// run again.
func (w *writer) batch(first *job) {
	jobs := []*job{first}
	pause := tryAgainAfter
	for try := 1; ; try++ {
		var err error
		jobs, err = w.transact(jobs, maxBatch)
		if err == nil || try == maxTries || !passes(err) || errors.Is(err, errUnknown) {
			w.answerOrPart(jobs, err)
			return
		}
		w.disconnect()
		time.Sleep(pause)
		pause *= 2
	}
}

// answerOrPart tells the callers of a batch what became of it. If one statement
// made the server refuse a batch of many, each of them gets a batch of its own:
// one caller's mistake is not another's.
func (w *writer) answerOrPart(jobs []*job, err error) {
	if err == nil || len(jobs) == 1 || code(err) == "" || kind(err) != "" {
		answer(jobs, err)
		return
	}
	for _, j := range jobs {
		_, err := w.transact([]*job{j}, 1)
		answer([]*job{j}, err)
	}
}

// transact runs the given jobs, and as many more as wait, in one transaction. It
// returns all it has run, at most as many as said. An error means that nothing of them is stored, unless
// it is errUnknown.
func (w *writer) transact(jobs []*job, most int) ([]*job, error) {
	ctx := context.Background()
	if err := w.connect(ctx); err != nil {
		return jobs, err
	}
	s := &session{conn: w.conn, limit: statementTime}
	w.begin(s)
	end := time.Now().Add(maxBatchTime)
	for i := 0; ; i++ {
		if i == len(jobs) {
			next := w.next(most-i, end)
			if next == nil {
				break
			}
			jobs = append(jobs, next)
		}
		s.ctx = context.WithoutCancel(jobs[i].ctx)
		if err := runJob(s, jobs[i]); err != nil {
			w.rollBack()
			return jobs, err
		}
	}
	s.ctx = ctx
	if s.asked == 0 || !stored(jobs) {
		w.rollBack()
		return jobs, nil
	}
	return jobs, w.commit(s)
}

// begin opens a transaction with the first statement of the first job. The
// waiting for the lock is bounded, and so is how long a process that stands
// still can keep it.
func (w *writer) begin(s *session) {
	w.last++
	s.queue(`BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE`)
	s.queue(`SELECT set_config('lock_timeout', '10s', true), set_config('idle_in_transaction_session_timeout', '10s', true)`)
	s.queue(`SELECT pg_advisory_xact_lock($1)`, int64(writerLock))
	if w.last == 1 {
		s.queue(dropMarks)
	}
	s.queue(leaveMark, w.name, w.last)
	s.queue(`SAVEPOINT job`)
}

// next returns the next job of a batch, or nil if there is no room or time left,
// or no job waits.
func (w *writer) next(room int, end time.Time) *job {
	for room > 0 && time.Now().Before(end) {
		select {
		case j := <-w.jobs:
			if j == nil { // the channel is closed
				return nil
			}
			if j.claimed.CompareAndSwap(false, true) {
				return j
			}
		default:
			return nil
		}
	}
	return nil
}

// runJob runs a job so that only what it did is undone if it fails. An error of
// runJob means that the whole batch is lost.
func runJob(s *session, j *job) error {
	waiting, sent := len(s.ahead), s.sent
	j.err = guard(j.fn, s)
	switch {
	case s.lost != nil:
		return s.lost
	case j.err == nil:
		s.queue(`RELEASE SAVEPOINT job`)
		s.queue(`SAVEPOINT job`)
	case s.sent == sent:
		s.ahead = s.ahead[:waiting]
	default:
		s.ahead = s.ahead[:0]
		s.queue(`ROLLBACK TO SAVEPOINT job`)
	}
	return nil
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

// stored reports whether a job has something to commit.
func stored(jobs []*job) bool {
	for _, j := range jobs {
		if j.err == nil {
			return true
		}
	}
	return false
}

// rollBack ends a transaction without keeping anything of it.
func (w *writer) rollBack() {
	if w.conn.PgConn().TxStatus() == 'I' && !w.conn.IsClosed() {
		return // it has not begun
	}
	ctx, cancel := context.WithTimeout(context.Background(), connectTime)
	defer cancel()
	if _, err := w.conn.Exec(ctx, `ROLLBACK`); err != nil {
		w.disconnect()
	}
}

// answer tells the callers of a batch what became of it. If it was not
// committed, even what one of them refused may rest on what another one did.
func answer(jobs []*job, err error) {
	for _, j := range jobs {
		if err != nil {
			j.err = err
		}
		if j.err == nil {
			j.committed()
		}
		close(j.answer)
	}
}

// connect makes sure that there is a connection.
func (w *writer) connect(ctx context.Context) (err error) {
	if w.conn != nil && !w.conn.IsClosed() {
		return nil
	}
	w.conn, err = pgx.ConnectConfig(ctx, w.config)
	return err
}

func (w *writer) disconnect() {
	if w.conn != nil {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		w.conn.Close(ctx)
		w.conn = nil
	}
}

// close waits for the jobs handed over, and takes no more.
func (w *writer) close() {
	w.mu.Lock()
	if !w.closed {
		w.closed = true
		close(w.jobs)
	}
	w.mu.Unlock()
	<-w.done
}
