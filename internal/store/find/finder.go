// Package find finds content: by words and by meaning, with the rules that
// operators made, and by what else is like it.
//
// A [Finder] returns IDs, locales and scores; whoever asks reads the rest, in the
// same transaction. It keeps in memory what it searches, as the database has it,
// and catches up by the numbers of events. The words of texts are written by
// whoever changes the texts, in the transaction of the change.
package find

import (
	"context"
	"log/slog"
	"time"

	"lectern"
	"lectern/internal/store/db"
)

// Options are what a finder needs besides its database.
type Options struct {
	Now    func() time.Time // the clock
	Logger *slog.Logger     // for what no caller can be told

	// Workspaces lists those that this process knows of.
	Workspaces func() []lectern.WorkspaceID
	// LastEvent is the last event of a workspace that this process knows of.
	LastEvent func(lectern.WorkspaceID) lectern.EventID
	// Tick numbers a change of a workspace that no event records. Until the
	// commit of its transaction no other one gets a number there.
	Tick func(db.Conn, lectern.WorkspaceID) (int64, error)
	// Alone runs fn if this process is the one that does some work.
	Alone func(ctx context.Context, work string, fn func(context.Context) error) (mine bool, err error)
}

// A Finder finds the content of a database.
type Finder struct {
	db       *db.Database
	o        Options
	log      *slog.Logger
	indexes  indexes      // texts and words
	visible  visibleTexts // which of them searches may show
	names    collectionNames
	rules    searchRules
	meanings meanings
	often    oftenCache
}

// New returns a finder of what is in a database.
func New(d *db.Database, o Options) *Finder { return &Finder{db: d, o: o, log: o.Logger} }

// Forget drops what events changed. It is told of every event.
func (f *Finder) Forget(events []lectern.Event) {
	f.rules.forget(events)
	f.often.forget(events)
}

// Clear drops everything that is kept of texts, rules, names and meanings: the database has
// lost the events by which that is known to be true.
func (f *Finder) Clear() {
	f.indexes.clear()
	f.visible.clear()
	f.names.clear()
	f.rules.clear()
	f.often.clear()
	f.meanings.clear()
}
