package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"lectern/internal/store"
	"lectern/internal/store/postgres"
	"lectern/internal/store/sqlite"
)

// databaseFile is the SQLite file in a data folder.
const databaseFile = "lectern.db"

// A Place is where a database is: the connection URL of a PostgreSQL database,
// or the folder of an SQLite file.
type Place string

// IsURL reports whether the place is meant as an address of a database.
func (p Place) IsURL() bool { return strings.Contains(string(p), "://") }

// String names the place without the secrets of its URL.
func (p Place) String() string {
	if p.IsURL() {
		return postgres.Name(string(p))
	}
	return "the database " + p.File()
}

// File is the SQLite file in the folder.
func (p Place) File() string { return filepath.Join(string(p), databaseFile) }

// CheckURL refuses what is no connection URL of a database. It repeats nothing of
// it, since it may hold a password.
func CheckURL(v string) error {
	scheme, _, ok := strings.Cut(v, "://")
	if !ok || scheme != "postgres" && scheme != "postgresql" {
		return errors.New("must begin with postgres://: leave it out to use SQLite")
	}
	if err := postgres.Check(v); err != nil {
		return fmt.Errorf("is wrong: %w", err)
	}
	return nil
}

// Open opens the database. An SQLite file is made if it is not there; of a
// PostgreSQL database only the tables are. Replica is the URL of a read replica,
// or empty. A database that was moved here in part only is refused.
func (p Place) Open(ctx context.Context, replica string, o store.Options) (*store.DB, error) {
	db, err := p.OpenUnfinished(ctx, replica, o)
	if err != nil {
		return nil, err
	}
	err = db.Finished(ctx)
	if errors.Is(err, store.ErrUnfinished) {
		err = fmt.Errorf("%v holds a part of another one: run the same lectern move again to finish it", p)
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// OpenUnfinished is Open for who is to finish what was moved here in part.
func (p Place) OpenUnfinished(ctx context.Context, replica string, o store.Options) (db *store.DB, err error) {
	if p.IsURL() {
		db, err = postgres.Open(ctx, string(p), postgres.Options{Options: o, Replica: replica})
	} else {
		db, err = sqlite.Open(ctx, p.File(), o)
	}
	if err != nil {
		return nil, fmt.Errorf("open %v: %w", p, err)
	}
	return db, nil
}

// Missing reports whether there is no SQLite file. Whether a PostgreSQL database
// is there only opening it tells.
func (p Place) Missing() (bool, error) {
	if p.IsURL() {
		return false, nil
	}
	_, err := os.Stat(p.File())
	if errors.Is(err, fs.ErrNotExist) {
		return true, nil
	}
	return false, err
}
