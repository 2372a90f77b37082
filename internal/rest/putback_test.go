package rest_test

import (
	"fmt"
	"maps"
	"testing"

	"lectern"
	"lectern/internal/apiversion"
	"lectern/internal/app"
)

// copied returns a deep copy of an answer, as clients make that spread it.
func copied(o object) object {
	out := maps.Clone(o)
	for k, v := range out {
		if inner, ok := v.(object); ok {
			out[k] = copied(inner)
		}
	}
	return out
}

// entry returns what an answer says in a locale.
func entry(o object, locale string) object { return o["translated_content"].(object)[locale].(object) }

// same wants two answers to agree in the fields of either, but for those named.
func same(t *testing.T, what string, got, want object, but ...string) {
	t.Helper()
	skip := map[string]bool{}
	for _, name := range but {
		skip[name] = true
	}
	for k := range want {
		if g, w := fmt.Sprint(got[k]), fmt.Sprint(want[k]); !skip[k] && g != w {
			t.Errorf("%s: %s is %s, want %s", what, k, g, w)
		}
	}
}

// moves are the fields of an article that move with every change.
var moves = []string{"updated_at", "updated_by_id", "translated_content", "url", "body_markdown", "has_unpublished_changes", "draft_updated_at", "statistics"}

func TestWhatChangedInAnAnswerIsWhatChanges(t *testing.T) {
	s := start(t, app.Config{})
	bo, err := s.store.AddAdmin(t.Context(), s.by, lectern.Admin{Name: "Bo", Email: "bo@example.com"})
	if err != nil {
		t.Fatal(err)
	}
	other := int64(bo.ID)
	for _, name := range apiversion.Served() {
		s.version = name
		made := s.ok("POST", "/articles", object{
			"title": "Reset a password", "description": "About it", "body": "<h2>One</h2><p>Text & <strong>more</strong></p>",
			"author_id": s.by.Admin, "state": "published",
			"translated_content": object{"fr": object{"title": "Mot de passe", "body": "<p>Texte</p>", "state": "draft"}},
		}).body
		at := "/articles/" + made["id"].(string)
		changes := map[string][2]any{ // what is sent, and what is answered
			"title":       {"New title", "New title"},
			"description": {"", ""},
			"body":        {"<p>New</p>", `<p class="no-margin">New</p>`},
			"author_id":   {other, float64(other)},
			"state":       {"draft", "draft"},
		}
		if name == "2.16" || name == "Preview" {
			changes["ai_copilot_availability"] = [2]any{false, false}
			changes["body_markdown"] = [2]any{"New *words*", "New *words*\n"}
		}
		for field, value := range changes {
			for _, place := range []string{"root", "entry", "both"} {
				what := fmt.Sprintf("%s: %s changed at the %s", name, field, place)
				before := s.ok("GET", at, nil).body
				sent := copied(before)
				switch place {
				case "root":
					sent[field] = value[0]
				case "entry":
					entry(sent, "en")[field] = value[0]
				case "both": // the entry goes first
					sent[field], entry(sent, "en")[field] = value[0], value[0]
					if field == "title" {
						sent[field] = "Another"
					}
				}
				got := s.ok("PUT", at, sent).body
				if got[field] != value[1] || entry(got, "en")[field] != value[1] {
					t.Errorf("%s: it is %v and %v, want %v", what, got[field], entry(got, "en")[field], value[1])
				}
				but := append([]string{field}, moves...)
				if field == "body_markdown" {
					but = append(but, "body")
				}
				same(t, what, got, before, but...)
				same(t, what, entry(got, "en"), entry(before, "en"), but...)
				same(t, what, entry(got, "fr"), entry(before, "fr"))
				undo := copied(before) // an answer from before, put back at another time
				undo["updated_at"] = 1
				s.ok("PUT", at, undo)
				same(t, what+" and back", s.ok("GET", at, nil).body, before, moves...)
			}
		}
	}
}

