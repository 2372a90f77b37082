package rest_test

import (
	"fmt"
	"strings"
	"testing"

	"lectern/internal/app"
)

// bulk asks for a bulk action and returns the path of its report.
func (s *server) bulk(body any) string {
	s.t.Helper()
	a := s.do("POST", "/content/bulk_actions", body)
	if a.status != 202 || string(a.raw) != `{"type":"content_bulk_action","status":"queued"}` {
		s.t.Fatalf("%d %s", a.status, a.raw)
	}
	return "/lectern/bulk_actions/" + a.header.Get("Lectern-Bulk-Action")
}

// work does what is pending.
func (s *server) work() {
	s.t.Helper()
	for more := true; more; {
		var err error
		if more, err = s.store.DoBulkItem(s.t.Context()); err != nil {
			s.t.Fatal(err)
		}
	}
}

// one names a piece of content in a request.
func one(kind string, id any) object { return object{"type": kind, "id": id} }

// contentID is the content_id of an article in a locale.
func (s *server) contentID(article, locale string) string {
	s.t.Helper()
	for _, x := range s.ok("GET", "/content/search?content_types=article&per_page=50", nil).body["data"].([]any) {
		for _, c := range x.(object)["contents"].([]any) {
			if x.(object)["id"] == article && c.(object)["locale"] == locale {
				return c.(object)["id"].(string)
			}
		}
	}
	s.t.Fatalf("article %s has no text in %s", article, locale)
	return ""
}

