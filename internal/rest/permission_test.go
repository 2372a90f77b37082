package rest_test

import (
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"lectern"
	"lectern/internal/apiversion"
	"lectern/internal/app"
	"lectern/internal/openapi"
	"lectern/internal/rest"
)

// unscoped are the operations that every good token may ask for.
var unscoped = []string{"GET /me"}

// queries are those that operations cannot do without.
var queries = map[string]string{
	"GET /admins/activity_logs": "?created_at_after=0",
	"GET /articles/search":      "?phrase=parcel",
	"GET /lectern/search":       "?q=parcel",
}

// bodies are what operations are asked with, by route.
var bodies = map[string]func(f *fixtures) any{
	"POST /admins/activity_logs/search": func(*fixtures) any { return object{"created_at_after": "2020-01-01T00:00:00Z"} },
	"PUT /admins/{id}/away":             func(*fixtures) any { return object{"away_mode_enabled": true, "away_mode_reassign": false} },
	"PUT /teams/{id}":                   func(f *fixtures) any { return object{"admin_ids": []any{f.admin}} },
	"POST /articles":                    func(f *fixtures) any { return object{"title": "T", "author_id": f.admin} },
	"PUT /articles/{id}":                func(*fixtures) any { return object{"title": "New"} },
	"PUT /articles/{id}/draft":          func(*fixtures) any { return object{"title": "Staged anew"} },
	"POST /audiences":                   func(*fixtures) any { return object{"name": "New"} },
	"PUT /audiences/{id}":               func(*fixtures) any { return object{"name": "Renamed"} },
	"POST /content/bulk_actions": func(f *fixtures) any {
		return object{"action": "update_tags", "content_ids": []any{one("article", strconv.FormatInt(f.ids["/articles/"], 10))},
			"tags": object{"add_tag_ids": []any{f.ids["/tags/"]}}}
	},
	"POST /help_center/collections":     func(*fixtures) any { return object{"name": "New"} },
	"PUT /help_center/collections/{id}": func(*fixtures) any { return object{"name": "Renamed"} },
	"POST /help_center/sections":        func(f *fixtures) any { return object{"name": "New", "parent_id": f.ids["/help_center/collections/"]} },
	"PUT /help_center/sections/{id}":    func(*fixtures) any { return object{"name": "Renamed"} },
	"POST /ai/external_pages": func(f *fixtures) any {
		return externalPage(int(f.ids["/ai/content_import_sources/"]), "new", nil)
	},
	"PUT /ai/external_pages/{id}": func(f *fixtures) any {
		return externalPage(int(f.ids["/ai/content_import_sources/"]), "a", nil)
	},
	"POST /folders":                  func(*fixtures) any { return object{"folder": object{"name": "New"}} },
	"PUT /folders/{id}":              func(*fixtures) any { return object{"folder": object{"name": "Renamed"}} },
	"PUT /lectern/help_centers/{id}": func(*fixtures) any { return object{"display_name": "New name"} },
	"POST /ai/content_import_sources": func(*fixtures) any {
		return object{"sync_behavior": "api", "url": "https://docs.example.com"}
	},
	"PUT /ai/content_import_sources/{id}": func(*fixtures) any {
		return object{"sync_behavior": "api", "url": "https://new.example.com"}
	},
	"POST /internal_articles": func(f *fixtures) any {
		return object{"title": "T", "author_id": f.admin, "owner_id": f.admin}
	},
	"PUT /internal_articles/{id}": func(*fixtures) any { return object{"title": "New"} },
	"PUT /lectern/collections/{id}/order": func(f *fixtures) any {
		return object{"article_ids": []any{f.ids["/articles/"]}}
	},
	"PUT /lectern/help_centers/{id}/order": func(f *fixtures) any {
		return object{"collection_ids": []any{f.ids["/help_center/collections/"]}}
	},
	"POST /help_center/help_centers/{id}/redirects": func(f *fixtures) any {
		return object{"from_url": f.s.url + "/help/an-old-page-" + f.name, "locale": "en", "target_type": "article", "target_id": f.ids["/articles/"]}
	},
	"POST /lectern/help_centers/{id}/search_rules": func(*fixtures) any {
		return object{"kind": "synonyms", "locale": "en", "phrases": []any{"parcel", "package"}}
	},
	"PUT /lectern/help_centers/{id}/search_rules/{rule_id}": func(*fixtures) any {
		return object{"phrases": []any{"parcel", "packet"}}
	},
	"POST /content_snippets":     func(*fixtures) any { return object{"title": "T", "body_markdown": "Text"} },
	"PUT /content_snippets/{id}": func(*fixtures) any { return object{"title": "New"} },
	"POST /tags":                 func(f *fixtures) any { return object{"name": "new " + f.name} },
}

