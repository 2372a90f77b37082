// Package postgres keeps a store in a PostgreSQL database, version 15 or newer,
// which any number of processes share.
//
// Changes are made one after the other in each workspace, as the shared
// statements expect: whoever writes first takes the workspace's advisory lock
// and keeps it until the commit. So that the lock, the way to the server and the
// disk are paid once for many callers, the transactions of a workspace that wait
// in a process are run together, each in a savepoint, by one of a few writers
// (writer.go). What needs no order has writers of its own, and no lock. Reading
// has a pool of connections and never waits for a writer.
//
// A commit whose answer is lost is neither believed nor repeated: every batch
// leaves a mark that says afterwards whether it is there (outcome.go). What
// other processes commit is heard of by NOTIFY (listen.go).
package postgres

import (
	"context"
	"embed"
	"fmt"
	"io/fs"

	"lectern"
	"lectern/internal/store"
	"lectern/internal/store/db"
)

//go:embed schema/*.sql
var schema embed.FS

// Options are those of any store, and what PostgreSQL has beside them.
type Options struct {
	store.Options
	// Replica is the connection string of a read replica, or empty. It serves
	// the reads that store.Stale allows to be a little old.
	Replica string
}

// An engine is a db.Engine on one database.
type engine struct {
	ordered, unordered *writers
	*readers
	*listener
}

// Open opens the database that a connection string names, in the form of a URL
// or of key=value pairs. The string may name several hosts: the one that accepts
// writes is used. It may say how statements are sent: behind a pooler that gives
// each transaction another connection, default_query_exec_mode=exec is needed.
// The database must exist; its tables are made.
func Open(ctx context.Context, dsn string, o Options) (*store.DB, error) {
	e, err := open(ctx, dsn, o)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	return store.Open(ctx, e, o.Options)
}

func open(ctx context.Context, dsn string, o Options) (*engine, error) {
	primary, err := parse(dsn)
	if err != nil {
		return nil, err
	}
	if o.ReadOnly {
		primary.ConnConfig.ValidateConnect = nil // a standby will do
	}
	r, err := openReaders(ctx, primary, o)
	if err != nil {
		return nil, err
	}
	conn, err := r.primary.Acquire(ctx)
	if err != nil {
		r.close()
		return nil, explain(err)
	}
	err = check(conn.Conn())
	conn.Release()
	if err != nil {
		r.close()
		return nil, err
	}
	l := openListener(primary.ConnConfig, r)
	return &engine{
		ordered:   openWriters(primary.ConnConfig, true, l.announce),
		unordered: openWriters(primary.ConnConfig, false, nil),
		readers:   r, listener: l,
	}, nil
}

// Schema implements db.Engine.
func (e *engine) Schema() fs.FS { return schema }

// Write implements db.Engine.
func (e *engine) Write(ctx context.Context, ws lectern.WorkspaceID, fn func(db.Conn) error, committed func()) error {
	return e.ordered.Do(ctx, ws, fn, committed)
}

// WriteUnordered implements db.Engine.
func (e *engine) WriteUnordered(ctx context.Context, ws lectern.WorkspaceID, fn func(db.Conn) error) error {
	return e.unordered.Do(ctx, ws, fn, nil)
}

// Close waits for what is under way and closes the connections.
func (e *engine) Close() error {
	e.ordered.Close() // before the readers, since who is told of a commit may read
	e.unordered.Close()
	e.listener.close()
	e.readers.close()
	return nil
}
