package rest_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"lectern"
	"lectern/internal/app"
)

// team makes a team of the server's admin and returns its path.
func (s *server) team(members ...lectern.AdminID) string {
	s.t.Helper()
	team, err := s.store.AddTeam(s.t.Context(), s.by, lectern.Team{Name: "Writers", Members: append([]lectern.AdminID{s.by.Admin}, members...)})
	if err != nil {
		s.t.Fatal(err)
	}
	return path("/teams/%d", team.ID)
}

func (s *server) admin(name string) lectern.AdminID {
	s.t.Helper()
	a, err := s.store.AddAdmin(s.t.Context(), s.by, lectern.Admin{Name: name, Email: name + "@example.com"})
	if err != nil {
		s.t.Fatal(err)
	}
	return a.ID
}

func TestATeamsMembersAreReplaced(t *testing.T) {
	s := start(t, app.Config{}).in("Preview")
	grace, joan := s.admin("Grace"), s.admin("Joan")
	team := s.team(grace)
	read := s.ok("GET", team, nil).body
	escaped := fmt.Sprintf(`{"admin_ids": [%d], "name": "\u0057riters" }`, joan)
	for _, c := range []struct {
		body any
		want []lectern.AdminID
	}{
		{escaped, []lectern.AdminID{joan}},
		{object{"admin_ids": []any{joan, grace}}, []lectern.AdminID{joan, grace}},
		{object{"admin_ids": []any{path("%d", grace)}}, []lectern.AdminID{grace}},
		{object{"admin_ids": []any{joan}, "admin_priority_level": object{"primary_admin_ids": []any{joan, grace}}}, []lectern.AdminID{joan}}, // one who leaves
		{object{"admin_ids": []any{joan}, "admin_priority_level": object{"primary_admin_ids": nil, "secondary_admin_ids": []any{}}}, []lectern.AdminID{joan}},
		{read, []lectern.AdminID{s.by.Admin, grace}}, // a team sent back as it was read
	} {
		for _, got := range []answer{s.ok("PUT", team, c.body), s.ok("GET", team, nil)} {
			var o struct {
				AdminIDs []lectern.AdminID `json:"admin_ids"`
			}
			if err := json.Unmarshal(got.raw, &o); err != nil || !slices.Equal(o.AdminIDs, c.want) || got.body["name"] != "Writers" {
				t.Errorf("%v: %s, want %v", c.body, got.raw, c.want)
			}
		}
	}
	if got := s.ok("GET", path("/admins/%d", joan), nil).body["team_ids"].([]any); len(got) != 0 {
		t.Errorf("one who left is in teams %v", got)
	}
	logs := s.ok("GET", "/admins/activity_logs?created_at_after=1", nil).body["activity_logs"].([]any)
	if got := logs[0].(object); got["activity_type"] != "app_team_membership_modification" || got["activity_description"] != "Ada changed the members of the team Writers." {
		t.Errorf("the log says %v", got)
	}
}

