package rest_test

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"lectern/internal/app"
)

// in returns the server as a client of another version sees it.
func (s *server) in(version string) *server {
	as := *s
	as.version = version
	return &as
}

// names lists what the items of a list are called, in its order.
func (a answer) names() string {
	var names []string
	for _, item := range a.body["data"].([]any) {
		names = append(names, item.(object)["name"].(string))
	}
	return strings.Join(names, " ")
}

var sectionVersions = []string{"2.7", "2.8", "2.9"}

func TestATreeIsCollectionsAndSectionsBefore210(t *testing.T) {
	s := start(t, app.Config{})
	top := s.collection("Top", "")
	mid := s.collection("Mid", top)
	low := s.collection("Low", mid)
	other := s.collection("Other", "")
	for _, version := range sectionVersions {
		old := s.in(version)
		if got := old.ok("GET", "/help_center/collections", nil); got.names() != "Other Top" || got.body["total_count"] != 2.0 {
			t.Errorf("%s: collections are %s", version, got.raw)
		}
		page := old.ok("GET", "/help_center/collections?per_page=1&page=2", nil)
		if pages := page.body["pages"].(object); page.names() != "Top" || pages["total_pages"] != 2.0 || pages["next"] != nil {
			t.Errorf("%s: the last page is %s", version, page.raw)
		}
		sections := old.ok("GET", "/help_center/sections", nil)
		if sections.names() != "Low Mid" || sections.body["total_count"] != 2.0 || sections.body["pages"].(object)["per_page"] != 20.0 {
			t.Errorf("%s: sections are %s", version, sections.raw)
		}
		for section, parent := range map[string]string{mid: top, low: mid} {
			o := old.ok("GET", "/help_center/sections/"+section, nil).body
			if want, _ := strconv.ParseFloat(parent, 64); o["type"] != "section" || o["parent_id"] != want || o["id"] != section {
				t.Errorf("%s: section %v, want parent_id %s as a number", version, o, parent)
			}
			for _, key := range []string{"description", "help_center_id"} {
				if _, ok := o[key]; ok {
					t.Errorf("%s: a section has %s", version, key)
				}
			}
		}
		o := old.ok("GET", "/help_center/collections/"+other, nil).body
		if _, ok := o["parent_id"]; ok || o["type"] != "collection" || o["help_center_id"] == nil {
			t.Errorf("%s: collection %v", version, o)
		}
		for _, path := range []string{"/help_center/collections/" + mid, "/help_center/sections/" + top, "/help_center/sections/7", "/help_center/sections/x"} {
			for _, method := range []string{"GET", "PUT", "DELETE"} {
				old.do(method, path, nil).wants(t, 404, "not_found", "Resource Not Found")
			}
		}
	}
	if got := s.ok("GET", "/help_center/collections", nil).names(); got != "Other Low Mid Top" {
		t.Errorf("2.11 lists %s", got)
	}
}

func TestASectionIsWrittenAndReadAsACollection(t *testing.T) {
	s := start(t, app.Config{})
	old := s.in("2.9")
	top := s.collection("Top", "")
	number, _ := strconv.Atoi(top)
	other := s.collection("Other", "")

	for _, parent := range []any{number, top} { // either way, the answer has a string
		made := old.ok("POST", "/help_center/sections", object{"name": "New", "parent_id": parent, "description": "none has one"}).body
		if made["type"] != "section" || made["parent_id"] != top || made["name"] != "New" {
			t.Errorf("created in %T: %v", parent, made)
		}
	}
	section := old.ok("POST", "/help_center/sections", object{
		"name": "Account", "parent_id": number, "translated_content": object{"fr": object{"name": "Compte"}},
	}).body
	id := section["id"].(string)
	path := "/help_center/sections/" + id
	if fr := section["translated_content"].(object)["fr"].(object); fr["name"] != "Compte" {
		t.Errorf("in French: %v", fr)
	}
	if got := old.ok("PUT", path, object{"name": "Accounts"}).body; got["name"] != "Accounts" || got["parent_id"] != float64(number) {
		t.Errorf("renamed: %v", got)
	}
	if got := old.ok("PUT", path, object{"parent_id": other}).body; got["parent_id"] != other {
		t.Errorf("moved: %v", got)
	}
	if got := s.ok("GET", "/help_center/collections/"+id, nil).body; got["name"] != "Accounts" || got["parent_id"] != other || got["type"] != nil {
		t.Errorf("2.11 reads %v", got)
	}
	if got := old.ok("DELETE", path, nil); string(got.raw) != `{"id":"`+id+`","object":"section","deleted":true}` {
		t.Errorf("deleted: %s", got.raw)
	}
	old.do("DELETE", path, nil).wants(t, 404, "not_found", "Resource Not Found")
	s.do("GET", "/help_center/collections/"+id, nil).wants(t, 404, "not_found", "")
}

