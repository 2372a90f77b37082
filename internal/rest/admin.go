package rest

import (
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
	{handle: (*Server).listAdmins, depends: []lectern.Noun{lectern.AboutAdmins}, Operation: openapi.Operation{
		Route: "GET /admins", ID: "listAdmins", Tag: "Admins", Scope: lectern.ReadAdmins,
		Summary: "List the teammates", About: "People come before the workspace's bot.",
		Params: []openapi.Param{displayAvatar},
		Answer: wire.AdminList{}}},
	{handle: (*Server).retrieveAdmin, depends: []lectern.Noun{lectern.AboutAdmins}, Operation: openapi.Operation{
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
	return wire.FromMe(set.workspace, a, c.base), nil
}

// listAdmins answers GET /admins.
func (s *Server) listAdmins(c *call) (any, error) {
	admins, err := s.store.Admins(c.Context(), c.workspace())
	if err != nil {
		return nil, err
	}
	list := wire.AdminList{Type: "admin.list", Admins: make([]wire.Admin, len(admins))}
	for i, a := range admins {
		list.Admins[i] = wire.FromAdmin(a, c.wantsAvatar(), c.base)
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
	return wire.FromAdmin(a, c.wantsAvatar(), c.base), nil
}

// The refusals of operations that do not say "Resource Not Found".
var (
	errAdminNotFound = &failure{http.StatusNotFound, "admin_not_found", "Admin not found"}
	errAwayNotFound  = &failure{http.StatusNotFound, "admin_not_found", "Admin for admin_id not found"}
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
	return wire.FromAdmin(a, false, c.base), nil
}
