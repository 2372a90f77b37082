package openapi

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"lectern"
	"lectern/internal/apiversion"
	"lectern/internal/wire"
)

// operations is a route table with something of everything.
var operations = []Operation{
	{Route: "GET /me", ID: "identifyAdmin", Tag: "Admins", Summary: "Who am I", Answer: wire.AdminWithApp{}},
	{Route: "GET /admins", ID: "listAdmins", Tag: "Admins", Summary: "List admins", Scope: lectern.ReadAdmins,
		Params: []Param{{Name: "display_avatar", Type: "boolean", About: "Add each admin's picture."}}, Answer: wire.AdminList{}},
	{Route: "PUT /admins/{id}/away", ID: "setAwayAdmin", Tag: "Admins", Summary: "Set an admin to away", Request: wire.SetAwayRequest{}, Answer: wire.Admin{},
		Errors: []Failure{refusal(404, "admin_not_found", "Admin for admin_id not found", "Admin not found")}},
	{Route: "GET /admins/activity_logs", ID: "listActivityLogs", Tag: "Admins", Summary: "List activity logs",
		Params: []Param{{Name: "created_at_after", Type: "string", About: "Unix seconds.", Required: true}}, Answer: wire.ActivityLogList{}},
	{Route: "GET /teams", ID: "listTeams", Tag: "Teams", Summary: "List teams", Answer: wire.TeamList{}},
	{Route: "GET /articles", ID: "listArticles", Tag: "Articles", Summary: "List articles", About: "Newest change first.", Scope: lectern.ReadArticles, Answer: wire.ArticleList{}},
	{Route: "POST /articles", ID: "createArticle", Tag: "Articles", Summary: "Create an article", Request: wire.CreateArticleRequest{}, Answer: wire.Article{},
		Errors: []Failure{refusal(400, "parameter_not_found", "Title is a required parameter.", "Title missing"), refusal(400, "parameter_invalid", "Unknown locale", "Locale unknown")}},
	{Route: "GET /articles/search", ID: "searchArticles", Tag: "Articles", Summary: "Search for articles",
		Params: []Param{{Name: "state", Type: "string", About: "Of the text.", Enum: []string{"published", "draft", "all"}}}, Answer: wire.ArticleSearchResponse{}},
	{Route: "PUT /articles/{id}", ID: "updateArticle", Tag: "Articles", Summary: "Update an article", Request: wire.UpdateArticleRequest{}, Answer: wire.Article{}},
	{Route: "DELETE /articles/{id}", ID: "deleteArticle", Tag: "Articles", Summary: "Delete an article", Answer: wire.Deleted{}},
	{Route: "GET /help_center/collections", ID: "listAllCollections", Tag: "Help Center", Summary: "List collections", Answer: wire.CollectionList{}},
	{Route: "POST /help_center/collections", ID: "createCollection", Tag: "Help Center", Summary: "Create a collection", Request: wire.CreateCollectionRequest{}, Answer: wire.Collection{}},
	{Route: "PUT /help_center/collections/{id}", ID: "updateCollection", Tag: "Help Center", Summary: "Update a collection", Request: wire.UpdateCollectionRequest{}, Answer: wire.Collection{}},
	{Route: "GET /help_center/help_centers", ID: "listHelpCenters", Tag: "Help Center", Summary: "List help centers", Answer: wire.HelpCenterList{}},
	{Route: "GET /tags", ID: "listTags", Tag: "Tags", Summary: "List tags", Answer: wire.TagList{}},
	{Route: "POST /tags", ID: "createTag", Tag: "Tags", Summary: "Create a tag", Request: wire.CreateOrUpdateTagRequest{}, Answer: wire.Tag{}},
	{Route: "DELETE /tags/{id}", ID: "deleteTag", Tag: "Tags", Summary: "Delete a tag"},
	{Route: "GET /internal_articles", ID: "listInternalArticles", Tag: "Internal Articles", Summary: "List internal articles", Answer: wire.Deleted{}},
	{Route: "GET /help_center/sections", ID: "listAllSections", Tag: "Help Center", Summary: "List sections", Answer: wire.SectionList{}},
}

