package store

import (
	"context"
	"time"

	"lectern"
	"lectern/internal/store/db"
)

// Shared reports whether other processes may serve the same database, so that
// they have to count requests together.
func (d *DB) Shared() bool {
	_, shared := d.db.Engine.(db.Leaser)
	return shared
}

// LeaseRequests takes n of the requests that all processes together may answer
// for a token in the window that begins at start; fewer if the limit leaves
// fewer. It returns how many it took, and how many are left for all. Only a
// store that is Shared has them; another grants all.
func (d *DB) LeaseRequests(ctx context.Context, t *lectern.Token, start time.Time, n, limit int) (granted, left int, err error) {
	l, shared := d.db.Engine.(db.Leaser)
	if !shared {
		return n, limit, nil
	}
	granted, left, err = l.Lease(ctx, int64(t.Workspace), int64(t.ID), start.Unix(), n, limit)
	return granted, left, d.db.Fault(ctx, "lease requests", err)
}
