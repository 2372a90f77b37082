package postgres_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"lectern"
	"lectern/internal/store"
	"lectern/internal/store/postgres"
	"lectern/internal/testpg"
)

// node opens a store on a database that others use, too.
func node(t testing.TB, dsn string, o store.Options) *store.DB {
	t.Helper()
	s, err := postgres.Open(t.Context(), dsn, postgres.Options{Options: o})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// ears keep what a watcher hears.
type ears struct {
	mu    sync.Mutex
	heard []lectern.EventID
}

func (e *ears) hear(events []lectern.Event) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, x := range events {
		e.heard = append(e.heard, x.ID)
	}
}

// after waits until n events were heard, and returns them.
func (e *ears) after(n int) []lectern.EventID {
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(time.Millisecond) {
		e.mu.Lock()
		if len(e.heard) >= n {
			defer e.mu.Unlock()
			return slices.Clone(e.heard)
		}
		e.mu.Unlock()
	}
	return nil
}

func TestANodeHearsOfAnother(t *testing.T) {
	dsn := testpg.DSN(t)
	here, there := node(t, dsn, store.Options{}), node(t, dsn, store.Options{})
	by := setUp(t, here)
	var e ears
	there.Watch(e.hear)
	for i := range 9 {
		addTag(t, here, by, fmt.Sprint(i))
		if e.after(i+1) == nil {
			t.Fatal("nothing was heard")
		}
	}
}

// TestNodesBehindAPoolerHearOfOneAnother has nodes that cannot be told anything:
// they look for themselves.
func TestNodesBehindAPoolerHearOfOneAnother(t *testing.T) {
	c := testpg.Start(t, testpg.Options{Fast: true})
	name := changed(t, c.Database(t), func(u *url.URL) { u.Scheme, u.User, u.Host = "", nil, "" })
	dsn := c.Pooler(t).DSN(strings.TrimPrefix(name, "/")) + "?default_query_exec_mode=exec"
	here, there := node(t, dsn, store.Options{}), node(t, dsn, store.Options{})
	by := setUp(t, here)
	var e ears
	there.Watch(e.hear)
	for i := range 20 {
		addTag(t, here, by, fmt.Sprint(i))
	}
	if e.after(20) == nil {
		t.Fatal("nothing was heard")
	}
}

// TestTwoNodesHearTheSameEventsOnceAndInOrder cuts what they hear by, too.
func TestTwoNodesHearTheSameEventsOnceAndInOrder(t *testing.T) {
	dsn := testpg.DSN(t)
	one, two := node(t, dsn, store.Options{}), node(t, dsn, store.Options{})
	by := setUp(t, one)
	if got := addTag(t, two, by, "both know"); got == 0 {
		t.Fatal("no tag")
	}
	last := two.LastEvent(by.Workspace)
	for one.LastEvent(by.Workspace) < last {
		time.Sleep(time.Millisecond)
	}
	var e1, e2 ears
	one.Watch(e1.hear)
	two.Watch(e2.hear)
	const each = 60
	var group sync.WaitGroup
	for i := range each {
		group.Go(func() { addTag(t, one, by, fmt.Sprint("one ", i)) })
		group.Go(func() { addTag(t, two, by, fmt.Sprint("two ", i)) })
		if i%20 == 0 {
			group.Go(func() { deafen(t, dsn) })
		}
	}
	group.Wait()
	h1, h2 := e1.after(2*each), e2.after(2*each)
	if len(h1) != 2*each || !slices.Equal(h1, h2) || !slices.IsSorted(h1) {
		t.Errorf("heard of\n%v and\n%v", h1, h2)
	}
}

// deafen ends the connections that listen.
func deafen(t *testing.T, dsn string) {
	c, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Error(err)
		return
	}
	defer c.Close(t.Context())
	if _, err := c.Exec(t.Context(), `
		SELECT pg_terminate_backend(pid) FROM pg_stat_activity
		WHERE datname = current_database() AND query ILIKE 'LISTEN%'`); err != nil {
		t.Error(err)
	}
}

func TestAPageIsExactWhileAnotherNodeWrites(t *testing.T) {
	dsn := testpg.DSN(t)
	one, two := node(t, dsn, store.Options{}), node(t, dsn, store.Options{})
	by := setUp(t, one)
	for i := range 10 {
		for _, s := range []lectern.Store{one, two} {
			if _, err := s.AddArticle(t.Context(), by, &lectern.ArticleEdit{
				ArticleTextEdit: lectern.ArticleTextEdit{Title: new("T"), Author: &by.Admin},
			}); err != nil {
				t.Fatal(err)
			}
		}
		for _, s := range []lectern.Store{one, two} {
			list, total, err := s.Articles(t.Context(), by.Workspace, lectern.ArticleQuery{Offset: i, Limit: 100})
			if err != nil || total != 2*(i+1) || len(list) != total-i {
				t.Errorf("%d articles from %d, total %d, error %v", len(list), i, total, err)
			}
		}
	}
}

