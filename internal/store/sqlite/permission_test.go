package sqlite

import (
	"path/filepath"
	"testing"

	"lectern/internal/store/db"
	"lectern/internal/store/storetest"
)

func TestSQLiteRefusesChangesWithoutTheirRight(t *testing.T) {
	storetest.Rights(t, func(t testing.TB) db.Engine {
		e, err := open(t.Context(), filepath.Join(t.TempDir(), "lectern.db"))
		if err != nil {
			t.Fatal(err)
		}
		return e
	})
}
