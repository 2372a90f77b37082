package rest

import (
	"cmp"
	"errors"
	"net/http"

	"lectern"
	"lectern/internal/openapi"
	"lectern/internal/wire"
)

var adminRoutes = []*route{
	{handle: (*Server).identifyAdmin, Operation: openapi.Operation{
		Route: "GET /me", ID: "identifyAdmin", Tag: "Admins",
		Summary: "Who the access token acts for, and its workspace",
		Answer:  wire.AdminWithApp{}}},
	{handle: (*Server).listAdmins, depends: []string{aboutAdmins}, Operation: openapi.Operation{
		Route: "GET /admins", ID: "listAdmins", Tag: "Admins", Scope: lectern.ReadAdmins,
		Summary: "List the teammates", About: "People come before the workspace's bot.",
		Params: []openapi.Param{displayAvatar},
		Answer: wire.AdminList{}}},
	{handle: (*Server).listActivityLogs, Operation: openapi.Operation{
		Route: "GET /admins/activity_logs", ID: "listActivityLogs", Tag: "Admins", Scope: lectern.ReadAdmins,
		Summary: "List what teammates did", About: "Newest first.",
		Params: []openapi.Param{
			{Name: "created_at_after", Type: "integer", Required: true, About: "Earliest time, in Unix seconds."},
			{Name: "created_at_before", Type: "integer", About: "Latest time, in Unix seconds."},
			pageParam, perPage(activityPerPage),
		},
		Answer: wire.ActivityLogList{},
		Errors: []openapi.Failure{missing("created_at_after is a required parameter.", "created_at_after is not given")}}},
	{handle: (*Server).retrieveAdmin, depends: []string{aboutAdmins}, Operation: openapi.Operation{
		Route: "GET /admins/{id}", ID: "retrieveAdmin", Tag: "Admins", Scope: lectern.ReadAdmins,
		Summary: "Retrieve a teammate",
		Params:  []openapi.Param{displayAvatar},
		Answer:  wire.Admin{},
		Errors:  []openapi.Failure{{Status: 404, Code: "admin_not_found", Message: "Admin not found", When: "No teammate has this ID"}}}},
	{handle: (*Server).setAwayAdmin, Operation: openapi.Operation{
		Route: "PUT /admins/{id}/away", ID: "setAwayAdmin", Tag: "Admins", Scope: lectern.ReadWriteAdmins,
		Summary: "Set a teammate to away, or back to active",
		Request: wire.SetAwayRequest{}, Answer: wire.Admin{},
		Errors: []openapi.Failure{
			missing("away_mode_enabled is a required parameter.", "A required field is not given"),
			{Status: 404, Code: "admin_not_found", Message: "Admin for admin_id not found", When: "No teammate has this ID"},
		}}},
	{handle: (*Server).listTeams, depends: []string{aboutAdmins}, Operation: openapi.Operation{
		Route: "GET /teams", ID: "listTeams", Tag: "Teams", Scope: lectern.ReadAdmins,
		Summary: "List the teams",
		Answer:  wire.TeamList{}}},
	{handle: (*Server).retrieveTeam, depends: []string{aboutAdmins}, Operation: openapi.Operation{
		Route: "GET /teams/{id}", ID: "retrieveTeam", Tag: "Teams", Scope: lectern.ReadAdmins,
		Summary: "Retrieve a team",
		Answer:  wire.Team{},
		Errors:  []openapi.Failure{{Status: 404, Code: "team_not_found", Message: "Team not found", When: "No team has this ID"}}}},
}

var displayAvatar = openapi.Param{Name: "display_avatar", Type: "boolean", About: "Also tell where the picture is."}

// identifyAdmin answers GET /me.
func (s *Server) identifyAdmin(c *call) (any, error) {
	a, err := s.store.Admin(c.Context(), c.workspace(), c.token.Admin)
	if err != nil {
		return nil, err
	}
	set, err := s.settingsOf(c.Context(), c.workspace())
	if err != nil {
		return nil, err
	}
	return wire.FromMe(set.workspace, a), nil
}

