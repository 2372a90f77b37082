package postgres

import (
	"context"
	"errors"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"lectern"
	"lectern/internal/store/db"
)

// readers read, on the primary or, where old data will do, on a replica.
type readers struct {
	primary *pgxpool.Pool
	replica *pgxpool.Pool // nil if there is none

	mu     sync.RWMutex // held for reading while something is read
	closed bool
}

func openReaders(ctx context.Context, primary *pgxpool.Config, o Options) (*readers, error) {
	r := &readers{}
	var err error
	if o.Replica != "" {
		config, err := parse(o.Replica)
		if err != nil {
			return nil, err
		}
		config.ConnConfig.ValidateConnect = nil // that it only reads is what it is for
		if r.replica, err = pgxpool.NewWithConfig(ctx, config); err != nil {
			return nil, err
		}
	}
	r.primary, err = pgxpool.NewWithConfig(ctx, primary)
	return r, err
}

// readOnlyTransaction begins a transaction that sees one state throughout.
const readOnlyTransaction = `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY`

// Read implements db.Engine. The transaction sees the state of its first
// statement.
func (r *readers) Read(ctx context.Context, fn func(db.Conn) error) error {
	return r.read(ctx, readOnlyTransaction, fn)
}

// ReadOne implements db.OneReader: a statement by itself needs no
// transaction around it to see one state.
func (r *readers) ReadOne(ctx context.Context, fn func(db.Conn) error) error {
	return r.read(ctx, ``, fn)
}

func (r *readers) read(ctx context.Context, begin string, fn func(db.Conn) error) error {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if r.closed {
		return errClosed
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if done, err := r.readReplica(ctx, fn); done {
		return err
	}
	h, err := hold(ctx, r.primary)
	if err != nil {
		return err
	}
	return h.run(ctx, begin, fn)
}

// A held is a connection of a pool while something is read on it.
type held struct {
	pool *pgxpool.Pool
	conn *pgxpool.Conn // nil once it is given back
}

func hold(ctx context.Context, pool *pgxpool.Pool) (*held, error) {
	conn, err := pool.Acquire(ctx)
	return &held{pool, conn}, err
}

// run runs fn, within a transaction that begin begins unless it is empty. Nobody
// waits for the end of the transaction.
func (h *held) run(ctx context.Context, begin string, fn func(db.Conn) error) error {
	s := &session{conn: h.conn.Conn(), ctx: ctx, limit: statementTime}
	s.renew = func() (*pgx.Conn, error) { return h.renew(ctx) }
	if begin != "" {
		s.queue(begin)
	}
	defer func() {
		if begin == "" || s.sent == 0 || h.conn == nil {
			h.release()
			return
		}
		go func() {
			defer h.release()
			ctx, cancel := s.within()
			defer cancel()
			if _, err := s.conn.Exec(ctx, `ROLLBACK`); err != nil {
				s.conn.Close(ctx)
			}
		}()
	}()
	return fn(s)
}

// renew gives another connection in the place of a broken one. After a restart
// of the server all that the pool has are broken.
func (h *held) renew(ctx context.Context) (*pgx.Conn, error) {
	h.release()
	h.pool.Reset()
	conn, err := h.pool.Acquire(ctx)
	if err != nil {
		return nil, err
	}
	h.conn = conn
	return conn.Conn(), nil
}

// release gives the connection back.
func (h *held) release() {
	if h.conn != nil {
		h.conn.Release()
		h.conn = nil
	}
}

// readReplica reads on the replica if the caller allows old data and the replica
// is not too old for it. Otherwise, and if the replica cannot answer, it reports
// false and fn has not run.
func (r *readers) readReplica(ctx context.Context, fn func(db.Conn) error) (bool, error) {
	least, allowed := db.OldestOf(ctx)
	if r.replica == nil || !allowed || least.Workspace == 0 {
		return false, nil
	}
	h, err := hold(ctx, r.replica)
	if err != nil {
		return false, nil
	}
	ran := false
	err = h.run(ctx, readOnlyTransaction, func(c db.Conn) error {
		if now, err := moment(c, least.Workspace); err != nil || now.Event < least.Event || now.Count < least.Count {
			return errors.Join(err, errTooOld)
		}
		ran = true
		return fn(c)
	})
	return ran, err
}

// errTooOld ends a transaction on a replica that lacks what the caller must see.
var errTooOld = errors.New("the replica is too old")

// moment reads how far a database is with a workspace.
func moment(c db.Conn, ws lectern.WorkspaceID) (now db.Moment, err error) {
	rows, err := c.Query(`
		SELECT e.last_event, COALESCE(s.value, 0) FROM counter e LEFT JOIN count_clock s ON s.workspace_id = e.workspace_id
		WHERE e.workspace_id = $1`, ws)
	if err != nil {
		return now, err
	}
	defer rows.Close()
	if rows.Next() {
		err = rows.Scan(&now.Event, &now.Count)
	}
	return now, errors.Join(err, rows.Err())
}

// close waits for what is being read and closes the connections.
func (r *readers) close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return
	}
	r.closed = true
	r.primary.Close()
	if r.replica != nil {
		r.replica.Close()
	}
}
