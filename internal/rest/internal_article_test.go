package rest_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"lectern"
	"lectern/internal/app"
)

// internal creates an internal article and returns its ID; fields go over the
// usual ones.
func (s *server) internal(fields object) string {
	s.t.Helper()
	body := object{"title": "How we refund", "author_id": s.by.Admin, "owner_id": s.by.Admin, "body": "Ask for a date."}
	for k, v := range fields {
		body[k] = v
	}
	return s.ok("POST", "/internal_articles", body).body["id"].(string)
}

func TestAnInternalArticleIsGivenBack(t *testing.T) {
	s := startNew(t, app.Config{})
	folder := s.folder("Handbook", nil)
	var audiences []any
	for _, name := range []string{"VIP", "Trial"} {
		id := s.do("POST", "/audiences", object{"name": name}).body["id"].(string)
		audiences = append(audiences, json.Number(id))
	}
	made := s.ok("POST", "/internal_articles", object{
		"title": "How we refund", "author_id": s.by.Admin, "owner_id": fmt.Sprint(s.by.Admin), "body": "Ask for a date.", "locale": "de",
		"folder_id": folder, "audience_ids": audiences, "ai_copilot_availability": true,
	})
	id := made.body["id"].(string)
	want := fmt.Sprintf(`{"id":"%s","type":"internal_article","title":"How we refund","body":"Ask for a date.","body_markdown":"Ask for a date.\n",`+
		`"owner_id":%d,"author_id":%[2]d,"created_at":%[3]d,"updated_at":%[3]d,"locale":"de","folder_id":%[4]d,"audience_ids":[%s,%s],`+
		`"ai_chatbot_availability":false,"ai_copilot_availability":true,"ai_sales_agent_availability":false,"tags":{"type":"tag.list","tags":[]}}`,
		id, s.by.Admin, int(made.body["created_at"].(float64)), folder, audiences[0], audiences[1])
	if string(made.raw) != want {
		t.Errorf("created\n%s, want\n%s", made.raw, want)
	}
	if got := s.ok("GET", "/internal_articles/"+id, nil); string(got.raw) != want {
		t.Errorf("read\n%s, want\n%s", got.raw, want)
	}
	changed := s.ok("PUT", "/internal_articles/"+id, object{"audience_ids": []int{}, "folder_id": nil, "ai_chatbot_availability": true, "body": nil})
	for field, want := range map[string]string{
		"title": "How we refund", "body": "", "audience_ids": "[]", "folder_id": "<nil>", "locale": "de",
		"ai_chatbot_availability": "true", "ai_copilot_availability": "true",
	} {
		if got := fmt.Sprint(changed.body[field]); got != want {
			t.Errorf("changed: %s is %s, want %s", field, got, want)
		}
	}
	want = fmt.Sprintf(`{"id":"%s","object":"internal_article","deleted":true}`, id)
	if gone := s.ok("DELETE", "/internal_articles/"+id, nil); string(gone.raw) != want {
		t.Errorf("deleted: %s, want %s", gone.raw, want)
	}
	s.do("GET", "/internal_articles/"+id, nil).wants(t, 404, "not_found", "Resource Not Found")
	s.do("PUT", "/internal_articles/"+id, object{"title": "x"}).wants(t, 404, "not_found", "Resource Not Found")
	s.do("DELETE", "/internal_articles/"+id, nil).wants(t, 404, "not_found", "Resource Not Found")
}

func TestWhatEachVersionShowsOfAnInternalArticle(t *testing.T) {
	s := start(t, app.Config{})
	s.version = "2.13"
	id := s.internal(object{"folder_id": 999, "audience_ids": []int{999}, "body_markdown": "# x", "ai_chatbot_availability": true})
	old := []string{"id", "type", "title", "body", "owner_id", "author_id", "created_at", "updated_at", "locale"}
	with216 := append(slices.Clone(old), "body_markdown", "audience_ids", "ai_chatbot_availability", "ai_copilot_availability", "ai_sales_agent_availability")
	for version, want := range map[string][]string{
		"2.13": old, "2.15": old, "2.16": with216, "Preview": append(slices.Clone(with216), "folder_id", "tags"),
	} {
		a := s.ok("GET", "/internal_articles/"+id, nil, "Intercom-Version", version)
		for field := range a.body {
			if !slices.Contains(want, field) {
				t.Errorf("%s shows %s", version, field)
			}
		}
		if len(a.body) != len(want) {
			t.Errorf("%s: %s, want %q", version, a.raw, want)
		}
		if a.body["body"] != "Ask for a date." || a.body["ai_chatbot_availability"] == true {
			t.Errorf("%s: what 2.13 does not know was heeded: %s", version, a.raw)
		}
	}
	s.do("GET", "/internal_articles", nil, "Intercom-Version", "2.12").wants(t, 400, "intercom_version_invalid", "Requested resource is not available in current API version. The Intercom-Version header names version 2.12; it needs 2.13 or later.")
}

