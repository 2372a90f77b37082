package cli

import (
	"fmt"
	"io"
	"sync"
	"time"
)

const (
	// maxLogged is how many bytes of lines may wait to be written. What comes
	// when there is no room is dropped and counted.
	maxLogged = 1 << 20
	// gatherTime is how long after it has written it waits for more lines: where
	// there are many, they are written together.
	gatherTime = 10 * time.Millisecond
	// logPatience is how long the end of the program waits for what reads the log.
	logPatience = 2 * time.Second
)

// A logBuffer writes lines somewhere without keeping whoever has them waiting:
// not on a slow disk, and not on a pipe that nobody reads. It writes in a
// goroutine of its own: a line by itself at once, and many together.
type logBuffer struct {
	to      io.Writer
	say     func(dropped int) []byte // a line that says so
	wake    chan struct{}            // holds a signal while there are lines
	ending  chan struct{}            // closed by Close
	done    chan struct{}            // closed when all is written
	mu      sync.Mutex               // guards all below
	lines   []byte
	dropped int
	closed  bool
}

func newLogBuffer(to io.Writer, say func(dropped int) []byte) *logBuffer {
	b := &logBuffer{to: to, say: say, wake: make(chan struct{}, 1), ending: make(chan struct{}), done: make(chan struct{})}
	go b.work()
	return b
}

// Write takes a line, whole or not at all. It does not fail: a line that is
// dropped is told of later.
func (b *logBuffer) Write(line []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed || len(b.lines)+len(line) > maxLogged {
		b.dropped++
		return len(line), nil
	}
	b.lines = append(b.lines, line...)
	b.signal()
	return len(line), nil
}

// signal wakes the goroutine. It is called with mu held.
func (b *logBuffer) signal() {
	select {
	case b.wake <- struct{}{}:
	default:
	}
}

// work writes lines until Close.
func (b *logBuffer) work() {
	defer close(b.done)
	var writing []byte
	var written time.Time
	for range b.wake {
		if rest := gatherTime - time.Since(written); rest > 0 {
			select {
			case <-time.After(rest):
			case <-b.ending:
			}
		}
		for {
			b.mu.Lock()
			writing, b.lines = b.lines, writing[:0]
			dropped := b.dropped
			b.dropped = 0
			closed := b.closed
			b.mu.Unlock()
			if dropped > 0 {
				writing = append(writing, b.say(dropped)...)
			}
			if len(writing) == 0 {
				if closed {
					return
				}
				break
			}
			b.to.Write(writing) // there is nobody to tell of an error
			written = time.Now()
		}
	}
}

// Close writes what waits, unless nothing is read for too long.
func (b *logBuffer) Close() error {
	b.mu.Lock()
	if !b.closed {
		b.closed = true
		close(b.ending)
	}
	b.signal()
	b.mu.Unlock()
	select {
	case <-b.done:
		return nil
	case <-time.After(logPatience):
		return fmt.Errorf("the log was not read for %v: its last lines are lost", logPatience)
	}
}
