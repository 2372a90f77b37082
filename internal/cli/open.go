package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"lectern"
	"lectern/internal/store"
	"lectern/internal/store/sqlite"
)

// databaseFile is the SQLite file in the data folder.
const databaseFile = "lectern.db"

// openStore opens the database in the data folder, and creates it if it is not
// there.
func openStore(ctx context.Context, s *settings, log *slog.Logger) (lectern.Store, error) {
	path := filepath.Join(s.Data, databaseFile)
	db, err := sqlite.Open(ctx, path, store.Options{Now: time.Now, Logger: log})
	if err != nil {
		return nil, fmt.Errorf("open the database %s: %w", path, err)
	}
	return db, nil
}

// A session is what a command works with on the database of a server, which may
// be running meanwhile.
type session struct {
	*process
	*settings
	db        lectern.Store
	workspace lectern.WorkspaceID // the first one, until there can be several
}

// inSession makes a command of run: it opens the database, which must be there,
// and closes it afterwards.
func inSession(run func(context.Context, *session, []string) error) func(context.Context, *process, *settings, []string) error {
	return func(ctx context.Context, p *process, s *settings, args []string) (err error) {
		db, err := openExisting(ctx, s)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, closeStore(db)) }()
		all, err := db.Workspaces(ctx)
		if err != nil {
			return fmt.Errorf("find the workspace: %w", err)
		}
		if len(all) == 0 {
			return fmt.Errorf("the database in %s is empty: start lectern serve once", s.Data)
		}
		return run(ctx, &session{p, s, db, all[0].ID}, args)
	}
}

func openExisting(ctx context.Context, s *settings) (lectern.Store, error) {
	_, err := os.Stat(filepath.Join(s.Data, databaseFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no database in %s yet: start lectern serve once, or name the folder with --data", s.Data)
	}
	if err != nil {
		return nil, err
	}
	return openStore(ctx, s, slog.New(slog.DiscardHandler))
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
	return lectern.Actor{Workspace: ws, Admin: id}, nil
}
