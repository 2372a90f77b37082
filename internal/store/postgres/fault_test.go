package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"lectern"
	"lectern/internal/store"
	"lectern/internal/testpg"
)

// A load is writers that work until they are stopped, and what they know.
type load struct {
	stop context.CancelFunc
	work sync.WaitGroup

	mu      sync.Mutex
	stored  map[string]bool // acknowledged
	unknown map[string]bool // refused as unavailable
	errs    []error         // any other
}

// startLoad starts writers that add folders, each with a name of its own.
func startLoad(t *testing.T, s *store.DB, by lectern.Actor) *load {
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	l := &load{stop: stop, stored: map[string]bool{}, unknown: map[string]bool{}}
	for w := range 4 {
		l.work.Go(func() {
			for i := 0; ctx.Err() == nil; i++ {
				l.add(s, by, fmt.Sprint(w, " ", i))
			}
		})
	}
	t.Cleanup(func() { l.end() })
	return l
}

func (l *load) add(s *store.DB, by lectern.Actor, name string) {
	_, err := s.AddFolder(context.Background(), by, &lectern.FolderEdit{Name: &name})
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case err == nil:
		l.stored[name] = true
	case errors.Is(err, lectern.Unavailable):
		l.unknown[name] = true
	default:
		l.errs = append(l.errs, err)
	}
}

// grow waits until the writers have stored n more.
func (l *load) grow(t *testing.T, n int) {
	t.Helper()
	count := func() int {
		l.mu.Lock()
		defer l.mu.Unlock()
		return len(l.stored)
	}
	from := count()
	for end := time.Now().Add(time.Minute); count() < from+n; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("only %d of %d were stored", count()-from, n)
		}
	}
}

func (l *load) end() {
	l.stop()
	l.work.Wait()
}

// check compares what the writers know with what is there.
func (l *load) check(t *testing.T, s *store.DB, by lectern.Actor) {
	t.Helper()
	l.end()
	for _, err := range l.errs {
		t.Errorf("error %v, want unavailable", err)
	}
	folders, total, err := s.Folders(t.Context(), by.Workspace, lectern.FolderQuery{})
	if err != nil || total != len(folders) {
		t.Fatalf("%d of %d folders, error %v", len(folders), total, err)
	}
	there := map[string]int{}
	for _, f := range folders {
		if there[f.Name]++; there[f.Name] > 1 {
			t.Errorf("%q is there %d times", f.Name, there[f.Name])
		}
		if !l.stored[f.Name] && !l.unknown[f.Name] {
			t.Errorf("%q is there, and nobody made it", f.Name)
		}
	}
	for name := range l.stored {
		if there[name] == 0 {
			t.Errorf("%q was acknowledged and is lost", name)
		}
	}
	_, events, err := s.Events(t.Context(), by.Workspace, lectern.EventQuery{Kinds: []lectern.EventKind{lectern.FolderCreated}, Limit: 1})
	if err != nil || events != total {
		t.Errorf("%d events of %d folders, error %v", events, total, err)
	}
	t.Logf("%d stored, %d not acknowledged", len(l.stored), len(l.unknown))
}

