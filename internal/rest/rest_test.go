package rest_test

import (
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"lectern"
	"lectern/internal/app"
)

func TestEveryAnswerCarriesItsHeaders(t *testing.T) {
	s := start(t, app.Config{RateLimit: 10_000})
	for _, a := range []answer{s.do("GET", "/articles", nil), s.do("GET", "/articles/1", nil)} {
		for name, pattern := range map[string]string{
			"Content-Type":           `^application/json; charset=utf-8$`,
			"X-Request-Id":           `^[0-9a-v]{20}$`,
			"Intercom-Version":       `^2\.11$`,
			"X-RateLimit-Limit":      `^1666$`,
			"X-RateLimit-Remaining":  `^166\d$`,
			"X-RateLimit-Reset":      `^\d{9}0$`,
			"X-Content-Type-Options": `^nosniff$`,
			"Cache-Control":          `.`,
		} {
			if got := a.header.Get(name); !regexp.MustCompile(pattern).MatchString(got) {
				t.Errorf("%d: %s: %q", a.status, name, got)
			}
		}
	}
}

func TestCredentials(t *testing.T) {
	s := start(t, app.Config{})
	basic := func(user, password string) string {
		return "Basic " + base64.StdEncoding.EncodeToString([]byte(user+":"+password))
	}
	for _, c := range []struct {
		name, header string
		status       int
	}{
		{"bearer", "Bearer " + s.secret, 200},
		{"bearer in lower case", "bearer " + s.secret, 200},
		{"basic with the token as user", basic(s.secret, ""), 200},
		{"basic with a password", basic(s.secret, "x"), 200},
		{"nothing", "", 401},
		{"another token", "Bearer " + lectern.NewTokenSecret(), 401},
		{"the bare token", s.secret, 401},
		{"an empty token", "Bearer ", 401},
		{"basic that is no base64", "Basic ???", 401},
		{"basic with the token as password", basic("", s.secret), 401},
		{"SQL", "Bearer ' OR 1=1 --", 401},
	} {
		a := s.do("GET", "/me", nil, "Authorization", c.header)
		if a.status != c.status {
			t.Errorf("%s: %d %s", c.name, a.status, a.raw)
		}
		if a.status == 401 {
			a.wants(t, 401, "unauthorized", "Access Token Invalid")
		}
	}
}

func TestARevokedTokenIsRefusedAtOnce(t *testing.T) {
	s := start(t, app.Config{})
	s.ok("GET", "/me", nil)
	tokens, err := s.store.Tokens(t.Context(), s.by.Workspace)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.store.RevokeToken(t.Context(), s.by, tokens[0].ID); err != nil {
		t.Fatal(err)
	}
	s.do("GET", "/me", nil).wants(t, 401, "token_revoked", "")
}

// token adds a token like spec and returns the server as seen with it.
func (s *server) token(spec lectern.Token) *server {
	s.t.Helper()
	other := *s
	other.secret = lectern.NewTokenSecret()
	spec.Hash = lectern.HashToken(other.secret)
	if _, err := s.store.AddToken(s.t.Context(), s.by, spec); err != nil {
		s.t.Fatal(err)
	}
	return &other
}

func TestATokenMayDoWhatItsScopesSay(t *testing.T) {
	s := start(t, app.Config{})
	id := s.article(nil)
	reader := s.token(lectern.Token{Name: "reader", Scopes: []lectern.Scope{lectern.ReadArticles}})
	reader.ok("GET", "/articles/"+id, nil)
	reader.ok("GET", "/me", nil)
	reader.do("PUT", "/articles/"+id, object{"title": "New"}).wants(t, 403, "forbidden",
		"You do not have the required scope (read_write_articles_scope) to access this resource")
	reader.do("GET", "/tags", nil).wants(t, 403, "forbidden", "")
}

