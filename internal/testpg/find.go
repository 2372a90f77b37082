package testpg

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// errNotFound says that a program is not installed.
var errNotFound = errors.New("not found")

// program returns the path of a program of PostgreSQL. All are taken from one
// place, so that they are of one version; Debian's wrappers, which its package
// puts into PATH, would choose another.
func program(name string) (string, error) {
	if folder := os.Getenv("PG_BIN"); folder != "" {
		return inFolder(folder, name)
	}
	if path, err := exec.LookPath("postgres"); err == nil {
		if path, err = filepath.EvalSymlinks(path); err != nil {
			return "", err
		}
		return inFolder(filepath.Dir(path), name)
	}
	folders, err := filepath.Glob("/usr/lib/postgresql/*/bin") // Debian's
	if err != nil || len(folders) == 0 {
		return "", fmt.Errorf("the program %s: %w", name, errors.Join(err, errNotFound))
	}
	return inFolder(folders[len(folders)-1], name)
}

func inFolder(folder, name string) (string, error) {
	path := filepath.Join(folder, name)
	if _, err := os.Stat(path); err != nil {
		return "", fmt.Errorf("the program %s: %w in %s", name, errNotFound, folder)
	}
	return path, nil
}

// pooler returns the path of PgBouncer.
func pooler() (string, error) {
	for _, name := range []string{"pgbouncer", "/usr/sbin/pgbouncer"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("the program pgbouncer: %w", errNotFound)
}

// An account is a user of the operating system.
type account struct{ uid, gid int }
