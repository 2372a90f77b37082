package rest

import (
	"net/http"
	"strings"
	"unicode/utf8"

	"lectern"
	"lectern/internal/apiversion"
	"lectern/internal/openapi"
	"lectern/internal/wire"
)

var tagRoutes = []*route{
	{handle: (*Server).listTags, depends: []lectern.Noun{lectern.AboutTags}, Operation: openapi.Operation{
		Route: "GET /tags", ID: "listTags", Tag: "Tags", Scope: lectern.ReadTags,
		Summary: "List the tags", About: "All of them, without pages.",
		Answer: wire.TagList{}}},
	{handle: (*Server).createTag, Operation: openapi.Operation{
		Route: "POST /tags", ID: "createTag", Tag: "Tags", Scope: lectern.ReadWriteTags,
		Summary: "Create a tag, or rename one", About: "A name that exists, in whatever case, answers with its tag.",
		Request: wire.CreateOrUpdateTagRequest{}, Answer: wire.TagCreateResponse{},
		Errors: []openapi.Failure{
			invalid("invalid tag parameters", "No name is given"),
			{Status: 409, Code: "resource_conflict", Message: "Another tag has the name Doomed.", When: "Another tag has the name"},
			{Status: notFound.Status, Code: notFound.Code, Message: notFound.Message, When: "The tag to be renamed does not exist"},
			openapi.Failure{Status: 404, Code: "company_not_found", Message: "Company Not Found", When: "A company is named"}.Before(&apiversion.TaggingTellsOutcome),
			openapi.Failure{Status: 404, Code: "not_found", Message: "User Not Found", When: "A user is named"}.Before(&apiversion.TaggingTellsOutcome),
		}}},
	{handle: (*Server).findTag, depends: []lectern.Noun{lectern.AboutTags}, Operation: openapi.Operation{
		Route: "GET /tags/{id}", ID: "findTag", Tag: "Tags", Scope: lectern.ReadTags,
		Summary: "Retrieve a tag",
		Answer:  wire.Tag{}, Errors: []openapi.Failure{notFound}}},
	{handle: (*Server).deleteTag, Operation: openapi.Operation{
		Route: "DELETE /tags/{id}", ID: "deleteTag", Tag: "Tags", Scope: lectern.ReadWriteTags,
		Summary: "Delete a tag", Errors: []openapi.Failure{notFound}}},
}

var (
	errTagInvalid      = &failure{http.StatusBadRequest, "parameter_invalid", "invalid tag parameters"}
	errUserNotFound    = &failure{http.StatusNotFound, "not_found", "User Not Found"}
	errCompanyNotFound = &failure{http.StatusNotFound, "company_not_found", "Company Not Found"}
)

// listTags answers GET /tags.
func (s *Server) listTags(c *call) (any, error) {
	tags, err := s.store.Tags(c.Context(), c.workspace())
	if err != nil {
		return nil, err
	}
	list := wire.TagList{Type: "list", Data: make([]wire.Tag, len(tags))}
	for i, t := range tags {
		list.Data[i] = wire.FromTag(t)
	}
	return list, nil
}

// createTag answers POST /tags. There are no users and companies here, so
// whichever a request names is not found, or not tagged.
func (s *Server) createTag(c *call) (any, error) {
	var req wire.CreateOrUpdateTagRequest
	if err := decode(c, &req); err != nil {
		return nil, err
	}
	name := lectern.CleanName(req.Name.Value)
	strict := !c.version.Has(&apiversion.TaggingTellsOutcome)
	switch {
	case lectern.Blank(name) || utf8.RuneCountInString(name) > lectern.MaxTagName || strings.ContainsRune(name, 0):
		return nil, errTagInvalid
	case strict && len(req.Companies.Value) > 0:
		return nil, errCompanyNotFound
	case strict && len(req.Users.Value) > 0:
		return nil, errUserNotFound
	}
	var t *lectern.Tag
	var err error
	if id := req.ID.Value; id != 0 {
		t, err = s.store.RenameTag(c.Context(), c.actor(), lectern.TagID(id), name)
	} else {
		t, err = s.store.AddTag(c.Context(), c.actor(), name)
	}
	if err != nil {
		return nil, err
	}
	return wire.FromTagCreated(t, req), nil
}

// findTag answers GET /tags/{id}.
func (s *Server) findTag(c *call) (any, error) {
	id, err := pathID[lectern.TagID](c)
	if err != nil {
		return nil, err
	}
	t, err := s.store.Tag(c.Context(), c.workspace(), id)
	if err != nil {
		return nil, err
	}
	return wire.FromTag(t), nil
}

// deleteTag answers DELETE /tags/{id}, with an empty body.
func (s *Server) deleteTag(c *call) (any, error) {
	id, err := pathID[lectern.TagID](c)
	if err != nil {
		return nil, err
	}
	return nil, s.store.DeleteTag(c.Context(), c.actor(), id)
}
