package rest

import (
	"net/http"

	"lectern"
	"lectern/internal/apiversion"
	"lectern/internal/openapi"
	"lectern/internal/wire"
)

var importSourceRoutes = []*route{
	{handle: (*Server).listImportSources, depends: []lectern.Noun{lectern.AboutAIContent, lectern.AboutSettings}, Operation: openapi.Operation{
		Route: "GET /ai/content_import_sources", ID: "listContentImportSources", Tag: "AI Content", Scope: lectern.ReadArticles,
		Summary: "List the content import sources", About: "The oldest first.",
		Params: []openapi.Param{pageParam, perPage(aiContentPerPage)},
		Answer: wire.ContentImportSourcesList{},
		Errors: []openapi.Failure{invalid("Per Page is too big", "per_page is above 250")}}},
	{handle: (*Server).createImportSource, Operation: openapi.Operation{
		Route: "POST /ai/content_import_sources", ID: "createContentImportSource", Tag: "AI Content", Scope: lectern.ReadWriteArticles,
		Summary: "Create a content import source", About: "External pages are then brought in under its ID.",
		Request: wire.CreateContentImportSourceRequest{}, Answer: wire.ContentImportSource{},
		Errors: []openapi.Failure{
			missing("url is a required parameter.", "No URL is given"),
			invalid("sync_behavior must be api", "The sync behavior is another"),
			unknownAudiences.From(&apiversion.ImportSourcesHaveAudiences),
		}}},
	{handle: (*Server).retrieveImportSource, depends: []lectern.Noun{lectern.AboutAIContent, lectern.AboutSettings}, Operation: openapi.Operation{
		Route: "GET /ai/content_import_sources/{id}", ID: "getContentImportSource", Tag: "AI Content", Scope: lectern.ReadArticles,
		Summary: "Retrieve a content import source",
		Answer:  wire.ContentImportSource{}, Errors: []openapi.Failure{notFound}}},
	{handle: (*Server).updateImportSource, Operation: openapi.Operation{
		Route: "PUT /ai/content_import_sources/{id}", ID: "updateContentImportSource", Tag: "AI Content", Scope: lectern.ReadWriteArticles,
		Summary: "Update a content import source",
		Request: wire.UpdateContentImportSourceRequest{}, Answer: wire.ContentImportSource{},
		Errors: []openapi.Failure{
			missing("url is a required parameter.", "No URL is given"),
			invalid("sync_behavior can not be changed to or from api", "The sync behavior would change to or from api"),
			invalid("url can only be changed if the sync_behavior is api", "The URL would change and the sync behavior is not api"),
			notFound, unknownAudiences.From(&apiversion.ImportSourcesHaveAudiences), stale,
		}}},
	{handle: (*Server).deleteImportSource, Operation: openapi.Operation{
		Route: "DELETE /ai/content_import_sources/{id}", ID: "deleteContentImportSource", Tag: "AI Content", Scope: lectern.ReadWriteArticles,
		Summary: "Delete a content import source", About: "Its external pages go with it.",
		Status: http.StatusNoContent, Errors: []openapi.Failure{notFound}}},
}

// aiContentPerPage is how many sources or external pages a page of the list
// holds unless the request says so.
const aiContentPerPage = 50

// listImportSources answers GET /ai/content_import_sources.
func (s *Server) listImportSources(c *call) (any, error) {
	p, err := pageOf(c.URL.Query(), aiContentPerPage)
	if err != nil {
		return nil, err
	}
	sources, total, err := s.store.ImportSources(c.Context(), c.workspace(), p.offset(), p.per)
	if err != nil {
		return nil, err
	}
	data := make([]wire.ContentImportSource, len(sources))
	for i, source := range sources {
		data[i] = wire.FromImportSource(source)
	}
	return wire.ContentImportSourcesList{Data: data, Pages: c.pages(p, total), TotalCount: total, Type: "list"}, nil
}

// createImportSource answers POST /ai/content_import_sources. Only sources that
// the API writes to are made with it.
func (s *Server) createImportSource(c *call) (any, error) {
	var req wire.CreateContentImportSourceRequest
	if err := decode(c, &req); err != nil {
		return nil, err
	}
	if err := complete(req); err != nil {
		return nil, err
	}
	if req.SyncBehavior.Value != string(lectern.SyncAPI) {
		return nil, lectern.Invalidf("sync_behavior", "sync_behavior must be api")
	}
	source, err := s.store.AddImportSource(c.Context(), c.actor(), importSourceEdit(wire.UpdateContentImportSourceRequest{
		SyncBehavior: req.SyncBehavior, Status: req.Status, URL: req.URL, AudienceIDs: req.AudienceIDs,
	}))
	if err != nil {
		return nil, err
	}
	return wire.FromImportSource(source), nil
}

// retrieveImportSource answers GET /ai/content_import_sources/{id}.
func (s *Server) retrieveImportSource(c *call) (any, error) {
	id, err := pathID[lectern.ImportSourceID](c)
	if err != nil {
		return nil, err
	}
	source, err := s.store.ImportSource(c.Context(), c.workspace(), id)
	if err != nil {
		return nil, err
	}
	return wire.FromImportSource(source), nil
}

// updateImportSource answers PUT /ai/content_import_sources/{id}.
func (s *Server) updateImportSource(c *call) (any, error) {
	id, err := pathID[lectern.ImportSourceID](c)
	if err != nil {
		return nil, err
	}
	var req wire.UpdateContentImportSourceRequest
	if err := decode(c, &req); err != nil {
		return nil, err
	}
	if err := complete(req); err != nil {
		return nil, err
	}
	source, err := s.store.UpdateImportSource(c.Context(), c.actor(), id, importSourceEdit(req), func(now *lectern.ImportSource) error {
		return c.ifMatch(wire.FromImportSource(now))
	})
	if err != nil {
		return nil, err
	}
	return wire.FromImportSource(source), nil
}

// deleteImportSource answers DELETE /ai/content_import_sources/{id}, with 204.
func (s *Server) deleteImportSource(c *call) (any, error) {
	id, err := pathID[lectern.ImportSourceID](c)
	if err != nil {
		return nil, err
	}
	return nil, s.store.DeleteImportSource(c.Context(), c.actor(), id)
}

// importSourceEdit turns a request into an edit. Requests say automated for
// what answers call automatic.
func importSourceEdit(req wire.UpdateContentImportSourceRequest) *lectern.ImportSourceEdit {
	edit := &lectern.ImportSourceEdit{URL: req.URL.Pointer(), AudiencesOfPages: req.ApplyAudienceToExistingContent.Value}
	if sync := req.SyncBehavior.Pointer(); sync != nil {
		edit.Sync = new(lectern.SyncBehavior(*sync))
		if *sync == "automated" {
			*edit.Sync = lectern.SyncAutomatic
		}
	}
	if status := req.Status.Pointer(); status != nil {
		edit.Status = new(lectern.SourceStatus(*status))
	}
	if req.AudienceIDs.Set {
		edit.Audiences = &[]lectern.AudienceID{}
		for _, id := range req.AudienceIDs.Value {
			*edit.Audiences = append(*edit.Audiences, lectern.AudienceID(id))
		}
	}
	return edit
}
