package rest_test

import (
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"lectern"
	"lectern/internal/app"
)

func TestEachFieldRefusesWhatItCannotHold(t *testing.T) {
	s := start(t, app.Config{})
	id, group := s.article(nil), s.collection("Group", "")
	before := s.ok("GET", "/articles/"+id, nil)
	wrong := map[string][]any{
		"title":              {1, true, []any{}, object{}},
		"description":        {1, true, []any{}, object{}},
		"body":               {1, true, []any{"<p>"}, object{}},
		"author_id":          {"x", true, 1.5, -1, []any{}, object{}},
		"state":              {1, "archived", "", []any{}},
		"parent_id":          {"x", true, 1.5, -1, object{}},
		"parent_type":        {1, "page", []any{}},
		"translated_content": {1, "fr", []any{}, object{"fr": 1}, object{"fr": object{"title": 1}}, object{"xx": object{}}, object{"en-US": object{"title": "x"}}},
	}
	for field, values := range wrong {
		for _, v := range values {
			body := object{"title": "T", "author_id": s.by.Admin}
			body[field] = v
			s.do("POST", "/articles", body).wants(t, 400, "parameter_invalid", "")
			s.do("PUT", "/articles/"+id, object{field: v}).wants(t, 400, "parameter_invalid", "")
		}
	}
	for field, values := range map[string][]any{
		"name":               {1, true, []any{}, strings.Repeat("x", 256)},
		"description":        {1, []any{}},
		"parent_id":          {"x", true, 1.5, -1, 999999},
		"help_center_id":     {"x", true, 999999},
		"translated_content": {1, object{"fr": object{"name": 1}}, object{"xx": object{}}},
	} {
		for _, v := range values {
			body := object{"name": "N"}
			body[field] = v
			s.do("POST", "/help_center/collections", body).wants(t, 400, "parameter_invalid", "")
			if field != "help_center_id" { // not writable afterwards, and so ignored
				s.do("PUT", "/help_center/collections/"+group, object{field: v}).wants(t, 400, "parameter_invalid", "")
			}
		}
	}
	for field, v := range map[string]any{"away_mode_enabled": "yes", "away_mode_reassign": 1, "away_status_reason_id": "x"} {
		body := object{"away_mode_enabled": true, "away_mode_reassign": true}
		body[field] = v
		s.do("PUT", path("/admins/%d/away", s.by.Admin), body).wants(t, 400, "parameter_invalid", "")
	}
	if after := s.ok("GET", "/articles/"+id, nil); string(after.raw) != string(before.raw) || s.count() != 1 {
		t.Errorf("something was stored: %s", after.raw)
	}
	if got := s.ok("GET", "/help_center/collections", nil).body["total_count"]; got != 1.0 {
		t.Errorf("%v collections", got)
	}
}

