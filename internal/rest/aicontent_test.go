package rest_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"lectern"
	"lectern/internal/apiversion"
	"lectern/internal/app"
)

// newest starts a server that is spoken to in the newest version served.
func newest(t *testing.T, o app.Config) *server {
	s := start(t, o)
	s.version = apiversion.Served()[0]
	return s
}

// source creates an import source and returns its ID.
func (s *server) source() int {
	s.t.Helper()
	return int(s.ok("POST", "/ai/content_import_sources", object{"sync_behavior": "api", "url": "https://docs.example.com"}).body["id"].(float64))
}

// externalPage is a request for a page of a source; fields go over the usual ones.
func externalPage(source int, external string, fields object) object {
	body := object{"source_id": source, "external_id": external, "title": "T", "html": "<p>H</p>", "locale": "en", "url": "https://docs.example.com/1"}
	for k, v := range fields {
		if v == leftOut {
			delete(body, k)
		} else {
			body[k] = v
		}
	}
	return body
}

// takes reports whether the version asked in knows a field of a request.
func (s *server) takes(kind, field string) bool {
	v, err := apiversion.Parse(s.version)
	if err != nil {
		s.t.Fatal(err)
	}
	body, err := v.Forward(kind, fmt.Appendf(nil, `{%q:1}`, field))
	return err == nil && string(body) != "{}"
}

// leftOut stands for a field that is left out.
const leftOut = "\x00left out"

func TestDeletingAnImportSourceIsAnsweredWithoutABody(t *testing.T) {
	s := newest(t, app.Config{})
	source := s.source()
	page := s.ok("POST", "/ai/external_pages", externalPage(source, "1", nil)).body["id"].(string)
	a := s.do("DELETE", path("/ai/content_import_sources/%d", source), nil)
	if a.status != http.StatusNoContent || len(a.raw) != 0 || a.header.Get("Content-Length") != "" || a.header.Get("Content-Type") != "" {
		t.Errorf("got %d %q %v", a.status, a.raw, a.header)
	}
	s.do("DELETE", path("/ai/content_import_sources/%d", source), nil).wants(t, 404, "not_found", "Resource Not Found")
	s.do("GET", "/ai/external_pages/"+page, nil).wants(t, 404, "not_found", "Resource Not Found")
	if got := s.ok("GET", "/ai/external_pages", nil).body["total_count"]; got != 0.0 {
		t.Errorf("%v pages left", got)
	}
}

func TestListsOfAIContentHaveTheirKeysInOrder(t *testing.T) {
	s := newest(t, app.Config{BaseURL: "https://help.example.com"})
	source := s.source()
	for _, id := range []string{"1", "2", "3"} {
		s.ok("POST", "/ai/external_pages", externalPage(source, id, nil))
	}
	for route, next := range map[string]string{
		"/ai/content_import_sources":    "",
		"/ai/external_pages?per_page=2": "https://help.example.com/ai/external_pages?per_page=2&page=2",
	} {
		a := s.ok("GET", route, nil)
		var at []int
		for _, key := range []string{`{"data":[{"id":`, `],"pages":{"type":"pages"`, `},"total_count":`, `,"type":"list"}`} {
			at = append(at, strings.LastIndex(string(a.raw), key))
		}
		if at[0] != 0 || !slices.IsSorted(at) {
			t.Errorf("%s: keys at %v of %s", route, at, a.raw)
		}
		got, _ := a.body["pages"].(object)["next"].(string)
		if got != next {
			t.Errorf("%s: next is %q, want %q", route, got, next)
		}
	}
}

func TestAnExternalPageIsGivenBackAsItWasSent(t *testing.T) {
	s := newest(t, app.Config{})
	source := s.source()
	const html = "<html><head><script>alert('x')</script></head>\r\n<body onload=x>&nbsp;<b>unclosed ü 🎉</body>"
	a := s.ok("POST", "/ai/external_pages", externalPage(source, "1", object{"html": html}))
	if a.body["html"] != html {
		t.Errorf("answered %q", a.body["html"])
	}
	b := s.ok("GET", "/ai/external_pages/"+a.body["id"].(string), nil)
	if b.body["html"] != html || b.header.Get("Content-Type") != "application/json; charset=utf-8" || b.header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("read %q, %v", b.body["html"], b.header)
	}
	gone := s.ok("DELETE", "/ai/external_pages/"+a.body["id"].(string), nil)
	if gone.body["html"] != "" || gone.body["title"] != "T" {
		t.Errorf("deleted %s", gone.raw)
	}
}

