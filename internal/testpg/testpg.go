// Package testpg gives tests a real PostgreSQL.
//
// [DSN] is what most tests want: a fresh, empty database on a server that all
// tests share. The server is the one LECTERN_TEST_POSTGRES names, or else one
// that the first such test of a process starts, in a folder and on a port of its
// own. [Start] gives a test a server that it may stop, kill and replicate.
//
// The programs of PostgreSQL are looked for in $PG_BIN, in PATH and where Debian
// puts them; no running server of the machine is touched. Where there are none,
// the tests are skipped, aloud; with LECTERN_REQUIRE_POSTGRES=1 they fail. They
// are skipped under go test -short, too.
//
// A server never outlives the process that started it, however that ends: a
// [keeper] sees to it.
package testpg

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
)

// Environment variables that tests with PostgreSQL follow.
const (
	EnvServer  = "LECTERN_TEST_POSTGRES"    // URL of a superuser's connection to a server that tests may share
	EnvRequire = "LECTERN_REQUIRE_POSTGRES" // "1" makes tests fail where there is no PostgreSQL
)

// DSN returns the URL of a fresh, empty database, which is dropped when the test
// ends. The server keeps nothing over a crash: a test of durability has to
// [Start] its own.
func DSN(t testing.TB) string {
	t.Helper()
	skipShort(t)
	admin, err := shared()
	if errors.Is(err, errNotFound) {
		unavailable(t, err)
	}
	if err != nil {
		t.Fatalf("start PostgreSQL: %v", err)
	}
	return freshDatabase(t, admin, "")
}

// Copy returns the URL of a fresh copy of a database that nobody is connected
// to, on the same server, which is dropped when the test ends. It costs less
// than making the tables anew.
func Copy(t testing.TB, dsn string) string {
	t.Helper()
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	admin, err := inDatabase(dsn, "postgres")
	if err != nil {
		t.Fatal(err)
	}
	return freshDatabase(t, admin, " TEMPLATE "+strings.TrimPrefix(u.Path, "/"))
}

// shared returns the URL of the server that the tests of a process share.
var shared = sync.OnceValues(func() (string, error) {
	if admin := os.Getenv(EnvServer); admin != "" {
		return admin, nil
	}
	c, err := start(Options{Fast: true})
	if err != nil {
		return "", err
	}
	return c.DSN("postgres"), nil // the keeper stops it after the last test
})

// skipShort ends a test under go test -short, unless PostgreSQL is required.
func skipShort(t testing.TB) {
	t.Helper()
	if testing.Short() && os.Getenv(EnvRequire) != "1" {
		t.Skip("NOT TESTED on PostgreSQL, for -short is of SQLite")
	}
}

// unavailable ends a test that has no PostgreSQL.
func unavailable(t testing.TB, err error) {
	t.Helper()
	const advice = "install PostgreSQL 15 or later (on Debian: apt-get install postgresql), say in PG_BIN where its programs are, or name a server in " + EnvServer
	if os.Getenv(EnvRequire) == "1" {
		t.Fatalf("there is no PostgreSQL to test with: %v\n%s", err, advice)
	}
	t.Skipf("NOT TESTED, since there is no PostgreSQL: %v\n%s", err, advice)
}

// freshDatabase makes a database, as options say, on the server that admin is
// the URL of, and drops it, with its connections, when the test ends.
func freshDatabase(t testing.TB, admin, options string) string {
	t.Helper()
	name := "test_" + strings.ToLower(rand.Text())
	dsn, err := inDatabase(admin, name)
	if err == nil {
		err = execute(t.Context(), admin, "CREATE DATABASE "+name+options)
	}
	if err != nil {
		t.Fatalf("make a database for the test: %v", err)
	}
	t.Cleanup(func() {
		if err := execute(context.Background(), admin, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)"); err != nil {
			t.Logf("the test's database stays: %v", err) // its server may have been stopped by the test
		}
	})
	return dsn
}

// inDatabase returns a connection URL with another database.
func inDatabase(dsn, database string) (string, error) {
	u, err := url.Parse(dsn)
	if err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql" {
		return "", fmt.Errorf("%s must be a URL that begins with postgres://", EnvServer)
	}
	u.Path = "/" + database
	return u.String(), nil
}

// execute runs statements on a connection of its own.
func execute(ctx context.Context, dsn string, statements ...string) error {
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	for _, s := range statements {
		if _, err := conn.Exec(ctx, s); err != nil {
			return fmt.Errorf("%s: %w", s, err)
		}
	}
	return nil
}