func TestRefusalsSayWhichFieldAndWhy(t *testing.T) {
	s := start(t, app.Config{})
	id := s.article(nil)
	for _, c := range []struct {
		body          object
		code, message string
	}{
		{object{"title": 1}, "parameter_invalid", "title must be a string"},
		{object{"author_id": true}, "parameter_invalid", "author_id must be an ID"},
		{object{"translated_content": object{"fr": object{"title": 1}}}, "parameter_invalid", "translated_content.fr.title must be a string"},
		{object{"translated_content": object{"xx": object{}}}, "parameter_invalid", `Unknown locale "xx"`},
		{object{"author_id": 999999}, "parameter_invalid", "author_id must be a teammate on the help center's workspace"},
		{object{"parent_id": 999999}, "parameter_invalid", "parent_id is invalid"},
		{object{"state": "archived"}, "parameter_invalid", "state must be published or draft"},
		{object{"title": strings.Repeat("é", 256)}, "parameter_invalid", "title is too long (maximum is 255 characters)"},
		{object{"title": "a\x00b"}, "parameter_invalid", "title must not contain a NUL character"},
	} {
		s.do("PUT", "/articles/"+id, c.body).wants(t, 400, c.code, c.message)
	}
	s.do("POST", "/articles", object{"title": "T"}).wants(t, 400, "parameter_not_found", "author_id must be in the main body or default locale translated_content object")
	s.do("POST", "/articles", object{"author_id": s.by.Admin}).wants(t, 400, "parameter_not_found", "Title is a required parameter.")
	s.do("POST", "/help_center/collections", object{"description": "D"}).wants(t, 400, "parameter_not_found", "Name is a required parameter.")
	s.do("PUT", path("/admins/%d/away", s.by.Admin), object{"away_mode_enabled": true}).wants(t, 400, "parameter_not_found", "away_mode_reassign is a required parameter.")
	s.do("PUT", "/admins/999999/away", object{"away_mode_enabled": true, "away_mode_reassign": true}).wants(t, 404, "admin_not_found", "Admin for admin_id not found")
	for _, body := range []object{{"test": "invalid"}, {"name": ""}, {"name": "  "}, {"name": strings.Repeat("x", 256)}, {"name": "a\x00"}} {
		s.do("POST", "/tags", body).wants(t, 400, "parameter_invalid", "invalid tag parameters")
	}
	s.do("POST", "/tags", object{"name": "test", "users": []object{{"id": "123"}}}).wants(t, 404, "not_found", "User Not Found")
	s.do("POST", "/tags", object{"name": "test", "companies": []object{{"company_id": "123"}}}).wants(t, 404, "company_not_found", "Company Not Found")
	if got := s.ok("GET", "/tags", nil).body["data"].([]any); len(got) != 0 {
		t.Errorf("tags: %v", got)
	}
}

func TestIDsMayBeNumbersOrStrings(t *testing.T) {
	s := start(t, app.Config{})
	group := s.collection("Group", "")
	id := s.article(object{"author_id": path("%d", s.by.Admin), "parent_id": group, "parent_type": "collection"})
	number := s.ok("GET", "/articles/"+id, nil).body["parent_id"]
	if path("%.0f", number) != group {
		t.Fatalf("parent_id %v, want %s", number, group)
	}
	for _, none := range []any{nil, ""} {
		s.ok("PUT", "/articles/"+id, object{"parent_id": number})
		if got := s.ok("PUT", "/articles/"+id, object{"parent_id": none}).body; got["parent_id"] != nil || got["parent_type"] != nil {
			t.Errorf("parent_id %v: %v", none, got["parent_id"])
		}
	}
}

func TestAClientMaySendBackWhatItRead(t *testing.T) {
	s := start(t, app.Config{})
	id := s.article(object{
		"parent_id": s.collection("Group", ""), "state": "published",
		"body":               `<h2>Title</h2><ul><li>One<ul><li>Nested</li></ul></li></ul><p><strong>Bold</strong> <a href="https://example.com">link</a></p>`,
		"translated_content": object{"pt-BR": object{"title": "Título", "body": "Corpo", "state": "published"}},
	})
	read := s.ok("GET", "/articles/"+id, nil).body
	back := s.ok("PUT", "/articles/"+id, read).body
	read["updated_at"], back["updated_at"] = nil, nil
	for _, o := range []object{read, back} {
		for _, text := range o["translated_content"].(object) {
			if text, ok := text.(object); ok {
				text["updated_at"] = nil
			}
		}
	}
	if a, b := fmt.Sprint(read), fmt.Sprint(back); a != b {
		t.Errorf("read %s\nback %s", a, b)
	}
}

func TestCollectionsNestThreeLevelsWithoutCycles(t *testing.T) {
	s := start(t, app.Config{})
	one := s.collection("One", "")
	two := s.collection("Two", one)
	three := s.collection("Three", two)
	s.do("POST", "/help_center/collections", object{"name": "Four", "parent_id": three}).wants(t, 400, "parameter_invalid", "Collections can be nested at most 3 levels deep")
	for _, parent := range []string{one, two, three} {
		s.do("PUT", "/help_center/collections/"+one, object{"parent_id": parent}).wants(t, 400, "parameter_invalid", "")
	}
	other := s.collection("Other", "")
	s.do("PUT", "/help_center/collections/"+one, object{"parent_id": other}).wants(t, 400, "parameter_invalid", "")
	if got := s.ok("PUT", "/help_center/collections/"+three, object{"parent_id": nil}).body; got["parent_id"] != nil || got["help_center_id"] == nil {
		t.Errorf("moved to the top: %v", got)
	}
}

