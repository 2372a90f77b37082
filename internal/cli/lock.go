package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// lockFile lies in the data folder and is locked while a server runs there. It
// stays when the server ends: what counts is the lock, which the operating
// system drops with the process, however that ends.
const lockFile = "lectern.lock"

// errLocked is what tryLock returns when another process has the lock.
var errLocked = errors.New("locked by another process")

// lock keeps other servers off the data folder. Servers on PostgreSQL have none.
func (s *settings) lock() (unlock func() error, err error) {
	if s.Database != "" {
		return func() error { return nil }, nil
	}
	return lockData(s.Data)
}

// lockData creates the data folder, readable by its owner alone, and takes its
// lock for a server. Two servers on one folder would each believe that their caches are
// right; other commands may use the database beside a server.
func lockData(folder string) (unlock func() error, err error) {
	unlock, err = lockFolder(folder)
	if errors.Is(err, errLocked) {
		err = fmt.Errorf("another lectern serve is running on the data folder %s: stop it, or name another folder with --data", folder)
	}
	return unlock, err
}

// lockFolder makes the folder and takes its lock. It returns errLocked.
func lockFolder(folder string) (unlock func() error, err error) {
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
	return f.Close, nil
}