func TestWhoMayAnswerFromAPageIsLeftAloneUnlessSaid(t *testing.T) {
	s := newest(t, app.Config{})
	source := s.source()
	flags := func(a answer) string {
		return fmt.Sprint(a.body["ai_agent_availability"], a.body["ai_copilot_availability"], a.body["fin_availability"])
	}
	a := s.ok("POST", "/ai/external_pages", externalPage(source, "1", nil))
	if got := flags(a); got != "false false false" {
		t.Errorf("new: %s", got)
	}
	a = s.ok("POST", "/ai/external_pages", externalPage(source, "1", object{"ai_agent_availability": true, "ai_copilot_availability": true}))
	if got := flags(a); got != "true true true" {
		t.Errorf("said: %s", got)
	}
	a = s.ok("POST", "/ai/external_pages", externalPage(source, "1", object{"ai_copilot_availability": nil}))
	if got := flags(a); got != "true true true" {
		t.Errorf("brought in again: %s", got)
	}
	id := a.body["id"].(string)
	a = s.ok("PUT", "/ai/external_pages/"+id, externalPage(source, "1", nil))
	if got := flags(a); got != "true true true" {
		t.Errorf("updated: %s", got)
	}
	a = s.ok("PUT", "/ai/external_pages/"+id, externalPage(source, "1", object{"fin_availability": false}))
	if got := flags(a); got != "false true false" {
		t.Errorf("updated by its old name: %s", got)
	}
}

func TestAPageThatComesInIsSeenInItsSource(t *testing.T) {
	c := &clock{now: time.Unix(1_800_000_000, 0)}
	s := newest(t, app.Config{Now: c.Now})
	source := s.source()
	synced := func() any {
		return s.ok("GET", path("/ai/content_import_sources/%d", source), nil).body["last_synced_at"]
	}
	if got := synced(); got != 1_800_000_000.0 {
		t.Errorf("at first: %v", got)
	}
	c.now = c.now.Add(time.Minute)
	s.ok("POST", "/ai/external_pages", externalPage(source, "1", nil))
	if got := synced(); got != 1_800_000_060.0 {
		t.Errorf("after a page: %v", got)
	}
}

func TestAReaderOfAIContentSeesEveryAcknowledgedChange(t *testing.T) {
	s := newest(t, app.Config{})
	source := s.source()
	id := s.ok("POST", "/ai/external_pages", externalPage(source, "1", nil)).body["id"].(string)
	for i := range 3 {
		title := fmt.Sprint("Title ", i)
		s.ok("PUT", "/ai/external_pages/"+id, externalPage(source, "1", object{"title": title}))
		if got := s.ok("GET", "/ai/external_pages/"+id, nil).body["title"]; got != title {
			t.Errorf("title %v, want %s", got, title)
		}
		if got := s.ok("GET", "/ai/external_pages", nil).body["data"].([]any)[0].(object)["title"]; got != title {
			t.Errorf("title in the list %v, want %s", got, title)
		}
		address := fmt.Sprint("https://docs.example.com/", i)
		s.ok("PUT", path("/ai/content_import_sources/%d", source), object{"sync_behavior": "api", "url": address})
		if got := s.ok("GET", path("/ai/content_import_sources/%d", source), nil).body["url"]; got != address {
			t.Errorf("url %v, want %s", got, address)
		}
		if got := s.ok("GET", "/ai/content_import_sources", nil).body["data"].([]any)[0].(object)["url"]; got != address {
			t.Errorf("url in the list %v, want %s", got, address)
		}
	}
}

