package sqlite

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"lectern"
	"lectern/internal/store/db"
)

// health remembers what is wrong with the database, so that an operator hears of
// it before the next caller does.
type health struct {
	mu     sync.Mutex
	failed error // a change could not be written; until Healthy finds that one can
	damage error // a page of the file is not what SQLite wrote; stays
}

// wrote notes what became of an attempt to change something.
func (h *health) wrote(err error) {
	h.noteDamage(err)
	h.mu.Lock()
	defer h.mu.Unlock()
	switch code(err) {
	case lib.SQLITE_FULL, lib.SQLITE_IOERR, lib.SQLITE_READONLY, lib.SQLITE_CANTOPEN:
		h.failed = err
	}
}

// recovered forgets a change that could not be written.
func (h *health) recovered() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.failed = nil
}

// noteDamage remembers an error that only a damaged file explains.
func (h *health) noteDamage(err error) {
	switch code(err) {
	case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB:
	default:
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.damage == nil {
		h.damage = err
	}
}

func (h *health) state() (failed, damage error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.failed, h.damage
}

// Healthy implements db.HealthReporter. After a change that could not be written
// it tries again, so that it tells when there is room.
func (e *engine) Healthy(ctx context.Context) error {
	if err := e.file.here(); err != nil {
		return err
	}
	failed, damage := e.health.state()
	if damage != nil {
		return &lectern.Error{Kind: lectern.Unavailable, Err: damage,
			Text: `The database is damaged. Stop Lectern, run "lectern check", and restore a backup.`}
	}
	if failed == nil {
		return nil
	}
	err := e.file.room()
	if err == nil {
		err = e.Write(ctx, 0, func(c db.Conn) error {
			_, err := c.Exec(`UPDATE counter SET value = value WHERE workspace_id = $1`, 0)
			return err
		}, nil)
	}
	if err == nil {
		e.health.recovered()
		return nil
	}
	text := "The database cannot be written."
	if code(failed) == lib.SQLITE_FULL {
		text = "The disk is full: nothing can be written."
	}
	return &lectern.Error{Kind: lectern.Unavailable, Text: text, Err: err}
}

// maxFindings bounds what Check lists of one kind.
const maxFindings = 100

// Check implements db.Checker. It reads on a connection of its own, which
// holds up nobody.
func (e *engine) Check(ctx context.Context, quick bool) (findings []string, err error) {
	c, err := connect(ctx, e.uri, "busy_timeout(5000)", "query_only(1)")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, c.close()) }()
	pragma := "integrity_check"
	if quick {
		pragma = "quick_check"
	}
	findings, err = list(ctx, c, fmt.Sprintf("PRAGMA %s(%d)", pragma, maxFindings), func(s scanner) (text string, err error) {
		err = s.Scan(&text)
		return text, err
	})
	if len(findings) == 1 && findings[0] == "ok" {
		findings = nil
	}
	if code(err) == lib.SQLITE_CORRUPT { // too damaged to list what is wrong
		findings, err = append(findings, err.Error()), nil
	}
	if err == nil && !quick && len(findings) == 0 {
		findings, err = list(ctx, c, fmt.Sprintf("SELECT \"table\", parent FROM pragma_foreign_key_check LIMIT %d", maxFindings), func(s scanner) (string, error) {
			var table, parent string
			err := s.Scan(&table, &parent)
			return fmt.Sprintf("a row of %s refers to a row of %s that is not there", table, parent), err
		})
	}
	if len(findings) > 0 {
		e.health.noteFinding(findings[0])
	}
	return findings, err
}

// noteFinding remembers damage that Check found.
func (h *health) noteFinding(text string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.damage == nil {
		h.damage = errors.New(text)
	}
}

type scanner interface{ Scan(...any) error }

// list reads every row of a statement of the engine's own.
func list(ctx context.Context, c *conn, text string, scan func(scanner) (string, error)) (all []string, err error) {
	rows, err := c.conn.QueryContext(ctx, text)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return all, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

// code is the result code of SQLite in err, without what an extended code adds:
// 0 if there is none.
func code(err error) int {
	var failure *sqlite.Error
	if !errors.As(err, &failure) {
		return lib.SQLITE_OK
	}
	return failure.Code() & 0xff
}
