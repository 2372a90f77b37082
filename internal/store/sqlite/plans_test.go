package sqlite

import (
	"context"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"lectern"
	"lectern/internal/store"
	"lectern/internal/store/db"
	"lectern/internal/store/storetest"
)

// statements are the texts of all statements that a test ran.
type statements struct {
	mu  sync.Mutex
	all map[string]bool
}

func (s *statements) add(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.all[text] = true
}

// A recording engine notes the statements it runs.
type recording struct {
	*engine
	ran *statements
}

func (e *recording) Read(ctx context.Context, fn func(db.Conn) error) error {
	return e.engine.Read(ctx, func(c db.Conn) error { return fn(recordingConn{c, e.ran}) })
}

func (e *recording) Write(ctx context.Context, ws lectern.WorkspaceID, fn func(db.Conn) error, committed func()) error {
	return e.engine.Write(ctx, ws, func(c db.Conn) error { return fn(recordingConn{c, e.ran}) }, committed)
}

func (e *recording) WriteUnordered(ctx context.Context, ws lectern.WorkspaceID, fn func(db.Conn) error) error {
	return e.engine.WriteUnordered(ctx, ws, func(c db.Conn) error { return fn(recordingConn{c, e.ran}) })
}

type recordingConn struct {
	db.Conn
	ran *statements
}

func (c recordingConn) Exec(text string, args ...any) (int64, error) {
	if len(args) > 0 {
		c.ran.add(text)
	}
	return c.Conn.Exec(text, args...)
}

func (c recordingConn) Query(text string, args ...any) (db.Rows, error) {
	c.ran.add(text)
	return c.Conn.Query(text, args...)
}

// TestSQLiteKeepsThePromisesOfAStore also reads the plan of every statement
// that keeps them.
func TestSQLiteKeepsThePromisesOfAStore(t *testing.T) {
	ran := &statements{all: map[string]bool{}}
	t.Run("promises", func(t *testing.T) {
		storetest.Run(t, func(t testing.TB, o store.Options) lectern.Store {
			t.Helper()
			inner, err := open(t.Context(), filepath.Join(t.TempDir(), "lectern.db"))
			if err != nil {
				t.Fatal(err)
			}
			s, err := store.Open(t.Context(), &recording{inner, ran}, o)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { s.Close() })
			return s
		})
	})
	if testing.Short() || t.Failed() {
		return
	}
	e, s, _, _ := filled(t, 1500)
	t.Run("plans", func(t *testing.T) { readPlans(t, e.engine, ran) })
	if err := s.GatherStatistics(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := len(lists(t, e.engine, `SELECT stat FROM sqlite_stat1`)); n < 10 {
		t.Errorf("statistics of %d indexes were gathered", n)
	}
	t.Run("plans with statistics", func(t *testing.T) { readPlans(t, e.engine, ran) })
}

// small are the tables that do not grow with what people write or do: they have
// a row for the installation, a workspace, a language, or what one switches on.
var small = []string{
	"workspace", "counter", "count_clock", "search_version", "search_stat", "help_center", "schema_migrations", "move_progress",
	"visitor_salt", "sqlite_schema", "pragma_table_list", "pragma_table_info", "pragma_foreign_key_list", "content_load",
}

// whole are statements that go through an index to its end, with the reason.
var whole = map[string]string{
	"SELECT a.id, a.data, a.workspace_id, a.admin_id, a.ip, i.position, i.object_kind, i.object_id FROM bulk_item i " +
		"JOIN bulk_action a ON a.workspace_id = i.workspace_id AND a.id = i.action_id WHERE i.outcome = 'pending' " +
		"ORDER BY i.action_id, i.position LIMIT 1": "the first row of an index of what is pending",
}

var scanned = regexp.MustCompile(`^SCAN (\w+)`)

// readPlans reads how SQLite would run each statement: none may go through all
// of a table that grows.
func readPlans(t *testing.T, e *engine, ran *statements) {
	if len(ran.all) < 200 {
		t.Fatalf("only %d statements were seen", len(ran.all))
	}
	tables := lists(t, e, `SELECT name FROM sqlite_schema WHERE type = 'table'`)
	tables = slices.DeleteFunc(tables, func(name string) bool { return slices.Contains(small, name) })
	scans := func(text string) []string {
		plan := lists(t, e, `EXPLAIN QUERY PLAN `+text)
		for _, step := range plan {
			m := scanned.FindStringSubmatch(step)
			if m != nil && slices.ContainsFunc(called(text, m[1]), func(table string) bool { return slices.Contains(tables, table) }) {
				return plan
			}
		}
		return nil
	}
	if scans(`SELECT count(*) FROM event e WHERE e.kind = $1`) == nil {
		t.Fatal("a statement that reads a whole table is not told from others")
	}
	for text := range ran.all {
		if plan := scans(text); plan != nil && whole[strings.Join(strings.Fields(text), " ")] == "" {
			t.Errorf("%s\n\t%s", text, strings.Join(plan, "\n\t"))
		}
	}
}

// made are the names of what a statement makes for itself.
var made = regexp.MustCompile(`(\w+) \([\w, ]+\) AS \(`)

// called lists what a statement may call by an alias: the alias, and the words
// that stand before it. What the statement makes for itself is no table.
func called(text, alias string) []string {
	names := []string{alias}
	for _, m := range regexp.MustCompile(`\b(\w+)\s+(?:AS\s+)?`+alias+`\b`).FindAllStringSubmatch(text, -1) {
		names = append(names, m[1])
	}
	for _, m := range made.FindAllStringSubmatch(text, -1) {
		if slices.Contains(names[1:], m[1]) {
			return nil
		}
	}
	return names
}

// lists reads the last column of a query, NULL for every parameter.
func lists(t *testing.T, e *engine, text string) (list []string) {
	t.Helper()
	n := 0
	for _, m := range regexp.MustCompile(`\$(\d+)`).FindAllStringSubmatch(text, -1) {
		var i int
		fmt.Sscan(m[1], &i)
		n = max(n, i)
	}
	rows, err := e.writer.conn.conn.QueryContext(t.Context(), text, make([]any, n)...)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	defer rows.Close()
	columns, _ := rows.Columns()
	for rows.Next() {
		values := make([]any, len(columns))
		var last string
		for i := range values {
			values[i] = new(any)
		}
		values[len(values)-1] = &last
		if err := rows.Scan(values...); err != nil {
			t.Fatal(err)
		}
		list = append(list, last)
	}
	return list
}
