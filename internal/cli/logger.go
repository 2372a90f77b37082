package cli

import (
	"bytes"
	"io"
	"log/slog"
	"os"
	"time"
)

// newLogger writes lines for people on a terminal and JSON elsewhere.
func newLogger(w io.Writer) *slog.Logger { return slog.New(logHandler(w, isTerminal(w))) }

// newServerLogger is newLogger for a server: no request waits for the log. Lines
// take those about requests as JSON; they are nil on a terminal, where the logger
// writes them. Close writes what still waits.
func newServerLogger(w io.Writer) (log *slog.Logger, lines io.Writer, close func() error) {
	terminal := isTerminal(w)
	b := newLogBuffer(w, func(dropped int) []byte {
		var line bytes.Buffer
		slog.New(logHandler(&line, terminal)).Warn("lines were dropped, as the log was not read", "lines", dropped)
		return line.Bytes()
	})
	if !terminal {
		lines = b
	}
	return slog.New(logHandler(b, terminal)), lines, b.Close
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

func logHandler(w io.Writer, terminal bool) slog.Handler {
	if terminal {
		return slog.NewTextHandler(w, nil)
	}
	return slog.NewJSONHandler(w, &slog.HandlerOptions{ReplaceAttr: nameUnit})
}

// nameUnit writes a duration as milliseconds and says so in its name. By itself
// slog writes it in JSON as a number of nanoseconds without a word.
func nameUnit(_ []string, a slog.Attr) slog.Attr {
	if a.Value.Kind() != slog.KindDuration {
		return a
	}
	return slog.Float64(a.Key+"_ms", float64(a.Value.Duration().Round(time.Microsecond))/float64(time.Millisecond))
}
