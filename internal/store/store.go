// Package store keeps everything lectern.Store promises in an SQL database.
//
// Every statement is here once, as text, next to the Go that reads it: in the
// file of its noun, in the SQL that SQLite and PostgreSQL share. What they do
// differently is behind [Engine]: opening, schema, meaning of errors, commits
// and the words of full text. internal/store/sqlite is such an engine;
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
)

// Options are what a store needs from its surroundings. The zero value works.
type Options struct {
	Now    func() time.Time // the clock; nil is time.Now
	Logger *slog.Logger     // for what no caller can be told; nil is slog.Default
}

// A DB is a lectern.Store on an Engine.
type DB struct {
	engine  Engine
	now     func() time.Time
	log     *slog.Logger
	watch   watch
	anchors anchorCache

	stop  context.CancelFunc // ends the watching of other processes
	work  sync.WaitGroup
	close func() error
}

var _ lectern.Store = (*DB)(nil)

// Open brings the schema of the engine's database up to date and returns the
// store on it. The store owns the engine; if Open fails, the engine is closed.
func Open(ctx context.Context, e Engine, o Options) (*DB, error) {
	d := &DB{engine: e, now: o.Now, log: o.Logger}
	if d.now == nil {
		d.now = time.Now
	}
	if d.log == nil {
		d.log = slog.Default()
	}
	d.close = sync.OnceValue(func() error {
		d.stop()
		d.work.Wait()
		return e.Close()
	})
	err := migrate(ctx, e, d.now())
	if err == nil {
		err = d.startWatch(ctx)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open database: %w", err), e.Close())
	}
	return d, nil
}

// Ping returns nil if the store can answer.
func (d *DB) Ping(ctx context.Context) error {
	return d.read(ctx, "ping", func(c Conn) error {
		_, err := exists(c, `SELECT value FROM counter WHERE workspace_id = 0`)
		return err
	})
}

// Close waits for what is under way and closes the database. Closing it again
// does nothing.
func (d *DB) Close() error { return d.close() }

// read runs fn on one state of the database. Doing says what for, for errors.
func (d *DB) read(ctx context.Context, doing string, fn func(Conn) error) error {
	return d.fault(ctx, doing, d.engine.Read(ctx, fn))
}

// A tx is a transaction that changes something.
type tx struct {
	Conn
	engine  Engine
	by      lectern.Actor
	now     time.Time // one time for the whole change; whole seconds
	at      time.Time // the same to the millisecond, for events
	reading *reading

	spare    []lectern.EventID // IDs taken and not used yet
	previous lectern.EventID   // the last event ID given before this transaction's first
	last     lectern.EventID   // the last given to this transaction
	events   []lectern.Event
}

// write runs fn in a transaction on behalf of by. It may run fn again after a
// lost race, or once long texts are read, so fn sets what it leaves behind, and
// adds to nothing.
func (d *DB) write(ctx context.Context, by lectern.Actor, doing string, fn func(*tx) error) error {
	reading := &reading{}
	for {
		var t *tx
		err := d.engine.Write(ctx, func(c Conn) error {
			now := d.now().UTC()
			t = &tx{
				Conn: c, engine: d.engine, by: by, reading: reading,
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
		}, func() { d.deliver(t) })
		switch {
		case errors.Is(err, errUnread):
			reading.catchUp()
		case err == nil || !d.engine.Retry(err) || ctx.Err() != nil:
			return d.fault(ctx, doing, err)
		}
	}
}

// fault gives an error the form callers know: a refusal stays as it is, the
// end of the context is that, the engine's own errors get their kind, and all
// but refusals say what was being done.
func (d *DB) fault(ctx context.Context, doing string, err error) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return fmt.Errorf("%s: %w", doing, ctx.Err())
	}
	var refusal *lectern.Error
	if errors.As(err, &refusal) {
		return err
	}
	err = fmt.Errorf("%s: %w", doing, err)
	if kind := d.engine.Kind(err); kind != "" {
		return &lectern.Error{Kind: kind, Text: "The database cannot answer right now. Please try again.", Err: err}
	}
	return err
}

// notFound is the answer for anything that is not there.
func notFound() error { return lectern.NotFoundf("Resource Not Found") }
