package postgres

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"lectern/internal/store/db"
)

// A session is a connection during one transaction. Statements that only make
// room for others, like BEGIN, wait until a statement of the caller's comes, and
// travel with it: they cost no way to the server of their own.
type session struct {
	conn  *pgx.Conn
	ctx   context.Context // looked at between statements; see within
	limit time.Duration   // of one statement; zero is none
	ahead []ahead         // what travels with the next statement
	lost  error           // why the transaction as a whole is lost
	sent  int             // how often something was sent
	asked int             // statements of the caller, sent or not
	// renew gives another connection if the first statement finds this one
	// broken; nil if there is none.
	renew func() (*pgx.Conn, error)
}

// An ahead is a statement that travels ahead of a caller's.
type ahead struct {
	text string
	args []any
}

// queue makes a statement travel ahead of the next one.
func (s *session) queue(text string, args ...any) { s.ahead = append(s.ahead, ahead{text, args}) }

// maxAhead is how many statements wait at most.
const maxAhead = 100

// Later implements db.Pipeline.
func (s *session) Later(text string, args ...any) error {
	given, err := s.admit(args)
	if err != nil {
		return err
	}
	s.queue(text, given...)
	if len(s.ahead) > maxAhead {
		return s.flush()
	}
	return nil
}

// admit prepares the arguments of a caller's statement, unless the transaction
// or its time is over.
func (s *session) admit(args []any) ([]any, error) {
	if s.lost != nil {
		return nil, s.lost
	}
	if err := s.ctx.Err(); err != nil {
		return nil, err
	}
	s.asked++
	return plain(args)
}

// within is the context of one statement. A caller that goes away does not cut
// a statement short, since that costs the connection; it ends before the next.
func (s *session) within() (context.Context, context.CancelFunc) {
	ctx := context.WithoutCancel(s.ctx)
	if s.limit == 0 {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, s.limit)
}

// Exec implements db.Conn.
func (s *session) Exec(text string, args ...any) (int64, error) {
	if len(args) == 0 && strings.Contains(text, ";") {
		return 0, s.script(text)
	}
	r, err := s.Query(text, args...)
	if err != nil {
		return 0, err
	}
	r.Close()
	return r.(*rows).CommandTag().RowsAffected(), r.Err()
}

// script runs several statements.
func (s *session) script(text string) error {
	if err := s.flush(); err != nil {
		return err
	}
	ctx, cancel := s.within()
	defer cancel()
	_, err := s.conn.PgConn().Exec(ctx, text).ReadAll()
	return s.note(err)
}

// flush sends what waits.
func (s *session) flush() error {
	if len(s.ahead) == 0 {
		return s.lost
	}
	last := s.ahead[len(s.ahead)-1]
	s.ahead = s.ahead[:len(s.ahead)-1]
	r, err := s.send(last.text, last.args)
	if err != nil {
		return err
	}
	r.Close()
	return r.Err()
}

// Query implements db.Conn.
func (s *session) Query(text string, args ...any) (db.Rows, error) {
	given, err := s.admit(args)
	if err != nil {
		return nil, err
	}
	r, err := s.send(text, given)
	if err != nil {
		return nil, err
	}
	return r, nil
}

// QueryAll implements db.Pipeline.
func (s *session) QueryAll(queries []db.Statement, read func(int, db.Rows) error) error {
	if len(s.ahead) > 0 { // so that only one way of sending has to heed them
		if err := s.flush(); err != nil {
			return err
		}
	}
	batch := &pgx.Batch{}
	for _, q := range queries {
		given, err := s.admit(q.Args)
		if err != nil {
			return err
		}
		batch.Queue(q.Text, given...)
	}
	ctx, cancel := s.within()
	s.sent++
	results := s.conn.SendBatch(ctx, batch)
	err := func() error {
		for i := range queries {
			r, err := results.Query()
			if err != nil {
				return err
			}
			one := &rows{Rows: r, session: s, cancel: func() {}}
			err = read(i, one)
			one.Close()
			if err = errors.Join(err, one.Err()); err != nil {
				return err
			}
		}
		return nil
	}()
	if closing := results.Close(); err == nil {
		err = closing
	}
	cancel()
	return s.note(err)
}

// send runs a statement behind those that wait. If it is the first and finds
// the connection broken, it is sent on another one.
func (s *session) send(text string, args []any) (*rows, error) {
	r, err := s.attempt(text, args)
	// Of a statement that was prepared there, only the rows tell that it is.
	if s.renew != nil && s.conn.IsClosed() {
		if err == nil {
			r.Close()
		}
		conn, failed := s.renew()
		if failed == nil {
			s.conn, s.lost = conn, nil
			s.renew = nil
			return s.attempt(text, args)
		}
	}
	s.renew = nil
	return r, err
}

func (s *session) attempt(text string, args []any) (*rows, error) {
	ctx, cancel := s.within()
	s.sent++
	r := &rows{session: s, cancel: cancel}
	if len(s.ahead) == 0 {
		var err error
		if r.Rows, err = s.conn.Query(ctx, text, args...); err != nil {
			cancel()
			return nil, s.note(err)
		}
		return r, nil
	}
	batch := &pgx.Batch{}
	for _, a := range s.ahead {
		batch.Queue(a.text, a.args...)
	}
	batch.Queue(text, args...)
	r.batch = s.conn.SendBatch(ctx, batch)
	for range s.ahead {
		if _, err := r.batch.Exec(); err != nil {
			r.batch.Close()
			cancel()
			s.lost = err // what it was to rest on is not there
			return nil, err
		}
	}
	s.ahead = s.ahead[:0]
	var err error
	if r.Rows, err = r.batch.Query(); err != nil {
		r.batch.Close()
		cancel()
		return nil, s.note(err)
	}
	return r, nil
}

// note remembers that the transaction is lost if the connection is.
func (s *session) note(err error) error {
	if err != nil && s.conn.IsClosed() && s.lost == nil {
		s.lost = err
	}
	return err
}
