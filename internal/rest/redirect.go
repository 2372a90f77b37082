package rest

import (
	"errors"
	"net/http"

	"lectern"
	"lectern/internal/address"
	"lectern/internal/openapi"
	"lectern/internal/wire"
)

// Redirects also go with their targets, without an event of their own, so
// answers about them are not kept.
var redirectRoutes = []*route{
	{handle: (*Server).listRedirects, Operation: openapi.Operation{
		Route: "GET /help_center/help_centers/{id}/redirects", ID: "listHelpCenterRedirects", Tag: "Help Center", Scope: lectern.ReadRedirects,
		Summary: "List the redirects of a help center",
		About:   "Ordered by updated_at, latest first, and by ID, greatest first, among those of the same second.",
		Params:  []openapi.Param{pageParam, perPage(redirectsPerPage)},
		Answer:  wire.HelpCenterRedirectList{},
		Errors:  []openapi.Failure{invalid("Per Page is too big", "per_page is above 250"), gone("Help center not found")}}},
	{handle: (*Server).createRedirect, Operation: openapi.Operation{
		Route: "POST /help_center/help_centers/{id}/redirects", ID: "createHelpCenterRedirect", Tag: "Help Center", Scope: lectern.ReadWriteRedirects,
		Summary: "Create a redirect",
		About:   "It answers only where no page stands, and leads only to a page that stands, so there are no chains and no loops. It goes when its target is deleted.",
		Request: wire.CreateHelpCenterRedirectRequest{}, Answer: wire.HelpCenterRedirect{},
		Errors: []openapi.Failure{
			missing("from_url is required", "A parameter is missing"),
			invalid("target_type must be 'article' or 'collection'", "Another target_type is given"),
			gone("Help center or target not found"),
			{Status: 409, Code: "resource_conflict", Message: "A redirect with that URL already exists", When: "Another redirect has this address"},
			{Status: 422, Code: "data_invalid", Message: "from_url must be an absolute URL within this help center's URL space", When: "The address is elsewhere"},
			{Status: 422, Code: "data_invalid", Message: "from_url must not be the address of the target", When: "The redirect would lead to itself"},
		}}},
	{handle: (*Server).retrieveRedirect, Operation: openapi.Operation{
		Route: "GET /help_center/help_centers/{id}/redirects/{redirect_id}", ID: "retrieveHelpCenterRedirect", Tag: "Help Center", Scope: lectern.ReadRedirects,
		Summary: "Retrieve a redirect",
		Answer:  wire.HelpCenterRedirect{}, Errors: []openapi.Failure{gone("Nothing has this ID")}}},
	{handle: (*Server).deleteRedirect, Operation: openapi.Operation{
		Route: "DELETE /help_center/help_centers/{id}/redirects/{redirect_id}", ID: "deleteHelpCenterRedirect", Tag: "Help Center", Scope: lectern.ReadWriteRedirects,
		Summary: "Delete a redirect",
		Answer:  wire.Deleted{}, Errors: []openapi.Failure{gone("Nothing has this ID")}}},
}

// redirectsPerPage is how many redirects a page holds unless the request says so.
const redirectsPerPage = 50

// errGone is errNotFound in the spelling of the operations on redirects.
var errGone = &failure{http.StatusNotFound, "not_found", "Resource not found"}

func gone(when string) openapi.Failure {
	return openapi.Failure{Status: errGone.status, Code: errGone.code, Message: errGone.message, When: when}
}

// aboutRedirect is a refusal in the words of the operations on redirects.
func aboutRedirect(err error) error {
	var e *lectern.Error
	switch {
	case errors.Is(err, lectern.NotFound) || errors.Is(err, errNotFound):
		return errGone
	case errors.As(err, &e) && e.Field == "from_url":
		return &failure{http.StatusUnprocessableEntity, "data_invalid", e.Text}
	}
	return err
}

