package sqlite_test

import (
	"database/sql"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"lectern"
	"lectern/internal/store"
	"lectern/internal/store/sqlite"
)

// TestALossOfEventsIsNoticedWhateverCameSince takes a store's database back to
// what it was, and has other changes made to it since: none, fewer, as many or
// more than were lost.
func TestALossOfEventsIsNoticedWhateverCameSince(t *testing.T) {
	for since, last := range map[string]int64{"nothing": 0, "fewer": 1, "as many": 2, "more": 3} {
		t.Run(since, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "lectern.db")
			s, err := sqlite.Open(t.Context(), path, store.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			ws, _, err := s.Setup(t.Context(), lectern.Setup{Locale: "en", Identifier: "help", Admin: lectern.Admin{Name: "Ada"}})
			if err != nil {
				t.Fatal(err)
			}
			admins, err := s.Admins(t.Context(), ws.ID)
			if err != nil {
				t.Fatal(err)
			}
			by := lectern.ByCommand(ws.ID, admins[0].ID)
			var losses atomic.Int32
			s.WatchLoss(func() { losses.Add(1) })
			tag := func(name string) {
				t.Helper()
				if _, err := s.AddTag(t.Context(), by, name); err != nil {
					t.Fatal(err)
				}
			}
			tag("kept")
			kept := s.LastEvent(ws.ID)
			tag("lost")
			tag("lost, too")
			if losses.Load() != 0 {
				t.Error("a loss where there is none")
			}
			restore(t, path, int64(ws.ID), int64(kept), last)
			for end := time.Now().Add(time.Minute); losses.Load() == 0 && time.Now().Before(end); {
				time.Sleep(time.Millisecond)
			}
			tags, err := s.Tags(t.Context(), ws.ID)
			if losses.Load() == 0 || err != nil || len(tags) != 1 {
				t.Errorf("%d losses, %d tags, error %v", losses.Load(), len(tags), err)
			}
			if got, want := s.LastEvent(ws.ID), kept+lectern.EventID(2*last); got != want {
				t.Errorf("the last event is %d, want %d", got, want)
			}
			// Afterwards all is as ever.
			heard := 0
			s.Watch(func(events []lectern.Event) { heard += len(events) })
			tag("afterwards")
			if heard != 1 || losses.Load() != 1 {
				t.Errorf("heard of %d events, %d losses", heard, losses.Load())
			}
		})
	}
}

// restore takes a workspace back to an event, and lets some others follow. A tag
// takes two IDs.
func restore(t *testing.T, path string, ws, event, since int64) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(5000)&_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	run := func(text string, args ...any) {
		if _, err := tx.Exec(text, args...); err != nil {
			t.Fatal(err)
		}
	}
	run(`DELETE FROM event WHERE workspace_id = ? AND id > ?`, ws, event)
	run(`DELETE FROM tag WHERE workspace_id = ? AND id > ?`, ws, event)
	run(`UPDATE counter SET value = ?, last_event = ?, mark = 1, previous_event = 0, previous_mark = 0 WHERE workspace_id = ?`, event, event, ws)
	for range since {
		run(`UPDATE counter SET value = value + 2, previous_event = last_event, previous_mark = mark, last_event = value + 2, mark = mark + 1
			WHERE workspace_id = ?`, ws)
		run(`INSERT INTO event (workspace_id, id, at, kind, object, admin_id, ip, data)
			SELECT workspace_id, last_event, 1, 'tag.updated', 1, 0, '', '{}' FROM counter WHERE workspace_id = ?`, ws)
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
}
