package rest_test

import (
	"strings"
	"testing"
	"time"

	"lectern"
	"lectern/internal/app"
)

// redirects is the address of the redirects of the first help center, base the
// address of that help center itself.
func (s *server) redirects() (at, base, id string) {
	s.t.Helper()
	h := s.ok("GET", "/help_center/help_centers", nil).body["data"].([]any)[0].(object)
	id = h["id"].(string)
	return "/help_center/help_centers/" + id + "/redirects", h["url"].(string), id
}

func TestARedirectIsKeptAsItIsSent(t *testing.T) {
	s := startNew(t, app.Config{Now: (&clock{time.Unix(1_700_000_000, 0)}).Now})
	at, base, home := s.redirects()
	article, collection := s.article(nil), s.collection("Group", "")
	for _, c := range []struct{ kind, target, from string }{
		{"article", article, base + "/old-page"}, {"collection", collection, base + "/old%20page/?id=7"},
		{"article", article, base + "/en/articles/1-gone"},
	} {
		a := s.ok("POST", at, object{"from_url": c.from, "locale": "en", "target_type": c.kind, "target_id": c.target})
		id := a.body["id"].(string)
		want := `{"id":"` + id + `","type":"help_center_redirect","from_url":"` + c.from + `","locale":"en","help_center_id":"` + home +
			`","target_type":"` + c.kind + `","target_id":"` + c.target + `","created_at":1700000000,"updated_at":1700000000}`
		if string(a.raw) != want {
			t.Errorf("created\n%s\nwant\n%s", a.raw, want)
		}
		if got := s.ok("GET", at+"/"+id, nil); string(got.raw) != want {
			t.Errorf("retrieved\n%s\nwant\n%s", got.raw, want)
		}
	}
	list := s.ok("GET", at, nil).body
	if list["type"] != "list" || list["total_count"] != 3.0 || len(list["data"].([]any)) != 3 {
		t.Errorf("list: %v", list)
	}
	id := list["data"].([]any)[0].(object)["id"].(string)
	if got := s.ok("DELETE", at+"/"+id, nil); string(got.raw) != `{"id":"`+id+`","object":"help_center_redirect","deleted":true}` {
		t.Errorf("deleted: %s", got.raw)
	}
	for _, method := range []string{"GET", "DELETE"} {
		s.do(method, at+"/"+id, nil).wants(t, 404, "not_found", "Resource not found")
		s.do(method, at+"/x", nil).wants(t, 404, "not_found", "Resource not found")
		s.do(method, "/help_center/help_centers/999999/redirects/"+id, nil).wants(t, 404, "not_found", "Resource not found")
	}
}

func TestRedirectsAreListedLatestFirst(t *testing.T) {
	now := &clock{time.Unix(1_700_000_000, 0)}
	s := startNew(t, app.Config{Now: now.Now})
	at, base, _ := s.redirects()
	article := s.article(nil)
	for i := range 3 {
		s.ok("POST", at, object{"from_url": path("%s/%d", base, i), "locale": "en", "target_type": "article", "target_id": article})
		now.now = now.now.Add(time.Duration(i) * time.Second)
	}
	page := s.ok("GET", at+"?per_page=2", nil).body
	pages, data := page["pages"].(object), page["data"].([]any)
	if len(data) != 2 || data[0].(object)["from_url"] != base+"/2" || data[1].(object)["from_url"] != base+"/1" || page["total_count"] != 3.0 ||
		pages["page"] != 1.0 || pages["per_page"] != 2.0 || pages["total_pages"] != 2.0 || pages["next"] != s.url+at+"?per_page=2&page=2" {
		t.Errorf("first page: %v", page)
	}
	page = s.ok("GET", strings.TrimPrefix(pages["next"].(string), s.url), nil).body
	if data := page["data"].([]any); len(data) != 1 || data[0].(object)["from_url"] != base+"/0" || page["pages"].(object)["next"] != nil {
		t.Errorf("second page: %v", page)
	}
	if pages := s.ok("GET", at, nil).body["pages"].(object); pages["per_page"] != 50.0 {
		t.Errorf("pages: %v", pages)
	}
	s.ok("GET", at+"?per_page=250", nil)
	s.do("GET", at+"?per_page=251", nil).wants(t, 400, "parameter_invalid", "Per Page is too big")
	s.do("GET", "/help_center/help_centers/999999/redirects", nil).wants(t, 404, "not_found", "Resource not found")
}

