package rest_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"lectern"
	"lectern/internal/app"
)

// startNew is start for a client of the newest version.
func startNew(t testing.TB, o app.Config) *server {
	t.Helper()
	s := start(t, o)
	s.version = "Preview"
	return s
}

// tag creates a tag and returns its ID.
func (s *server) tag(name string) string {
	s.t.Helper()
	return s.ok("POST", "/tags", object{"name": name}).body["id"].(string)
}

// tagNames lists the names of the tags that an answer carries.
func (a answer) tagNames() string {
	var names []any
	for _, g := range a.body["tags"].(object)["tags"].([]any) {
		names = append(names, g.(object)["name"])
	}
	return fmt.Sprint(names)
}

func TestATagIsPutOnAndTakenOff(t *testing.T) {
	now := &clock{time.Unix(1_700_000_000, 0)}
	s := startNew(t, app.Config{Now: now.Now})
	bo, err := s.store.AddAdmin(t.Context(), s.by, lectern.Admin{Name: "Bo", Email: "bo@example.com"})
	if err != nil {
		t.Fatal(err)
	}
	tag := s.tag("Billing")
	for _, thing := range []string{"/articles/" + s.article(nil), "/internal_articles/" + s.internal(nil)} {
		before := s.ok("GET", thing, nil)
		now.now = now.now.Add(time.Hour)

		put := s.ok("POST", thing+"/tags", object{"id": tag, "admin_id": fmt.Sprint(bo.ID)})
		want := fmt.Sprintf(`{"type":"tag","id":"%s","name":"Billing","applied_at":%d,"applied_by":{"type":"admin","id":"%d"}}`, tag, now.now.Unix(), bo.ID)
		if string(put.raw) != want {
			t.Errorf("POST %s/tags: %s, want %s", thing, put.raw, want)
		}
		if again := s.ok("POST", thing+"/tags", object{"id": tag}); string(again.raw) != want {
			t.Errorf("POST %s/tags again: %s, want %s", thing, again.raw, want)
		}
		tagged := s.ok("GET", thing, nil)
		if got := tagged.tagNames(); got != "[Billing]" || tagged.body["updated_at"] != before.body["updated_at"] {
			t.Errorf("GET %s: tags %s, updated_at %v, before %v", thing, got, tagged.body["updated_at"], before.body["updated_at"])
		}

		off := s.ok("DELETE", thing+"/tags/"+tag, nil)
		want = fmt.Sprintf(`{"type":"tag","id":"%s","name":"Billing","applied_at":null,"applied_by":null}`, tag)
		if string(off.raw) != want {
			t.Errorf("DELETE %s/tags/%s: %s, want %s", thing, tag, off.raw, want)
		}
		if got := s.ok("GET", thing, nil); string(got.raw) != string(before.raw) {
			t.Errorf("GET %s: %s, want %s", thing, got.raw, before.raw)
		}
		s.do("DELETE", thing+"/tags/"+tag, nil).wants(t, 404, "tag_not_found", "Tag not found")
	}
}

func TestATagIsPutOnASnippetAndTakenOff(t *testing.T) {
	s := startNew(t, app.Config{})
	tag := s.tag("Billing")
	made := s.do("POST", "/content_snippets", object{"title": "Greeting", "body_markdown": "Hello"})
	if made.status != http.StatusCreated {
		t.Fatalf("%d %s", made.status, made.raw)
	}
	thing := "/content_snippets/" + made.body["id"].(string)
	if put := s.ok("POST", thing+"/tags", object{"id": tag}); put.body["applied_by"].(object)["id"] != fmt.Sprint(s.by.Admin) {
		t.Errorf("put on: %s", put.raw)
	}
	if off := s.ok("DELETE", thing+"/tags/"+tag, nil); off.body["applied_at"] != nil {
		t.Errorf("taken off: %s", off.raw)
	}
	s.do("DELETE", thing+"/tags/"+tag, nil).wants(t, 404, "tag_not_found", "Tag not found")
	for _, method := range []string{"POST", "DELETE"} {
		where := "/content_snippets/999/tags"
		if method == "DELETE" {
			where += "/" + tag
		}
		s.do(method, where, object{"id": tag}).wants(t, 404, "content_snippet_not_found", "Content snippet not found")
	}
	if got := s.ok("GET", thing, nil); got.body["updated_at"] != made.body["updated_at"] {
		t.Errorf("updated_at moved from %v to %v", made.body["updated_at"], got.body["updated_at"])
	}
}

func TestListsAndSearchesShowTags(t *testing.T) {
	s := startNew(t, app.Config{})
	tag, id, internal := s.tag("Billing"), s.article(object{"title": "Refunds"}), s.internal(nil)
	paths := map[string]func(answer) any{
		"/articles":                        func(a answer) any { return a.body["data"].([]any)[0] },
		"/articles/search?phrase=refunds":  func(a answer) any { return a.body["data"].(object)["articles"].([]any)[0] },
		"/internal_articles":               func(a answer) any { return a.body["data"].([]any)[0] },
		"/internal_articles/search?page=1": func(a answer) any { return a.body["data"].(object)["internal_articles"].([]any)[0] },
	}
	see := func(want string) {
		t.Helper()
		for path, first := range paths {
			if got := (answer{body: first(s.ok("GET", path, nil)).(object)}).tagNames(); got != want {
				t.Errorf("GET %s: tags %s, want %s", path, got, want)
			}
		}
	}
	see("[]")
	s.ok("POST", "/articles/"+id+"/tags", object{"id": tag})
	s.ok("POST", "/internal_articles/"+internal+"/tags", object{"id": tag})
	see("[Billing]")
	s.ok("POST", "/tags", object{"id": tag, "name": "Invoices"})
	see("[Invoices]")
	s.ok("DELETE", "/tags/"+tag, nil)
	see("[]")
}

