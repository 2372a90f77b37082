package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// Check implements db.Checker. PostgreSQL has no check of its own but the
// extension amcheck, which compares indexes with their tables where it is
// installed. All else that can be done is to read every value.
func (e *engine) Check(ctx context.Context, quick bool) ([]string, error) {
	if quick {
		return nil, nil // the server refuses to start on what it knows to be damaged
	}
	statements, err := e.checks(ctx)
	if err != nil {
		return nil, explain(err)
	}
	var findings []string
	for _, s := range statements {
		_, err := e.primary.Exec(ctx, s.text, pgx.QueryExecModeSimpleProtocol)
		switch {
		case err == nil:
		case damaged(err):
			findings = append(findings, fmt.Sprintf("%s: %v", s.about, err))
		default:
			return findings, fmt.Errorf("%s: %w", s.about, explain(err))
		}
	}
	return findings, nil
}

// A reading is a statement that fails if what it is about is damaged.
type reading struct{ about, text string }

// checks lists a statement for each table and, with amcheck, each index.
func (e *engine) checks(ctx context.Context) ([]reading, error) {
	rows, err := e.primary.Query(ctx, `
		SELECT 'table ' || relname, format('SELECT count(t::text) FROM %s t', oid::regclass)
		FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace
		UNION ALL
		SELECT 'index ' || c.relname, format('SELECT bt_index_check(%s::oid::regclass, true)', c.oid)
		FROM pg_class c JOIN pg_am a ON a.oid = c.relam AND a.amname = 'btree'
		WHERE c.relkind = 'i' AND c.relnamespace = current_schema()::regnamespace
			AND EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'amcheck')
		ORDER BY 1 DESC`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (r reading, err error) {
		err = row.Scan(&r.about, &r.text)
		return r, err
	})
}

// damaged reports whether the server says that its files are not what it wrote.
func damaged(err error) bool {
	c := code(err)
	return c == dataCorrupted || c == indexCorrupted
}
