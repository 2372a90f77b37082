package cli_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"syscall"
	"testing"
	"time"
)

// demoTold is what a start with --demo prints once it has done its part.
var demoTold = regexp.MustCompile(`(?m)^(The manual and a second help center|The workspace is not empty).*\n`)

// TestADemoThatWasKilledIsFinishedByTheNextStart kills first starts half-way, and
// finds after the next one what a first start in peace makes.
func TestADemoThatWasKilledIsFinishedByTheNextStart(t *testing.T) {
	start := func(data string) *server {
		s, err := startServer(t.TempDir(), nil, "--data", data, "--demo", "--token", killToken)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(s.kill)
		return s
	}
	contents := func(s *server) string {
		if _, err := s.await(demoTold); err != nil {
			t.Fatal(err)
		}
		articles, published := 0, 0
		for _, a := range walk(t, s.url) {
			articles++
			if a.State == "published" {
				published++
			}
		}
		return fmt.Sprintf("%d articles, %d published", articles, published)
	}
	want := contents(start(t.TempDir()))
	for i := range 4 {
		data := t.TempDir()
		s := start(data)
		time.Sleep(rand.N(300 * time.Millisecond))
		if i%2 == 0 {
			s.kill()
		} else if state, err := s.stop(syscall.SIGTERM); err != nil || state.ExitCode() != 0 {
			t.Errorf("stopped while it loads: %v, %v\n%s", state, err, s.stderr.String())
		}
		if got := contents(start(data)); got != want {
			t.Errorf("after a kill: %s, want %s", got, want)
		}
	}
}
