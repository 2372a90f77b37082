package testpg

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Standby copies the server while it runs, runs the copy as its standby, and
// makes the replication synchronous: from now on a commit is acknowledged once
// both have it on disk. The standby serves reads.
func (c *Cluster) Standby(t testing.TB) *Cluster {
	t.Helper()
	s, err := newCluster(c.options, c.password)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.close)
	err = s.run("pg_basebackup", "--pgdata="+s.data(), "--write-recovery-conf", "--checkpoint=fast", "--no-sync",
		"--dbname="+fmt.Sprintf("host=127.0.0.1 port=%d user=%s password=%s application_name=standby", c.port, superuser, c.password))
	if err == nil {
		err = s.serve()
	}
	if err == nil {
		err = execute(t.Context(), c.DSN("postgres"),
			"ALTER SYSTEM SET synchronous_standby_names = 'standby'", "SELECT pg_reload_conf()")
	}
	if err != nil {
		t.Fatalf("make a standby: %v", err)
	}
	c.until(t, "the standby is synchronous", `SELECT EXISTS (SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync')`)
	return s
}

// Promote makes a standby a server that takes writes, and waits until it does.
func (c *Cluster) Promote(t testing.TB) {
	t.Helper()
	if err := execute(t.Context(), c.DSN("postgres"), "SELECT pg_promote()"); err != nil {
		t.Fatal(err)
	}
	c.until(t, "the standby takes writes", "SELECT NOT pg_is_in_recovery()")
}

// PauseReplay keeps a standby from showing what it receives, and resume ends
// that; with both, a test says how far behind it is.
func (c *Cluster) PauseReplay(t testing.TB) (resume func()) {
	t.Helper()
	if err := execute(t.Context(), c.DSN("postgres"), "SELECT pg_wal_replay_pause()"); err != nil {
		t.Fatal(err)
	}
	c.until(t, "the standby stands still", "SELECT pg_get_wal_replay_pause_state() = 'paused'")
	return func() {
		t.Helper()
		if err := execute(t.Context(), c.DSN("postgres"), "SELECT pg_wal_replay_resume()"); err != nil {
			t.Fatal(err)
		}
	}
}

// Await waits until a standby shows all that its primary has by now.
func (c *Cluster) Await(t testing.TB, primary *Cluster) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), primary.DSN("postgres"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	var position string
	if err := conn.QueryRow(t.Context(), "SELECT pg_current_wal_lsn()::text").Scan(&position); err != nil {
		t.Fatal(err)
	}
	c.until(t, "the standby has caught up", "SELECT pg_last_wal_replay_lsn() >= '"+position+"'::pg_lsn")
}

// until waits for a query to return true.
func (c *Cluster) until(t testing.TB, what, query string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	conn, err := pgx.Connect(ctx, c.DSN("postgres"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	for {
		var done bool
		if err := conn.QueryRow(ctx, query).Scan(&done); err != nil {
			t.Fatalf("waiting until %s: %v", what, err)
		}
		if done {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}