func TestAWriterOfAIContentCanAskForTheStateItRead(t *testing.T) {
	s := newest(t, app.Config{})
	source := s.source()
	id := s.ok("POST", "/ai/external_pages", externalPage(source, "1", nil)).body["id"].(string)
	for route, body := range map[string]object{
		"/ai/external_pages/" + id:                    externalPage(source, "1", object{"title": "Changed"}),
		path("/ai/content_import_sources/%d", source): {"sync_behavior": "api", "url": "https://changed.example.com"},
	} {
		tag := s.ok("GET", route, nil).header.Get("ETag")
		s.ok("PUT", route, body, "If-Match", tag)
		s.do("PUT", route, body, "If-Match", tag).wants(t, 412, "conflict", "")
	}
}

func TestASourceThatIsNotWrittenToRefusesPagesAndAnotherURL(t *testing.T) {
	s := newest(t, app.Config{})
	sync, address := lectern.SyncAutomatic, "https://docs.example.com"
	made, err := s.store.AddImportSource(t.Context(), s.by, &lectern.ImportSourceEdit{Sync: &sync, URL: &address})
	if err != nil {
		t.Fatal(err)
	}
	route := path("/ai/content_import_sources/%d", made.ID)
	if got := s.ok("GET", route, nil).body["sync_behavior"]; got != "automatic" {
		t.Errorf("sync_behavior %v", got)
	}
	s.do("PUT", route, object{"sync_behavior": "automated", "url": "https://other.example.com"}).
		wants(t, 400, "parameter_invalid", "url can only be changed if the sync_behavior is api")
	s.do("PUT", route, object{"sync_behavior": "api", "url": address}).
		wants(t, 400, "parameter_invalid", "sync_behavior can not be changed to or from api")
	for asked, want := range map[string]string{"manual": "manual", "automated": "automatic", "automatic": "automatic"} {
		if got := s.ok("PUT", route, object{"sync_behavior": asked, "url": address}).body["sync_behavior"]; got != want {
			t.Errorf("%s became %v, want %s", asked, got, want)
		}
	}
	s.do("POST", "/ai/external_pages", externalPage(int(made.ID), "1", nil)).
		wants(t, 400, "parameter_invalid", "source_id must be a content import source whose sync_behavior is api")
}

func TestASourceIsForAudiencesThatExist(t *testing.T) {
	s := newest(t, app.Config{})
	a, err := s.store.AddAudience(t.Context(), s.by, &lectern.AudienceEdit{Name: new("Customers")})
	if err != nil {
		t.Fatal(err)
	}
	b, err := s.store.AddAudience(t.Context(), s.by, &lectern.AudienceEdit{Name: new("Partners")})
	if err != nil {
		t.Fatal(err)
	}
	with := func(audiences any) object {
		return object{"sync_behavior": "api", "url": "https://docs.example.com", "audience_ids": audiences}
	}
	made := s.ok("POST", "/ai/content_import_sources", with(a.ID))
	route := path("/ai/content_import_sources/%v", made.body["id"])
	for _, test := range []struct{ asked, want any }{
		{[]lectern.AudienceID{b.ID, a.ID, b.ID}, []any{float64(b.ID), float64(a.ID)}},
		{fmt.Sprint(b.ID), []any{float64(b.ID)}},
		{[]any{}, []any{}},
		{a.ID, []any{float64(a.ID)}},
		{nil, []any{}},
	} {
		s.ok("PUT", route, with(test.asked))
		if got := s.ok("GET", route, nil).body["audience_ids"]; fmt.Sprint(got) != fmt.Sprint(test.want) {
			t.Errorf("audience_ids %v became %v, want %v", test.asked, got, test.want)
		}
	}
	s.ok("PUT", route, with(a.ID))
	s.do("PUT", route, with([]int{999999, int(a.ID), 888888})).
		wants(t, 404, "parameter_invalid", "audience_ids contains unknown audience IDs: 888888, 999999")
	s.do("POST", "/ai/content_import_sources", with(0)).wants(t, 404, "parameter_invalid", "")
	s.ok("PUT", route, object{"sync_behavior": "api", "url": "https://docs.example.com"})
	if got := s.ok("GET", route, nil).body["audience_ids"]; fmt.Sprint(got) != fmt.Sprint([]any{float64(a.ID)}) {
		t.Errorf("audience_ids %v after they were left out", got)
	}
	if err := s.store.DeleteAudience(t.Context(), s.by, a.ID); err != nil {
		t.Fatal(err)
	}
	if got := s.ok("GET", route, nil).body["audience_ids"]; fmt.Sprint(got) != "[]" {
		t.Errorf("audience_ids %v after it was deleted", got)
	}
}

