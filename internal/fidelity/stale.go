package fidelity

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strings"
)

// lists are what every write that a list could show is followed by. Each is
// asked for before the write, so that an answer to it is kept, and after it. The
// names of things that are not there leave a list out.
var lists = map[string][]string{
	"articles":          {"/articles?per_page=250", "/articles/search?phrase=password&per_page=250", "/help_center/collections?per_page=250", "/tags"},
	"help_center":       {"/help_center/collections?per_page=250", "/help_center/sections?per_page=250", "/articles?per_page=250", "/help_center/help_centers/{help_center}/redirects?per_page=250"},
	"tags":              {"/tags", "/articles?per_page=250", "/internal_articles?per_page=250", "/content_snippets?per_page=250"},
	"internal_articles": {"/internal_articles?per_page=250", "/internal_articles/search?folder_id={folder}&per_page=250", "/tags"},
	"content_snippets":  {"/content_snippets?per_page=250", "/tags"},
	"folders":           {"/folders?per_page=250", "/articles?per_page=250"},
	"audiences":         {"/audiences?per_page=250"},
	"admins":            {"/admins"},
	"teams":             {"/teams"},
	"ai":                {"/ai/content_import_sources?per_page=250", "/ai/external_pages?per_page=250"},
}

// watched returns the lists, and the one thing, that a case may change; none for
// one that only reads, and on a server that is not ours.
func (r *run) watched(method, path string) []string {
	if r.local == nil || method == http.MethodGet {
		return nil
	}
	noun, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	one, _, _ := strings.Cut(path, "?")
	var there []string
	for _, at := range append([]string{one}, lists[noun]...) {
		at = r.named(at)
		route, _, _ := strings.Cut(at, "?")
		if !unnamed.MatchString(at) && r.serves("GET "+route) {
			there = append(there, at)
		}
	}
	return there
}

// serves reports whether the version has an operation for a method and a path.
func (r *run) serves(asked string) bool {
	parts := strings.Split(asked, "/")
	for route := range r.ours.operations {
		known := strings.Split(route, "/")
		same := len(known) == len(parts)
		for i := 0; same && i < len(parts); i++ {
			same = known[i] == parts[i] || known[i] == "{id}"
		}
		if same {
			return true
		}
	}
	return false
}

// see asks for what a write may change, so that the server keeps its answers.
func (r *run) see(ctx context.Context, watched []string) error {
	for _, at := range watched {
		if _, err := r.send(ctx, r.version.Name, http.MethodGet, at, "", nil); err != nil {
			return err
		}
	}
	return nil
}

// stale says which of these the server answers after a write as it did before,
// though they changed: an answer to a query that nobody sent is made anew.
func (r *run) stale(ctx context.Context, watched []string) ([]string, error) {
	var list []string
	for _, at := range watched {
		kept, err := r.send(ctx, r.version.Name, http.MethodGet, at, "", nil)
		if err != nil {
			return nil, err
		}
		separator := "?"
		if strings.Contains(at, "?") {
			separator = "&"
		}
		r.asked++
		fresh, err := r.send(ctx, r.version.Name, http.MethodGet, fmt.Sprint(at, separator, "nobody_asks=", r.asked), "", nil)
		if err != nil {
			return nil, err
		}
		// An error carries the number of its request.
		if kept.status != fresh.status || kept.status < 400 && !bytes.Equal(kept.raw, fresh.raw) {
			list = append(list, fmt.Sprintf("GET %s is answered as before the write:\n%s\nanew it is\n%s", at, kept.raw, fresh.raw))
		}
	}
	return list, nil
}
