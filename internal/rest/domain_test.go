package rest_test

import (
	"strings"
	"testing"

	"lectern"
	"lectern/internal/app"
)

// Addresses begin with a domain once it answers, in what was answered before, too.
func TestAddressesBeginWithADomainOnceItAnswers(t *testing.T) {
	s := newest(t, app.Config{BaseURL: "https://kb.example.org"})
	centers, err := s.store.HelpCenters(t.Context(), s.by.Workspace)
	if err != nil {
		t.Fatal(err)
	}
	h := centers[0]
	at := path("/lectern/help_centers/%d", h.ID)
	group := s.ok("POST", "/help_center/collections", object{"name": "Group"}).body["id"]
	article := s.ok("POST", "/articles", object{"title": "One", "author_id": s.by.Admin, "state": "published", "parent_id": group, "parent_type": "collection"}).body["id"]
	const identifier, plain, secure = "https://kb.example.org/help", "http://help.example.com", "https://help.example.com"
	begin := func(says, want string) {
		t.Helper()
		for _, route := range []string{"/articles/" + article.(string), "/help_center/collections/" + group.(string), path("/help_center/help_centers/%d", h.ID), at} {
			if got := s.ok("GET", route, nil).body["url"].(string); got != want && !strings.HasPrefix(got, want+"/en/") {
				t.Errorf("%s, %s has the url %s", says, route, got)
			}
		}
		list := s.ok("GET", "/articles", nil).body["data"].([]any)
		if got := list[0].(object)["url"].(string); !strings.HasPrefix(got, want+"/en/") {
			t.Errorf("%s, the list has the url %s", says, got)
		}
	}
	settings := func(says string, answers bool, since any) {
		t.Helper()
		got := s.ok("GET", at, nil).body
		if got["custom_domain"] != "help.example.com" || got["custom_domain_answers"] != answers || got["custom_domain_seen_at"] != since {
			t.Errorf("%s: %v, answers %v, since %v", says, got["custom_domain"], got["custom_domain_answers"], got["custom_domain_seen_at"])
		}
	}
	seen := func(secure bool) float64 {
		t.Helper()
		h, err := s.store.UpdateHelpCenter(t.Context(), lectern.ByInstallation(s.by.Workspace, lectern.ViaSite), h.ID, func(h *lectern.HelpCenter) error {
			h.SeeDomain(h.UpdatedAt, secure)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return float64(h.DomainSeenAt.Unix())
	}
	begin("without a domain", identifier)
	s.ok("PUT", at, object{"custom_domain": "help.example.com"})
	settings("set", false, nil)
	begin("with a domain that does not answer", identifier)
	if got := s.ok("GET", path("/help_center/help_centers/%d", h.ID), nil).body["custom_domain"]; got != "help.example.com" {
		t.Errorf("custom_domain is %v", got)
	}
	since := seen(false)
	settings("seen", true, since)
	begin("seen by http", plain)
	seen(true)
	begin("seen by https", secure)
	settings("seen by https", true, since)

	// What was read may be sent back.
	read := s.ok("GET", at, nil).body
	s.ok("PUT", at, read)
	settings("sent back", true, since)
	s.ok("PUT", at, object{"custom_domain_answers": false})
	settings("taken back", false, nil)
	begin("taken back", identifier)
	if got := s.ok("PUT", at, object{"custom_domain_answers": true}).body["custom_domain_seen_at"]; got == nil {
		t.Error("an operator's word has no time")
	}
	begin("an operator's word", secure)
	read["custom_domain"] = "new.example.com"
	if got := s.ok("PUT", at, read).body; got["custom_domain_answers"] != false || got["url"] != identifier {
		t.Errorf("another domain sent with what was read: %v, %v", got["custom_domain_answers"], got["url"])
	}
	read = s.ok("PUT", at, object{"custom_domain_answers": true}).body
	read["custom_domain"] = nil
	if got := s.ok("PUT", at, read).body; got["custom_domain_answers"] != false || got["url"] != identifier {
		t.Errorf("no domain sent with what was read: %v, %v", got["custom_domain_answers"], got["url"])
	}
	s.do("PUT", at, object{"custom_domain_answers": true}).wants(t, 400, "parameter_invalid", "custom_domain_answers can be true only where there is a custom_domain")
}
