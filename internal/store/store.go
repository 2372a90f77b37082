// Package store keeps everything lectern.Store promises in an SQL database.
//
// Every statement is here once, as text, next to the Go that reads it: in the
// file of its noun, in the SQL that SQLite and PostgreSQL share. What they do
// differently is behind [db.Engine]: opening, schema, meaning of errors and
// commits. internal/store/sqlite and internal/store/postgres are such engines;
// internal/store/storetest says, as tests, what a store with any engine does.
//
// A method that changes something is one function run by DB.write: it takes
// the IDs it needs from the counter, checks and changes rows, and records the
// events. The engine commits; then watchers hear of the events; then the
// caller gets its answer.
package store

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"lectern"
	"lectern/internal/store/db"
	"lectern/internal/store/find"
)

// Options are what a store needs from its surroundings. The zero value works.
type Options struct {
	Now    func() time.Time // the clock; nil is time.Now
	Logger *slog.Logger     // for what no caller can be told; nil is slog.Default

	// ReadOnly opens a database that is there and changes nothing in it: its
	// schema must be the program's, and every change is refused with db.ErrReadOnly.
	ReadOnly bool
}

// A DB is a lectern.Store on an Engine.
type DB struct {
	db     *db.Database
	now    func() time.Time
	log    *slog.Logger
	watch  watch        // of events
	find   *find.Finder // of content
	counts counts
	owners owners // of work that one process does

	stop  context.CancelFunc // ends the watching of other processes
	work  sync.WaitGroup
	close func() error
}

var _ lectern.Store = (*DB)(nil)

// Open brings the schema of the engine's database up to date and returns the
// store on it. The store owns the engine; if Open fails, the engine is closed.
func Open(ctx context.Context, e db.Engine, o Options) (*DB, error) {
	d := &DB{db: &db.Database{Engine: e}, now: o.Now, log: o.Logger}
	if d.now == nil {
		d.now = time.Now
	}
	if d.log == nil {
		d.log = slog.Default()
	}
	d.db.Bounded = d.bounded
	d.close = sync.OnceValue(func() error {
		d.stop()
		d.work.Wait()
		return errors.Join(d.flushLast(), d.release(), e.Close())
	})
	prepare := db.Migrate
	if o.ReadOnly {
		prepare = db.IsMigrated
	}
	err := prepare(ctx, e, d.now())
	d.find = find.New(d.db, find.Options{
		Now: d.now, Logger: d.log, Workspaces: d.watch.workspaces, LastEvent: d.LastEvent, Tick: tick, Alone: d.Alone,
	})
	d.Watch(d.find.Forget)
	if err == nil {
		err = d.startWatch(ctx)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open database: %w", err), e.Close())
	}
	return d, nil
}

// Close waits for what is under way and closes the database. Closing it again
// does nothing.
func (d *DB) Close() error { return d.close() }

// A tx is a transaction that changes something.
type tx struct {
	db.Conn
	by      lectern.Actor
	now     time.Time // one time for the whole change; whole seconds
	at      time.Time // the same to the millisecond, for events
	reading *reading
	find    *find.Finder
	learned []find.Words // that the database did not have

	spare    []lectern.EventID // IDs taken and not used yet
	previous point             // where the workspace's events were before this transaction
	last     point             // where they are with it
	events   []lectern.Event
}

// Unwrap implements db.Wrapper.
func (t *tx) Unwrap() db.Conn { return t.Conn }

// do runs a statement whose number of rows is of no interest; see [db.Later].
func (t *tx) do(text string, args ...any) error { return db.Later(t.Conn, text, args...) }

// write runs fn in a transaction on behalf of by, who must have the right. It may
// run fn again after a lost race, or once long texts are read, so fn sets what it
// leaves behind, and adds to nothing.
func (d *DB) write(ctx context.Context, by lectern.Actor, right lectern.Rights, doing string, fn func(*tx) error) error {
	if err := by.Need(right); err != nil {
		return d.db.Fault(ctx, doing, err)
	}
	reading := &reading{}
	for races := 0; ; {
		var t *tx
		err := d.db.Engine.Write(ctx, by.Workspace, func(c db.Conn) error {
			now := d.now().UTC()
			t = &tx{
				Conn: db.Checked(c), by: by, reading: reading, find: d.find,
				now: now.Truncate(time.Second), at: now.Truncate(time.Millisecond),
			}
			reading.unread = nil
			if err := fn(t); err != nil {
				return err
			}
			if len(reading.unread) > 0 {
				return errUnread
			}
			return nil
		}, func() {
			d.find.Learn(t.learned)
			d.deliver(t)
		})
		switch {
		case errors.Is(err, errUnread):
			reading.catchUp()
		case err == nil || !d.db.Engine.Retry(err) || races == db.MaxRaces || ctx.Err() != nil:
			return d.db.Fault(ctx, doing, err)
		default:
			races++
		}
	}
}