func TestOnlyWhatExistsIsTagged(t *testing.T) {
	s := startNew(t, app.Config{})
	tag, id, internal := s.tag("Billing"), s.article(nil), s.internal(nil)
	for _, c := range []struct {
		method, path string
		body         any
		status       int
		code         string
		message      string
	}{
		{"POST", "/articles/999/tags", object{"id": tag}, 404, "article_not_found", "Article not found"},
		{"POST", "/articles/" + internal + "/tags", object{"id": tag}, 404, "article_not_found", "Article not found"},
		{"POST", "/articles/x/tags", object{"id": tag}, 404, "article_not_found", "Article not found"},
		{"POST", "/internal_articles/" + id + "/tags", object{"id": tag}, 404, "internal_article_not_found", "Internal article not found"},
		{"POST", "/articles/" + id + "/tags", object{"id": "999"}, 404, "tag_not_found", "Tag not found"},
		{"POST", "/articles/" + id + "/tags", object{"id": id}, 404, "tag_not_found", "Tag not found"},
		{"POST", "/articles/" + id + "/tags", object{}, 400, "parameter_not_found", "id is a required parameter."},
		{"POST", "/articles/" + id + "/tags", object{"id": nil}, 400, "parameter_not_found", "id is a required parameter."},
		{"POST", "/articles/" + id + "/tags", object{"id": "Billing"}, 400, "parameter_invalid", "id must be an ID"},
		{"POST", "/articles/" + id + "/tags", object{"id": []string{tag}}, 400, "parameter_invalid", "id must be an ID"},
		{"POST", "/articles/" + id + "/tags", object{"id": tag, "admin_id": "999"}, 400, "parameter_invalid", "admin_id must be a teammate on the workspace"},
		{"POST", "/articles/" + id + "/tags", object{"id": tag, "admin_id": "Ada"}, 400, "parameter_invalid", "admin_id must be an ID"},
		{"DELETE", "/articles/999/tags/" + tag, nil, 404, "article_not_found", "Article not found"},
		{"DELETE", "/articles/" + id + "/tags/999", nil, 404, "tag_not_found", "Tag not found"},
		{"DELETE", "/articles/" + id + "/tags/x", nil, 404, "tag_not_found", "Tag not found"},
		{"DELETE", "/articles/" + id + "/tags/99999999999999999999", nil, 404, "tag_not_found", "Tag not found"},
		{"DELETE", "/articles/" + id + "/tags/" + tag, nil, 404, "tag_not_found", "Tag not found"},
		{"DELETE", "/internal_articles/999/tags/" + tag, nil, 404, "internal_article_not_found", "Internal article not found"},
	} {
		t.Run(fmt.Sprint(c.method, " ", c.path, " ", c.body), func(t *testing.T) {
			s.do(c.method, c.path, c.body).wants(t, c.status, c.code, c.message)
		})
	}
	if got := s.ok("GET", "/articles/"+id, nil).tagNames(); got != "[]" {
		t.Errorf("the article carries %s", got)
	}
}

func TestTaggingNeedsThePermission(t *testing.T) {
	s := startNew(t, app.Config{})
	tag, id := s.tag("Billing"), s.article(nil)
	secret := lectern.NewTokenSecret()
	_, err := s.store.AddToken(t.Context(), s.by, lectern.Token{Name: "reader", Hash: lectern.HashToken(secret), Scopes: []lectern.Scope{lectern.ReadArticles, lectern.ReadWriteTags}})
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range []answer{
		s.do("POST", "/articles/"+id+"/tags", object{"id": tag}, "Authorization", "Bearer "+secret),
		s.do("DELETE", "/articles/"+id+"/tags/"+tag, nil, "Authorization", "Bearer "+secret),
		s.do("POST", "/internal_articles/1/tags", object{"id": tag}, "Authorization", "Bearer "+secret),
	} {
		a.wants(t, http.StatusForbidden, "forbidden", "Not authorized to manage knowledge base content")
	}
}

func TestATagSaysWhatItWasPutOnSince216(t *testing.T) {
	s := start(t, app.Config{})
	body := object{"name": "VIP", "users": []object{{"id": "u1"}}, "companies": []object{{"company_id": "c1"}, {"id": "c2", "untag": true}}}
	s.do("POST", "/tags", body, "Intercom-Version", "2.15").wants(t, 404, "company_not_found", "Company Not Found")
	a := s.ok("POST", "/tags", body, "Intercom-Version", "2.16")
	want := fmt.Sprintf(`{"type":"tag","id":"%s","name":"VIP","users":[{"id":"u1","tagged":false}],"companies":[{"id":"c1","tagged":false},{"id":"c2","tagged":false}]}`, a.body["id"])
	if string(a.raw) != want {
		t.Errorf("in 2.16: %s, want %s", a.raw, want)
	}
	want = fmt.Sprintf(`{"type":"tag","id":"%s","name":"VIP"}`, a.body["id"])
	if old := s.ok("POST", "/tags", object{"name": "vip"}, "Intercom-Version", "2.15"); string(old.raw) != want {
		t.Errorf("in 2.15: %s, want %s", old.raw, want)
	}
}
