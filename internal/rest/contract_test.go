// Package rest_test holds the server to its contract: a real server over a
// real database is sent each request of one table in every version it serves.
// Each answer is judged by our own description of that version, as the server
// gives it out, and by the one that Intercom published, where it lies beside
// the checkout. Where we rightly differ from the latter,
// testdata/deviations.txt says so, with the reason.
package rest_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"lectern/internal/apiversion"
)

// wantFidelity is how many of the operations of each version pass every case,
// out of those that the version has.
const wantFidelity = "2.10: 24/24, 2.11: 24/24, 2.12: 24/34, 2.13: 24/40, 2.14: 24/40, 2.15: 24/42"

func TestTheServerKeepsItsContract(t *testing.T) {
	list := readDeviations(t)
	var fidelity []string
	complete := true // every published description was there
	for _, version := range slices.Backward(apiversion.Served()) {
		t.Run(version, func(t *testing.T) {
			c := newContract(t, version, list)
			complete = complete && c.published != nil
			c.testSurface(t)
			passed := 0
			for _, op := range contract {
				if c.testOperation(t, op) {
					passed++
				}
			}
			c.testUnbuilt(t)
			fidelity = append(fidelity, fmt.Sprintf("%s: %d/%d", version, passed, len(c.ours.operations)+len(c.unbuilt)))
		})
	}
	got := strings.Join(fidelity, ", ")
	t.Logf("fidelity %s", got)
	if got != wantFidelity {
		t.Errorf("want fidelity %s", wantFidelity)
	}
	for _, d := range list {
		if !d.used && complete {
			t.Errorf("no case needs this deviation: %s", d.line)
		}
	}
}

// A versionContract is what one version of the API is held to.
type versionContract struct {
	*fixture
	version    string
	ours       *description
	published  *description // nil where there is none
	unbuilt    []string     // routes that the version has and the server does not
	deviations deviations
}

func newContract(t *testing.T, version string, list deviations) *versionContract {
	t.Helper()
	c := &versionContract{fixture: newFixture(t), version: version, deviations: list}
	x := send(t, c.server, version, "GET", "/openapi/"+version+".json", "", map[string]string{"Authorization": ""})
	if x.status != http.StatusOK {
		t.Fatalf("our own description is answered %d", x.status)
	}
	c.ours = readDescription(t, x.raw)
	must(t, c.ours.doc.Validate(t.Context()))
	t.Run("published description", func(t *testing.T) {
		if c.published = publishedDescription(t, version); c.published == nil {
			t.Skip("Intercom's description does not lie beside the checkout: answers are judged by our own alone")
		}
	})
	v, err := apiversion.Parse(version)
	must(t, err)
	for _, route := range apiversion.Routes() {
		if v.Offers(route) && c.ours.operations[route] == nil {
			c.unbuilt = append(c.unbuilt, pathParameter.ReplaceAllString(route, "{id}"))
		}
	}
	return c
}

// testSurface checks that the table, our description and the published one
// speak of the same operations.
func (c *versionContract) testSurface(t *testing.T) {
	t.Run("surface", func(t *testing.T) {
		var tested []string
		for _, op := range contract {
			tested = append(tested, op.route)
		}
		slices.Sort(tested)
		if ours := c.ours.routes(); !slices.Equal(tested, ours) {
			t.Errorf("the cases are of\n%q\nour description is of\n%q", tested, ours)
		}
		known := slices.Sorted(slices.Values(slices.Concat(c.ours.routes(), c.unbuilt)))
		if c.published != nil && !slices.Equal(known, c.published.routes()) {
			t.Errorf("served and not yet built are\n%q\npublished are\n%q", known, c.published.routes())
		}
	})
}

// testOperation runs the cases of an operation and reports whether all passed.
func (c *versionContract) testOperation(t *testing.T, op operationCases) bool {
	return t.Run(op.route, func(t *testing.T) {
		if c.ours.operations[op.route] == nil || c.published != nil && c.published.operations[op.route] == nil {
			t.Fatal("no such operation is described")
		}
		var seen []example
		for _, test := range slices.Concat(op.cases, c.generalCases(op)) {
			t.Run(test.name, func(t *testing.T) {
				x := c.run(t, c.version, op.route, test)
				c.compare(t, test, x)
				c.judge(t, op.route, x)
				if t.Failed() {
					t.Logf("%s %s was answered %d:\n%s", x.method, x.path, x.status, x.raw)
				}
				if code, message := x.item(); x.status >= 400 {
					seen = append(seen, example{x.status, code, message})
				}
			})
		}
		c.testExamples(t, op.route, seen)
	})
}

