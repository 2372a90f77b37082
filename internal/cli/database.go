package cli

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"lectern/internal/app"
	"lectern/internal/store"
)

// options are those of a store that a command opens for itself.
func options(readOnly bool) store.Options {
	return store.Options{Now: time.Now, Logger: slog.New(slog.DiscardHandler), ReadOnly: readOnly}
}

// lock keeps servers off a data folder. A PostgreSQL database has no lock: any
// number of servers may share it.
func lock(p app.Place) (unlock func() error, err error) {
	if p.IsURL() {
		return func() error { return nil }, nil
	}
	l, err := lockFolder(string(p))
	if err != nil {
		return nil, err
	}
	return l.unlock, nil
}

// made returns an error if there is no SQLite file.
func made(p app.Place) error {
	missing, err := p.Missing()
	if missing {
		return fmt.Errorf("there is no database in %s yet: start lectern serve once, or name the folder with --data", string(p))
	}
	return err
}

// place is where the settings say the database is.
func (s *settings) place() app.Place {
	if s.Database != "" {
		return app.Place(s.Database)
	}
	return app.Place(s.Data)
}

// open opens the database of the settings, which must be there.
func (s *settings) open(ctx context.Context, readOnly bool) (*store.DB, error) {
	if err := made(s.place()); err != nil {
		return nil, err
	}
	return s.place().Open(ctx, "", options(readOnly))
}

func (s *settings) database() setting {
	return setting{flag: "database", value: "URL", env: "LECTERN_DATABASE",
		help: "PostgreSQL database to use instead of the SQLite file, as\n" +
			"postgres://user:password@host/name; several hosts separated by commas.\n" +
			"The variable is safer: others on the machine can see flags",
		set: func(v string) error { s.Database = v; return checkDatabase(v) }}
}

func (s *settings) replica() setting {
	return setting{flag: "database-replica", value: "URL", env: "LECTERN_DATABASE_REPLICA",
		help: "read replica of the PostgreSQL database, for reads that may be a little old",
		set:  func(v string) error { s.Replica = v; return checkDatabase(v) }}
}

// checkDatabase refuses what is no connection URL, and takes none.
func checkDatabase(v string) error {
	if v == "" {
		return nil
	}
	return app.CheckURL(v)
}