func TestAnInternalBodyIsPlainTextOrTheNormalForm(t *testing.T) {
	s := startNew(t, app.Config{})
	for _, c := range []struct {
		name           string
		sent           object
		body, markdown string
	}{
		{"plain text", object{"body": "Ask \"why\",\nthen pay."}, "Ask \"why\",\nthen pay.", "Ask \"why\", then pay.\n"},
		{"HTML", object{"body": "<p>Ask <b>why</b></p>"}, `<p class="no-margin">Ask <b>why</b></p>`, "Ask **why**\n"},
		{"HTML that could run", object{"body": `<script>alert(1)</script><p onclick="alert(1)">Hi</p>`}, `<p class="no-margin">Hi</p>`, "Hi\n"},
		{"a reference", object{"body": "1 &lt; 2"}, `<p class="no-margin">1 &lt; 2</p>`, "1 < 2\n"},
		{"Markdown", object{"body": nil, "body_markdown": "Ask **why**"}, `<p class="no-margin">Ask <b>why</b></p>`, "Ask **why**\n"},
		{"Markdown that could run", object{"body": nil, "body_markdown": "<script>alert(1)</script>Hi"}, `<p class="no-margin">Hi</p>`, "Hi\n"},
		{"nothing", object{"body": nil}, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := s.ok("GET", "/internal_articles/"+s.internal(c.sent), nil)
			if a.body["body"] != c.body {
				t.Errorf("body %q, want %q", a.body["body"], c.body)
			}
			got := strings.ReplaceAll(a.body["body_markdown"].(string), `\`, "")
			if got != c.markdown {
				t.Errorf("body_markdown %q, want %q", got, c.markdown)
			}
		})
	}
	id := s.internal(nil)
	both := object{"body": "a", "body_markdown": "b"}
	s.do("PUT", "/internal_articles/"+id, both).wants(t, 422, "parameter_invalid", "body and body_markdown cannot be given together")
}

func TestAnInternalArticleRefusesWhatItCannotHold(t *testing.T) {
	s := startNew(t, app.Config{})
	id := s.internal(nil)
	before := s.ok("GET", "/internal_articles/"+id, nil)
	me := s.by.Admin
	for _, c := range []struct {
		name    string
		body    any
		code    string
		message string
	}{
		{"no author", object{"title": "T", "body": "B"}, "parameter_not_found", "author_id must be in the main body or default locale translated_content object"},
		{"no owner", object{"title": "T", "author_id": me}, "parameter_not_found", "Owner is a required parameter."},
		{"no title", object{"author_id": me, "owner_id": me}, "parameter_not_found", "Title is a required parameter."},
		{"an empty title", object{"title": "", "author_id": me, "owner_id": me}, "parameter_not_found", "Title is a required parameter."},
		{"nothing", `{}`, "parameter_not_found", ""},
		{"a list", `[]`, "parameter_invalid", "The request body must be a JSON object"},
	} {
		t.Run("create with "+c.name, func(t *testing.T) {
			s.do("POST", "/internal_articles", c.body).wants(t, 400, c.code, c.message)
		})
	}
	for _, c := range []struct {
		field   string
		value   any
		status  int
		message string
	}{
		{"title", "", 400, "title must not be blank"},
		{"title", strings.Repeat("x", 256), 400, "title is too long (maximum is 255 characters)"},
		{"title", "a\x00b", 400, "title must not contain a NUL character"},
		{"title", 7, 400, "title must be a string"},
		{"body", "a\x00b", 400, "body must not contain a NUL character"},
		{"body", object{}, 400, "body must be a string"},
		{"body", `<img src="data:image/png;base64,AA==">`, 400, ""},
		{"body_markdown", `![dot](data:image/png;base64,AA==)`, 400, ""},
		{"body_markdown", 7, 400, "body_markdown must be a string"},
		{"author_id", 999, 400, "author_id must be a teammate on the workspace"},
		{"author_id", "Ada", 400, "author_id must be an ID"},
		{"owner_id", 999, 400, "owner_id must be a teammate on the workspace"},
		{"owner_id", -1, 400, "owner_id must be an ID"},
		{"folder_id", 999, 400, "folder_id is invalid"},
		{"folder_id", "x", 400, "folder_id must be an ID"},
		{"locale", "xx", 400, `Unknown locale "xx"`},
		{"audience_ids", []int{999}, 404, "audience_ids contains unknown audience IDs: 999"},
		{"audience_ids", []string{"x"}, 400, ""},
		{"ai_chatbot_availability", "yes", 400, "ai_chatbot_availability must be true or false"},
	} {
		t.Run(fmt.Sprint(c.field, " ", c.value), func(t *testing.T) {
			s.do("PUT", "/internal_articles/"+id, object{"title": "New", c.field: c.value}).wants(t, c.status, "parameter_invalid", c.message)
		})
	}
	if got := s.ok("GET", "/internal_articles/"+id, nil); string(got.raw) != string(before.raw) {
		t.Errorf("changed to %s", got.raw)
	}
	if n := s.ok("GET", "/internal_articles", nil).body["total_count"]; n != 1.0 {
		t.Errorf("%v internal articles", n)
	}
}

func TestReadersNeverFindInternalArticles(t *testing.T) {
	s := startNew(t, app.Config{})
	id := s.internal(object{"title": "Secret handshake", "body": "Secret"})
	for _, path := range []string{"/articles", "/articles/search", "/articles/search?phrase=secret", "/articles/search?state=all&phrase=handshake"} {
		if n := s.ok("GET", path, nil).body["total_count"]; n != 0.0 {
			t.Errorf("GET %s finds %v", path, n)
		}
	}
	s.do("GET", "/articles/"+id, nil).wants(t, 404, "not_found", "Resource Not Found")
	s.do("PUT", "/articles/"+id, object{"title": "x"}).wants(t, 404, "not_found", "Resource Not Found")
	s.do("DELETE", "/articles/"+id, nil).wants(t, 404, "not_found", "Resource Not Found")
	s.do("GET", "/internal_articles/"+s.article(nil), nil).wants(t, 404, "not_found", "Resource Not Found")
}

func TestInternalArticlesComeInPages(t *testing.T) {
	s := startNew(t, app.Config{})
	var made []string
	for i := range 27 {
		made = append(made, s.internal(object{"title": fmt.Sprint("A ", i)}))
	}
	slices.Reverse(made) // the last change comes first
	var read []string
	for next := "/internal_articles"; next != ""; {
		a := s.ok("GET", next, nil)
		for _, x := range a.body["data"].([]any) {
			read = append(read, x.(object)["id"].(string))
		}
		pages := a.body["pages"].(object)
		if a.body["total_count"] != 27.0 || pages["per_page"] != 25.0 || pages["total_pages"] != 2.0 {
			t.Errorf("total_count %v, pages %v", a.body["total_count"], pages)
		}
		url, _ := pages["next"].(string)
		next = strings.TrimPrefix(url, s.url)
	}
	if !slices.Equal(read, made) {
		t.Errorf("read %q, want %q", read, made)
	}
	a := s.ok("GET", "/internal_articles/search", nil)
	if n := len(a.body["data"].(object)["internal_articles"].([]any)); n != 10 || a.body["pages"].(object)["total_pages"] != 3.0 {
		t.Errorf("a page of a search has %d, of %v", n, a.body["pages"])
	}
	s.do("GET", "/internal_articles?per_page=251", nil).wants(t, 400, "parameter_invalid", "Per Page is too big")
}

func TestASearchInAFolderIsDeepInPreviewAlone(t *testing.T) {
	s := startNew(t, app.Config{})
	top := s.folder("Top", nil)
	inner := s.folder("Inner", top)
	outer, deep := s.internal(object{"folder_id": top}), s.internal(object{"folder_id": inner})
	s.internal(nil)
	find := func(version string, folder int) string {
		a := s.ok("GET", path("/internal_articles/search?folder_id=%d", folder), nil, "Intercom-Version", version)
		var ids []string
		for _, x := range a.body["data"].(object)["internal_articles"].([]any) {
			ids = append(ids, x.(object)["id"].(string))
		}
		return strings.Join(ids, " ")
	}
	for _, c := range []struct {
		version string
		folder  int
		want    string
	}{
		{"Preview", top, deep + " " + outer}, {"Preview", inner, deep}, {"2.16", top, outer}, {"2.13", top, outer}, {"2.13", 999, ""},
	} {
		if got := find(c.version, c.folder); got != c.want {
			t.Errorf("%s in %d: %q, want %q", c.version, c.folder, got, c.want)
		}
	}
	s.ok("PUT", path("/folders/%d", inner), object{"folder": object{"parent_folder_id": nil}})
	if got := find("Preview", top); got != outer {
		t.Errorf("after the folder moved: %q, want %q", got, outer)
	}
	s.do("GET", "/internal_articles/search?folder_id=x", nil).wants(t, 400, "parameter_invalid", "folder_id must be an ID")
}

func TestIfMatchGuardsAnInternalArticle(t *testing.T) {
	s := startNew(t, app.Config{})
	id := s.internal(nil)
	etag := s.ok("GET", "/internal_articles/"+id, nil).header.Get("Etag")
	s.ok("PUT", "/internal_articles/"+id, object{"title": "First"}, "If-Match", etag)
	s.do("PUT", "/internal_articles/"+id, object{"title": "Second"}, "If-Match", etag).wants(t, 412, "conflict", "")
}

func TestAReaderOfInternalArticlesSeesEveryAcknowledgedChange(t *testing.T) {
	s := startNew(t, app.Config{})
	folder := s.folder("Handbook", nil)
	audience := s.do("POST", "/audiences", object{"name": "VIP"}).body["id"].(string)
	id := s.internal(object{"audience_ids": []string{audience}, "folder_id": folder})
	read := func() string {
		return fmt.Sprint(string(s.ok("GET", "/internal_articles/"+id, nil).raw), string(s.ok("GET", "/internal_articles", nil).raw),
			string(s.ok("GET", "/internal_articles/search", nil).raw))
	}
	before := read()
	for _, change := range []func(){
		func() { s.ok("PUT", "/internal_articles/"+id, object{"title": "Another"}) },
		func() { s.ok("POST", "/internal_articles/"+id+"/tags", object{"id": s.tag("x")}) },
		func() { s.do("DELETE", "/audiences/"+audience, nil) },
	} {
		change()
		after := read()
		if after == before {
			t.Errorf("read the same after the change: %s", after)
		}
		before = after
	}
}

func TestAnotherWorkspaceSeesNoInternalArticles(t *testing.T) {
	s := startNew(t, app.Config{})
	id, folder := s.internal(nil), s.folder("Handbook", nil)
	secret := lectern.NewTokenSecret()
	if _, err := s.store.AddWorkspace(t.Context(), lectern.ByInstallation(0, lectern.ViaCommand), lectern.Setup{
		WorkspaceName: "Other", Admin: lectern.Admin{Name: "Eve", Email: "eve@example.com"},
		Locale: "en", Identifier: "other", HelpCenter: "Other", TokenName: "other", Token: lectern.HashToken(secret),
	}); err != nil {
		t.Fatal(err)
	}
	tag := s.tag("Billing")
	s.secret = secret
	for _, x := range []struct {
		method, path string
		body         any
	}{
		{"GET", "/internal_articles/" + id, nil}, {"PUT", "/internal_articles/" + id, object{"title": "x"}}, {"DELETE", "/internal_articles/" + id, nil},
		{"POST", "/internal_articles/" + id + "/tags", object{"id": tag}},
		{"GET", path("/folders/%d", folder), nil}, {"PUT", path("/folders/%d", folder), object{"folder": object{"name": "x"}}}, {"DELETE", path("/folders/%d", folder), nil},
	} {
		if a := s.do(x.method, x.path, x.body); a.status != 404 {
			t.Errorf("%s %s: %d %s", x.method, x.path, a.status, a.raw)
		}
	}
	for _, path := range []string{"/internal_articles", "/internal_articles/search", "/folders"} {
		if n := s.ok("GET", path, nil).body["total_count"]; n != 0.0 {
			t.Errorf("GET %s: %v", path, n)
		}
	}
}
