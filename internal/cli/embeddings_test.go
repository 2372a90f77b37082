package cli_test

import (
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"lectern/internal/meaning/standin"
)

const meaningToken = "token-of-the-meaning-test-and-of-no-other"

// sendMeaning sends a request with the test's token and returns the answer, of any status.
func sendMeaning(t *testing.T, s *server, method, path, body string) string {
	t.Helper()
	req, err := http.NewRequest(method, s.url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+meaningToken)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(answer)
}

func TestSearchesFindWhatMeansAlikeWithAServiceOfTheOperators(t *testing.T) {
	model := standin.New(t)
	env := append(os.Environ(), "LECTERN_EMBEDDINGS_URL="+model.URL, "LECTERN_EMBEDDINGS_KEY="+standin.Key)
	dir := t.TempDir()
	s, err := startServer(dir, env, "--token", meaningToken, "--embeddings-model", "small")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { s.kill() }()
	var me struct{ ID string }
	if err := json.Unmarshal([]byte(sendMeaning(t, s, "GET", "/me", "")), &me); err != nil {
		t.Fatal(err)
	}
	for _, title := range []string{"Reimbursement", "Printing on paper", "Your credentials"} {
		sendMeaning(t, s, "POST", "/articles", `{"title":"`+title+`","author_id":`+me.ID+`,"state":"published"}`)
	}
	const phrase = "/lectern/search?q=money+back&explain=true"
	answer := ""
	for end := time.Now().Add(20 * time.Second); !strings.Contains(answer, "Reimbursement"); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("not found after 20 seconds: %s", answer)
		}
		answer = sendMeaning(t, s, "GET", phrase, "")
	}
	if !strings.Contains(answer, `"reason":"meaning"`) {
		t.Errorf("the explanation is %s", answer)
	}

	search := exec.Command("lectern", "search", "money back", "--explain", "--embeddings-model", "small")
	search.Dir, search.Env = dir, env
	out, err := search.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "Reimbursement") || !strings.Contains(string(out), "meaning\n") {
		t.Errorf("%v\n%s", err, out)
	}
	words := exec.Command("lectern", "search", "money back")
	words.Dir = dir
	if out, err := words.CombinedOutput(); err == nil || !strings.Contains(string(out), "nothing was found") {
		t.Errorf("without the service: %v\n%s", err, out)
	}
}
