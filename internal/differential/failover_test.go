package differential_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"lectern"
	"lectern/internal/testpg"
)

// TestAfterAFailoverNothingLostIsShown has a standby become the primary that did
// not have the last changes. What a node kept of them, in the API, on pages, in
// lists and in searches, it reads again, although others have made as many
// changes since.
func TestAfterAFailoverNothingLostIsShown(t *testing.T) {
	primary := testpg.Start(t, testpg.Options{})
	dsn := primary.Database(t)
	standby := primary.Standby(t)
	both := strings.Replace(dsn, primary.Address(), primary.Address()+","+standby.Address(), 1)
	n := serveSite(t, "node", both, "")
	by := setUp(t, n.db)
	topic := n.send(t, "POST", "/help_center/collections", object{"name": "Basics"}).body["id"]
	publish := func(title string) string {
		t.Helper()
		a := n.send(t, "POST", "/articles", object{
			"title": title, "body": "<p>Some text.</p>", "author_id": by.Admin, "state": "published", "parent_id": topic, "parent_type": "collection",
		})
		if a.status != http.StatusOK {
			t.Fatalf("%d %s", a.status, a.text)
		}
		return "/articles/" + a.body["id"].(string)
	}
	path := publish("Before")
	standby.Await(t, primary)

	// From here on the standby hears of nothing, and nobody waits for it.
	standby.Stop(t, testpg.Fast)
	for _, s := range []string{`ALTER SYSTEM SET synchronous_standby_names = ''`, `SELECT pg_reload_conf()`} {
		change(t, dsn, s)
	}
	n.send(t, "PUT", path, object{"title": "Lost"})
	gone := publish("Lost as well")
	if _, err := n.db.AddSearchRule(t.Context(), by, lectern.SearchRule{
		HelpCenter: centerOf(t, n, by), Kind: lectern.SynonymRule, Locale: "en", Phrases: []string{"quibble", "before"},
	}); err != nil {
		t.Fatal(err)
	}
	asks := []string{path, gone, "/articles?per_page=50", "/articles/search?phrase=lost", "/articles/search?phrase=quibble"}
	for _, ask := range asks {
		n.send(t, "GET", ask, nil)
	}
	n.shows(t, path, "Lost")
	n.shows(t, gone, "Lost as well")
	primary.Stop(t, testpg.Immediate)
	standby.Start(t)
	standby.Promote(t)

	old := strings.Replace(dsn, primary.Address(), standby.Address(), 1)
	other := serveSite(t, "other", old, "")
	for i := range 3 {
		if _, err := other.db.AddTag(t.Context(), by, fmt.Sprint("since ", i)); err != nil {
			t.Fatal(err)
		}
	}
	n.shows(t, path, "Before")
	said := func(n *node, ask string) string {
		a := n.send(t, "GET", ask, nil)
		if a.status != http.StatusOK {
			return fmt.Sprint(a.status)
		}
		return strings.ReplaceAll(a.text, n.url, "")
	}
	for _, ask := range asks {
		want := said(other, ask)
		got := said(n, ask)
		for end := time.Now().Add(time.Minute); got != want && time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
			got = said(n, ask)
		}
		if got != want {
			t.Errorf("%s:\n%s, want\n%s", ask, got, want)
		}
	}
	if p := n.page(t, gone); strings.Contains(p, "Lost as well") {
		t.Errorf("a page that is lost: %s", p)
	}
	if a := n.send(t, "PUT", path, object{"title": "Afterwards"}); a.status != http.StatusOK {
		t.Errorf("%d %s", a.status, a.text)
	}
	n.shows(t, path, "Afterwards")
}

// centerOf is the default help center of a workspace.
func centerOf(t *testing.T, n *node, by lectern.Actor) lectern.HelpCenterID {
	t.Helper()
	list, err := n.db.HelpCenters(t.Context(), by.Workspace)
	if err != nil {
		t.Fatal(err)
	}
	return list[0].ID
}
