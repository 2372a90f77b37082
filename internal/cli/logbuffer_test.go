package cli

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
)

// A pipe that is read only when the test says so.
type pipe struct {
	read chan bool
	mu   sync.Mutex
	text bytes.Buffer
}

func (p *pipe) Write(b []byte) (int, error) {
	<-p.read
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text.Write(b)
}

func TestALogThatNobodyReadsKeepsNobodyWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &pipe{read: make(chan bool)}
		b := newLogBuffer(p, func(n int) []byte { return fmt.Appendf(nil, "%d dropped\n", n) })
		line := []byte(strings.Repeat("x", 1023) + "\n")
		write := func(n int) {
			for range n {
				if m, err := b.Write(line); m != len(line) || err != nil {
					t.Fatal(m, err)
				}
				synctest.Wait()
			}
		}
		const kept = 1 + maxLogged/1024 // one is being written
		write(kept + 100)
		close(p.read)
		synctest.Wait()
		if got := strings.Count(p.text.String(), string(line)); got != kept || !strings.HasSuffix(p.text.String(), "\n100 dropped\n") {
			t.Errorf("%d lines are there, of %d", got, kept)
		}
		write(3)
		if err := b.Close(); err != nil {
			t.Error(err)
		}
		if got := strings.Count(p.text.String(), string(line)); got != kept+3 {
			t.Errorf("%d lines are there at the end, of %d", got, kept+3)
		}
	})
}

func TestTheEndWaitsForTheLogButNotForEver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &pipe{read: make(chan bool)}
		b := newLogBuffer(p, nil)
		b.Write([]byte("line\n"))
		if err := b.Close(); err == nil {
			t.Error("nothing was said of the lines that are lost")
		}
		close(p.read)
	})
}