// listRedirects answers GET /help_center/help_centers/{id}/redirects.
func (s *Server) listRedirects(c *call) (any, error) {
	p, err := pageOf(c.URL.Query(), redirectsPerPage)
	if err != nil {
		return nil, err
	}
	h, err := s.helpCenterOf(c)
	if err != nil {
		return nil, aboutRedirect(err)
	}
	redirects, total, err := s.store.Redirects(c.Context(), c.workspace(), h.ID, p.offset(), p.per)
	if err != nil {
		return nil, aboutRedirect(err)
	}
	data := make([]wire.HelpCenterRedirect, len(redirects))
	for i, r := range redirects {
		data[i] = wire.FromRedirect(h, r, c.base)
	}
	return wire.HelpCenterRedirectList{Type: "list", Data: data, TotalCount: total, Pages: c.pages(p, total)}, nil
}

// helpCenterOf finds the help center that the path names.
func (s *Server) helpCenterOf(c *call) (*lectern.HelpCenter, error) {
	id, err := pathID[lectern.HelpCenterID](c)
	if err != nil {
		return nil, err
	}
	return s.store.HelpCenter(c.Context(), c.workspace(), id)
}

// createRedirect answers POST /help_center/help_centers/{id}/redirects.
func (s *Server) createRedirect(c *call) (any, error) {
	h, err := s.helpCenterOf(c)
	if err != nil {
		return nil, aboutRedirect(err)
	}
	var req wire.CreateHelpCenterRedirectRequest
	if err := decode(c, &req); err != nil {
		return nil, err
	}
	asked, err := redirectAsked(c, h, req)
	if err != nil {
		return nil, aboutRedirect(err)
	}
	r, err := s.store.AddRedirect(c.Context(), c.actor(), asked)
	if err != nil {
		return nil, aboutRedirect(err)
	}
	return wire.FromRedirect(h, r, c.base), nil
}

// redirectAsked is the redirect that a request asks for.
func redirectAsked(c *call, h *lectern.HelpCenter, req wire.CreateHelpCenterRedirectRequest) (lectern.Redirect, error) {
	r := lectern.Redirect{HelpCenter: h.ID}
	for _, must := range []struct {
		name  string
		given bool
	}{
		{"from_url", req.FromURL.Value != ""}, {"locale", req.Locale.Value != ""},
		{"target_type", req.TargetType.Value != ""}, {"target_id", req.TargetID.Value != 0},
	} {
		if !must.given {
			return r, &failure{http.StatusBadRequest, "parameter_not_found", must.name + " is required"}
		}
	}
	switch req.TargetType.Value {
	case "article":
		r.Target.Article = lectern.ArticleID(req.TargetID.Value)
	case "collection":
		r.Target.Collection = lectern.CollectionID(req.TargetID.Value)
	default:
		return r, lectern.Invalidf("target_type", "target_type must be 'article' or 'collection'")
	}
	var ok bool
	if r.Locale, ok = lectern.ParseLocale(req.Locale.Value); !ok {
		return r, lectern.UnknownLocale("locale", req.Locale.Value)
	}
	// What is no such URL leaves From empty, which the rule refuses.
	r.From, _ = address.Within(c.base, h, req.FromURL.Value)
	return r, r.Check()
}

// redirectOf reads the help center and the redirect that the path names.
func (s *Server) redirectOf(c *call) (*lectern.HelpCenter, *lectern.Redirect, error) {
	h, err := s.helpCenterOf(c)
	if err != nil {
		return nil, nil, aboutRedirect(err)
	}
	id, err := pathIDCalled[lectern.RedirectID](c, "redirect_id")
	if err != nil {
		return nil, nil, aboutRedirect(err)
	}
	r, err := s.store.Redirect(c.Context(), c.workspace(), h.ID, id)
	return h, r, aboutRedirect(err)
}

// retrieveRedirect answers GET /help_center/help_centers/{id}/redirects/{redirect_id}.
func (s *Server) retrieveRedirect(c *call) (any, error) {
	h, r, err := s.redirectOf(c)
	if err != nil {
		return nil, err
	}
	return wire.FromRedirect(h, r, c.base), nil
}

// deleteRedirect answers DELETE /help_center/help_centers/{id}/redirects/{redirect_id}.
func (s *Server) deleteRedirect(c *call) (any, error) {
	h, r, err := s.redirectOf(c)
	if err != nil {
		return nil, err
	}
	if err := s.store.DeleteRedirect(c.Context(), c.actor(), h.ID, r.ID); err != nil {
		return nil, aboutRedirect(err)
	}
	return wire.Deleted{ID: c.PathValue("redirect_id"), Object: "help_center_redirect", Deleted: true}, nil
}
