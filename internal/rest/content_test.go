package rest_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"lectern"
	"lectern/internal/app"
)

// content searches, and returns the types and IDs that are found, sorted.
func (s *server) content(query string) string {
	s.t.Helper()
	a := s.ok("GET", "/content/search?per_page=50&"+query, nil)
	found := []string{}
	for _, x := range a.body["data"].([]any) {
		x := x.(object)
		found = append(found, fmt.Sprint(x["type"], " ", x["id"]))
	}
	if n := int(a.body["total_count"].(float64)); n != len(found) {
		s.t.Errorf("%s: total_count %d of %d", query, n, len(found))
	}
	slices.Sort(found)
	return strings.Join(found, ", ")
}

// some makes one of each kind of content about zebras, and returns their IDs.
func (s *server) some() (article, internal, snippet, page string) {
	s.t.Helper()
	article = s.article(object{"title": "Zebra", "state": "published", "translated_content": object{"fr": object{"title": "Zèbre"}}})
	internal = s.internal(object{"title": "Animals", "body": "Among them the zebra."})
	snippet, _ = s.made("/content_snippets", object{"title": "Feeding", "body_markdown": "A *zebra* eats grass."})
	page = s.ok("POST", "/ai/external_pages", externalPage(s.source(), "one", object{"html": "<h1>Zebra</h1><script>elephant()</script>"})).body["id"].(string)
	return article, internal, snippet, page
}

func TestContentOfEveryKindIsFoundByItsWords(t *testing.T) {
	s := startNew(t, app.Config{})
	article, internal, snippet, page := s.some()
	s.article(object{"title": "Lion"})
	want := fmt.Sprintf("article %s, content_snippet %s, external_content %s, internal_article %s", article, snippet, page, internal)
	if got := s.content("query=zebra"); got != want {
		t.Errorf("found %s, want %s", got, want)
	}
	for kind, want := range map[string]string{
		"article": "article " + article, "internal_article": "internal_article " + internal, "snippet": "content_snippet " + snippet,
		"external_content": "external_content " + page, "file_source_content": "",
		"snippet,article":                      "article " + article + ", content_snippet " + snippet,
		"snippet&content_types=article":        "article " + article + ", content_snippet " + snippet,
		"snippet&content_types[]=article,,":    "article " + article + ", content_snippet " + snippet,
		"file_source_content,external_content": "external_content " + page,
	} {
		if got := s.content("query=zebra&content_types=" + kind); got != want {
			t.Errorf("%s: found %s, want %s", kind, got, want)
		}
	}
	if got := s.content("query=elephant"); got != "" {
		t.Errorf("code was found: %s", got)
	}
	a := s.ok("GET", "/content/search?query=z%C3%A8bre", nil).body["data"].([]any)[0].(object)
	contents := a["contents"].([]any)
	first, second := contents[0].(object), contents[1].(object)
	if a["title"] != "Zebra" || first["locale"] != "en" || second["locale"] != "fr" || second["title"] != "Zèbre" ||
		first["type"] != "article_content" || first["id"] != s.ok("GET", "/articles/"+article, nil).body["content_id"] {
		t.Errorf("an article is shown as %v", a)
	}
	if got := s.ok("GET", "/articles/search?phrase=zebra", nil).body["total_count"]; got != 1.0 {
		t.Errorf("%v articles about zebras", got)
	}
}

func TestContentSearchSeesEveryAcknowledgedChange(t *testing.T) {
	s := startNew(t, app.Config{})
	article, internal, snippet, page := s.some()
	tag, folder := s.tag("Stripes"), s.folder("Animals", nil)
	tagged, filed := "any_tag_ids="+tag, path("folder_ids=%d&folder_entity_type=folder", folder)
	count := func(query string) int {
		got := s.content(query)
		if got == "" {
			return 0
		}
		return strings.Count(got, ",") + 1
	}
	steps := []struct {
		query  string
		change func()
		more   int
	}{
		{tagged, func() { s.ok("POST", "/articles/"+article+"/tags", object{"id": tag}) }, 1},
		{tagged, func() { s.ok("POST", "/internal_articles/"+internal+"/tags", object{"id": tag}) }, 1},
		{tagged, func() { s.ok("POST", "/content_snippets/"+snippet+"/tags", object{"id": tag}) }, 1},
		{tagged, func() { s.ok("DELETE", "/content_snippets/"+snippet+"/tags/"+tag, nil) }, -1},
		{filed, func() { s.ok("PUT", "/articles/"+article, object{"folder_id": folder}) }, 1},
		{filed, func() { s.ok("PUT", "/internal_articles/"+internal, object{"folder_id": folder}) }, 1},
		{"query=zebra", func() {
			s.ok("PUT", "/articles/"+article, object{"title": "Horse", "translated_content": object{"fr": object{"title": "Cheval"}}})
		}, -1},
		{"query=zebra", func() { s.ok("PUT", "/internal_articles/"+internal, object{"body": "None"}) }, -1},
		{"query=zebra", func() { s.ok("PUT", "/content_snippets/"+snippet, object{"body_markdown": "None"}) }, -1},
		{"query=zebra", func() {
			s.ok("PUT", "/ai/external_pages/"+page, externalPage(s.source(), "two", object{"html": "None"}))
		}, -1},
		{"states=draft", func() { s.ok("PUT", "/articles/"+article, object{"state": "draft"}) }, 0}, // the French text is one
		{"states=published", func() { s.ok("PUT", "/articles/"+article, object{"state": "published"}) }, 1},
		{"fin_service_state=on&content_types=article", func() { s.ok("PUT", "/articles/"+article, object{"ai_chatbot_availability": false}) }, 0},
		{"", func() { s.removed("/content_snippets/" + snippet) }, -1},
		{"", func() { s.ok("DELETE", "/ai/external_pages/"+page, nil) }, -1},
		{"", func() { s.ok("DELETE", "/internal_articles/"+internal, nil) }, -1},
		{"", func() { s.ok("DELETE", "/articles/"+article, nil) }, -1},
	}
	for i, step := range steps {
		before := count(step.query)
		step.change()
		if after := count(step.query); after != before+step.more {
			t.Errorf("step %d: %s found %d, then %d, want %d", i, step.query, before, after, before+step.more)
		}
	}
}

