package store

import (
	"context"

	"lectern"
	"lectern/internal/store/db"
)

// Reserve lets a test reserve IDs as an import does.
func (d *DB) Reserve(ctx context.Context, ws lectern.WorkspaceID, ids ...int64) error {
	return d.write(ctx, lectern.ByInstallation(ws, lectern.ViaWorker), lectern.MayRunInstallation, "reserve IDs", func(t *tx) error { return t.reserve(ids...) })
}

// AnchorGap and the others let a test go around the anchors' limits.
const (
	AnchorEvery     = anchorEvery
	MaxAnchorGap    = maxAnchorGap
	MaxAnchorEvents = maxAnchorEvents
)

// Fold lets a test see what folding does.
var Fold = fold

// LimitSearch bounds what is kept in memory for searching, in bytes.
func (d *DB) LimitSearch(n int) { d.find.LimitMemory(n) }

// InMemory is how many locales can be searched in memory.
func (d *DB) InMemory() int { return d.find.InMemory() }

// Hold runs fn while it holds a connection that others could read with.
func (d *DB) Hold(ctx context.Context, fn func()) error {
	return d.db.Read(ctx, "hold a connection", func(db.Conn) error { fn(); return nil })
}
