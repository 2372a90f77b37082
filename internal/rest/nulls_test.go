package rest_test

import (
	"fmt"
	"maps"
	"reflect"
	"strings"
	"testing"

	"lectern"
	"lectern/internal/apiversion"
	"lectern/internal/app"
)

// nulls is what of an answer is null, and nothing else; empty if nothing is.
func nulls(answer object) object {
	out := object{}
	for k, v := range answer {
		if v == nil {
			out[k] = nil
		}
		if inner, ok := v.(object); ok {
			if n := nulls(inner); len(n) > 0 {
				out[k] = n
			}
		}
	}
	return out
}

// A null that an answer holds, sent back alone or with all the answer, is no
// change: in every version, of whatever is changed by sending it.
func TestANullOfAnAnswerPutBackChangesNothing(t *testing.T) {
	s := start(t, app.Config{})
	s.version = "Preview"
	const picture = `<p class="no-margin">Kept &amp; shown: <img src="data:image/png;base64,iVBORw0KGgo="></p>`
	text := func(o object) object {
		o["author_id"], o["body"] = s.by.Admin, "<p>Text</p>"
		return o
	}
	id := func(o object) string { return fmt.Sprint(o["id"]) }
	group := s.collection("Group", "")
	section := id(s.ok("POST", "/help_center/collections", object{"name": "Within", "parent_id": group}).body)
	folder := id(s.ok("POST", "/folders", object{"folder": object{"name": "Folder"}}).body)
	articles := map[string]string{
		"draft":             id(s.ok("POST", "/articles", text(object{"title": "Draft"})).body),
		"published":         id(s.ok("POST", "/articles", text(object{"title": "Published", "state": "published", "parent_ids": []string{group, section}, "folder_id": folder})).body),
		"to be published":   id(s.ok("POST", "/articles", text(object{"title": "Soon", "scheduled_publish_at": 4_000_000_000})).body),
		"to be unpublished": id(s.ok("POST", "/articles", text(object{"title": "For now", "state": "published", "scheduled_unpublish_at": 4_000_000_000})).body),
		"in two languages": id(s.ok("POST", "/articles", text(object{"title": "Two", "state": "published",
			"translated_content": object{"fr": text(object{"title": "Deux", "state": "published"})}})).body),
	}
	for name, body := range map[string]string{"with a picture": picture, "with a picture alone": strings.TrimPrefix(picture, "Kept &amp; shown: ")} {
		a, err := s.store.AddArticle(t.Context(), s.by, &lectern.ArticleEdit{
			ArticleTextEdit: lectern.ArticleTextEdit{Title: new("T"), Body: &body, Author: &s.by.Admin, State: new(lectern.Published)},
			Texts:           map[lectern.Locale]lectern.ArticleTextEdit{"fr": {Title: new("F"), Body: &body, Author: &s.by.Admin}},
		})
		if err != nil {
			t.Fatal(err)
		}
		articles[name] = path("%d", a.ID)
		if _, err := s.store.StageDraft(t.Context(), s.by, a.ID, &lectern.ArticleEdit{ArticleTextEdit: lectern.ArticleTextEdit{Title: new("Staged")}}, nil); err != nil {
			t.Fatal(err)
		}
	}
	routes := map[string][]string{ // where it is read and changed, and what a change must hold
		"a collection": {"/help_center/collections/" + group}, "a section": {"/help_center/sections/" + section},
		"a collection within another": {"/help_center/collections/" + section},
		"an external page":            {"", "title", "html", "url", "locale", "source_id"},
		"a snippet":                   {"/content_snippets/" + id(s.do("POST", "/content_snippets", object{"title": "T", "body_markdown": "*Words*"}).body)},
	}
	for name, of := range articles {
		routes["an article "+name] = []string{"/articles/" + of}
		if s.do("GET", "/articles/"+of+"/draft", nil).status == 200 {
			routes["what is staged of an article "+name] = []string{"/articles/" + of + "/draft"}
		}
	}
	for name, body := range map[string]string{"an internal article": "<p>Text</p>", "an internal article with a picture": picture} {
		a, err := s.store.AddInternalArticle(t.Context(), s.by, &lectern.InternalArticleEdit{Title: new("T"), Body: &body, Author: &s.by.Admin, Owner: &s.by.Admin})
		if err != nil {
			t.Fatal(err)
		}
		routes[name] = []string{path("/internal_articles/%d", a.ID)}
	}
	source := s.ok("POST", "/ai/content_import_sources", object{"sync_behavior": "api", "url": "https://a.example"}).body["id"]
	routes["an external page"][0] = "/ai/external_pages/" + id(s.ok("POST", "/ai/external_pages", object{
		"title": "T", "html": "<p>x</p>", "locale": "en", "source_id": source, "external_id": "x"}).body)
	routes["an import source"] = []string{path("/ai/content_import_sources/%v", source), "sync_behavior", "url"}
	centers, err := s.store.HelpCenters(t.Context(), s.by.Workspace)
	if err != nil {
		t.Fatal(err)
	}
	routes["settings"] = []string{path("/lectern/help_centers/%d", centers[0].ID)}

	tried := map[string]int{}
	for _, name := range apiversion.Served() {
		s.version = name
		for what, route := range routes {
			at, needs := route[0], route[1:]
			read := s.do("GET", at, nil)
			if read.status == 404 || read.status == 400 {
				continue // this version has none
			}
			alone := nulls(read.body)
			for _, field := range needs {
				alone[field] = read.body[field]
			}
			withID := maps.Clone(alone)
			withID["id"] = read.body["id"]
			for how, sent := range map[string]object{"alone": alone, "with the ID": withID, "with all": read.body} {
				tried[what]++
				s.ok("PUT", at, sent)
				got := s.ok("GET", at, nil).body
				unmoved(t, fmt.Sprintf("%s: nulls of %s %s", name, what, how), got, read.body)
				if f := nulls(read.body); how == "alone" && strings.Contains(what, "with a picture") && name == "Preview" {
					if _, null := f["body_markdown"]; !null {
						t.Errorf("%s has Markdown, so this tests nothing", what)
					}
				}
			}
		}
	}
	for what := range routes {
		if tried[what] == 0 {
			t.Errorf("%s was never read", what)
		}
	}
}

// unmoved wants two answers to agree but for what tells of a change.
func unmoved(t *testing.T, says string, got, want object) {
	t.Helper()
	for k, w := range want {
		inner, isObject := w.(object)
		g, same := got[k].(object)
		switch {
		case k == "updated_at" || k == "last_ingested_at" || k == "updated_by_id" || k == "draft_updated_at":
		case isObject && same:
			unmoved(t, says+": "+k, g, inner)
		case !reflect.DeepEqual(got[k], w):
			t.Errorf("%s: %s is %v, want %v", says, k, got[k], w)
		}
	}
}
