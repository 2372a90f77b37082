package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"strings"

	_ "modernc.org/sqlite" // the driver

	"lectern/internal/store/db"
)

// maxStatements is how many prepared statements a connection keeps. The store
// has far fewer, unless a search with many words meets many workspaces.
const maxStatements = 512

// A conn is one connection and the statements prepared on it.
type conn struct {
	db    *sql.DB // with this connection only
	conn  *sql.Conn
	stmts map[string]*sql.Stmt
}

// connect opens a connection with the given pragmas.
func connect(ctx context.Context, uri string, pragmas ...string) (*conn, error) {
	sep := "?"
	if strings.Contains(uri, "?") {
		sep = "&"
	}
	db, err := sql.Open("sqlite", uri+sep+url.Values{"_pragma": pragmas}.Encode())
	if err != nil {
		return nil, err
	}
	c, err := db.Conn(ctx)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &conn{db: db, conn: c, stmts: map[string]*sql.Stmt{}}, nil
}

// prepare returns a statement that is kept.
func (c *conn) prepare(text string) (*sql.Stmt, error) {
	if s, ok := c.stmts[text]; ok {
		return s, nil
	}
	if len(c.stmts) >= maxStatements {
		for _, s := range c.stmts {
			s.Close()
		}
		clear(c.stmts)
	}
	s, err := c.conn.PrepareContext(context.Background(), text)
	if err != nil {
		return nil, fmt.Errorf("prepare %s: %w", text, err)
	}
	c.stmts[text] = s
	return s, nil
}

// run executes a statement of the engine's own, whatever becomes of the caller.
func (c *conn) run(text string) error {
	s, err := c.prepare(text)
	if err != nil {
		return err
	}
	_, err = s.Exec()
	return err
}

func (c *conn) close() error {
	for _, s := range c.stmts {
		s.Close()
	}
	return errors.Join(c.conn.Close(), c.db.Close())
}

// A session is a connection during one transaction.
type session struct {
	*conn
	ctx context.Context
}

// Exec implements db.Conn.
func (s session) Exec(text string, args ...any) (int64, error) {
	var done sql.Result
	var err error
	if len(args) == 0 {
		done, err = s.conn.conn.ExecContext(s.ctx, text)
	} else {
		var p *sql.Stmt
		if p, err = s.prepare(text); err == nil {
			done, err = p.ExecContext(s.ctx, args...)
		}
	}
	if err != nil {
		return 0, err
	}
	return done.RowsAffected()
}

// Query implements db.Conn.
func (s session) Query(text string, args ...any) (db.Rows, error) {
	p, err := s.prepare(text)
	if err != nil {
		return nil, err
	}
	r, err := p.QueryContext(s.ctx, args...)
	if err != nil {
		return nil, err
	}
	return rows{r}, nil
}

// rows gives *sql.Rows a Close without a result: what it would say, Err says.
type rows struct{ *sql.Rows }

func (r rows) Close() { r.Rows.Close() }
