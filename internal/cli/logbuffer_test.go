package cli

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
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

// A line that comes alone is written at once; those that follow are gathered.
func TestManyLinesAreWrittenTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var w writes
		b := newLogBuffer(&w, nil)
		for i := range 3 {
			b.Write([]byte("alone\n"))
			synctest.Wait()
			if w.n != 1+2*i {
				t.Errorf("a line that came alone waits: %d were written", w.n)
			}
			for range 100 {
				b.Write([]byte("one of many\n"))
				synctest.Wait()
			}
			time.Sleep(2 * gatherTime)
			synctest.Wait()
			if w.n != 2+2*i {
				t.Errorf("a hundred lines took %d writes", w.n-1-2*i)
			}
		}
		b.Write([]byte("alone\n"))
		b.Write([]byte("the last\n"))
		if err := b.Close(); err != nil || !strings.HasSuffix(w.text.String(), "the last\n") {
			t.Errorf("the end: %v", err)
		}
	})
}

// writes counts how often something is written.
type writes struct {
	n    int
	text bytes.Buffer
}

func (w *writes) Write(b []byte) (int, error) {
	w.n++
	return w.text.Write(b)
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
