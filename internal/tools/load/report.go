package main

import (
	"fmt"
	"io"
	"sync"
	"time"

	"lectern"
)

// shown is how many details of each kind a report prints.
const shown = 20

// A report counts what a run did. Its counting methods may be called from
// several goroutines.
type report struct {
	mu         sync.Mutex
	articles   int
	skipped    int
	texts      int
	locales    map[lectern.Locale]bool
	bytes      int // of JSON sent, as far as it was acknowledged
	failures   []string
	loadTime   time.Duration
	verified   bool
	verifyTime time.Duration

	checked  int      // texts read back
	searches int      // titles searched
	changed  []string // bodies whose words differ from what was sent
	shadowed []string // not among the first ten, which all have that title
	notFound []string // not among the first ten
}

func (r *report) count(f func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	f()
}

func (r *report) skip()          { r.count(func() { r.skipped++ }) }
func (r *report) sent(n int)     { r.count(func() { r.bytes += n }) }
func (r *report) fail(err error) { r.count(func() { r.failures = append(r.failures, err.Error()) }) }

func (r *report) load(it item) {
	r.count(func() {
		r.articles++
		r.texts += len(it.texts)
		if r.locales == nil {
			r.locales = map[lectern.Locale]bool{}
		}
		for l := range it.texts {
			r.locales[l] = true
		}
	})
}

// well reports whether everything is on the server, readable and findable.
func (r *report) well() bool { return len(r.failures)+len(r.changed)+len(r.notFound) == 0 }

func (r *report) print(w io.Writer) {
	seconds := max(r.loadTime.Seconds(), 0.001)
	fmt.Fprintf(w, "loaded    %d articles, %d texts in %d locales, %.1f MB of JSON in %.1f s (%.1f articles/s, %.1f texts/s)\n",
		r.articles, r.texts, len(r.locales), float64(r.bytes)/1e6, seconds,
		float64(r.articles)/seconds, float64(r.texts)/seconds)
	fmt.Fprintf(w, "skipped   %d articles that were there already\n", r.skipped)
	if r.verified {
		fmt.Fprintf(w, "verified  %d texts and %d searches in %.1f s\n", r.checked, r.searches, r.verifyTime.Seconds())
		details(w, "bodies changed in meaning", r.changed)
		details(w, "titles not found in the first ten", r.notFound)
		details(w, "titles shadowed by ten articles of the same title", r.shadowed)
	}
	details(w, "failures", r.failures)
}

func details(w io.Writer, what string, list []string) {
	fmt.Fprintf(w, "%9d %s\n", len(list), what)
	for _, s := range list[:min(len(list), shown)] {
		fmt.Fprintf(w, "          %s\n", s)
	}
	if len(list) > shown {
		fmt.Fprintf(w, "          and %d more\n", len(list)-shown)
	}
}
