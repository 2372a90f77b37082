package rest_test

import (
	"strings"
	"testing"

	"lectern"
	"lectern/internal/app"
)

func TestARequestThatNamesNoVersionGetsOneThatHasTheOperation(t *testing.T) {
	s := start(t, app.Config{})
	for path, want := range map[string]string{
		"/articles": "2.11", "/internal_articles": "2.13", "/internal_articles/search": "2.13",
		"/ai/content_import_sources": "2.12", "/ai/external_pages": "2.12", "/brands": "2.15",
		"/content_snippets": "2.16", "/audiences": "2.16", "/folders": "Preview", "/help_center/sections": "2.7",
	} {
		if got := s.ok("GET", path, nil).header.Get("Intercom-Version"); got != want {
			t.Errorf("GET %s was answered in %s, want %s", path, got, want)
		}
	}
	made := s.ok("POST", "/internal_articles", object{"title": "T", "author_id": s.by.Admin, "owner_id": s.by.Admin})
	if _, newer := made.body["body_markdown"]; newer || made.header.Get("Intercom-Version") != "2.13" {
		t.Errorf("an internal article is answered in %s: %s", made.header.Get("Intercom-Version"), made.raw)
	}

	pinned := s.token(lectern.Token{Name: "pinned", APIVersion: "2.11"})
	for _, c := range []struct {
		a    answer
		says []string
	}{
		{s.do("GET", "/internal_articles", nil, "Intercom-Version", "2.11"), []string{"Intercom-Version header", "2.11", "2.13 or later"}},
		{pinned.do("GET", "/internal_articles", nil), []string{"access token", "2.11", "2.13 or later"}},
		{s.do("GET", "/folders", nil, "Intercom-Version", "2.16"), []string{"Intercom-Version header", "2.16", "needs Preview"}},
		{s.do("GET", "/help_center/sections", nil, "Intercom-Version", "2.10"), []string{"2.10", "2.9 or earlier"}},
		{s.do("GET", "/articles", nil, "Intercom-Version", "9.9"), []string{"Intercom-Version header", "9.9", "2.16"}},
	} {
		c.a.wants(t, 400, "intercom_version_invalid", "")
		for _, part := range c.says {
			if !strings.Contains(string(c.a.raw), part) {
				t.Errorf("%s does not say %q", c.a.raw, part)
			}
		}
	}
}

func TestSettingsOfTheSiteNeedAScopeOfTheirOwn(t *testing.T) {
	s := start(t, app.Config{BaseURL: "https://kb.example.org"})
	centers, err := s.store.HelpCenters(t.Context(), s.by.Workspace)
	if err != nil {
		t.Fatal(err)
	}
	at := path("/lectern/help_centers/%d", centers[0].ID)
	writer := s.token(lectern.Token{Name: "writer", Scopes: []lectern.Scope{lectern.ReadWriteArticles}})
	writer.do("GET", at, nil).wants(t, 403, "forbidden", "You do not have the required scope (read_help_center_settings_scope) to access this resource")
	writer.do("PUT", at, object{}).wants(t, 403, "forbidden", "You do not have the required scope (read_write_help_center_settings_scope) to access this resource")
	keeper := s.token(lectern.Token{Name: "keeper", Scopes: []lectern.Scope{lectern.ReadWriteSettings}})
	keeper.ok("GET", at, nil)
	keeper.ok("PUT", at, object{"custom_domain": "help.example.com"})
	keeper.do("GET", "/articles", nil).wants(t, 403, "forbidden", "")

	// Nobody else gets the domain, nor anyone the server's own.
	other, err := s.store.AddHelpCenter(t.Context(), s.by, lectern.HelpCenter{Identifier: "other", DefaultLocale: "en"})
	if err != nil {
		t.Fatal(err)
	}
	at = path("/lectern/help_centers/%d", other.ID)
	keeper.do("PUT", at, object{"custom_domain": "Help.example.com"}).wants(t, 409, "resource_conflict", "The domain help.example.com is taken by another help center.")
	keeper.do("PUT", at, object{"custom_domain": "KB.example.org"}).wants(t, 409, "resource_conflict", "The domain KB.example.org is the server's own address.")
}