func TestAServerStartedAgainUnderLoadLosesAndRepeatsNothing(t *testing.T) {
	c := testpg.Start(t, testpg.Options{})
	dsn := c.Database(t)
	s := node(t, dsn, store.Options{})
	by := setUp(t, s)
	var e ears
	node(t, dsn, store.Options{}).Watch(e.hear) // another node, which hears of it all
	l := startLoad(t, s, by)
	for _, how := range []testpg.Stop{testpg.Fast, testpg.Immediate, testpg.Kill} {
		l.grow(t, 30)
		c.Restart(t, how)
	}
	l.grow(t, 30)
	l.check(t, s, by)
	_, total, err := s.Events(t.Context(), by.Workspace, lectern.EventQuery{Kinds: []lectern.EventKind{lectern.FolderCreated}, Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	if heard := e.after(total); len(heard) != total {
		t.Errorf("the other node heard of %d events of %d", len(heard), total)
	}
}

// TestAFailoverLosesNoAcknowledgedChange kills the primary under load and
// promotes its synchronous standby. The connection string names both.
func TestAFailoverLosesNoAcknowledgedChange(t *testing.T) {
	primary := testpg.Start(t, testpg.Options{})
	dsn := primary.Database(t)
	node(t, dsn, store.Options{}).Close()
	standby := primary.Standby(t)
	both := strings.Replace(dsn, primary.Address(), primary.Address()+","+standby.Address(), 1)
	s := node(t, both, store.Options{})
	by := setUp(t, s)
	l := startLoad(t, s, by)
	l.grow(t, 50)
	primary.Stop(t, testpg.Kill)
	standby.Promote(t)
	l.grow(t, 50)
	if err := s.Ping(t.Context()); err != nil {
		t.Errorf("the store does not answer: %v", err)
	}
	l.check(t, s, by)
}

func TestAServerThatOnlyReadsIsSaidToPass(t *testing.T) {
	dsn := testpg.DSN(t)
	s := node(t, dsn, store.Options{})
	by := setUp(t, s)
	execute(t, dsn, `DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || quote_ident(current_database()) || ' SET default_transaction_read_only = on'; END $$`,
		`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`)
	if _, err := s.AddTag(t.Context(), by, "x"); !errors.Is(err, lectern.Unavailable) {
		t.Errorf("error %v, want unavailable", err)
	}
	writing := changed(t, dsn, func(u *url.URL) { u.RawQuery = "default_transaction_read_only=off" })
	execute(t, writing, `DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || quote_ident(current_database()) || ' RESET default_transaction_read_only'; END $$`)
	addTag(t, s, by, "x")
}

// TestALockHeldForTooLongIsSaidToPass has another program take the
// writers' lock and do nothing.
func TestALockHeldForTooLongIsSaidToPass(t *testing.T) {
	dsn := testpg.DSN(t)
	s := node(t, dsn, store.Options{})
	by := setUp(t, s)
	c, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(context.WithoutCancel(t.Context()))
	if _, err := c.Exec(t.Context(), `SELECT pg_advisory_lock($1)`, int64(0x6c65637465726e00)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.AddTag(t.Context(), by, "x"); !errors.Is(err, lectern.Unavailable) {
		t.Errorf("error %v, want unavailable", err)
	}
	if err := s.Ping(t.Context()); err != nil {
		t.Errorf("readers wait, too: %v", err)
	}
	if _, err := c.Exec(t.Context(), `SELECT pg_advisory_unlock_all()`); err != nil {
		t.Fatal(err)
	}
	addTag(t, s, by, "x")
}

// TestAClockThatJumpsRepeatsNothing moves the clock of a node back and forth
// between its changes.
func TestAClockThatJumpsRepeatsNothing(t *testing.T) {
	dsn := testpg.DSN(t)
	var mu sync.Mutex
	now := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	jump := func(d time.Duration) {
		mu.Lock()
		defer mu.Unlock()
		now = now.Add(d)
	}
	s := node(t, dsn, store.Options{Now: func() time.Time { mu.Lock(); defer mu.Unlock(); return now }})
	by := setUp(t, s)
	var e ears
	node(t, dsn, store.Options{}).Watch(e.hear)
	a, err := s.AddArticle(t.Context(), by, &lectern.ArticleEdit{
		ArticleTextEdit: lectern.ArticleTextEdit{Title: new("Later"), Author: &by.Admin, State: new(lectern.Published)},
		PublishAt:       new(now.Add(time.Hour)),
	})
	if err != nil {
		t.Fatal(err)
	}
	ran := 0
	for _, d := range []time.Duration{2 * time.Hour, -26 * time.Hour, 25 * time.Hour, 40 * 24 * time.Hour, -time.Minute} {
		jump(d)
		n, err := s.RunSchedules(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		ran += n
		addTag(t, s, by, d.String())
	}
	if ran != 1 {
		t.Errorf("the schedule ran %d times", ran)
	}
	if got, err := s.Article(t.Context(), by.Workspace, a.ID); err != nil || got.Texts["en"].State != lectern.Published {
		t.Errorf("article %+v, error %v", got, err)
	}
	if heard := e.after(7); len(heard) != 7 { // two of the article, five of tags
		t.Errorf("heard of %d events", len(heard))
	}
}
