// Package db is the plumbing of SQL that internal/store and internal/store/find
// share: what an engine is, how a statement is run and its rows are read, and
// how a schema is brought up to date. It knows no noun.
package db

import (
	"context"
	"io/fs"

	"lectern"
)

// An Engine is what one database product does in its own way. All else is said
// once, in internal/store, in the SQL that the products share.
type Engine interface {
	// Schema holds the files schema/0001_….sql and so on that make the tables.
	// Each is applied once, in the order of their names.
	Schema() fs.FS

	// Read runs fn in one transaction that sees one state of the database.
	Read(ctx context.Context, fn func(Conn) error) error

	// Write runs fn in one transaction of a workspace, and keeps what it did,
	// durably, if fn returns nil. Transactions of one workspace run one after the
	// other, in whichever process; those of others do not wait for them. Zero is
	// the installation. Then it calls committed, before it returns and before
	// the next transaction of the workspace begins in this process. It may run
	// other callers' transactions in the same commit. Fn is not cut short once it
	// has begun, unless that undoes all it did.
	Write(ctx context.Context, ws lectern.WorkspaceID, fn func(Conn) error, committed func()) error

	// WriteUnordered is Write for what needs no order: several transactions of
	// a workspace may run at once, beside one of Write, in several processes. It
	// takes no lock that Write waits for, but those of the rows that fn changes.
	WriteUnordered(ctx context.Context, ws lectern.WorkspaceID, fn func(Conn) error) error

	// Columns describes the columns of every table, in the order of tables and
	// of columns, but those of tables that only this engine has.
	Columns(c Conn) ([]Column, error)

	// Kind says what a driver's error means, or "" if nothing special.
	Kind(err error) lectern.Kind
	// Retry reports whether a transaction failed only because it lost a race,
	// and may run again.
	Retry(err error) bool

	// Close waits for what is under way and closes the database.
	Close() error
}

// A Conn runs statements in one transaction, under the context the transaction
// was begun with. Parameters are written $1, $2, …; a statement that takes
// parameters is prepared once and kept. Only one result is open at a time.
type Conn interface {
	// Exec runs a statement and returns how many rows it changed. Without
	// arguments the text may hold several statements.
	Exec(text string, args ...any) (int64, error)
	// Query runs a statement that returns rows. The caller closes them.
	Query(text string, args ...any) (Rows, error)
}

// Rows are the result of a query, read row by row.
type Rows interface {
	Next() bool
	Scan(dest ...any) error
	Err() error
	Close()
}
