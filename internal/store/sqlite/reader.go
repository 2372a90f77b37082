package sqlite

import (
	"context"
	"errors"

	"lectern/internal/store/db"
)

// readers is a pool of connections that only read.
type readers struct {
	file   *dbFile
	health *health
	idle   chan *conn
	shut   chan struct{}
}

// openReaders opens n connections. They map the file into memory, which halves
// the price of reading.
func openReaders(ctx context.Context, uri string, n int, file *dbFile, health *health) (*readers, error) {
	r := &readers{file: file, health: health, idle: make(chan *conn, n), shut: make(chan struct{})}
	for range n {
		c, err := connect(ctx, uri, "busy_timeout(5000)", "query_only(1)", "mmap_size(268435456)")
		if err != nil {
			for len(r.idle) > 0 {
				err = errors.Join(err, (<-r.idle).close())
			}
			return nil, err
		}
		r.idle <- c
	}
	return r, nil
}

// Read runs fn in a transaction that sees one state of the database.
func (r *readers) Read(ctx context.Context, fn func(db.Conn) error) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	var c *conn
	select {
	case c = <-r.idle:
	case <-ctx.Done():
		return ctx.Err()
	case <-r.shut:
		return errClosed
	}
	defer func() { r.idle <- c }()
	if err := r.file.recently(); err != nil {
		return err
	}
	defer func() { r.health.noteDamage(err) }()
	if err := c.run("BEGIN"); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.run("ROLLBACK")) }()
	return fn(session{c, ctx})
}

// close waits for the connections to come back and closes them.
func (r *readers) close() error {
	close(r.shut)
	var err error
	for range cap(r.idle) {
		err = errors.Join(err, (<-r.idle).close())
	}
	return err
}
