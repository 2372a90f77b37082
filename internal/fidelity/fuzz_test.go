package fidelity

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"lectern/internal/apiversion"
)

// FuzzOperations sends requests made up from our own descriptions and holds each
// answer against the description: no fault of ours, and nothing that is not
// described. A seed sends every operation of one version, in some order, one
// request that the description allows, then one that it may not.
//
// A seed makes the same requests on the same content whenever it is tried. It is
// a number, not bytes to choose by: which code a server runs is never quite the
// same twice, so there is nothing for the fuzzer to learn from, and it would
// spend its time on making bytes fewer.
func FuzzOperations(f *testing.F) {
	known, err := learn()
	if err != nil {
		f.Fatal(err)
	}
	for seed := range uint64(len(known.ours)) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		l, err := startLocal(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer l.close()
		m := &madeUp{Rand: rand.New(rand.NewPCG(seed, 0))}
		version := apiversion.Served()[seed%uint64(len(known.ours))]
		v, err := apiversion.Parse(version)
		if err != nil {
			t.Fatal(err)
		}
		r := &run{surface: known, version: v, ours: known.ours[version], report: &Report{}, client: l.client, local: l, names: l.names}
		if err := r.makeThings(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, problem := range r.report.Problems {
			t.Error(problem)
		}
		m.meet(r.names)
		routes := r.ours.routes()
		for _, tame := range []bool{true, false} {
			for _, i := range m.Perm(len(routes)) {
				m.tame = tame
				m.send(t, r, routes[i])
			}
		}
	})
}

// A madeUp makes requests up.
type madeUp struct {
	*rand.Rand
	ids  map[string][]string // of things that there may be, by the path that makes them
	tame bool                // the request at hand is to be one that the description allows
}

// send makes up a request for an operation and judges the answer.
func (m *madeUp) send(t *testing.T, r *run, route string) {
	method, path, body := m.request(route, r.ours.operations[route])
	x, err := r.client.send(t.Context(), r.version.Name, method, path, body, nil)
	if err != nil {
		t.Fatal(err)
	}
	if x.status >= http.StatusInternalServerError || x.broken {
		t.Errorf("%s, sent %s\n%s", r.version.Name, body, x)
	}
	for _, found := range r.ours.judge(route, x) {
		t.Errorf("%s, sent %s\n%s\n%s", r.version.Name, body, found, x)
	}
	if id := at(x.body, "id"); method == http.MethodPost && x.status < 300 && id != absent {
		m.ids[path] = append(m.ids[path], id)
	}
}

// meet notes the things that there are from the start.
func (m *madeUp) meet(names map[string]string) {
	m.ids = map[string][]string{"/admins": {names["admin"], names["other_admin"]}, "/teams": {names["team"]},
		"/help_center/help_centers": {names["help_center"], names["academy"]}}
	for _, n := range nouns {
		for _, t := range n.things {
			if _, path, _ := strings.Cut(t.route, " "); names[t.as] != "" {
				path = named(names, cmp.Or(t.path, path))
				m.ids[path] = append(m.ids[path], names[t.as])
			}
		}
	}
}

// madeBy says which path makes the things whose IDs a field holds.
var madeBy = map[string]string{
	"author_id": "/admins", "admin_id": "/admins", "owner_id": "/admins", "admin_ids": "/admins",
	"parent_id": "/help_center/collections", "parent_ids": "/help_center/collections", "help_center_id": "/help_center/help_centers",
	"audience_ids": "/audiences", "folder_id": "/folders", "tag_ids": "/tags", "source_id": "/ai/content_import_sources",
	"created_by_ids": "/admins", "last_updated_by_ids": "/admins", "folder_ids": "/folders", "target_id": "/articles", "article_id": "/articles", "id": "/tags", "target_article_id": "/articles", "brand_id": "/brands",
}

// likely are texts that a field may well hold.
var likely = map[string][]string{
	"locale": {"en", "fr"}, "locales": {"en", "fr"}, "language": {"en", "fr"},
	"url": {"https://example.com/a", "https://example.com/b"}, "from_url": {"/a", "https://help.example.com/help/en/old", "https://help.example.com/help/en/articles/7"},
	"content_types": {"article", "snippet", "internal_article"}, "content_type": {"article", "snippet"},
	"created_at_after": {"1", "2026-11-22T10:00:00Z"}, "scheduled_publish_at": {"2099-01-01T00:00:00Z"},
	"body_markdown": {"# Head\n\n- one\n- two\n\n| a | b |\n|---|---|\n| c | `d` |", "*x* [y](https://example.com)"},
	"states":        {"published", "draft"}, "page": {"1", "2"}, "per_page": {"1", "3"},
}

