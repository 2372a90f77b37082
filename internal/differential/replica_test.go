package differential_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"lectern"
	"lectern/internal/store"
	"lectern/internal/testpg"
)

// all asks for every article.
var all = lectern.ArticleQuery{Limit: 100}

// TestAClientNeverMissesItsOwnWriteOnAReplica serves two nodes with a replica
// that stands still for half of the time. What is written through one is in the
// next answer of the other.
func TestAClientNeverMissesItsOwnWriteOnAReplica(t *testing.T) {
	primary := testpg.Start(t, testpg.Options{})
	dsn := primary.Database(t)
	replica := primary.Standby(t)
	old := strings.Replace(dsn, primary.Address(), replica.Address(), 1)
	var nodes []*node
	for i := range 2 {
		nodes = append(nodes, serveSite(t, fmt.Sprint("node ", i), dsn, old))
	}
	by := setUp(t, nodes[0].db)
	write := func(from, to int) {
		for n := from; n < to; n++ {
			title := fmt.Sprint("Article number", n)
			a := nodes[n%2].send(t, "POST", "/articles", object{"title": title, "author_id": by.Admin})
			if a.status != http.StatusOK {
				t.Fatalf("%d %s", a.status, a.text)
			}
			id := a.body["id"].(string)
			for _, path := range []string{"/articles", "/articles/" + id} {
				if got := nodes[(n+1)%2].send(t, "GET", path, nil); !strings.Contains(got.text, title) {
					t.Errorf("%s misses %q: %s", path, title, got.text)
				}
			}
		}
	}
	write(0, 20)
	resume := replica.PauseReplay(t)
	write(20, 40)
	resume()
	write(40, 60)

	// The replica does serve: it answers when the primary is gone, to whoever
	// takes an old state.
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
		primaryDown := store.Stale(t.Context(), by.Workspace, nodes[0].db.LastEvent(by.Workspace))
		if list, _, err := nodes[0].db.Articles(primaryDown, by.Workspace, all); err == nil && len(list) == 60 {
			break
		} else if time.Now().After(deadline) {
			t.Fatalf("%d articles, error %v", len(list), err)
		}
	}
	primary.Stop(t, testpg.Immediate)
	list, _, err := nodes[0].db.Articles(store.Stale(t.Context(), by.Workspace, 0), by.Workspace, all)
	if err != nil || len(list) != 60 {
		t.Errorf("without the primary: %d articles, error %v", len(list), err)
	}
}