// fixtures are what operations are about: one of each noun.
type fixtures struct {
	s     *server
	name  string
	admin lectern.AdminID
	ids   map[string]int64 // by the path that leads to it
	parts map[string]int64 // by the name of the path's parameter, of what is within another
}

// fixtures makes one of each noun anew, called by a name.
func (s *server) fixtures(name string) *fixtures {
	s.t.Helper()
	ctx, db, by := s.t.Context(), s.store, s.by
	must := func(err error) {
		s.t.Helper()
		if err != nil {
			s.t.Fatal(err)
		}
	}
	f := &fixtures{s: s, name: name, admin: by.Admin, ids: map[string]int64{"/admins/": int64(by.Admin)}, parts: map[string]int64{}}
	centers, err := db.HelpCenters(ctx, by.Workspace)
	must(err)
	home := centers[0].ID
	f.ids["/help_center/help_centers/"], f.ids["/lectern/help_centers/"] = int64(home), int64(home)
	brand, err := db.AddBrand(ctx, by, "Brand", home)
	must(err)
	f.ids["/brands/"] = int64(brand.ID)
	top, err := db.AddCollection(ctx, by, &lectern.CollectionEdit{CollectionTextEdit: lectern.CollectionTextEdit{Name: new("Top")}})
	must(err)
	inner, err := db.AddCollection(ctx, by, &lectern.CollectionEdit{CollectionTextEdit: lectern.CollectionTextEdit{Name: new("Inner")}, Parent: &top.ID})
	must(err)
	f.ids["/help_center/collections/"], f.ids["/lectern/collections/"], f.ids["/help_center/sections/"] = int64(top.ID), int64(top.ID), int64(inner.ID)
	a, err := db.AddArticle(ctx, by, &lectern.ArticleEdit{
		Parents:         &[]lectern.CollectionID{top.ID},
		ArticleTextEdit: lectern.ArticleTextEdit{Title: new("A parcel"), Author: &by.Admin, State: new(lectern.Published)},
	})
	must(err)
	_, err = db.StageDraft(ctx, by, a.ID, &lectern.ArticleEdit{ArticleTextEdit: lectern.ArticleTextEdit{Title: new("Staged")}}, nil)
	must(err)
	f.ids["/articles/"] = int64(a.ID)
	versions, _, err := db.ArticleVersions(ctx, by.Workspace, lectern.VersionQuery{Article: a.ID, Locale: "en"})
	must(err)
	f.parts["version_id"] = int64(versions[0].ID)
	audience, err := db.AddAudience(ctx, by, &lectern.AudienceEdit{Name: new("Audience")})
	must(err)
	f.ids["/audiences/"] = int64(audience.ID)
	source, err := db.AddImportSource(ctx, by, &lectern.ImportSourceEdit{URL: new("https://docs.example.com"), Sync: new(lectern.SyncAPI)})
	must(err)
	f.ids["/ai/content_import_sources/"] = int64(source.ID)
	page, err := db.PutExternalPage(ctx, by, &lectern.ExternalPageEdit{Source: &source.ID, ExternalID: new("a"), Title: new("Page"), HTML: new("x")})
	must(err)
	f.ids["/ai/external_pages/"], f.ids["/external_pages/"] = int64(page.ID), int64(page.ID)
	folder, err := db.AddFolder(ctx, by, &lectern.FolderEdit{Name: new("Folder")})
	must(err)
	f.ids["/folders/"] = int64(folder.ID)
	internal, err := db.AddInternalArticle(ctx, by, &lectern.InternalArticleEdit{Title: new("Internal"), Author: &by.Admin, Owner: &by.Admin})
	must(err)
	f.ids["/internal_articles/"] = int64(internal.ID)
	snippet, err := db.AddSnippet(ctx, by, &lectern.SnippetEdit{Title: new("Snippet"), Content: &lectern.SnippetContent{Blocks: "[]"}})
	must(err)
	f.ids["/content_snippets/"] = int64(snippet.ID)
	redirect, err := db.AddRedirect(ctx, by, lectern.Redirect{HelpCenter: home, From: "/old-" + name, Locale: "en", Target: lectern.Target{Article: a.ID}})
	must(err)
	f.parts["redirect_id"] = int64(redirect.ID)
	rule, err := db.AddSearchRule(ctx, by, lectern.SearchRule{HelpCenter: home, Locale: "en", Kind: lectern.SynonymRule, Phrases: []string{"box", "case"}})
	must(err)
	f.parts["rule_id"] = int64(rule.ID)
	tag, err := db.AddTag(ctx, by, "tag "+name)
	must(err)
	f.ids["/tags/"] = int64(tag.ID)
	worn, err := db.AddTag(ctx, by, "worn "+name)
	must(err)
	f.parts["tag_id"] = int64(worn.ID)
	for _, o := range []lectern.Object{
		{Kind: lectern.ArticleObject, ID: int64(a.ID)}, {Kind: lectern.InternalArticleObject, ID: int64(internal.ID)},
		{Kind: lectern.SnippetObject, ID: int64(snippet.ID)}, {Kind: lectern.ExternalPageObject, ID: int64(page.ID)},
	} {
		_, err := db.TagObject(ctx, by, o, worn.ID, 0)
		must(err)
	}
	team, err := db.AddTeam(ctx, by, lectern.Team{Name: "Team"})
	must(err)
	f.ids["/teams/"] = int64(team.ID)
	action, err := db.AddBulkAction(ctx, by, &lectern.BulkAction{
		Verb: lectern.BulkUpdateTags, Tags: lectern.Membership[lectern.TagID]{Add: []lectern.TagID{tag.ID}},
		Items: []lectern.BulkItem{{Object: lectern.Object{Kind: lectern.ArticleObject, ID: int64(a.ID)}}},
	})
	must(err)
	f.ids["/lectern/bulk_actions/"] = int64(action.ID)
	return f
}

