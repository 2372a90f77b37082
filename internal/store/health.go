package store

import (
	"context"

	"lectern/internal/store/db"
)

// Ping returns nil if the store can answer and can store what it is sent. The
// error is a lectern.Error whose text an operator can act on if the engine knows
// what is wrong.
func (d *DB) Ping(ctx context.Context) error {
	err := d.db.ReadOne(ctx, "ping", func(c db.Conn) error {
		_, err := db.Exists(c, `SELECT value FROM counter WHERE workspace_id = 0`)
		return err
	})
	if h, ok := d.db.Engine.(db.HealthReporter); ok && err == nil {
		err = h.Healthy(ctx)
	}
	return err
}

// Check looks for damage in what the database keeps; see db.Checker. An engine that
// cannot look finds none.
func (d *DB) Check(ctx context.Context, quick bool) ([]string, error) {
	if c, ok := d.db.Engine.(db.Checker); ok {
		return c.Check(ctx, quick)
	}
	return nil, nil
}
