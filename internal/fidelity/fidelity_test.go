package fidelity

import (
	"net/http"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"lectern/internal/apiversion"
	"lectern/internal/testshared"
)

// cells is how many operations the published versions have in all.
const cells = 436

func TestThePublishedSurfaceIsTheOneWeKnow(t *testing.T) {
	known, err := learn()
	if err != nil {
		t.Fatal(err)
	}
	ours := 0
	for _, v := range apiversion.Versions {
		for _, route := range known.routes {
			if v.Offers(route) && !isOwn(route) {
				ours++
			}
		}
	}
	if ours != cells {
		t.Errorf("we know of %d operations in all versions, want %d", ours, cells)
	}
	published, ok := testshared.Folder(t, "contract")
	if !ok {
		return
	}
	theirs := 0
	for _, v := range apiversion.Versions {
		d, err := publishedDescription(published, v.Name)
		if err != nil {
			t.Fatal(err)
		}
		theirs += len(d.operations)
		r := &run{surface: known, version: v, published: d, report: &Report{}}
		r.compareSurface()
		for _, problem := range r.report.Problems {
			t.Error(problem)
		}
	}
	if theirs != cells {
		t.Errorf("the descriptions have %d operations in all versions, want %d", theirs, cells)
	}
}

func TestEveryPathSaysWhatItIsInEveryVersion(t *testing.T) {
	known, err := learn()
	if err != nil {
		t.Fatal(err)
	}
	l, err := startLocal(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.close() })
	for _, v := range apiversion.Versions {
		for _, route := range known.routes {
			method, path, _ := strings.Cut(plain(route), " ")
			x, err := l.client.send(t.Context(), v.Name, method, strings.ReplaceAll(path, "{id}", "7"), "", nil)
			if err != nil {
				t.Fatal(err)
			}
			got, ours := x.shown(), known.ours[v.Name]
			switch {
			case ours == nil:
				if got.status != http.StatusNotImplemented || got.code != "unsupported" {
					t.Errorf("%s is not served, and %s", v.Name, x)
				}
			case !v.Offers(route):
				if got.status != http.StatusBadRequest || got.code != "intercom_version_invalid" {
					t.Errorf("%s does not have this: %s", v.Name, x)
				}
			case ours.operations[plain(route)] == nil:
				if got.status != http.StatusNotImplemented || got.code != "unsupported" {
					t.Errorf("%s: not built, and %s", v.Name, x)
				}
			default:
				if status := ours.operations[plain(route)].Responses.Status(got.status); status == nil || got.status >= 500 {
					t.Errorf("%s describes no such answer: %s", v.Name, x)
				}
			}
		}
	}
}

func TestARangeOfVersionsIsReadAsItsVersions(t *testing.T) {
	for word, want := range map[string]string{
		"2.11": "2.11", "..2.8": "2.7 2.8", "2.13..2.15": "2.13 2.14 2.15", "2.16..": "2.16 Preview", "*": "",
	} {
		got, err := versionsIn(word)
		if err != nil || strings.Join(got, " ") != want {
			t.Errorf("versionsIn(%q) = %q, %v; want %s", word, got, err, want)
		}
	}
	for _, word := range []string{"3.0", "2.15..2.13", "2.7-2.8"} {
		if got, err := versionsIn(word); err == nil {
			t.Errorf("versionsIn(%q) = %q, want an error", word, got)
		}
	}
}

func TestADeviationThatIsDueAndNotNeededIsTold(t *testing.T) {
	needed := &deviation{versions: []string{"2.11"}, operation: "GET /tags", rule: "status 418", line: "needed"}
	idle := &deviation{operation: "GET /tags", rule: "status 419", line: "idle"}
	elsewhere := &deviation{operation: "GET /folders", rule: "status 420", line: "elsewhere"}
	list := deviations{needed, idle, elsewhere}
	list.ran("2.11", "GET /tags")
	if list.explain("2.12", "GET /tags", "status 418") || list.explain("2.11", "GET /tags", "status 9") {
		t.Error("a deviation explains what it does not cover")
	}
	if !list.explain("2.11", "GET /tags", "status 418") {
		t.Error("a deviation does not explain what it covers")
	}
	if got := list.unused(); len(got) != 1 || !strings.HasSuffix(got[0], "idle") {
		t.Errorf("unused are %q, want the idle one", got)
	}
}

