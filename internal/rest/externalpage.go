package rest

import (
	"lectern"
	"lectern/internal/openapi"
	"lectern/internal/wire"
)

var externalPageRoutes = []*route{
	{handle: (*Server).listExternalPages, depends: []lectern.Noun{lectern.AboutAIContent}, Operation: openapi.Operation{
		Route: "GET /ai/external_pages", ID: "listExternalPages", Tag: "AI Content", Scope: lectern.ReadArticles,
		Summary: "List the external pages", About: "The newest first.",
		Params: []openapi.Param{pageParam, perPage(aiContentPerPage)},
		Answer: wire.ExternalPagesList{},
		Errors: []openapi.Failure{invalid("Per Page is too big", "per_page is above 250")}}},
	{handle: (*Server).createExternalPage, Operation: openapi.Operation{
		Route: "POST /ai/external_pages", ID: "createExternalPage", Tag: "AI Content", Scope: lectern.ReadWriteArticles,
		Summary: "Bring in an external page",
		About:   "A page that its source knows by the same external_id is changed instead. Then what says who may answer from it, and its URL, change only if they are sent.",
		Request: wire.CreateExternalPageRequest{}, Answer: wire.ExternalPage{},
		Errors: []openapi.Failure{
			missing("title is a required parameter.", "No title is given"),
			invalid("source_id is invalid", "The source does not exist"),
		}}},
	{handle: (*Server).retrieveExternalPage, depends: []lectern.Noun{lectern.AboutAIContent}, Operation: openapi.Operation{
		Route: "GET /ai/external_pages/{id}", ID: "getExternalPage", Tag: "AI Content", Scope: lectern.ReadArticles,
		Summary: "Retrieve an external page",
		Answer:  wire.ExternalPage{}, Errors: []openapi.Failure{notFound}}},
	{handle: (*Server).updateExternalPage, Operation: openapi.Operation{
		Route: "PUT /ai/external_pages/{id}", ID: "updateExternalPage", Tag: "AI Content", Scope: lectern.ReadWriteArticles,
		Summary: "Update an external page",
		Request: wire.UpdateExternalPageRequest{}, Answer: wire.ExternalPage{},
		Errors: []openapi.Failure{
			missing("title is a required parameter.", "No title is given"),
			invalid("source_id is invalid", "The source does not exist"),
			notFound,
			{Status: 409, Code: "resource_conflict", Message: "Another page of the source has the external_id 1234.", When: "Another page has the external_id"},
			stale,
		}}},
	{handle: (*Server).deleteExternalPage, Operation: openapi.Operation{
		Route: "DELETE /ai/external_pages/{id}", ID: "deleteExternalPage", Tag: "AI Content", Scope: lectern.ReadWriteArticles,
		Summary: "Delete an external page", About: "The answer shows the page for the last time, without its HTML. After that it is not found.",
		Answer: wire.ExternalPage{}, Errors: []openapi.Failure{notFound}}},
}

// listExternalPages answers GET /ai/external_pages.
func (s *Server) listExternalPages(c *call) (any, error) {
	p, err := pageOf(c.URL.Query(), aiContentPerPage)
	if err != nil {
		return nil, err
	}
	pages, total, err := s.store.ExternalPages(c.Context(), c.workspace(), p.offset(), p.per)
	if err != nil {
		return nil, err
	}
	data := make([]wire.ExternalPage, len(pages))
	for i, page := range pages {
		data[i] = wire.FromExternalPage(page)
	}
	return wire.ExternalPagesList{Data: data, Pages: c.pages(p, total), TotalCount: total, Type: "list"}, nil
}

// createExternalPage answers POST /ai/external_pages.
func (s *Server) createExternalPage(c *call) (any, error) {
	var req wire.CreateExternalPageRequest
	if err := decode(c, &req); err != nil {
		return nil, err
	}
	if err := complete(req); err != nil {
		return nil, err
	}
	edit, err := externalPageEdit(wire.UpdateExternalPageRequest{
		Title: req.Title, HTML: req.HTML, URL: req.URL, AIAgentAvailability: req.AIAgentAvailability,
		AICopilotAvailability: req.AICopilotAvailability, AISalesAgentAvailability: req.AISalesAgentAvailability,
		Locale: req.Locale, SourceID: req.SourceID, ExternalID: req.ExternalID,
	})
	if err != nil {
		return nil, err
	}
	page, err := s.store.PutExternalPage(c.Context(), c.actor(), edit)
	if err != nil {
		return nil, err
	}
	return wire.FromExternalPage(page), nil
}

// retrieveExternalPage answers GET /ai/external_pages/{id}.
func (s *Server) retrieveExternalPage(c *call) (any, error) {
	id, err := pathID[lectern.ExternalPageID](c)
	if err != nil {
		return nil, err
	}
	page, err := s.store.ExternalPage(c.Context(), c.workspace(), id)
	if err != nil {
		return nil, err
	}
	return wire.FromExternalPage(page), nil
}

// updateExternalPage answers PUT /ai/external_pages/{id}.
func (s *Server) updateExternalPage(c *call) (any, error) {
	id, err := pathID[lectern.ExternalPageID](c)
	if err != nil {
		return nil, err
	}
	var req wire.UpdateExternalPageRequest
	if err := decode(c, &req); err != nil {
		return nil, err
	}
	if err := complete(req); err != nil {
		return nil, err
	}
	edit, err := externalPageEdit(req)
	if err != nil {
		return nil, err
	}
	c.expect(func() (any, error) {
		page, err := s.store.ExternalPage(c.Context(), c.workspace(), id)
		if err != nil {
			return nil, err
		}
		return wire.FromExternalPage(page), nil
	})
	page, err := s.store.UpdateExternalPage(c.Context(), c.actor(), id, edit, func(now *lectern.ExternalPage) error {
		// Both flags are one, and an answer holds both: the one that differs was
		// changed.
		if fin := req.FinAvailability.Pointer(); fin != nil && req.AIAgentAvailability.Given() && req.AIAgentAvailability.Value == now.Availability.Chatbot {
			edit.Chatbot = fin
		}
		return c.ifMatch(wire.FromExternalPage(now))
	})
	if err != nil {
		return nil, err
	}
	return wire.FromExternalPage(page), nil
}

// deleteExternalPage answers DELETE /ai/external_pages/{id} with the page as it
// was, but for its HTML.
func (s *Server) deleteExternalPage(c *call) (any, error) {
	id, err := pathID[lectern.ExternalPageID](c)
	if err != nil {
		return nil, err
	}
	page, err := s.store.DeleteExternalPage(c.Context(), c.actor(), id)
	if err != nil {
		return nil, err
	}
	return wire.FromExternalPage(page), nil
}

// externalPageEdit turns a request into an edit. The HTML stays as it was sent.
func externalPageEdit(req wire.UpdateExternalPageRequest) (*lectern.ExternalPageEdit, error) {
	if req.Locale.Value != "en" {
		return nil, lectern.Invalidf("locale", "locale must be en")
	}
	if !req.AIAgentAvailability.Set {
		req.AIAgentAvailability = req.FinAvailability
	}
	return &lectern.ExternalPageEdit{
		Source: new(lectern.ImportSourceID(req.SourceID.Value)), ExternalID: req.ExternalID.Pointer(),
		Title: req.Title.Pointer(), HTML: req.HTML.Pointer(), URL: textOrEmpty(req.URL),
		Chatbot: req.AIAgentAvailability.Pointer(), Copilot: req.AICopilotAvailability.Pointer(),
		SalesAgent: req.AISalesAgentAvailability.Pointer(),
	}, nil
}
