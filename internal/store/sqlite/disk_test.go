//go:build linux

package sqlite_test

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"

	"lectern"
	"lectern/internal/store"
	"lectern/internal/store/sqlite"
)

// smallDisk mounts a file system with room for size bytes.
func smallDisk(t *testing.T, size string) string {
	t.Helper()
	dir := t.TempDir()
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		t.Skipf("a small disk cannot be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(dir, unix.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

func TestAFullDiskIsToldUntilThereIsRoom(t *testing.T) {
	dir := smallDisk(t, "4m")
	s := openFile(t, filepath.Join(dir, "lectern.db"))
	by := setUp(t, s)
	add := func() error {
		raw := make([]byte, 50_000)
		if _, err := rand.Read(raw); err != nil {
			t.Fatal(err)
		}
		_, err := s.AddInternalArticle(t.Context(), by, &lectern.InternalArticleEdit{
			Title: new("T"), Body: new(hex.EncodeToString(raw)), Author: &by.Admin, Owner: &by.Admin,
		})
		return err
	}
	var err error
	made := 0
	for ; made < 1000 && err == nil; made++ {
		err = add()
	}
	if !errors.Is(err, lectern.Unavailable) {
		t.Fatalf("error %v after %d articles, want unavailable", err, made)
	}
	for tag := range 1000 { // until not even a page fits
		if _, err := s.AddTag(t.Context(), by, fmt.Sprint(tag)); err != nil {
			break
		}
	}
	if err := s.Ping(t.Context()); !errors.Is(err, lectern.Unavailable) {
		t.Errorf("ping on a full disk: error %v, want unavailable", err)
	}
	if _, err := s.Tags(t.Context(), by.Workspace); err != nil {
		t.Errorf("reading on a full disk: %v", err)
	}
	if err := unix.Mount("tmpfs", dir, "tmpfs", unix.MS_REMOUNT, "size=64m"); err != nil {
		t.Fatal(err)
	}
	if err := s.Ping(t.Context()); err != nil {
		t.Errorf("ping once there is room: %v", err)
	}
	if err := add(); err != nil {
		t.Errorf("a change once there is room: %v", err)
	}
}

func TestACopyOnAReadOnlyDiskCanBeRead(t *testing.T) {
	path := filled(t)
	dir := filepath.Dir(path)
	if err := errors.Join(unix.Mount(dir, dir, "", unix.MS_BIND, ""), unix.Mount("", dir, "", unix.MS_REMOUNT|unix.MS_BIND|unix.MS_RDONLY, "")); err != nil {
		t.Skipf("a read-only disk cannot be mounted here: %v", err)
	}
	t.Cleanup(func() { unix.Unmount(dir, unix.MNT_DETACH) })
	s, err := sqlite.Open(t.Context(), path, store.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	all, err := s.Workspaces(t.Context())
	if err != nil || len(all) != 1 {
		t.Fatalf("%d workspaces, error %v", len(all), err)
	}
	if _, err := s.Tokens(t.Context(), all[0].ID); err != nil {
		t.Error(err)
	}
	if found, err := s.Check(t.Context(), false); err != nil || len(found) > 0 {
		t.Errorf("found %q, error %v", found, err)
	}
}