// TestTwoNodesLoseNoneOfTheirChanges has two nodes change one article, each from
// what it reads.
func TestTwoNodesLoseNoneOfTheirChanges(t *testing.T) {
	dsn := testpg.DSN(t)
	nodes := []*store.DB{node(t, dsn, store.Options{}), node(t, dsn, store.Options{})}
	by := setUp(t, nodes[0])
	a, err := nodes[0].AddArticle(t.Context(), by, &lectern.ArticleEdit{
		ArticleTextEdit: lectern.ArticleTextEdit{Title: new("T"), Author: &by.Admin},
	})
	if err != nil {
		t.Fatal(err)
	}
	const each = 100
	var group sync.WaitGroup
	for _, s := range nodes {
		for range each {
			group.Go(func() {
				edit := &lectern.ArticleEdit{}
				_, err := s.UpdateArticle(t.Context(), by, a.ID, edit, func(x *lectern.Article, _ *lectern.HelpCenter) error {
					edit.Body = new(x.Texts["en"].Body + "x")
					return nil
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
	}
	group.Wait()
	got, err := nodes[1].Article(t.Context(), by.Workspace, a.ID)
	if err != nil || len(got.Texts["en"].Body) != 2*each {
		t.Errorf("%d characters, want %d, error %v", len(got.Texts["en"].Body), 2*each, err)
	}
}

// TestTwoNodesRunEachScheduleOnce has clocks that differ by an hour: the one
// that is behind finds done what the other has done early.
func TestTwoNodesRunEachScheduleOnce(t *testing.T) {
	dsn := testpg.DSN(t)
	start := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	at := func(now time.Time) *store.DB {
		return node(t, dsn, store.Options{Now: func() time.Time { return now }})
	}
	one, two := at(start.Add(2*time.Minute)), at(start.Add(time.Hour))
	by := setUp(t, one)
	const articles = 30
	before := at(start)
	for i := range articles {
		_, err := before.AddArticle(t.Context(), by, &lectern.ArticleEdit{
			ArticleTextEdit: lectern.ArticleTextEdit{Title: new("Later"), Author: &by.Admin, State: new(lectern.Published)},
			PublishAt:       new(start.Add(time.Duration(i+1) * time.Second)),
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	var ran [2]int
	var both sync.WaitGroup
	for i, s := range []*store.DB{one, two} {
		both.Go(func() {
			n, err := s.RunSchedules(t.Context())
			if err != nil {
				t.Error(err)
			}
			ran[i] = n
		})
	}
	both.Wait()
	if ran[0]+ran[1] != articles {
		t.Errorf("%d schedules ran here and %d there, want %d together", ran[0], ran[1], articles)
	}
	_, told, err := one.Events(t.Context(), by.Workspace, lectern.EventQuery{Kinds: []lectern.EventKind{lectern.ArticleUpdated}})
	if err != nil || told != articles {
		t.Errorf("%d events, error %v; want %d", told, err, articles)
	}
}

func TestTwoNodesDoEachItemOfABulkActionOnce(t *testing.T) {
	dsn := testpg.DSN(t)
	nodes := []*store.DB{node(t, dsn, store.Options{}), node(t, dsn, store.Options{})}
	s := nodes[0]
	by := setUp(t, s)
	const n = 60
	a := &lectern.BulkAction{Verb: lectern.BulkUpdateTags}
	a.Tags.Add = []lectern.TagID{addTag(t, s, by, "tag")}
	for i := range n {
		x, err := s.AddInternalArticle(t.Context(), by, &lectern.InternalArticleEdit{
			Title: new(fmt.Sprint("T", i)), Author: &by.Admin, Owner: &by.Admin,
		})
		if err != nil {
			t.Fatal(err)
		}
		a.Items = append(a.Items, lectern.BulkItem{Object: lectern.Object{Kind: lectern.InternalArticleObject, ID: int64(x.ID)}})
	}
	a, err := s.AddBulkAction(t.Context(), by, a)
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for _, s := range nodes {
		group.Go(func() {
			for more, err := true, error(nil); more; {
				if more, err = s.DoBulkItem(t.Context()); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	group.Wait()
	for kind, want := range map[lectern.EventKind]int{lectern.TagApplied: n, lectern.BulkActionFinished: 1} {
		_, total, err := s.Events(t.Context(), by.Workspace, lectern.EventQuery{Kinds: []lectern.EventKind{kind}, Limit: 1})
		if err != nil || total != want {
			t.Errorf("%d events %s, want %d, error %v", total, kind, want, err)
		}
	}
	got, err := s.BulkAction(t.Context(), by.Workspace, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range got.Items {
		if i.Outcome != lectern.BulkUpdated {
			t.Errorf("%d is %s: %s", i.ID, i.Outcome, i.Reason)
		}
	}
}