func TestTheVersionIsTheHeadersElseTheTokensElseTheServers(t *testing.T) {
	s := start(t, app.Config{APIVersion: "2.10"})
	pinned := s.token(lectern.Token{Name: "pinned", APIVersion: "2.13"})
	for _, c := range []struct {
		s            *server
		header, want string
	}{
		{s, "", "2.10"}, {s, "2.11", "2.11"}, {pinned, "", "2.13"}, {pinned, "2.14", "2.14"},
	} {
		c.s.version = c.header
		if got := c.s.ok("GET", "/me", nil).header.Get("Intercom-Version"); got != c.want {
			t.Errorf("header %q: answered as %s, want %s", c.header, got, c.want)
		}
	}
}

func TestVersionsThatAreNotAnswered(t *testing.T) {
	s := start(t, app.Config{})
	for _, c := range []struct {
		version, method, path string
		status                int
		code                  string
	}{
		{"9.9", "GET", "/articles", 400, "intercom_version_invalid"},
		{"'; --", "GET", "/articles", 400, "intercom_version_invalid"},
		{"2.9", "GET", "/articles/search", 400, "intercom_version_invalid"},
		{"2.10", "GET", "/help_center/sections", 400, "intercom_version_invalid"},
		{"2.11", "GET", "/internal_articles", 400, "intercom_version_invalid"},
		{"2.11", "GET", "/articles/1/draft", 400, "intercom_version_invalid"},
		{"2.14", "GET", "/brands", 400, "intercom_version_invalid"},
	} {
		s.version = c.version
		s.do(c.method, c.path, nil).wants(t, c.status, c.code, "")
	}
}

func TestTheNewestVersionsHaveOtherNames(t *testing.T) {
	s := start(t, app.Config{})
	for name, want := range map[string]string{"2.17": "2.16", "Unstable": "Preview", "Preview": "Preview", "1.4": "2.7"} {
		s.version = name
		if got := s.ok("GET", "/articles", nil).header.Get("Intercom-Version"); got != want {
			t.Errorf("%s is answered as %s, want %s", name, got, want)
		}
	}
}

func TestArticlesCarryTagsFrom213On(t *testing.T) {
	s := start(t, app.Config{})
	id := s.article(nil)
	for version, want := range map[string]bool{"2.10": false, "2.11": false, "2.12": false, "2.13": true, "2.14": true, "2.15": true} {
		s.version = version
		one := s.ok("GET", "/articles/"+id, nil).body
		item := s.ok("GET", "/articles", nil).body["data"].([]any)[0].(object)
		hit := s.ok("GET", "/articles/search?phrase=title", nil).body["data"].(object)["articles"].([]any)[0].(object)
		for form, o := range map[string]object{"single": one, "item": item, "hit": hit} {
			if _, got := o["tags"]; got != want {
				t.Errorf("%s, %s: tags %v, want %v", version, form, got, want)
			}
		}
	}
}

func TestAcceptHeaders(t *testing.T) {
	s := start(t, app.Config{})
	for accept, status := range map[string]int{
		"application/json":                 200,
		"*/*":                              200,
		"application/*;q=0.5":              200,
		"application/vnd.intercom.3+json":  200,
		"text/html, application/json;q=.1": 200,
		"text/html":                        406,
		"image/png":                        406,
		"application/xml":                  406,
	} {
		a := s.do("GET", "/me", nil, "Accept", accept)
		if a.status != status {
			t.Errorf("Accept %s: %d", accept, a.status)
		}
		if status == 406 {
			a.wants(t, 406, "media_type_not_acceptable", "The Accept header should send a media type of application/json")
			if _, has := a.body["request_id"]; has {
				t.Error("406 with a request_id")
			}
		}
	}
	req, _ := http.NewRequest("GET", s.url+"/me", nil)
	req.Header["Accept"] = nil
	req.Header.Set("Authorization", "Bearer "+s.secret)
	if res, err := http.DefaultTransport.RoundTrip(req); err != nil || res.StatusCode != 200 {
		t.Errorf("no Accept header: %v, %v", res, err)
	}
}

