package rest_test

import (
	"strings"
	"testing"
	"time"

	"lectern"
	"lectern/internal/app"
)

func TestASnippetIsKeptAsItIsSent(t *testing.T) {
	now := &clock{time.Unix(1_700_000_000, 0)}
	s := startNew(t, app.Config{Now: now.Now})
	one, _ := s.made("/audiences", object{"name": "One"})
	two, _ := s.made("/audiences", object{"name": "Two"})
	id, a := s.made("/content_snippets", `{"title":"How to reset your password",
		"json_blocks":[{"type":"paragraph","text":"Navigate to Settings > Security > Reset password.","mine":[1.50,null]}],
		"locale":"en","audience_ids":[`+two+`,"`+one+`",`+two+`],"ai_copilot_availability":true}`)
	want := `{"type":"content_snippet","id":"` + id + `","title":"How to reset your password","locale":"en",` +
		`"json_blocks":[{"type":"paragraph","text":"Navigate to Settings > Security > Reset password.","mine":[1.50,null]}],` +
		`"body_markdown":"# How to reset your password\n\nNavigate to Settings > Security > Reset password.\n",` +
		`"chatbot_availability":0,"copilot_availability":1,` +
		`"ai_chatbot_availability":false,"ai_copilot_availability":true,"ai_sales_agent_availability":false,` +
		`"created_at":1700000000,"updated_at":1700000000,"audience_ids":[` + two + `,` + one + `]}`
	if string(a.raw) != want {
		t.Errorf("created\n%s\nwant\n%s", a.raw, want)
	}
	if got := s.ok("GET", "/content_snippets/"+id, nil); string(got.raw) != want {
		t.Errorf("retrieved\n%s\nwant\n%s", got.raw, want)
	}
	now.now = now.now.Add(time.Minute)
	b := s.ok("PUT", "/content_snippets/"+id, `{"locale":"FR","ai_chatbot_availability":true,"type":"ignored","id":1}`).body
	if b["locale"] != "fr" || b["ai_chatbot_availability"] != true || b["chatbot_availability"] != 1.0 || b["copilot_availability"] != 1.0 ||
		b["title"] != "How to reset your password" || len(b["json_blocks"].([]any)) != 1 || len(b["audience_ids"].([]any)) != 2 || b["updated_at"] != 1700000060.0 {
		t.Errorf("updated: %v", b)
	}
	for _, none := range []string{"[]", "null"} {
		s.ok("PUT", "/content_snippets/"+id, `{"audience_ids":[`+one+`]}`)
		if got := s.ok("PUT", "/content_snippets/"+id, `{"audience_ids":`+none+`}`).body["audience_ids"].([]any); len(got) != 0 {
			t.Errorf("audiences after %s: %v", none, got)
		}
	}
	s.removed("/content_snippets/" + id)
	for _, at := range []string{"/content_snippets/" + id, "/content_snippets/x", "/content_snippets/0"} {
		for _, method := range []string{"GET", "PUT", "DELETE"} {
			s.do(method, at, nil).wants(t, 404, "not_found", "Content snippet not found")
		}
	}
}

func TestTheMarkdownOfASnippetIsItsBlocksAndBack(t *testing.T) {
	s := startNew(t, app.Config{})
	id, a := s.made("/content_snippets", object{"title": "T", "body_markdown": "Use **bold**.\n\n- One\n- Two\n"})
	blocks := func(a answer) string { return path("%v", a.body["json_blocks"]) }
	want := "[map[text:Use <b>bold</b>. type:paragraph] map[items:[One Two] type:unorderedList]]"
	if got := blocks(a); got != want {
		t.Errorf("blocks %s", got)
	}
	markdown := a.body["body_markdown"].(string)
	if !strings.HasPrefix(markdown, "# T\n\nUse **bold**.\n\n- One\n") {
		t.Errorf("Markdown %q", markdown)
	}
	// What was read can be sent back: the title does not become content.
	for _, body := range []object{
		{"body_markdown": markdown}, {"body_markdown": markdown, "title": "New"}, {"body_markdown": "# T\n\nUse **bold**.\n\n* One\n* Two", "title": "T"},
	} {
		if got := blocks(s.ok("PUT", "/content_snippets/"+id, body)); got != want {
			t.Errorf("sent back as %v: %s", body, got)
		}
	}
	got := s.ok("PUT", "/content_snippets/"+id, object{"body_markdown": "# Another\n\nx"})
	if blocks(got) != "[map[text:Another type:heading] map[text:x type:paragraph]]" {
		t.Errorf("another heading: %s", blocks(got))
	}
	got = s.ok("PUT", "/content_snippets/"+id, object{"json_blocks": []object{
		{"type": "mystery", "text": "Kept & <b>seen</b>"}, {"type": "paragraph", "text": "<script>alert(1)</script>safe"}, {"type": "spacer"},
	}})
	if m := got.body["body_markdown"].(string); !strings.Contains(m, "Kept & **seen**") || !strings.Contains(m, "safe") || strings.Contains(m, "alert") {
		t.Errorf("Markdown %q", m)
	}
	for _, title := range []string{"1. *a* <b>", "# x {#y} #", "a  b\tc", " spaces ", "&amp; &", "`code`", "[a](b) ![c](d)", "~~x~~ | y", "日本語 – ß", "- a", "a\\", "***"} {
		read := s.ok("PUT", "/content_snippets/"+id, object{"json_blocks": []object{}, "title": title}).body["body_markdown"]
		if got := s.ok("PUT", "/content_snippets/"+id, object{"body_markdown": read}); blocks(got) != "[]" || got.body["title"] != title {
			t.Errorf("title %q is read as %q and becomes %s", title, read, blocks(got))
		}
	}
}

