package rest_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"lectern/internal/app"
)

// atNoon serves the newest version at a time that the test moves.
func atNoon(t *testing.T) (*server, *clock) {
	t.Helper()
	c := &clock{time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)}
	s := start(t, app.Config{Now: c.Now})
	s.version = "Preview"
	return s, c
}

// says checks some values of an answer.
func (a answer) says(t *testing.T, want object) {
	t.Helper()
	for key, value := range want {
		var got any = a.body
		for part := range strings.SplitSeq(key, ".") {
			o, ok := got.(object)
			if !ok {
				t.Fatalf("%s: %s has no %s", key, a.raw, part)
			}
			if got, ok = o[part]; !ok {
				got = "(absent)"
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(value) {
			t.Errorf("%s is %v, want %v", key, got, value)
		}
	}
}

func TestReadersNeverSeeWhatIsStaged(t *testing.T) {
	s, now := atNoon(t)
	id := s.article(object{"title": "Old title", "body": "<p>Old words</p>", "state": "published"})
	now.now = now.now.Add(time.Minute)
	at := now.now.Unix()
	staged := s.ok("PUT", "/articles/"+id+"/draft", object{"title": "New title", "body_markdown": "**Fresh** words"})
	staged.says(t, object{
		"title": "New title", "body": `<p class="no-margin"><b>Fresh</b> words</p>`, "body_markdown": "**Fresh** words\n", "description": "",
		"state": "published", "has_unpublished_changes": true, "draft_updated_at": float64(at), "updated_at": float64(at),
		"url": s.url + "/help/en/articles/" + id + "-old-title",
	})
	if got := s.ok("GET", "/articles/"+id+"/draft", nil); string(got.raw) != string(staged.raw) {
		t.Errorf("the draft is read as\n%s\nand was staged as\n%s", got.raw, staged.raw)
	}
	live := object{"title": "Old title", "body": `<p class="no-margin">Old words</p>`, "has_unpublished_changes": true, "draft_updated_at": float64(at)}
	s.ok("GET", "/articles/"+id, nil).says(t, live)
	for _, list := range []string{"/articles", "/articles/search?phrase=old"} {
		if got := string(s.ok("GET", list, nil).raw); strings.Contains(got, "Fresh") || !strings.Contains(got, "Old words") {
			t.Errorf("%s shows %s", list, got)
		}
	}
	s.ok("GET", "/articles/search?phrase=fresh", nil).says(t, object{"total_count": 0.0})

	now.now = now.now.Add(time.Minute)
	s.ok("POST", "/articles/"+id+"/draft/publish", nil).says(t, object{
		"title": "New title", "has_unpublished_changes": false, "draft_updated_at": nil, "updated_at": float64(at + 60),
		"url": s.url + "/help/en/articles/" + id + "-new-title",
	})
	s.ok("GET", "/articles/search?phrase=fresh", nil).says(t, object{"total_count": 1.0})
	s.do("GET", "/articles/"+id+"/draft", nil).wants(t, 404, "not_found", "Object not found")
	s.do("POST", "/articles/"+id+"/draft/publish", nil).wants(t, 422, "parameter_invalid", "Article has no draft to publish")
}

func TestADraftStagesWordsAlone(t *testing.T) {
	s, _ := atNoon(t)
	id := s.article(object{"state": "published"})
	parent := s.collection("C", "")
	s.ok("PUT", "/articles/"+id+"/draft", object{
		"description": "D", "state": "draft", "ai_chatbot_availability": false, "parent_ids": []any{parent},
		"scheduled_publish_at": "2027-01-01T00:00:00Z",
	}).says(t, object{"description": "D", "state": "published"})
	s.ok("GET", "/articles/"+id, nil).says(t, object{
		"description": "", "state": "published", "ai_chatbot_availability": true, "parent_ids": []any{}, "scheduled_publish_at": nil,
	})
}

func TestAnUpdateIsStagedWhereADraftIs(t *testing.T) {
	s, _ := atNoon(t)
	id := s.article(object{"title": "Live", "state": "published"})
	s.ok("PUT", "/articles/"+id+"/draft", object{"title": "Staged"})
	s.ok("PUT", "/articles/"+id, object{"description": "More", "ai_copilot_availability": false}).says(t,
		object{"title": "Live", "description": "", "ai_copilot_availability": false})
	s.ok("GET", "/articles/"+id+"/draft", nil).says(t, object{"title": "Staged", "description": "More"})
	// An older client's words are staged, too.
	s.version = "2.11"
	s.ok("PUT", "/articles/"+id, object{"body": "<p>Older</p>"}).says(t, object{"body": `<p class="no-margin">A body</p>`})
	s.version = "Preview"
	s.ok("GET", "/articles/"+id+"/draft", nil).says(t, object{"title": "Staged", "body_markdown": "Older\n"})
	// Saying published publishes it.
	s.ok("PUT", "/articles/"+id, object{"state": "published", "title": "Final"}).says(t,
		object{"title": "Final", "description": "More", "has_unpublished_changes": false})
	// Hiding the article keeps what was staged as its text.
	s.ok("PUT", "/articles/"+id+"/draft", object{"title": "Next"})
	s.ok("PUT", "/articles/"+id, object{"state": "draft"}).says(t, object{"title": "Next", "state": "draft", "has_unpublished_changes": false})
}

func TestDraftsOfEachLanguageArePublishedByName(t *testing.T) {
	s, _ := atNoon(t)
	id := s.article(object{"title": "One", "state": "published", "translated_content": object{"fr": object{"title": "Un", "state": "published"}, "de": object{"title": "Eins"}}})
	s.do("PUT", "/articles/"+id+"/draft", object{"translated_content": object{"de": object{"title": "Zwei"}}}).wants(t, 422, "parameter_invalid", "Article must be published before a draft can be staged")
	s.ok("PUT", "/articles/"+id+"/draft", object{"title": "Two", "translated_content": object{"fr": object{"title": "Deux"}}}).says(t, object{
		"title": "Two", "translated_content.fr.title": "Deux", "translated_content.fr.has_unpublished_changes": true,
		"translated_content.de.has_unpublished_changes": false, "translated_content.en.title": "Two",
	})
	publish := "/articles/" + id + "/draft/publish"
	s.do("POST", publish, nil).wants(t, 422, "parameter_not_found", "locales must be specified to publish a draft on a multilingual workspace")
	s.do("POST", publish, object{"locales": []string{}}).wants(t, 422, "parameter_not_found", "")
	s.do("POST", publish, object{"locales": []string{"de", "fr", "es"}}).wants(t, 422, "parameter_invalid", "Cannot publish a draft for locale(s) without pending changes: de, es")
	s.do("POST", publish, object{"locales": []string{"klingon"}}).wants(t, 400, "parameter_invalid", `Unknown locale "klingon"`)
	s.do("POST", publish, object{"locales": "fr"}).wants(t, 400, "parameter_invalid", "locales must be a list")
	s.ok("POST", publish, object{"locales": []string{"fr", "fr"}}).says(t, object{
		"title": "One", "has_unpublished_changes": true, "translated_content.fr.title": "Deux", "translated_content.fr.has_unpublished_changes": false,
		"translated_content.fr.draft_updated_at": nil,
	})
	s.ok("POST", publish, object{"locales": []string{"en"}}).says(t, object{"title": "Two", "has_unpublished_changes": false})
}

func TestWhatADraftIsRefused(t *testing.T) {
	s, _ := atNoon(t)
	id := s.article(nil)
	published := s.article(object{"state": "published"})
	for _, at := range []string{"/articles/999/draft", "/articles/x/draft", "/articles/0/draft"} {
		s.do("GET", at, nil).wants(t, 404, "not_found", "Object not found")
		s.do("PUT", at, object{"title": "T"}).wants(t, 404, "not_found", "Object not found")
		s.do("POST", at+"/publish", nil).wants(t, 404, "not_found", "Object not found")
	}
	s.do("GET", "/articles/"+id+"/draft", nil).wants(t, 404, "not_found", "Object not found")
	s.do("PUT", "/articles/"+id+"/draft", object{"title": "T"}).wants(t, 422, "parameter_invalid", "Article must be published before a draft can be staged")
	s.do("PUT", "/articles/"+published+"/draft", object{"title": ""}).wants(t, 400, "parameter_invalid", "title must not be blank")
	s.do("PUT", "/articles/"+published+"/draft", object{"author_id": 999}).wants(t, 400, "parameter_invalid", "author_id must be a teammate on the help center's workspace")
	s.do("PUT", "/articles/"+published+"/draft", object{"title": strings.Repeat("x", 256)}).wants(t, 400, "parameter_invalid", "")
	s.do("PUT", "/articles/"+published+"/draft", object{"body": "a", "body_markdown": "a"}).wants(t, 422, "parameter_invalid", "body and body_markdown cannot be given together")
	s.do("PUT", "/articles/"+published+"/draft", object{"title": "T"}, "If-Match", `"x"`).wants(t, 412, "conflict", "")
	s.do("GET", "/articles/"+published+"/draft", nil).wants(t, 404, "not_found", "Object not found")
}

func TestEverySaveOfOtherWordsMakesAVersion(t *testing.T) {
	s, now := atNoon(t)
	id := s.article(object{"title": "A", "state": "published"})
	for _, body := range []object{{"title": "B"}, {"title": "B"}, {"state": "draft"}, {"ai_chatbot_availability": false}, {"state": "published", "description": "D"}} {
		now.now = now.now.Add(time.Second)
		s.ok("PUT", "/articles/"+id, body).says(t, object{"updated_at": float64(now.now.Unix())})
	}
	s.ok("PUT", "/articles/"+id+"/draft", object{"title": "C"})
	list := s.ok("GET", "/articles/"+id+"/versions", nil)
	list.says(t, object{"type": "list", "total_count": 4.0, "pages.per_page": 25.0})
	var titles, states, ids, from []string
	for _, v := range list.body["data"].([]any) {
		o := v.(object)
		titles, states = append(titles, o["title"].(string)), append(states, o["state"].(string))
		ids, from = append(ids, o["id"].(string)), append(from, fmt.Sprint(o["from_version_id"]))
		if _, has := o["body"]; has || o["type"] != "article_version" || o["article_id"] != id || o["created_via"] != "api" ||
			o["author_id"] != fmt.Sprint(s.by.Admin) || o["created_by_id"] != fmt.Sprint(s.by.Admin) {
			t.Errorf("version %v", o)
		}
	}
	if !slices.Equal(titles, []string{"C", "B", "B", "A"}) || !slices.Equal(states, []string{"draft", "published", "draft", "draft"}) {
		t.Errorf("titles %q, states %q", titles, states)
	}
	if !slices.Equal(from, []string{ids[1], ids[2], ids[3], "<nil>"}) {
		t.Errorf("versions %q come from %q", ids, from)
	}
	s.ok("POST", "/articles/"+id+"/draft/publish", nil)
	s.ok("GET", "/articles/"+id+"/versions/"+ids[0], nil).says(t, object{"state": "published", "title": "C", "body_markdown": "A body\n", "updated_at": float64(now.now.Unix())})
	s.ok("GET", "/articles/"+id+"/versions/"+ids[1], nil).says(t, object{"state": "draft"})
	s.ok("GET", "/articles/"+id+"/versions?per_page=3&page=2", nil).says(t, object{"pages.total_pages": 2.0, "pages.page": 2.0})
	s.do("GET", "/articles/"+id+"/versions?per_page=251", nil).wants(t, 400, "parameter_invalid", "Per Page is too big")

	other := s.article(nil)
	for _, at := range []string{other + "/versions/" + ids[0], id + "/versions/x", id + "/versions/99999", "99999/versions/" + ids[0], "99999/versions", "x/versions"} {
		s.do("GET", "/articles/"+at, nil).wants(t, 404, "not_found", "Object not found")
	}
	for _, locale := range []string{"fr", "xx", "%00"} {
		s.do("GET", "/articles/"+id+"/versions?locale="+locale, nil).wants(t, 400, "parameter_invalid", "")
	}
	s.ok("DELETE", "/articles/"+id, nil)
	s.do("GET", "/articles/"+id+"/versions", nil).wants(t, 404, "not_found", "Object not found")
	s.do("GET", "/articles/"+id+"/versions/"+ids[0], nil).wants(t, 404, "not_found", "Object not found")
}

func TestVersionsAreOfOneLanguage(t *testing.T) {
	s, _ := atNoon(t)
	id := s.article(object{"title": "One", "translated_content": object{"fr": object{"title": "Un"}}})
	s.ok("PUT", "/articles/"+id, object{"translated_content": object{"fr": object{"title": "Deux"}}})
	fr := s.ok("GET", "/articles/"+id+"/versions?locale=fr", nil)
	fr.says(t, object{"total_count": 2.0})
	s.ok("GET", "/articles/"+id+"/versions?locale=EN", nil).says(t, object{"total_count": 1.0})
	s.ok("GET", "/articles/"+id+"/versions", nil).says(t, object{"total_count": 3.0})
	version := fr.body["data"].([]any)[0].(object)["id"].(string)
	s.ok("GET", "/articles/"+id+"/versions/"+version+"?locale=fr", nil).says(t, object{"title": "Deux"})
	s.do("GET", "/articles/"+id+"/versions/"+version+"?locale=en", nil).wants(t, 404, "not_found", "Object not found")
}

func TestAnotherWorkspaceSeesNoDraftsAndVersions(t *testing.T) {
	s, _ := atNoon(t)
	id := s.article(object{"state": "published"})
	s.ok("PUT", "/articles/"+id+"/draft", object{"title": "Secret"})
	version := s.ok("GET", "/articles/"+id+"/versions", nil).body["data"].([]any)[0].(object)["id"].(string)
	o := s.stranger()
	for _, r := range [][2]string{
		{"GET", "/articles/" + id + "/draft"}, {"PUT", "/articles/" + id + "/draft"}, {"POST", "/articles/" + id + "/draft/publish"},
		{"GET", "/articles/" + id + "/versions"}, {"GET", "/articles/" + id + "/versions/" + version},
	} {
		o.do(r[0], r[1], nil).wants(t, 404, "not_found", "Object not found")
	}
}

func TestSchedulesAreRunOnce(t *testing.T) {
	s, now := atNoon(t)
	id := s.article(object{"title": "Soon", "state": "published", "scheduled_publish_at": "2026-05-01T14:00:30+02:00"})
	at := now.now.Add(30 * time.Second).Unix()
	s.ok("GET", "/articles/"+id, nil).says(t, object{"state": "draft", "url": nil, "scheduled_publish_at": float64(at), "scheduled_unpublish_at": nil})
	run := func(want int) {
		t.Helper()
		if n, err := s.store.RunSchedules(t.Context()); n != want || err != nil {
			t.Errorf("%d schedules ran, %v; want %d", n, err, want)
		}
	}
	now.now = now.now.Add(29 * time.Second)
	run(0)
	now.now = now.now.Add(time.Second)
	run(1)
	run(0)
	s.ok("GET", "/articles/"+id, nil).says(t, object{"state": "published", "scheduled_publish_at": nil, "updated_at": float64(at)})
	s.ok("GET", "/articles/search?state=published&phrase=soon", nil).says(t, object{"total_count": 1.0})

	later := now.now.Add(time.Hour)
	s.ok("PUT", "/articles/"+id, object{"scheduled_unpublish_at": later.Format(time.RFC3339)}).says(t,
		object{"state": "published", "scheduled_unpublish_at": float64(later.Unix())})
	now.now = later
	run(1)
	s.ok("GET", "/articles/"+id, nil).says(t, object{"state": "draft", "scheduled_unpublish_at": nil})
	s.ok("GET", "/articles/search?state=published&phrase=soon", nil).says(t, object{"total_count": 0.0})
}

func TestAnEditOfAScheduledArticleWaitsForIt(t *testing.T) {
	s, now := atNoon(t)
	id := s.article(object{"title": "Live", "state": "published"})
	at := now.now.Add(time.Hour).Format(time.RFC3339)
	s.ok("PUT", "/articles/"+id, object{"title": "Next", "scheduled_publish_at": at}).says(t, object{"title": "Live", "has_unpublished_changes": true})
	s.ok("PUT", "/articles/"+id, object{"description": "More"}).says(t, object{"description": ""})
	now.now = now.now.Add(time.Hour)
	if _, err := s.store.RunSchedules(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.ok("GET", "/articles/"+id, nil).says(t, object{"title": "Next", "description": "More", "has_unpublished_changes": false, "scheduled_publish_at": nil})
	s.ok("PUT", "/articles/"+id, object{"title": "At once"}).says(t, object{"title": "At once"})
}

func TestASecondScheduleTakesThePlaceOfTheFirst(t *testing.T) {
	s, now := atNoon(t)
	id := s.article(object{"state": "published"})
	at := now.now.Add(time.Hour)
	s.ok("PUT", "/articles/"+id, object{"scheduled_unpublish_at": at.Format(time.RFC3339)})
	s.ok("PUT", "/articles/"+id, object{"scheduled_publish_at": at.Unix(), "scheduled_unpublish_at": nil}).says(t,
		object{"scheduled_publish_at": float64(at.Unix()), "scheduled_unpublish_at": nil})
	s.ok("PUT", "/articles/"+id, object{"scheduled_unpublish_at": nil}).says(t, object{"scheduled_publish_at": float64(at.Unix())})
	s.ok("PUT", "/articles/"+id, object{"scheduled_publish_at": nil}).says(t, object{"scheduled_publish_at": nil})
	// A state brought about now need not come later; another one may.
	s.ok("PUT", "/articles/"+id, object{"scheduled_publish_at": at.Unix()})
	s.ok("PUT", "/articles/"+id, object{"state": "published"}).says(t, object{"scheduled_publish_at": nil})
	s.ok("PUT", "/articles/"+id, object{"scheduled_unpublish_at": at.Unix()})
	s.ok("PUT", "/articles/"+id, object{"state": "published"}).says(t, object{"scheduled_unpublish_at": float64(at.Unix())})
	s.ok("PUT", "/articles/"+id, object{"state": "draft"}).says(t, object{"scheduled_unpublish_at": nil})
}

func TestSchedulesThatAreRefused(t *testing.T) {
	s, now := atNoon(t)
	id := s.article(nil)
	soon := now.now.Add(time.Hour).Format(time.RFC3339)
	for _, c := range []struct {
		body           object
		field, message string
	}{
		{object{"scheduled_publish_at": soon, "state": "draft"}, "scheduled_publish_at", "Cannot schedule a publish while setting state to draft"},
		{object{"scheduled_publish_at": soon, "scheduled_unpublish_at": soon}, "scheduled_unpublish_at", "Cannot set scheduled_publish_at and scheduled_unpublish_at in the same request"},
		{object{"scheduled_unpublish_at": soon}, "scheduled_unpublish_at", "Cannot schedule unpublish for an article that has never been published"},
		{object{"scheduled_publish_at": now.now.Format(time.RFC3339)}, "scheduled_publish_at", "scheduled_publish_at must be in the future"},
		{object{"scheduled_unpublish_at": "2020-01-01"}, "scheduled_unpublish_at", "scheduled_unpublish_at must be an ISO 8601 timestamp"},
		{object{"scheduled_publish_at": ""}, "scheduled_publish_at", "scheduled_publish_at must be an ISO 8601 timestamp"},
		{object{"scheduled_publish_at": "tomorrow"}, "scheduled_publish_at", ""},
		{object{"scheduled_publish_at": true}, "scheduled_publish_at", ""},
		{object{"scheduled_publish_at": -5}, "scheduled_publish_at", ""},
	} {
		a := s.do("PUT", "/articles/"+id, c.body)
		a.wants(t, 400, "parameter_invalid", c.message)
		if got := a.body["errors"].([]any)[0].(object)["field"]; got != c.field {
			t.Errorf("%v: field %v, want %s", c.body, got, c.field)
		}
		s.ok("GET", "/articles/"+id, nil).says(t, object{"scheduled_publish_at": nil, "scheduled_unpublish_at": nil, "state": "draft"})
	}
}

func TestAudiencesAreOfEachLanguage(t *testing.T) {
	s, _ := atNoon(t)
	audience := func(name string) float64 {
		id, _ := s.made("/audiences", object{"name": name, "predicates": []any{}})
		n, _ := strconv.ParseFloat(id, 64)
		return n
	}
	a, b := audience("A"), audience("B")
	id := s.article(object{"audience_ids": []any{b, a, b}})
	s.ok("GET", "/articles/"+id, nil).says(t, object{"audience_ids": []any{b, a}})
	s.do("PUT", "/articles/"+id, object{"title": "Not kept", "audience_ids": []any{a, 999}}).wants(t, 404, "parameter_invalid", "audience_ids contains unknown audience IDs: 999")
	s.ok("GET", "/articles/"+id, nil).says(t, object{"title": "A title", "audience_ids": []any{b, a}})
	s.ok("PUT", "/articles/"+id, object{"translated_content": object{"fr": object{"title": "Un", "audience_ids": []any{a}}}}).says(t, object{
		"audience_ids": "(absent)", "translated_content.en.audience_ids": []any{b, a}, "translated_content.fr.audience_ids": []any{a},
	})
	// What the root says is for every language, and goes before theirs.
	s.ok("PUT", "/articles/"+id, object{"audience_ids": []any{b}, "translated_content": object{"fr": object{"audience_ids": []any{a}}}}).says(t, object{
		"translated_content.en.audience_ids": []any{b}, "translated_content.fr.audience_ids": []any{b},
	})
	s.ok("PUT", "/articles/"+id, object{"audience_ids": []any{}}).says(t, object{"translated_content.en.audience_ids": []any{}, "translated_content.fr.audience_ids": []any{}})
	s.ok("PUT", "/articles/"+id, object{"audience_ids": []any{a}})
	s.removed(path("/audiences/%.0f", a))
	s.ok("GET", "/articles/"+id, nil).says(t, object{"translated_content.en.audience_ids": []any{}})
}

func TestWhatCameWith216IsNotOfOlderVersions(t *testing.T) {
	s, _ := atNoon(t)
	a, b := s.collection("A", ""), s.collection("B", "")
	now := []string{"body_markdown", "has_unpublished_changes", "draft_updated_at", "ai_chatbot_availability", "ai_copilot_availability",
		"ai_sales_agent_availability", "created_by_id", "updated_by_id", "exclude_from_article_suggestions", "help_center_audience",
		"scheduled_publish_at", "scheduled_unpublish_at", "audience_ids"}
	for _, version := range []string{"2.10", "2.11", "2.15", "2.16", "Preview"} {
		s.version = version
		is216 := version == "2.16" || version == "Preview"
		made := s.ok("POST", "/articles", object{
			"title": "T", "author_id": s.by.Admin, "body_markdown": "*x*", "ai_chatbot_availability": false, "parent_id": a, "parent_ids": []any{json.Number(b), json.Number(a)},
		}).body
		for _, key := range now {
			if _, has := made[key]; has != is216 {
				t.Errorf("%s: has %s: %v", version, key, has)
			}
		}
		if _, has := made["folder_id"]; has != (version == "Preview") {
			t.Errorf("%s: has folder_id: %v", version, has)
		}
		if _, has := made["statistics"].(object)["fin_involvements"]; has != is216 {
			t.Errorf("%s: has fin_involvements: %v", version, has)
		}
		for _, key := range []string{"parent_id", "parent_type"} {
			if _, has := made[key]; has == is216 {
				t.Errorf("%s: has %s: %v", version, key, has)
			}
		}
		want := path("[%s]", a)
		if is216 {
			want = path("[%s %s]", b, a)
		} else if made["body"] != "" || made["parent_type"] != "collection" {
			t.Errorf("%s: body %v, parent_type %v", version, made["body"], made["parent_type"])
		}
		if got := fmt.Sprint(made["parent_ids"]); got != want {
			t.Errorf("%s: parent_ids %s, want %s", version, got, want)
		}
	}
}

func TestTheKeysOfAnArticleAreInTheRecordedOrder(t *testing.T) {
	s, _ := atNoon(t)
	id := s.article(object{"parent_id": s.collection("C", "")})
	for version, want := range map[string]string{
		"2.11": "id type workspace_id parent_id parent_type parent_ids statistics content_id title description body author_id state created_at updated_at url",
		"2.13": "id type workspace_id parent_id parent_type parent_ids statistics tags content_id title description body author_id state created_at updated_at url",
		"2.16": "id type workspace_id parent_ids statistics tags content_id title description body body_markdown author_id state created_at updated_at " +
			"has_unpublished_changes draft_updated_at url ai_chatbot_availability ai_copilot_availability ai_sales_agent_availability created_by_id updated_by_id " +
			"exclude_from_article_suggestions help_center_audience scheduled_publish_at scheduled_unpublish_at audience_ids",
	} {
		s.version = version
		if got := strings.Join(keysOf(t, s.ok("GET", "/articles/"+id, nil).raw), " "); got != want {
			t.Errorf("%s:\n got %s\nwant %s", version, got, want)
		}
	}
}

// keysOf lists the keys of a JSON object as they stand.
func keysOf(t *testing.T, raw []byte) []string {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(string(raw)))
	if _, err := d.Token(); err != nil {
		t.Fatal(err)
	}
	var keys []string
	for d.More() {
		key, err := d.Token()
		if err != nil {
			t.Fatal(err)
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			t.Fatal(err)
		}
		keys = append(keys, key.(string))
	}
	return keys
}
