package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"time"
)

// A migration is one numbered file of a schema.
type migration struct {
	version  int
	name     string
	text     string
	checksum string // SHA-256 of the text, in hexadecimal
}

// migrate applies the schema files that the database does not have yet, all in
// one transaction. It refuses a database whose files are not the program's:
// one of a newer program, or one made from a file that was changed since.
func migrate(ctx context.Context, e Engine, now time.Time) error {
	known, err := migrations(e.Schema())
	if err != nil {
		return fmt.Errorf("read schema: %w", err)
	}
	return e.Write(ctx, func(c Conn) error {
		applied, err := appliedMigrations(c)
		if err != nil {
			return fmt.Errorf("read schema version: %w", err)
		}
		if len(applied) > len(known) {
			return fmt.Errorf("the database has schema version %d, this program knows versions up to %d: use the newer program that wrote it",
				applied[len(applied)-1].version, known[len(known)-1].version)
		}
		for i, a := range applied {
			if a.version != known[i].version || a.checksum != known[i].checksum {
				return fmt.Errorf("schema file %s differs from the one the database was made with (%s): use the program that made it, and never change a released schema file",
					known[i].name, a.name)
			}
		}
		for _, m := range known[len(applied):] {
			if err := m.apply(c, now); err != nil {
				return fmt.Errorf("apply schema file %s: %w", m.name, err)
			}
		}
		return nil
	}, func() {})
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
		sum := sha256.Sum256(text)
		list = append(list, migration{n, name, string(text), hex.EncodeToString(sum[:])})
	}
	return list, nil
}

// appliedMigrations lists what the database has, oldest first, without texts.
func appliedMigrations(c Conn) ([]migration, error) {
	_, err := c.Exec(`CREATE TABLE IF NOT EXISTS schema_migrations (
		workspace_id BIGINT NOT NULL,
		version      BIGINT NOT NULL,
		name         TEXT NOT NULL,
		checksum     TEXT NOT NULL,
		applied_at   BIGINT NOT NULL,
		PRIMARY KEY (workspace_id, version))`)
	if err != nil {
		return nil, err
	}
	return all(c, func(r Rows) (m migration, err error) {
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
