package cli_test

import (
	"fmt"
	"net/url"
	"os/exec"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/rogpeppe/go-internal/testscript"

	"lectern/internal/testpg"
)

// TestScriptsOnPostgreSQL runs the transcripts in testdata/postgres. Each has an
// empty database in LECTERN_DATABASE; MISSING, WRONG, NOBODY and POWERLESS are
// URLs that cannot be used, each for a reason of its own.
func TestScriptsOnPostgreSQL(t *testing.T) {
	c := testpg.Start(t, testpg.Options{Fast: true})
	powerless := withoutRights(t, c)
	base := scriptParams("testdata/postgres", time.Now().Add(3*time.Minute))
	setup := base.Setup
	base.Setup = func(e *testscript.Env) error {
		dsn := c.Database(t)
		u, err := url.Parse(dsn)
		if err != nil {
			return err
		}
		password, _ := u.User.Password()
		e.Setenv("LECTERN_DATABASE", dsn)
		e.Setenv("PASSWORD", password)
		e.Setenv("MISSING", c.DSN("nowhere"))
		e.Setenv("WRONG", with(*u, url.UserPassword("lectern", "not-the-password"), u.Host))
		e.Setenv("NOBODY", with(*u, url.UserPassword("lectern", "secret-of-nobody"), "127.0.0.1:1"))
		e.Setenv("POWERLESS", powerless)
		return setup(e)
	}
	testscript.Run(t, base)
}

// with is a URL for somebody else, somewhere else.
func with(u url.URL, user *url.Userinfo, host string) string {
	u.User, u.Host = user, host
	return u.String()
}

// withoutRights makes a database and a user that may create nothing in it.
func withoutRights(t *testing.T, c *testpg.Cluster) string {
	t.Helper()
	dsn := c.Database(t)
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if _, err := conn.Exec(t.Context(), `CREATE ROLE powerless LOGIN PASSWORD 'powerless-secret'`); err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	return with(*u, url.UserPassword("powerless", "powerless-secret"), u.Host)
}

// TestAKilledMoveGoesOn kills lectern move at one moment after the other until
// it gets through.
func TestAKilledMoveGoesOn(t *testing.T) {
	data, dsn := t.TempDir(), testpg.DSN(t)
	s, err := startServer(t.TempDir(), nil, "--data", data, "--token", killToken, "--rate-limit", "0", "--demo")
	if err != nil {
		t.Fatal(err)
	}
	articles := walk(t, s.url)
	s.kill()
	kills := 0
	for after := 40 * time.Millisecond; ; after += 40 * time.Millisecond {
		done, out := moveFor(t, after, "--from", data, "--to", dsn)
		if done {
			t.Logf("killed %d times\n%s", kills, out)
			break
		}
		kills++
	}
	s, err = startServer(t.TempDir(), nil, "--database", dsn, "--rate-limit", "0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.kill)
	if got, want := fmt.Sprint(walk(t, s.url)), fmt.Sprint(articles); got != want {
		t.Errorf("after the move\n%s\nbefore\n%s", got, want)
	}
}

// moveFor runs lectern move for some time and kills it unless it is done.
func moveFor(t *testing.T, d time.Duration, args ...string) (done bool, out string) {
	t.Helper()
	cmd := exec.Command("lectern", append([]string{"move"}, args...)...)
	var text transcript
	cmd.Stdout, cmd.Stderr = &text, &text
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	kill := time.AfterFunc(d, func() { cmd.Process.Kill() })
	err := cmd.Wait()
	kill.Stop()
	if cmd.ProcessState.Exited() && err != nil {
		t.Fatalf("lectern move: %v\n%s", err, text.String())
	}
	return err == nil, text.String()
}
