package fidelity

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"lectern/internal/apiversion"
)

// A run looks at one version of the API.
type run struct {
	options Options
	*surface
	version    *apiversion.Version
	ours       *description // nil while the version is not served
	published  *description // nil where there is none
	deviations deviations
	report     *Report

	*client
	local *local            // nil when the server is not ours
	names map[string]string // what stands for the names of things
	asked int               // how many queries nobody else sends were sent
	undo  []string          // paths of what was made on a server that is not ours
}

// look runs everything there is for the version.
func (r *run) look(ctx context.Context) (err error) {
	if r.options.Descriptions != "" {
		if r.published, err = publishedDescription(r.options.Descriptions, r.version.Name); err != nil {
			return err
		}
		r.compareSurface()
	}
	if r.options.BaseURL == "" {
		if r.local, err = startLocal(ctx); err != nil {
			return err
		}
		defer r.local.close()
		r.client, r.names = r.local.client, maps.Clone(r.local.names)
	} else {
		r.client = &client{url: strings.TrimSuffix(r.options.BaseURL, "/"), token: r.options.Token, http: http.DefaultClient}
		r.names = map[string]string{"base": r.client.url}
	}
	defer r.clean(ctx)
	if r.ours != nil {
		if err := r.makeThings(ctx); err != nil {
			return err
		}
	}
	return r.lookAtOperations(ctx)
}

// compareSurface checks that we and the published description speak of the
// same operations.
func (r *run) compareSurface() {
	var known []string
	for _, route := range r.routes {
		if r.version.Offers(route) && !isOwn(route) {
			known = append(known, plain(route))
		}
	}
	for _, route := range r.published.routes() {
		if !slices.Contains(known, route) {
			r.problem("published, and unknown to us: %s", route)
		}
	}
	for _, route := range known {
		if r.published.operations[route] == nil {
			r.problem("known to us, and not published: %s", route)
		}
	}
}

// isOwn reports whether a route is ours to add: one that no description
// published has, under a path of our own.
func isOwn(route string) bool { return strings.Contains(route, " /lectern/") }

func (r *run) problem(format string, args ...any) {
	r.report.Problems = append(r.report.Problems, r.version.Name+": "+fmt.Sprintf(format, args...))
}

// lookAtOperations fills the version's cells: operations with cases in the
// order of these, then the others.
func (r *run) lookAtOperations(ctx context.Context) error {
	pattern := map[string]string{}
	for _, route := range r.routes {
		pattern[plain(route)] = route
	}
	rest := maps.Clone(pattern)
	for _, n := range nouns {
		for _, op := range n.operations {
			route := plain(op.route)
			if pattern[route] == "" {
				r.problem("there are cases of an unknown operation: %s", op.route)
				continue
			}
			delete(rest, route)
			if err := r.cell(ctx, pattern[route], op.cases); err != nil {
				return err
			}
		}
	}
	for _, route := range slices.Sorted(maps.Keys(rest)) {
		if err := r.cell(ctx, rest[route], nil); err != nil {
			return err
		}
	}
	return nil
}

// cell looks at one operation in the version.
func (r *run) cell(ctx context.Context, pattern string, cases []testCase) (err error) {
	route := plain(pattern)
	if len(r.options.Operations) > 0 && !slices.Contains(r.options.Operations, route) {
		return nil
	}
	c := &Cell{Version: r.version.Name, Operation: route, Own: isOwn(route)}
	r.report.Cells = append(r.report.Cells, c)
	switch {
	case !r.version.Offers(pattern):
		c.State = Absent
		if r.ours != nil {
			err = r.probe(ctx, c, example{http.StatusBadRequest, "intercom_version_invalid", "Requested resource is not available in current API version."})
		}
	case r.ours == nil && r.local == nil:
		c.State = Untried
	case r.ours == nil || r.ours.operations[route] == nil:
		c.State = Unbuilt
		err = r.probe(ctx, c, example{status: http.StatusNotImplemented, code: "unsupported"})
	default:
		err = r.try(ctx, c, cases)
	}
	if len(c.Differences) > 0 && c.State != Absent {
		c.State = Differs
	}
	return err
}

// probe sends an operation that the server does not have a request and says
// how the answer differs from the one it must give.
func (r *run) probe(ctx context.Context, c *Cell, want example) error {
	method, path, _ := strings.Cut(c.Operation, " ")
	if !r.mayAsk(method) {
		return nil
	}
	x, err := r.send(ctx, r.version.Name, method, strings.ReplaceAll(path, "{id}", "7"), "", nil)
	if err != nil {
		return err
	}
	got := x.shown()
	if strings.HasPrefix(got.message, want.message) { // what a server says beyond it is its own
		want.message = got.message
	}
	if got != want {
		c.differ("whether it is there", fmt.Sprintf("is answered %s, want %s", got, want), x)
	}
	return nil
}

