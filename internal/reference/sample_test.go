package reference_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/html"

	"lectern/internal/apiversion"
	"lectern/internal/reference"
)

// A runner runs the samples of a language.
type runner struct {
	language, file string
	command        []string // run in the folder of the file
	runs           extent
}

// An extent is how many operations' samples are run.
type extent int

const (
	few    extent = iota // of languages that compile
	bodies               // and those with a body, which each language writes in its own way
	every
)

// covers reports whether the sample of an operation is run. Few are a read, a
// search, a new thing, a change and a deletion.
func (e extent) covers(op operation) bool {
	return e == every || e == bodies && op.RequestBody != nil ||
		slices.Contains([]string{"listArticles", "searchArticles", "createArticle", "updateArticle", "deleteArticle"}, op.ID)
}

var runners = []runner{
	{"curl", "sample.sh", []string{"sh", "sample.sh"}, every},
	{"node", "sample.mjs", []string{"node", "sample.mjs"}, bodies},
	{"ruby", "sample.rb", []string{"ruby", "sample.rb"}, bodies},
	{"php", "sample.php", []string{"php", "sample.php"}, bodies},
	{"python", "sample.py", []string{"python3", "sample.py"}, bodies},
	{"go", "sample.go", []string{"go", "run", "sample.go"}, few},
	{"java", "Sample.java", []string{"java", "Sample.java"}, few},
}

// A recording is what a sample sent and was answered.
type recording struct {
	Method, Target string
	Body           any
	status         int
	faults         []string
}

// recorder lets a sample reach the real server and notes what it sent. IDs of
// the examples that must be somebody's become the admin's.
type recorder struct {
	*server
	source string     // ID of a content import source
	mu     sync.Mutex // guards last
	last   *recording
}

func (rec *recorder) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, reference.Path) || strings.HasPrefix(r.URL.Path, "/openapi") {
		rec.inner.ServeHTTP(w, r)
		return
	}
	raw, _ := io.ReadAll(r.Body)
	sent := &recording{Method: r.Method, Target: r.URL.RequestURI()}
	if len(raw) > 0 {
		if err := json.Unmarshal(raw, &sent.Body); err != nil {
			sent.faults = append(sent.faults, "the body is no JSON: "+err.Error())
		}
		if kind := r.Header.Get("Content-Type"); kind != "application/json" && kind != "application/json; charset=utf-8" {
			sent.faults = append(sent.faults, "Content-Type is "+kind)
		}
		for _, field := range []string{"author_id", "owner_id", "updated_by_id", "created_by_id", "admin_id"} {
			for _, space := range []string{"", " "} {
				raw = bytes.ReplaceAll(raw, fmt.Appendf(nil, "%q:%s1002", field, space), fmt.Appendf(nil, "%q:%d", field, rec.admin))
				raw = bytes.ReplaceAll(raw, fmt.Appendf(nil, `"source_id":%s1042`, space), fmt.Appendf(nil, `"source_id":%s`, rec.source))
			}
		}
	}
	if r.Header.Get("Authorization") != "Bearer "+rec.token {
		sent.faults = append(sent.faults, "Authorization is "+r.Header.Get("Authorization"))
	}
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(raw)), int64(len(raw))
	answer := httptest.NewRecorder()
	rec.inner.ServeHTTP(answer, r)
	sent.status = answer.Code
	if v := answer.Header().Get("Intercom-Version"); v == "" {
		sent.faults = append(sent.faults, "the answer has no version")
	}
	rec.mu.Lock()
	rec.last = sent
	rec.mu.Unlock()
	for k, v := range answer.Header() {
		w.Header()[k] = v
	}
	w.WriteHeader(answer.Code)
	w.Write(answer.Body.Bytes())
}

// importSource adds a content import source and returns its ID.
func (rec *recorder) importSource() string {
	rec.t.Helper()
	r := httptest.NewRequest(http.MethodPost, "/ai/content_import_sources", strings.NewReader(`{"sync_behavior":"api","url":"https://www.example.com"}`))
	r.Header.Set("Authorization", "Bearer "+rec.token)
	r.Header.Set("Intercom-Version", newest())
	w := httptest.NewRecorder()
	rec.inner.ServeHTTP(w, r)
	var made struct{ ID json.Number }
	if err := json.Unmarshal(w.Body.Bytes(), &made); err != nil || made.ID == "" {
		rec.t.Fatalf("add a content import source: %d %s", w.Code, w.Body)
	}
	return made.ID.String()
}

