package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lectern"
	"lectern/internal/store"
	"lectern/internal/store/db"
)

// broken opens a store whose writer first runs a pragma that cripples it.
func broken(t *testing.T, pragma string) (*store.DB, *engine, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "lectern.db")
	e, err := open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), e, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if err := e.conn.run(pragma); err != nil {
		t.Fatal(err)
	}
	return s, e, path
}

func TestAFullDiskIsSaidToPassAndStoresNothing(t *testing.T) {
	s, e, _ := broken(t, "PRAGMA max_page_count = 80")
	ws, _, err := s.Setup(t.Context(), lectern.Setup{Locale: "en", Identifier: "help", Admin: lectern.Admin{Name: "Ada"}})
	if err != nil {
		t.Fatal(err)
	}
	by := lectern.ByCommand(ws.ID, 0)
	long := strings.Repeat("long ", 100_000)
	_, err = s.AddHelpCenter(t.Context(), by, lectern.HelpCenter{Identifier: "x", DisplayName: long, DefaultLocale: "en"})
	if !errors.Is(err, lectern.Unavailable) {
		t.Errorf("error %v, want unavailable", err)
	}
	if _, err := s.AddTag(t.Context(), by, "small"); err != nil {
		t.Errorf("what fits is refused: %v", err)
	}
	if err := e.conn.run("PRAGMA max_page_count = 100000"); err != nil {
		t.Fatal(err)
	}
	if list, err := s.HelpCenters(t.Context(), ws.ID); err != nil || len(list) != 1 {
		t.Errorf("%d help centers, error %v", len(list), err)
	}
	if _, err := s.AddHelpCenter(t.Context(), by, lectern.HelpCenter{Identifier: "x", DisplayName: long, DefaultLocale: "en"}); err != nil {
		t.Errorf("once there is room: %v", err)
	}
}

func TestADatabaseLockedByAnotherIsSaidToPass(t *testing.T) {
	s, _, path := broken(t, "PRAGMA busy_timeout = 20")
	db, err := sql.Open("sqlite", "file:"+path+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.AddTag(t.Context(), lectern.ByInstallation(0, lectern.ViaCommand), "x"); !errors.Is(err, lectern.Unavailable) {
		t.Errorf("error %v, want unavailable", err)
	}
	if err := s.Ping(t.Context()); err != nil {
		t.Errorf("readers wait, too: %v", err)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Setup(t.Context(), lectern.Setup{Locale: "en", Identifier: "help"}); err != nil {
		t.Errorf("once the lock is gone: %v", err)
	}
}

func TestATransactionThatHasBegunIsFinishedThoughItsCallerGoesAway(t *testing.T) {
	s, _, _ := broken(t, "PRAGMA user_version = 1")
	ws, _, err := s.Setup(t.Context(), lectern.Setup{Locale: "en", Identifier: "help"})
	if err != nil {
		t.Fatal(err)
	}
	centers, err := s.HelpCenters(t.Context(), ws.ID)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	_, err = s.UpdateHelpCenter(ctx, lectern.ByCommand(ws.ID, 0), centers[0].ID, func(h *lectern.HelpCenter) error {
		cancel()
		time.Sleep(10 * time.Millisecond) // until an interruption would come
		h.DisplayName = "changed"
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if h, err := s.HelpCenter(t.Context(), ws.ID, centers[0].ID); err != nil || h.DisplayName != "changed" {
		t.Errorf("help center %+v, error %v", h, err)
	}
}

func TestABatchLostIsLostForAllInIt(t *testing.T) {
	s, e, _ := broken(t, "PRAGMA user_version = 1")
	e.writer.batch = time.Hour // both are in it, however slow the machine is
	hold, held := make(chan struct{}), make(chan struct{})
	results := make(chan error, 2)
	committed := 0
	go func() {
		results <- e.Write(t.Context(), 0, func(c db.Conn) error {
			close(held)
			<-hold
			_, err := c.Exec(`INSERT INTO workspace VALUES ($1, '', '', '', '', 0)`, 1)
			return err
		}, func() { committed++ })
	}()
	<-held
	go func() {
		results <- e.Write(t.Context(), 0, func(c db.Conn) error {
			if _, err := c.Exec(`ROLLBACK`); err != nil { // as SQLite does by itself when a disk fails
				return err
			}
			return errors.New("the disk failed")
		}, func() { committed++ })
	}()
	for e.Waiting() == 0 { // until the second waits behind the first
		time.Sleep(time.Millisecond)
	}
	close(hold)
	for range 2 {
		if err := <-results; err == nil {
			t.Error("a lost transaction was acknowledged")
		}
	}
	if committed != 0 {
		t.Errorf("%d were told as committed", committed)
	}
	if list, err := s.Workspaces(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("%d workspaces, error %v", len(list), err)
	}
	if _, _, err := s.Setup(t.Context(), lectern.Setup{Locale: "en", Identifier: "help"}); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}