func TestEachFieldOfAIContentRefusesWhatItCannotHold(t *testing.T) {
	s := newest(t, app.Config{})
	source := s.source()
	id := s.ok("POST", "/ai/external_pages", externalPage(source, "1", nil)).body["id"].(string)
	route := path("/ai/content_import_sources/%d", source)
	before := []string{string(s.ok("GET", "/ai/content_import_sources", nil).raw), string(s.ok("GET", "/ai/external_pages", nil).raw)}
	long := strings.Repeat("ä", 256)
	address := []any{1, true, []any{}, object{}, "docs.example.com", "/1", "javascript:alert(1)", "ftp://x.example", "https://", "https://x.example/%zz",
		"https://x.example/" + strings.Repeat("x", 2048), "https://x.example/\x00"}
	for field, values := range map[string][]any{
		"sync_behavior":                      {1, true, []any{}, object{}, "", "API", "push"},
		"status":                             {1, true, []any{}, "", "paused"},
		"url":                                append(address, ""),
		"audience_ids":                       {true, "x", 1.5, -1, object{}, []any{"x"}, []any{nil}, []any{true}, []any{[]any{1}}},
		"apply_audience_to_existing_content": {1, "true", []any{}},
	} {
		for _, v := range values {
			body := object{"sync_behavior": "api", "url": "https://docs.example.com"}
			body[field] = v
			s.do("PUT", route, body).wants(t, 400, "parameter_invalid", "")
			if field != "apply_audience_to_existing_content" { // no field of a new one, and so ignored
				s.do("POST", "/ai/content_import_sources", body).wants(t, 400, "parameter_invalid", "")
			}
		}
	}
	for field, values := range map[string][]any{
		"title":                       {1, true, []any{}, object{}, "", long, "\x00"},
		"html":                        {1, true, []any{"<p>"}, object{}, "<p>\x00"},
		"url":                         address,
		"locale":                      {1, true, "", "fr", "EN", "en-US"},
		"source_id":                   {"x", true, 1.5, -1, []any{}, 0, "", 999999},
		"external_id":                 {1, true, []any{}, "", long, "\x00"},
		"ai_agent_availability":       {1, "true", []any{}},
		"ai_copilot_availability":     {1, "true", []any{}},
		"ai_sales_agent_availability": {1, "true", []any{}},
		"fin_availability":            {1, "true", []any{}},
	} {
		for _, v := range values {
			body := externalPage(source, "1", object{field: v})
			if field != "fin_availability" && s.takes("create_external_page_request", field) {
				s.do("POST", "/ai/external_pages", body).wants(t, 400, "parameter_invalid", "")
			}
			if s.takes("update_external_page_request", field) {
				s.do("PUT", "/ai/external_pages/"+id, body).wants(t, 400, "parameter_invalid", "")
			}
		}
	}
	for i, list := range []string{"/ai/content_import_sources", "/ai/external_pages"} {
		if after := string(s.ok("GET", list, nil).raw); after != before[i] {
			t.Errorf("something was stored: %s", after)
		}
	}
}

func TestARequestForAIContentNamesAllThatIsRequired(t *testing.T) {
	s := newest(t, app.Config{})
	source := s.source()
	id := s.ok("POST", "/ai/external_pages", externalPage(source, "1", nil)).body["id"].(string)
	type request struct{ method, route string }
	for r, required := range map[request][]string{
		{"POST", "/ai/external_pages"}:      {"title", "html", "locale", "source_id", "external_id"},
		{"PUT", "/ai/external_pages/" + id}: {"title", "html", "url", "locale", "source_id"},
	} {
		for _, field := range required {
			for _, v := range []any{leftOut, nil} {
				s.do(r.method, r.route, externalPage(source, "1", object{field: v})).
					wants(t, 400, "parameter_not_found", field+" is a required parameter.")
			}
		}
		s.do(r.method, r.route, nil).wants(t, 400, "parameter_not_found", "title is a required parameter.")
	}
	for r := range map[request]bool{
		{"POST", "/ai/content_import_sources"}: true, {"PUT", path("/ai/content_import_sources/%d", source)}: true,
	} {
		s.do(r.method, r.route, object{"url": "https://docs.example.com"}).wants(t, 400, "parameter_not_found", "sync_behavior is a required parameter.")
		s.do(r.method, r.route, object{"sync_behavior": "api"}).wants(t, 400, "parameter_not_found", "url is a required parameter.")
	}
	s.do("POST", "/ai/content_import_sources", object{"sync_behavior": "automated", "url": "https://docs.example.com"}).
		wants(t, 400, "parameter_invalid", "sync_behavior must be api")
}