func TestUnknownPathsAndMethodsAreNotFound(t *testing.T) {
	s := start(t, app.Config{})
	id := s.article(nil)
	for _, c := range [][2]string{
		{"GET", "/nowhere"}, {"PATCH", "/articles/" + id}, {"POST", "/articles/search"}, {"PUT", "/articles"},
		{"GET", "/articles/" + id + "/translations"}, {"GET", "/help_center/collections/1/articles"}, {"DELETE", "/me"},
		{"GET", "/articles/abc"}, {"GET", "/articles/-1"}, {"GET", "/articles/99999999999999999999"}, {"GET", "/articles/1%00"},
	} {
		s.do(c[0], c[1], nil).wants(t, 404, "not_found", "Resource Not Found")
	}
	s.do("GET", "/admins/abc", nil).wants(t, 404, "admin_not_found", "Admin not found")
	s.do("GET", "/teams/1", nil).wants(t, 404, "team_not_found", "Team not found")
}

func TestATrailingSlashAndHeadAreAsGet(t *testing.T) {
	s := start(t, app.Config{})
	id := s.article(nil)
	get := s.ok("GET", "/articles/"+id, nil)
	if slash := s.ok("GET", "/articles/"+id+"/", nil); string(slash.raw) != string(get.raw) {
		t.Errorf("with a slash: %s", slash.raw)
	}
	head := s.do("HEAD", "/articles/"+id, nil)
	if head.status != 200 || len(head.raw) != 0 || head.header.Get("ETag") != get.header.Get("ETag") ||
		head.header.Get("Content-Length") != strconv.Itoa(len(get.raw)) {
		t.Errorf("HEAD: %d, %v", head.status, head.header)
	}
	if head := s.do("HEAD", "/articles/1", nil); head.status != 404 {
		t.Errorf("HEAD of nothing: %d", head.status)
	}
}

func TestAClientThatHasTheAnswerGets304(t *testing.T) {
	s := start(t, app.Config{})
	id := s.article(nil)
	for _, at := range []string{"/articles/" + id, "/articles", "/articles/search?phrase=title", "/help_center/help_centers", "/admins"} {
		tag := s.ok("GET", at, nil).header.Get("ETag")
		for header, status := range map[string]int{tag: 304, "W/" + tag: 304, `"x", ` + tag: 304, "*": 304, `"x"`: 200} {
			if a := s.do("GET", at, nil, "If-None-Match", header); a.status != status || status == 304 && len(a.raw) > 0 {
				t.Errorf("%s, If-None-Match %s: %d", at, header, a.status)
			}
		}
	}
	tag := s.ok("GET", "/articles/"+id, nil).header.Get("ETag")
	s.ok("PUT", "/articles/"+id, object{"title": "Another"})
	s.ok("GET", "/articles/"+id, nil, "If-None-Match", tag)
}

func TestIfMatchGuardsAnUpdate(t *testing.T) {
	s := start(t, app.Config{})
	id, group := s.article(nil), s.collection("Group", "")
	for _, at := range []string{"/articles/" + id, "/help_center/collections/" + group} {
		change := object{"title": "Mine", "name": "Mine"}
		tag := s.ok("GET", at, nil).header.Get("ETag")
		s.ok("PUT", at, change, "If-Match", tag)
		s.do("PUT", at, object{"title": "Late", "name": "Late"}, "If-Match", tag).wants(t, 412, "conflict", "")
		s.ok("PUT", at, change, "If-Match", "*")
		if got := s.ok("GET", at, nil); strings.Contains(string(got.raw), "Late") {
			t.Errorf("a refused update was stored: %s", got.raw)
		}
	}
}

func TestALongAnswerIsCompressedForWhoAsks(t *testing.T) {
	s := start(t, app.Config{})
	id := s.article(object{"body": strings.Repeat("<p>All work and no play.</p>", 200)})
	plain := s.ok("GET", "/articles/"+id, nil, "Accept-Encoding", "identity")
	zipped := s.ok("GET", "/articles/"+id, nil, "Accept-Encoding", "gzip")
	if zipped.header.Get("Content-Encoding") != "gzip" {
		t.Fatalf("headers %v", zipped.header)
	}
	r, err := gzip.NewReader(strings.NewReader(string(zipped.raw)))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(r); err != nil || string(got) != string(plain.raw) {
		t.Errorf("unzipped: %v, %d bytes, want %d", err, len(got), len(plain.raw))
	}
}