func version(t *testing.T, name string) *apiversion.Version {
	t.Helper()
	v, err := apiversion.Parse(name)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// document returns the description of a version, read back by a library.
func document(t *testing.T, name string) *openapi3.T {
	t.Helper()
	raw, err := Document(version(t, name), operations, "https://help.example.com")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := openapi3.NewLoader().LoadFromData(raw)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestTheDescriptionOfEveryServedVersionIsValid(t *testing.T) {
	for _, name := range apiversion.Served() {
		if err := document(t, name).Validate(t.Context(), openapi3.EnableExamplesValidation()); err != nil {
			t.Errorf("version %s: %v", name, err)
		}
	}
}

func TestADescriptionListsTheOperationsOfItsVersionAndNoOthers(t *testing.T) {
	for _, v := range apiversion.Versions {
		var want, got []string
		for _, op := range operations {
			if v.Offers(op.Route) {
				want = append(want, op.Route+" "+op.ID)
			}
		}
		for path, item := range document(t, v.Name).Paths.Map() {
			for method, op := range item.Operations() {
				got = append(got, method+" "+path+" "+op.OperationID)
			}
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("version %s describes\n%q\nand offers\n%q", v.Name, got, want)
		}
	}
}

func TestTagsOfArticlesAreDescribedFrom213On(t *testing.T) {
	for name, want := range map[string]bool{"2.10": false, "2.11": false, "2.12": false, "2.13": true, "2.14": true, "2.15": true} {
		schemas := document(t, name).Components.Schemas
		for _, kind := range []string{"article", "article_list_item"} {
			s := schemas[kind].Value
			if _, has := s.Properties["tags"]; has != want || slices.Contains(s.Required, "tags") != want {
				t.Errorf("version %s: %s has tags: %v, and needs them: %v; want %v", name, kind, has, slices.Contains(s.Required, "tags"), want)
			}
		}
		if _, has := schemas["tags_applied"]; has != want {
			t.Errorf("version %s describes tags_applied: %v, want %v", name, has, want)
		}
	}
}

func TestDescriptionsAreTheCommentsOfTheSource(t *testing.T) {
	schemas := document(t, "2.15").Components.Schemas
	found, err := readWords()
	if err != nil {
		t.Fatal(err)
	}
	if got, want := schemas["article"].Value.Description, "An Article is an article by itself, as retrieved, created or updated."; got != want {
		t.Errorf("article is described as %q, want %q", got, want)
	}
	parents := schemas["article"].Value.Properties["parent_ids"].Value
	if want := found["articleHead"].fields["ParentIDs"]; want == "" || parents.Description != want {
		t.Errorf("article.parent_ids is described as %q, want %q", parents.Description, want)
	}
	avatar := schemas["admin"].Value.Properties["avatar"].Value
	if want := found["Admin"].fields["Avatar"]; want == "" || avatar.Description != want {
		t.Errorf("admin.avatar is described as %q, want %q", avatar.Description, want)
	}
}

func TestEverySchemaIsDescribed(t *testing.T) {
	schemas := document(t, "2.15").Components.Schemas
	for name, s := range schemas {
		if s.Value.Description == "" {
			t.Errorf("schema %s has no description", name)
		}
	}
}

func TestSchemasFollowTheShapes(t *testing.T) {
	type probe struct {
		Name     string                                 `json:"name" example:"Ada"`
		Count    int                                    `json:"count" example:"3"`
		At       int64                                  `json:"at"`
		On       bool                                   `json:"on"`
		Kind     *string                                `json:"kind" enum:"a,b"`
		Left     *string                                `json:"left,omitzero"`
		Runs     [][]wire.Run                           `json:"runs"`
		ID       wire.Opt[wire.ID]                      `json:"id" required:"true"`
		Title    wire.Opt[string]                       `json:"title"`
		Contents wire.Opt[wire.Translations[wire.Team]] `json:"contents"`
	}
	s := &schemas{version: version(t, "2.15"), types: map[string]typeUse{}}
	properties, required := newObject(), []any{}
	s.addFields(reflect.TypeFor[probe](), properties, &required)
	want := map[string]string{
		"name":     `{"type":"string","example":"Ada"}`,
		"count":    `{"type":"integer","example":3}`,
		"at":       `{"type":"integer","format":"int64"}`,
		"on":       `{"type":"boolean"}`,
		"kind":     `{"type":"string","nullable":true,"enum":["a","b",null]}`,
		"left":     `{"type":"string"}`,
		"runs":     `{"type":"array","items":{"type":"array","items":{"$ref":"#/components/schemas/run"}}}`,
		"id":       `{"oneOf":[{"type":"integer","format":"int64","minimum":0,"nullable":true},{"type":"string","pattern":"^[0-9]*$"}]}`,
		"title":    `{"type":"string","nullable":true}`,
		"contents": `{"$ref":"#/components/schemas/team_translations"}`,
	}
	for _, key := range properties.Keys() {
		got, err := json.Marshal(properties.Get(key))
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != want[key] {
			t.Errorf("%s is %s, want %s", key, got, want[key])
		}
	}
	if len(properties.Keys()) != len(want) {
		t.Errorf("properties are %q, want %q", properties.Keys(), slices.Sorted(maps.Keys(want)))
	}
	if got, want := required, []any{"name", "count", "at", "on", "kind", "runs", "id"}; !slices.Equal(got, want) {
		t.Errorf("required are %v, want %v", got, want)
	}
	if !s.types["team_translations"].nullable || s.types["run"].nullable {
		t.Error("an optional part of a request may be null, a part of an answer may not")
	}
}

func TestTextsByLocaleHaveAPropertyForEachLocale(t *testing.T) {
	schemas := document(t, "2.15").Components.Schemas
	for kind, nullable := range map[string]bool{"article_translated_content": false, "group_translated_content": false, "article_content_translations": true, "group_content_translations": true} {
		s := schemas[kind].Value
		if len(s.Properties) != len(lectern.Locales)+1 || s.Nullable != nullable {
			t.Errorf("%s has %d properties, nullable: %v; want %d, %v", kind, len(s.Properties), s.Nullable, len(lectern.Locales)+1, nullable)
		}
		for _, l := range lectern.Locales {
			if p := s.Properties[string(l)]; p == nil || p.Value.Nullable != nullable {
				t.Errorf("%s.%s: missing, or null is wrong there", kind, l)
			}
		}
	}
}

func TestErrorsAreGroupedByStatusWithAnExampleEach(t *testing.T) {
	op := document(t, "2.11").Paths.Find("/articles").Post
	var examples []string
	for name, e := range op.Responses.Status(400).Value.Content["application/json"].Examples {
		item := e.Value.Value.(map[string]any)["errors"].([]any)[0].(map[string]any)
		examples = append(examples, name+": "+item["code"].(string))
	}
	slices.Sort(examples)
	want := []string{
		"Locale unknown: parameter_invalid",
		"No such API version: intercom_version_invalid",
		"Title missing: parameter_not_found",
	}
	if !slices.Equal(examples, want) {
		t.Errorf("examples of 400 are %q, want %q", examples, want)
	}
	for _, status := range []int{401, 406, 413, 429} {
		if op.Responses.Status(status) == nil {
			t.Errorf("status %d is not described", status)
		}
	}
	if op.Responses.Status(403) != nil {
		t.Error("an operation that needs no permission describes 403")
	}
	list := document(t, "2.11").Paths.Find("/articles").Get
	if list.Responses.Status(413) != nil {
		t.Error("an operation without a body describes 413")
	}
	if list.Responses.Status(403) == nil || !strings.Contains(list.Description, "`read_articles_scope`") {
		t.Error("an operation that needs a permission does not tell of it")
	}
}

func TestABodyThatIsNotJSONHasAnAnswerOfItsOwnShape(t *testing.T) {
	paths := document(t, "2.11").Paths
	for _, test := range []struct {
		op   *openapi3.Operation
		want bool
	}{{paths.Find("/articles").Post, true}, {paths.Find("/articles").Get, false}} {
		schema := test.op.Responses.Status(400).Value.Content["application/json"].Schema.Value
		err := schema.VisitJSON(map[string]any{"status": 400.0, "error": "There was a problem"})
		if got := err == nil; got != test.want {
			t.Errorf("%s describes the answer to malformed JSON: %v, want %v", test.op.OperationID, got, test.want)
		}
	}
}

func TestADescriptionIsTheSameEachTime(t *testing.T) {
	first, err := Document(version(t, "2.13"), operations, "http://localhost")
	if err != nil {
		t.Fatal(err)
	}
	for range 10 {
		again, err := Document(version(t, "2.13"), operations, "http://localhost")
		if err != nil || string(again) != string(first) {
			t.Fatalf("differs from the first, or failed: %v", err)
		}
	}
}

func TestPartsOfThePathAndTheVersionAreParameters(t *testing.T) {
	op := document(t, "2.12").Paths.Find("/admins/{id}/away").Put
	id := op.Parameters.GetByInAndName("path", "id")
	if id == nil || !id.Required || !id.Schema.Value.Type.Is("string") {
		t.Errorf("parameter id is %+v, want a required string of the path", id)
	}
	v := op.Parameters.GetByInAndName("header", "Intercom-Version")
	if v == nil || v.Example != "2.12" || len(v.Schema.Value.Enum) != len(apiversion.Served()) {
		t.Errorf("parameter Intercom-Version is %+v, want an enum of the served versions", v)
	}
}
