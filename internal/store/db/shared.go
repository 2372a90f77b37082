package db

import (
	"context"

	"lectern"
)

// What follows is for databases that several processes, perhaps on several
// machines, share. An engine implements what it can do.

// A OneReader is an engine that reads faster if it knows that fn runs one
// statement only.
type OneReader interface {
	ReadOne(ctx context.Context, fn func(Conn) error) error
}

// A Waker is an engine that hears when another process has committed something.
type Waker interface {
	// Wake returns a channel that has a value after something may have been
	// committed, and whenever Listening has changed.
	Wake() <-chan struct{}
	// News returns the workspaces in which other processes have committed
	// something since it was asked last. It reports false if there may be more.
	News() (workspaces []lectern.WorkspaceID, complete bool)
	// Listening reports whether Wake can be relied on at the moment.
	Listening() bool
}

// A Migrator is an engine that is asked to change its schema in a way of its own.
type Migrator interface {
	// Prepare makes the table schema_migrations if there is none.
	Prepare(ctx context.Context) error
	// Migrate runs fn like Write, while no other process migrates, and for as
	// long as it takes. It waits for others for a bounded time.
	Migrate(ctx context.Context, fn func(Conn) error) error
}

// A Leaser is an engine whose database several processes share.
type Leaser interface {
	// Lease takes n more requests, or as many as are left of limit, for a token
	// in the window that begins at start, in Unix seconds.
	Lease(ctx context.Context, workspace, token, start int64, n, limit int) (granted, left int, err error)
}
