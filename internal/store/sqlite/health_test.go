package sqlite_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lectern"
	"lectern/internal/store"
	"lectern/internal/store/db"
	"lectern/internal/store/sqlite"
)

// damage overwrites some pages of a closed database.
func damage(t *testing.T, path string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	const page = 4096
	for at := len(data) / 2 / page * page; at < len(data)-page; at += page {
		copy(data[at:], bytes.Repeat([]byte{0xa5}, page))
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// filled makes a database with a few hundred pages and returns its path.
func filled(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "lectern.db")
	s := openFile(t, path)
	by := setUp(t, s)
	for range 20 {
		_, err := s.AddInternalArticle(t.Context(), by, &lectern.InternalArticleEdit{
			Title: new("T"), Body: new(strings.Repeat("words ", 10_000)), Author: &by.Admin, Owner: &by.Admin,
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestDamageIsFoundAndRemembered(t *testing.T) {
	path := filled(t)
	s := openFile(t, path)
	for _, quick := range []bool{true, false} {
		if found, err := s.Check(t.Context(), quick); err != nil || len(found) > 0 {
			t.Errorf("a good file: found %q, error %v", found, err)
		}
	}
	if err := s.Ping(t.Context()); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	damage(t, path)
	for _, quick := range []bool{true, false} {
		s := openFile(t, path)
		if found, err := s.Check(t.Context(), quick); err != nil || len(found) == 0 {
			t.Errorf("quick %v: found %q, error %v", quick, found, err)
		}
		var said *lectern.Error
		if err := s.Ping(t.Context()); !errors.As(err, &said) || !strings.Contains(said.Text, "damaged") {
			t.Errorf("ping: error %v", err)
		}
	}
}

func TestARowWithoutItsParentIsFound(t *testing.T) {
	path := filled(t)
	change(t, path, `UPDATE admin SET workspace_id = 77`)
	found, err := openFile(t, path).Check(t.Context(), false)
	if err != nil || len(found) == 0 || !strings.Contains(found[0], "admin") {
		t.Errorf("found %q, error %v", found, err)
	}
}

func TestADatabaseCanBeOpenedToBeReadOnly(t *testing.T) {
	path := filled(t)
	dir := filepath.Dir(path)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	s, err := sqlite.Open(t.Context(), path, store.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	all, err := s.Workspaces(t.Context())
	if err != nil || len(all) != 1 {
		t.Fatalf("%d workspaces, error %v", len(all), err)
	}
	if _, err := s.AddTag(t.Context(), lectern.ByCommand(all[0].ID, 0), "x"); !errors.Is(err, lectern.Unavailable) {
		t.Errorf("a change: error %v", err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	after, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("the file was changed, error %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) != 1 {
		t.Errorf("left behind: %q", left)
	}
	change(t, path, `DELETE FROM schema_migrations WHERE version > 1`)
	if _, err := sqlite.Open(t.Context(), path, store.Options{ReadOnly: true}); !errors.Is(err, db.ErrOutdated) {
		t.Errorf("an older schema: error %v", err)
	}
	if _, err := sqlite.Open(t.Context(), filepath.Join(dir, "none.db"), store.Options{ReadOnly: true}); err == nil {
		t.Error("a file that is not there was opened")
	}
}
