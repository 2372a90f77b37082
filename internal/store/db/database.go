package db

import (
	"context"
	"errors"
	"fmt"

	"lectern"
)

// A Database runs transactions on an engine for callers that are to hear of
// errors in the form of package lectern.
type Database struct {
	Engine Engine
	// Bounded adds to the context of a read how old the state may be that it
	// sees; nil adds nothing.
	Bounded func(context.Context) context.Context
}

// Read runs fn on one state of the database. Doing says what for, for errors.
func (d *Database) Read(ctx context.Context, doing string, fn func(Conn) error) error {
	return d.Fault(ctx, doing, d.Engine.Read(d.bounded(ctx), fn))
}

// ReadOne is Read for an fn that runs one statement only.
func (d *Database) ReadOne(ctx context.Context, doing string, fn func(Conn) error) error {
	if e, ok := d.Engine.(OneReader); ok {
		return d.Fault(ctx, doing, e.ReadOne(d.bounded(ctx), fn))
	}
	return d.Read(ctx, doing, fn)
}

// MaxRaces is how often a transaction runs again that has lost a race.
const MaxRaces = 20

// WriteUnordered runs fn in a transaction that needs no order and records no
// event; see [Engine]. It may run fn again after a lost race, so fn sets what it
// leaves behind, and adds to nothing.
func (d *Database) WriteUnordered(ctx context.Context, ws lectern.WorkspaceID, doing string, fn func(Conn) error) error {
	for races := 0; ; races++ {
		err := d.Engine.WriteUnordered(ctx, ws, func(c Conn) error { return fn(Checked(c)) })
		if err == nil || !d.Engine.Retry(err) || races == MaxRaces || ctx.Err() != nil {
			return d.Fault(ctx, doing, err)
		}
	}
}

func (d *Database) bounded(ctx context.Context) context.Context {
	if d.Bounded == nil {
		return ctx
	}
	return d.Bounded(ctx)
}

// Fault gives an error the form callers know: a refusal stays as it is, the
// end of the context is that, the engine's own errors get their kind, and all
// but refusals say what was being done.
func (d *Database) Fault(ctx context.Context, doing string, err error) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return fmt.Errorf("%s: %w", doing, ctx.Err())
	}
	var refusal *lectern.Error
	if errors.As(err, &refusal) {
		return err
	}
	err = fmt.Errorf("%s: %w", doing, err)
	if kind := d.Engine.Kind(err); kind != "" {
		return &lectern.Error{Kind: kind, Text: "The database cannot answer right now. Please try again.", Err: err}
	}
	return err
}

// Find reads the one row of a query; scan runs no further statement. It returns
// NotFound if there is none.
func Find[T any](ctx context.Context, d *Database, doing string, scan func(Rows) (T, error), text string, args ...any) (T, error) {
	var found T
	err := d.ReadOne(ctx, doing, func(c Conn) (err error) {
		found, err = First(c, scan, text, args...)
		return err
	})
	return found, err
}

// List reads all rows of a query.
func List[T any](ctx context.Context, d *Database, doing string, scan func(Rows) (T, error), text string, args ...any) ([]T, error) {
	var list []T
	err := d.ReadOne(ctx, doing, func(c Conn) (err error) {
		list, err = All(c, scan, text, args...)
		return err
	})
	return list, err
}
