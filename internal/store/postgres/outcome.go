package postgres

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"lectern"
)

// If the connection is lost while a commit is under way, the changes may be
// stored or not. To run them again blindly could store them twice; to say that
// they failed could be a lie. So every batch also writes its number beside the
// name of its writer. Whoever changes that row afterwards waits until the lost
// transaction is no longer under way, and reads there whether it was committed.
// Unlike the number of a transaction, that stays true on a standby that has
// become the primary, where the same number may come to name another one.

const (
	// leaveMark writes the number of a batch.
	leaveMark = `
		INSERT INTO commit_mark (workspace_id, writer, batch, at)
		VALUES (0, $1, $2, CAST(extract(epoch FROM now()) AS BIGINT))
		ON CONFLICT (workspace_id, writer) DO UPDATE SET batch = excluded.batch, at = excluded.at`

	// findMark reads it, and waits for a transaction that is leaving one.
	findMark = `
		INSERT INTO commit_mark (workspace_id, writer, batch, at)
		VALUES (0, $1, 0, CAST(extract(epoch FROM now()) AS BIGINT))
		ON CONFLICT (workspace_id, writer) DO UPDATE SET at = excluded.at
		RETURNING batch`

	// dropMarks deletes those of writers that are gone since a month.
	dropMarks = `DELETE FROM commit_mark WHERE at < CAST(extract(epoch FROM now()) AS BIGINT) - 2592000`

	// settleTime is how long the outcome of a commit is asked for.
	settleTime = 20 * time.Second
)

// errUnknown says that nobody can say.
var errUnknown = &lectern.Error{
	Kind: lectern.Unavailable,
	Text: "The connection to the database was lost while the change was being stored. It may be stored or not; please look before you try again.",
}

// commit keeps what the transaction did.
func (w *writer) commit(s *session) error {
	err := end(s)
	if err == nil || !uncertain(s, err) {
		if err != nil {
			w.rollBack()
		}
		return err
	}
	return w.settle(err)
}

// end sends COMMIT behind what waits.
func end(s *session) error {
	r, err := s.send(`COMMIT`, nil)
	if err != nil {
		return err
	}
	r.Close()
	if err := r.Err(); err != nil {
		return err
	}
	if tag := r.CommandTag().String(); tag != "COMMIT" {
		return errors.New("the transaction was rolled back: " + tag)
	}
	return nil
}

// uncertain reports whether an error of a commit leaves open what became of it.
// An error that the server reports and survives means that nothing is stored;
// one that ends the connection may come after the commit, while the server waits
// for its standby.
func uncertain(s *session, err error) bool {
	var said *pgconn.PgError
	return !errors.As(err, &said) || said.SeverityUnlocalized != "ERROR" || s.conn.IsClosed()
}

// settle finds out whether the last batch was committed. It returns nil if it
// was, cause if it was not, and errUnknown if the database does not say in time.
func (w *writer) settle(cause error) error {
	ctx, cancel := context.WithTimeout(context.Background(), settleTime)
	defer cancel()
	for {
		committed, err := w.committed(ctx)
		switch {
		case err == nil && committed:
			return nil
		case err == nil:
			return &lostError{cause}
		}
		select {
		case <-time.After(tryAgainAfter):
		case <-ctx.Done():
			w.disconnect()
			unknown := *errUnknown
			unknown.Err = errors.Join(errUnknown, cause, err)
			return &unknown
		}
	}
}

// committed reads whether the last batch is stored. It also writes: where a
// standby must confirm commits, that it confirms this one says that it has all
// before.
func (w *writer) committed(ctx context.Context) (bool, error) {
	w.disconnect()
	if err := w.connect(ctx); err != nil {
		return false, err
	}
	s := &session{conn: w.conn, ctx: ctx, limit: connectTime}
	s.queue(`BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE`)
	s.queue(`SELECT set_config('lock_timeout', '4s', true)`)
	var batch int64
	rows, err := s.Query(findMark, w.name)
	if err != nil {
		return false, err
	}
	if rows.Next() {
		err = rows.Scan(&batch)
	}
	rows.Close()
	if err := errors.Join(err, rows.Err()); err != nil {
		return false, err
	}
	return batch == w.last, end(s)
}

// A lostError is the cause of a commit that surely was not made.
type lostError struct{ error }

// Unwrap returns the cause.
func (e *lostError) Unwrap() error { return e.error }
