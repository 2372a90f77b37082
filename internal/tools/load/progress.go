package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// A progress says on stderr how far a pass has come: on a terminal as a bar
// that is drawn again several times a second, elsewhere as a line every few
// seconds.
type progress struct {
	out      io.Writer
	what     string
	total    int
	terminal bool
	started  time.Time
	done     atomic.Int64
	end      chan struct{}
	drawn    sync.WaitGroup
}

func startProgress(out io.Writer, what string, total int) *progress {
	p := &progress{out: out, what: what, total: total, started: time.Now(), end: make(chan struct{})}
	every := 5 * time.Second
	if f, ok := out.(*os.File); ok {
		if info, err := f.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			p.terminal, every = true, 200*time.Millisecond
		}
	}
	p.drawn.Go(func() {
		t := time.NewTicker(every)
		defer t.Stop()
		for {
			select {
			case <-t.C:
				p.draw()
			case <-p.end:
				return
			}
		}
	})
	return p
}

// step counts one item as done.
func (p *progress) step() { p.done.Add(1) }

// stop draws a last time and ends.
func (p *progress) stop() {
	close(p.end)
	p.drawn.Wait()
	p.draw()
	if p.terminal {
		fmt.Fprintln(p.out)
	}
}

func (p *progress) draw() {
	text := p.text(int(p.done.Load()), time.Since(p.started))
	if p.terminal {
		fmt.Fprint(p.out, "\r"+text+"\x1b[K")
	} else {
		fmt.Fprintln(p.out, text)
	}
}

// text is one line: count, rate, and how long the rest will take at that rate.
func (p *progress) text(done int, since time.Duration) string {
	rate := float64(done) / max(since.Seconds(), 0.001)
	left := "?"
	if done > 0 {
		left = (time.Duration(float64(p.total-done)/rate) * time.Second).String()
	}
	bar := ""
	if p.terminal && p.total > 0 {
		n := 30 * done / p.total
		bar = "[" + strings.Repeat("#", n) + strings.Repeat(".", 30-n) + "] "
	}
	return fmt.Sprintf("%s %s%d/%d, %.1f/s, %s left", p.what, bar, done, p.total, rate, left)
}
