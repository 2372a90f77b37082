package db

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"time"
)

// While the programs of a rolling upgrade are exchanged one after the other, the
// old ones keep serving from a database that a new one has already changed. That
// is safe if the change only expands the schema: it adds tables, indexes and
// columns with a default, and nothing an old program does, or fails to do, makes
// the new program wrong. Whoever writes such a file begins it with a line that
// begins with expanding; the mark is kept in the database with the checksum, so
// that a program which does not have the file can heed it. What an old program
// could not live with, a file without the mark does, a release later: only once
// every program knows the expanded schema may the rest be contracted.
const (
	expanding      = "-- expand: "
	expandChecksum = "expand:" // what the checksum of such a file begins with
)

// A migration is one numbered file of a schema.
type migration struct {
	version  int
	name     string
	text     string
	checksum string // SHA-256 of the text, in hexadecimal; perhaps after expandChecksum
}

// Migrate applies the schema files that the database does not have yet, all in
// one transaction. It refuses a database whose files are not the program's: one
// made from a file that was changed since, or one of a newer program, unless
// that has only expanded the schema.
func Migrate(ctx context.Context, e Engine, now time.Time) error {
	known, err := migrations(e.Schema())
	if err != nil {
		return fmt.Errorf("read schema: %w", err)
	}
	run := func(ctx context.Context, fn func(Conn) error) error { return e.Write(ctx, 0, fn, nil) }
	if m, ok := e.(Migrator); ok {
		if missing, err := look(ctx, e, m, known); err != nil || len(missing) == 0 {
			return err
		}
		run = m.Migrate
	}
	return run(ctx, func(c Conn) error {
		if _, ok := e.(Migrator); !ok {
			if _, err := c.Exec(MigrationsTable); err != nil {
				return err
			}
		}
		// Another process may have been faster.
		missing, err := missing(c, known)
		if err != nil {
			return err
		}
		for _, m := range missing {
			if err := m.apply(c, now); err != nil {
				return fmt.Errorf("apply schema file %s: %w", m.name, err)
			}
		}
		return nil
	})
}

// ErrOutdated refuses to read a database only that would first have to be changed.
var ErrOutdated = errors.New("an older program made the database, and it must be written to bring it up to date")

// IsMigrated returns ErrOutdated for a database that lacks schema files.
func IsMigrated(ctx context.Context, e Engine, _ time.Time) error {
	known, err := migrations(e.Schema())
	if err != nil {
		return fmt.Errorf("read schema: %w", err)
	}
	return e.Read(ctx, func(c Conn) error {
		missing, err := missing(c, known)
		if err == nil && len(missing) > 0 {
			err = ErrOutdated
		}
		return err
	})
}

// look finds out, without keeping anyone waiting, what is to be applied.
func look(ctx context.Context, e Engine, m Migrator, known []migration) (list []migration, err error) {
	if err := m.Prepare(ctx); err != nil {
		return nil, err
	}
	err = e.Read(ctx, func(c Conn) (err error) {
		list, err = missing(c, known)
		return err
	})
	return list, err
}

// missing lists the files that are to be applied.
func missing(c Conn, known []migration) ([]migration, error) {
	applied, err := appliedMigrations(c)
	if err != nil {
		return nil, fmt.Errorf("read schema version: %w", err)
	}
	for i, a := range applied {
		switch {
		case i >= len(known) && !strings.HasPrefix(a.checksum, expandChecksum):
			return nil, fmt.Errorf("the database has schema version %d, this program knows versions up to %d: use the newer program that wrote it",
				applied[len(applied)-1].version, known[len(known)-1].version)
		case i < len(known) && (a.version != known[i].version || a.checksum != known[i].checksum):
			return nil, fmt.Errorf("schema file %s differs from the one the database was made with (%s): use the program that made it, and never change a released schema file",
				known[i].name, a.name)
		}
	}
	return known[min(len(applied), len(known)):], nil
}

// migrations reads the files of a schema in the order of their numbers, which
// are all different.
func migrations(schema fs.FS) ([]migration, error) {
	names, err := fs.Glob(schema, "schema/*.sql")
	if err != nil {
		return nil, err
	}
	var list []migration
	for i, file := range names {
		name := path.Base(file)
		number, _, _ := strings.Cut(name, "_")
		n, err := strconv.Atoi(number)
		if err != nil || i > 0 && n <= list[i-1].version {
			return nil, fmt.Errorf("file %s has no number of its own", name)
		}
		text, err := fs.ReadFile(schema, file)
		if err != nil {
			return nil, err
		}
		list = append(list, migration{n, name, string(text), checksum(string(text))})
	}
	if len(list) == 0 {
		return nil, errors.New("there are no schema files")
	}
	return list, nil
}

// checksum tells texts of files apart, and those that only expand from others.
func checksum(text string) string {
	sum := sha256.Sum256([]byte(text))
	if strings.HasPrefix(text, expanding) {
		return expandChecksum + hex.EncodeToString(sum[:])
	}
	return hex.EncodeToString(sum[:])
}

// MigrationsTable makes the table that says which schema files were applied. It
// is for engines that are a Migrator.
const MigrationsTable = `CREATE TABLE IF NOT EXISTS schema_migrations (
	workspace_id BIGINT NOT NULL,
	version      BIGINT NOT NULL,
	name         TEXT NOT NULL,
	checksum     TEXT NOT NULL,
	applied_at   BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, version))`

// appliedMigrations lists what the database has, oldest first, without texts.
func appliedMigrations(c Conn) ([]migration, error) {
	return All(c, func(r Rows) (m migration, err error) {
		err = r.Scan(&m.version, &m.name, &m.checksum)
		return m, err
	}, `SELECT version, name, checksum FROM schema_migrations WHERE workspace_id = 0 ORDER BY version`)
}

func (m migration) apply(c Conn, now time.Time) error {
	if _, err := c.Exec(m.text); err != nil {
		return err
	}
	_, err := c.Exec(`
		INSERT INTO schema_migrations (workspace_id, version, name, checksum, applied_at)
		VALUES (0, $1, $2, $3, $4)`, m.version, m.name, m.checksum, now.Unix())
	return err
}