func TestASectionIsAlwaysInsideACollection(t *testing.T) {
	s := start(t, app.Config{}).in("2.9")
	top := s.in("2.11").collection("Top", "")
	mid := s.in("2.11").collection("Mid", top)
	low := s.in("2.11").collection("Low", mid)
	const path = "/help_center/sections"
	for _, c := range []struct {
		method, path  string
		body          object
		code, message string
	}{
		{"POST", path, object{"name": "x"}, "parameter_not_found", "parent_id is a required parameter."},
		{"POST", path, object{"name": "x", "parent_id": nil}, "parameter_not_found", "parent_id is a required parameter."},
		{"POST", path, object{"name": "x", "parent_id": ""}, "parameter_not_found", "parent_id is a required parameter."},
		{"POST", path, object{"parent_id": top}, "parameter_not_found", "Name is a required parameter."},
		{"POST", path, object{"name": "x", "parent_id": 999999999}, "parameter_invalid", "parent_id is invalid"},
		{"POST", path, object{"name": "x", "parent_id": "x"}, "parameter_invalid", "parent_id must be an ID"},
		{"POST", path, object{"name": "x", "parent_id": low}, "parameter_invalid", "Collections can be nested at most 3 levels deep"},
		{"PUT", path + "/" + mid, object{"parent_id": nil}, "parameter_invalid", "parent_id is invalid"},
		{"PUT", path + "/" + mid, object{"parent_id": 0}, "parameter_invalid", "parent_id is invalid"},
		{"PUT", path + "/" + mid, object{"parent_id": low}, "parameter_invalid", ""},
		{"PUT", path + "/" + mid, object{"name": ""}, "parameter_invalid", "name must not be blank"},
	} {
		s.do(c.method, c.path, c.body).wants(t, 400, c.code, c.message)
	}
	s.ok("PUT", path+"/"+mid, object{}, "If-Match", s.ok("GET", path+"/"+mid, nil).header.Get("ETag"))
	s.ok("PUT", path+"/"+mid, object{}, "If-Match", s.ok("PUT", path+"/"+mid, object{"parent_id": top}).header.Get("ETag"))
	s.do("PUT", path+"/"+mid, object{"name": "x"}, "If-Match", `"old"`).wants(t, 412, "conflict", "")
	if got := s.ok("GET", path+"/"+mid, nil).body; got["name"] != "Mid" || s.ok("GET", path, nil).body["total_count"] != 2.0 {
		t.Errorf("a refused request left its mark: %v", got)
	}
}

func TestCollectionsBefore210HaveNoParent(t *testing.T) {
	s := start(t, app.Config{})
	old := s.in("2.8")
	top := s.collection("Top", "")
	made := old.ok("POST", "/help_center/collections", object{"name": "Old", "parent_id": top}).body
	old.ok("PUT", "/help_center/collections/"+made["id"].(string), object{"parent_id": top, "name": "Older"})
	if got := s.ok("GET", "/help_center/collections/"+made["id"].(string), nil).body; got["parent_id"] != nil || got["name"] != "Older" {
		t.Errorf("2.11 reads %v", got)
	}
	want := "created_at description help_center_id icon id name order type updated_at url workspace_id"
	if got := strings.Join(slices.Sorted(maps.Keys(made)), " "); got != want {
		t.Errorf("a collection has %s\nwant %s", got, want)
	}
}