// request is how an operation is asked for.
func (f *fixtures) request(op openapi.Operation) (method, path string, body any) {
	f.s.t.Helper()
	method, path, _ = strings.Cut(op.Route, " ")
	path += queries[op.Route]
	if before, _, found := strings.Cut(path, "{id}"); found {
		id, known := f.ids[before]
		if !known {
			f.s.t.Fatalf("%s: nothing is made that %q leads to", op.Route, before)
		}
		path = strings.Replace(path, "{id}", strconv.FormatInt(id, 10), 1)
	}
	for name, id := range f.parts {
		path = strings.Replace(path, "{"+name+"}", strconv.FormatInt(id, 10), 1)
	}
	if strings.Contains(path, "{") {
		f.s.t.Fatalf("%s: a parameter is not filled in", op.Route)
	}
	switch make := bodies[op.Route]; {
	case make != nil:
		body = make(f)
	case strings.HasPrefix(op.ID, "attachTag"):
		body = object{"id": strconv.FormatInt(f.ids["/tags/"], 10), "admin_id": strconv.FormatInt(int64(f.admin), 10)}
	}
	return method, path, body
}

// includes says by names alone whether a token with a scope may what needs
// another: itself, or reading where it may read and write.
func includes(scope, needed lectern.Scope) bool {
	return scope == needed || strings.Replace(string(scope), "read_write_", "read_", 1) == string(needed)
}

