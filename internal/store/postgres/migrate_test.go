package postgres

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"lectern"
	"lectern/internal/store"
	"lectern/internal/store/db"
	"lectern/internal/testpg"
)

// A future engine is that of a program with one more schema file.
type future struct {
	*engine
	file string
}

// Schema implements db.Engine.
func (e future) Schema() fs.FS {
	all := fstest.MapFS{"schema/9999_future.sql": {Data: []byte(e.file)}}
	names, _ := fs.Glob(schema, "schema/*.sql")
	for _, n := range names {
		text, _ := fs.ReadFile(schema, n)
		all[n] = &fstest.MapFile{Data: text}
	}
	return all
}

// openFuture opens the store of a newer program.
func openFuture(t *testing.T, dsn, file string) (*store.DB, error) {
	t.Helper()
	e, err := open(t.Context(), dsn, Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), future{e, file}, store.Options{})
	if err == nil {
		t.Cleanup(func() { s.Close() })
	}
	return s, err
}

// TestAProgramServesWhileANewerOneExpandsTheSchema is a rolling upgrade: a node
// of the old program runs, one of the new one changes the schema, the old one
// goes on, and is even started again.
func TestAProgramServesWhileANewerOneExpandsTheSchema(t *testing.T) {
	dsn := testpg.DSN(t)
	old, err := Open(t.Context(), dsn, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer old.Close()
	ws, _, err := old.Setup(t.Context(), lectern.Setup{Locale: "en", Identifier: "help"})
	if err != nil {
		t.Fatal(err)
	}
	by := lectern.ByCommand(ws.ID, 0)
	tag := func(s *store.DB, name string) {
		t.Helper()
		if _, err := s.AddTag(t.Context(), by, name); err != nil {
			t.Error(err)
		}
	}
	tag(old, "before")
	const expand = "-- expand: tags have a colour.\nALTER TABLE tag ADD COLUMN colour TEXT COLLATE \"C\" NOT NULL DEFAULT '';\n"
	fresh, err := openFuture(t, dsn, expand)
	if err != nil {
		t.Fatal(err)
	}
	tag(old, "by the old one")
	tag(fresh, "by the new one")
	again, err := Open(t.Context(), dsn, Options{})
	if err != nil {
		t.Fatalf("the old program is not started again: %v", err)
	}
	defer again.Close()
	tag(again, "by the old one, started again")
	tags, err := old.Tags(t.Context(), ws.ID)
	if err != nil || len(tags) != 4 {
		t.Errorf("%d tags, error %v", len(tags), err)
	}
	// The file is as unchangeable as any.
	if _, err := openFuture(t, dsn, expand+"-- changed"); err == nil || !strings.Contains(err.Error(), "differs") {
		t.Errorf("error %v", err)
	}
}

func TestAProgramRefusesASchemaThatANewerOneContracted(t *testing.T) {
	dsn := testpg.DSN(t)
	if _, err := openFuture(t, dsn, "ALTER TABLE tag DROP COLUMN name_folded;\n"); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), dsn, Options{}); err == nil || !strings.Contains(err.Error(), "use the newer program") {
		t.Errorf("error %v", err)
	}
}

func TestAMigrationThatFailsLeavesNothing(t *testing.T) {
	dsn := testpg.DSN(t)
	for _, file := range []string{
		"CREATE TABLE half (workspace_id BIGINT PRIMARY KEY);\nCREATE TABLE half (workspace_id BIGINT);",
		"CREATE TABLE half (workspace_id BIGINT PRIMARY KEY);\nSELECT 1 / (SELECT 0);",
	} {
		if _, err := openFuture(t, dsn, file); err == nil {
			t.Error("no error")
		}
	}
	s, err := Open(t.Context(), dsn, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	e, err := open(t.Context(), dsn, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	var columns []db.Column
	if err := e.Read(t.Context(), func(c db.Conn) (err error) {
		columns, err = e.Columns(c)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if slices.ContainsFunc(columns, func(c db.Column) bool { return c.Table == "half" }) {
		t.Error("a part of the file was applied")
	}
}
