package cli_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"
)

const scheduleToken = "token-of-the-schedule-test-and-of-no-other"

// scheduled is what these tests look at of an article.
type scheduled struct {
	ID        string `json:"id"`
	State     string `json:"state"`
	UpdatedAt int64  `json:"updated_at"`
	Admins    []struct {
		ID string `json:"id"`
	} `json:"admins"`
}

func request(t *testing.T, s *server, method, path, body string) (got scheduled) {
	t.Helper()
	req, err := http.NewRequest(method, s.url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+scheduleToken)
	req.Header.Set("Intercom-Version", "2.16")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if err := json.NewDecoder(res.Body).Decode(&got); err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("%s %s: %s, %v", method, path, res.Status, err)
	}
	return got
}

// awaitState waits until the article has the state and returns when it got it.
func awaitState(t *testing.T, s *server, id, state string) int64 {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if a := request(t, s, "GET", "/articles/"+id, ""); a.State == state {
			return a.UpdatedAt
		}
	}
	t.Fatalf("the article is not %s after 20 seconds", state)
	return 0
}

func TestAScheduleRunsWithinASecondAndAfterARestart(t *testing.T) {
	dir := t.TempDir()
	s, err := startServer(dir, nil, "--token", scheduleToken)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.kill() })
	author := request(t, s, "GET", "/admins", "").Admins[0].ID
	in := func(d time.Duration) int64 { return time.Now().Add(d).Unix() }

	at := in(2 * time.Second)
	id := request(t, s, "POST", "/articles", fmt.Sprintf(`{"title":"T","author_id":%s,"state":"published","scheduled_publish_at":"%s"}`,
		author, time.Unix(at, 0).UTC().Format(time.RFC3339))).ID
	if got := awaitState(t, s, id, "published"); got < at || got > at+1 {
		t.Errorf("published at %d, want %d or a second later", got, at)
	}

	at = in(2 * time.Second)
	request(t, s, "PUT", "/articles/"+id, fmt.Sprintf(`{"scheduled_unpublish_at":%d}`, at))
	if _, err := s.stop(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Until(time.Unix(at+1, 0)))
	if s, err = startServer(dir, nil, "--token", scheduleToken); err != nil {
		t.Fatal(err)
	}
	awaitState(t, s, id, "draft")
}
