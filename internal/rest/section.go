package rest

import (
	"lectern"
	"lectern/internal/openapi"
	"lectern/internal/wire"
)

// Versions before 2.10 have sections: collections inside others, under the
// same IDs, which they do not list among the collections.
var sectionRoutes = []*route{
	{handle: (*Server).listSections, depends: []lectern.Noun{lectern.AboutCollections, lectern.AboutSettings}, Operation: openapi.Operation{
		Route: "GET /help_center/sections", ID: "listAllSections", Tag: "Help Center", Scope: lectern.ReadArticles,
		Summary: "List the sections",
		About:   "Ordered by updated_at, latest first, and by ID, greatest first, among those updated in the same second.",
		Params: []openapi.Param{pageParam, perPage(collectionsPerPage),
			{Name: "help_center_id", Type: "integer", About: "Only sections of this help center. Not in Intercom's API."}},
		Answer: wire.SectionList{},
		Errors: []openapi.Failure{invalid("Per Page is too big", "per_page is above 250")}}},
	{handle: (*Server).createSection, Operation: openapi.Operation{
		Route: "POST /help_center/sections", ID: "createSection", Tag: "Help Center", Scope: lectern.ReadWriteArticles,
		Summary: "Create a section", About: "In a collection, or in a section that is in a collection.",
		Request: wire.CreateSectionRequest{}, Answer: wire.Section{},
		Errors: []openapi.Failure{
			missing("Name is a required parameter.", "No name is given"),
			missing("parent_id is a required parameter.", "No parent is given"),
			invalid("parent_id is invalid", "The parent does not exist"),
		}}},
	{handle: (*Server).retrieveSection, depends: []lectern.Noun{lectern.AboutCollections, lectern.AboutSettings}, Operation: openapi.Operation{
		Route: "GET /help_center/sections/{id}", ID: "retrieveSection", Tag: "Help Center", Scope: lectern.ReadArticles,
		Summary: "Retrieve a section",
		Answer:  wire.Section{}, Errors: []openapi.Failure{notFound}}},
	{handle: (*Server).updateSection, Operation: openapi.Operation{
		Route: "PUT /help_center/sections/{id}", ID: "updateSection", Tag: "Help Center", Scope: lectern.ReadWriteArticles,
		Summary: "Update a section", About: "Only the fields that are sent change, in each language by itself. " + repeated,
		Request: wire.UpdateSectionRequest{}, Answer: wire.Section{},
		Errors: []openapi.Failure{invalid("parent_id is invalid", "The parent does not exist"), notFound, stale}}},
	{handle: (*Server).deleteSection, Operation: openapi.Operation{
		Route: "DELETE /help_center/sections/{id}", ID: "deleteSection", Tag: "Help Center", Scope: lectern.ReadWriteArticles,
		Summary: "Delete a section", About: "The sections inside it go with it. Articles stay, outside of every deleted section.",
		Answer: wire.Deleted{}, Errors: []openapi.Failure{notFound}}},
}

// listSections answers GET /help_center/sections.
func (s *Server) listSections(c *call) (any, error) {
	sections, total, pages, err := s.collectionsOn(c, lectern.Nested)
	if err != nil {
		return nil, err
	}
	set, err := s.settingsOf(c.Context(), c.workspace())
	if err != nil {
		return nil, err
	}
	data := make([]wire.Section, len(sections))
	for i, found := range sections {
		data[i] = set.section(found, false, c.base)
	}
	return wire.SectionList{Type: "list", Data: data, TotalCount: total, Pages: pages}, nil
}

// retrieveSection answers GET /help_center/sections/{id}.
func (s *Server) retrieveSection(c *call) (any, error) {
	found, err := s.collectionOn(c, lectern.Nested)
	if err != nil {
		return nil, err
	}
	return s.section(c, found, false)
}

func (s *Server) section(c *call, found *lectern.Collection, parentSet bool) (any, error) {
	set, err := s.settingsOf(c.Context(), c.workspace())
	if err != nil {
		return nil, err
	}
	return set.section(found, parentSet, c.base), nil
}

// createSection answers POST /help_center/sections.
func (s *Server) createSection(c *call) (any, error) {
	var req wire.CreateSectionRequest
	if err := decode(c, &req); err != nil {
		return nil, err
	}
	if req.ParentID.Value == 0 {
		return nil, lectern.Missingf("parent_id", "parent_id is a required parameter.")
	}
	edit := sectionEdit(wire.UpdateSectionRequest(req))
	added, err := s.store.AddCollection(c.Context(), c.actor(), edit)
	if err != nil {
		return nil, err
	}
	c.ignored(edit.Ignored)
	return s.section(c, added, true)
}

// updateSection answers PUT /help_center/sections/{id}.
func (s *Server) updateSection(c *call) (any, error) {
	id, err := pathID[lectern.CollectionID](c)
	if err != nil {
		return nil, err
	}
	var req wire.UpdateSectionRequest
	body, err := decoded(c, &req)
	if err != nil {
		return nil, err
	}
	set, err := s.settingsOf(c.Context(), c.workspace())
	if err != nil {
		return nil, err
	}
	edit := sectionEdit(req)
	edit.PutBack = isPutBack(body)
	updated, err := s.store.UpdateCollection(c.Context(), c.actor(), id, edit, func(now *lectern.Collection, h *lectern.HelpCenter) error {
		if err := onLevel(now, lectern.Nested); err != nil {
			return err
		}
		if req.ParentID.Set && req.ParentID.Value == 0 { // a section is always in something
			return lectern.Invalidf("parent_id", "parent_id is invalid")
		}
		if c.ifMatch(wire.FromSection(set.workspace, h, now, false, c.base)) == nil {
			return nil
		}
		// The ETag may be that of the answer to a request that set the parent.
		return c.ifMatch(wire.FromSection(set.workspace, h, now, true, c.base))
	})
	if err != nil {
		return nil, err
	}
	c.ignored(edit.Ignored)
	return s.section(c, updated, req.ParentID.Set)
}

// deleteSection answers DELETE /help_center/sections/{id}.
func (s *Server) deleteSection(c *call) (any, error) {
	return s.deleteOn(c, lectern.Nested, "section")
}

func sectionEdit(req wire.UpdateSectionRequest) *lectern.CollectionEdit {
	return collectionEdit(wire.UpdateCollectionRequest{Name: req.Name, ParentID: req.ParentID, TranslatedContent: req.TranslatedContent})
}
