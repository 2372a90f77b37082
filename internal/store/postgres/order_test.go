package postgres_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net/url"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"lectern"
	"lectern/internal/store"
	"lectern/internal/testpg"
)

// workspaces makes n of them, and returns who writes there.
func workspaces(t testing.TB, s *store.DB, n int) (list []lectern.Actor) {
	t.Helper()
	for i := range n {
		ws, err := s.AddWorkspace(t.Context(), lectern.ByInstallation(0, lectern.ViaCommand), lectern.Setup{
			Locale: "en", Identifier: fmt.Sprint("help-", i), Admin: lectern.Admin{Name: "Ada"}, Token: lectern.TokenHash{byte(i)},
		})
		if err != nil {
			t.Fatal(err)
		}
		admins, err := s.Admins(t.Context(), ws.ID)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, lectern.ByCommand(ws.ID, admins[0].ID))
	}
	return list
}

// statement runs a statement behind the back of every node.
func statement(t testing.TB, dsn, text string) {
	t.Helper()
	c, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Error(err)
		return
	}
	defer c.Close(t.Context())
	if _, err := c.Exec(t.Context(), text); err != nil {
		t.Error(err)
	}
}

// eventsOf reads what every workspace has, in order.
func eventsOf(t testing.TB, dsn string) map[lectern.WorkspaceID][]lectern.EventID {
	t.Helper()
	c, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(t.Context())
	rows, err := c.Query(t.Context(), `SELECT workspace_id, id FROM event ORDER BY workspace_id, id`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	all := map[lectern.WorkspaceID][]lectern.EventID{}
	for rows.Next() {
		var ws lectern.WorkspaceID
		var id lectern.EventID
		if err := rows.Scan(&ws, &id); err != nil {
			t.Fatal(err)
		}
		all[ws] = append(all[ws], id)
	}
	return all
}

// A follower keeps what it hears of every workspace, and looks whether it is in
// the database at that moment.
type follower struct {
	look *pgx.Conn
	mu   sync.Mutex
	all  map[lectern.WorkspaceID][]lectern.EventID
	dark []lectern.EventID // heard of before anybody could see them
}

func follow(t testing.TB, dsn string, s *store.DB) *follower {
	t.Helper()
	c, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close(t.Context()) })
	f := &follower{look: c, all: map[lectern.WorkspaceID][]lectern.EventID{}}
	s.Watch(func(events []lectern.Event) {
		f.mu.Lock()
		defer f.mu.Unlock()
		for _, e := range events {
			f.all[e.Workspace] = append(f.all[e.Workspace], e.ID)
			var seen bool
			err := f.look.QueryRow(t.Context(), `SELECT EXISTS (SELECT 1 FROM event WHERE workspace_id = $1 AND id = $2)`, e.Workspace, e.ID).Scan(&seen)
			if err != nil || !seen {
				f.dark = append(f.dark, e.ID)
			}
		}
	})
	return f
}

// heard returns what the follower has heard of a workspace.
func (f *follower) heard(ws lectern.WorkspaceID) []lectern.EventID {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.all[ws])
}

