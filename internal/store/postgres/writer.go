package postgres

import (
	"context"
	"crypto/rand"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"lectern"
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
	// maxOrdered and maxUnordered are how many connections either way of writing
	// has at most: so many workspaces can be held up before others are.
	maxOrdered   = 8
	maxUnordered = 4
)

// writers are one of the two ways to write: some connections, each of which runs
// the transactions of one workspace at a time.
type writers struct {
	*db.Queue
	config  *pgx.ConnConfig
	ordered bool
	news    func(lectern.WorkspaceID) // is told of commits
}

// openWriters opens connections when they are needed.
func openWriters(config *pgx.ConnConfig, ordered bool, news func(lectern.WorkspaceID)) *writers {
	w := &writers{config: config, ordered: ordered, news: news}
	most := maxUnordered
	if ordered {
		most = maxOrdered
	}
	w.Queue = db.NewQueue(most, errClosed, func(take func() *db.Batch) {
		one := &writer{writers: w, name: rand.Text()}
		for b := take(); b != nil; b = take() {
			one.batch(b)
			b.Done()
		}
		one.disconnect()
	})
	return w
}

// A writer is one of the connections.
type writer struct {
	*writers
	conn *pgx.Conn // nil until needed, and after it broke
	name string    // tells the writers of a database apart
	last int64     // number of the last batch
}

// batch runs jobs that wait, and commits them together. If that is lost for a
// reason that passes, and surely was not committed, they run again.
func (w *writer) batch(b *db.Batch) {
	first := b.Next()
	if first == nil {
		return
	}
	jobs := []*db.Job{first}
	pause := tryAgainAfter
	for try := 1; ; try++ {
		var err error
		jobs, err = w.transact(b, jobs, maxBatch)
		if err == nil || try == maxTries || !passes(err) || errors.Is(err, errUnknown) {
			w.answerOrPart(b, jobs, err)
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
func (w *writer) answerOrPart(b *db.Batch, jobs []*db.Job, err error) {
	if err == nil || len(jobs) == 1 || code(err) == "" || kind(err) != "" {
		db.Answer(jobs, err)
		return
	}
	for _, j := range jobs {
		_, err := w.transact(b, []*db.Job{j}, 1)
		db.Answer([]*db.Job{j}, err)
	}
}

// transact runs the given jobs, and as many more as wait, in one transaction. It
// returns all it has run, at most as many as said. An error means that nothing
// of them is stored, unless it is errUnknown.
func (w *writer) transact(b *db.Batch, jobs []*db.Job, most int) ([]*db.Job, error) {
	ctx := context.Background()
	if err := w.connect(ctx); err != nil {
		return jobs, err
	}
	s := &session{conn: w.conn, limit: statementTime}
	w.begin(s, b.Workspace)
	end := time.Now().Add(maxBatchTime)
	for i := 0; ; i++ {
		if i == len(jobs) {
			if i >= most || time.Now().After(end) {
				break
			}
			next := b.Next()
			if next == nil {
				break
			}
			jobs = append(jobs, next)
		}
		s.ctx = context.WithoutCancel(jobs[i].Ctx)
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
	err := w.commit(s)
	if err == nil && w.ordered {
		w.news(b.Workspace)
	}
	return jobs, err
}

// begin opens a transaction with the first statement of the first job. The
// waiting for locks is bounded, and so is how long a process that stands still
// can keep them.
func (w *writer) begin(s *session, ws lectern.WorkspaceID) {
	w.last++
	s.queue(`BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE`)
	s.queue(`SELECT set_config('lock_timeout', '10s', true), set_config('idle_in_transaction_session_timeout', '10s', true)`)
	if w.ordered {
		s.queue(shareInstallation, int64(installationLock))
		s.queue(lockWorkspace, int64(workspaceLocks), lockOf(ws))
	}
	if w.last == 1 {
		s.queue(dropMarks)
	}
	s.queue(leaveMark, w.name, w.last)
	s.queue(`SAVEPOINT job`)
}

// runJob runs a job so that only what it did is undone if it fails. An error of
// runJob means that the whole batch is lost.
func runJob(s *session, j *db.Job) error {
	waiting, sent := len(s.ahead), s.sent
	j.Run(s)
	switch {
	case s.lost != nil:
		return s.lost
	case j.Err == nil:
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

// stored reports whether a job has something to commit.
func stored(jobs []*db.Job) bool {
	for _, j := range jobs {
		if j.Err == nil {
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