func TestABulkActionIsDoneItemByItem(t *testing.T) {
	s := startNew(t, app.Config{})
	article := s.article(object{"title": "Zebra", "translated_content": object{"fr": object{"title": "Zèbre"}}})
	en, fr := s.contentID(article, "en"), s.contentID(article, "fr")
	at := s.bulk(object{"action": "publish", "content_ids": []object{
		one("article_content", en), one("article_content", "999999"), one("snippet", 1), one("article_content", fr),
	}[:2]})
	if got := s.ok("GET", at, nil).body; got["status"] != "queued" || got["pending_count"] != 2.0 || got["finished_at"] != nil {
		t.Errorf("before: %v", got)
	}
	if _, err := s.store.DoBulkItem(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := s.ok("GET", at, nil).body; got["status"] != "running" || got["updated_count"] != 1.0 || got["pending_count"] != 1.0 {
		t.Errorf("on the way: %v", got)
	}
	s.work()
	got := s.ok("GET", at, nil).body
	if got["status"] != "finished" || got["failed_count"] != 1.0 || got["total_count"] != 2.0 || got["finished_at"] == nil {
		t.Errorf("after: %v", got)
	}
	want := fmt.Sprintf("[map[id:%s reason:<nil> status:updated type:article_content] map[id:999999 reason:Resource Not Found status:failed type:article_content]]", en)
	if items := fmt.Sprint(got["items"]); items != want {
		t.Errorf("items %s, want %s", items, want)
	}
	a := s.ok("GET", "/articles/"+article, nil).body
	texts := a["translated_content"].(object)
	if a["state"] != "published" || texts["fr"].(object)["state"] != "draft" {
		t.Errorf("states: %v, %v", a["state"], texts["fr"])
	}
	s.stranger().do("GET", at, nil).wants(t, 404, "not_found", "Resource Not Found")
	for _, id := range []string{"x", "0", "999999", article} {
		s.do("GET", "/lectern/bulk_actions/"+id, nil).wants(t, 404, "not_found", "Resource Not Found")
	}
}

func TestEveryBulkActionShowsInTheContent(t *testing.T) {
	s := startNew(t, app.Config{})
	article, internal, snippet, page := s.some()
	tag := s.tag("Stripes")
	audience, _ := s.made("/audiences", object{"name": "Keepers"})
	en := s.contentID(article, "en")
	all := []object{one("article_content", en), one("internal_article", internal), one("content_snippet", snippet), one("external_content", page)}
	paths := []string{"/articles/" + article, "/internal_articles/" + internal, "/content_snippets/" + snippet, "/ai/external_pages/" + page}

	s.bulk(object{"action": "set_availability", "content_ids": all, "availability": object{"ai_agent": true, "copilot": false}})
	s.bulk(object{"action": "set_audience", "content_ids": all, "audience": object{"add_segment_ids": []any{audience}}})
	s.bulk(object{"action": "update_tags", "content_ids": append([]object{one("article", article)}, all...), "tags": object{"add_tag_ids": []string{tag}}})
	s.work()
	for _, at := range paths[:3] {
		a := s.ok("GET", at, nil).body
		if a["ai_chatbot_availability"] != true || a["ai_copilot_availability"] != false {
			t.Errorf("%s: availability of %v", at, a)
		}
	}
	if got := s.ok("GET", paths[3], nil).body; got["fin_availability"] != true {
		t.Errorf("availability of a page: %v", got)
	}
	for _, at := range paths[1:3] {
		if got := fmt.Sprint(s.ok("GET", at, nil).body["audience_ids"]); got != "["+audience+"]" {
			t.Errorf("%s: audiences %s", at, got)
		}
	}
	if got := s.content("any_tag_ids=" + tag); strings.Count(got, ",") != 3 {
		t.Errorf("tagged: %s", got)
	}
	at := s.bulk(object{"action": "delete", "content_ids": all})
	s.work()
	if got := s.ok("GET", at, nil).body; got["updated_count"] != 2.0 || got["skipped_count"] != 1.0 || got["total_count"] != 3.0 {
		t.Errorf("deleted: %v", got)
	}
	if got, want := s.content(""), "article "+article+", external_content "+page; got != want {
		t.Errorf("left are %s, want %s", got, want)
	}
	s.bulk(object{"action": "delete", "content_ids": []object{one("article_content", en), one("article_content", s.contentID(article, "fr"))}})
	s.work()
	s.do("GET", paths[0], nil).wants(t, 404, "not_found", "")
}

func TestABulkActionRefusesWhatItCannotUnderstand(t *testing.T) {
	s := startNew(t, app.Config{})
	id := s.article(nil)
	tag := s.tag("T")
	on := []object{one("article", id)}
	for message, body := range map[string]any{
		"action must be publish, unpublish, delete, set_availability, set_audience or update_tags": object{"action": "archive", "content_ids": on},
		"action must be a string":                    object{"action": []any{}, "content_ids": on},
		"content_ids is a required parameter.":       object{"action": "delete", "content_ids": []any{}},
		"content_ids must be a list":                 object{"action": "delete", "content_ids": "all"},
		"content_ids[0].type is no type of content":  object{"action": "delete", "content_ids": []object{one("Article", id)}},
		"content_ids[1].id must be an ID":            object{"action": "publish", "content_ids": []object{one("article", id), one("article", nil)}},
		"content_ids has more than 1000 entries":     object{"action": "publish", "content_ids": slicesRepeat(one("article_content", 1), 1001)},
		"tags has more than 100 distinct IDs":        object{"action": "update_tags", "content_ids": on, "tags": object{"remove_tag_ids": numbersTo(101)}},
		"tags names an unknown tag: 999999":          object{"action": "update_tags", "content_ids": on, "tags": object{"remove_tag_ids": []int{999999}}},
		"audience names an unknown audience: 999999": object{"action": "set_audience", "content_ids": on, "audience": object{"remove_segment_ids": []int{999999}}},
		"add_tag_ids and remove_tag_ids must not have an ID in common": object{"action": "update_tags", "content_ids": on,
			"tags": object{"add_tag_ids": []string{tag}, "remove_tag_ids": []string{tag}}},
		"tags must have add_tag_ids or remove_tag_ids":                             object{"action": "update_tags", "content_ids": on, "tags": object{"add_tag_ids": nil}},
		"audience must have add_segment_ids, remove_segment_ids or remove_all":     object{"action": "set_audience", "content_ids": on, "audience": object{"remove_all": false}},
		"availability must name at least one of ai_agent, copilot and sales_agent": object{"action": "set_availability", "content_ids": on},
	} {
		s.do("POST", "/content/bulk_actions", body).wants(t, 422, "parameter_invalid", message)
	}
	for _, body := range []any{
		object{"action": "set_availability", "content_ids": on, "availability": object{"copilot": "on"}},
		object{"action": "update_tags", "content_ids": on, "tags": []any{tag}},
		object{"action": "update_tags", "content_ids": on, "tags": object{"add_tag_ids": []string{"x"}}},
		object{"action": "update_tags", "content_ids": []any{id}, "tags": object{"add_tag_ids": []string{tag}}},
		object{"action": "update_tags", "content_ids": []any{nil}, "tags": object{"add_tag_ids": []string{tag}}},
		`[]`, `"publish"`,
	} {
		s.do("POST", "/content/bulk_actions", body).wants(t, 422, "parameter_invalid", "")
	}
	if a := s.do("POST", "/content/bulk_actions", `{"action":`); a.status != 400 {
		t.Errorf("malformed JSON is answered %d %s", a.status, a.raw)
	}
	s.work()
	if got := s.ok("GET", "/articles/"+id, nil).tagNames(); got != "[]" {
		t.Errorf("tags %s", got)
	}
}

func slicesRepeat(v any, n int) []any {
	list := make([]any, n)
	for i := range list {
		list[i] = v
	}
	return list
}

func numbersTo(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i + 1
	}
	return list
}
