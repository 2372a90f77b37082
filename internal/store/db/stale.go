package db

import (
	"context"

	"lectern"
)

// A Moment is a state of a workspace, by the numbers of its last changes.
type Moment struct {
	Event lectern.EventID
	Count int64 // of statistics, by count_clock
}

// An Oldest says which state of a workspace a read must at least see. A read
// that is not of one workspace sees the newest.
type Oldest struct {
	Workspace lectern.WorkspaceID
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

// Newest returns a context whose reads see the newest state.
func Newest(ctx context.Context) context.Context { return WithOldest(ctx, Oldest{}) }

// OldestOf returns what a read must at least see, and whether it may see an old
// state at all.
func OldestOf(ctx context.Context) (Oldest, bool) {
	o, ok := ctx.Value(oldestKey{}).(Oldest)
	return o, ok
}
