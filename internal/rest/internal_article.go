package rest

import (
	"context"
	"net/http"
	"strings"

	"lectern"
	"lectern/internal/apiversion"
	"lectern/internal/openapi"
	"lectern/internal/wire"
)

var internalArticleRoutes = []*route{
	{handle: (*Server).listInternalArticles, depends: []lectern.Noun{lectern.AboutInternalArticles, lectern.AboutSettings}, Operation: openapi.Operation{
		Route: "GET /internal_articles", ID: "listInternalArticles", Tag: "Internal Articles", Scope: lectern.ReadArticles,
		Summary: "List the internal articles",
		About:   "Ordered by updated_at, latest first, and by ID, greatest first, among those updated in the same second.",
		Params:  []openapi.Param{pageParam, perPage(articlesPerPage)},
		Answer:  wire.InternalArticleList{},
		Errors:  []openapi.Failure{invalid("Per Page is too big", "per_page is above 250")}}},
	{handle: (*Server).createInternalArticle, Operation: openapi.Operation{
		Route: "POST /internal_articles", ID: "createInternalArticle", Tag: "Internal Articles", Scope: lectern.ReadWriteArticles,
		Summary: "Create an internal article",
		About:   "It is for teammates alone: it has no address and is never among the articles.",
		Request: wire.CreateInternalArticleRequest{}, Answer: wire.InternalArticle{},
		Errors: []openapi.Failure{
			missing("author_id must be in the main body or default locale translated_content object", "No author is given"),
			invalid("owner_id must be a teammate on the workspace", "The owner is no teammate"),
			unknownAudiences.From(&apiversion.InternalArticlesSayMore), bothBodies.From(&apiversion.InternalArticlesSayMore),
		}}},
	{handle: (*Server).searchInternalArticles, depends: []lectern.Noun{lectern.AboutInternalArticles, lectern.AboutFolders, lectern.AboutSettings}, Operation: openapi.Operation{
		Route: "GET /internal_articles/search", ID: "searchInternalArticles", Tag: "Internal Articles", Scope: lectern.ReadArticles,
		Summary: "List the internal articles in a folder",
		Params: []openapi.Param{
			{Name: "folder_id", Type: "integer", About: "Only internal articles in this folder; in Preview also those in folders inside it. Without it, every one is found."},
			pageParam, perPage(searchPerPage),
		},
		Answer: wire.InternalArticleSearchResponse{},
		Errors: []openapi.Failure{invalid("folder_id must be an ID", "folder_id is something else")}}},
	{handle: (*Server).retrieveInternalArticle, depends: []lectern.Noun{lectern.AboutInternalArticles, lectern.AboutSettings}, Operation: openapi.Operation{
		Route: "GET /internal_articles/{id}", ID: "retrieveInternalArticle", Tag: "Internal Articles", Scope: lectern.ReadArticles,
		Summary: "Retrieve an internal article",
		Answer:  wire.InternalArticle{}, Errors: []openapi.Failure{notFound}}},
	{handle: (*Server).updateInternalArticle, Operation: openapi.Operation{
		Route: "PUT /internal_articles/{id}", ID: "updateInternalArticle", Tag: "Internal Articles", Scope: lectern.ReadWriteArticles,
		Summary: "Update an internal article", About: "Only the fields that are sent change.",
		Request: wire.UpdateInternalArticleRequest{}, Answer: wire.InternalArticle{},
		Errors: []openapi.Failure{
			invalid("folder_id is invalid", "The folder does not exist").From(&apiversion.FoldersExist), notFound, stale,
			unknownAudiences.From(&apiversion.InternalArticlesSayMore), bothBodies.From(&apiversion.InternalArticlesSayMore),
		}}},
	{handle: (*Server).deleteInternalArticle, Operation: openapi.Operation{
		Route: "DELETE /internal_articles/{id}", ID: "deleteInternalArticle", Tag: "Internal Articles", Scope: lectern.ReadWriteArticles,
		Summary: "Delete an internal article",
		Answer:  wire.Deleted{}, Errors: []openapi.Failure{notFound}}},
}

var errBothBodies = &failure{http.StatusUnprocessableEntity, "parameter_invalid", "body and body_markdown cannot be given together"}

var bothBodies = shown(errBothBodies, "Both body and body_markdown are given")

// listInternalArticles answers GET /internal_articles.
func (s *Server) listInternalArticles(c *call) (any, error) {
	p, err := pageOf(c.URL.Query(), articlesPerPage)
	if err != nil {
		return nil, err
	}
	list, total, err := s.internalArticles(c, lectern.InternalArticleQuery{Offset: p.offset(), Limit: p.per})
	if err != nil {
		return nil, err
	}
	return wire.InternalArticleList{Type: "list", Pages: c.pages(p, total), TotalCount: total, Data: list}, nil
}

// searchInternalArticles answers GET /internal_articles/search.
func (s *Server) searchInternalArticles(c *call) (any, error) {
	query := c.URL.Query()
	p, err := pageOf(query, searchPerPage)
	if err != nil {
		return nil, err
	}
	q := lectern.InternalArticleQuery{Deep: c.version.Has(&apiversion.FoldersExist), Offset: p.offset(), Limit: p.per}
	if q.Folder, err = queryID[lectern.FolderID](query, "folder_id"); err != nil {
		return nil, err
	}
	list, total, err := s.internalArticles(c, q)
	if err != nil {
		return nil, err
	}
	return wire.InternalArticleSearchResponse{Type: "list", TotalCount: total,
		Data: wire.InternalArticleSearchData{InternalArticles: list}, Pages: c.pages(p, total)}, nil
}

