package postgres_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"lectern/internal/store"
	"lectern/internal/store/sqlite"
	"lectern/internal/testpg"
)

// lists reads the rows of a query of one text.
func lists(t *testing.T, dsn, query string) []string {
	t.Helper()
	c, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(context.WithoutCancel(t.Context()))
	rows, err := c.Query(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	list, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestEveryTableKeyAndReferenceBeginsWithTheWorkspace(t *testing.T) {
	dsn := testpg.DSN(t)
	node(t, dsn, store.Options{})
	const ours = `c.relnamespace = current_schema()::regnamespace`
	tables := lists(t, dsn, `SELECT relname::text FROM pg_class c WHERE relkind IN ('r', 'p') AND `+ours)
	if len(tables) < 30 {
		t.Fatalf("only %d tables: %q", len(tables), tables)
	}
	for what, query := range map[string]string{
		"begins with another column": `SELECT c.relname::text FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = 1
			WHERE c.relkind IN ('r', 'p') AND a.attname <> 'workspace_id' AND ` + ours,
		"has no primary key": `SELECT c.relname::text FROM pg_class c WHERE c.relkind IN ('r', 'p') AND ` + ours + `
			AND NOT EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary)`,
		"has a primary key that begins with another column": `SELECT c.relname::text FROM pg_index i
			JOIN pg_class c ON c.oid = i.indrelid JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
			WHERE i.indisprimary AND a.attname <> 'workspace_id' AND ` + ours,
		"is unique without the workspace": `SELECT i.indexrelid::regclass::text FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
			WHERE i.indisunique AND ` + ours + ` AND NOT EXISTS (SELECT 1 FROM pg_attribute a
				WHERE a.attrelid = c.oid AND a.attname = 'workspace_id' AND a.attnum = ANY (i.indkey))`,
		"refers to more than its workspace": `SELECT f.conname::text FROM pg_constraint f JOIN pg_class c ON c.oid = f.conrelid
			WHERE f.contype = 'f' AND ` + ours + ` AND NOT EXISTS (
				SELECT 1 FROM unnest(f.conkey, f.confkey) AS k (here, there)
				JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = k.here
				JOIN pg_attribute b ON b.attrelid = f.confrelid AND b.attnum = k.there
				WHERE a.attname = 'workspace_id' AND b.attname = 'workspace_id')`,
		"has no index that begins with its columns": `SELECT f.conname::text FROM pg_constraint f JOIN pg_class c ON c.oid = f.conrelid
			WHERE f.contype = 'f' AND ` + ours + ` AND NOT EXISTS (
				SELECT 1 FROM pg_index i WHERE i.indrelid = f.conrelid
					AND (i.indpred IS NULL OR pg_get_expr(i.indpred, i.indrelid) LIKE '(%_id IS NOT NULL)')
					AND (SELECT array_agg(k) FROM unnest((i.indkey::int2[])[0:cardinality(f.conkey) - 1]) k) @> f.conkey)`,
		"is a text ordered by the server's locale": `SELECT c.relname || '.' || a.attname FROM pg_class c
			JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
			JOIN pg_collation o ON o.oid = a.attcollation
			WHERE c.relkind IN ('r', 'p') AND o.collname <> 'C' AND c.relname <> 'schema_migrations' AND ` + ours,
	} {
		if found := lists(t, dsn, query); len(found) > 0 {
			t.Errorf("%s %s", found, what)
		}
	}
}

// TestBothEnginesHaveTheSameTables compares tables, columns, keys and whether a
// column may be empty with those of SQLite. What several processes need to know
// of one another PostgreSQL has alone.
func TestBothEnginesHaveTheSameTables(t *testing.T) {
	dsn := testpg.DSN(t)
	node(t, dsn, store.Options{})
	here := lists(t, dsn, `
		SELECT concat_ws(' ', c.relname, a.attname,
			CASE format_type(a.atttypid, NULL) WHEN 'bigint' THEN 'INTEGER' WHEN 'text' THEN 'TEXT' WHEN 'bytea' THEN 'BLOB'
				WHEN 'double precision' THEN 'REAL' ELSE format_type(a.atttypid, NULL) END,
			CASE WHEN a.attnotnull THEN 'always' END, 'key ' || COALESCE(array_position(k.conkey, a.attnum), 0))
		FROM pg_class c
		JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
		LEFT JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p'
		WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace
			AND c.relname NOT IN ('commit_mark', 'rate_window', 'schema_migrations')`)
	path := filepath.Join(t.TempDir(), "lectern.db")
	s, err := sqlite.Open(t.Context(), path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query(`
		SELECT concat_ws(' ', t.name, c.name, c.type, CASE WHEN c."notnull" THEN 'always' END, 'key ' || c.pk)
		FROM pragma_table_list t JOIN pragma_table_info(t.name) c
		WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name <> 'schema_migrations'`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var there []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		there = append(there, s)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	for _, c := range here {
		if !slices.Contains(there, c) {
			t.Errorf("only PostgreSQL has the column %s", c)
		}
	}
	for _, c := range there {
		if !slices.Contains(here, c) && !strings.HasPrefix(c, "sqlite_") {
			t.Errorf("only SQLite has the column %s", c)
		}
	}
}
