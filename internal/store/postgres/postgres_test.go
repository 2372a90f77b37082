package postgres_test

import (
	"testing"

	"lectern"
	"lectern/internal/store"
	"lectern/internal/store/postgres"
	"lectern/internal/store/storetest"
	"lectern/internal/testpg"
)

func openEmpty(t testing.TB, o store.Options) lectern.Store {
	t.Helper()
	s, err := postgres.Open(t.Context(), testpg.DSN(t), postgres.Options{Options: o})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestPostgreSQLKeepsThePromisesOfAStore(t *testing.T) { storetest.Run(t, openEmpty) }
