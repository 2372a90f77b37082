package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"lectern/internal/store"
	"lectern/internal/store/postgres"
	"lectern/internal/store/sqlite"
)

// databaseFile is the SQLite file in the data folder.
const databaseFile = "lectern.db"

// A place is where a database is: the connection URL of a PostgreSQL database,
// or the folder of an SQLite file.
type place string

// isURL reports whether a text is meant as an address of a database.
func isURL(v string) bool { return strings.Contains(v, "://") }

// String names the place without the secrets of its URL.
func (p place) String() string {
	if isURL(string(p)) {
		return postgres.Name(string(p))
	}
	return "the database " + filepath.Join(string(p), databaseFile)
}

// open opens the database. An SQLite file is made if it is not there; of a
// PostgreSQL database only the tables are. Replica is the URL of a read replica,
// or empty. A database that was moved here in part only is refused, unless the
// caller is to finish that.
func (p place) open(ctx context.Context, replica string, log *slog.Logger, unfinished bool) (*store.DB, error) {
	return p.openWith(ctx, replica, store.Options{Now: time.Now, Logger: log}, unfinished)
}

// read opens a database that is there, to change nothing in it. It may be a copy
// that cannot be written, or a standby. It returns db.ErrOutdated.
func (p place) read(ctx context.Context) (*store.DB, error) {
	return p.openWith(ctx, "", store.Options{Now: time.Now, Logger: slog.New(slog.DiscardHandler), ReadOnly: true}, false)
}

func (p place) openWith(ctx context.Context, replica string, o store.Options, unfinished bool) (*store.DB, error) {
	var db *store.DB
	var err error
	if isURL(string(p)) {
		db, err = postgres.Open(ctx, string(p), postgres.Options{Options: o, Replica: replica})
	} else {
		db, err = sqlite.Open(ctx, filepath.Join(string(p), databaseFile), o)
	}
	if err != nil {
		return nil, fmt.Errorf("open %v: %w", p, err)
	}
	if unfinished {
		return db, nil
	}
	err = db.Finished(ctx)
	if errors.Is(err, store.ErrUnfinished) {
		err = fmt.Errorf("%v holds a part of another one: run the same lectern move again to finish it", p)
	}
	if err != nil {
		return nil, errors.Join(err, closeStore(db))
	}
	return db, nil
}

// lock keeps servers off a data folder. A PostgreSQL database has no lock: any
// number of servers may share it.
func (p place) lock() (unlock func() error, err error) {
	if isURL(string(p)) {
		return func() error { return nil }, nil
	}
	l, err := lockFolder(string(p))
	if err != nil {
		return nil, err
	}
	return l.unlock, nil
}

// made returns an error if there is no SQLite file.
func (p place) made() error {
	if isURL(string(p)) {
		return nil
	}
	_, err := os.Stat(filepath.Join(string(p), databaseFile))
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no database in %s yet: start lectern serve once, or name the folder with --data", string(p))
	}
	return err
}

// place is where the settings say the database is.
func (s *settings) place() place {
	if s.Database != "" {
		return place(s.Database)
	}
	return place(s.Data)
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

// checkDatabase refuses what is no connection URL. It repeats nothing of it.
func checkDatabase(v string) error {
	scheme, _, _ := strings.Cut(v, "://")
	switch {
	case v == "":
		return nil
	case !isURL(v) || scheme != "postgres" && scheme != "postgresql":
		return errors.New("must begin with postgres://: leave it out to use SQLite")
	}
	if err := postgres.Check(v); err != nil {
		return fmt.Errorf("is wrong: %w", err)
	}
	return nil
}
