package rest_test

import (
	"fmt"
	"net/url"
	"testing"
	"time"

	"lectern"
	"lectern/internal/app"
)

// titles are those of a search through the API, in order.
func (s *server) titles(phrase string) string {
	s.t.Helper()
	out := ""
	for _, a := range s.ok("GET", "/articles/search?phrase="+url.QueryEscape(phrase), nil).body["data"].(object)["articles"].([]any) {
		out += a.(object)["title"].(string) + ";"
	}
	return out
}

func TestTheNextSearchHeedsARuleThoughItsAnswerWasKept(t *testing.T) {
	s := startNew(t, app.Config{})
	at, _, home := s.redirects()
	_ = at
	rules := "/lectern/help_centers/" + home + "/search_rules"
	s.article(object{"title": "The invoice", "state": "published"})
	pinned := s.article(object{"title": "Terms", "state": "published"})
	if got := s.titles("bill"); got != "" {
		t.Fatalf("without rules: %s", got)
	}
	made := s.ok("POST", rules, object{"kind": "synonyms", "locale": "en", "phrases": []string{"invoice", "bill"}}).body["id"].(string)
	if got := s.titles("bill"); got != "The invoice;" {
		t.Errorf("with synonyms: %s", got)
	}
	pin := s.ok("POST", rules, object{"kind": "pinned", "locale": "en", "phrases": []string{"bill"}, "article_ids": []string{pinned}})
	if got := s.titles("bill"); got != "Terms;The invoice;" {
		t.Errorf("with a pinned answer: %s", got)
	}
	id := pin.body["id"].(string)
	s.ok("PUT", rules+"/"+id, object{"phrases": []string{"other"}})
	if got := s.titles("bill"); got != "The invoice;" {
		t.Errorf("once it is changed: %s", got)
	}
	s.ok("DELETE", rules+"/"+made, nil)
	if got := s.titles("bill"); got != "" {
		t.Errorf("once they are deleted: %s", got)
	}
	tag := s.ok("GET", rules+"/"+id, nil).header.Get("Etag")
	s.ok("PUT", rules+"/"+id, object{"phrases": []string{"more"}})
	s.do("PUT", rules+"/"+id, object{"phrases": []string{"late"}}, "If-Match", tag).wants(t, 412, "conflict", "The resource has changed since it was read")
}

func TestAnExplanationAddsUpToItsScore(t *testing.T) {
	s := startNew(t, app.Config{})
	s.article(object{"title": "Printing labels", "body": "<p>How to print a label</p>", "state": "published"})
	s.article(object{"title": "Something else", "body": "<p>labels</p>", "state": "published"})
	list := s.ok("GET", "/lectern/search?q=print+labels&explain=true", nil).body["data"].([]any)
	if len(list) != 2 {
		t.Fatalf("%d hits", len(list))
	}
	for _, x := range list {
		hit, sum := x.(object), 0.0
		for _, p := range hit["explanation"].([]any) {
			sum += p.(object)["score"].(float64)
		}
		if score := hit["score"].(float64); sum < score*0.999999 || sum > score*1.000001 || score <= 0 {
			t.Errorf("%v has score %v, and parts of %v", hit["title"], score, sum)
		}
	}
}

func TestSearchesThroughTheAPIAreCountedThoughAnswersAreKept(t *testing.T) {
	now := &clock{time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)}
	s := startNew(t, app.Config{Now: now.Now})
	s.article(object{"title": "Labels", "state": "published"})
	for range 3 {
		s.titles("Labels?")
	}
	s.ok("GET", "/articles/search?phrase=labels&page=2", nil)
	s.ok("GET", "/articles/search?phrase=labels&locale=fr", nil)
	s.ok("GET", "/articles/search", nil)
	s.titles("zeppelin")
	s.titles("ada@example.com")
	s.ok("GET", "/lectern/search?q=labels", nil)
	if err := s.store.FlushSearches(t.Context()); err != nil {
		t.Fatal(err)
	}
	got := s.ok("GET", "/lectern/search/insights", nil).body
	list := ""
	for _, x := range got["data"].([]any) {
		c := x.(object)
		list += fmt.Sprint(c["phrase"], ".", c["locale"], " ", c["searches"], "/", c["without_results"], " ", c["last_searched"], ";")
	}
	if want := "labels.en 3/0 2026-11-22;labels.fr 1/0 2026-11-22;zeppelin.en 1/1 2026-11-22;"; list != want {
		t.Errorf("insights are %s, want %s", list, want)
	}
	if got["searches"] != 5.0 || got["without_results"] != 1.0 || got["from"] != "2026-10-24" || got["to"] != "2026-11-22" {
		t.Errorf("totals: %v", got)
	}
	none := s.ok("GET", "/lectern/search/insights?without_results=true&from=2026-11-22&source=api", nil).body
	if list := none["data"].([]any); len(list) != 1 || list[0].(object)["phrase"] != "zeppelin" {
		t.Errorf("without results: %v", none)
	}
	if got := s.ok("GET", "/lectern/search/insights?source="+string(lectern.SiteSearch), nil).body; got["searches"] != 0.0 {
		t.Errorf("on the site: %v", got)
	}
}