// id makes an ID up, mostly one of a thing that the path makes.
func (m *madeUp) id(path string) string {
	switch {
	case !m.tame && m.in(6):
		return one(m, "x", "0", "-7", "999999999", "99999999999999999999", "\x00", "é", "1.5")
	case len(m.ids[path]) > 0 && !m.in(6):
		return one(m, m.ids[path]...)
	case strings.HasSuffix(path, "/tags") && !m.in(3): // of an article and the like
		return one(m, m.ids["/tags"]...)
	}
	return one(m, m.ids[one(m, slices.Sorted(maps.Keys(m.ids))...)]...)
}

// in reports true once in n times.
func (m *madeUp) in(n int) bool { return m.IntN(n) == 0 }

// one returns one of several values.
func one[T any](m *madeUp, values ...T) T { return values[m.IntN(len(values))] }

// odd are texts that something may stumble over.
var odd = []string{"", " ", "0", "-1", "007", "1e3", "99999999999999999999", "9223372036854775807", "true", "null", "a", "é", "日本語", "\u202e", "\x00",
	"%", "'", `"; --`, "<p>x</p>", "<script>", "a\nb", "en", "fr", "xx", "published", "draft", "all", "collection", "2026-11-22", "../..", "{id}", "*", "*:*", "\"quoted\" -not",
	strings.Repeat("x", 300), strings.Repeat("é", 70000)}

// request makes a request for an operation up.
func (m *madeUp) request(route string, op *openapi3.Operation) (method, path, body string) {
	method, path, _ = strings.Cut(route, " ")
	for {
		before, after, found := strings.Cut(path, "/{id}")
		if !found {
			break
		}
		path = before + "/" + url.PathEscape(m.id(before)) + after
	}
	query := url.Values{}
	for _, p := range op.Parameters {
		if p.Value.In == "query" && (p.Value.Required || m.in(2)) {
			query.Add(p.Value.Name, fmt.Sprint(m.value(p.Value.Name, p.Value.Schema, 1)))
		}
	}
	if len(query) > 0 {
		path += "?" + query.Encode()
	}
	if op.RequestBody == nil {
		return method, path, ""
	}
	raw, err := json.Marshal(m.value("", op.RequestBody.Value.Content.Get("application/json").Schema, 0))
	if err != nil { // a number that is none
		return method, path, "{}"
	}
	if !m.tame && m.in(20) {
		raw = raw[:m.IntN(len(raw))]
	}
	return method, path, string(raw)
}

// value makes a value of a schema up, for a field of that name; depth is how
// deep it stands. Unless the request is tame, about every tenth is one that the
// schema does not allow.
func (m *madeUp) value(name string, ref *openapi3.SchemaRef, depth int) any {
	if !m.tame && m.in(10) {
		return one[any](m, nil, true, -1, 1.5, json.Number("1e400"), one(m, odd...), []any{}, map[string]any{}, []any{nil}, map[string]any{"id": "7", "x": 1})
	}
	schema := ref.Value
	switch {
	case len(schema.AllOf) > 0:
		return m.value(name, schema.AllOf[0], depth)
	case len(schema.OneOf) > 0 && schema.OneOf[0].Value.Type.Is("integer"):
		if id := m.id(madeBy[name]); m.in(2) && json.Valid([]byte(id)) {
			return json.Number(id)
		} else {
			return id
		}
	case len(schema.OneOf) > 0:
		return m.value(name, one(m, schema.OneOf...), depth)
	case len(schema.Enum) > 0 && (m.tame || !m.in(8)):
		return one(m, schema.Enum...)
	case schema.Type.Is("boolean"):
		return m.in(2)
	case schema.Type.Is("integer") && madeBy[name] != "":
		return json.Number(m.id(madeBy[name]))
	case schema.Type.Is("integer"):
		return one(m, 0, 1, 2, 7, 25, 250, 251, 1700000000, 1<<40)
	case schema.Type.Is("array"):
		list := []any{}
		for range m.IntN(3) {
			list = append(list, m.value(name, schema.Items, depth+1))
		}
		return list
	case schema.Type.Is("object"):
		return m.object(schema, depth)
	case madeBy[name] != "":
		return m.id(madeBy[name])
	case !m.tame && m.in(3):
		return one(m, odd...)
	case likely[name] != nil:
		return one(m, likely[name]...)
	}
	return one(m, "Title", "password", "<p>Some <b>text</b></p>", "https://example.com/a?b=c", "en")
}

// object makes an object up, nearly always with what it must have.
func (m *madeUp) object(schema *openapi3.Schema, depth int) any {
	o := map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(schema.Properties)) {
		rare := 3
		switch {
		case depth > 5, len(schema.Properties) > 20: // far inside, or a text in every language
			rare = 20
		case slices.Contains(schema.Required, name), slices.Contains([]string{"title", "name", "author_id"}, name):
			rare = 1
		}
		if m.in(rare) && (m.tame || !m.in(15)) {
			o[name] = m.value(name, schema.Properties[name], depth+1)
		}
	}
	if !m.tame && m.in(10) {
		o[one(m, odd...)] = "x"
	}
	return o
}