func TestWhatChangedInACollectionIsWhatChanges(t *testing.T) {
	s := start(t, app.Config{})
	for _, name := range apiversion.Served() {
		for _, noun := range []string{"collections", "sections"} {
			s.version = "2.16"
			parent := s.collection("Parent "+name, "")
			s.version = name
			if noun == "sections" && !apiversion.Versions[versionAt(name)].Offers("POST /help_center/sections") {
				continue
			}
			body := object{"name": "Accounts", "translated_content": object{"fr": object{"name": "Comptes"}}}
			fields := []string{"name", "description"}
			if noun == "sections" {
				body["parent_id"] = parent
				fields = []string{"name"}
			}
			at := "/help_center/" + noun
			at += "/" + s.ok("POST", at, body).body["id"].(string)
			for _, field := range fields {
				for _, place := range []string{"root", "entry", "both"} {
					what := fmt.Sprintf("%s: %s of %s changed at the %s", name, field, noun, place)
					before := s.ok("GET", at, nil).body
					sent := copied(before)
					want := "New " + place
					if place != "entry" {
						sent[field] = want
					}
					if place != "root" {
						want = "Entry " + place
						entry(sent, "en")[field] = want
					}
					got := s.ok("PUT", at, sent).body
					if got[field] != want || entry(got, "en")[field] != want {
						t.Errorf("%s: it is %v and %v, want %q", what, got[field], entry(got, "en")[field], want)
					}
					same(t, what, got, before, field, "updated_at", "translated_content", "url", "parent_id")
					same(t, what, entry(got, "fr"), entry(before, "fr"))
				}
			}
		}
	}
}

// versionAt is where a version stands in the list.
func versionAt(name string) int {
	for i, v := range apiversion.Versions {
		if v.Name == name {
			return i
		}
	}
	return 0
}

func TestWhatChangedInADraftIsWhatIsStaged(t *testing.T) {
	s := start(t, app.Config{})
	for _, name := range []string{"2.16", "Preview"} {
		s.version = name
		id := s.article(object{"title": "Live", "state": "published",
			"translated_content": object{"fr": object{"title": "Brouillon", "state": "draft"}}})
		at := "/articles/" + id
		stage := func(answer object, title string) object {
			sent := copied(answer)
			sent["title"] = title
			return s.ok("PUT", at+"/draft", sent).body
		}
		first := stage(s.ok("GET", at, nil).body, "First")
		if first["title"] != "First" || entry(first, "en")["title"] != "First" {
			t.Errorf("%s: staged over the article: %v", name, first["title"])
		}
		if second := stage(first, "Second"); second["title"] != "Second" {
			t.Errorf("%s: staged over the draft: %v", name, second["title"])
		}
		if third := stage(s.ok("GET", at, nil).body, "Third"); third["title"] != "Third" {
			t.Errorf("%s: staged by who has read the article: %v", name, third["title"])
		}

		// Of an article put back, only the change is staged, and nothing comes out.
		sent := s.ok("GET", at, nil).body
		sent["description"] = "About it"
		live := s.ok("PUT", at, sent).body
		staged := s.ok("GET", at+"/draft", nil).body
		if live["title"] != "Live" || live["description"] != "" || live["has_unpublished_changes"] != true ||
			staged["title"] != "Third" || staged["description"] != "About it" {
			t.Errorf("%s: the article put back: live %v, staged %v", name, live, staged)
		}
		if entry(live, "fr")["has_unpublished_changes"] != false {
			t.Errorf("%s: the French text was touched", name)
		}
		live = s.ok("PUT", at, object{"state": "published"}).body // a state alone is asked for
		if live["title"] != "Third" || live["has_unpublished_changes"] != false {
			t.Errorf("%s: published: %v", name, live)
		}
	}
}

func TestAScheduledArticleCanBePutBack(t *testing.T) {
	s := start(t, app.Config{})
	s.version = "2.16"
	at := "/articles/" + s.article(object{"scheduled_publish_at": "2126-01-01T00:00:00Z"})
	sent := s.ok("GET", at, nil).body
	sent["title"] = "New"
	got := s.ok("PUT", at, sent).body
	if got["title"] != "New" || got["state"] != "draft" || got["scheduled_publish_at"] != sent["scheduled_publish_at"] {
		t.Errorf("put back: %v", got)
	}
	s.do("PUT", at, object{"state": "draft", "scheduled_publish_at": "2127-01-01T00:00:00Z"}).wants(t, 400, "parameter_invalid", "")
}

