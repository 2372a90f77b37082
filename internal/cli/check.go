package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"lectern/internal/store"
)

var checkCommand = command{
	name:    "check",
	summary: "look for damage in the database",
	about: `Reads the whole database and prints what is wrong with it, a line each. It changes
nothing, and may run beside a server, or on a copy that cannot be written.

SQLite compares its indexes and references with the rows. In PostgreSQL every
value is read, and the indexes are compared where the extension amcheck is
installed.
`,
	exits: `  0  nothing is wrong
  1  something is wrong, or the database could not be read
  2  the command line or a setting is wrong
`,
	flags: func(s *settings) []setting { return []setting{s.data(), s.database()} },
	run:   inReadSession(checkDatabaseFiles),
}

// errDamaged says that the lines before it tell of damage.
var errDamaged = errors.New("the database is damaged: stop Lectern, keep a copy of what is there, and restore a backup")

func checkDatabaseFiles(ctx context.Context, s *session, _ []string) error {
	findings, err := s.db.Check(ctx, false)
	for _, f := range findings {
		fmt.Fprintln(s.stdout, f)
	}
	switch {
	case err != nil:
		return fmt.Errorf("check %v: %w", s.place(), err)
	case len(findings) > 0:
		return errDamaged
	}
	_, err = fmt.Fprintln(s.stdout, "Nothing is wrong.")
	return err
}

// startCheckTime is how long a start waits for the quick check. A database that
// takes longer is served meanwhile.
const startCheckTime = 2 * time.Second

// quickCheck looks for damage before anything is served, and returns errDamaged.
// The check of a large database goes on beside the server until ctx ends; what it
// finds is logged and shown by /readyz.
func quickCheck(ctx context.Context, db *store.DB, log *slog.Logger) error {
	checked := make(chan error, 1)
	go func() {
		findings, err := db.Check(ctx, true)
		for _, f := range findings {
			log.Error("the database is damaged", "finding", f)
		}
		if len(findings) > 0 {
			err = errDamaged
		} else if err != nil && ctx.Err() == nil {
			log.Error("the database could not be checked", "error", err)
			err = nil
		}
		checked <- err
	}()
	select {
	case err := <-checked:
		return err
	case <-time.After(startCheckTime):
		log.Info("the database is large and is checked while it is served")
		return nil
	case <-ctx.Done():
		return nil
	}
}
