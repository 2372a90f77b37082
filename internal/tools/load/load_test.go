package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lectern"
)

// writeCorpus writes n articles in English and German as a gzipped corpus.
func writeCorpus(t *testing.T, n int) string {
	t.Helper()
	var lines strings.Builder
	for i := range n {
		fmt.Fprintf(&lines, `{"external_id":"x%d","collection":"book","default_locale":"en","translations":{`+
			`"en":{"title":"Title number %d.","body_html":"<p>Body [%d]</p>"},"de":{"title":"Titel Nummer %d.","body_html":"<p>Text</p>"}}}`+"\n", i, i, i, i)
	}
	return writeGzip(t, "corpus.jsonl.gz", lines.String())
}

func writeGzip(t *testing.T, name, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	io.WriteString(w, text)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// load runs the command and returns its exit status and report.
func load(t *testing.T, f *fakeServer, args ...string) (int, string) {
	t.Helper()
	var out, errs bytes.Buffer
	args = append([]string{"--base-url", f.URL, "--token", "T"}, args...)
	status := run(t.Context(), args, &out, &errs)
	return status, out.String() + errs.String()
}

func TestALoadArrivesWholeAndCanBeFound(t *testing.T) {
	f := newFakeServer(t)
	status, text := load(t, f, "--state", filepath.Join(t.TempDir(), "s"), "--verify", writeCorpus(t, 20))
	if status != 0 {
		t.Fatalf("status %d\n%s", status, text)
	}
	for _, want := range []string{"loaded    20 articles, 40 texts in 2 locales", "verified  40 texts and 40 searches", "0 bodies changed", "0 titles not found"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if f.count() != 20 || len(f.collections) != 1 {
		t.Errorf("%d articles in %d collections, want 20 in 1", len(f.articles), len(f.collections))
	}
}

func TestASecondLoadMakesNothingTwice(t *testing.T) {
	f := newFakeServer(t)
	corpus, state := writeCorpus(t, 10), filepath.Join(t.TempDir(), "s")
	load(t, f, "--state", state, corpus)
	status, text := load(t, f, "--state", state, corpus)
	if status != 0 || !strings.Contains(text, "skipped   10 articles") {
		t.Errorf("status %d\n%s", status, text)
	}
	if f.count() != 10 || len(f.collections) != 1 {
		t.Errorf("%d articles in %d collections, want 10 in 1", len(f.articles), len(f.collections))
	}
}

func TestALostAnswerMakesNoSecondArticle(t *testing.T) {
	f := newFakeServer(t)
	f.loseAnswers = 5
	status, text := load(t, f, "--state", filepath.Join(t.TempDir(), "s"), "--verify", writeCorpus(t, 10))
	if status != 0 {
		t.Errorf("status %d\n%s", status, text)
	}
	if f.count() != 10 {
		t.Errorf("%d articles, want 10", f.count())
	}
}

func TestALoadKilledMidwayGoesOnWithoutDuplicates(t *testing.T) {
	f := newFakeServer(t)
	corpus, state := writeCorpus(t, 30), filepath.Join(t.TempDir(), "s")
	ctx, kill := context.WithCancel(t.Context())
	f.atArticle, f.then = 10, kill
	args := []string{"--base-url", f.URL, "--token", "T", "--state", state, corpus}
	if status := run(ctx, args, io.Discard, io.Discard); status != 1 {
		t.Fatalf("the killed load ended with %d, want 1", status)
	}
	if n := f.count(); n >= 30 {
		t.Fatalf("the load was not killed midway: %d articles", n)
	}
	status, text := load(t, f, "--state", state, "--verify", corpus)
	if status != 0 {
		t.Errorf("status %d\n%s", status, text)
	}
	if f.count() != 30 {
		t.Errorf("%d articles, want 30", f.count())
	}
}

func TestAnArticleSentBeforeTheKillIsFoundAgain(t *testing.T) {
	f := newFakeServer(t)
	corpus, state := writeCorpus(t, 3), filepath.Join(t.TempDir(), "s")
	load(t, f, "--state", state, corpus)
	data, err := os.ReadFile(state)
	if err != nil {
		t.Fatal(err)
	}
	// The file of a load that was killed while it waited for x1's answer, with
	// the beginning of another line.
	var kept []string
	for l := range strings.Lines(string(data)) {
		if !strings.Contains(l, `"x1"`) || strings.Contains(l, `"sent"`) {
			kept = append(kept, l)
		}
	}
	torn := strings.Join(kept, "") + `{"item":"x1","st`
	if err := os.WriteFile(state, []byte(torn), 0o600); err != nil {
		t.Fatal(err)
	}
	status, text := load(t, f, "--state", state, "--verify", corpus)
	if status != 0 || f.count() != 3 {
		t.Errorf("status %d, %d articles, want 0 and 3\n%s", status, len(f.articles), text)
	}
}

func TestRefusalsThatPassAreRepeated(t *testing.T) {
	f := newFakeServer(t)
	f.failFirst, f.limitEvery = 2, 7
	status, text := load(t, f, "--state", filepath.Join(t.TempDir(), "s"), "--workers", "1", writeCorpus(t, 10))
	if status != 0 || f.count() != 10 {
		t.Errorf("status %d, %d articles, want 0 and 10\n%s", status, len(f.articles), text)
	}
}

func TestALargeArticleIsSentInParts(t *testing.T) {
	f := newFakeServer(t)
	var b strings.Builder
	b.WriteString(`{"external_id":"big","collection":"book","default_locale":"en","translations":{`)
	for i, l := range lectern.Locales {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `"%s":{"title":"Big %s.","body_html":"<p>%s</p>"}`, l, l, strings.Repeat("word <b>&amp;</b> ", 3500))
	}
	b.WriteString("}}\n")
	status, text := load(t, f, "--state", filepath.Join(t.TempDir(), "s"), writeGzip(t, "big.jsonl.gz", b.String()))
	if status != 0 {
		t.Fatalf("status %d\n%s", status, text)
	}
	for _, l := range lectern.Locales {
		got := f.articles[0].translated[string(l)]
		if l == "en" {
			got = content{Title: f.articles[0].Title, Body: f.articles[0].Body}
		}
		if got.Title != "Big "+string(l)+"." || len(got.Body) < 60_000 {
			t.Errorf("in %s, %q arrived with %d bytes", l, got.Title, len(got.Body))
		}
	}
	if f.largest > 1<<20 || f.largest < 1<<19 {
		t.Errorf("the largest request has %d bytes, want at most %d and most of it used", f.largest, 1<<20)
	}
}

func TestAPageOutsideTheDefaultLocaleGetsAnUnpublishedRoot(t *testing.T) {
	l := &loader{author: 5, locale: "en", collections: map[string]int64{"docs": 3}}
	got, err := l.requests(item{id: "m", collection: "docs", texts: map[lectern.Locale]text{
		"de": {title: "Titel", body: "# Kopf", markdown: true},
	}})
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 1 || got[0].State != lectern.Draft || got[0].Title != "Titel" || got[0].Body != "" || got[0].ParentID != 3 {
		t.Errorf("requests = %+v", got)
	}
	if de := got[0].Translated["de"]; de.State != lectern.Published || !strings.Contains(de.Body, "Kopf</h1>") {
		t.Errorf("German text = %+v", de)
	}
}

func TestVerifyNoticesWhatIsMissing(t *testing.T) {
	f := newFakeServer(t)
	f.dropWords = true
	corpus, state := writeCorpus(t, 3), filepath.Join(t.TempDir(), "s")
	load(t, f, "--state", state, corpus)
	f.articles[2].ID = "999"
	status, text := load(t, f, "--state", state, "--verify", corpus)
	if status != 1 || !strings.Contains(text, "2 bodies changed") || !strings.Contains(text, "1 failures") {
		t.Errorf("status %d\n%s", status, text)
	}
}

func TestAStateFileAboutAnotherServerIsRefused(t *testing.T) {
	corpus, state := writeCorpus(t, 1), filepath.Join(t.TempDir(), "s")
	load(t, newFakeServer(t), "--state", state, corpus)
	other := newFakeServer(t)
	status, text := load(t, other, "--state", state, corpus)
	if status != 1 || !strings.Contains(text, "name another file with --state") || len(other.articles) != 0 {
		t.Errorf("status %d, %d articles\n%s", status, len(other.articles), text)
	}
}

func TestAnArticleHoldsOneItem(t *testing.T) {
	s, err := openState(filepath.Join(t.TempDir(), "s"), "server")
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	for _, c := range []struct {
		item string
		want bool
	}{{"a", true}, {"b", false}, {"a", true}} {
		if got, err := s.claim(c.item, "7"); err != nil || got != c.want {
			t.Errorf("claim(%q) = %v, %v, want %v", c.item, got, err, c.want)
		}
	}
}

func TestWrongUsageIsRefused(t *testing.T) {
	for _, args := range [][]string{
		{}, {"--token", "T"}, {"--token", "", "f"}, {"--token", "T", "--workers", "0", "f"},
		{"--token", "T", "--locale", "xx", "f"}, {"--nonsense"},
	} {
		if status := run(t.Context(), args, io.Discard, io.Discard); status != 2 {
			t.Errorf("run(%q) = %d, want 2", args, status)
		}
	}
}

func TestProgressTellsCountRateAndRest(t *testing.T) {
	p := &progress{what: "loading", total: 100}
	if got, want := p.text(25, 5*time.Second), "loading 25/100, 5.0/s, 15s left"; got != want {
		t.Errorf("text = %q, want %q", got, want)
	}
	p.terminal = true
	if got, want := p.text(100, time.Second), "loading ["+strings.Repeat("#", 30)+"] 100/100, 100.0/s, 0s left"; got != want {
		t.Errorf("text = %q, want %q", got, want)
	}
}
