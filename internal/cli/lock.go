package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"lectern/internal/app"
)

// lockFile lies in the data folder and is locked while a server runs there. It
// stays when the server ends: what counts is the lock, which the operating
// system drops with the process, however that ends.
const lockFile = "lectern.lock"

// errLocked is what tryLock returns when another process has the lock.
var errLocked = errors.New("locked by another process")

// A folderLock is the lock of a data folder, held. The nil one is that of a server
// on PostgreSQL, which has no folder.
type folderLock struct {
	folder string
	file   *os.File
}

// lock takes the lock of the data folder for a server, and creates the folder,
// readable by its owner alone. Two servers on one folder would each believe that
// their caches are right; other commands may use the database beside a server.
func (s *settings) lock() (*folderLock, error) {
	if s.Database != "" {
		return nil, nil
	}
	l, err := lockFolder(s.Data)
	if errors.Is(err, errLocked) {
		err = fmt.Errorf("another lectern serve is running on the data folder %s: stop it, or name another folder with --data", s.Data)
	}
	return l, err
}

// unlock gives the lock back.
func (l *folderLock) unlock() error {
	if l == nil {
		return nil
	}
	return l.file.Close()
}

// inUse is what a lock file says once a server had a database in its folder.
const inUse = "A database was made in this folder.\n"

// lost returns an error if the folder had a database and has none now: a server
// that made a new one would hide that everything is gone.
func (l *folderLock) lost() error {
	if l == nil {
		return nil
	}
	said, err := l.file.Stat()
	if err != nil {
		return fmt.Errorf("read the lock file: %w", err)
	}
	path := app.Place(l.folder).File()
	info, err := os.Stat(path)
	if said.Size() == 0 || err == nil && info.Size() > 0 {
		return nil
	}
	return fmt.Errorf("the data folder %s had a database, and %s is missing or empty now: restore it from a backup, or make a new one with --init", l.folder, path)
}

// note writes down that the folder has a database.
func (l *folderLock) note() error {
	if l == nil {
		return nil
	}
	if _, err := l.file.WriteAt([]byte(inUse), 0); err != nil {
		return fmt.Errorf("write the lock file: %w", err)
	}
	return nil
}

// lockFolder makes the folder and takes its lock. It returns errLocked.
func lockFolder(folder string) (*folderLock, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("make the data folder: %w", err)
	}
	f, err := os.OpenFile(filepath.Join(folder, lockFile), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the lock file: %w", err)
	}
	if err := tryLock(f); err != nil {
		return nil, errors.Join(fmt.Errorf("lock the data folder %s: %w", folder, err), f.Close())
	}
	return &folderLock{folder, f}, nil
}
