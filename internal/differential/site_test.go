package differential_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"lectern/internal/app"
	"lectern/internal/testpg"
)

// serveSite answers the API and readers from a node with a replica.
func serveSite(t *testing.T, name, dsn, replica string) *node {
	t.Helper()
	a, err := app.Open(t.Context(), app.Config{
		Database: app.Place(dsn), Replica: replica, APIVersion: "Preview", Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	srv := httptest.NewServer(a)
	t.Cleanup(srv.Close)
	return &node{name: name, db: a.Store, url: srv.URL}
}

// change changes a database behind the back of every node.
func change(t *testing.T, dsn, statement string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if _, err := conn.Exec(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
}

// page reads a page of the help center.
func (n *node) page(t *testing.T, path string) string {
	t.Helper()
	res, err := http.Get(n.url + "/help/en" + path)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// shows waits until a page has a text.
func (n *node) shows(t *testing.T, path, text string) {
	t.Helper()
	for end := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
		p := n.page(t, path)
		if strings.Contains(p, text) {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("%s: %s does not show %q:\n%s", n.name, path, text, p)
		}
	}
}

// TestPagesFromAReplicaFollowEveryChange writes through one of two nodes with a
// replica that stands still for a while. That node's pages show the change at
// once, the other's when it hears of it; and no older page is kept.
func TestPagesFromAReplicaFollowEveryChange(t *testing.T) {
	primary := testpg.Start(t, testpg.Options{})
	dsn := primary.Database(t)
	replica := primary.Standby(t)
	old := strings.Replace(dsn, primary.Address(), replica.Address(), 1)
	one, two := serveSite(t, "one", dsn, old), serveSite(t, "two", dsn, old)
	by := setUp(t, one.db)
	topic := one.send(t, "POST", "/help_center/collections", object{"name": "Basics"}).body["id"]
	publish := func(title string) (api, path string) {
		t.Helper()
		a := one.send(t, "POST", "/articles", object{
			"title": title, "body": "<p>Text</p>", "author_id": by.Admin, "state": "published", "parent_id": topic, "parent_type": "collection",
		})
		if a.status != http.StatusOK {
			t.Fatalf("%d %s", a.status, a.text)
		}
		id := a.body["id"].(string)
		return "/articles/" + id, "/articles/" + id
	}
	_, seen := publish("Seen before")
	api, path := publish("As written")
	_, third := publish("Not looked at")
	if p := one.page(t, seen); !strings.Contains(p, "Seen before") {
		t.Fatalf("no page: %s", p)
	}
	two.shows(t, seen, "Seen before")

	// What is changed behind the back of every node is on the page only if that
	// comes from the primary.
	replica.Await(t, primary)
	resume := replica.PauseReplay(t)
	change(t, dsn, `UPDATE article_text SET title = 'Behind our back' WHERE title = 'As written'`)
	if p := one.page(t, path); !strings.Contains(p, "As written") {
		t.Errorf("the page does not come from the replica: %s", p)
	}
	for i, title := range []string{"Changed while it stands still", "Changed while it goes on"} {
		if i == 1 {
			resume()
		}
		if a := one.send(t, "PUT", api, object{"title": title}); a.status != http.StatusOK {
			t.Fatalf("%d %s", a.status, a.text)
		}
		if p := one.page(t, path); !strings.Contains(p, title) {
			t.Errorf("who changed it does not see %q: %s", title, p)
		}
		two.shows(t, path, title)
		if p := two.page(t, path); !strings.Contains(p, title) {
			t.Errorf("the page went back from %q: %s", title, p)
		}
	}

	// Without the primary pages that were never asked for are still there.
	replica.Await(t, primary)
	primary.Stop(t, testpg.Immediate)
	two.shows(t, third, "Not looked at")
}
