package cli_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"testing"
	"time"
)

// TestADemoThatWasKilledIsFinishedByTheNextStart kills first starts half-way, and
// finds after the next one what a first start in peace makes.
func TestADemoThatWasKilledIsFinishedByTheNextStart(t *testing.T) {
	told := regexp.MustCompile(`(?m)^(The manual was loaded|The workspace is not empty).*\n`)
	start := func(data string) *server {
		s, err := startServer(t.TempDir(), nil, "--data", data, "--demo", "--token", killToken)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(s.kill)
		return s
	}
	contents := func(s *server) string {
		if _, err := s.await(told); err != nil {
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
	for range 3 {
		data := t.TempDir()
		s := start(data)
		time.Sleep(rand.N(300 * time.Millisecond))
		s.kill()
		if got := contents(start(data)); got != want {
			t.Errorf("after a kill: %s, want %s", got, want)
		}
	}
}
