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
	summary: "build the search index again",
	about: `Indexes again the texts that an older version indexed, and shows its progress on
standard error. A server does the same after an upgrade, so this is seldom
needed; searches go on meanwhile. After an interruption, the next run, or the
server, continues where it stopped.
`,
	exits: exitStatuses,
	flags: func(s *settings) []setting { return []setting{s.data(), s.database(), s.all()} },
	run:   inSession(reindex),
}

func (s *settings) all() setting {
	return setting{flag: "all", help: "index every text, even those that are up to date",
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
		_, err = fmt.Fprintln(s.stdout, "Every text is up to date.")
		return err
	}
	_, err = fmt.Fprintf(s.stdout, "Texts indexed again: %d\n", texts)
	return err
}
