package reference_test

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"lectern"
	"lectern/internal/apiversion"
	"lectern/internal/app"
	"lectern/internal/reference"
)

// A server is a real server with one token and one admin.
type server struct {
	t     *testing.T
	url   string
	token string
	admin lectern.AdminID
	inner http.Handler
}

func start(t *testing.T) *server {
	t.Helper()
	h, err := app.Open(t.Context(), app.Config{Database: app.Place(t.TempDir()), Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.Close() })
	db := h.Store
	s := &server{t: t, token: lectern.NewTokenSecret(), inner: h}
	ws, _, err := db.Setup(t.Context(), lectern.Setup{
		WorkspaceName: "Test", Admin: lectern.Admin{Name: "Ada", Email: "ada@example.com"},
		Locale: "en", Identifier: "help", HelpCenter: "Help", TokenName: "test", Token: lectern.HashToken(s.token),
	})
	if err != nil {
		t.Fatal(err)
	}
	admins, err := db.Admins(t.Context(), ws.ID)
	if err != nil {
		t.Fatal(err)
	}
	s.admin = admins[0].ID
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	s.url = srv.URL
	return s
}

// get returns an answer and its body; headers are names and values in turn.
func (s *server) get(path string, headers ...string) (*http.Response, string) {
	s.t.Helper()
	req, err := http.NewRequestWithContext(s.t.Context(), http.MethodGet, s.url+path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return res, string(body)
}

// An operation is one as the OpenAPI document has it.
type operation struct {
	Method, Path string
	ID           string `json:"operationId"`
	Summary      string
	Responses    map[string]json.RawMessage
	RequestBody  json.RawMessage
}

// operations reads those of a version from its document.
func (s *server) operations(version string) []operation {
	s.t.Helper()
	_, body := s.get("/openapi/" + version + ".json")
	var doc struct {
		Paths map[string]map[string]operation
	}
	if err := json.Unmarshal([]byte(body), &doc); err != nil {
		s.t.Fatal(err)
	}
	var list []operation
	for path, methods := range doc.Paths {
		for method, op := range methods {
			op.Method, op.Path = strings.ToUpper(method), path
			list = append(list, op)
		}
	}
	slices.SortFunc(list, func(a, b operation) int { return strings.Compare(a.ID, b.ID) })
	return list
}

func TestEveryOperationOfEveryVersionHasAGoodPage(t *testing.T) {
	s := start(t)
	for _, version := range apiversion.Served() {
		t.Run(version, func(t *testing.T) {
			base := reference.Path + "/" + version
			_, overview := s.get(base)
			check(t, base, overview)
			seen := map[string]string{}
			for _, op := range s.operations(version) {
				if other, ok := seen[op.ID]; ok {
					t.Errorf("%s and %s %s share an operationId", other, op.Method, op.Path)
				}
				seen[op.ID] = op.Method + " " + op.Path
				page := base + "/" + op.ID
				res, body := s.get(page)
				if res.StatusCode != http.StatusOK {
					t.Errorf("%s: %d", page, res.StatusCode)
					continue
				}
				check(t, page, body)
				for _, want := range []string{op.Path, html.EscapeString(op.Summary), "LECTERN_TOKEN", s.url} {
					if !strings.Contains(body, want) {
						t.Errorf("%s does not say %q", page, want)
					}
				}
				for _, never := range []string{"lectern.invalid", "&lt;nil&gt;", "%!", "style="} {
					if strings.Contains(body, never) {
						t.Errorf("%s says %q", page, never)
					}
				}
				if !strings.Contains(overview, `href="`+page+`"`) {
					t.Errorf("%s does not lead to %s", base, page)
				}
			}
		})
	}
}

// check holds a page against the rules that every page keeps.
func check(t *testing.T, name, body string) {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	ids, refs, labels, count := map[string]bool{}, []string{}, map[string]bool{}, map[string]int{}
	level := 0
	var inputs []string
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		count[n.Data]++
		a := attributes(n)
		if id, ok := a["id"]; ok {
			if ids[id] || id == "" {
				t.Errorf("%s: id %q is there twice, or empty", name, id)
			}
			ids[id] = true
		}
		if target, ok := strings.CutPrefix(a["href"], "#"); ok {
			refs = append(refs, target)
		}
		if a["aria-labelledby"] != "" {
			refs = append(refs, a["aria-labelledby"])
		}
		switch n.Data {
		case "label":
			labels[a["for"]] = true
		case "input":
			inputs = append(inputs, a["id"])
		case "script":
			if a["src"] == "" {
				t.Errorf("%s: an inline script", name)
			}
		case "style":
			t.Errorf("%s: an inline style", name)
		case "nav", "pre":
			if a["aria-label"] == "" {
				t.Errorf("%s: a %s without a name", name, n.Data)
			}
		case "h1", "h2", "h3", "h4":
			next := int(n.Data[1] - '0')
			if next > level+1 {
				t.Errorf("%s: %s follows a heading of level %d", name, n.Data, level)
			}
			level = next
		}
		for _, attr := range []string{"src", "href", "action"} {
			if u, err := url.Parse(a[attr]); err != nil || u.Host != "" {
				t.Errorf("%s: %s=%q leads to another host", name, attr, a[attr])
			}
		}
		for attr := range a {
			if strings.HasPrefix(attr, "on") || attr == "style" {
				t.Errorf("%s: attribute %s", name, attr)
			}
		}
	}
	for _, ref := range refs {
		if !ids[ref] {
			t.Errorf("%s refers to #%s, which is not there", name, ref)
		}
	}
	for _, id := range inputs {
		if !labels[id] {
			t.Errorf("%s: input %q has no label", name, id)
		}
	}
	for _, once := range []string{"h1", "main", "title", "footer"} {
		if count[once] != 1 {
			t.Errorf("%s: %d of <%s>, want 1", name, count[once], once)
		}
	}
}