// listAdmins answers GET /admins.
func (s *Server) listAdmins(c *call) (any, error) {
	admins, err := s.store.Admins(c.Context(), c.workspace())
	if err != nil {
		return nil, err
	}
	list := wire.AdminList{Type: "admin.list", Admins: make([]wire.Admin, len(admins))}
	for i, a := range admins {
		list.Admins[i] = wire.FromAdmin(a, c.wantsAvatar())
	}
	return list, nil
}

func (c *call) wantsAvatar() bool { return c.URL.Query().Get("display_avatar") == "true" }

// retrieveAdmin answers GET /admins/{id}.
func (s *Server) retrieveAdmin(c *call) (any, error) {
	id, err := pathID[lectern.AdminID](c)
	if err != nil {
		return nil, errAdminNotFound
	}
	a, err := s.store.Admin(c.Context(), c.workspace(), id)
	if err != nil {
		return nil, insteadOf(err, lectern.NotFound, errAdminNotFound)
	}
	return wire.FromAdmin(a, c.wantsAvatar()), nil
}

// The refusals of operations that do not say "Resource Not Found".
var (
	errAdminNotFound = &failure{http.StatusNotFound, "admin_not_found", "Admin not found"}
	errAwayNotFound  = &failure{http.StatusNotFound, "admin_not_found", "Admin for admin_id not found"}
	errTeamNotFound  = &failure{http.StatusNotFound, "team_not_found", "Team not found"}
)

// insteadOf returns f for an error of the given kind, else the error.
func insteadOf(err error, kind lectern.Kind, f *failure) error {
	if errors.Is(err, kind) {
		return f
	}
	return err
}

// setAwayAdmin answers PUT /admins/{id}/away.
func (s *Server) setAwayAdmin(c *call) (any, error) {
	id, err := pathID[lectern.AdminID](c)
	if err != nil {
		return nil, errAwayNotFound
	}
	var req wire.SetAwayRequest
	if err := decode(c, &req); err != nil {
		return nil, err
	}
	enabled, reassign := req.AwayModeEnabled.Pointer(), req.AwayModeReassign.Pointer()
	if enabled == nil || reassign == nil {
		name := "away_mode_reassign"
		if enabled == nil {
			name = "away_mode_enabled"
		}
		return nil, lectern.Missingf(name, "%s is a required parameter.", name)
	}
	away := lectern.Away{Enabled: *enabled, Reassign: *reassign, Reason: int64(req.AwayStatusReasonID.Value)}
	a, err := s.store.SetAway(c.Context(), c.actor(), id, away)
	if err != nil {
		return nil, insteadOf(err, lectern.NotFound, errAwayNotFound)
	}
	return wire.FromAdmin(a, false), nil
}

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

// activityPerPage is how many activities a page holds unless the request says so.
const activityPerPage = 20

// listActivityLogs answers GET /admins/activity_logs.
func (s *Server) listActivityLogs(c *call) (any, error) {
	query := c.URL.Query()
	p, err := pageOf(query, activityPerPage)
	if err != nil {
		return nil, err
	}
	if query.Get("created_at_after") == "" {
		return nil, lectern.Missingf("created_at_after", "created_at_after is a required parameter.")
	}
	q := lectern.EventQuery{Kinds: wire.ActivityKinds(), Offset: p.offset(), Limit: p.per}
	if q.After, err = queryTime(query.Get("created_at_after"), "created_at_after"); err != nil {
		return nil, err
	}
	if q.Before, err = queryTime(query.Get("created_at_before"), "created_at_before"); err != nil {
		return nil, err
	}
	events, total, err := s.store.Events(c.Context(), c.workspace(), q)
	if err != nil {
		return nil, err
	}
	admins, err := s.store.Admins(c.Context(), c.workspace())
	if err != nil {
		return nil, err
	}
	byID := map[lectern.AdminID]*lectern.Admin{}
	for _, a := range admins {
		byID[a.ID] = a
	}
	list := wire.ActivityLogList{Type: "activity_log.list", Pages: c.pages(p, total), ActivityLogs: make([]wire.ActivityLog, len(events))}
	for i, e := range events {
		// What the installation did by itself is put down to the bot, which is last.
		list.ActivityLogs[i] = wire.FromEvent(e, cmp.Or(byID[e.Admin], admins[len(admins)-1]))
	}
	return list, nil
}
