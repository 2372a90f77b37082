package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strconv"
	"syscall"

	"lectern/internal/store"
)

var reindexCommand = command{
	name:    "reindex",
	summary: "read every text anew for searching",
	about: `Reads the texts anew that search knows by older rules, and shows how far it is
on the error output. A server does the same by itself after an upgrade, so this
is seldom needed; a running one answers searches meanwhile. If it is stopped,
the next one, or the server, goes on where it was.
`,
	exits: exitStatuses,
	flags: func(s *settings) []setting { return []setting{s.data(), s.database(), s.all()} },
	run:   inSession(reindex),
}

func (s *settings) all() setting {
	return setting{flag: "all", help: "read every text, also those known by the present rules",
		set: func(v string) (err error) { s.All, err = strconv.ParseBool(v); return err }}
}

func reindex(ctx context.Context, s *session, _ []string) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	if s.All {
		if err := s.db.OutdateIndex(ctx); err != nil {
			return fmt.Errorf("begin to index: %w", err)
		}
	}
	bar, texts := newProgress(s.stderr), 0
	err := s.db.Reindex(ctx, func(done, total int) {
		texts = total
		bar.tell(store.MoveStep{Doing: "index", Table: "texts", Done: int64(done), Total: int64(total)})
	})
	bar.end()
	if ctx.Err() != nil {
		return errors.New("stopped before the end: run lectern reindex again to go on")
	}
	if err != nil {
		return fmt.Errorf("%w\nRun lectern reindex again to go on", err)
	}
	if texts == 0 {
		_, err = fmt.Fprintln(s.stdout, "Every text is known by the present rules.")
		return err
	}
	_, err = fmt.Fprintf(s.stdout, "Texts read anew: %d\n", texts)
	return err
}