// generalCases are those that every operation has, sent to where its first
// case goes.
func (c *versionContract) generalCases(operation operationCases) []contractCase {
	const accept = "The Accept header should send a media type of application/json"
	list := []contractCase{
		{name: "without a token", header: map[string]string{"Authorization": ""}, status: 401, code: "unauthorized", message: "Access Token Invalid"},
		{name: "with an unknown token", token: "unheard of", status: 401, code: "unauthorized", message: "Access Token Invalid"},
		{name: "for a browser", header: map[string]string{"Accept": "text/html"}, status: 406, code: "media_type_not_acceptable", message: accept},
		{name: "in an unknown version", header: map[string]string{"Intercom-Version": "1.0.0"}, status: 400, code: "intercom_version_invalid", message: `There is no API version "1.0.0".`},
		{name: "too often", status: 429, code: "rate_limit_exceeded", message: "Exceeded the rate limit; it starts anew at X-RateLimit-Reset"},
	}
	op := c.ours.operations[operation.route]
	if _, rest, found := strings.Cut(op.Description, "Needs the permission `"); found {
		scope, _, _ := strings.Cut(rest, "`")
		token := tagsToken
		if strings.Contains(scope, "tags") {
			token = adminsToken
		}
		list = append(list, contractCase{name: "without the permission", token: token, status: 403, code: "forbidden",
			message: "You do not have the required scope (" + scope + ") to access this resource"})
	}
	if op.RequestBody != nil {
		list = append(list,
			contractCase{name: "with what is no JSON", body: `{"`, status: 400},
			contractCase{name: "with too much", body: strings.Repeat(" ", 1<<20+1), status: 413, code: "parameter_invalid", message: "The request body is larger than 1 MiB"})
	}
	for i := range list {
		list[i].path = operation.cases[0].path
	}
	return list
}

// compare checks what a case says of its answer, and what holds of every one.
func (c *versionContract) compare(t *testing.T, test contractCase, x *exchange) {
	t.Helper()
	if test.status == 0 {
		test.status = http.StatusOK
	}
	if x.status != test.status {
		t.Fatalf("%s %s is answered %d, want %d:\n%s", x.method, x.path, x.status, test.status, x.raw)
	}
	if code, message := x.item(); test.code != "" && (code != test.code || message != test.message) {
		t.Errorf("error is %s %q, want %s %q", code, message, test.code, test.message)
	}
	for path, want := range test.want {
		if got := at(x.body, path); got != c.names.Replace(want) {
			t.Errorf("%s is %q, want %q", path, got, c.names.Replace(want))
		}
	}
	if len(x.raw) > 0 && x.header.Get("Content-Type") != "application/json; charset=utf-8" {
		t.Errorf("Content-Type is %q", x.header.Get("Content-Type"))
	}
	id := x.header.Get("X-Request-Id")
	if got := at(x.body, "request_id"); got != id && test.code != "" && x.status != http.StatusNotAcceptable {
		t.Errorf("request_id is %q, X-Request-Id is %q", got, id)
	}
	if len(id) != 20 || strings.Trim(id, "0123456789abcdefghijklmnopqrstuv") != "" {
		t.Errorf("X-Request-Id is %q, want 20 characters of [0-9a-v]", id)
	}
	if got := x.header.Get("Intercom-Version"); x.status == http.StatusOK && got != c.version {
		t.Errorf("Intercom-Version is %q, want %q", got, c.version)
	}
}

// judge holds an answer against both descriptions.
func (c *versionContract) judge(t *testing.T, route string, x *exchange) {
	t.Helper()
	for _, f := range c.ours.judge(route, x) {
		t.Errorf("our description: %s: %s", f.rule, f.detail)
	}
	if c.published == nil {
		return
	}
	found := c.published.judge(route, x)
	if at(x.body, "status") != absent && at(x.body, "error") != absent {
		found = []finding{{"answer to malformed JSON", "has a shape of its own"}}
	}
	for _, f := range found {
		if !c.deviations.explain(c.version, route, f.rule) {
			t.Errorf("published description: %s: %s", f.rule, f.detail)
		}
	}
}

// testExamples checks that every error a description shows was answered, with
// the same status, code and message.
func (c *versionContract) testExamples(t *testing.T, route string, seen []example) {
	t.Run("errors shown", func(t *testing.T) {
		for _, e := range c.ours.examples(route) {
			if !slices.Contains(seen, e) {
				t.Errorf("our description shows an error that no case was answered with: %s", e)
			}
		}
		if c.published == nil {
			return
		}
		for _, e := range c.published.examples(route) {
			if !slices.Contains(seen, e) && !c.deviations.explain(c.version, route, "error "+e.String()) {
				t.Errorf("the published description shows an error that no case was answered with: %s", e)
			}
		}
	})
}

// testUnbuilt checks the answers to operations that the server does not have,
// or not in this version.
func (c *versionContract) testUnbuilt(t *testing.T) {
	v, err := apiversion.Parse(c.version)
	must(t, err)
	for _, route := range apiversion.Routes() {
		want := example{http.StatusNotImplemented, "unsupported", "This operation is not built yet."}
		switch {
		case !v.Offers(route):
			want = example{http.StatusBadRequest, "intercom_version_invalid", "Requested resource is not available in current API version."}
		case c.ours.operations[route] != nil:
			continue
		}
		t.Run(route, func(t *testing.T) {
			method, path, _ := strings.Cut(route, " ")
			x := send(t, c.server, c.version, method, pathParameter.ReplaceAllString(path, "7"), "", nil)
			code, message := x.item()
			if got := (example{x.status, code, message}); got != want {
				t.Errorf("is answered %s, want %s", got, want)
			}
		})
	}
}