func TestAIContentOfAnotherWorkspaceIsNotThere(t *testing.T) {
	s := newest(t, app.Config{})
	source := s.source()
	id := s.ok("POST", "/ai/external_pages", externalPage(source, "1", nil)).body["id"].(string)
	other := *s
	other.secret = lectern.NewTokenSecret()
	_, err := s.store.AddWorkspace(t.Context(), lectern.ByInstallation(0, lectern.ViaCommand), lectern.Setup{WorkspaceName: "Other", Admin: lectern.Admin{Name: "Eve"}, Locale: "en",
		Identifier: "other", HelpCenter: "Other", TokenName: "t", Token: lectern.HashToken(other.secret)})
	if err != nil {
		t.Fatal(err)
	}
	for _, route := range []string{path("/ai/content_import_sources/%d", source), "/ai/external_pages/" + id} {
		body := externalPage(source, "1", object{"sync_behavior": "api"})
		other.do("GET", route, nil).wants(t, 404, "not_found", "")
		other.do("PUT", route, body).wants(t, 404, "not_found", "")
		other.do("DELETE", route, nil).wants(t, 404, "not_found", "")
	}
	other.do("POST", "/ai/external_pages", externalPage(source, "1", nil)).wants(t, 400, "parameter_invalid", "source_id is invalid")
	for _, list := range []string{"/ai/content_import_sources", "/ai/external_pages"} {
		if got := other.ok("GET", list, nil).body["total_count"]; got != 0.0 {
			t.Errorf("%s: %v", list, got)
		}
		if got := s.ok("GET", list, nil).body["total_count"]; got != 1.0 {
			t.Errorf("%s: %v of our own", list, got)
		}
	}
	for _, id := range []string{"0", "-1", "x", "1.5", "99999999999999999999", "%00", "1%2F2"} {
		s.do("GET", "/ai/external_pages/"+id, nil).wants(t, 404, "not_found", "")
		s.do("DELETE", "/ai/content_import_sources/"+id, nil).wants(t, 404, "not_found", "")
	}
}

func TestTheDefaultBrandHasTheIDOfTheWorkspace(t *testing.T) {
	s := newest(t, app.Config{})
	w, err := s.store.Workspace(t.Context(), s.by.Workspace)
	if err != nil {
		t.Fatal(err)
	}
	list := s.ok("GET", "/brands", nil).body["data"].([]any)
	if len(list) != 1 || list[0].(object)["id"] != w.Code || list[0].(object)["is_default"] != true {
		t.Fatalf("brands %v", list)
	}
	center := s.ok("GET", "/help_center/help_centers", nil).body["data"].([]any)[0].(object)["id"]
	if got := s.ok("GET", "/brands/"+w.Code, nil).body; got["help_center_id"] != center || got["name"] != "Test" {
		t.Errorf("brand %v, want help center %v", got, center)
	}
	brands, err := s.store.Brands(t.Context(), s.by.Workspace)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{fmt.Sprint(brands[0].ID), "0", "x", strings.ToUpper(w.Code), "%00"} {
		s.do("GET", "/brands/"+id, nil).wants(t, 404, "not_found", "Brand not found")
	}
	docs, err := s.store.AddHelpCenter(t.Context(), s.by, lectern.HelpCenter{Identifier: "docs", DefaultLocale: "en", Default: true})
	if err != nil {
		t.Fatal(err)
	}
	if got := s.ok("GET", "/brands/"+w.Code, nil).body["help_center_id"]; got != fmt.Sprint(docs.ID) {
		t.Errorf("help center %v, want the new default, %d", got, docs.ID)
	}
}
