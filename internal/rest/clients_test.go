package rest_test

import (
	"bufio"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"lectern/internal/app"
)

// The official clients that cannot run here, in the manner in which their
// sources send requests and read answers. The Node SDKs run themselves, in the
// folder sdk.

// ruby sends a request as Intercom's Ruby gem does, whose request target is
// whatever address it was given, that of a next page in full, and whose
// deletions have a body.
func (s *server) ruby(method, target string, params object) answer {
	s.t.Helper()
	body := ""
	head := fmt.Sprintf("%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n", method, target, strings.TrimPrefix(s.url, "http://"))
	head += "Accept: application/vnd.intercom.3+json\r\nAccept-Encoding: gzip, deflate\r\nAcceptEncoding: gzip, deflate\r\n"
	head += "User-Agent: Intercom-Ruby/4.2.2\r\nAuthorization: Bearer " + s.secret + "\r\n"
	if s.version != "" {
		head += "Intercom-Version: " + s.version + "\r\n"
	}
	if method != http.MethodGet {
		raw, err := json.Marshal(params)
		if err != nil {
			s.t.Fatal(err)
		}
		body = string(raw)
		head += fmt.Sprintf("Content-Type: application/json\r\nContent-Length: %d\r\n", len(body))
	}
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
	if err != nil {
		s.t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, head+"\r\n"+body); err != nil {
		s.t.Fatal(err)
	}
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		s.t.Fatalf("%s %s: %v", method, target, err)
	}
	return s.read(res)
}

// read takes an answer as a client does that asked for gzip itself.
func (s *server) read(res *http.Response) answer {
	s.t.Helper()
	defer res.Body.Close()
	var from io.Reader = res.Body
	if res.Header.Get("Content-Encoding") == "gzip" {
		unzipped, err := gzip.NewReader(res.Body)
		if err != nil {
			s.t.Fatal(err)
		}
		from = unzipped
	}
	a := answer{status: res.StatusCode, header: res.Header}
	var err error
	if a.raw, err = io.ReadAll(from); err != nil {
		s.t.Fatal(err)
	}
	if len(a.raw) > 0 {
		if err := json.Unmarshal(a.raw, &a.body); err != nil {
			s.t.Fatalf("%s is no object: %v", a.raw, err)
		}
	}
	return a
}

// php sends a request as Intercom's PHP client does: the token is the user of
// HTTP Basic, and only what it is given in full goes elsewhere than to the API.
func (s *server) php(method, address string, params object) answer {
	s.t.Helper()
	var body io.Reader
	if method != http.MethodGet {
		raw, err := json.Marshal(params)
		if err != nil {
			s.t.Fatal(err)
		}
		body = strings.NewReader(string(raw))
	}
	if !strings.Contains(address, "://") {
		address = s.url + "/" + address
	}
	req, err := http.NewRequestWithContext(s.t.Context(), method, address, body)
	if err != nil {
		s.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(s.secret+":")))
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", "GuzzleHttp/7")
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if s.version != "" {
		req.Header.Set("Intercom-Version", s.version)
	}
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		s.t.Fatal(err)
	}
	return s.read(res)
}

// walk follows a list by the addresses of its next pages and returns the IDs
// seen. It wants each item to say its type, if that is not empty.
func walk(t *testing.T, get func(string) answer, first, itemType string) []string {
	t.Helper()
	var ids []string
	for target := first; target != ""; {
		page := get(target)
		if page.status != http.StatusOK || page.body["type"] != "list" {
			t.Fatalf("GET %s: %d %s", target, page.status, page.raw)
		}
		for _, item := range page.body["data"].([]any) {
			o := item.(object)
			if itemType != "" && o["type"] != itemType {
				t.Errorf("GET %s: an item of type %v, want %s", target, o["type"], itemType)
			}
			ids = append(ids, o["id"].(string))
		}
		pages := page.body["pages"].(object)
		if pages["type"] != "pages" {
			t.Fatalf("GET %s: without a type, pages count for nothing: %v", target, pages)
		}
		target, _ = pages["next"].(string)
		if target != "" {
			if u, err := url.Parse(target); err != nil || !u.IsAbs() {
				t.Fatalf("next page is at %s (%v), want an address in full", target, err)
			}
		}
		if len(ids) > 1000 {
			t.Fatal("the list does not end")
		}
	}
	return ids
}

// A library has lists of several pages in it.
func library(s *server) (articles, collections, sections []string) {
	for i := range 5 {
		top := s.collection(path("Collection %d", i), "")
		collections = append(collections, top)
		sections = append(sections, s.collection(path("Section %d", i), top))
		articles = append(articles, s.article(object{"title": path("Article %d", i), "body": strings.Repeat("<p>Long enough to be worth compressing.</p>", 20)}))
	}
	return articles, collections, sections
}

