package cli

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"lectern/internal/store"
)

// A progress shows how far a move is: as a bar that stays in its line on a
// terminal, and as a line for each table elsewhere.
type progress struct {
	w        io.Writer
	terminal bool
	last     store.MoveStep
	shown    time.Time
}

// barWidth is how many characters a bar has.
const barWidth = 30

func newProgress(w io.Writer) *progress {
	p := &progress{w: w}
	if f, ok := w.(*os.File); ok {
		info, err := f.Stat()
		p.terminal = err == nil && info.Mode()&os.ModeCharDevice != 0
	}
	return p
}

// tell shows a step.
func (p *progress) tell(s store.MoveStep) {
	other := s.Doing != p.last.Doing || s.Table != p.last.Table
	if !p.terminal {
		if other {
			p.end()
		}
		p.last = s
		return
	}
	p.last = s
	if now := time.Now(); other || now.Sub(p.shown) > 100*time.Millisecond {
		p.shown = now
		fmt.Fprintf(p.w, "\r\x1b[K%s", bar(s))
	}
}

// end ends the line of the last step.
func (p *progress) end() {
	switch {
	case p.last.Doing == "":
	case p.terminal:
		fmt.Fprintf(p.w, "\r\x1b[K%s\n", bar(p.last))
	default:
		fmt.Fprintf(p.w, "%s %s: %s\n", p.last.Doing, p.last.Table, share(p.last))
	}
}

// bar draws a step.
func bar(s store.MoveStep) string {
	full := 0
	if s.Total > 0 {
		full = int(min(s.Done*barWidth/s.Total, barWidth))
	}
	return fmt.Sprintf("%s [%s%s] %s  %s", s.Doing, strings.Repeat("#", full), strings.Repeat(".", barWidth-full), share(s), s.Table)
}

// share says how much of a step's kind of work is done.
func share(s store.MoveStep) string {
	if s.Total == 0 {
		return fmt.Sprintf("%d rows", s.Done)
	}
	return fmt.Sprintf("%d %%, %d of %d rows", s.Done*100/s.Total, s.Done, s.Total)
}
