package store

import (
	"context"

	"lectern"
	"lectern/internal/store/db"
)

// Recent returns a context whose reads a replica may answer, if it has every
// change of the workspace that was made before. See Stale.
func (d *DB) Recent(ctx context.Context, ws lectern.WorkspaceID) (context.Context, error) {
	last, err := d.LastEventOf(ctx, ws)
	if err != nil {
		return nil, err
	}
	return Stale(ctx, ws, last), nil
}

// Known returns a context whose reads of a workspace a replica may answer, if it
// has every change there that this process knows of when it reads: its own, and those of other
// processes once Watch has told of them. So what is kept of such a read until
// Watch tells of a change is never older than what Watch has told. It asks the
// primary for nothing.
func (d *DB) Known(ctx context.Context, ws lectern.WorkspaceID) context.Context {
	return db.WithOldest(ctx, db.Oldest{Workspace: ws, Known: true})
}
