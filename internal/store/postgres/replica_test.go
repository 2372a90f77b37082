package postgres_test

import (
	"strings"
	"testing"
	"time"

	"lectern"
	"lectern/internal/store"
	"lectern/internal/store/postgres"
	"lectern/internal/testpg"
)

func TestAReplicaServesWhatMayBeOldAndNeverHidesOnesOwnChange(t *testing.T) {
	primary := testpg.Start(t, testpg.Options{Settings: []string{"wal_receiver_status_interval=1s"}})
	dsn := primary.Database(t)
	node(t, dsn, store.Options{}).Close()
	standby := primary.Standby(t)
	s, err := postgres.Open(t.Context(), dsn, postgres.Options{
		Replica: strings.Replace(dsn, primary.Address(), standby.Address(), 1),
	})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	by := setUp(t, s)
	addTag(t, s, by, "first")
	old := s.LastEvent(by.Workspace)
	seen := func(least lectern.EventID) int {
		t.Helper()
		tags, err := s.Tags(store.Stale(t.Context(), by.Workspace, least), by.Workspace)
		if err != nil {
			t.Fatal(err)
		}
		return len(tags)
	}
	for end := time.Now().Add(time.Minute); seen(0) != 1; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the replica does not follow")
		}
	}
	resume := standby.PauseReplay(t)
	addTag(t, s, by, "second")
	if n := seen(old); n != 1 {
		t.Errorf("who may see old data sees %d tags: it does not come from the replica", n)
	}
	if n := seen(s.LastEvent(by.Workspace)); n != 2 {
		t.Errorf("who has made the change sees %d tags", n)
	}
	last, err := s.LastEventOf(t.Context(), by.Workspace)
	if err != nil || last != s.LastEvent(by.Workspace) {
		t.Errorf("last event %d, want %d, error %v", last, s.LastEvent(by.Workspace), err)
	}
	if tags, err := s.Tags(t.Context(), by.Workspace); err != nil || len(tags) != 2 {
		t.Errorf("who asks for no old data sees %d tags, error %v", len(tags), err)
	}
	// After a while the change is no longer new, for anyone.
	for end := time.Now().Add(time.Minute); seen(old) != 2; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("a change is not seen after more than %v", store.StaleFor)
		}
	}
	resume()
	// A replica that is gone is none.
	execute(t, primary.DSN("postgres"), `ALTER SYSTEM RESET synchronous_standby_names`, `SELECT pg_reload_conf()`)
	standby.Stop(t, testpg.Kill)
	if n := seen(0); n != 2 {
		t.Errorf("without a replica %d tags are seen", n)
	}
}