func TestAnArticleSaysWhetherItIsInASection(t *testing.T) {
	s := start(t, app.Config{})
	top := s.collection("Top", "")
	mid := s.collection("Mid", top)
	low := s.collection("Low", mid)
	id := s.article(object{"parent_id": top})
	old := s.in("2.9")
	kind := func(s *server) string {
		one := s.ok("GET", "/articles/"+id, nil).body
		item := s.ok("GET", "/articles", nil).body["data"].([]any)[0].(object)
		if one["parent_type"] != item["parent_type"] || one["parent_id"] != item["parent_id"] {
			t.Errorf("by itself it is in %v %v, in the list in %v %v", one["parent_type"], one["parent_id"], item["parent_type"], item["parent_id"])
		}
		kind, _ := one["parent_type"].(string)
		return kind
	}
	for parent, want := range map[string]string{top: "collection", mid: "section", low: "section"} {
		for _, as := range []string{"section", "collection"} { // whichever a client takes it for
			got := old.ok("PUT", "/articles/"+id, object{"parent_id": parent, "parent_type": as}).body
			if path("%.0f", got["parent_id"]) != parent || got["parent_type"] != want {
				t.Errorf("put into %s as a %s: %v %v", want, as, got["parent_type"], got["parent_id"])
			}
		}
		if got := kind(old); got != want {
			t.Errorf("2.9 has it in a %s, want %s", got, want)
		}
		if got := kind(s.in("2.10")); got != "collection" {
			t.Errorf("2.10 has it in a %s", got)
		}
	}

	s.ok("PUT", "/articles/"+id, object{"parent_id": mid})
	for _, step := range []struct {
		parent any
		want   string
	}{{nil, "collection"}, {top, "section"}} { // kept answers follow the collection
		kind(old)
		s.ok("PUT", "/help_center/collections/"+mid, object{"parent_id": step.parent})
		if got := kind(old); got != step.want {
			t.Errorf("the parent moved to %v: 2.9 has it in a %s, want %s", step.parent, got, step.want)
		}
	}
	created := old.ok("POST", "/articles", object{"title": "New", "author_id": s.by.Admin, "parent_id": low, "parent_type": "section"}).body
	if created["parent_type"] != "section" {
		t.Errorf("created in a %v", created["parent_type"])
	}
	if etag := old.ok("GET", "/articles/"+id, nil).header.Get("ETag"); old.do("PUT", "/articles/"+id, object{}, "If-Match", etag).status != 200 {
		t.Error("the ETag of an article in a section does not match itself")
	}
	if got := old.ok("PUT", "/articles/"+id, object{"parent_id": nil}).body; got["parent_type"] != nil || got["parent_id"] != nil {
		t.Errorf("taken out: %v %v", got["parent_type"], got["parent_id"])
	}
}

func TestVersionsBefore27AreAnsweredAs27(t *testing.T) {
	s := start(t, app.Config{})
	s.collection("Inner", s.collection("Top", ""))
	for _, version := range []string{"1.0", "1.4", "2.0", "2.5", "2.6", "2.7"} {
		old := s.in(version)
		got := old.ok("GET", "/help_center/sections", nil)
		if got.names() != "Inner" || got.header.Get("Intercom-Version") != "2.7" {
			t.Errorf("%s: answered as %s with %s", version, got.header.Get("Intercom-Version"), got.raw)
		}
		old.do("GET", "/articles/search", nil).wants(t, 400, "intercom_version_invalid", "")
	}
}

func TestAdminsRankTeamsFrom28On(t *testing.T) {
	s := start(t, app.Config{})
	for version, want := range map[string]bool{"2.7": false, "2.8": true, "2.9": true, "2.15": true} {
		old := s.in(version)
		for form, o := range map[string]object{
			"item":   old.ok("GET", "/admins", nil).body["admins"].([]any)[0].(object),
			"single": old.ok("GET", path("/admins/%d", s.by.Admin), nil).body,
			"away":   old.ok("PUT", path("/admins/%d/away", s.by.Admin), object{"away_mode_enabled": false, "away_mode_reassign": false}).body,
		} {
			if _, got := o["team_priority_level"]; got != want {
				t.Errorf("%s, %s: team_priority_level %v, want %v", version, form, got, want)
			}
			if _, got := o["role"]; got {
				t.Errorf("%s, %s: has a role before 2.16", version, form)
			}
		}
		if _, got := old.ok("GET", "/me", nil).body["role"]; got {
			t.Errorf("%s: /me has a role", version)
		}
	}
}