func TestAReaderSeesEveryAcknowledgedChange(t *testing.T) {
	s := start(t, app.Config{})
	top := s.collection("Top", "")
	id := s.article(object{"parent_id": top, "state": "published"})
	at := "/articles/" + id
	get := func() object { return s.ok("GET", at, nil).body }
	get() // so that an answer is kept from here on
	s.ok("GET", "/articles", nil)

	s.ok("PUT", at, object{"title": "Second"})
	if got := get()["title"]; got != "Second" {
		t.Errorf("title %v", got)
	}
	if item := s.ok("GET", "/articles", nil).body["data"].([]any)[0].(object); item["title"] != "Second" {
		t.Errorf("list: %v", item["title"])
	}
	if _, has := get()["translated_content"]; has {
		t.Error("translated_content with one language")
	}
	s.article(object{"translated_content": object{"fr": object{"title": "Titre"}}})
	if got := get(); got["default_locale"] != "en" || got["translated_content"].(object)["en"].(object)["title"] != "Second" {
		t.Errorf("after another article switched a language on: %v", got["translated_content"])
	}
	s.ok("DELETE", "/help_center/collections/"+top, nil)
	if got := get(); got["parent_id"] != nil || len(got["parent_ids"].([]any)) != 0 {
		t.Errorf("after its collection was deleted: %v", got["parent_id"])
	}
	s.ok("DELETE", at, nil)
	s.do("GET", at, nil).wants(t, 404, "not_found", "Resource Not Found")
	s.do("DELETE", at, nil).wants(t, 404, "not_found", "Resource Not Found")
}

