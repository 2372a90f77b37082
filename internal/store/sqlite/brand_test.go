package sqlite_test

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"os"
	"path/filepath"
	"testing"

	"lectern"
)

// makeOld makes a database of the first schema alone, with two workspaces, one
// of which changed its default help center.
func makeOld(t *testing.T, path string) {
	t.Helper()
	schema, err := os.ReadFile("schema/0001_init.sql")
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(schema)
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, s := range []struct {
		text string
		args []any
	}{
		{string(schema), nil},
		{`CREATE TABLE schema_migrations (workspace_id BIGINT NOT NULL, version BIGINT NOT NULL, name TEXT NOT NULL,
			checksum TEXT NOT NULL, applied_at BIGINT NOT NULL, PRIMARY KEY (workspace_id, version))`, nil},
		{`INSERT INTO schema_migrations VALUES (0, 1, '0001_init.sql', $1, 1700000000)`, []any{hex.EncodeToString(sum[:])}},
		{`INSERT INTO workspace VALUES (1001, 'aaaaaaaa', 'First', 'US', 'Etc/UTC', 1700000001),
			(1003, 'bbbbbbbb', 'Second', 'US', 'Etc/UTC', 1700000002)`, nil},
		{`INSERT INTO help_center VALUES
			(1001, 1002, 'one', 'One', 1, '', 1, 'en', 'en', 0, 1, 1),
			(1003, 1004, 'two', 'Two', 1, '', 0, 'en', 'en', 0, 1, 1),
			(1003, 1005, 'three', 'Three', 1, '', 1, 'en', 'en', 0, 1, 1)`, nil},
		{`UPDATE counter SET value = 1005`, nil},
	} {
		if _, err := db.Exec(s.text, s.args...); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAWorkspaceFromBeforeBrandsGetsItsDefaultOne(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lectern.db")
	makeOld(t, path)
	s := openFile(t, path)
	seen := map[int64]bool{}
	for ws, want := range map[lectern.WorkspaceID]lectern.Brand{
		1001: {Name: "First", HelpCenter: 1002}, 1003: {Name: "Second", HelpCenter: 1005},
	} {
		brands, err := s.Brands(t.Context(), ws)
		if err != nil || len(brands) != 1 {
			t.Fatalf("brands %v, error %v", brands, err)
		}
		b := brands[0]
		if b.Name != want.Name || b.HelpCenter != want.HelpCenter || !b.Default || b.CreatedAt.Unix() < 1700000001 {
			t.Errorf("brand of workspace %d is %+v", ws, b)
		}
		seen[int64(b.ID)], seen[b.AddressSettings] = true, true
	}
	if len(seen) != 4 {
		t.Errorf("IDs %v, want four of their own", seen)
	}
	next := int64(addTag(t, s, lectern.ByCommand(1001, 0), "next"))
	for id := range seen {
		if id <= 1005 || id >= next {
			t.Errorf("ID %d, want one between 1005 and %d", id, next)
		}
	}
}