// TestEveryFollowerSeesEveryEventOnceAndInOrder has four nodes write in five
// workspaces. Transactions pause between their statements, and between the last
// of these and the commit; the connections of one node are cut meanwhile, those
// that listen too, and one node is killed. Each of the others hears of each
// workspace's events exactly once, in order, and of none before it is there.
func TestEveryFollowerSeesEveryEventOnceAndInOrder(t *testing.T) {
	dsn := testpg.DSN(t)
	first := node(t, dsn, store.Options{})
	by := workspaces(t, first, 5)
	// A deferred trigger runs after the last statement, within COMMIT.
	statement(t, dsn, `
		CREATE FUNCTION pause() RETURNS trigger LANGUAGE plpgsql AS
			$$ BEGIN IF random() < 0.2 THEN PERFORM pg_sleep(random() * 0.03); END IF; RETURN NULL; END $$;
		CREATE CONSTRAINT TRIGGER pause AFTER INSERT ON event DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION pause()`)
	old := eventsOf(t, dsn)
	named := func(name string) string {
		return changed(t, dsn, func(u *url.URL) { u.RawQuery = "application_name=" + name })
	}
	nodes := []*store.DB{first, node(t, dsn, store.Options{}), node(t, named("cut"), store.Options{}), node(t, named("killed"), store.Options{})}
	var followers []*follower
	for _, s := range nodes[:3] {
		followers = append(followers, follow(t, dsn, s))
	}
	const writers, each = 3, 25
	var group sync.WaitGroup
	for i, s := range nodes {
		for _, who := range by {
			for w := range writers {
				group.Go(func() {
					for n := range each {
						_, err := s.AddFolder(t.Context(), who, &lectern.FolderEdit{Name: new(fmt.Sprint(i, w, n))})
						// Who is cut off may not know whether it was stored.
						if err != nil && !errors.Is(err, lectern.Unavailable) {
							t.Error(err)
						}
						if rand.N(8) == 0 {
							_, err := s.UpdateWorkspace(t.Context(), who, func(x *lectern.Workspace) error {
								time.Sleep(rand.N(5 * time.Millisecond)) // between two statements
								x.Name = fmt.Sprint(i, w, n)
								return nil
							})
							if err != nil && !errors.Is(err, lectern.Unavailable) {
								t.Error(err)
							}
						}
					}
				})
			}
		}
	}
	cut := func(name string) {
		statement(t, dsn, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = '`+name+`'`)
	}
	for range 8 {
		time.Sleep(20 * time.Millisecond)
		cut("cut")
		deafen(t, dsn)
	}
	cut("killed")
	group.Wait()
	for ws, want := range eventsOf(t, dsn) {
		want = want[len(old[ws]):]
		if len(want) < writers*each {
			t.Errorf("workspace %d has only %d events", ws, len(want))
		}
		for i, f := range followers {
			for end := time.Now().Add(time.Minute); len(f.heard(ws)) < len(want) && time.Now().Before(end); {
				time.Sleep(time.Millisecond)
			}
			if got := f.heard(ws); !slices.Equal(got, want) {
				t.Errorf("follower %d heard of %d events of workspace %d, want %d:\n%v\n%v", i, len(got), ws, len(want), got, want)
			}
			if len(f.dark) > 0 {
				t.Errorf("follower %d heard too early of %v", i, f.dark)
			}
		}
	}
}

// TestALongHolderInOneWorkspaceDelaysNoOther has a transaction stand still while
// others wait for it. Changes in another workspace go on, through that node and
// another one, and so do reactions in either.
func TestALongHolderInOneWorkspaceDelaysNoOther(t *testing.T) {
	dsn := testpg.DSN(t)
	nodes := []*store.DB{node(t, dsn, store.Options{}), node(t, dsn, store.Options{})}
	by := workspaces(t, nodes[0], 2)
	articles := []*lectern.Article{published(t, nodes[0], by[0]), published(t, nodes[0], by[1])}
	held, release := make(chan struct{}), make(chan struct{})
	var group sync.WaitGroup
	group.Go(func() {
		_, err := nodes[0].UpdateWorkspace(t.Context(), by[0], func(w *lectern.Workspace) error {
			w.Name = "held"
			close(held)
			<-release
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
	<-held
	for i := range 40 { // more than either node has connections to write
		group.Go(func() { addTag(t, nodes[i%2], by[0], fmt.Sprint("waits ", i)) })
	}
	for i, s := range nodes {
		for n := range 20 {
			addTag(t, s, by[1], fmt.Sprint("goes on ", i, n))
		}
		for w := range by {
			react(t, s, by[w], articles[w], byte(i))
		}
	}
	tags, err := nodes[1].Tags(t.Context(), by[0].Workspace)
	if err != nil || len(tags) != 0 {
		t.Errorf("%d tags in the workspace that is held, error %v", len(tags), err)
	}
	close(release)
	group.Wait()
	if tags, err := nodes[1].Tags(t.Context(), by[0].Workspace); err != nil || len(tags) != 40 {
		t.Errorf("%d tags afterwards, error %v", len(tags), err)
	}
}

// published adds an article that everybody may read, in a collection.
func published(t testing.TB, s *store.DB, by lectern.Actor) *lectern.Article {
	t.Helper()
	c, err := s.AddCollection(t.Context(), by, &lectern.CollectionEdit{CollectionTextEdit: lectern.CollectionTextEdit{Name: new("Topic")}})
	if err != nil {
		t.Fatal(err)
	}
	a, err := s.AddArticle(t.Context(), by, &lectern.ArticleEdit{
		ArticleTextEdit: lectern.ArticleTextEdit{Title: new("T"), Body: new("<p>B</p>"), Author: &by.Admin, State: new(lectern.Published)},
		Parents:         &[]lectern.CollectionID{c.ID},
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// react has a visitor react to an article.
func react(t testing.TB, s *store.DB, by lectern.Actor, a *lectern.Article, visitor byte) {
	t.Helper()
	in := lectern.Visit{Workspace: by.Workspace, HelpCenter: a.HelpCenter, Locale: "en"}
	who := lectern.Visitor{Day: lectern.DayOf(time.Now()), Hash: [16]byte{visitor}}
	if err := s.React(t.Context(), in, a.ID, who, lectern.Happy); err != nil {
		t.Error(err)
	}
}

// TestStatisticsOfOneWorkspaceWaitForNoOther holds the counts of a workspace.
// Those of another one are stored and told of, through both nodes, each once.
func TestStatisticsOfOneWorkspaceWaitForNoOther(t *testing.T) {
	dsn := testpg.DSN(t)
	nodes := []*store.DB{node(t, dsn, store.Options{}), node(t, dsn, store.Options{})}
	by := workspaces(t, nodes[0], 2)
	held, free := published(t, nodes[0], by[0]), published(t, nodes[0], by[1])
	react(t, nodes[0], by[0], held, 100)
	var mu sync.Mutex
	told := map[lectern.WorkspaceID]int{}
	for _, s := range nodes {
		s.WatchStatistics(func(list []lectern.ArticleRef) {
			mu.Lock()
			defer mu.Unlock()
			for _, a := range list {
				told[a.Workspace]++
			}
		})
	}
	c, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(t.Context())
	hold, err := c.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := hold.Exec(t.Context(), `UPDATE count_clock SET value = value + 1 WHERE workspace_id = $1`, by[0].Workspace); err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	group.Go(func() { react(t, nodes[0], by[0], held, 1) })
	for i, s := range nodes {
		react(t, s, by[1], free, byte(i))
	}
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(time.Millisecond) {
		mu.Lock()
		enough := told[by[1].Workspace] >= 2
		mu.Unlock()
		if enough {
			break
		}
	}
	mu.Lock()
	if told[by[1].Workspace] < 2 || told[by[0].Workspace] != 0 {
		t.Errorf("told of %v while one is held", told)
	}
	mu.Unlock()
	if err := hold.Rollback(t.Context()); err != nil {
		t.Fatal(err)
	}
	group.Wait()
	for ws, a := range map[lectern.WorkspaceID]*lectern.Article{by[0].Workspace: held, by[1].Workspace: free} {
		got, err := nodes[1].Article(t.Context(), ws, a.ID)
		if err != nil || got.Statistics.Happy != 2 {
			t.Errorf("%d reactions, want 2, error %v", got.Statistics.Happy, err)
		}
	}
}

// TestTwoWorkspacesNeverGetWhatOnlyOneMayHave has two nodes take, in two
// workspaces at once, one identifier, one domain and one token.
func TestTwoWorkspacesNeverGetWhatOnlyOneMayHave(t *testing.T) {
	dsn := testpg.DSN(t)
	nodes := []*store.DB{node(t, dsn, store.Options{}), node(t, dsn, store.Options{})}
	by := workspaces(t, nodes[0], 2)
	for i := range 20 {
		for what, take := range map[string]func(*store.DB, lectern.Actor) error{
			"identifier": func(s *store.DB, by lectern.Actor) error {
				_, err := s.AddHelpCenter(t.Context(), by, lectern.HelpCenter{Identifier: fmt.Sprint("wanted-", i), DefaultLocale: "en"})
				return err
			},
			"domain": func(s *store.DB, by lectern.Actor) error {
				_, err := s.AddHelpCenter(t.Context(), by, lectern.HelpCenter{
					Identifier: fmt.Sprint("own-", by.Workspace, "-", i), CustomDomain: fmt.Sprintf("help%d.example.com", i), DefaultLocale: "en",
				})
				return err
			},
			"token": func(s *store.DB, by lectern.Actor) error {
				_, err := s.AddToken(t.Context(), by, lectern.Token{Name: "t", Hash: lectern.TokenHash{200, byte(i)}})
				return err
			},
		} {
			errs := make([]error, 2)
			var group sync.WaitGroup
			for n, s := range nodes {
				group.Go(func() { errs[n] = take(s, by[n]) })
			}
			group.Wait()
			if (errs[0] == nil) == (errs[1] == nil) || !errors.Is(errors.Join(errs...), lectern.Conflict) {
				t.Errorf("%s %d: errors %v and %v, want one conflict", what, i, errs[0], errs[1])
			}
		}
	}
}

// TestAReactionAndADeletionDoNotCollide deletes articles while visitors react to
// them.
func TestAReactionAndADeletionDoNotCollide(t *testing.T) {
	dsn := testpg.DSN(t)
	s := node(t, dsn, store.Options{})
	by := setUp(t, s)
	for range 25 {
		a := published(t, s, by)
		in := lectern.Visit{Workspace: by.Workspace, HelpCenter: a.HelpCenter, Locale: "en"}
		var group sync.WaitGroup
		for v := range 4 {
			group.Go(func() {
				for n := range 3 {
					who := lectern.Visitor{Day: lectern.DayOf(time.Now()), Hash: [16]byte{byte(v), byte(n)}}
					if err := s.React(t.Context(), in, a.ID, who, lectern.Sad); err != nil && !errors.Is(err, lectern.NotFound) {
						t.Error(err)
					}
				}
			})
		}
		group.Go(func() {
			time.Sleep(rand.N(4 * time.Millisecond))
			if err := s.DeleteArticle(t.Context(), by, a.ID); err != nil {
				t.Error(err)
			}
		})
		group.Wait()
	}
}