func TestACaseIsOfTheVersionsItNames(t *testing.T) {
	for _, test := range []struct{ from, to, want string }{
		{"", "2.8", "2.8 2.7"},
		{"2.15", "", "Preview 2.16 2.15"},
		{"2.12", "2.13", "2.13 2.12"},
	} {
		var got []string
		for _, v := range apiversion.Versions {
			if (testCase{from: test.from, to: test.to}).in(v) {
				got = append(got, v.Name)
			}
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("from %q to %q are %q, want %s", test.from, test.to, got, test.want)
		}
	}
}

func TestTheJudgeSeesWhatIsWrong(t *testing.T) {
	const doc = `{"openapi":"3.0.3","info":{"title":"t","version":"1"},"paths":{"/tags/{x}":{"get":{"responses":{
		"200":{"description":"d","headers":{"X-RateLimit-Limit":{"schema":{"type":"integer"}}},"content":{"application/json":{"schema":{"type":"object","required":["id"],
			"properties":{"id":{"type":"string"},"tags":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"}}}}}}}}},
		"404":{"description":"d","content":{"application/json":{"schema":{"$ref":"#/components/schemas/error"},
			"examples":{"gone":{"value":{"errors":[{"code":"not_found","message":"Resource Not Found"}]}}}}}}}}}},
		"components":{"schemas":{"error":{"type":"object","required":["type"],"properties":{"type":{"type":"string"}}}}}}`
	d, err := readDescription([]byte(doc))
	if err != nil {
		t.Fatal(err)
	}
	if want := []example{{404, "not_found", "Resource Not Found"}}; !slices.Equal(d.examples("GET /tags/{id}"), want) {
		t.Errorf("examples are %v, want %v", d.examples("GET /tags/{id}"), want)
	}
	type object = map[string]any
	limit := http.Header{"X-Ratelimit-Limit": {"7"}}
	for _, test := range []struct {
		x    exchange
		want string
	}{
		{exchange{status: 200, header: limit, raw: []byte("x"), body: object{"id": "7"}}, ""},
		{exchange{status: 200, raw: []byte("x"), body: object{"id": "7"}}, "header X-RateLimit-Limit"},
		{exchange{status: 200, header: http.Header{"X-Ratelimit-Limit": {"many"}}, raw: []byte("x"), body: object{"id": "7"}}, "header X-RateLimit-Limit"},
		{exchange{status: 200, header: limit, raw: []byte("x"), body: object{"id": true}}, "mismatch $.id"},
		{exchange{status: 200, header: limit, raw: []byte("x"), body: object{}}, "mismatch $.id"},
		{exchange{status: 200, header: limit}, "mismatch $"},
		{exchange{status: 200, header: limit, raw: []byte("x"), body: object{"id": "7", "tags": []any{object{"name": "n", "colour": "red"}}}}, "undescribed $.tags[].colour"},
		{exchange{status: 404, raw: []byte("x"), body: object{"type": "error.list"}}, ""},
		{exchange{status: 404, raw: []byte("x"), body: object{}}, "mismatch $.type"},
		{exchange{status: 418, raw: []byte("x"), body: object{"type": "error.list"}}, "status 418"},
	} {
		var rules []string
		for _, f := range d.judge("GET /tags/{id}", &test.x) {
			rules = append(rules, f.rule)
		}
		if got := strings.Join(rules, ", "); got != test.want {
			t.Errorf("%d %v is judged %q, want %q", test.x.status, test.x.body, got, test.want)
		}
	}
}

func TestTheServerDoesNotLinkItsJudge(t *testing.T) {
	out, err := exec.CommandContext(t.Context(), "go", "list", "-deps", "lectern/cmd/lectern").Output()
	if err != nil {
		t.Fatal(err)
	}
	deps := strings.Fields(string(out))
	if !slices.Contains(deps, "lectern/internal/rest") {
		t.Fatal("the server does not even link its API: the list is wrong")
	}
	for _, dep := range deps {
		if dep == "lectern/internal/fidelity" || strings.HasPrefix(dep, "github.com/getkin/") {
			t.Errorf("cmd/lectern links %s", dep)
		}
	}
}

func TestNoDeviationIsWithinAnother(t *testing.T) {
	list, err := readDeviations()
	if err != nil {
		t.Fatal(err)
	}
	for _, outer := range list {
		for _, inner := range list {
			within := outer.operation == "" || outer.operation == inner.operation
			for _, version := range inner.versions {
				within = within && outer.covers(version, inner.operation)
			}
			if inner.versions == nil {
				within = within && outer.versions == nil
			}
			if outer != inner && outer.rule == inner.rule && within {
				t.Errorf("%q is within %q", inner.line, outer.line)
			}
		}
	}
}