// run runs a sample and returns what it sent, or nil if it sent nothing.
func (rec *recorder) run(t *testing.T, r runner, code string) (*recording, []byte) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, r.file), []byte(code), 0o600); err != nil {
		t.Fatal(err)
	}
	rec.mu.Lock()
	rec.last = nil
	rec.mu.Unlock()
	cmd := exec.CommandContext(t.Context(), r.command[0], r.command[1:]...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), reference.TokenVariable+"="+rec.token, "GOFLAGS=-mod=mod", "GO111MODULE=off", "NO_PROXY=127.0.0.1")
	output, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("%s: %v\n%s\n%s", r.language, err, code, output)
	}
	rec.mu.Lock()
	defer rec.mu.Unlock()
	return rec.last, output
}

// samples reads the requests that a page shows, by language.
func samples(t *testing.T, page string) map[string]string {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for n := range doc.Descendants() {
		lang, ok := strings.CutPrefix(attributes(n)["class"], "panel in-")
		if !ok {
			continue
		}
		var b strings.Builder
		inCode := false
		for d := range n.Descendants() {
			inCode = inCode || d.Data == "code"
			if inCode && d.Type == html.TextNode {
				b.WriteString(d.Data)
			}
		}
		found[lang] = strings.TrimSuffix(b.String(), "\n") + "\n"
	}
	return found
}

// newest is the newest version served, which has the most operations.
func newest() string { return apiversion.Served()[0] }

func TestTheSamplesRunAsShown(t *testing.T) {
	rec := &recorder{server: start(t)}
	srv := httptest.NewServer(rec)
	t.Cleanup(srv.Close)
	rec.url = srv.URL
	rec.source = rec.importSource()
	operations := rec.operations(newest())
	said := map[string]*recording{} // by operation, what the first language sent
	for _, r := range runners {
		t.Run(r.language, func(t *testing.T) {
			if _, err := exec.LookPath(r.command[0]); err != nil {
				t.Skipf("There is no %s here: the samples in %s were not run.", r.command[0], r.language)
			}
			if testing.Short() && r.runs == few {
				t.Skip("Compiling samples takes long.")
			}
			if testing.Short() {
				r.runs = few
			}
			for _, op := range operations {
				if !r.runs.covers(op) {
					continue
				}
				_, page := rec.get(reference.Path + "/" + newest() + "/" + op.ID)
				sent, output := rec.run(t, r, samples(t, page)[r.language])
				if sent == nil {
					t.Errorf("%s: nothing was sent\n%s", op.ID, output)
					continue
				}
				if first, ok := said[op.ID]; !ok {
					said[op.ID] = sent
				} else if sent.Method != first.Method || sent.Target != first.Target || !reflect.DeepEqual(sent.Body, first.Body) {
					t.Errorf("%s: sent %s %s %v, the first language %s %s %v", op.ID, sent.Method, sent.Target, sent.Body, first.Method, first.Target, first.Body)
				}
				for _, fault := range sent.faults {
					t.Errorf("%s: %s", op.ID, fault)
				}
				if sent.Method != op.Method || op.Responses[fmt.Sprint(sent.status)] == nil || sent.status >= 400 && sent.status != http.StatusNotFound {
					t.Errorf("%s: %s was answered %d\n%s", op.ID, sent.Method, sent.status, output)
				}
			}
		})
	}
}

func TestTheSamplesThatAreNotRunAreWellFormed(t *testing.T) {
	s := start(t)
	_, page := s.get(reference.Path + "/" + newest() + "/createArticle")
	code := samples(t, page)
	for _, test := range []struct {
		language, file string
		command        []string
	}{
		{"r", "sample.R", []string{"Rscript", "-e", `invisible(parse("sample.R"))`}},
	} {
		t.Run(test.language, func(t *testing.T) {
			if _, err := exec.LookPath(test.command[0]); err != nil {
				t.Skipf("There is no %s here: the samples in %s were not read by it.", test.command[0], test.language)
			}
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, test.file), []byte(code[test.language]), 0o600); err != nil {
				t.Fatal(err)
			}
			cmd := exec.CommandContext(t.Context(), test.command[0], test.command[1:]...)
			cmd.Dir = dir
			if output, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%v\n%s\n%s", err, code[test.language], output)
			}
		})
	}
}
