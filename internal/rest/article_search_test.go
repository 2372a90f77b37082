package rest_test

import (
	"strings"
	"testing"
)

func TestASearchPutsTheCallersLanguageFirst(t *testing.T) {
	s, _ := atNoon(t)
	english := s.article(object{"title": "Router router", "body": "<p>router</p>", "state": "published"})
	both := s.article(object{
		"title": "Network", "body": "<p>The router and a lot of other things</p>", "state": "published",
		"translated_content": object{"de": object{"title": "Netz", "body": "<p>Der Router am Anschluss</p>", "state": "published"}},
	})
	for query, want := range map[string][2]string{
		"phrase=router":           {english, both},
		"phrase=router&locale=en": {english, both},
		"phrase=router&locale=de": {both, english},
		"phrase=router&locale=DE": {both, english},
	} {
		got := string(s.ok("GET", "/articles/search?"+query, nil).raw)
		first, second := strings.Index(got, `"id":"`+want[0]+`"`), strings.Index(got, `"id":"`+want[1]+`"`)
		if first < 0 || second < first {
			t.Errorf("%s: want %s before %s in %s", query, want[0], want[1], got)
		}
	}
	s.ok("GET", "/articles/search?phrase=ruoter&locale=de&highlight=true", nil).says(t, object{"total_count": 2.0})
	got := string(s.ok("GET", "/articles/search?phrase=anschlus&highlight=true", nil).raw)
	if !strings.Contains(got, `{"type":"highlight","text":"Anschluss"}`) {
		t.Errorf("what was meant is not highlighted in %s", got)
	}
	got = string(s.ok("GET", "/articles/search?phrase=Routers+Anschlussart&locale=de&highlight=true", nil).raw)
	if !strings.Contains(got, `{"type":"highlight","text":"Anschluss"}`) {
		t.Errorf("what looks like a word of the phrase is not highlighted in %s", got)
	}
	s.do("GET", "/articles/search?phrase=router&locale=xx", nil).wants(t, 400, "parameter_invalid", `Unknown locale "xx"`)
}