func TestSnippetsAreListedInPagesOfFifty(t *testing.T) {
	s := startNew(t, app.Config{})
	empty := s.ok("GET", "/content_snippets", nil).body
	if empty["type"] != "list" || len(empty["data"].([]any)) != 0 || empty["total_count"] != 0.0 || empty["total_pages"] != 0.0 || empty["page"] != 1.0 || empty["per_page"] != 50.0 {
		t.Errorf("empty: %v", empty)
	}
	audience, _ := s.made("/audiences", object{"name": "One"})
	for i := range 3 {
		s.made("/content_snippets", object{"title": path("Snippet %d", i), "json_blocks": []object{}, "audience_ids": []string{audience}})
	}
	page := s.ok("GET", "/content_snippets?page=2&per_page=2", nil).body
	if data := page["data"].([]any); len(data) != 1 || data[0].(object)["title"] != "Snippet 0" ||
		page["total_count"] != 3.0 || page["page"] != 2.0 || page["per_page"] != 2.0 || page["total_pages"] != 2.0 {
		t.Errorf("second page: %v", page)
	}
	if data := s.ok("GET", "/content_snippets?page=9", nil).body["data"].([]any); len(data) != 0 {
		t.Errorf("past the end: %v", data)
	}
	s.do("GET", "/content_snippets?per_page=51", nil).wants(t, 400, "parameter_invalid", "Per Page is too big")
	s.removed("/audiences/" + audience)
	for _, x := range s.ok("GET", "/content_snippets", nil).body["data"].([]any) {
		if len(x.(object)["audience_ids"].([]any)) != 0 {
			t.Errorf("still meant for an audience that is gone: %v", x)
		}
	}
}

func TestASnippetRefusesWhatItCannotHold(t *testing.T) {
	s := startNew(t, app.Config{})
	id, before := s.made("/content_snippets", object{"title": "T", "json_blocks": []object{{"type": "paragraph", "text": "x"}}})
	for field, values := range map[string][]any{
		"title":                       {1, true, []any{}, object{}},
		"json_blocks":                 {1, "x", true, object{}},
		"body_markdown":               {1, true, []any{}, object{}},
		"locale":                      {1, true, []any{}},
		"audience_ids":                {1, "x", true, object{}, []any{"x"}, []any{1.5}, []any{object{}}, []any{-1}},
		"ai_chatbot_availability":     {1, "x", []any{}},
		"ai_copilot_availability":     {0, "true", object{}},
		"ai_sales_agent_availability": {1, "on"},
	} {
		for _, v := range values {
			body := object{"title": "New", "json_blocks": []any{}}
			body[field] = v
			s.do("POST", "/content_snippets", body).wants(t, 400, "parameter_invalid", "")
			s.do("PUT", "/content_snippets/"+id, object{field: v}).wants(t, 400, "parameter_invalid", "")
		}
	}
	for field, values := range map[string][]any{
		"title":       {"", " ", strings.Repeat("x", 256), "a\x00"},
		"json_blocks": {[]any{1}, []any{nil}, []any{"x"}, []any{object{}}, []any{object{"type": 1}}, []any{object{"type": "paragraph"}}, []any{object{"type": "orderedList", "items": 1}}},
		"locale":      {"xx", "klingon", "en-US"},
	} {
		for _, v := range values {
			body := object{"title": "New", "json_blocks": []any{}}
			body[field] = v
			s.do("POST", "/content_snippets", body).wants(t, 422, "validation_error", "")
			s.do("PUT", "/content_snippets/"+id, object{field: v}).wants(t, 422, "validation_error", "")
		}
	}
	for _, c := range []struct {
		body    object
		message string
	}{
		{object{}, "Title is required"},
		{object{"title": "New"}, "json_blocks or body_markdown is required"},
		{object{"title": "New", "json_blocks": nil, "body_markdown": nil}, "json_blocks or body_markdown is required"},
		{object{"title": "New", "json_blocks": []any{}, "body_markdown": "x"}, "json_blocks and body_markdown are mutually exclusive"},
		{object{"title": "New", "json_blocks": []any{}, "locale": "xx"}, "The language is not currently supported for Fin"},
		{object{"title": "New", "body_markdown": strings.Repeat("> ", 300) + "x"}, ""},
	} {
		s.do("POST", "/content_snippets", c.body).wants(t, 422, "validation_error", c.message)
	}
	for _, at := range []string{"POST /content_snippets", "PUT /content_snippets/" + id} {
		method, where, _ := strings.Cut(at, " ")
		s.do(method, where, object{"title": "New", "json_blocks": []any{}, "audience_ids": []int{999, 1}}).
			wants(t, 404, "parameter_invalid", "audience_ids contains unknown audience IDs: 1, 999")
	}
	list := s.ok("GET", "/content_snippets", nil).body
	if after := s.ok("GET", "/content_snippets/"+id, nil); string(after.raw) != string(before.raw) || list["total_count"] != 1.0 {
		t.Errorf("something was stored: %s, %v", after.raw, list)
	}
}

