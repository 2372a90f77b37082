package store

import (
	"context"

	"lectern/internal/store/db"
)

// GatherStatistics has an engine that does not do so by itself gather statistics
// of its tables.
func (d *DB) GatherStatistics(ctx context.Context) error {
	a, ok := d.db.Engine.(db.Analyzer)
	if !ok {
		return nil
	}
	return d.db.Fault(ctx, "gather statistics", d.db.Engine.WriteUnordered(ctx, 0, a.Analyze))
}
