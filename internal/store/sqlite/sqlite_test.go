package sqlite_test

import (
	"path/filepath"
	"testing"

	"lectern"
	"lectern/internal/store"
	"lectern/internal/store/sqlite"
)

func openEmpty(t testing.TB, o store.Options) lectern.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "lectern.db"), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}
