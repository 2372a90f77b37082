package rest

import (
	"lectern"
	"lectern/internal/openapi"
	"lectern/internal/wire"
)

var helpCenterRoutes = []*route{
	{handle: (*Server).listHelpCenters, depends: []lectern.Noun{lectern.AboutSettings}, Operation: openapi.Operation{
		Route: "GET /help_center/help_centers", ID: "listHelpCenters", Tag: "Help Center", Scope: lectern.ReadArticles,
		Summary: "List the help centers", About: "All are on the first page.",
		Params: []openapi.Param{pageParam},
		Answer: wire.HelpCenterList{}}},
	{handle: (*Server).retrieveHelpCenter, depends: []lectern.Noun{lectern.AboutSettings}, Operation: openapi.Operation{
		Route: "GET /help_center/help_centers/{id}", ID: "retrieveHelpCenter", Tag: "Help Center", Scope: lectern.ReadArticles,
		Summary: "Retrieve a help center",
		Answer:  wire.HelpCenter{}, Errors: []openapi.Failure{notFound}}},
}

// listHelpCenters answers GET /help_center/help_centers. The list has no pages
// of its own, but clients that page through it stop at an empty one only.
func (s *Server) listHelpCenters(c *call) (any, error) {
	p, err := pageOf(c.URL.Query(), maxPerPage)
	if err != nil {
		return nil, err
	}
	set, err := s.settingsOf(c.Context(), c.workspace())
	if err != nil {
		return nil, err
	}
	list := wire.HelpCenterList{Type: "list", Data: []wire.HelpCenter{}}
	if p.number > 1 {
		return list, nil
	}
	for _, h := range set.helpCenters {
		list.Data = append(list.Data, wire.FromHelpCenter(set.workspace, h, c.base))
	}
	return list, nil
}

// retrieveHelpCenter answers GET /help_center/help_centers/{id}.
func (s *Server) retrieveHelpCenter(c *call) (any, error) {
	id, err := pathID[lectern.HelpCenterID](c)
	if err != nil {
		return nil, err
	}
	h, err := s.store.HelpCenter(c.Context(), c.workspace(), id)
	if err != nil {
		return nil, err
	}
	set, err := s.settingsOf(c.Context(), c.workspace())
	if err != nil {
		return nil, err
	}
	return wire.FromHelpCenter(set.workspace, h, c.base), nil
}
