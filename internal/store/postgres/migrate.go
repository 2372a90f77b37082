package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"lectern/internal/store/db"
)

// migrateTime bounds the waiting for another process that migrates, and for who
// else holds a lock on the tables.
const migrateTime = 30 * time.Second

// Prepare implements db.Migrator. A user without the right to create tables
// can use a database that has them.
func (e *engine) Prepare(ctx context.Context) error {
	var ours, others bool
	err := e.primary.QueryRow(ctx, `
		SELECT to_regclass('schema_migrations') IS NOT NULL,
			EXISTS (SELECT 1 FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r')`).Scan(&ours, &others)
	switch {
	case err != nil:
		return explain(err)
	case ours:
		return nil
	case others:
		return errors.New("the database is that of another program: it has tables, but none of ours")
	}
	if _, err := e.primary.Exec(ctx, db.MigrationsTable); err != nil && code(err) != alreadyThere {
		return explain(err)
	}
	return nil
}

// Migrate implements db.Migrator. It keeps whoever makes changes in any process
// waiting, since files may rest on what is in the tables. Of what is written
// without an order a file has to lock the tables that it rewrites.
func (e *engine) Migrate(ctx context.Context, fn func(db.Conn) error) error {
	conn, err := e.primary.Acquire(ctx)
	if err != nil {
		return explain(err)
	}
	defer conn.Release() // which closes it if the transaction is still open
	wait := migrateTime
	if end, ok := ctx.Deadline(); ok { // room to say why
		wait = min(wait, time.Until(end)/2)
	}
	s := &session{conn: conn.Conn(), ctx: ctx}
	s.queue(`BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE`)
	s.queue(`SELECT set_config('lock_timeout', $1, true)`, fmt.Sprintf("%dms", max(1, wait.Milliseconds())))
	s.queue(lockInstallation, int64(installationLock))
	if err := fn(s); err != nil {
		return migrateError(err)
	}
	return migrateError(end(s))
}

// migrateError explains what the server says, and keeps what the store says.
func migrateError(err error) error {
	if err == nil || code(err) == "" {
		return err
	}
	return fmt.Errorf("%w (%w)", explain(err), err)
}