func TestAChangedRegionShowsInMeAtOnce(t *testing.T) {
	s := start(t, app.Config{})
	region := func() any { return s.ok("GET", "/me", nil).body["app"].(object)["region"] }
	if got := region(); got != "US" {
		t.Errorf("region %v before one was chosen", got)
	}
	_, err := s.store.UpdateWorkspace(t.Context(), s.by, func(w *lectern.Workspace) error {
		w.Region = "EU"
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := region(); got != "EU" {
		t.Errorf("region %v after EU was chosen", got)
	}
}

func TestPagesFollowOneAnotherToTheEnd(t *testing.T) {
	c := &clock{time.Unix(1_800_000_000, 0)}
	s := start(t, app.Config{Now: c.Now})
	want := 0
	for i := range 30 {
		if i%7 == 0 {
			c.now = c.now.Add(time.Second)
		}
		s.article(object{"title": "Common " + strconv.Itoa(i)})
		want++
	}
	for _, list := range []struct {
		path string
		per  int
	}{{"/articles?archived=false&per_page=7", 7}, {"/articles", 25}, {"/articles/search?phrase=common&state=all&highlight=true", 10}, {"/articles/search", 10}} {
		seen, lastAt, lastID := map[string]bool{}, 1e18, 1e18
		next, page := list.path, 1
		for ; next != ""; page++ {
			body := s.ok("GET", next, nil).body
			pages := body["pages"].(object)
			if pages["type"] != "pages" || pages["page"] != float64(page) || pages["per_page"] != float64(list.per) ||
				pages["total_pages"] != float64((want+list.per-1)/list.per) || body["total_count"] != float64(want) {
				t.Errorf("%s: pages %v, total %v", next, pages, body["total_count"])
			}
			items, searched := body["data"].([]any)
			if !searched {
				items = body["data"].(object)["articles"].([]any)
			}
			for _, item := range items {
				a := item.(object)
				id := a["id"].(string)
				if seen[id] {
					t.Errorf("%s: article %s twice", list.path, id)
				}
				seen[id] = true
				number, _ := strconv.ParseFloat(id, 64)
				at := a["updated_at"].(float64)
				if searched && (at > lastAt || at == lastAt && number > lastID) {
					t.Errorf("%s: article %s out of order", list.path, id)
				}
				lastAt, lastID = at, number
			}
			link, has := pages["next"].(string)
			if !has {
				if _, there := pages["next"]; there {
					t.Error("next is there on the last page")
				}
				break
			}
			u, err := url.Parse(link)
			if err != nil || "http://"+u.Host != s.url {
				t.Fatalf("next %q", link)
			}
			if !strings.HasSuffix(u.RawQuery, path("per_page=%d&page=%d", list.per, page+1)) || strings.Count(u.RawQuery, "page=") != 2 {
				t.Errorf("next %q", link)
			}
			next = u.RequestURI()
		}
		if len(seen) != want {
			t.Errorf("%s: %d articles on %d pages, want %d", list.path, len(seen), page, want)
		}
	}
}

func TestOddPages(t *testing.T) {
	s := start(t, app.Config{})
	for range 3 {
		s.article(nil)
	}
	for query, want := range map[string]struct {
		page, per, items float64
	}{
		"page=0":                           {0, 25, 3},
		"page=-4":                          {-1, 25, 3},
		"page=abc":                         {1, 25, 3},
		"page=2":                           {2, 25, 0},
		"page=99999999999999999999":        {1<<31 - 1, 25, 0},
		"per_page=0":                       {1, 25, 3},
		"per_page=-1":                      {1, 25, 3},
		"per_page=abc":                     {1, 25, 3},
		"per_page=250":                     {1, 250, 3},
		"page=1/per_page=6":                {1, 25, 3},
		"per_page=2&page=2":                {2, 2, 1},
		"per_page=%27%3B+DROP+TABLE+x":     {1, 25, 3},
		"page=2&starting_after=&per_page=": {2, 25, 0},
	} {
		body := s.ok("GET", "/articles?"+query, nil).body
		pages := body["pages"].(object)
		if pages["page"] != want.page || pages["per_page"] != want.per || float64(len(body["data"].([]any))) != want.items || body["total_count"] != 3.0 {
			t.Errorf("%s: %v, %d items of %v", query, pages, len(body["data"].([]any)), body["total_count"])
		}
	}
	if next := s.ok("GET", "/articles?page=0&per_page=2", nil).body["pages"].(object)["next"]; next != s.url+"/articles?per_page=2&page=1" {
		t.Errorf("next of page 0: %v", next)
	}
	for _, list := range []string{"/articles", "/articles/search", "/help_center/collections", "/help_center/help_centers"} {
		s.do("GET", list+"?per_page=251", nil).wants(t, 400, "parameter_invalid", "Per Page is too big")
	}
	if got := s.ok("GET", "/help_center/help_centers?page=2", nil).body["data"].([]any); len(got) != 0 {
		t.Errorf("second page of help centers: %v", got)
	}
}

func TestListsTakeMoreThanIntercoms(t *testing.T) {
	c := &clock{time.Unix(1_800_000_000, 0)}
	s := start(t, app.Config{Now: c.Now})
	group := s.collection("Group", "")
	inside := s.article(object{"parent_id": group})
	c.now = c.now.Add(time.Minute)
	latest := s.article(nil)
	for query, want := range map[string]string{
		"parent_id=" + group:                          inside,
		"updated_since=1800000030":                    latest,
		"starting_after=" + latest:                    inside,
		"updated_since=1800000030&parent_id=" + group: "",
	} {
		var ids []string
		for _, item := range s.ok("GET", "/articles?"+query, nil).body["data"].([]any) {
			ids = append(ids, item.(object)["id"].(string))
		}
		if got := strings.Join(ids, " "); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
	for _, query := range []string{"parent_id=x", "updated_since=yesterday", "starting_after=x"} {
		s.do("GET", "/articles?"+query, nil).wants(t, 400, "parameter_invalid", "")
	}
	s.do("GET", "/articles?starting_after=1", nil).wants(t, 404, "not_found", "")
}

func TestTheRateLimitCountsInFixedWindows(t *testing.T) {
	c := &clock{time.Unix(1_800_000_003, 0)}
	s := start(t, app.Config{Now: c.Now, RateLimit: 18})
	for i := range 3 {
		if left := s.ok("GET", "/me", nil).header.Get("X-RateLimit-Remaining"); left != strconv.Itoa(2-i) {
			t.Errorf("request %d: %s remaining", i+1, left)
		}
	}
	refused := s.do("GET", "/me", nil)
	refused.wants(t, 429, "rate_limit_exceeded", "")
	if got := refused.header.Get("X-RateLimit-Reset"); got != "1800000010" {
		t.Errorf("reset at %s", got)
	}
	other := s.token(lectern.Token{Name: "other"})
	other.ok("GET", "/me", nil)
	c.now = time.Unix(1_800_000_010, 0)
	s.ok("GET", "/me", nil)

	slow := start(t, app.Config{Now: c.Now, RateLimit: 1})
	slow.ok("GET", "/me", nil)
	slow.do("GET", "/me", nil).wants(t, 429, "rate_limit_exceeded", "")

	free := start(t, app.Config{RateLimit: 0})
	for range 50 {
		free.ok("GET", "/me", nil)
	}
}

func TestHighlightsAreRunsWithoutMarkup(t *testing.T) {
	s := start(t, app.Config{})
	id := s.article(object{"title": "Reset <b>your</b> password", "body": "<p>Open <b>settings</b>, then choose a new <i>password</i>.</p>"})
	body := s.ok("GET", "/articles/search?phrase=passwords&highlight=true", nil).body["data"].(object)
	got, _ := json.Marshal(body["highlights"])
	want := `[{"article_id":"` + id + `","highlighted_summary":[[{"text":"Open settings, then choose a new ","type":"plain"},{"text":"password","type":"highlight"},{"text":".","type":"plain"}]],` +
		`"highlighted_title":[{"text":"Reset \u003cb\u003eyour\u003c/b\u003e ","type":"plain"},{"text":"password","type":"highlight"}]}]`
	if string(got) != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	if plain := s.ok("GET", "/articles/search?phrase=passwords", nil).body["data"].(object); len(plain["highlights"].([]any)) != 0 {
		t.Errorf("highlights nobody asked for: %v", plain["highlights"])
	}
}

func TestSearchFilters(t *testing.T) {
	s := start(t, app.Config{})
	draft := s.article(object{"title": "Penguin facts"})
	live := s.article(object{"title": "Penguin food", "state": "published"})
	hc := s.ok("GET", "/help_center/help_centers", nil).body["data"].([]any)[0].(object)["id"].(string)
	for query, want := range map[string][]string{
		"phrase=penguin":                             {draft, live},
		"phrase=penguin&state=all":                   {draft, live},
		"phrase=penguin&state=draft":                 {draft},
		"phrase=penguin&state=published":             {live},
		"state=published":                            {live},
		"phrase=penguin&help_center_id=" + hc:        {draft, live},
		"phrase=penguin&help_center_id=999999":       nil,
		"phrase=walrus":                              nil,
		"phrase=" + url.QueryEscape(`"' OR NEAR(*)`): nil,
		"phrase=%F0%9F%90%A7":                        nil,
	} {
		body := s.ok("GET", "/articles/search?"+query, nil).body
		got := map[string]bool{}
		for _, a := range body["data"].(object)["articles"].([]any) {
			got[a.(object)["id"].(string)] = true
		}
		if len(got) != len(want) || body["total_count"] != float64(len(want)) {
			t.Errorf("%s: %v of %v, want %v", query, got, body["total_count"], want)
		}
		for _, id := range want {
			if !got[id] {
				t.Errorf("%s: %s is missing", query, id)
			}
		}
	}
	s.do("GET", "/articles/search?state=archived", nil).wants(t, 400, "parameter_invalid", "")
	s.do("GET", "/articles/search?help_center_id=x", nil).wants(t, 400, "parameter_invalid", "")
}

func TestTheActivityLogTellsWhatHappened(t *testing.T) {
	s := start(t, app.Config{})
	s.ok("PUT", path("/admins/%d/away", s.by.Admin), object{"away_mode_enabled": true, "away_mode_reassign": false})
	s.article(object{"translated_content": object{"de": object{"title": "Titel"}}})
	body := s.ok("GET", "/admins/activity_logs?created_at_after=0", nil).body
	var kinds []string
	for _, entry := range body["activity_logs"].([]any) {
		kinds = append(kinds, entry.(object)["activity_type"].(string))
	}
	if got := strings.Join(kinds, " "); !strings.HasPrefix(got, "help_center_settings_change admin_away_mode_change") {
		t.Errorf("activities: %s", got)
	}
	away := body["activity_logs"].([]any)[1].(object)
	if away["activity_description"] != "Ada changed the away mode of Ada to away." || away["metadata"].(object)["away_mode"] != true ||
		away["performed_by"].(object)["ip"] != "127.0.0.1" {
		t.Errorf("away: %v", away)
	}
	if m := away["metadata"].(object); m["via"] != "api" || m["source"] != "api" {
		t.Errorf("away was changed by %v", m)
	}
	entries := body["activity_logs"].([]any)
	if first := entries[len(entries)-1].(object); first["metadata"].(object)["via"] != "command" {
		t.Errorf("what the first start did: %v", first)
	}
	if late := s.ok("GET", path("/admins/activity_logs?created_at_after=%d", time.Now().Unix()+60), nil).body; len(late["activity_logs"].([]any)) != 0 {
		t.Errorf("from tomorrow: %v", late)
	}
	s.do("GET", "/admins/activity_logs", nil).wants(t, 400, "parameter_not_found", "created_at_after is a required parameter.")
	for _, at := range []string{"1970-01-01T00:00:00Z", "1970-01-01T02:00:00%2B02:00", "1970-01-01T02:00:00+02:00", "1970-01-01T00:00:00"} {
		if got := s.ok("GET", "/admins/activity_logs?created_at_after="+at, nil).body; len(got["activity_logs"].([]any)) != len(body["activity_logs"].([]any)) {
			t.Errorf("after %s: %v", at, got)
		}
	}
	if late := s.ok("GET", "/admins/activity_logs?created_at_after=2126-01-01T00:00:00Z", nil).body; len(late["activity_logs"].([]any)) != 0 {
		t.Errorf("after 2126: %v", late)
	}
	s.do("GET", "/admins/activity_logs?created_at_after=x", nil).wants(t, 400, "parameter_invalid", "")
}

func TestOtherAddresses(t *testing.T) {
	s := start(t, app.Config{})
	for at, status := range map[string]int{
		"/": 200, "/healthz": 200, "/readyz": 200, "/openapi/2.11.json": 200, "/openapi/2.16.json": 200, "/openapi/Preview.json": 200,
		"/openapi/9.9.json": 404, "/openapi/2.11": 404, "/openapi/2.17.json": 404, "/openapi/1.0.json": 404,
	} {
		if a := s.do("GET", at, nil, "Authorization", ""); a.status != status {
			t.Errorf("%s: %d %s", at, a.status, a.raw)
		}
	}
}

func TestTheSiteIsAskedAboutWhatIsNoOperation(t *testing.T) {
	s := start(t, app.Config{})
	for _, c := range []struct {
		method, at string
		status     int
		kind       string // of the answer
	}{
		{"GET", "/help/en", 200, "text/html"}, {"POST", "/help/en/articles/1/reaction", 400, "text/plain"},
		{"GET", "/help/pt-BR/articles/1-x", 404, "text/html"}, {"GET", "/sitemap.xml", 200, "application/xml"},
		{"GET", "/", 200, "text/plain"}, {"POST", "/", 404, "application/json"}, {"GET", "/nowhere", 404, "application/json"},
		{"GET", "/en/articles/1", 404, "application/json"}, {"DELETE", "/articles", 404, "application/json"},
		{"GET", "/articles", 200, "application/json"}, {"GET", "/articles/1", 404, "application/json"}, {"GET", "/me", 200, "application/json"},
		{"GET", "/healthz", 200, "text/plain"}, {"GET", "/reference", 302, ""},
	} {
		if a := s.do(c.method, c.at, nil); a.status != c.status || !strings.HasPrefix(a.header.Get("Content-Type"), c.kind) {
			t.Errorf("%s %s: %d %s, want %d %s", c.method, c.at, a.status, a.header.Get("Content-Type"), c.status, c.kind)
		}
	}
}
