package rest

import (
	"net/http"

	"lectern"
	"lectern/internal/openapi"
	"lectern/internal/wire"
)

var audienceRoutes = []*route{
	{handle: (*Server).listAudiences, depends: []lectern.Noun{lectern.AboutAudiences}, Operation: openapi.Operation{
		Route: "GET /audiences", ID: "listAudiences", Tag: "Audiences", Scope: lectern.ReadArticles,
		Summary: "List the audiences", About: "The oldest first.",
		Params: []openapi.Param{pageParam, perPageUpTo(audiencesPerPage, audiencesPerPage)},
		Answer: wire.AudienceList{},
		Errors: []openapi.Failure{invalid("Per Page is too big", "per_page is above 50")}}},
	{handle: (*Server).createAudience, Operation: openapi.Operation{
		Route: "POST /audiences", ID: "createAudience", Tag: "Audiences", Scope: lectern.ReadWriteArticles,
		Summary: "Create an audience",
		Request: wire.CreateAudienceRequest{}, Answer: wire.Audience{}, Status: http.StatusCreated,
		Errors: []openapi.Failure{notValid("Name is required", "No name is given")}}},
	{handle: (*Server).retrieveAudience, depends: []lectern.Noun{lectern.AboutAudiences}, Operation: openapi.Operation{
		Route: "GET /audiences/{id}", ID: "retrieveAudience", Tag: "Audiences", Scope: lectern.ReadArticles,
		Summary: "Retrieve an audience",
		Answer:  wire.Audience{}, Errors: []openapi.Failure{notFound}}},
	{handle: (*Server).updateAudience, Operation: openapi.Operation{
		Route: "PUT /audiences/{id}", ID: "updateAudience", Tag: "Audiences", Scope: lectern.ReadWriteArticles,
		Summary: "Update an audience", About: "Only the fields that are sent change.",
		Request: wire.UpdateAudienceRequest{}, Answer: wire.Audience{},
		Errors: []openapi.Failure{notFound, stale, notValid("Name must not be blank", "The name is empty")}}},
	{handle: (*Server).deleteAudience, Operation: openapi.Operation{
		Route: "DELETE /audiences/{id}", ID: "deleteAudience", Tag: "Audiences", Scope: lectern.ReadWriteArticles,
		Summary: "Delete an audience",
		About:   "Content that was meant for it is meant for its other audiences from then on, for everyone if it has none.",
		Status:  http.StatusNoContent, Errors: []openapi.Failure{notFound}}},
}

// unknownAudiences is the refusal of content meant for audiences that do not exist.
var unknownAudiences = openapi.Failure{Status: 404, Code: "parameter_invalid",
	Message: "audience_ids contains unknown audience IDs: 999", When: "An audience does not exist; nothing is stored"}

// audienceIDs are the audiences that a request names.
func audienceIDs(sent []wire.ID) []lectern.AudienceID {
	ids := make([]lectern.AudienceID, len(sent))
	for i, id := range sent {
		ids[i] = lectern.AudienceID(id)
	}
	return ids
}

// audiencesPerPage is how many audiences a page holds, and the most it may hold.
const audiencesPerPage = 50

// listAudiences answers GET /audiences.
func (s *Server) listAudiences(c *call) (any, error) {
	p, err := pageUpTo(c.URL.Query(), audiencesPerPage, audiencesPerPage)
	if err != nil {
		return nil, err
	}
	audiences, total, err := s.store.Audiences(c.Context(), c.workspace(), p.offset(), p.per)
	if err != nil {
		return nil, err
	}
	data := make([]wire.Audience, len(audiences))
	for i, a := range audiences {
		data[i] = wire.FromAudience(a)
	}
	return wire.AudienceList{Type: "list", Data: data, TotalCount: total,
		Page: p.number, PerPage: p.per, TotalPages: p.of(total)}, nil
}

// retrieveAudience answers GET /audiences/{id}.
func (s *Server) retrieveAudience(c *call) (any, error) {
	id, err := pathID[lectern.AudienceID](c)
	if err != nil {
		return nil, err
	}
	a, err := s.store.Audience(c.Context(), c.workspace(), id)
	if err != nil {
		return nil, err
	}
	return wire.FromAudience(a), nil
}

// createAudience answers POST /audiences.
func (s *Server) createAudience(c *call) (any, error) {
	var req wire.CreateAudienceRequest
	if err := decode(c, &req); err != nil {
		return nil, err
	}
	a, err := s.store.AddAudience(c.Context(), c.actor(), wire.UpdateAudienceRequest(req).Edit())
	if err != nil {
		return nil, asValidation(err)
	}
	return wire.FromAudience(a), nil
}

// updateAudience answers PUT /audiences/{id}.
func (s *Server) updateAudience(c *call) (any, error) {
	id, err := pathID[lectern.AudienceID](c)
	if err != nil {
		return nil, err
	}
	var req wire.UpdateAudienceRequest
	if err := decode(c, &req); err != nil {
		return nil, err
	}
	a, err := s.store.UpdateAudience(c.Context(), c.actor(), id, req.Edit(), func(now *lectern.Audience) error {
		return c.ifMatch(wire.FromAudience(now))
	})
	if err != nil {
		return nil, asValidation(err)
	}
	return wire.FromAudience(a), nil
}

// deleteAudience answers DELETE /audiences/{id}, with an empty body.
func (s *Server) deleteAudience(c *call) (any, error) {
	id, err := pathID[lectern.AudienceID](c)
	if err != nil {
		return nil, err
	}
	return nil, s.store.DeleteAudience(c.Context(), c.actor(), id)
}