func attributes(n *html.Node) map[string]string {
	a := map[string]string{}
	for _, attr := range n.Attr {
		a[attr.Key] = attr.Val
	}
	return a
}

func TestTheReferenceLeadsToTheServersVersion(t *testing.T) {
	res, _ := start(t).get(reference.Path)
	if res.StatusCode != http.StatusFound || res.Header.Get("Location") != reference.Path+"/2.11" {
		t.Errorf("%d to %q, want 302 to the default version", res.StatusCode, res.Header.Get("Location"))
	}
}

func TestWhatIsNotThereIsAPageOfItsOwn(t *testing.T) {
	s := start(t)
	for _, test := range []struct{ name, path, want string }{
		{"an unknown version", "/reference/9.9", "These are the versions"},
		{"another name of a version", "/reference/1.0", "These are the versions"},
		{"an unknown operation", "/reference/2.11/fly", "These are the versions"},
		{"markup for an operation", "/reference/2.11/%3Cscript%3E", "These are the versions"},
		{"an operation of a later version", "/reference/2.11/listBrands", `href="/reference/2.15/listBrands"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			res, body := s.get(test.path)
			if res.StatusCode != http.StatusNotFound || !strings.Contains(body, test.want) {
				t.Errorf("%d, want 404 and %q", res.StatusCode, test.want)
			}
			check(t, test.path, body)
		})
	}
}

func TestThePolicyForbidsEverythingFromElsewhere(t *testing.T) {
	s := start(t)
	for _, path := range []string{"/reference/2.13", "/reference/2.13/createArticle", "/reference/2.13?q=x", "/reference/0"} {
		res, _ := s.get(path)
		if policy := res.Header.Get("Content-Security-Policy"); !strings.HasPrefix(policy, "default-src 'self';") || strings.Contains(policy, "unsafe") {
			t.Errorf("%s has the policy %q", path, policy)
		}
		if res.Header.Get("Set-Cookie") != "" {
			t.Errorf("%s sets a cookie", path)
		}
	}
}

func TestAPageIsSentOnceToABrowserThatKeepsIt(t *testing.T) {
	s := start(t)
	for _, coding := range []string{"", "gzip"} {
		res, _ := s.get("/reference/2.13/listArticles", "Accept-Encoding", coding)
		again, body := s.get("/reference/2.13/listArticles", "Accept-Encoding", coding, "If-None-Match", res.Header.Get("Etag"))
		if again.StatusCode != http.StatusNotModified || body != "" {
			t.Errorf("with coding %q: %d and %d bytes, want 304 and none", coding, again.StatusCode, len(body))
		}
	}
}

func TestAPageNamesTheAddressThatItWasAskedAt(t *testing.T) {
	s := start(t)
	for _, host := range []string{"help.example.com", "docs.example.com:8443", "help.example.com"} {
		r := httptest.NewRequest(http.MethodGet, "/reference/2.13/listArticles", nil)
		r.Host = host
		w := httptest.NewRecorder()
		s.inner.ServeHTTP(w, r)
		if !strings.Contains(w.Body.String(), "http://"+host+"/articles") {
			t.Errorf("asked at %s, the page does not name it", host)
		}
	}
	r := httptest.NewRequest(http.MethodGet, "/reference/2.13/listArticles", nil)
	r.Host = `x"><script>`
	w := httptest.NewRecorder()
	s.inner.ServeHTTP(w, r)
	if strings.Contains(w.Body.String(), `x"><script>`) {
		t.Error("a Host header became markup")
	}
}

func TestTheOtherVersionsKeepTheOperationWhereTheyHaveIt(t *testing.T) {
	_, body := start(t).get("/reference/2.13/listArticles")
	if !strings.Contains(body, `href="/reference/2.10/listArticles"`) {
		t.Error("2.10 does not lead to the same operation")
	}
	_, body = start(t).get("/reference/2.15/listBrands")
	if !strings.Contains(body, `<a href="/reference/2.10">2.10<span class="end">without this operation`) {
		t.Error("2.10 does not say that it has no such operation")
	}
}

func TestSearchFindsOperationsAndFields(t *testing.T) {
	s := start(t)
	for _, test := range []struct {
		name, query string
		want        []string
	}{
		{"by a name", "create article", []string{`/createArticle"><mark>Create</mark> an <mark>article</mark></a>`}},
		{"by a path", "help_centers", []string{"/listHelpCenters"}},
		{"by a field", "parent_id", []string{`createArticle#body-parent_id`, `listArticles#query-parent_id`}},
		{"by a field in a field", "happy reaction", []string{`retrieveArticle#answer-statistics-happy_reaction_percentage`}},
		{"by words of a description", "normal form", []string{`#body-body`}},
		{"nothing", "zyzzyva", []string{"Nothing in version 2.13 has all of “zyzzyva”"}},
		{"no words", "", []string{"Look for an operation"}},
		{"markup", "<script>alert(1)</script>", []string{"&lt;script&gt;alert(1)"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := "/reference/2.13?q=" + url.QueryEscape(test.query)
			res, body := s.get(path)
			if res.StatusCode != http.StatusOK {
				t.Fatal(res.StatusCode)
			}
			check(t, path, body)
			for _, want := range test.want {
				if !strings.Contains(body, want) {
					t.Errorf("%q is not found: %s", test.query, want)
				}
			}
			if strings.Contains(body, "<script>alert") {
				t.Error("the query became markup")
			}
		})
	}
}

func TestEveryFieldThatSearchLeadsToIsOnItsPage(t *testing.T) {
	s := start(t)
	_, body := s.get("/reference/2.15?q=id")
	doc, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	followed := 0
	for n := range doc.Descendants() {
		page, anchor, ok := strings.Cut(attributes(n)["href"], "#")
		if n.Data != "a" || !ok || page == "" {
			continue
		}
		if _, body := s.get(page); !strings.Contains(body, `id="`+anchor+`"`) {
			t.Errorf("%s has no #%s", page, anchor)
		}
		followed++
	}
	if followed < 10 {
		t.Errorf("followed %d links only", followed)
	}
}

func TestStaticFilesAreKeptForEver(t *testing.T) {
	s := start(t)
	_, body := s.get("/reference/2.13")
	doc, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for n := range doc.Descendants() {
		a := attributes(n)
		for _, address := range []string{a["href"], a["src"]} {
			if !strings.HasPrefix(address, "/reference/static/") {
				continue
			}
			found++
			res, _ := s.get(address)
			if res.StatusCode != http.StatusOK || !strings.Contains(res.Header.Get("Cache-Control"), "immutable") {
				t.Errorf("%s: %d, %q", address, res.StatusCode, res.Header.Get("Cache-Control"))
			}
		}
	}
	if found < 4 {
		t.Errorf("found %d static files, want the sheet, the script, the icon and a font", found)
	}
}

func BenchmarkSearch(b *testing.B) {
	h, err := app.Open(b.Context(), app.Config{Database: app.Place(b.TempDir()), Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { h.Close() })
	for b.Loop() {
		h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/reference/2.15?q=parent+id", nil))
	}
}