// internalArticles returns the shapes of a page, and the number of all.
func (s *Server) internalArticles(c *call, q lectern.InternalArticleQuery) ([]wire.InternalArticle, int, error) {
	found, total, err := s.store.InternalArticles(c.Context(), c.workspace(), q)
	if err != nil {
		return nil, 0, err
	}
	list := make([]wire.InternalArticle, len(found))
	for i, a := range found {
		list[i] = wire.FromInternalArticle(a)
	}
	return list, total, nil
}

// retrieveInternalArticle answers GET /internal_articles/{id}.
func (s *Server) retrieveInternalArticle(c *call) (any, error) {
	id, err := pathID[lectern.InternalArticleID](c)
	if err != nil {
		return nil, err
	}
	a, err := s.store.InternalArticle(c.Context(), c.workspace(), id)
	if err != nil {
		return nil, err
	}
	return wire.FromInternalArticle(a), nil
}

// createInternalArticle answers POST /internal_articles.
func (s *Server) createInternalArticle(c *call) (any, error) {
	var req wire.CreateInternalArticleRequest
	if err := decode(c, &req); err != nil {
		return nil, err
	}
	edit, err := internalArticleEdit(wire.UpdateInternalArticleRequest(req))
	if err != nil {
		return nil, err
	}
	sent, err := s.internalForm(c.Context()).read(req.Body, req.BodyMarkdown)
	if err != nil {
		return nil, err
	}
	if edit.Body, err = sent.of(); err != nil {
		return nil, err
	}
	a, err := s.store.AddInternalArticle(c.Context(), c.actor(), edit)
	if err != nil {
		return nil, err
	}
	return wire.FromInternalArticle(a), nil
}

// updateInternalArticle answers PUT /internal_articles/{id}.
func (s *Server) updateInternalArticle(c *call) (any, error) {
	id, err := pathID[lectern.InternalArticleID](c)
	if err != nil {
		return nil, err
	}
	var req wire.UpdateInternalArticleRequest
	body, err := decoded(c, &req)
	if err != nil {
		return nil, err
	}
	edit, err := internalArticleEdit(req)
	if err != nil {
		return nil, err
	}
	sent, err := s.internalForm(c.Context()).read(req.Body, req.BodyMarkdown)
	if err != nil {
		return nil, err
	}
	sent.putBack = isPutBack(body)
	c.expect(func() (any, error) {
		a, err := s.store.InternalArticle(c.Context(), c.workspace(), id)
		if err != nil {
			return nil, err
		}
		return wire.FromInternalArticle(a), nil
	})
	a, err := s.store.UpdateInternalArticle(c.Context(), c.actor(), id, edit, func(now *lectern.InternalArticle) (err error) {
		if err = c.ifMatch(wire.FromInternalArticle(now)); err == nil {
			edit.Body, err = sent.of(now.Body)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return wire.FromInternalArticle(a), nil
}

// deleteInternalArticle answers DELETE /internal_articles/{id}.
func (s *Server) deleteInternalArticle(c *call) (any, error) {
	id, err := pathID[lectern.InternalArticleID](c)
	if err != nil {
		return nil, err
	}
	if err := s.store.DeleteInternalArticle(c.Context(), c.actor(), id); err != nil {
		return nil, err
	}
	return wire.Deleted{ID: c.PathValue("id"), Object: "internal_article", Deleted: true}, nil
}

// internalArticleEdit turns a request into an edit, its bodies left out.
func internalArticleEdit(req wire.UpdateInternalArticleRequest) (*lectern.InternalArticleEdit, error) {
	edit := &lectern.InternalArticleEdit{
		Title: req.Title.Pointer(),
		Availability: lectern.AvailabilityEdit{
			Chatbot: req.AIChatbotAvailability.Pointer(), Copilot: req.AICopilotAvailability.Pointer(),
			SalesAgent: req.AISalesAgentAvailability.Pointer(),
		},
	}
	if id := req.AuthorID.Pointer(); id != nil {
		edit.Author = new(lectern.AdminID(*id))
	}
	if id := req.OwnerID.Pointer(); id != nil {
		edit.Owner = new(lectern.AdminID(*id))
	}
	if req.FolderID.Set {
		edit.Folder = new(lectern.FolderID(req.FolderID.Value))
	}
	if list := req.AudienceIDs; list.Set {
		edit.Audiences = new(audienceIDs(list.Value))
	}
	if name := req.Locale.Pointer(); name != nil {
		l, ok := lectern.ParseLocale(*name)
		if !ok {
			return nil, lectern.UnknownLocale("locale", *name)
		}
		edit.Locale = &l
	}
	return edit, nil
}

// internalForm returns the form of the bodies of internal articles. As
// documented, plain text stays what it is; what has markup comes into the normal
// form of every other body.
func (s *Server) internalForm(ctx context.Context) form {
	f := s.form(ctx)
	clean := f.html
	f.html = func(body string) (string, error) {
		if !strings.ContainsAny(body, "<&") {
			return lectern.CleanText(body), nil
		}
		return clean(body)
	}
	return f
}
