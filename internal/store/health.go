package store

import (
	"context"

	"lectern"
)

// What follows is for engines that can tell more about their database than that
// it answers.

// A HealthReporter is an engine that notices what keeps it from storing more.
type HealthReporter interface {
	// Healthy returns a lectern.Error that an operator can act on, or nil.
	Healthy(ctx context.Context) error
}

// A Checker is an engine that can look for damage.
type Checker interface {
	// Check reads what is stored and returns a sentence for each thing that is
	// wrong with it, up to some number. A quick check reads every page once; the
	// other one also compares indexes and references, which takes several times
	// as long.
	Check(ctx context.Context, quick bool) ([]string, error)
}

// ErrReadOnly refuses a change in a database that was opened to be read only.
var ErrReadOnly = &lectern.Error{Kind: lectern.Unavailable, Text: "The database was opened to be read only."}

// Ping returns nil if the store can answer and can store what it is sent. The
// error is a lectern.Error whose text an operator can act on if the engine knows
// what is wrong.
func (d *DB) Ping(ctx context.Context) error {
	err := d.readOne(ctx, "ping", func(c Conn) error {
		_, err := exists(c, `SELECT value FROM counter WHERE workspace_id = 0`)
		return err
	})
	if h, ok := d.engine.(HealthReporter); ok && err == nil {
		err = h.Healthy(ctx)
	}
	return err
}

// Check looks for damage in what the database keeps; see Checker. An engine that
// cannot look finds none.
func (d *DB) Check(ctx context.Context, quick bool) ([]string, error) {
	if c, ok := d.engine.(Checker); ok {
		return c.Check(ctx, quick)
	}
	return nil, nil
}
