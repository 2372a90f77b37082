package cli_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"syscall"
	"testing"
	"time"
)

// reader is how a browser of a person names itself.
const reader = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"

// Views are counted off the read path and stored each second. The API shows
// them soon; a server that is asked to stop loses none; one that is killed
// loses at most what it had not stored.
func TestViewsReachTheStatisticsAndOutliveTheServer(t *testing.T) {
	data := t.TempDir()
	s := startForKill(t, data)
	id := publish(t, s.url)

	viewed := s.view(t, id, 3)
	s.awaitViews(t, id, viewed)

	viewed += s.view(t, id, 4)
	if state, err := s.stop(syscall.SIGTERM); err != nil || !state.Success() {
		t.Fatalf("stop: %v %v", state, err)
	}
	s = startForKill(t, data)
	if got := views(t, s.url, id); got != viewed {
		t.Errorf("after SIGTERM there are %d views, want %d", got, viewed)
	}

	viewed += s.view(t, id, 5)
	s.awaitViews(t, id, viewed)
	late := s.view(t, id, 2)
	s.kill()
	s = startForKill(t, data)
	if got := views(t, s.url, id); got < viewed || got > viewed+late {
		t.Errorf("after a kill there are %d views, want %d to %d", got, viewed, viewed+late)
	}
}

// publish adds an article that readers see, and returns its ID.
func publish(t *testing.T, base string) string {
	t.Helper()
	me, err := call(http.MethodGet, base+"/me", nil)
	if err != nil {
		t.Fatal(err)
	}
	a, err := call(http.MethodPost, base+"/articles", fmt.Appendf(nil,
		`{"title": "Read me", "body": "<p>Text.</p>", "author_id": %s, "state": "published"}`, me.ID))
	if err != nil {
		t.Fatal(err)
	}
	return a.ID
}

// view reads an article's page n times, as a person does, and returns n.
func (s *server) view(t *testing.T, id string, n int) int {
	t.Helper()
	for range n {
		req, err := http.NewRequest(http.MethodGet, shownAt(t, s.url, id), nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("User-Agent", reader)
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_, err = io.Copy(io.Discard, res.Body)
		res.Body.Close()
		if err != nil || res.StatusCode != http.StatusOK {
			t.Fatalf("GET %s: %s %v", req.URL, res.Status, err)
		}
	}
	return n
}

// A shownArticle is what the API says of how an article is read.
type shownArticle struct {
	URL        string
	Statistics struct{ Views int }
}

func statistics(t *testing.T, base, id string) shownArticle {
	t.Helper()
	req, err := http.NewRequest(http.MethodGet, base+"/articles/"+id, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+killToken)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var a shownArticle
	if err := json.NewDecoder(res.Body).Decode(&a); err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("%s: %v", res.Status, err)
	}
	return a
}

// shownAt is the address that the API hands out for an article.
func shownAt(t *testing.T, base, id string) string {
	t.Helper()
	return statistics(t, base, id).URL
}

func views(t *testing.T, base, id string) int {
	t.Helper()
	return statistics(t, base, id).Statistics.Views
}

// awaitViews returns once the API shows n views.
func (s *server) awaitViews(t *testing.T, id string, n int) {
	t.Helper()
	got := 0
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if got = views(t, s.url, id); got == n {
			return
		}
	}
	t.Fatalf("the statistics show %d views after half a minute, want %d", got, n)
}