func TestBodiesThatAreNoRequest(t *testing.T) {
	s := start(t, app.Config{})
	id := s.article(nil)
	for name, body := range map[string]string{
		"half an object":    `{"title": "x"`,
		"no JSON":           `title=x`,
		"a stray comma":     `{"title": "x",}`,
		"invalid UTF-8":     "{\"title\": \"\xff\xfe\"}",
		"two values":        `{} {}`,
		"deep and unclosed": strings.Repeat(`[`, 500_000),
	} {
		a := s.do("PUT", "/articles/"+id, body)
		text, _ := a.body["error"].(string)
		if a.status != 400 || a.body["status"] != 400.0 || !strings.HasPrefix(text, "There was a problem in the JSON you submitted [") || !strings.HasSuffix(text, "]: logged with error code") {
			t.Errorf("%s: %d %s", name, a.status, a.raw)
		}
	}
	for name, body := range map[string]string{
		"a list":             `[]`,
		"a string":           `"x"`,
		"deep":               `{"x": ` + strings.Repeat(`[`, 9_000) + strings.Repeat(`]`, 9_000) + `, "title": 1}`,
		"a lone surrogate":   `{"title": "a\ud800b"}`,
		"half at the end":    `{"title": "a\ud83d"}`,
		"pair the wrong way": `{"title": "\udc27\ud83d"}`,
		"an escaped NUL":     `{"title": "a\u0000b"}`,
	} {
		s.do("PUT", "/articles/"+id, body).wants(t, 400, "parameter_invalid", "")
		if t.Failed() {
			t.Fatalf("body: %s", name)
		}
	}
	if got := s.ok("PUT", "/articles/"+id, `{"title": "\ud83d\udc27 \\ud800"}`).body["title"]; got != "🐧 \\ud800" {
		t.Errorf("a whole pair: %q", got)
	}
	s.do("PUT", "/articles/"+id, `{"body": "`+strings.Repeat("x", 10<<20)+`"}`).wants(t, 413, "parameter_invalid", "The request body is larger than 1 MiB")
	s.ok("PUT", "/articles/"+id, nil) // nothing to change is no error
	s.do("POST", "/articles", nil).wants(t, 400, "parameter_not_found", "")
}

func TestMalformedJSONIsAnErrorListFrom216On(t *testing.T) {
	s := start(t, app.Config{})
	for version, listed := range map[string]bool{"2.7": false, "2.15": false, "2.16": true, "Preview": true} {
		s.version = version
		a := s.do("POST", "/tags", `{"name": `)
		if listed {
			a.wants(t, 400, "parameter_invalid", "There was a problem in the JSON you submitted")
		} else if a.body["status"] != 400.0 {
			t.Errorf("%s: %s", version, a.raw)
		}
	}
}

func TestMarkupThatCouldRunIsNotKept(t *testing.T) {
	s := start(t, app.Config{})
	id := s.article(object{"body": `<p onclick="alert(1)">Read <a href="javascript:alert(1)">this</a><script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(1)></svg></p>`})
	body := s.ok("GET", "/articles/"+id, nil).body["body"].(string)
	for _, bad := range []string{"script", "onclick", "onerror", "onload", "svg", "alert"} {
		if strings.Contains(body, bad) {
			t.Errorf("%s is in %s", bad, body)
		}
	}
	if !strings.Contains(body, "Read") || !strings.Contains(body, "this") {
		t.Errorf("text was lost: %s", body)
	}
	body = s.ok("PUT", "/articles/"+id, object{"body": `<iframe src="https://evil.example/x"></iframe>`}).body["body"].(string)
	if strings.Contains(body, "iframe") || !strings.Contains(body, `<a href="https://evil.example/x"`) {
		t.Errorf("a frame from elsewhere is %s", body)
	}
}

