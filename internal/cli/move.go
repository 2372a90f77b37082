package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"text/tabwriter"

	"lectern"
	"lectern/internal/app"
	"lectern/internal/store"
)

var moveCommand = command{
	name:    "move",
	summary: "copy everything into another database",
	about: `Copies everything from one database into an empty one, SQLite or PostgreSQL,
with all IDs, and compares both in the end, table by table. The source stays as
it is, but for its schema, which is brought up to date.

No server may run on either of them. A data folder is locked meanwhile; on
PostgreSQL a change of the source is noticed, and the move fails. A move that was
interrupted goes on when the same command is run again. Until it is finished, no
server starts on the target.
`,
	exits: `  0  everything was moved, and both databases have the same
  1  it could not be done, or not to the end; the message says why
  2  the command line or a setting is wrong
`,
	flags: func(s *settings) []setting { return []setting{s.from(), s.to()} },
	run:   runMove,
}

func (s *settings) from() setting {
	return setting{flag: "from", value: "PLACE", env: "LECTERN_MOVE_FROM",
		help: "where everything is: a data folder, or a URL that begins with postgres://",
		set:  func(v string) error { s.From = app.Place(v); return checkPlace(v) }}
}

func (s *settings) to() setting {
	return setting{flag: "to", value: "PLACE", env: "LECTERN_MOVE_TO",
		help: "where it goes: a folder, which is made, or the URL of an empty database",
		set:  func(v string) error { s.To = app.Place(v); return checkPlace(v) }}
}

func checkPlace(v string) error {
	if app.Place(v).IsURL() {
		return checkDatabase(v)
	}
	return checkGiven(v)
}

func runMove(ctx context.Context, p *process, s *settings, _ []string) (err error) {
	switch {
	case s.From == "" || s.To == "":
		return usagef("say --from where and --to where")
	case s.From == s.To:
		return usagef("--from and --to are the same")
	}
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := made(s.From); err != nil {
		return err
	}
	unlock, err := lockBoth(s.From, s.To)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	from, err := s.From.Open(ctx, "", options(false))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeStore(from)) }()
	to, err := s.To.OpenUnfinished(ctx, "", options(false))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeStore(to)) }()

	bar := newProgress(p.stderr)
	tables, err := to.Move(ctx, from, bar.tell)
	bar.end()
	if ctx.Err() != nil {
		return errors.New("stopped before the end: run the same command again to go on")
	}
	var refusal *lectern.Error
	if errors.As(err, &refusal) {
		return errors.New(refusal.Text)
	}
	if err != nil {
		return fmt.Errorf("%w\nRun the same command again to go on", err)
	}
	return printMoved(p.stdout, tables, s.To)
}

// lockBoth keeps servers off two places.
func lockBoth(from, to app.Place) (unlock func() error, err error) {
	first, err := lock(from)
	if err == nil {
		var second func() error
		if second, err = lock(to); err == nil {
			return func() error { return errors.Join(second(), first()) }, nil
		}
		err = errors.Join(err, first())
		from = to
	}
	if errors.Is(err, errLocked) {
		err = fmt.Errorf("a server, or another move, is running on %v: stop it first", from)
	}
	return nil, err
}

// printMoved lists what both databases have.
func printMoved(w io.Writer, tables []store.MovedTable, to app.Place) error {
	var rows int64
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "TABLE\tROWS\tCHECKSUM OF BOTH")
	for _, x := range tables {
		fmt.Fprintf(t, "%s\t%d\t%s\n", x.Name, x.Rows, x.Checksum)
		rows += x.Rows
	}
	fmt.Fprintf(t, "\nMoved %d rows to %v. The source is unchanged.\n", rows, to)
	return t.Flush()
}