// mayAsk reports whether requests with a method may be sent to the server.
func (r *run) mayAsk(method string) bool {
	return r.local != nil || r.options.Write || method == http.MethodGet
}

// try runs the cases of an operation.
func (r *run) try(ctx context.Context, c *Cell, cases []testCase) error {
	method, _, _ := strings.Cut(c.Operation, " ")
	switch {
	case !r.mayAsk(method):
		c.State = Untried
		return nil
	case len(cases) == 0:
		c.differ("cases", "there are none", nil)
		return nil
	case r.published != nil && !c.Own && r.published.operations[c.Operation] == nil:
		c.differ("description", "no such operation is published", nil)
		return nil
	}
	c.State = Pass
	r.compareDescriptions(c)
	var seen []example
	for _, test := range slices.Concat(strangers(c.Operation, cases[0]), cases, r.refusals(c.Operation, cases[0])) {
		if !test.in(r.version) {
			continue
		}
		x, err := r.ask(ctx, c, test)
		if err != nil {
			return err
		}
		if x != nil {
			seen = append(seen, x.shown())
		}
	}
	if r.local != nil {
		r.compareExamples(c, seen)
		if !slices.ContainsFunc(seen, func(e example) bool { return e.status < 300 }) {
			c.differ("cases", "none was answered with success", nil)
		}
	}
	r.deviations.ran(r.version.Name, c.Operation)
	return nil
}

// ask sends a case and notes how the answer differs. It returns nil if the
// case cannot be sent here.
func (r *run) ask(ctx context.Context, c *Cell, test testCase) (*exchange, error) {
	method, path, _ := strings.Cut(c.Operation, " ")
	path, body := r.named(cmp.Or(test.path, path)), r.named(test.body)
	if missing := cmp.Or(unnamed.FindString(path), unnamed.FindString(body)); missing != "" {
		if r.local != nil {
			c.differ(test.name, "there is no "+missing, nil)
		} else {
			c.Skipped = append(c.Skipped, test.name+": there is no "+missing+" here")
		}
		return nil, nil
	}
	client, header, ok := r.sender(test)
	if !ok {
		c.Skipped = append(c.Skipped, test.name+": only a server of this build has what it takes")
		return nil, nil
	}
	if test.status == http.StatusTooManyRequests { // in a window that another request has used up
		r.local.now.Add(10)
		if x, err := client.send(ctx, r.version.Name, "GET", "/me", "", nil); err != nil || x.status != http.StatusOK {
			return nil, cmp.Or(err, fmt.Errorf("the first request in ten seconds is answered %d", x.status))
		}
	}
	watched := r.watched(method, path)
	if err := r.see(ctx, watched); err != nil {
		return nil, err
	}
	x, err := client.send(ctx, r.version.Name, method, path, body, header)
	if err != nil {
		return nil, err
	}
	r.remember(method, path, x)
	if x.status < 300 {
		old, err := r.stale(ctx, watched)
		if err != nil {
			return nil, err
		}
		for _, what := range old {
			c.differ(test.name, what, nil)
		}
	}
	for _, what := range r.compare(test, x) {
		c.differ(test.name, what, x)
	}
	for _, what := range r.judge(c.Operation, x) {
		c.differ(test.name, what, x)
	}
	return x, nil
}

// sender returns what sends a case, and its headers; false if there is none.
func (r *run) sender(test testCase) (*client, map[string]string, bool) {
	header := map[string]string{}
	if test.token != "" {
		if r.local == nil && test.token != unknownToken {
			return nil, nil, false
		}
		header["Authorization"] = "Bearer " + test.token
	}
	maps.Copy(header, test.header)
	if test.status == http.StatusTooManyRequests {
		if r.local == nil {
			return nil, nil, false
		}
		return r.local.limited, header, true
	}
	return r.client, header, true
}

// unnamed matches a name that nothing stands for.
var unnamed = regexp.MustCompile(`\{[a-z_0-9]+\}`)

// named puts in what stands for names.
func (r *run) named(text string) string { return named(r.names, text) }

func named(names map[string]string, text string) string {
	return unnamed.ReplaceAllStringFunc(text, func(name string) string {
		return cmp.Or(names[strings.Trim(name, "{}")], name)
	})
}

// compareExamples checks that every error a description shows was answered,
// with the same status, code and message.
func (r *run) compareExamples(c *Cell, seen []example) {
	for _, e := range r.ours.examples(c.Operation) {
		if !slices.Contains(seen, e) {
			c.differ("errors shown", "our description shows one that no case was answered with: "+e.String(), nil)
		}
	}
	if r.published == nil || c.Own {
		return
	}
	for _, e := range r.published.examples(c.Operation) {
		if !slices.Contains(seen, e) && !r.deviations.explain(r.version.Name, c.Operation, "error "+e.String()) {
			c.differ("errors shown", "the published description shows one that no case was answered with: "+e.String(), nil)
		}
	}
}
