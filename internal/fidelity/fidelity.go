// Package fidelity says how true a server is to Intercom's knowledge API: it
// sends every operation of every version good and bad requests and holds each
// answer against what the case says of it, against our own OpenAPI description
// of that version, and against the one that Intercom published, where a folder
// of these is given. The command cmd/fidelity prints the outcome as a matrix of
// operations and versions; the contract tests of internal/rest demand that
// nothing in it differs.
//
// Each noun has a file, cases_<noun>.go, with one variable in it, listed in
// nouns.go:
//
//	var snippets = noun{
//		// What its cases and those of other nouns need, made through the API.
//		// A case says {snippet} for the ID of the answer.
//		things: []thing{
//			{as: "snippet", route: "POST /content_snippets", body: `{"title":"Greeting"}`},
//		},
//		// Its operations, routes as in the route table, and their cases, run in
//		// this order in every served version that has the operation.
//		operations: []operation{
//			{"GET /content_snippets/{id}", []testCase{
//				{name: "found", path: "/content_snippets/{snippet}", want: values{"title": "Greeting"}},
//				{name: "not found", path: "/content_snippets/999999999", status: 404,
//					code: "content_snippet_not_found", message: "Content Snippet not found"},
//			}},
//		},
//	}
//
// The first case of an operation must be one that succeeds: the refusals that
// every operation knows (no token, another workspace, no permission, too often,
// malformed JSON, …) are sent where it goes. Every error that a description
// shows as an example must be the answer to some case. Each version starts on
// an empty database, so cases may change and delete what the things made.
//
// After each write that succeeds, the lists that could show it are asked for as
// before and in words that nobody used: an answer that was kept over the write
// is a difference. stale.go says which lists.
//
// Where we rightly differ from the published description, deviations.txt says
// so, each line with its reason; a line that no case needs is refused.
package fidelity

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"lectern/internal/apiversion"
)

// Options say which server is looked at, and how.
type Options struct {
	// Descriptions is the folder of the published descriptions,
	// intercom-2.11.json and so on. Empty judges by our own alone.
	Descriptions string
	// BaseURL is the address of a server that speaks the API, and Token an
	// access token of it. Without an address a fresh server of this build is
	// started for each version, on an empty database.
	BaseURL, Token string
	// Write lets requests that change something go to the server at BaseURL.
	Write bool
	// Versions and Operations, where not empty, are the only ones looked at.
	Versions, Operations []string
}

// Run looks at a server and reports what it saw. An error means that there was
// no looking: no such folder, no answer, a description that cannot be read.
func Run(ctx context.Context, o Options) (*Report, error) {
	list, err := readDeviations()
	if err != nil {
		return nil, err
	}
	known, err := learn()
	if err != nil {
		return nil, err
	}
	for i, operation := range o.Operations {
		o.Operations[i] = plain(operation)
	}
	report := &Report{Descriptions: o.Descriptions}
	for _, route := range known.routes {
		if len(o.Operations) == 0 || slices.Contains(o.Operations, plain(route)) {
			report.Operations = append(report.Operations, plain(route))
		}
	}
	if len(report.Operations) == 0 {
		return nil, fmt.Errorf("there is no operation %s", strings.Join(o.Operations, ", "))
	}
	for _, v := range slices.Backward(apiversion.Versions) {
		if len(o.Versions) > 0 && !slices.Contains(o.Versions, v.Name) {
			continue
		}
		report.Versions = append(report.Versions, v.Name)
		r := &run{options: o, surface: known, version: v, ours: known.ours[v.Name], deviations: list, report: report}
		if err := r.look(ctx); err != nil {
			return nil, fmt.Errorf("version %s: %w", v.Name, err)
		}
	}
	if o.Descriptions != "" && o.BaseURL == "" && len(o.Versions) == 0 && len(o.Operations) == 0 {
		report.Problems = append(report.Problems, list.unused()...)
	}
	return report, nil
}

// A surface is the API as this build knows it.
type surface struct {
	routes []string                // of any version, as in the route table
	ours   map[string]*description // of the versions served
}

// learn asks a server of this build for its descriptions, once: the build does
// not change while it runs. The routes are those it serves in some version and
// those it knows that some version has.
var learn = sync.OnceValues(func() (*surface, error) {
	ctx := context.Background()
	l, err := startLocal(ctx)
	if err != nil {
		return nil, err
	}
	defer l.close()
	known := &surface{ours: map[string]*description{}}
	patterns := map[string]string{}
	for _, name := range apiversion.Served() {
		d, err := ourDescription(ctx, l.client, name)
		if err != nil {
			return nil, err
		}
		known.ours[name] = d
		for _, route := range d.patterns {
			patterns[plain(route)] = route
		}
	}
	for _, route := range apiversion.Routes() {
		patterns[plain(route)] = route
	}
	known.routes = slices.SortedFunc(maps.Values(patterns), func(a, b string) int {
		methodA, pathA, _ := strings.Cut(plain(a), " ")
		methodB, pathB, _ := strings.Cut(plain(b), " ")
		return cmp.Or(strings.Compare(pathA, pathB), strings.Compare(methodA, methodB))
	})
	return known, nil
})