func TestARedirectStaysWithinItsHelpCenterAndLeadsElsewhere(t *testing.T) {
	s := startNew(t, app.Config{})
	at, base, _ := s.redirects()
	article, group := s.article(nil), s.collection("Group", "")
	ask := func(from any, kind, target string) answer {
		return s.do("POST", at, object{"from_url": from, "locale": "en", "target_type": kind, "target_id": target})
	}
	const outside = "from_url must be an absolute URL within this help center's URL space"
	for _, from := range []string{
		"old", "/old", "/help/old", "https://elsewhere.example/help/old", s.url + "/old", s.url + "/helpdesk/old", base, base + "/",
		base + "/../old", base + "/a//b", base + "/a/%2e%2e/%2e%2e/b", base + "/a#part", base + "/%00", base + "/%zz",
		"javascript:alert(1)", "ftp" + strings.TrimPrefix(base, "http") + "/old", base + "/" + strings.Repeat("x", 2048),
		strings.Replace(base, "http://", "http://user@", 1) + "/old", " " + base + "/old",
	} {
		ask(from, "article", article).wants(t, 422, "data_invalid", outside)
	}
	const itself = "from_url must not be the address of the target"
	ask(base+"/en/articles/"+article, "article", article).wants(t, 422, "data_invalid", itself)
	ask(base+"/fr/articles/"+article+"-any-words/", "article", article).wants(t, 422, "data_invalid", itself)
	ask(base+"/en/collections/"+group+"-group", "collection", group).wants(t, 422, "data_invalid", itself)
	for _, target := range []string{"999999", group} {
		ask(base+"/a", "article", target).wants(t, 404, "not_found", "Resource not found")
	}
	ask(base+"/a", "collection", article).wants(t, 404, "not_found", "Resource not found")

	other, err := s.store.AddHelpCenter(t.Context(), s.by, lectern.HelpCenter{
		Identifier: "other", DisplayName: "Other", DefaultLocale: "en", CustomDomain: "docs.example.com"})
	if err != nil {
		t.Fatal(err)
	}
	otherAt := path("/help_center/help_centers/%d/redirects", other.ID)
	body := object{"from_url": "https://docs.example.com/old", "locale": "en", "target_type": "article", "target_id": article}
	s.do("POST", otherAt, body).wants(t, 404, "not_found", "Resource not found") // of another help center
	inside := s.ok("POST", "/help_center/collections", object{"name": "In", "help_center_id": other.ID}).body["id"]
	body["target_type"], body["target_id"] = "collection", inside
	if got := s.ok("POST", otherAt, body).body["from_url"]; got != "https://docs.example.com/old" {
		t.Errorf("from_url %v", got)
	}
	body["from_url"] = s.url + "/other/new"
	if got := s.ok("POST", otherAt, body).body["from_url"]; got != "https://docs.example.com/new" {
		t.Errorf("from_url %v", got)
	}
	body["from_url"] = base + "/old"
	s.do("POST", otherAt, body).wants(t, 422, "data_invalid", outside)
	if got := s.ok("GET", at, nil).body["total_count"]; got != 0.0 {
		t.Errorf("%v redirects", got)
	}
}

func TestAnAddressLeadsToOnePlace(t *testing.T) {
	s := startNew(t, app.Config{})
	at, base, _ := s.redirects()
	article, group := s.article(nil), s.collection("Group", "")
	first := s.ok("POST", at, object{"from_url": base + "/old", "locale": "en", "target_type": "article", "target_id": article})
	for _, from := range []string{base + "/old", base + "/old/", base + "/%6fld", strings.Replace(base, "http:", "https:", 1) + "/old"} {
		s.do("POST", at, object{"from_url": from, "locale": "fr", "target_type": "collection", "target_id": group}).
			wants(t, 409, "resource_conflict", "A redirect with that URL already exists")
	}
	s.ok("DELETE", at+"/"+first.body["id"].(string), nil)
	s.ok("POST", at, object{"from_url": base + "/old", "locale": "en", "target_type": "collection", "target_id": group})
}

func TestARedirectRefusesWhatItCannotHold(t *testing.T) {
	s := startNew(t, app.Config{})
	at, base, _ := s.redirects()
	good := object{"from_url": base + "/old", "locale": "en", "target_type": "article", "target_id": s.article(nil)}
	with := func(field string, v any) object {
		body := object{}
		for k, old := range good {
			body[k] = old
		}
		body[field] = v
		return body
	}
	for field, values := range map[string][]any{
		"from_url":    {1, true, []any{}, object{}},
		"locale":      {1, true, []any{}, "xx", "en-US"},
		"target_type": {1, true, []any{}, "page", "Article", "section"},
		"target_id":   {"x", true, 1.5, -1, []any{}, object{}},
	} {
		for _, v := range values {
			s.do("POST", at, with(field, v)).wants(t, 400, "parameter_invalid", "")
		}
		for _, none := range []any{nil, ""} {
			s.do("POST", at, with(field, none)).wants(t, 400, "parameter_not_found", field+" is required")
		}
	}
	s.do("POST", at, object{}).wants(t, 400, "parameter_not_found", "from_url is required")
	s.do("POST", at, with("target_type", "page")).wants(t, 400, "parameter_invalid", "target_type must be 'article' or 'collection'")
	s.do("POST", at, with("locale", "xx")).wants(t, 400, "parameter_invalid", `Unknown locale "xx"`)
	s.do("POST", "/help_center/help_centers/999999/redirects", good).wants(t, 404, "not_found", "Resource not found")
	if got := s.ok("GET", at, nil).body["total_count"]; got != 0.0 {
		t.Errorf("%v redirects", got)
	}
}

