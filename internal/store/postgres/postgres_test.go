package postgres_test

import (
	"flag"
	"os"
	"runtime"
	"strconv"
	"testing"

	"lectern"
	"lectern/internal/store"
	"lectern/internal/store/postgres"
	"lectern/internal/testpg"
)

// atOnce is how many tests run at the same time unless -parallel says otherwise. They
// wait for the server far more than they compute.
const atOnce = 8

func TestMain(m *testing.M) {
	flag.Parse()
	if p := flag.Lookup("test.parallel"); p.Value.String() == p.DefValue && runtime.GOMAXPROCS(0) < atOnce {
		p.Value.Set(strconv.Itoa(atOnce))
	}
	os.Exit(m.Run())
}

func openEmpty(t testing.TB, o store.Options) lectern.Store {
	t.Helper()
	s, err := postgres.Open(t.Context(), testpg.DSN(t), postgres.Options{Options: o})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}
