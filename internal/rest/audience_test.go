package rest_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"lectern"
	"lectern/internal/app"
)

// made is do for a request that must be answered with 201; it returns the ID.
func (s *server) made(at string, body any) (string, answer) {
	s.t.Helper()
	a := s.do("POST", at, body)
	if a.status != http.StatusCreated {
		s.t.Fatalf("POST %s: %d %s", at, a.status, a.raw)
	}
	return a.body["id"].(string), a
}

// removed sends a DELETE that must be answered with 204 and nothing else.
func (s *server) removed(at string) {
	s.t.Helper()
	if a := s.do("DELETE", at, nil); a.status != http.StatusNoContent || len(a.raw) > 0 {
		s.t.Fatalf("DELETE %s: %d %s", at, a.status, a.raw)
	}
}

// stranger is the server as another workspace sees it.
func (s *server) stranger() *server {
	s.t.Helper()
	ws, err := s.store.AddWorkspace(s.t.Context(), lectern.ByInstallation(0, lectern.ViaCommand), lectern.Setup{
		WorkspaceName: "Other", Admin: lectern.Admin{Name: "Bob", Email: "bob@example.com"},
		Locale: "en", Identifier: "other", HelpCenter: "Other", TokenName: "other", Token: lectern.HashToken("other-secret"),
	})
	if err != nil {
		s.t.Fatal(err)
	}
	o := *s
	o.secret, o.by.Workspace = "other-secret", ws.ID
	return &o
}

func TestAnAudienceIsKeptAsItIsSent(t *testing.T) {
	now := &clock{time.Unix(1_700_000_000, 0)}
	s := startNew(t, app.Config{Now: now.Now})
	id, a := s.made("/audiences", `{"name":"VIP Customers",
		"predicates":[{"attribute":"company.name","type":"string","comparison":"contains","value":"Acme"}],
		"role_predicates":[{"attribute":"role","type":"role","comparison":"eq","value":"user"}]}`)
	want := `{"type":"audience","id":"` + id + `","name":"VIP Customers",` +
		`"predicates":[{"attribute":"company.name","type":"string","comparison":"contains","value":"Acme"}],` +
		`"role_predicates":[{"attribute":"role","type":"role","comparison":"eq","value":"user"}],` +
		`"created_at":1700000000,"updated_at":1700000000}`
	if string(a.raw) != want {
		t.Errorf("created\n%s\nwant\n%s", a.raw, want)
	}
	now.now = now.now.Add(time.Minute)
	s.ok("PUT", "/audiences/"+id, `{"name":"Enterprise","predicates":[],"type":"ignored","created_at":1}`)
	want = `{"type":"audience","id":"` + id + `","name":"Enterprise","predicates":[],` +
		`"role_predicates":[{"attribute":"role","type":"role","comparison":"eq","value":"user"}],` +
		`"created_at":1700000000,"updated_at":1700000060}`
	if a = s.ok("GET", "/audiences/"+id, nil); string(a.raw) != want {
		t.Errorf("updated\n%s\nwant\n%s", a.raw, want)
	}
	s.removed("/audiences/" + id)
	for _, method := range []string{"GET", "PUT", "DELETE"} {
		s.do(method, "/audiences/"+id, nil).wants(t, 404, "not_found", "Resource Not Found")
		s.do(method, "/audiences/x", nil).wants(t, 404, "not_found", "Resource Not Found")
	}
}

func TestAudiencesAreListedInPagesOfFifty(t *testing.T) {
	s := startNew(t, app.Config{})
	empty := s.ok("GET", "/audiences", nil).body
	if empty["type"] != "list" || len(empty["data"].([]any)) != 0 || empty["total_count"] != 0.0 || empty["total_pages"] != 0.0 || empty["page"] != 1.0 || empty["per_page"] != 50.0 {
		t.Errorf("empty: %v", empty)
	}
	var first string
	for i := range 3 {
		id, _ := s.made("/audiences", object{"name": path("Audience %d", i)})
		if i == 0 {
			first = id
		}
	}
	page := s.ok("GET", "/audiences?page=2&per_page=2", nil).body
	if data := page["data"].([]any); len(data) != 1 || data[0].(object)["name"] != "Audience 2" ||
		page["total_count"] != 3.0 || page["page"] != 2.0 || page["per_page"] != 2.0 || page["total_pages"] != 2.0 {
		t.Errorf("second page: %v", page)
	}
	if data := s.ok("GET", "/audiences?page=9", nil).body["data"].([]any); len(data) != 0 {
		t.Errorf("past the end: %v", data)
	}
	s.do("GET", "/audiences?per_page=51", nil).wants(t, 400, "parameter_invalid", "Per Page is too big")
	s.ok("PUT", "/audiences/"+first, object{"name": "Renamed"})
	if data := s.ok("GET", "/audiences", nil).body["data"].([]any); data[0].(object)["name"] != "Renamed" {
		t.Errorf("a kept answer was served: %v", data[0])
	}
}