func TestARedirectGoesWithItsTarget(t *testing.T) {
	s := startNew(t, app.Config{})
	at, base, _ := s.redirects()
	article, group := s.article(nil), s.collection("Group", "")
	s.ok("POST", at, object{"from_url": base + "/a", "locale": "en", "target_type": "article", "target_id": article})
	s.ok("POST", at, object{"from_url": base + "/b", "locale": "en", "target_type": "collection", "target_id": group})
	for i, gone := range []string{"/articles/" + article, "/help_center/collections/" + group} {
		s.ok("DELETE", gone, nil)
		if got := s.ok("GET", at, nil).body["total_count"]; got != float64(1-i) {
			t.Errorf("after %s: %v redirects", gone, got)
		}
	}
}

func TestAnotherWorkspaceSeesNoRedirect(t *testing.T) {
	s := startNew(t, app.Config{})
	at, base, _ := s.redirects()
	article := s.article(nil)
	good := object{"from_url": base + "/a", "locale": "en", "target_type": "article", "target_id": article}
	id := s.ok("POST", at, good).body["id"].(string)
	o := s.stranger()
	theirs, otherBase, _ := o.redirects()
	for _, there := range []string{at, theirs} {
		o.do("GET", there+"/"+id, nil).wants(t, 404, "not_found", "Resource not found")
		o.do("DELETE", there+"/"+id, nil).wants(t, 404, "not_found", "Resource not found")
		good["from_url"] = otherBase + "/a"
		o.do("POST", there, good).wants(t, 404, "not_found", "Resource not found")
	}
	o.do("GET", at, nil).wants(t, 404, "not_found", "Resource not found")
	if got := o.ok("GET", theirs, nil).body["total_count"]; got != 0.0 {
		t.Errorf("%v redirects", got)
	}
	s.ok("GET", at+"/"+id, nil)
}

func TestRedirectsNeedTheirOwnPermission(t *testing.T) {
	s := startNew(t, app.Config{})
	at, _, _ := s.redirects()
	for name, scopes := range map[string][]lectern.Scope{
		"articles": {lectern.ReadWriteArticles}, "reader": {lectern.ReadRedirects}, "writer": {lectern.ReadWriteRedirects},
	} {
		if _, err := s.store.AddToken(t.Context(), s.by, lectern.Token{Name: name, Hash: lectern.HashToken(name), Scopes: scopes}); err != nil {
			t.Fatal(err)
		}
		as := *s
		as.secret = name
		read, write := as.do("GET", at, nil), as.do("POST", at, object{})
		if name == "articles" {
			read.wants(t, 403, "forbidden", "You do not have the required scope (read_help_center_redirects_scope) to access this resource")
		} else if read.status != 200 {
			t.Errorf("%s reads: %d", name, read.status)
		}
		if name == "writer" {
			write.wants(t, 400, "parameter_not_found", "from_url is required")
		} else {
			write.wants(t, 403, "forbidden", "You do not have the required scope (read_write_help_center_redirects_scope) to access this resource")
		}
	}
}

func TestHelpCentersSayTheirLocalesSince216(t *testing.T) {
	s := start(t, app.Config{})
	id := path("%v", s.ok("GET", "/help_center/help_centers", nil).body["data"].([]any)[0].(object)["id"])
	s.article(object{"translated_content": object{"fr": object{"title": "F"}}})
	for version, want := range map[string]bool{"2.11": false, "2.15": false, "2.16": true, "Preview": true} {
		s.version = version
		for _, h := range []object{
			s.ok("GET", "/help_center/help_centers/"+id, nil).body,
			s.ok("GET", "/help_center/help_centers", nil).body["data"].([]any)[0].(object),
		} {
			_, hasDefault := h["default"]
			if _, has := h["locales"]; has != want || hasDefault != want {
				t.Errorf("%s: %v", version, h)
			}
			if want && (path("%v", h["locales"]) != "[en fr]" || h["default"] != true) {
				t.Errorf("%s: %v", version, h)
			}
		}
	}
}
