package cli_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

const killToken = "token-of-the-kill-test-and-of-no-other"

// TestAcknowledgedWritesSurviveKill kills the server, without a chance to
// finish anything, while several clients write, starts it again and checks that
// whatever was answered with success is there whole, and that nothing is there
// by half.
func TestAcknowledgedWritesSurviveKill(t *testing.T) {
	const rounds, writers = 5, 4
	data := t.TempDir()
	promises := ledger{articles: map[string]*promise{}}
	for round := range rounds {
		s := startForKill(t, data)
		var wg sync.WaitGroup
		for w := range writers {
			wg.Go(func() { promises.write(t, s.url, fmt.Sprintf("r%dw%d", round, w)) })
		}
		promises.await(t, (round+1)*writers)
		time.Sleep(rand.N(300 * time.Millisecond))
		s.kill()
		wg.Wait()

		s = startForKill(t, data)
		promises.check(t, s.url, fmt.Sprintf("r%dw", round))
		s.kill()
		if t.Failed() {
			t.Fatalf("after kill %d", round+1)
		}
	}
	t.Logf("%d acknowledged articles survived %d kills", len(promises.articles), 2*rounds)
}

func startForKill(t *testing.T, data string) *server {
	t.Helper()
	s, err := startServer(t.TempDir(), nil, "--data", data, "--token", killToken, "--rate-limit", "0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.kill)
	return s
}

// A ledger keeps what the server promised. Everything about an article, in both
// its languages, carries the same mark at any time, a word of its own.
type ledger struct {
	mu       sync.Mutex // guards articles; the writers share it
	articles map[string]*promise
}

// A promise is what an article may say after a restart: the mark that was
// acknowledged last, or the one under way when the server died.
type promise struct{ acknowledged, underWay string }

// write creates and changes articles until the server is gone.
func (l *ledger) write(t *testing.T, base, name string) {
	me, err := call(http.MethodGet, base+"/me", nil)
	if err != nil {
		ended(t, err)
		return
	}
	for n := 0; ; n++ {
		mark := fmt.Sprintf("%sn%d", name, n)
		a, err := call(http.MethodPost, base+"/articles", marked(me.ID, mark))
		if err != nil {
			ended(t, err)
			return
		}
		p := &promise{acknowledged: mark}
		l.mu.Lock()
		l.articles[a.ID] = p
		l.mu.Unlock()
		if n%2 == 0 {
			p.underWay = mark + "changed"
			if _, err := call(http.MethodPut, base+"/articles/"+a.ID, marked(me.ID, p.underWay)); err != nil {
				ended(t, err)
				return
			}
			p.acknowledged = p.underWay
		}
	}
}

// await returns when n articles are acknowledged in all, so that every kill has
// something to destroy.
func (l *ledger) await(t *testing.T, n int) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		l.mu.Lock()
		have := len(l.articles)
		l.mu.Unlock()
		if have >= n {
			return
		}
	}
	t.Fatalf("fewer than %d articles were acknowledged within a minute", n)
}

// ended tells a dead server, which is what the test wants, from one that refuses.
func ended(t *testing.T, err error) {
	if _, refused := errors.AsType[*refusal](err); refused {
		t.Error(err)
	}
}

// check compares what the server has with what it promised. It searches for the
// marks that begin with latest.
func (l *ledger) check(t *testing.T, base, latest string) {
	found := walk(t, base)
	for id, p := range l.articles {
		a, ok := found[id]
		if !ok {
			t.Errorf("article %s, acknowledged with mark %s, is gone", id, p.acknowledged)
			continue
		}
		if a.Title != title(p.acknowledged) && a.Title != title(p.underWay) {
			t.Errorf("article %s is %q, want the mark %q or %q", id, a.Title, p.acknowledged, p.underWay)
		}
	}
	for id, a := range found {
		mark := strings.TrimPrefix(a.Title, title(""))
		if a.Body != html(mark) {
			t.Errorf("article %s is torn: title %q, body %q", id, a.Title, a.Body)
		}
		if fr := a.Translated.FR; fr.Title != a.Title || fr.Body != a.Body {
			t.Errorf("article %s is torn: title %q, in French %q; body %q, in French %q", id, a.Title, fr.Title, a.Body, fr.Body)
		}
		if strings.HasPrefix(mark, latest) && !search(t, base, mark, id) {
			t.Errorf("article %s is not found by its mark %s", id, mark)
		}
	}
}

// walk lists all articles by ID and checks that the pages hold as many as they say.
func walk(t *testing.T, base string) map[string]article {
	t.Helper()
	found, total := map[string]article{}, 0
	for page := 1; ; page++ {
		list, err := call(http.MethodGet, base+"/articles?per_page=50&page="+strconv.Itoa(page), nil)
		if err != nil {
			t.Fatal(err)
		}
		if len(list.Data.Items) == 0 {
			break
		}
		total = list.Total
		for _, a := range list.Data.Items {
			if _, twice := found[a.ID]; twice {
				t.Errorf("article %s is listed twice", a.ID)
			}
			found[a.ID] = a
		}
	}
	if len(found) != total {
		t.Errorf("the pages hold %d articles, their total_count is %d", len(found), total)
	}
	return found
}

func search(t *testing.T, base, mark, id string) bool {
	t.Helper()
	hits, err := call(http.MethodGet, base+"/articles/search?state=all&phrase="+url.QueryEscape(mark), nil)
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(hits.Data.Articles, func(a article) bool { return a.ID == id })
}

// An article is what the test reads of one.
type article struct {
	ID         string
	Title      string
	Body       string
	State      string
	Translated struct{ FR struct{ Title, Body string } } `json:"translated_content"`
}

// An answer is what the test reads of any answer.
type answer struct {
	article
	Total int  `json:"total_count"`
	Data  data `json:"data"`
}

// data is an array in lists and an object in search results.
type data struct {
	Items    []article
	Articles []article
}

func (d *data) UnmarshalJSON(b []byte) error {
	if bytes.HasPrefix(b, []byte("[")) {
		return json.Unmarshal(b, &d.Items)
	}
	type plain data
	return json.Unmarshal(b, (*plain)(d))
}

func title(mark string) string { return "Marked " + mark }

// html is a body in the form in which it is answered.
func html(mark string) string {
	return `<p class="no-margin">This body is marked ` + mark + `.</p>`
}

// marked is the body of a request for an article that says mark everywhere.
func marked(author, mark string) []byte {
	text := map[string]any{"title": title(mark), "body": html(mark)}
	request := map[string]any{
		"author_id": author, "title": text["title"], "body": text["body"],
		"translated_content": map[string]any{"fr": text},
	}
	b, err := json.Marshal(request)
	if err != nil {
		panic(err) // a map of strings
	}
	return b
}

// A refusal is an answer other than 200.
type refusal struct {
	status int
	text   string
}

func (r *refusal) Error() string { return r.text }

// call sends a request and reads the answer. Only an answer of 200 read to its
// end is an acknowledgement.
func call(method, url string, body []byte) (*answer, error) {
	req, err := http.NewRequest(method, url, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+killToken)
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		return nil, err
	}
	if res.StatusCode != http.StatusOK {
		return nil, &refusal{res.StatusCode, fmt.Sprintf("%s %s = %s\n%s", method, url, res.Status, b)}
	}
	a := new(answer)
	return a, json.Unmarshal(b, a)
}