func TestFramesOfTheOperatorsHostsAreKept(t *testing.T) {
	s := start(t, app.Config{APIVersion: "2.16", FrameHosts: []string{"forms.example"}})
	for field, value := range map[string]string{"body": `<iframe src="https://forms.example/1"></iframe>`, "body_markdown": ":::video{src=\"https://forms.example/1\"}\n:::\n"} {
		id := s.article(object{"body": "<p>a</p>"})
		got := s.ok("PUT", "/articles/"+id, object{field: value}).body
		if !strings.Contains(got["body"].(string), `<iframe src="https://forms.example/1"`) {
			t.Errorf("%s: %v", field, got["body"])
		}
		back := s.ok("PUT", "/articles/"+id, object{"body": got["body"]}).body
		if back["body"] != got["body"] || back["body_markdown"] != got["body_markdown"] {
			t.Errorf("%s: put back it is %v", field, back["body"])
		}
	}
}

func TestAPictureInsideItsAddressIsRefused(t *testing.T) {
	s := start(t, app.Config{APIVersion: "2.16"})
	id := s.article(object{"body": "<p>a</p>"})
	for field, value := range map[string]string{"body": `<p>a</p><img src="data:image/png;base64,AA==" alt="dot">`, "body_markdown": "a ![dot](data:image/png;base64,AA==)"} {
		s.do("PUT", "/articles/"+id, object{field: value}).wants(t, 400, "parameter_invalid",
			field+" has a picture inside its address (data:image/png;base64), which cannot be kept: put the picture where readers can fetch it and give its https address")
	}
}

func TestABodyThatIsStoredIsNoChangeThoughItWouldBeRefused(t *testing.T) {
	s := startNew(t, app.Config{})
	old := `<p class="no-margin">a</p><div class="intercom-container"><img src="data:image/png;base64,AA==" alt="dot"></div>`
	stored := func() string {
		text := lectern.ArticleTextEdit{Title: new("T"), Body: &old, Author: &s.by.Admin, State: new(lectern.Published)}
		edit := &lectern.ArticleEdit{ArticleTextEdit: text, Texts: map[lectern.Locale]lectern.ArticleTextEdit{"fr": text}}
		a, err := s.store.AddArticle(t.Context(), s.by, edit)
		if err != nil {
			t.Fatal(err)
		}
		return path("/articles/%d", a.ID)
	}
	for _, with := range []object{
		{"body": old}, {"body": old, "body_markdown": nil}, {"translated_content": object{"fr": object{"body": old, "title": "G"}}}, nil,
	} {
		for _, draft := range []string{"", "/draft"} {
			at := stored()
			body := with
			if body == nil { // all of the answer
				body = s.ok("GET", at, nil).body
			}
			body["title"] = "New"
			if got := s.ok("PUT", at+draft, body).body; got["title"] != "New" || got["body"] != old {
				t.Errorf("%v at %s became %v: %v", body, draft, got["title"], got["body"])
			}
		}
	}
	at := stored()
	other := strings.Replace(old, "AA==", "AAA=", 1)
	for _, body := range []object{
		{"body": old + "<p>b</p>"}, {"body": other, "body_markdown": "b"}, {"body": old, "body_markdown": "a ![dot](data:image/png;base64,AAA=) b"},
		{"translated_content": object{"fr": object{"body": other}}}, {"translated_content": object{"de": object{"title": "D", "body": old}}},
	} {
		s.do("PUT", at, body).wants(t, 400, "parameter_invalid", "")
	}
	if got := s.ok("PUT", at, object{"body": old, "body_markdown": "b"}).body["body"]; got != `<p class="no-margin">b</p>` {
		t.Errorf("changed as Markdown it is %v", got)
	}
	s.do("PUT", at, object{"body": old}).wants(t, 400, "parameter_invalid", "body has a picture inside its address (data:image/png;base64), "+
		"which cannot be kept: put the picture where readers can fetch it and give its https address")

	b, err := s.store.AddInternalArticle(t.Context(), s.by, &lectern.InternalArticleEdit{Title: new("T"), Body: &old, Author: &s.by.Admin, Owner: &s.by.Admin})
	if err != nil {
		t.Fatal(err)
	}
	at = path("/internal_articles/%d", b.ID)
	if got := s.ok("PUT", at, object{"body": old, "title": "New"}).body; got["title"] != "New" || got["body"] != old {
		t.Errorf("an internal article became %v", got)
	}
	s.do("PUT", at, object{"body": old + "<p>b</p>"}).wants(t, 400, "parameter_invalid", "")
}

