package cli

import (
	"context"
	"errors"
	"fmt"

	"lectern"
	"lectern/internal/store"
	"lectern/internal/store/db"
)

// A session is what a command works with on the database of a server, which may
// be running meanwhile.
type session struct {
	*process
	*settings
	db        *store.DB
	workspace lectern.WorkspaceID // the first one, until there can be several
}

// inSession makes a command of run: it opens the database, which must be there,
// and closes it afterwards.
func inSession(run func(context.Context, *session, []string) error) func(context.Context, *process, *settings, []string) error {
	return inSessionOn(openExisting, run)
}

// inReadSession is inSession for a command that changes nothing: the database may
// be a copy that cannot be written.
func inReadSession(run func(context.Context, *session, []string) error) func(context.Context, *process, *settings, []string) error {
	return inSessionOn(readExisting, run)
}

func inSessionOn(open func(context.Context, *settings) (*store.DB, error), run func(context.Context, *session, []string) error) func(context.Context, *process, *settings, []string) error {
	return func(ctx context.Context, p *process, s *settings, args []string) (err error) {
		db, err := open(ctx, s)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, closeStore(db)) }()
		all, err := db.Workspaces(ctx)
		if err != nil {
			return fmt.Errorf("find the workspace: %w", err)
		}
		if len(all) == 0 {
			return fmt.Errorf("%v is empty: start lectern serve once", s.place())
		}
		return run(ctx, &session{p, s, db, all[0].ID}, args)
	}
}

func openExisting(ctx context.Context, s *settings) (*store.DB, error) { return s.open(ctx, false) }

// readExisting opens the database to change nothing in it, unless it must be
// brought up to date first.
func readExisting(ctx context.Context, s *settings) (*store.DB, error) {
	found, err := s.open(ctx, true)
	if errors.Is(err, db.ErrOutdated) {
		return s.open(ctx, false)
	}
	return found, err
}

func closeStore(db lectern.Store) error {
	if err := db.Close(); err != nil {
		return fmt.Errorf("close the database: %w", err)
	}
	return nil
}

// actor returns the teammate to act for: the one with that ID, or the first if
// it is zero.
func actor(ctx context.Context, db lectern.Store, ws lectern.WorkspaceID, id lectern.AdminID) (lectern.Actor, error) {
	if id == 0 {
		all, err := db.Admins(ctx, ws)
		if err != nil {
			return lectern.Actor{}, fmt.Errorf("find the first teammate: %w", err)
		}
		if len(all) == 0 {
			return lectern.Actor{}, lectern.NotFoundf("the workspace has no teammate")
		}
		id = all[0].ID
	}
	if _, err := db.Admin(ctx, ws, id); errors.Is(err, lectern.NotFound) {
		return lectern.Actor{}, lectern.NotFoundf("there is no teammate %d", id)
	} else if err != nil {
		return lectern.Actor{}, fmt.Errorf("find teammate %d: %w", id, err)
	}
	return lectern.ByCommand(ws, id), nil
}