func TestAnAudienceRefusesWhatItCannotHold(t *testing.T) {
	s := startNew(t, app.Config{})
	id, before := s.made("/audiences", object{"name": "Audience"})
	good := object{"attribute": "a", "type": "string", "comparison": "eq", "value": "v"}
	many := make([]any, lectern.MaxPredicates+1)
	for i := range many {
		many[i] = good
	}
	without := func(field string) object {
		p := object{}
		for k, v := range good {
			if k != field {
				p[k] = v
			}
		}
		return p
	}
	for field, values := range map[string][]any{
		"name":            {1, true, []any{}, object{}},
		"predicates":      {1, "x", object{}, []any{1}, []any{"x"}, []any{[]any{}}, []any{object{"attribute": 1}}, []any{object{"value": 1}}},
		"role_predicates": {1, "x", object{}, []any{1}, []any{object{"comparison": true}}},
	} {
		for _, v := range values {
			body := object{"name": "New"}
			body[field] = v
			s.do("POST", "/audiences", body).wants(t, 400, "parameter_invalid", "")
			s.do("PUT", "/audiences/"+id, object{field: v}).wants(t, 400, "parameter_invalid", "")
		}
	}
	for field, values := range map[string][]any{
		"name":            {"", " ", strings.Repeat("x", 256), "a\x00"},
		"predicates":      {[]any{nil}, []any{object{}}, []any{without("attribute")}, []any{without("type")}, []any{without("comparison")}, many},
		"role_predicates": {[]any{object{}}, many},
	} {
		for _, v := range values {
			body := object{"name": "New"}
			body[field] = v
			s.do("POST", "/audiences", body).wants(t, 422, "validation_error", "")
			s.do("PUT", "/audiences/"+id, object{field: v}).wants(t, 422, "validation_error", "")
		}
	}
	s.do("POST", "/audiences", object{}).wants(t, 422, "validation_error", "Name is required")
	s.do("POST", "/audiences", object{"name": nil}).wants(t, 422, "validation_error", "Name is required")
	s.do("POST", "/audiences", nil).wants(t, 422, "validation_error", "Name is required")
	s.do("PUT", "/audiences/"+id, object{"name": ""}).wants(t, 422, "validation_error", "Name must not be blank")
	for _, body := range []string{`[]`, `1`, `"x"`, `{"name":`, "{\"name\":\"\xff\"}"} {
		if a := s.do("POST", "/audiences", body); a.status != 400 {
			t.Errorf("%s: %d %s", body, a.status, a.raw)
		}
	}
	list := s.ok("GET", "/audiences", nil).body
	if after := s.ok("GET", "/audiences/"+id, nil); string(after.raw) != string(before.raw) || list["total_count"] != 1.0 {
		t.Errorf("something was stored: %s, %v", after.raw, list)
	}
}

func TestAnotherWorkspaceSeesNoAudience(t *testing.T) {
	s := startNew(t, app.Config{})
	id, before := s.made("/audiences", object{"name": "Secret"})
	o := s.stranger()
	for _, method := range []string{"GET", "PUT", "DELETE"} {
		o.do(method, "/audiences/"+id, object{"name": "Mine"}).wants(t, 404, "not_found", "Resource Not Found")
	}
	if got := o.ok("GET", "/audiences", nil).body["total_count"]; got != 0.0 {
		t.Errorf("%v audiences", got)
	}
	if after := s.ok("GET", "/audiences/"+id, nil); string(after.raw) != string(before.raw) {
		t.Errorf("changed: %s", after.raw)
	}
}

func TestAudiencesNeedThePermissionForContent(t *testing.T) {
	s := startNew(t, app.Config{})
	reader := *s
	reader.secret = "reader"
	_, err := s.store.AddToken(t.Context(), s.by, lectern.Token{Name: "reader", Hash: lectern.HashToken("reader"), Scopes: []lectern.Scope{lectern.ReadArticles}})
	if err != nil {
		t.Fatal(err)
	}
	reader.ok("GET", "/audiences", nil)
	reader.do("POST", "/audiences", object{"name": "A"}).wants(t, 403, "forbidden", "")
}

func TestIfMatchGuardsAudiencesAndSnippets(t *testing.T) {
	s := startNew(t, app.Config{})
	for at, body := range map[string]object{
		"/audiences": {"name": "Old"}, "/content_snippets": {"title": "Old", "json_blocks": []any{}},
	} {
		id, _ := s.made(at, body)
		tag := s.ok("GET", at+"/"+id, nil).header.Get("ETag")
		change := object{"name": "New", "title": "New"}
		s.ok("PUT", at+"/"+id, change, "If-Match", tag)
		s.do("PUT", at+"/"+id, object{"name": "Late", "title": "Late"}, "If-Match", tag).wants(t, 412, "conflict", "")
		if got := s.ok("GET", at+"/"+id, nil); !strings.Contains(string(got.raw), `"New"`) {
			t.Errorf("%s: %s", at, got.raw)
		}
	}
}
