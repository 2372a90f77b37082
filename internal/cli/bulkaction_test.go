package cli_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// ask sends a request in API version 2.16 and reads the answer's JSON.
func ask(t *testing.T, method, url, body string) (*http.Response, map[string]any) {
	t.Helper()
	req, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+killToken)
	req.Header.Set("Intercom-Version", "2.16")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var read map[string]any
	if err := json.NewDecoder(res.Body).Decode(&read); err != nil || res.StatusCode >= 300 {
		t.Fatalf("%s %s: %d %v, error %v", method, url, res.StatusCode, read, err)
	}
	return res, read
}

func TestABulkActionIsFinishedByTheServerThatComesAfterAKill(t *testing.T) {
	data := t.TempDir()
	s := startForKill(t, data)
	_, me := ask(t, "GET", s.url+"/me", "")
	var items []string
	const n = 200
	for i := range n {
		_, a := ask(t, "POST", s.url+"/articles", fmt.Sprintf(`{"title":"Article %d","author_id":%s}`, i, me["id"]))
		items = append(items, fmt.Sprintf(`{"type":"article_content","id":"%s"}`, a["content_id"]))
	}
	res, _ := ask(t, "POST", s.url+"/content/bulk_actions", `{"action":"publish","content_ids":[`+strings.Join(items, ",")+`]}`)
	report := "/lectern/bulk_actions/" + res.Header.Get("Lectern-Bulk-Action")
	s.kill()

	s = startForKill(t, data)
	var done map[string]any
	for end := time.Now().Add(30 * time.Second); done["status"] != "finished" && time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		_, done = ask(t, "GET", s.url+report, "")
	}
	if done["status"] != "finished" || done["updated_count"] != float64(n) {
		t.Errorf("status %v, %v of %d updated", done["status"], done["updated_count"], n)
	}
	if _, found := ask(t, "GET", s.url+"/content/search?states=published&content_types=article", ""); found["total_count"] != float64(n) {
		t.Errorf("%v articles are published, want %d", found["total_count"], n)
	}
}
