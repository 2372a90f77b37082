package rest

import (
	"net/url"
	"strings"

	"lectern"
	"lectern/internal/apiversion"
	"lectern/internal/openapi"
	"lectern/internal/wire"
)

var settingsRoutes = []*route{
	{handle: (*Server).retrieveSettings, depends: []lectern.Noun{lectern.AboutSettings}, Operation: openapi.Operation{
		Route: "GET /lectern/help_centers/{id}", ID: "retrieveHelpCenterSettings", Tag: "Help Center", Scope: lectern.ReadSettings,
		Summary: "Retrieve all settings of a help center", About: "Not in Intercom's API.",
		Answer: wire.HelpCenterSettings{}, Errors: []openapi.Failure{notFound}}},
	{handle: (*Server).updateSettings, Operation: openapi.Operation{
		Route: "PUT /lectern/help_centers/{id}", ID: "updateHelpCenterSettings", Tag: "Help Center", Scope: lectern.ReadWriteSettings,
		Summary: "Update the settings of a help center",
		About:   "Not in Intercom's API. Only the fields that are sent change, in each language by itself.",
		Request: wire.UpdateHelpCenterSettingsRequest{}, Answer: wire.HelpCenterSettings{},
		Errors: []openapi.Failure{
			invalid("brand_color must be a color such as #0b7a5c", "A value cannot be accepted"),
			invalid("identifier must not be the name of a path that the server has itself", "An address would be taken"),
			notFound,
			{Status: 409, Code: "resource_conflict", Message: "The identifier help is taken by another help center.", When: "The identifier is taken, or the custom domain"},
			stale,
		}}},
}

// retrieveSettings answers GET /lectern/help_centers/{id}.
func (s *Server) retrieveSettings(c *call) (any, error) {
	h, err := s.helpCenterOf(c)
	if err != nil {
		return nil, err
	}
	theme, err := s.store.Theme(c.Context(), c.workspace(), h.ID)
	if err != nil {
		return nil, err
	}
	return wire.FromHelpCenterSettings(h, theme, c.base), nil
}

// updateSettings answers PUT /lectern/help_centers/{id}.
func (s *Server) updateSettings(c *call) (any, error) {
	id, err := pathID[lectern.HelpCenterID](c)
	if err != nil {
		return nil, err
	}
	var req wire.UpdateHelpCenterSettingsRequest
	if err := decode(c, &req); err != nil {
		return nil, err
	}
	edit, assets, err := req.Edit()
	if err != nil {
		return nil, err
	}
	h, theme, err := s.store.UpdateSite(c.Context(), c.actor(), id, assets, func(h *lectern.HelpCenter, t *lectern.Theme) error {
		if err := c.ifMatch(wire.FromHelpCenterSettings(h, t, c.base)); err != nil {
			return err
		}
		if edit.Identifier != nil && *edit.Identifier != h.Identifier && reserved[*edit.Identifier] {
			return lectern.Invalidf("identifier", "identifier must not be the name of a path that the server has itself")
		}
		if d := edit.CustomDomain; d != nil && *d != "" && !strings.EqualFold(*d, h.CustomDomain) && strings.EqualFold(*d, s.ownHost()) {
			return lectern.Conflictf("The domain %s is the server's own address.", *d)
		}
		t.Apply(&edit.Theme)
		return h.Apply(edit, s.now())
	})
	if err != nil {
		return nil, err
	}
	return wire.FromHelpCenterSettings(h, theme, c.base), nil
}

// ownHost is the name of the host that the operator said the server has; empty
// if nobody said.
func (s *Server) ownHost() string {
	u, err := url.Parse(s.origins.Base())
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// reserved are the names that paths of the server begin with: a help center
// with one of them would share its addresses with the API.
var reserved = map[string]bool{
	"healthz": true, "readyz": true, "openapi": true, "reference": true, "robots": true, "sitemap": true, "llms": true,
}

func init() {
	patterns := apiversion.Routes()
	for _, rt := range routes {
		patterns = append(patterns, rt.Route)
	}
	for _, p := range patterns {
		_, path, _ := strings.Cut(p, "/")
		first, _, _ := strings.Cut(path, "/")
		reserved[first] = true
	}
}