func TestSQLIsText(t *testing.T) {
	s := start(t, app.Config{})
	sql := `'); DROP TABLE article; -- " $1 ? %s \`
	id := s.article(object{"title": sql, "description": sql, "translated_content": object{"fr": object{"title": sql}}})
	got := s.ok("GET", "/articles/"+id, nil).body
	if got["title"] != sql || got["description"] != sql {
		t.Errorf("%v, %v", got["title"], got["description"])
	}
	group := s.collection(sql, "")
	if got := s.ok("GET", "/help_center/collections/"+group, nil).body["name"]; got != sql {
		t.Errorf("collection %v", got)
	}
	if got := s.ok("POST", "/tags", object{"name": sql}).body["name"]; got != sql {
		t.Errorf("tag %v", got)
	}
	for _, at := range []string{"/articles/search?phrase=", "/articles?parent_id=", "/articles/", "/tags/", "/admins/activity_logs?created_at_after="} {
		if a := s.do("GET", at+"%27%29%3B+DROP+TABLE+article%3B--", nil); a.status >= 500 {
			t.Errorf("%s: %d %s", at, a.status, a.raw)
		}
	}
}

func TestAnotherWorkspaceSeesNothing(t *testing.T) {
	s := start(t, app.Config{})
	id, group := s.article(nil), s.collection("Group", "")
	tag := s.ok("POST", "/tags", object{"name": "Tag"}).body["id"].(string)
	ws, err := s.store.AddWorkspace(t.Context(), lectern.ByInstallation(0, lectern.ViaCommand), lectern.Setup{
		WorkspaceName: "Other", Admin: lectern.Admin{Name: "Bob", Email: "bob@example.com"},
		Locale: "en", Identifier: "other", HelpCenter: "Other", TokenName: "other", Token: lectern.HashToken("other-secret"),
	})
	if err != nil {
		t.Fatal(err)
	}
	other := *s
	other.secret, other.by.Workspace = "other-secret", ws.ID
	hc := s.ok("GET", "/help_center/help_centers", nil).body["data"].([]any)[0].(object)["id"].(string)
	for _, at := range []string{"/articles/" + id, "/help_center/collections/" + group, "/help_center/help_centers/" + hc, "/tags/" + tag} {
		s.ok("GET", at, nil)
		other.do("GET", at, nil).wants(t, 404, "not_found", "Resource Not Found")
		if !strings.Contains(at, "help_centers") {
			other.do("DELETE", at, nil).wants(t, 404, "not_found", "Resource Not Found")
		}
	}
	other.do("PUT", "/articles/"+id, object{"title": "Mine"}).wants(t, 404, "not_found", "")
	other.do("PUT", "/help_center/collections/"+group, object{"name": "Mine"}).wants(t, 404, "not_found", "")
	other.do("POST", "/tags", object{"id": tag, "name": "Mine"}).wants(t, 404, "not_found", "")
	other.do("GET", path("/admins/%d", s.by.Admin), nil).wants(t, 404, "admin_not_found", "")
	other.do("PUT", path("/admins/%d/away", s.by.Admin), object{"away_mode_enabled": true, "away_mode_reassign": true}).wants(t, 404, "admin_not_found", "")
	me := other.ok("GET", "/me", nil).body["id"]
	other.do("POST", "/articles", object{"title": "T", "author_id": s.by.Admin}).wants(t, 400, "parameter_invalid", "")
	other.do("POST", "/articles", object{"title": "T", "author_id": me, "parent_id": group}).wants(t, 400, "parameter_invalid", "parent_id is invalid")
	other.do("POST", "/help_center/collections", object{"name": "N", "help_center_id": hc}).wants(t, 400, "parameter_invalid", "help_center_id is invalid")
	for _, list := range []string{"/articles", "/articles/search", "/articles/search?phrase=title", "/help_center/collections"} {
		if got := other.ok("GET", list, nil).body["total_count"]; got != 0.0 {
			t.Errorf("%s: %v", list, got)
		}
	}
	if got := s.ok("GET", "/articles/"+id, nil).body["title"]; got != "A title" {
		t.Errorf("title %v", got)
	}
}

func TestAThousandUpdatesAtOnceLoseNothing(t *testing.T) {
	s := start(t, app.Config{})
	id := s.article(nil)
	// Each of many writers owns one field of one locale and counts it up.
	type cell struct {
		locale lectern.Locale
		field  string
	}
	var cells []cell
	for _, l := range lectern.Locales {
		cells = append(cells, cell{l, "title"}, cell{l, "description"})
	}
	const rounds = 14 // 74 cells × 14 rounds = 1,036 updates
	var wg sync.WaitGroup
	for _, c := range cells {
		wg.Go(func() {
			for n := range rounds {
				body := object{"translated_content": object{string(c.locale): object{c.field: path("%s %d", c.field, n)}}}
				if a := s.do("PUT", "/articles/"+id, body); a.status != 200 {
					t.Errorf("%v: %d %s", c, a.status, a.raw)
					return
				}
			}
		})
	}
	wg.Wait()
	texts := s.ok("GET", "/articles/"+id, nil).body["translated_content"].(object)
	for _, c := range cells {
		text, _ := texts[string(c.locale)].(object)
		if want := path("%s %d", c.field, rounds-1); text[c.field] != want {
			t.Errorf("%v: %v, want %s", c, text[c.field], want)
		}
	}
	_, updates, err := s.store.Events(t.Context(), s.by.Workspace, lectern.EventQuery{Kinds: []lectern.EventKind{lectern.ArticleUpdated}, Limit: 1})
	if err != nil || updates != len(cells)*rounds {
		t.Errorf("%d events, want %d (%v)", updates, len(cells)*rounds, err)
	}
}

func TestAClientThatHangsUpLeavesNothingBehind(t *testing.T) {
	s := start(t, app.Config{})
	for range 20 {
		conn, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(conn, "POST /articles HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Length: 1000\r\n\r\n{\"title\": \"Half\", \"author_id\": %d", s.secret, s.by.Admin)
		conn.Close()
	}
	time.Sleep(50 * time.Millisecond)
	if got := s.count(); got != 0 {
		t.Errorf("%d articles", got)
	}
}

func FuzzRequestsAreAnsweredWithoutAFault(f *testing.F) {
	s := start(f, app.Config{})
	id := s.article(nil)
	f.Add("POST", "/articles", `{"title":"T","author_id":1}`)
	f.Add("PUT", "/articles/"+id, `{"translated_content":{"fr":{"title":"T","state":"draft"}},"parent_id":""}`)
	f.Add("POST", "/help_center/collections", `{"name":"N","parent_id":null,"translated_content":{"type":"x","ja":null}}`)
	f.Add("POST", "/tags", `{"name":"T","users":[{"id":"1","untag":true}]}`)
	f.Add("GET", "/articles/search?phrase=%22a*&highlight=true&page=-1&per_page=9", "")
	f.Add("GET", "/admins/activity_logs?created_at_after=1&page=2", "")
	f.Fuzz(func(t *testing.T, method, target, body string) {
		if !strings.HasPrefix(target, "/") || strings.ContainsAny(target, " \x7f") || strings.ContainsFunc(target, func(r rune) bool { return r < ' ' || r > '~' }) ||
			!strings.Contains("GET PUT POST DELETE HEAD PATCH", method) || method == "" || strings.Contains(method, " ") {
			t.Skip("no HTTP request")
		}
		conn, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		conn.SetDeadline(time.Now().Add(10 * time.Second))
		fmt.Fprintf(conn, "%s %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer %s\r\nContent-Length: %d\r\n\r\n%s", method, target, s.secret, len(body), body)
		var status int
		if _, err := fmt.Fscanf(conn, "HTTP/1.1 %d", &status); err != nil || status >= 500 && status != 501 {
			t.Errorf("%s %s %q: status %d, %v", method, target, body, status, err)
		}
	})
}