func TestATeamsUpdateIsHeldToItsMembers(t *testing.T) {
	s := start(t, app.Config{}).in("Preview")
	grace, joan := s.admin("Grace"), s.admin("Joan")
	team := s.team(grace)
	of := func(ids ...any) []any { return ids }
	for _, c := range []struct {
		body          any
		code, message string
	}{
		{object{}, "parameter_not_found", "admin_ids is a required parameter."},
		{object{"admin_ids": nil}, "parameter_not_found", "admin_ids is a required parameter."},
		{object{"admin_ids": []any{}}, "parameter_invalid", "admin_ids must contain at least one id"},
		{object{"admin_ids": slices.Repeat(of(grace), 1001)}, "parameter_invalid", "admin_ids must contain at most 1000 ids"},
		{object{"admin_ids": of("grace")}, "parameter_invalid", "admin_ids must contain only numeric admin ids"},
		{object{"admin_ids": of("")}, "parameter_invalid", "admin_ids must contain only numeric admin ids"},
		{object{"admin_ids": of(-1)}, "parameter_invalid", "admin_ids must contain only numeric admin ids"},
		{object{"admin_ids": "7"}, "parameter_invalid", "admin_ids must contain only numeric admin ids"},
		{object{"admin_ids": of(999999999)}, "parameter_invalid", "admin_ids must be teammates of the workspace"},
		{object{"admin_ids": of(grace), "name": "Readers"}, "parameter_invalid", "Only admin_ids and admin_priority_level can be updated on a team, but the request changed name"},
		{object{"admin_ids": of(grace), "color": "red"}, "parameter_invalid", "Only admin_ids and admin_priority_level can be updated on a team, but the request changed color"},
		{object{"admin_ids": of(grace), "admin_priority_level": object{"primary_admin_ids": of(joan)}}, "parameter_invalid",
			path("admin_priority_level names %d, which is on neither the team nor admin_ids", joan)},
		{object{"admin_ids": of(grace), "admin_priority_level": object{"primary_admin_ids": of(grace), "secondary_admin_ids": of(grace)}}, "parameter_invalid",
			path("admin_priority_level gives %d more than one priority level", grace)},
		{object{"admin_ids": of(grace), "admin_priority_level": object{"secondary_admin_ids": of(grace)}}, "parameter_invalid",
			"secondary_admin_ids needs a team whose distribution_method is load_balanced"},
		{object{"admin_ids": of(grace), "admin_priority_level": object{"primary_admin_ids": slices.Repeat(of(grace), 1001)}}, "parameter_invalid",
			"admin_priority_level must name at most 1000 ids"},
		{object{"admin_ids": of(grace), "admin_priority_level": of(grace)}, "parameter_invalid", "admin_priority_level must name admins by their ids"},
		{"[]", "parameter_invalid", "The request body must be a JSON object"},
	} {
		s.do("PUT", team, c.body).wants(t, 400, c.code, c.message)
	}
	s.do("PUT", team+"?admin_ids=7", object{"admin_ids": of(joan)}).wants(t, 400, "parameter_invalid", "")
	for _, elsewhere := range []string{"/teams/999999999", "/teams/x", path("/teams/%d", grace)} {
		s.do("PUT", elsewhere, object{"admin_ids": of(grace)}).wants(t, 404, "team_not_found", "Team not found")
	}
	if got := s.ok("GET", team, nil).body["admin_ids"].([]any); len(got) != 2 {
		t.Errorf("a refused request left its mark: %v", got)
	}
	s.in("2.16").do("PUT", team, object{"admin_ids": of(joan)}).wants(t, 400, "intercom_version_invalid", "")
}

func TestActivitiesAreSearchedByType(t *testing.T) {
	s := start(t, app.Config{}).in("2.16")
	const search = "/admins/activity_logs/search"
	for i := range 3 {
		s.ok("PUT", path("/admins/%d/away", s.by.Admin), object{"away_mode_enabled": i != 1, "away_mode_reassign": false})
	}
	for _, c := range []struct {
		types any
		want  int
	}{
		{[]string{"admin_away_mode_change"}, 3},
		{[]string{"app_admin_join", "admin_away_mode_change"}, 5}, // Ada and the bot joined
		{[]string{"app_name_change", "message_state_change"}, 0},  // Intercom's, and never logged here
		{[]string{"app_admin_join", "app_name_change"}, 2},
		{[]string{}, 6}, {nil, 6}, // and a token was made
	} {
		got := s.ok("POST", search, object{"created_at_after": 1, "event_types": c.types}).body
		if n := len(got["activity_logs"].([]any)); n != c.want || got["type"] != "activity_log.list" {
			t.Errorf("%v: %d activities, want %d", c.types, n, c.want)
		}
	}
	page := s.ok("POST", search, object{"created_at_after": 1, "created_at_before": 4102444800, "per_page": 5, "page": 2}).body
	pages := page["pages"].(object)
	if _, next := pages["next"]; next || len(page["activity_logs"].([]any)) != 1 || pages["page"] != 2.0 || pages["total_pages"] != 2.0 {
		t.Errorf("page 2: %v", page)
	}
	if got := s.ok("POST", search, object{"created_at_after": 4102444800}).body; len(got["activity_logs"].([]any)) != 0 {
		t.Errorf("in the future: %v", got)
	}
	for _, body := range []object{{}, {"created_at_after": nil}} {
		s.do("POST", search, body).wants(t, 400, "parameter_not_found", "created_at_after is a required parameter.")
	}
	s.do("POST", search, object{"created_at_after": 1, "per_page": 251}).wants(t, 400, "parameter_invalid", "Per Page is too big")
	s.do("POST", search, object{"created_at_after": 1, "page": "two"}).wants(t, 400, "parameter_invalid", "page must be a whole number")
	s.do("POST", search, object{"created_at_after": 1, "event_types": "app_admin_join"}).wants(t, 400, "parameter_invalid", "event_types must be a list")
	s.in("2.15").do("POST", search, object{"created_at_after": 1}).wants(t, 400, "intercom_version_invalid", "")

	types := s.ok("GET", "/admins/activity_log_event_types", nil).body
	if list := types["event_types"].([]any); types["type"] != "activity_log_event_type.list" || !slices.Contains(list, any("admin_away_mode_change")) {
		t.Errorf("types: %v", types)
	}
}