func TestAMoveIsNotLostAmongParents(t *testing.T) {
	s := start(t, app.Config{})
	s.version = "2.16"
	one, two, three := s.collection("One", ""), s.collection("Two", ""), s.collection("Three", "")
	at := "/articles/" + s.article(object{"parent_ids": []string{one, two}})
	sent := s.ok("GET", at, nil).body
	sent["parent_id"] = three
	if got := s.ok("PUT", at, sent).body; fmt.Sprint(got["parent_ids"]) != "["+three+"]" {
		t.Errorf("parent_id set: in %v, want %s", got["parent_ids"], three)
	}
	s.ok("PUT", at, object{"parent_ids": []string{one, two}})
	s.version = "2.11"
	sent = s.ok("GET", at, nil).body
	sent["title"] = "New"
	s.ok("PUT", at, sent)
	s.version = "2.16"
	if got := s.ok("GET", at, nil).body; fmt.Sprint(got["parent_ids"]) != "["+one+" "+two+"]" {
		t.Errorf("put back by 2.11: in %v, want both", got["parent_ids"])
	}
}

func TestWhatHasTwoBodiesCanBePutBack(t *testing.T) {
	s := start(t, app.Config{})
	s.version = "2.16"
	internal := "/internal_articles/" + s.ok("POST", "/internal_articles", object{
		"title": "T", "body": "<p>Old &amp; <em>true</em></p>", "author_id": s.by.Admin, "owner_id": s.by.Admin}).body["id"].(string)
	made := s.do("POST", "/content_snippets", object{"title": "T", "body_markdown": "Old *words*"})
	snippet := "/content_snippets/" + made.body["id"].(string)
	for at, fields := range map[string][]string{internal: {"title", "body", "body_markdown"}, snippet: {"title", "json_blocks", "body_markdown"}} {
		for _, field := range fields {
			before := s.ok("GET", at, nil).body
			sent := copied(before)
			sent[field] = "New " + field
			if field == "json_blocks" {
				sent[field] = []any{object{"type": "paragraph", "text": "New json_blocks"}}
			}
			got := s.ok("PUT", at, sent).body
			if fmt.Sprint(got[field]) == fmt.Sprint(before[field]) {
				t.Errorf("%s: %s is %v as before", at, field, got[field])
			}
			s.ok("PUT", at, before)
			if back := s.ok("GET", at, nil).body; fmt.Sprint(back[field]) != fmt.Sprint(before[field]) {
				t.Errorf("%s: %s is %v after what it was before was put back", at, field, back[field])
			}
			if field == "title" && at == internal && got["body"] != before["body"] {
				t.Errorf("%s: a title changed the body to %v", at, got["body"])
			}
		}
		sent := s.ok("GET", at, nil).body
		for _, field := range fields[1:] {
			sent[field] = "Another " + field
			if field == "json_blocks" {
				sent[field] = []any{object{"type": "paragraph", "text": "Another"}}
			}
		}
		if a := s.do("PUT", at, sent); a.status != 422 {
			t.Errorf("%s: both changed: %d %s", at, a.status, a.raw)
		}
	}
	source := s.ok("POST", "/ai/content_import_sources", object{"sync_behavior": "api", "url": "https://a.example"}).body["id"]
	s.version = "Preview"
	page := s.ok("POST", "/ai/external_pages", object{"title": "T", "html": "<p>x</p>", "url": "https://a.example/x", "locale": "en",
		"source_id": source, "external_id": "x", "ai_agent_availability": false}).body
	page["fin_availability"] = true
	if got := s.ok("PUT", "/ai/external_pages/"+page["id"].(string), page).body; got["ai_agent_availability"] != true {
		t.Errorf("fin_availability set in an answer: %v", got)
	}
}
