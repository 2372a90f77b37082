package db

import (
	"context"

	"lectern"
)

// A Moment is a state of the database, by the numbers of its last changes.
type Moment struct {
	Event lectern.EventID
	Count int64 // of statistics, by count_clock
}

// An Oldest says which state a read must at least see.
type Oldest struct {
	Moment
	Known bool // and all that this process knows of when it reads
}

// oldestKey is the key of a context's Oldest.
type oldestKey struct{}

// WithOldest returns a context whose reads may see any state that is no older
// than o, as a replica has it.
func WithOldest(ctx context.Context, o Oldest) context.Context {
	return context.WithValue(ctx, oldestKey{}, o)
}

// OldestOf returns what a read must at least see, and whether it may see an old
// state at all.
func OldestOf(ctx context.Context) (Oldest, bool) {
	o, ok := ctx.Value(oldestKey{}).(Oldest)
	return o, ok
}
