package store

import (
	"context"

	"lectern"
)

// Reserve lets a test reserve IDs as an import does.
func (d *DB) Reserve(ctx context.Context, ids ...int64) error {
	return d.write(ctx, lectern.Actor{}, "reserve IDs", func(t *tx) error { return t.reserve(ids...) })
}

// AnchorGap and the others let a test go around the anchors' limits.
const (
	AnchorEvery     = anchorEvery
	MaxAnchorGap    = maxAnchorGap
	MaxAnchorEvents = maxAnchorEvents
)

// Fold lets a test see what folding does.
var Fold = fold

// LimitShelf bounds what is kept in memory for searching, in bytes.
func (d *DB) LimitShelf(n int) { d.shelf.limit = n }

// Shelved is how many locales are in memory.
func (d *DB) Shelved() int { return len(d.shelf.volumes) }