func TestASnippetRefusesAPictureInsideItsAddress(t *testing.T) {
	s := startNew(t, app.Config{})
	id, before := s.made("/content_snippets", object{"title": "T", "json_blocks": []object{{"type": "paragraph", "text": "x"}}})
	address := "data:image/png;base64,AA=="
	img := `<img src="` + address + `" alt="dot">`
	for _, b := range []object{
		{"type": "image", "url": address, "altText": "dot"},
		{"type": "image", "url": " DATA:image/png;base64,AA=="},
		{"type": "paragraph", "text": "a " + img},
		{"type": "heading", "text": "a " + img},
		{"type": "html", "content": "<table><tr><td>" + img + "</td></tr></table>"},
		{"type": "unorderedList", "items": []any{"a " + img}},
		{"type": "orderedList", "items": []any{object{"type": "paragraph", "text": img}}},
		{"type": "mystery", "text": img},
	} {
		body := object{"title": "New", "json_blocks": []object{{"type": "paragraph", "text": "first"}, b}}
		want := "json_blocks has a picture inside its address (data:image/png;base64), which cannot be kept: " +
			"put the picture where readers can fetch it and give its https address"
		s.do("POST", "/content_snippets", body).wants(t, 422, "validation_error", want)
		s.do("PUT", "/content_snippets/"+id, body).wants(t, 422, "validation_error", want)
	}
	s.do("PUT", "/content_snippets/"+id, object{"body_markdown": "a ![dot](" + address + ")"}).wants(t, 422, "validation_error",
		"body_markdown has a picture inside its address (data:image/png;base64), which cannot be kept: put the picture where readers can fetch it and give its https address")
	if after := s.ok("GET", "/content_snippets/"+id, nil); string(after.raw) != string(before.raw) {
		t.Errorf("something was stored: %s", after.raw)
	}
}

func TestAnotherWorkspaceSeesNoSnippet(t *testing.T) {
	s := startNew(t, app.Config{})
	audience, _ := s.made("/audiences", object{"name": "Secret"})
	id, before := s.made("/content_snippets", object{"title": "Secret", "json_blocks": []any{}, "audience_ids": []string{audience}})
	o := s.stranger()
	for _, method := range []string{"GET", "PUT", "DELETE"} {
		o.do(method, "/content_snippets/"+id, object{"title": "Mine"}).wants(t, 404, "not_found", "Content snippet not found")
	}
	o.do("POST", "/content_snippets", object{"title": "Mine", "json_blocks": []any{}, "audience_ids": []string{audience}}).
		wants(t, 404, "parameter_invalid", "audience_ids contains unknown audience IDs: "+audience)
	if got := o.ok("GET", "/content_snippets", nil).body["total_count"]; got != 0.0 {
		t.Errorf("%v snippets", got)
	}
	if after := s.ok("GET", "/content_snippets/"+id, nil); string(after.raw) != string(before.raw) {
		t.Errorf("changed: %s", after.raw)
	}
}

func TestSnippetsNeedThePermissionForContent(t *testing.T) {
	s := startNew(t, app.Config{})
	_, err := s.store.AddToken(t.Context(), s.by, lectern.Token{Name: "reader", Hash: lectern.HashToken("reader"), Scopes: []lectern.Scope{lectern.ReadArticles}})
	if err != nil {
		t.Fatal(err)
	}
	reader := *s
	reader.secret = "reader"
	reader.ok("GET", "/content_snippets", nil)
	reader.do("POST", "/content_snippets", object{"title": "A", "json_blocks": []any{}}).wants(t, 403, "forbidden", "")
}
