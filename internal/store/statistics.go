package store

import "context"

// An Analyzer is an engine that gathers statistics of its tables only when it is
// told to. By them it decides which index a statement uses.
type Analyzer interface {
	// Analyze gathers what has changed much. It takes a bounded time.
	Analyze(c Conn) error
}

// GatherStatistics has an engine that does not do so by itself gather statistics
// of its tables.
func (d *DB) GatherStatistics(ctx context.Context) error {
	a, ok := d.engine.(Analyzer)
	if !ok {
		return nil
	}
	return d.fault(ctx, "gather statistics", d.engine.Write(ctx, a.Analyze, func() {}))
}
