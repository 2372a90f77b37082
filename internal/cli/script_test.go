package cli_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"lectern/internal/cli"
)

// TestMain lets this test binary run as the lectern command: the scripts and
// the other tests start it as a process of its own.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"lectern": func() {
		os.Exit(cli.Run(context.Background(), os.Args[1:], os.Getenv, os.Stdin, os.Stdout, os.Stderr))
	}})
}

// TestScripts runs the transcripts in testdata. Beside the usual commands they
// have:
//
//	start [ARGS]    run lectern serve, and set URL, ADDR and, if one is printed, TOKEN
//	halt SIGNAL     end it by INT or TERM; what it printed is the output
//	                (testscript has a stop of its own, which ends the script)
//	http [-within=D] STATUS METHOD PATH TOKEN
//	                send a request and want the status, for D again and again;
//	                the answer is the output
//	setenv NAME FILE
//	                set an environment variable to what is in a file
func TestScripts(t *testing.T) {
	// A server that should have been refused does not end by itself.
	testscript.Run(t, scriptParams("testdata", time.Now().Add(3*time.Minute)))
}

// scriptParams are how the transcripts of a folder are run.
func scriptParams(dir string, deadline time.Time) testscript.Params {
	return testscript.Params{
		Dir:      dir,
		Deadline: deadline,
		Setup: func(e *testscript.Env) error {
			run := new(running)
			e.Values[runningKey{}] = run
			e.Defer(func() {
				if run.server != nil {
					run.server.kill()
				}
			})
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"start": cmdStart, "halt": cmdHalt, "http": cmdHTTP, "setenv": cmdSetenv,
		},
	}
}

// running is the server of a script; it has at most one at a time.
type running struct{ server *server }

type runningKey struct{}

func cmdStart(ts *testscript.TestScript, neg bool, args []string) {
	if neg {
		ts.Fatalf("a server that must not start is an exec, so that its output can be read")
	}
	var env []string
	for _, name := range []string{"PATH", "HOME", "TMPDIR", "LECTERN_TOKEN", "LECTERN_DATA", "LECTERN_DATABASE", "LECTERN_REGION"} {
		env = append(env, name+"="+ts.Getenv(name))
	}
	s, err := startServer(ts.MkAbs("."), env, args...)
	ts.Check(err)
	ts.Value(runningKey{}).(*running).server = s
	ts.Setenv("URL", s.url)
	ts.Setenv("ADDR", strings.TrimPrefix(s.url, "http://"))
	if strings.Contains(s.stdout.String(), "lct_") {
		token, err := s.await(regexp.MustCompile(`(?m)^Access token +(lct_\S+)`))
		ts.Check(err)
		ts.Setenv("TOKEN", token)
	}
	if slices.Contains(args, "--demo") {
		_, err := s.await(demoTold)
		ts.Check(err)
	}
}

func cmdHalt(ts *testscript.TestScript, neg bool, args []string) {
	signals := map[string]os.Signal{"INT": os.Interrupt, "TERM": syscall.SIGTERM}
	run := ts.Value(runningKey{}).(*running)
	if len(args) != 1 || signals[args[0]] == nil || run.server == nil {
		ts.Fatalf("usage: halt INT|TERM, after start")
	}
	state, err := run.server.stop(signals[args[0]])
	ts.Check(err)
	fmt.Fprint(ts.Stdout(), run.server.stdout.String())
	fmt.Fprint(ts.Stderr(), run.server.stderr.String())
	if neg == state.Success() {
		ts.Fatalf("lectern serve ended with %v\n%s", state, run.server.stderr.String())
	}
	run.server = nil
}

func cmdHTTP(ts *testscript.TestScript, neg bool, args []string) {
	var within time.Duration
	if d, ok := strings.CutPrefix(args[0], "-within="); ok {
		var err error
		within, err = time.ParseDuration(d)
		ts.Check(err)
		args = args[1:]
	}
	if neg || len(args) != 4 {
		ts.Fatalf("usage: http [-within=D] STATUS METHOD PATH TOKEN")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	deadline := time.Now().Add(within)
	for {
		status, body := send(ts, args[1], ts.Getenv("URL")+args[2], args[3])
		if status == want {
			fmt.Fprintln(ts.Stdout(), body)
			return
		}
		if !time.Now().Before(deadline) {
			ts.Fatalf("%s %s = %d, want %d\n%s", args[1], args[2], status, want, body)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func send(ts *testscript.TestScript, method, url, token string) (int, string) {
	req, err := http.NewRequest(method, url, nil)
	ts.Check(err)
	req.Header.Set("Authorization", "Bearer "+token)
	res, err := http.DefaultClient.Do(req)
	ts.Check(err)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	ts.Check(err)
	return res.StatusCode, string(body)
}

func cmdSetenv(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: setenv NAME FILE")
	}
	ts.Setenv(args[0], strings.TrimSpace(ts.ReadFile(args[1])))
}