func TestTheRubyClientWalksLists(t *testing.T) {
	s := start(t, app.Config{})
	articles, collections, sections := library(s)
	for _, c := range []struct {
		version, target, itemType string
		want                      []string
	}{
		{"", "/articles?per_page=2", "article", articles},
		{"2.9", "/articles?per_page=2", "article", articles},
		{"2.9", "/help_center/collections?per_page=2", "collection", collections},
		{"2.9", "/help_center/sections?per_page=2", "section", sections},
		{"2.10", "/help_center/collections?per_page=2", "", slices.Concat(collections, sections)}, // which it cannot read, on Intercom as here
	} {
		client := s.in(c.version)
		get := func(target string) answer { return client.ruby("GET", target, nil) }
		got := walk(t, get, c.target, c.itemType)
		if want := slices.Sorted(slices.Values(c.want)); !slices.Equal(slices.Sorted(slices.Values(got)), want) {
			t.Errorf("%s in %q: %v, want %v", c.target, c.version, got, want)
		}
	}
	for target, key := range map[string]string{"/admins": "admins", "/teams": "teams", "/tags": "data"} {
		if a := s.ruby("GET", target, nil); a.status != http.StatusOK || a.body[key] == nil {
			t.Errorf("GET %s: %d %s", target, a.status, a.raw)
		}
	}
}

func TestTheRubyClientMayNameTheServerInItsTarget(t *testing.T) {
	s := start(t, app.Config{BaseURL: "https://help.example.com/"})
	s.article(nil)
	s.article(nil)
	next := s.ruby("GET", "/articles?per_page=1", nil).body["pages"].(object)["next"].(string)
	if next != "https://help.example.com/articles?per_page=1&page=2" {
		t.Fatalf("next page is at %s", next)
	}
	if a := s.ruby("GET", next, nil); a.status != http.StatusOK || a.body["pages"].(object)["page"] != 2.0 || len(a.body["data"].([]any)) != 1 {
		t.Errorf("GET %s: %d %s", next, a.status, a.raw)
	}
}

func TestTheRubyClientDeletesWithABody(t *testing.T) {
	s := start(t, app.Config{}).in("2.9")
	articles, collections, sections := library(s.in("2.11"))
	tag := s.ruby("POST", "/tags", object{"name": "Doomed"}).body["id"].(string)
	for _, target := range []string{"/articles/" + articles[0], "/help_center/sections/" + sections[0], "/help_center/collections/" + collections[0]} {
		a := s.ruby("DELETE", target, object{})
		if a.status != http.StatusOK || a.body["deleted"] != true {
			t.Errorf("DELETE %s: %d %s", target, a.status, a.raw)
		}
		s.ruby("DELETE", target, object{}).wants(t, 404, "not_found", "Resource Not Found")
	}
	if a := s.ruby("DELETE", "/tags/"+tag, object{}); a.status != http.StatusOK || len(a.raw) != 0 {
		t.Errorf("DELETE of a tag: %d %q", a.status, a.raw)
	}
}

func TestTheRubyClientReadsAnErrorsCode(t *testing.T) {
	s := start(t, app.Config{})
	a := s.ruby("POST", "/articles", object{"title": "By nobody"})
	a.wants(t, 400, "parameter_not_found", "")
	if keys := slices.Sorted(maps.Keys(a.body["errors"].([]any)[0].(object))); !slices.Equal(keys, []string{"code", "message"}) {
		t.Errorf("an error has %v: a type would be taken for its code", keys)
	}
}

func TestThePHPClientDoesItsWork(t *testing.T) {
	s := start(t, app.Config{})
	articles, collections, _ := library(s)
	get := func(address string) answer { return s.php("GET", address, nil) }
	if got := walk(t, get, "articles?per_page=2", "article"); len(got) != len(articles) {
		t.Errorf("%d articles, want %d", len(got), len(articles))
	}
	old := s.in("2.7")
	if got := walk(t, func(address string) answer { return old.php("GET", address, nil) }, "help_center/collections?per_page=2", "collection"); len(got) != len(collections) {
		t.Errorf("%d collections, want %d", len(got), len(collections))
	}
	made := s.php("POST", "articles", object{"title": "New", "author_id": s.by.Admin})
	id, _ := made.body["id"].(string)
	if a := s.php("PUT", "articles/"+id, object{"title": "Newer"}); a.body["title"] != "Newer" {
		t.Errorf("updated: %d %s", a.status, a.raw)
	}
	if a := s.php("DELETE", "articles/"+id, object{}); a.body["deleted"] != true {
		t.Errorf("deleted: %d %s", a.status, a.raw)
	}
	for _, name := range []string{"X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"} {
		if _, err := strconv.Atoi(made.header.Get(name)); err != nil {
			t.Errorf("%s is %q, want a number", name, made.header.Get(name))
		}
	}
	stranger := *s
	stranger.secret = "not-a-token"
	stranger.php("GET", "admins", nil).wants(t, 401, "unauthorized", "Access Token Invalid")
}
