package db

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

// An Analyzer is an engine that gathers statistics of its tables only when it is
// told to. By them it decides which index a statement uses.
type Analyzer interface {
	// Analyze gathers what has changed much. It takes a bounded time.
	Analyze(c Conn) error
}

// ErrReadOnly refuses a change in a database that was opened to be read only.
var ErrReadOnly = &lectern.Error{Kind: lectern.Unavailable, Text: "The database was opened to be read only."}
