package testpg_test

import (
	"cmp"
	"context"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"lectern/internal/testpg"
)

// connect opens a connection for the length of the test.
func connect(t *testing.T, dsn string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return conn
}

func read(t *testing.T, dsn, query string) (v string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if err := conn.QueryRow(t.Context(), query, pgx.QueryExecModeExec).Scan(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

func write(t *testing.T, dsn, statement string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if _, err := conn.Exec(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
}

func TestEachTestGetsADatabaseOfItsOwn(t *testing.T) {
	one, two := testpg.DSN(t), testpg.DSN(t)
	write(t, one, "CREATE TABLE t (v TEXT)")
	write(t, two, "CREATE TABLE t (v TEXT)")
}

func TestADatabaseGoesWithItsTest(t *testing.T) {
	var dsn string
	t.Run("inner", func(t *testing.T) { dsn = testpg.DSN(t); connect(t, dsn) })
	if conn, err := pgx.Connect(t.Context(), dsn); err == nil {
		conn.Close(t.Context())
		t.Error("the database is still there")
	}
}

func TestDatabasesSortByARuleThatIsNotTheirBytes(t *testing.T) {
	c := testpg.Start(t, testpg.Options{Fast: true})
	if first := read(t, c.Database(t), `SELECT min(v) FROM (VALUES ('a'), ('B')) AS t (v)`); first != "a" {
		t.Errorf("%q comes first", first)
	}
}

func TestAServerKeepsWhatItAcknowledgedWhenKilled(t *testing.T) {
	c := testpg.Start(t, testpg.Options{})
	dsn := c.Database(t)
	write(t, dsn, "CREATE TABLE t AS SELECT 'kept' AS v")
	for _, how := range []testpg.Stop{testpg.Kill, testpg.Immediate, testpg.Fast} {
		c.Restart(t, how)
		if v := read(t, dsn, "SELECT v FROM t"); v != "kept" {
			t.Errorf("it has %q", v)
		}
	}
}

func TestAStandbyHasEveryCommitAndTakesOver(t *testing.T) {
	c := testpg.Start(t, testpg.Options{})
	dsn := c.Database(t)
	s := c.Standby(t)
	write(t, dsn, "CREATE TABLE t AS SELECT 'kept' AS v")
	c.Stop(t, testpg.Kill)
	s.Promote(t)
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		t.Fatal(err)
	}
	copied := s.DSN(config.Database)
	if v := read(t, copied, "SELECT v FROM t"); v != "kept" {
		t.Errorf("it has %q", v)
	}
	write(t, copied, "INSERT INTO t VALUES ('more')")
}

func TestAPoolerSharesConnectionsBetweenTransactions(t *testing.T) {
	c := testpg.Start(t, testpg.Options{Fast: true})
	dsn := c.Pooler(t).DSN("postgres") + "?default_query_exec_mode=exec"
	pids := map[int]bool{}
	for range 20 {
		var pid int
		if err := connect(t, dsn).QueryRow(t.Context(), "SELECT pg_backend_pid()").Scan(&pid); err != nil {
			t.Fatal(err)
		}
		pids[pid] = true
	}
	if len(pids) > 4 {
		t.Errorf("20 connections had %d of the server", len(pids))
	}
}

// TestServerForAnother is the process that TestAServerEndsWithTheProcessThatStartedIt
// kills: it starts a server, says where, and waits.
func TestServerForAnother(t *testing.T) {
	file := os.Getenv("TESTPG_TELL")
	if file == "" {
		return
	}
	c := testpg.Start(t, testpg.Options{Fast: true})
	if err := os.WriteFile(file+".new", []byte(c.Address()), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(file+".new", file); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Hour)
}

func TestAServerEndsWithTheProcessThatStartedIt(t *testing.T) {
	file := filepath.Join(t.TempDir(), "address")
	cmd := exec.Command(os.Args[0], "-test.run=^TestServerForAnother$")
	cmd.Env = append(os.Environ(), "TESTPG_TELL="+file)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	address := within(t, "the server starts", func() (string, error) {
		text, err := os.ReadFile(file)
		return string(text), err
	})
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	cmd.Wait()
	within(t, "the server ends", func() (string, error) {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			return "", nil
		}
		return "", cmp.Or(conn.Close(), errors.New("it takes connections"))
	})
}

// within waits for try to work.
func within(t *testing.T, what string, try func() (string, error)) string {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
		v, err := try()
		if err == nil {
			return v
		}
		if time.Now().After(deadline) {
			t.Fatalf("waiting until %s: %v", what, err)
		}
	}
}
