package postgres

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"lectern"
	"lectern/internal/store"
	"lectern/internal/store/db"
	"lectern/internal/store/storetest"
	"lectern/internal/testpg"
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
	return e.engine.Read(ctx, func(c db.Conn) error { return fn(&recordingConn{c.(*session), e.ran}) })
}

func (e *recording) ReadOne(ctx context.Context, fn func(db.Conn) error) error {
	return e.engine.ReadOne(ctx, func(c db.Conn) error { return fn(&recordingConn{c.(*session), e.ran}) })
}

func (e *recording) Write(ctx context.Context, ws lectern.WorkspaceID, fn func(db.Conn) error, committed func()) error {
	return e.engine.Write(ctx, ws, func(c db.Conn) error { return fn(&recordingConn{c.(*session), e.ran}) }, committed)
}

func (e *recording) WriteUnordered(ctx context.Context, ws lectern.WorkspaceID, fn func(db.Conn) error) error {
	return e.engine.WriteUnordered(ctx, ws, func(c db.Conn) error { return fn(&recordingConn{c.(*session), e.ran}) })
}

type recordingConn struct {
	*session
	ran *statements
}

func (c *recordingConn) Exec(text string, args ...any) (int64, error) {
	if len(args) > 0 {
		c.ran.add(text)
	}
	return c.session.Exec(text, args...)
}

func (c *recordingConn) Query(text string, args ...any) (db.Rows, error) {
	c.ran.add(text)
	return c.session.Query(text, args...)
}

func (c *recordingConn) Later(text string, args ...any) error {
	c.ran.add(text)
	return c.session.Later(text, args...)
}

func (c *recordingConn) QueryAll(queries []db.Statement, read func(int, db.Rows) error) error {
	for _, q := range queries {
		c.ran.add(q.Text)
	}
	return c.session.QueryAll(queries, read)
}

// TestPostgreSQLKeepsThePromisesOfAStore makes the tables once, and copies them
// for each promise. Then it reads the plan of every statement that was run.
func TestPostgreSQLKeepsThePromisesOfAStore(t *testing.T) {
	empty := testpg.DSN(t)
	s, err := Open(t.Context(), empty, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	ran := &statements{all: map[string]bool{}}
	t.Run("promises", func(t *testing.T) {
		storetest.Run(t, func(t testing.TB, o store.Options) lectern.Store {
			e, err := open(t.Context(), testpg.Copy(t, empty), Options{Options: o})
			if err != nil {
				t.Fatal(err)
			}
			s, err := store.Open(t.Context(), &recording{e, ran}, o)
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
	t.Run("plans", func(t *testing.T) { readPlans(t, empty, ran) })
}

// small are the tables that do not grow with what people write or do: they have
// a row for the installation, a workspace, a language, or what one switches on.
var small = []string{
	"workspace", "counter", "count_clock", "search_version", "search_stat", "help_center", "schema_migrations", "move_progress",
	"visitor_salt", "content_load",
}

// whole are statements that go through a table or an index to its end, with the
// reason.
var whole = map[string]string{
	"SELECT e.workspace_id, e.id, e.at, e.kind, e.object, e.admin_id, e.ip, e.data FROM counter n CROSS JOIN event e " +
		"WHERE e.workspace_id = n.workspace_id AND e.id = n.last_event": "once, at the start: two rows and one in the test, and a look into the index for each workspace where there are many events",
}

// readPlans reads how PostgreSQL would run each statement where it avoids reading
// whole tables, whatever its parameters: none may go through all of a table that
// grows.
func readPlans(t *testing.T, dsn string, ran *statements) {
	if len(ran.all) < 200 {
		t.Fatalf("only %d statements were seen", len(ran.all))
	}
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	run := func(text string) {
		if _, err := conn.Exec(t.Context(), text, pgx.QueryExecModeSimpleProtocol); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
	}
	run(`SET enable_seqscan = off`)
	run(`SET plan_cache_mode = force_generic_plan`)
	indexes := map[string]index{}
	rows, err := conn.Query(t.Context(), `
		SELECT i.relname, t.relname, a.attname FROM pg_index x
		JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
		JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = x.indkey[0]`)
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		var name string
		var x index
		if err := rows.Scan(&name, &x.table, &x.first); err != nil {
			t.Fatal(err)
		}
		indexes[name] = x
	}
	if rows.Close(); rows.Err() != nil || len(indexes) < 50 {
		t.Fatal(len(indexes), rows.Err())
	}
	number := regexp.MustCompile(`\$(\d+)`)
	scans := func(text string) string {
		n := 0
		for _, m := range number.FindAllStringSubmatch(text, -1) {
			var k int
			fmt.Sscan(m[1], &k)
			n = max(n, k)
		}
		run(`PREPARE s AS ` + text)
		defer run(`DEALLOCATE s`)
		execute := `EXPLAIN (FORMAT JSON) EXECUTE s`
		if n > 0 {
			execute += `(` + strings.TrimSuffix(strings.Repeat("NULL,", n), ",") + `)`
		}
		var answer string
		if err := conn.QueryRow(t.Context(), execute, pgx.QueryExecModeSimpleProtocol).Scan(&answer); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		var plans []struct{ Plan plan }
		if err := json.Unmarshal([]byte(answer), &plans); err != nil {
			t.Fatal(err)
		}
		return plans[0].Plan.scans(indexes, false)
	}
	if scans(`SELECT count(*) FROM event WHERE kind = $1`) == "" {
		t.Fatal("a statement that reads a whole table is not told from others")
	}
	for text := range ran.all {
		if whole[strings.Join(strings.Fields(text), " ")] != "" {
			continue
		}
		if bad := scans(text); bad != "" {
			t.Errorf("%s\n\t%s", text, bad)
		}
	}
}

// A plan is a node of one, with those below it.
type plan struct {
	Type     string `json:"Node Type"`
	Table    string `json:"Relation Name"`
	Index    string `json:"Index Name"`
	Cond     string `json:"Index Cond"`
	Children []plan `json:"Plans"`
}

// An index is of a table, by columns of which this is the first.
type index struct{ table, first string }

// scans names what goes through all of a table that grows, or of an index of
// one, unless a limit ends that.
func (p plan) scans(indexes map[string]index, limited bool) string {
	limited = limited && p.Type != "Sort" || p.Type == "Limit"
	x := indexes[p.Index]
	table := cmp.Or(p.Table, x.table)
	all := p.Type == "Seq Scan" || p.Index != "" && !limited && !strings.Contains(p.Cond, x.first)
	if all && !slices.Contains(small, table) {
		return p.Type + " of " + table + " by " + p.Index + " " + p.Cond
	}
	for _, c := range p.Children {
		if bad := c.scans(indexes, limited); bad != "" {
			return bad
		}
	}
	return ""
}