func TestPagesOfContentNameTheirNeighbours(t *testing.T) {
	s := startNew(t, app.Config{BaseURL: "https://help.example.com"})
	for range 5 {
		s.article(object{"title": "Zebra"})
	}
	seen := map[any]bool{}
	next := "https://help.example.com/content/search?query=zebra&per_page=2&page=0"
	var pages int
	for next != "" {
		a := s.ok("GET", strings.TrimPrefix(next, "https://help.example.com"), nil)
		pages++
		for _, x := range a.body["data"].([]any) {
			seen[x.(object)["id"]] = true
		}
		p := a.body["pages"].(object)
		if int(p["page"].(float64)) != pages || p["total_pages"] != 3.0 || p["per_page"] != 2.0 || a.body["total_count"] != 5.0 {
			t.Errorf("page %d: %v", pages, p)
		}
		if prev, _ := p["prev"].(string); (prev == "") != (pages == 1) ||
			pages > 1 && prev != path("https://help.example.com/content/search?query=zebra&per_page=2&page=%d", pages-1) {
			t.Errorf("page %d comes after %s", pages, prev)
		}
		next, _ = p["next"].(string)
	}
	if len(seen) != 5 || pages != 3 {
		t.Errorf("%d articles on %d pages", len(seen), pages)
	}
}

func TestContentSearchRefusesWhatItCannotUnderstand(t *testing.T) {
	s := startNew(t, app.Config{})
	tag := s.tag("Stripes")
	o := s.stranger()
	foreign := o.ok("POST", "/tags", object{"name": "Theirs"}).body["id"].(string)
	const reference = "Invalid or duplicated record reference"
	for query, message := range map[string]string{
		"query=" + strings.Repeat("%C3%A9", 501): "query is too long (maximum is 500 characters)",
		"tag_ids=x":                              reference, "tag_ids=-1": reference, "tag_ids=0": reference, "tag_ids=1.5": reference, "tag_ids=99999999999999999999": reference,
		"tag_ids=" + tag + ",999999": reference, "any_tag_ids=999999": reference, "tag_operator=NIN&tag_ids=999999": reference,
		"tag_ids=" + foreign: reference, "created_by_ids=" + path("%d", o.by.Admin+1000): reference, "last_updated_by_ids=1": reference,
		"folder_ids=999999&folder_entity_type=folder": reference,
		"tag_ids=" + tag + "&tag_operator=in":         "tag_operator must be IN or NIN",
		"folder_ids=1":                                "folder_entity_type must be folder",
		"folder_entity_type=collection":               "folder_entity_type must be folder",
		"states=published,archived":                   "states must be of published and draft",
		"locales=en,xx":                               `Unknown locale "xx"`,
		"copilot_state=true":                          "copilot_state must be on or off",
		"created_at_after=yesterday":                  "created_at_after must be a time in Unix seconds or as ISO 8601",
		"updated_at_before=-1":                        "updated_at_before must be a time in Unix seconds or as ISO 8601",
		"tag_ids=" + strings.Repeat(tag+",", 201):     "tag_ids has more than 200 entries",
	} {
		s.do("GET", "/content/search?"+query, nil).wants(t, 422, "data_invalid", message)
	}
	s.do("GET", "/content/search?per_page=51", nil).wants(t, 400, "parameter_invalid", "Per Page is too big")
	for _, harmless := range []string{
		"query=" + strings.Repeat("%C3%A9", 500), "query=%00", "query=" + url.QueryEscape(`" OR 1=1; --`), "page=x", "per_page=0", "unheard=of",
		"tag_ids=" + tag + "," + tag, "tag_ids=,", "states=", "locales=pt_br", "page=999999999999",
	} {
		s.ok("GET", "/content/search?"+harmless, nil)
	}
}

func TestContentNeedsItsOwnPermission(t *testing.T) {
	s := startNew(t, app.Config{})
	reader := s.token(lectern.Token{Name: "reader", Scopes: []lectern.Scope{lectern.ReadContent}})
	writer := s.token(lectern.Token{Name: "writer", Scopes: []lectern.Scope{lectern.WriteContent}})
	other := s.token(lectern.Token{Name: "other", Scopes: []lectern.Scope{lectern.ReadWriteArticles}})
	body := object{"action": "publish", "content_ids": []object{{"type": "article_content", "id": "1"}}}
	reader.ok("GET", "/content/search", nil)
	if a := writer.do("POST", "/content/bulk_actions", body); a.status != 202 {
		t.Errorf("a writer is answered %d %s", a.status, a.raw)
	}
	for _, x := range []*server{writer, other} {
		x.do("GET", "/content/search", nil).wants(t, 403, "forbidden", "You do not have the required scope (read_content) to access this resource")
	}
	for _, x := range []*server{reader, other} {
		x.do("POST", "/content/bulk_actions", body).wants(t, 403, "forbidden", "You do not have the required scope (write_content) to access this resource")
	}
	s.in("2.15").do("GET", "/content/search", nil).wants(t, 400, "intercom_version_invalid", "")
	s.in("2.15").do("POST", "/content/bulk_actions", body).wants(t, 400, "intercom_version_invalid", "")
	if got := s.stranger().content("query=title"); got != "" {
		t.Errorf("a stranger found %s", got)
	}
}
