// Package sqlite keeps a store in one SQLite file.
//
// Writing is one goroutine with one connection, for all workspaces: it runs the
// transactions that wait, each in a savepoint of its own, and commits them
// together, so that many callers share the price of reaching the disk. Reading has connections of its
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

	lib "modernc.org/sqlite/lib"

	"lectern"
	"lectern/internal/store"
	"lectern/internal/store/db"
)

//go:embed schema/*.sql
var schema embed.FS

// An engine is a db.Engine on one file.
type engine struct {
	*writer // nil if it only reads
	*readers
	uri    string // to open more connections
	file   *dbFile
	health *health
}

// Open opens the database in the file at path, and makes the file, readable by
// its owner alone, if there is none; its directory must exist.
//
// With o.ReadOnly the file must exist, and may be one that cannot be written.
func Open(ctx context.Context, path string, o store.Options) (*store.DB, error) {
	opener := open
	if o.ReadOnly {
		opener = openReadOnly
	}
	e, err := opener(ctx, path)
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
	file, health := &dbFile{path: path, known: map[string]fs.FileInfo{}}, new(health)
	w, err := openWriter(ctx, uri, file, health)
	if err != nil {
		return nil, err
	}
	if err := w.check(ctx); err != nil {
		return nil, errors.Join(err, w.close())
	}
	r, err := openReaders(ctx, uri, max(4, 2*runtime.GOMAXPROCS(0)), file, health)
	if err != nil {
		return nil, errors.Join(err, w.close())
	}
	return &engine{w, r, uri, file, health}, nil
}

// openReadOnly opens a file that is only read: perhaps a copy on a medium that
// cannot be written, or with the permission to read alone.
func openReadOnly(ctx context.Context, path string) (*engine, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, err
	}
	uri, err := fileURI(path)
	if err != nil {
		return nil, err
	}
	file, health := &dbFile{path: path, known: map[string]fs.FileInfo{}}, new(health)
	// A connection that may write takes away the files beside the database when it
	// is the last one; it does not write, since readers have query_only.
	r, err := openReaders(ctx, uri, 1, file, health)
	if err == nil {
		err = r.Read(ctx, readable)
	}
	if c := code(err); c == lib.SQLITE_CANTOPEN || c == lib.SQLITE_READONLY {
		// SQLite wants to make the files beside the database and may not.
		if info, statErr := os.Stat(path + "-wal"); statErr == nil && info.Size() > 0 {
			return nil, fmt.Errorf("the newest changes stand in %s-wal, which cannot be read where nothing can be written: copy the folder elsewhere", filepath.Base(path))
		}
		if r != nil {
			r.close()
		}
		uri += "?immutable=1"
		r, err = openReaders(ctx, uri, 1, file, health)
	}
	if err != nil {
		return nil, err
	}
	return &engine{nil, r, uri, file, health}, nil
}

// readable returns an error if the file cannot be read.
func readable(c db.Conn) error {
	rows, err := c.Query("SELECT count(*) FROM sqlite_schema")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
	}
	return rows.Err()
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

// Schema implements db.Engine.
func (e *engine) Schema() fs.FS { return schema }

// Write implements db.Engine.
func (e *engine) Write(ctx context.Context, _ lectern.WorkspaceID, fn func(db.Conn) error, committed func()) error {
	if e.writer == nil {
		return db.ErrReadOnly
	}
	return e.writer.Do(ctx, ordered, fn, committed)
}

// WriteUnordered implements db.Engine.
func (e *engine) WriteUnordered(ctx context.Context, _ lectern.WorkspaceID, fn func(db.Conn) error) error {
	if e.writer == nil {
		return db.ErrReadOnly
	}
	return e.writer.Do(ctx, unordered, fn, nil)
}

// Close waits for what is under way and closes the file.
func (e *engine) Close() error {
	if e.writer == nil {
		return e.readers.close()
	}
	e.writer.Queue.Close() // first, since who is told of a commit may read
	// Who stops a server whose file is gone is to know that it is.
	return errors.Join(e.file.here(), e.readers.close(), e.writer.close())
}
