package rest

import (
	"encoding/json"
	"maps"
	"net/http"
	"reflect"
	"slices"

	"lectern"
	"lectern/internal/openapi"
	"lectern/internal/wire"
)

var teamRoutes = []*route{
	{handle: (*Server).listTeams, depends: []lectern.Noun{lectern.AboutAdmins}, Operation: openapi.Operation{
		Route: "GET /teams", ID: "listTeams", Tag: "Teams", Scope: lectern.ReadAdmins,
		Summary: "List the teams",
		Answer:  wire.TeamList{}}},
	{handle: (*Server).retrieveTeam, depends: []lectern.Noun{lectern.AboutAdmins}, Operation: openapi.Operation{
		Route: "GET /teams/{id}", ID: "retrieveTeam", Tag: "Teams", Scope: lectern.ReadAdmins,
		Summary: "Retrieve a team",
		Answer:  wire.Team{},
		Errors:  []openapi.Failure{{Status: 404, Code: "team_not_found", Message: "Team not found", When: "No team has this ID"}}}},
	{handle: (*Server).updateTeamMembers, Operation: openapi.Operation{
		Route: "PUT /teams/{id}", ID: "updateTeamMembers", Tag: "Teams", Scope: lectern.ReadWriteAdmins,
		Denied:  "You don't have permission to manage teams in this workspace",
		Summary: "Replace a team's members", About: "The rest of a team may be sent back as it was read, and no other way.",
		Request: wire.UpdateTeamMembersRequest{}, Answer: wire.Team{},
		Errors: []openapi.Failure{
			missing("admin_ids is a required parameter.", "No members are given"),
			invalid("admin_ids must contain only numeric admin ids", "A member is not named by an ID"),
			invalid("admin_ids must be teammates of the workspace", "A member is no teammate"),
			invalid("Only admin_ids and admin_priority_level can be updated on a team, but the request changed name", "Another field is changed"),
			{Status: 404, Code: "team_not_found", Message: "Team not found", When: "No team has this ID"},
		}}},
}

var errTeamNotFound = &failure{http.StatusNotFound, "team_not_found", "Team not found"}

// listTeams answers GET /teams.
func (s *Server) listTeams(c *call) (any, error) {
	teams, err := s.store.Teams(c.Context(), c.workspace())
	if err != nil {
		return nil, err
	}
	list := wire.TeamList{Type: "team.list", Teams: make([]wire.Team, len(teams))}
	for i, t := range teams {
		list.Teams[i] = wire.FromTeam(t)
	}
	return list, nil
}

// retrieveTeam answers GET /teams/{id}.
func (s *Server) retrieveTeam(c *call) (any, error) {
	id, err := pathID[lectern.TeamID](c)
	if err != nil {
		return nil, errTeamNotFound
	}
	t, err := s.store.Team(c.Context(), c.workspace(), id)
	if err != nil {
		return nil, insteadOf(err, lectern.NotFound, errTeamNotFound)
	}
	return wire.FromTeam(t), nil
}

// updateTeamMembers answers PUT /teams/{id}.
func (s *Server) updateTeamMembers(c *call) (any, error) {
	id, err := pathID[lectern.TeamID](c)
	if err != nil {
		return nil, errTeamNotFound
	}
	var fields map[string]json.RawMessage
	if err := decode(c, &fields); err != nil {
		return nil, err
	}
	if c.URL.RawQuery != "" {
		return nil, lectern.Invalidf("", "A team is updated by the body of the request, which has a query")
	}
	t, err := s.store.Team(c.Context(), c.workspace(), id)
	if err != nil {
		return nil, insteadOf(err, lectern.NotFound, errTeamNotFound)
	}
	members, err := membersAsked(t, fields)
	if err != nil {
		return nil, err
	}
	if t, err = s.store.SetTeamMembers(c.Context(), c.actor(), id, members); err != nil {
		return nil, insteadOf(err, lectern.NotFound, errTeamNotFound)
	}
	return wire.FromTeam(t), nil
}

// membersAsked reads the members that a request gives a team. All it may say
// beside is what holds already.
func membersAsked(t *lectern.Team, fields map[string]json.RawMessage) ([]lectern.AdminID, error) {
	now, err := json.Marshal(wire.FromTeam(t))
	if err != nil {
		return nil, err
	}
	var current map[string]json.RawMessage
	if err := json.Unmarshal(now, &current); err != nil {
		return nil, err
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if name != "admin_ids" && name != "admin_priority_level" && !sameJSON(fields[name], current[name]) {
			return nil, lectern.Invalidf(name, "Only admin_ids and admin_priority_level can be updated on a team, but the request changed %s", name)
		}
	}
	var ids []wire.ID
	if err := json.Unmarshal(orNull(fields["admin_ids"]), &ids); err != nil || slices.Contains(ids, 0) {
		return nil, lectern.Invalidf("admin_ids", "admin_ids must contain only numeric admin ids")
	}
	switch {
	case ids == nil:
		return nil, lectern.Missingf("admin_ids", "admin_ids is a required parameter.")
	case len(ids) == 0:
		return nil, lectern.Invalidf("admin_ids", "admin_ids must contain at least one id")
	case len(ids) > lectern.MaxTeamMembers:
		return nil, lectern.Invalidf("admin_ids", "admin_ids must contain at most %d ids", lectern.MaxTeamMembers)
	}
	members := make([]lectern.AdminID, len(ids))
	for i, id := range ids {
		members[i] = lectern.AdminID(id)
	}
	return members, checkPriorities(orNull(fields["admin_priority_level"]), slices.Concat(t.Members, members))
}

// checkPriorities checks the levels that a request gives the members of a team.
// No team here balances who work goes to, so the levels are not kept: Intercom
// neither reports nor heeds them for such a team.
func checkPriorities(raw json.RawMessage, members []lectern.AdminID) error {
	var level wire.AdminPriorityLevelRequest
	if err := json.Unmarshal(raw, &level); err != nil {
		return lectern.Invalidf("admin_priority_level", "admin_priority_level must name admins by their ids")
	}
	named := slices.Concat(level.PrimaryAdminIDs.Value, level.SecondaryAdminIDs.Value)
	if len(named) > lectern.MaxTeamMembers {
		return lectern.Invalidf("admin_priority_level", "admin_priority_level must name at most %d ids", lectern.MaxTeamMembers)
	}
	for i, id := range named {
		if slices.Contains(named[:i], id) {
			return lectern.Invalidf("admin_priority_level", "admin_priority_level gives %d more than one priority level", id)
		}
	}
	for _, id := range named {
		if !slices.Contains(members, lectern.AdminID(id)) {
			return lectern.Invalidf("admin_priority_level", "admin_priority_level names %d, which is on neither the team nor admin_ids", id)
		}
	}
	if len(level.SecondaryAdminIDs.Value) > 0 {
		return lectern.Invalidf("admin_priority_level", "secondary_admin_ids needs a team whose distribution_method is load_balanced")
	}
	return nil
}

// sameJSON reports whether two texts are the same value; one that is missing is
// none.
func sameJSON(a, b json.RawMessage) bool {
	var x, y any
	return json.Unmarshal(a, &x) == nil && json.Unmarshal(b, &y) == nil && reflect.DeepEqual(x, y)
}

// orNull is a field's value, null if the field was left out.
func orNull(raw json.RawMessage) json.RawMessage {
	if raw == nil {
		return json.RawMessage("null")
	}
	return raw
}
