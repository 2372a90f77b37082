package sqlite_test

import (
	"database/sql"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// lists reads the rows of a query, each as one text of its columns.
func lists(t *testing.T, db *sql.DB, query string, args ...any) []string {
	t.Helper()
	rows, err := db.Query(query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var list []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		list = append(list, s)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

func TestEveryTableKeyAndReferenceBeginsWithTheWorkspace(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lectern.db")
	openFile(t, path)
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	tables := lists(t, db, `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'`)
	if len(tables) < 17 {
		t.Fatalf("only %d tables: %q", len(tables), tables)
	}
	for _, table := range tables {
		if c := lists(t, db, `SELECT name FROM pragma_table_info($1)`, table); c[0] != "workspace_id" {
			t.Errorf("%s begins with %s", table, c[0])
		}
		if c := lists(t, db, `SELECT name FROM pragma_table_info($1) WHERE pk > 0 ORDER BY pk`, table); len(c) == 0 || c[0] != "workspace_id" {
			t.Errorf("the primary key of %s is %q", table, c)
		}
		for _, index := range lists(t, db, `SELECT name FROM pragma_index_list($1) WHERE "unique"`, table) {
			if c := lists(t, db, `SELECT name FROM pragma_index_info($1)`, index); !slices.Contains(c, "workspace_id") {
				t.Errorf("unique index %s is on %q", index, c)
			}
		}
		for _, key := range lists(t, db, `
			SELECT group_concat("from" || '=' || COALESCE("to", '')) FROM pragma_foreign_key_list($1) GROUP BY id`, table) {
			if !strings.Contains(key, "workspace_id=workspace_id") {
				t.Errorf("%s refers by %s", table, key)
			}
		}
	}
}

// TestEveryReferenceHasAnIndex looks for foreign keys whose columns no index
// begins with: what they refer to could be deleted only by reading the whole
// table. An index of the rows that refer to something at all is enough.
func TestEveryReferenceHasAnIndex(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lectern.db")
	openFile(t, path)
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	keys := 0
	for _, table := range lists(t, db, `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'`) {
		for _, key := range lists(t, db, `
			SELECT group_concat("from") FROM (SELECT * FROM pragma_foreign_key_list($1) ORDER BY id, seq) GROUP BY id`, table) {
			keys++
			columns := strings.Split(key, ",")
			indexes := lists(t, db, `
				SELECT i.name FROM pragma_index_list($1) i LEFT JOIN sqlite_schema s ON s.name = i.name
				WHERE NOT i.partial OR s.sql LIKE '%WHERE ' || $2 || ' IS NOT NULL'`, table, columns[len(columns)-1])
			if !slices.ContainsFunc(indexes, func(index string) bool {
				has := lists(t, db, `SELECT COALESCE(name, '') FROM pragma_index_info($1) ORDER BY seqno`, index)
				return len(has) >= len(columns) && sameSet(has[:len(columns)], columns)
			}) {
				t.Errorf("no index of %s begins with %s", table, key)
			}
		}
	}
	if keys < 40 {
		t.Errorf("only %d foreign keys", keys)
	}
}

// sameSet reports whether two lists hold the same names in any order.
func sameSet(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}
