//go:build linux

package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"

	"lectern"
	"lectern/internal/store"
	"lectern/internal/testpg"
)

func TestAFullDiskIsSaidToPassAndStoresNothing(t *testing.T) {
	c := testpg.Start(t, testpg.Options{})
	disk := t.TempDir()
	for _, folder := range []string{disk, filepath.Dir(disk)} { // the server is another user
		if err := os.Chmod(folder, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	grow := smallDisk(t, c, disk)
	execute(t, c.DSN("postgres"), `CREATE TABLESPACE small LOCATION '`+disk+`'`, `CREATE DATABASE small TABLESPACE small`)
	t.Cleanup(func() {
		c, err := pgx.Connect(context.Background(), c.DSN("postgres"))
		if err != nil {
			t.Error(err)
			return
		}
		defer c.Close(context.Background())
		for _, statement := range []string{`DROP DATABASE small WITH (FORCE)`, `DROP TABLESPACE small`} {
			if _, err := c.Exec(context.Background(), statement); err != nil {
				t.Error(err)
			}
		}
	})
	s := node(t, c.DSN("small"), store.Options{})
	by := setUp(t, s)
	made := 0
	add := func() error {
		_, err := s.AddInternalArticle(t.Context(), by, &lectern.InternalArticleEdit{
			Title: new("T"), Body: new(randomText(200_000)), Author: &by.Admin, Owner: &by.Admin,
		})
		return err
	}
	var err error
	for made = 0; made < 1000; made++ {
		if err = add(); err != nil {
			break
		}
	}
	if !errors.Is(err, lectern.Unavailable) {
		t.Fatalf("after %d articles: error %v, want unavailable", made, err)
	}
	check := func() {
		t.Helper()
		_, total, err := s.InternalArticles(t.Context(), by.Workspace, lectern.InternalArticleQuery{Limit: 1})
		if err != nil || total != made {
			t.Errorf("%d articles, want %d, error %v", total, made, err)
		}
	}
	check()
	grow()
	if err := add(); err != nil {
		t.Errorf("once there is room: %v", err)
	}
	made++
	check()
	s.Close()
}

// smallDisk puts a disk of 32 MiB into a folder, for a server to write to, and
// returns what makes it larger.
func smallDisk(t *testing.T, c *testpg.Cluster, folder string) (grow func()) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), c.DSN("postgres"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	var data string
	if err := conn.QueryRow(t.Context(), `SHOW data_directory`).Scan(&data); err != nil {
		t.Fatal(err)
	}
	owner, err := os.Stat(data)
	if err != nil {
		t.Fatal(err)
	}
	who := owner.Sys().(*syscall.Stat_t)
	options := func(size int) string { return fmt.Sprintf("size=%dm,mode=700,uid=%d,gid=%d", size, who.Uid, who.Gid) }
	if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, options(32)); err != nil {
		t.Skipf("NOT TESTED: only root can make a small disk here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(folder, 0); err != nil {
			t.Error(err)
		}
	})
	return func() {
		t.Helper()
		if err := syscall.Mount("tmpfs", folder, "tmpfs", syscall.MS_REMOUNT, options(128)); err != nil {
			t.Fatal(err)
		}
	}
}

// randomText is a text of n letters that cannot be compressed much.
func randomText(n int) string {
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789äöü"
	runes := []rune(letters)
	var b strings.Builder
	for b.Len() < n {
		b.WriteRune(runes[rand.IntN(len(runes))])
	}
	return b.String()
}
