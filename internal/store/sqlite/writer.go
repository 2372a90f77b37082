package sqlite

import (
	"context"
	"errors"
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

// A writer runs the transactions that change something, one after the other: a
// file has one writer. What needs no order takes turns with what does.
type writer struct {
	*db.Queue
	conn   *conn
	file   *dbFile
	health *health
	batch  time.Duration // maxBatchTime
}

// ordered and unordered are the two lanes of the queue, for all workspaces.
const (
	ordered   lectern.WorkspaceID = 0
	unordered lectern.WorkspaceID = 1
)

// openWriter opens the connection for writing.
func openWriter(ctx context.Context, uri string, file *dbFile, health *health) (*writer, error) {
	c, err := connect(ctx, uri, "busy_timeout(5000)", "journal_mode(WAL)", "synchronous(FULL)",
		"foreign_keys(1)", "cache_size(-16384)", "journal_size_limit(67108864)", "analysis_limit(400)")
	if err != nil {
		return nil, err
	}
	w := &writer{conn: c, file: file, health: health, batch: maxBatchTime}
	w.Queue = db.NewQueue(1, errClosed, func(take func() *db.Batch) {
		for b := take(); b != nil; b = take() {
			w.run(b)
			b.Done()
		}
	})
	return w, nil
}

// run runs jobs that wait, and commits them together.
func (w *writer) run(b *db.Batch) {
	first := b.Next()
	if first == nil {
		return
	}
	var ran []*db.Job
	var failure error // of a job
	err := w.file.here()
	if err == nil {
		err = w.conn.run("BEGIN IMMEDIATE")
	}
	if err != nil {
		w.health.wrote(err)
		db.Answer([]*db.Job{first}, err)
		return
	}
	end := time.Now().Add(w.batch)
	for j := first; j != nil; {
		ran = append(ran, j)
		err = w.runJob(j)
		if failure == nil {
			failure = j.Err
		}
		if err != nil || len(ran) >= maxBatch || time.Now().After(end) {
			break
		}
		j = b.Next()
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
	db.Answer(ran, err)
}

// runJob runs a job so that only what it did is undone if it fails. An error
// of runJob means that the whole batch is lost.
func (w *writer) runJob(j *db.Job) error {
	if err := w.conn.run("SAVEPOINT job"); err != nil {
		return err
	}
	// A statement that is interrupted rolls back the batch, so none ever is.
	j.Run(session{w.conn, context.WithoutCancel(j.Ctx)})
	if j.Err != nil {
		if err := w.conn.run("ROLLBACK TO job"); err != nil {
			return errors.Join(j.Err, err)
		}
	}
	return w.conn.run("RELEASE job")
}

// close waits for the jobs handed over, and leaves a file that needs no recovery.
func (w *writer) close() error {
	w.Queue.Close()
	return errors.Join(w.conn.run("PRAGMA wal_checkpoint(TRUNCATE)"), w.conn.close())
}
