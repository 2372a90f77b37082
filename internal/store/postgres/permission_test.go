package postgres

import (
	"testing"

	"lectern/internal/store/db"
	"lectern/internal/store/storetest"
	"lectern/internal/testpg"
)

func TestPostgreSQLRefusesChangesWithoutTheirRight(t *testing.T) {
	empty := testpg.DSN(t)
	s, err := Open(t.Context(), empty, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	storetest.Rights(t, func(t testing.TB) db.Engine {
		e, err := open(t.Context(), testpg.Copy(t, empty), Options{})
		if err != nil {
			t.Fatal(err)
		}
		return e
	})
}
