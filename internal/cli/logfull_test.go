package cli_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"sync"
	"testing"
)

// TestAServerWhoseLogNobodyReadsGoesOnAnswering gives the process a pipe that is
// full, and then reads it: what does not fit into the program's own memory is
// dropped, and the log says how many lines that were.
func TestAServerWhoseLogNobodyReadsGoesOnAnswering(t *testing.T) {
	log, end, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	var s server
	err = s.start(t.TempDir(), nil, end, "--token", killToken, "--rate-limit", "0", "--data", t.TempDir())
	end.Close() // the server has its own
	if err != nil {
		t.Fatal(err)
	}
	defer s.kill()

	const clients, each = 8, 1500
	var wg sync.WaitGroup
	for range clients {
		wg.Go(func() {
			for range each {
				if err := answers(s.url+"/me", http.StatusOK); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	for _, path := range []string{"/healthz", "/readyz", "/articles"} {
		if err := answers(s.url+path, http.StatusOK); err != nil {
			t.Error(err)
		}
	}
	if t.Failed() {
		return
	}

	asked, dropped := 0, 0
	for lines := bufio.NewScanner(log); asked+dropped < clients*each && lines.Scan(); {
		var line struct {
			Path  string
			Lines int
		}
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			t.Fatalf("a line is torn: %v: %s", err, lines.Bytes())
		}
		dropped += line.Lines
		if line.Path == "/me" {
			asked++
		}
	}
	if dropped == 0 || asked == 0 {
		t.Errorf("the log has %d requests and says that %d lines were dropped, of %d", asked, dropped, clients*each)
	}
}

// answers asks with the token of the tests.
func answers(url string, want int) error {
	request, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+killToken)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		return err
	}
	if response.StatusCode != want {
		return fmt.Errorf("GET %s: %s", url, response.Status)
	}
	return nil
}
