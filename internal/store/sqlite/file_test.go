package sqlite_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"lectern"
)

func TestADatabaseFileRemovedOrReplacedIsNoticed(t *testing.T) {
	for name, take := range map[string]func(path string) error{
		"removed":                   os.Remove,
		"moved away":                func(path string) error { return os.Rename(path, path+".old") },
		"replaced by a copy":        replace,
		"replaced by an empty file": func(path string) error { return errors.Join(os.Remove(path), os.WriteFile(path, nil, 0o600)) },
		"without its newest changes": func(path string) error {
			return os.Remove(path + "-wal")
		},
		"without the index of them": func(path string) error { return os.Remove(path + "-shm") },
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "lectern.db")
			s := openFile(t, path)
			by := setUp(t, s)
			if err := s.Ping(t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := take(path); err != nil {
				t.Skipf("the system does not allow it: %v", err) // Windows, while the file is open
			}
			if _, err := s.AddTag(t.Context(), by, "lost"); !errors.Is(err, lectern.Unavailable) {
				t.Errorf("a change: error %v, want unavailable", err)
			}
			var said *lectern.Error
			if err := s.Ping(t.Context()); !errors.As(err, &said) || said.Kind != lectern.Unavailable {
				t.Errorf("ping: error %v, want unavailable", err)
			}
			if _, err := s.Tags(t.Context(), by.Workspace); !errors.Is(err, lectern.Unavailable) {
				t.Errorf("reading: error %v, want unavailable", err)
			}
		})
	}
}

// replace puts a copy of a file in its place, as who restores a backup does.
func replace(path string) error {
	from, err := os.Open(path)
	if err != nil {
		return err
	}
	defer from.Close()
	to, err := os.Create(path + ".copy")
	if err != nil {
		return err
	}
	if _, err := io.Copy(to, from); err != nil {
		return err
	}
	return errors.Join(to.Close(), os.Rename(path+".copy", path))
}

func TestADatabaseFilePutBackIsServedAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lectern.db")
	s := openFile(t, path)
	by := setUp(t, s)
	if err := os.Rename(path, path+".away"); err != nil {
		t.Skipf("the system does not allow it: %v", err)
	}
	if _, err := s.AddTag(t.Context(), by, "x"); !errors.Is(err, lectern.Unavailable) {
		t.Errorf("error %v, want unavailable", err)
	}
	if err := os.Rename(path+".away", path); err != nil {
		t.Fatal(err)
	}
	id := addTag(t, s, by, "kept")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := openFile(t, path).Tag(t.Context(), by.Workspace, id); err != nil {
		t.Error(err)
	}
}
