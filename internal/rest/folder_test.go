package rest_test

import (
	"fmt"
	"strings"
	"testing"

	"lectern/internal/app"
)

// folder creates a folder and returns its ID; parent may be nil.
func (s *server) folder(name string, parent any) int {
	s.t.Helper()
	a := s.ok("POST", "/folders", object{"folder": object{"name": name, "parent_folder_id": parent}}, "Intercom-Version", "Preview")
	return int(a.body["id"].(float64))
}

func TestAFolderIsGivenBack(t *testing.T) {
	s := startNew(t, app.Config{})
	made := s.ok("POST", "/folders", object{"folder": object{"name": "Refunds", "description": "Money back", "emoji": "📚"}})
	id, at := int(made.body["id"].(float64)), int(made.body["created_at"].(float64))
	want := fmt.Sprintf(`{"id":%d,"name":"Refunds","description":"Money back","emoji":"📚","parent_folder_id":null,"content_count":0,"created_at":%d,"updated_at":%[2]d}`, id, at)
	if string(made.raw) != want {
		t.Errorf("created %s, want %s", made.raw, want)
	}
	if got := s.ok("GET", path("/folders/%d", id), nil); string(got.raw) != want {
		t.Errorf("read %s, want %s", got.raw, want)
	}
	parent := s.folder("Handbook", nil)
	changed := s.ok("PUT", path("/folders/%d", id), object{"folder": object{"description": nil, "emoji": "", "parent_folder_id": parent}}).body
	if changed["name"] != "Refunds" || changed["description"] != nil || changed["emoji"] != nil || changed["parent_folder_id"] != float64(parent) {
		t.Errorf("changed to %v", changed)
	}
	want = fmt.Sprintf(`{"id":%d,"object":"folder","deleted":true}`, id)
	if gone := s.ok("DELETE", path("/folders/%d", id), nil); string(gone.raw) != want {
		t.Errorf("deleted: %s, want %s", gone.raw, want)
	}
	for _, method := range []string{"GET", "DELETE", "PUT"} {
		s.do(method, path("/folders/%d", id), object{"folder": object{}}).wants(t, 404, "not_found", "Resource Not Found")
	}
	s.do("GET", "/folders", nil, "Intercom-Version", "2.16").wants(t, 400, "intercom_version_invalid", "")
}

func TestAFolderCountsWhatIsInIt(t *testing.T) {
	s := startNew(t, app.Config{})
	folder := s.folder("Handbook", nil)
	count := func() any {
		t.Helper()
		one := s.ok("GET", path("/folders/%d", folder), nil).body["content_count"]
		list := s.ok("GET", "/folders", nil).body["data"].([]any)
		if last := list[len(list)-1].(object); last["content_count"] != one {
			t.Errorf("%v in the list, %v by itself", last["content_count"], one)
		}
		return one
	}
	var internal, article string
	for _, step := range []struct {
		name string
		do   func()
		want float64
	}{
		{"nothing", func() {}, 0},
		{"an internal article", func() { internal = s.internal(object{"folder_id": folder}) }, 1},
		{"an article", func() { article = s.article(object{"folder_id": folder}) }, 2},
		{"a folder", func() { s.folder("Inner", folder) }, 2},
		{"the article gone", func() { s.ok("DELETE", "/articles/"+article, nil) }, 1},
		{"the internal article taken out", func() { s.ok("PUT", "/internal_articles/"+internal, object{"folder_id": nil}) }, 0},
	} {
		step.do()
		if got := count(); got != step.want {
			t.Errorf("%s: content_count %v, want %v", step.name, got, step.want)
		}
	}
}

func TestAFolderThatHoldsSomethingIsNotDeleted(t *testing.T) {
	s := startNew(t, app.Config{})
	top := s.folder("Top", nil)
	inner := s.folder("Inner", top)
	id := s.internal(object{"folder_id": inner})
	for _, folder := range []int{top, inner} {
		s.do("DELETE", path("/folders/%d", folder), nil).wants(t, 422, "data_invalid", "Folder is not empty")
	}
	s.ok("DELETE", "/internal_articles/"+id, nil)
	s.ok("DELETE", path("/folders/%d", inner), nil)
	s.ok("DELETE", path("/folders/%d", top), nil)
}