// TestEveryOperationIsRefusedWithoutItsPermission asks for each operation with a
// token of each scope, one of all others, and one that may everything.
func TestEveryOperationIsRefusedWithoutItsPermission(t *testing.T) {
	place := app.Place(t.TempDir())
	s := start(t, app.Config{Database: place})
	file, err := sql.Open("sqlite", "file:"+place.File())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	token := func(scopes ...lectern.Scope) string {
		secret := lectern.NewTokenSecret()
		_, err := s.store.AddToken(t.Context(), s.by, lectern.Token{Admin: s.by.Admin, Name: "t", Hash: lectern.HashToken(secret), Scopes: scopes})
		if err != nil {
			t.Fatal(err)
		}
		return secret
	}
	secrets := map[lectern.Scope]string{}
	for _, scope := range lectern.Scopes {
		secrets[scope] = token(scope)
	}
	owner := s.secret
	for i, op := range rest.Operations() {
		f := s.fixtures(strconv.Itoa(i))
		_, version := apiversion.Range(op.Route)
		if version == nil {
			version = apiversion.Versions[0]
		}
		ask := func(secret string) answer {
			t.Helper()
			s.secret = secret
			method, path, body := f.request(op)
			return s.do(method, path, body, "Intercom-Version", version.Name)
		}
		if op.Scope == "" {
			if !slices.Contains(unscoped, op.Route) {
				t.Errorf("%s names no permission", op.Route)
			}
			for scope, secret := range secrets {
				if a := ask(secret); a.status != http.StatusOK {
					t.Errorf("%s with %s: %d %s", op.Route, scope, a.status, a.raw)
				}
			}
			continue
		}
		var others []lectern.Scope
		var enough []string
		before := rows(t, file)
		for _, scope := range lectern.Scopes {
			if includes(scope, op.Scope) {
				enough = append(enough, secrets[scope])
				continue
			}
			others = append(others, scope)
			ask(secrets[scope]).wants(t, http.StatusForbidden, "forbidden", op.Denial())
		}
		if after := rows(t, file); after != before {
			t.Errorf("%s: what was refused changed the database", op.Route)
		}
		refused := token(others...)
		ask(refused).wants(t, http.StatusForbidden, "forbidden", op.Denial())
		reads := strings.HasPrefix(string(op.Scope), "read_") && !strings.HasPrefix(string(op.Scope), "read_write_")
		if reads && len(enough) != 2 && op.Scope != lectern.ReadContent || !reads && len(enough) != 1 {
			t.Errorf("%s: %d scopes are enough for %s", op.Route, len(enough), op.Scope)
		}
		before = rows(t, file)
		for n, secret := range append(enough, owner) {
			a := ask(secret)
			if n == 0 && a.status >= 400 || a.status == http.StatusForbidden {
				t.Errorf("%s with %s: %d %s", op.Route, op.Scope, a.status, a.raw)
			}
		}
		if wrote := rows(t, file) != before; wrote == reads && op.Route != "GET /lectern/bulk_actions/{id}" {
			t.Errorf("%s needs %s, and wrote %v", op.Route, op.Scope, wrote)
		}
	}
}

// rows is every row of an SQLite database, as text.
func rows(t *testing.T, db *sql.DB) string {
	t.Helper()
	read := func(query string, each func(*sql.Rows) error) {
		t.Helper()
		found, err := db.QueryContext(t.Context(), query)
		if err != nil {
			t.Fatal(err)
		}
		defer found.Close()
		for found.Next() {
			if err = each(found); err != nil {
				break
			}
		}
		if err = errors.Join(err, found.Err()); err != nil {
			t.Fatal(err)
		}
	}
	var tables []string
	read(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`, func(r *sql.Rows) error {
		var name string
		err := r.Scan(&name)
		tables = append(tables, name)
		return err
	})
	var text strings.Builder
	for _, table := range tables {
		read(`SELECT * FROM `+table, func(r *sql.Rows) error {
			columns, err := r.Columns()
			if err != nil {
				return err
			}
			values, places := make([]any, len(columns)), make([]any, len(columns))
			for i := range values {
				places[i] = &values[i]
			}
			err = r.Scan(places...)
			fmt.Fprintln(&text, table, values)
			return err
		})
	}
	return text.String()
}
