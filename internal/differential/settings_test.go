package differential_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"lectern"
	"lectern/internal/app"
	"lectern/internal/store"
	"lectern/internal/store/postgres"
	"lectern/internal/testpg"
)

// An overtaken store has a change come between the first article that is read
// once it is armed and whatever is read for the same request after it.
type overtaken struct {
	*store.DB
	armed  atomic.Bool
	change func()
}

func (o *overtaken) Article(ctx context.Context, ws lectern.WorkspaceID, id lectern.ArticleID) (*lectern.Article, error) {
	a, err := o.DB.Article(ctx, ws, id)
	if o.armed.CompareAndSwap(true, false) {
		o.change()
	}
	return a, err
}

// TestSettingsThatChangeBetweenTwoReadsAreNotKeptAsTheyWere has a replica lag
// while settings change between the reading of an article and that of the
// settings it is shown with. The request may show the old ones; nobody after it.
func TestSettingsThatChangeBetweenTwoReadsAreNotKeptAsTheyWere(t *testing.T) {
	primary := testpg.Start(t, testpg.Options{})
	dsn := primary.Database(t)
	standby := primary.Standby(t)
	// It waits for its standby before it drops a database, which has ended by then.
	defer primary.Stop(t, testpg.Immediate)
	replica := strings.Replace(dsn, primary.Address(), standby.Address(), 1)
	db, err := postgres.Open(t.Context(), dsn, postgres.Options{Replica: replica})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	by := setUp(t, db)
	a, err := db.AddArticle(t.Context(), by, &lectern.ArticleEdit{ArticleTextEdit: lectern.ArticleTextEdit{
		Title: new("Title"), Author: &by.Admin, State: new(lectern.Published)}})
	if err != nil {
		t.Fatal(err)
	}
	centers, err := db.HelpCenters(t.Context(), by.Workspace)
	if err != nil {
		t.Fatal(err)
	}
	var resume func()
	s := &overtaken{DB: db, change: func() {
		resume = standby.PauseReplay(t)
		if _, err := db.UpdateHelpCenter(t.Context(), by, centers[0].ID, func(h *lectern.HelpCenter) error {
			h.Identifier = "renamed"
			return nil
		}); err != nil {
			t.Error(err)
		}
	}}
	h, err := app.New(db, app.Config{Replica: replica, Logger: slog.New(slog.DiscardHandler), Wrap: func(*store.DB) lectern.Store { return s }})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(h)
	defer server.Close()
	n := &node{name: "node", db: db, url: server.URL}
	path := fmt.Sprintf("/articles/%d", a.ID)
	standby.Await(t, primary)
	s.armed.Store(true)
	n.send(t, "GET", path, nil)
	if resume == nil {
		t.Fatal("nothing changed meanwhile")
	}
	for i := range 2 { // while the replica lags, and afterwards
		for range 2 {
			if got := n.send(t, "GET", path+"?again="+fmt.Sprint(i), nil); !strings.Contains(got.text, "/renamed/") {
				t.Errorf("the old settings were kept: %s", got.text)
			}
		}
		if i == 0 {
			resume()
		}
	}
}