func TestAFolderRefusesWhatItCannotHold(t *testing.T) {
	s := startNew(t, app.Config{})
	top := s.folder("Top", nil)
	inner := s.folder("Inner", top)
	before := s.ok("GET", path("/folders/%d", top), nil)
	for _, c := range []struct {
		method  string
		body    any
		code    string
		message string
	}{
		{"POST", object{}, "parameter_not_found", "Folder is a required parameter."},
		{"POST", object{"folder": nil}, "parameter_not_found", "Folder is a required parameter."},
		{"POST", object{"name": "Top"}, "parameter_not_found", "Folder is a required parameter."},
		{"PUT", object{"name": "Top"}, "parameter_not_found", "Folder is a required parameter."},
		{"POST", object{"folder": object{}}, "parameter_not_found", "Name is a required parameter."},
		{"POST", object{"folder": object{"name": ""}}, "parameter_not_found", "Name is a required parameter."},
		{"PUT", object{"folder": object{"name": ""}}, "parameter_invalid", "name must not be blank"},
		{"PUT", object{"folder": object{"name": strings.Repeat("x", 256)}}, "parameter_invalid", "name is too long (maximum is 255 characters)"},
		{"PUT", object{"folder": object{"emoji": strings.Repeat("x", 256)}}, "parameter_invalid", "emoji is too long (maximum is 255 characters)"},
		{"PUT", object{"folder": object{"description": "\x00"}}, "parameter_invalid", "description must not contain a NUL character"},
		{"PUT", object{"folder": "Top"}, "parameter_invalid", "folder must be an object"},
		{"PUT", object{"folder": object{"name": 7}}, "parameter_invalid", "folder.name must be a string"},
		{"PUT", object{"folder": object{"parent_folder_id": "x"}}, "parameter_invalid", "folder.parent_folder_id must be an ID"},
		{"POST", object{"folder": object{"name": "x", "parent_folder_id": 999}}, "parameter_invalid", "parent_folder_id is invalid"},
		{"PUT", object{"folder": object{"parent_folder_id": 999}}, "parameter_invalid", "parent_folder_id is invalid"},
		{"PUT", object{"folder": object{"parent_folder_id": top}}, "parameter_invalid", "parent_folder_id must not be the folder itself or one inside it"},
		{"PUT", object{"folder": object{"parent_folder_id": inner}}, "parameter_invalid", "parent_folder_id must not be the folder itself or one inside it"},
	} {
		t.Run(fmt.Sprint(c.method, " ", c.body), func(t *testing.T) {
			where := "/folders"
			if c.method == "PUT" {
				where = path("/folders/%d", top)
			}
			s.do(c.method, where, c.body).wants(t, 400, c.code, c.message)
		})
	}
	if got := s.ok("GET", path("/folders/%d", top), nil); string(got.raw) != string(before.raw) {
		t.Errorf("changed to %s", got.raw)
	}
}

func TestFoldersComeInPages(t *testing.T) {
	s := startNew(t, app.Config{})
	top := s.folder("Top", nil)
	for i := range 51 {
		s.folder(fmt.Sprint("F ", i), top)
	}
	a := s.ok("GET", path("/folders?parent_folder_id=%d", top), nil).body
	pages := a["pages"].(object)
	next := fmt.Sprintf("%s/folders?parent_folder_id=%d&per_page=50&page=2", s.url, top)
	if len(a["data"].([]any)) != 50 || a["total_count"] != 51.0 || pages["total_pages"] != 2.0 || pages["next"] != next {
		t.Errorf("%d folders of %v, pages %v", len(a["data"].([]any)), a["total_count"], pages)
	}
	if n := s.ok("GET", "/folders?per_page=150", nil).body["total_count"]; n != 52.0 {
		t.Errorf("%v folders", n)
	}
	s.do("GET", "/folders?per_page=151", nil).wants(t, 400, "parameter_invalid", "Per Page is too big")
	s.do("GET", "/folders?parent_folder_id=x", nil).wants(t, 400, "parameter_invalid", "parent_folder_id must be an ID")
	if n := s.ok("GET", "/folders?parent_folder_id=999", nil).body["total_count"]; n != 0.0 {
		t.Errorf("%v folders in one that does not exist", n)
	}
}

func TestIfMatchGuardsAFolder(t *testing.T) {
	s := startNew(t, app.Config{})
	where := path("/folders/%d", s.folder("Top", nil))
	etag := s.ok("GET", where, nil).header.Get("Etag")
	s.ok("PUT", where, object{"folder": object{"name": "First"}}, "If-Match", etag)
	s.do("PUT", where, object{"folder": object{"name": "Second"}}, "If-Match", etag).wants(t, 412, "conflict", "")
}
