// Package sqlite keeps a store in one SQLite file.
//
// Writing is one goroutine with one connection: it runs the transactions that
// wait, each in a savepoint of its own, and commits them together, so that many
// callers share the price of reaching the disk. Reading has connections of its
// own, which never wait for a writer. A commit is on the disk before anyone
// hears of it. Other processes may use the same file at the same time.
package sqlite

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"lectern/internal/store"
)

//go:embed schema/*.sql
var schema embed.FS

// An engine is a store.Engine on one file.
type engine struct {
	*writer
	*readers
}

// Open opens the database in the file at path, and makes the file, readable by
// its owner alone, if there is none; its directory must exist.
func Open(ctx context.Context, path string, o store.Options) (*store.DB, error) {
	e, err := open(ctx, path)
	if err != nil {
		return nil, fmt.Errorf("open database %s: %w", path, err)
	}
	return store.Open(ctx, e, o)
}

func open(ctx context.Context, path string) (*engine, error) {
	if err := create(path); err != nil {
		return nil, err
	}
	uri, err := fileURI(path)
	if err != nil {
		return nil, err
	}
	w, err := openWriter(ctx, uri)
	if err != nil {
		return nil, err
	}
	if err := w.check(ctx); err != nil {
		return nil, errors.Join(err, w.close())
	}
	r, err := openReaders(ctx, uri, max(4, 2*runtime.GOMAXPROCS(0)))
	if err != nil {
		return nil, errors.Join(err, w.close())
	}
	return &engine{w, r}, nil
}

// check refuses a file that holds something else.
func (w *writer) check(ctx context.Context) error {
	var foreign bool
	err := w.conn.conn.QueryRowContext(ctx, `
		SELECT EXISTS (SELECT 1 FROM sqlite_schema)
			AND NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'schema_migrations')`).Scan(&foreign)
	if err == nil && foreign {
		err = errors.New("the file is the database of another program")
	}
	return err
}

// create makes an empty file if there is none. A file that exists is left
// untouched: closing it here would drop the locks of SQLite on it.
func create(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return f.Close()
}

// fileURI spells a path so that no character of it is taken for an option.
func fileURI(path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	abs = filepath.ToSlash(abs)
	if !strings.HasPrefix(abs, "/") {
		abs = "/" + abs // a drive letter
	}
	return (&url.URL{Scheme: "file", Path: abs}).String(), nil
}

// Schema implements store.Engine.
func (e *engine) Schema() fs.FS { return schema }

// Close waits for what is under way and closes the file.
func (e *engine) Close() error {
	e.writer.drain() // first, since who is told of a commit may read
	return errors.Join(e.readers.close(), e.writer.close())
}
