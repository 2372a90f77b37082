package rest

import (
	"lectern"
	"lectern/internal/apiversion"
	"lectern/internal/openapi"
	"lectern/internal/wire"
)

var collectionRoutes = []*route{
	{handle: (*Server).listCollections, depends: []lectern.Noun{lectern.AboutCollections, lectern.AboutSettings}, Operation: openapi.Operation{
		Route: "GET /help_center/collections", ID: "listAllCollections", Tag: "Help Center", Scope: lectern.ReadArticles,
		Summary: "List the collections",
		About:   "Of every level; before version 2.10 of the top level, as those below it are sections there. Ordered by updated_at, latest first, and by ID, greatest first, among those updated in the same second.",
		Params: []openapi.Param{pageParam, perPage(collectionsPerPage),
			{Name: "help_center_id", Type: "integer", About: "Only collections of this help center. Not in Intercom's API."}},
		Answer: wire.CollectionList{},
		Errors: []openapi.Failure{invalid("Per Page is too big", "per_page is above 250")}}},
	{handle: (*Server).createCollection, Operation: openapi.Operation{
		Route: "POST /help_center/collections", ID: "createCollection", Tag: "Help Center", Scope: lectern.ReadWriteArticles,
		Summary: "Create a collection", About: "Collections nest three levels deep.",
		Request: wire.CreateCollectionRequest{}, Answer: wire.Collection{},
		Errors: []openapi.Failure{
			missing("Name is a required parameter.", "No name is given"),
			invalid("parent_id is invalid", "The parent does not exist").From(&apiversion.SectionsAreCollections),
		}}},
	{handle: (*Server).retrieveCollection, depends: []lectern.Noun{lectern.AboutCollections, lectern.AboutSettings}, Operation: openapi.Operation{
		Route: "GET /help_center/collections/{id}", ID: "retrieveCollection", Tag: "Help Center", Scope: lectern.ReadArticles,
		Summary: "Retrieve a collection",
		Answer:  wire.Collection{}, Errors: []openapi.Failure{notFound}}},
	{handle: (*Server).updateCollection, Operation: openapi.Operation{
		Route: "PUT /help_center/collections/{id}", ID: "updateCollection", Tag: "Help Center", Scope: lectern.ReadWriteArticles,
		Summary: "Update a collection", About: "Only the fields that are sent change, in each language by itself. " + repeated,
		Request: wire.UpdateCollectionRequest{}, Answer: wire.Collection{},
		Errors: []openapi.Failure{invalid("parent_id is invalid", "The parent does not exist").From(&apiversion.SectionsAreCollections), notFound, stale}}},
	{handle: (*Server).deleteCollection, Operation: openapi.Operation{
		Route: "DELETE /help_center/collections/{id}", ID: "deleteCollection", Tag: "Help Center", Scope: lectern.ReadWriteArticles,
		Summary: "Delete a collection", About: "The collections inside it go with it. Articles stay, outside of every deleted collection.",
		Answer: wire.Deleted{}, Errors: []openapi.Failure{notFound}}},
}

// collectionsPerPage is how many collections a page holds unless the request
// says so.
const collectionsPerPage = 20

// collectionLevel is where the collections stand that the call's version calls
// collections.
func (c *call) collectionLevel() lectern.Level {
	if c.version.Has(&apiversion.SectionsAreCollections) {
		return lectern.AnyLevel
	}
	return lectern.TopLevel
}

// onLevel returns NotFound for a collection that stands elsewhere: the call
// asked for a section by the ID of a collection, or the other way round.
func onLevel(found *lectern.Collection, level lectern.Level) error {
	if level != lectern.AnyLevel && found.Level() != level {
		return lectern.NotFound
	}
	return nil
}

// collectionsOn reads the page of collections that the call asks for, and
// describes it.
func (s *Server) collectionsOn(c *call, level lectern.Level) ([]*lectern.Collection, int, wire.Pages, error) {
	query := c.URL.Query()
	p, err := pageOf(query, collectionsPerPage)
	if err != nil {
		return nil, 0, wire.Pages{}, err
	}
	q := lectern.CollectionQuery{Level: level, Offset: p.offset(), Limit: p.per}
	if q.HelpCenter, err = queryID[lectern.HelpCenterID](query, "help_center_id"); err != nil {
		return nil, 0, wire.Pages{}, err
	}
	list, total, err := s.store.Collections(c.Context(), c.workspace(), q)
	return list, total, c.pages(p, total), err
}

// collectionOn finds the collection that the call's path names.
func (s *Server) collectionOn(c *call, level lectern.Level) (*lectern.Collection, error) {
	id, err := pathID[lectern.CollectionID](c)
	if err != nil {
		return nil, err
	}
	found, err := s.store.Collection(c.Context(), c.workspace(), id)
	if err != nil {
		return nil, err
	}
	return found, onLevel(found, level)
}

// deleteOn deletes the collection that the call's path names, and which the
// version calls object. Should it move to another level meanwhile, it is
// deleted there: its ID is what was meant.
func (s *Server) deleteOn(c *call, level lectern.Level, object string) (any, error) {
	found, err := s.collectionOn(c, level)
	if err != nil {
		return nil, err
	}
	if err := s.store.DeleteCollection(c.Context(), c.actor(), found.ID); err != nil {
		return nil, err
	}
	return wire.Deleted{ID: c.PathValue("id"), Object: object, Deleted: true}, nil
}

// listCollections answers GET /help_center/collections.
func (s *Server) listCollections(c *call) (any, error) {
	collections, total, pages, err := s.collectionsOn(c, c.collectionLevel())
	if err != nil {
		return nil, err
	}
	set, err := s.settingsOf(c.Context(), c.workspace())
	if err != nil {
		return nil, err
	}
	data := make([]wire.Collection, len(collections))
	for i, found := range collections {
		data[i] = set.collection(found, c.base)
	}
	return wire.CollectionList{Type: "list", Data: data, TotalCount: total, Pages: pages}, nil
}

// retrieveCollection answers GET /help_center/collections/{id}.
func (s *Server) retrieveCollection(c *call) (any, error) {
	found, err := s.collectionOn(c, c.collectionLevel())
	if err != nil {
		return nil, err
	}
	return s.collection(c, found)
}

func (s *Server) collection(c *call, found *lectern.Collection) (any, error) {
	set, err := s.settingsOf(c.Context(), c.workspace())
	if err != nil {
		return nil, err
	}
	return set.collection(found, c.base), nil
}

// createCollection answers POST /help_center/collections.
func (s *Server) createCollection(c *call) (any, error) {
	var req wire.CreateCollectionRequest
	if err := decode(c, &req); err != nil {
		return nil, err
	}
	edit := collectionEdit(wire.UpdateCollectionRequest{
		Name: req.Name, Description: req.Description, Icon: req.Icon, ParentID: req.ParentID, TranslatedContent: req.TranslatedContent,
	})
	if id := req.HelpCenterID.Pointer(); id != nil {
		edit.HelpCenter = new(lectern.HelpCenterID(*id))
	}
	added, err := s.store.AddCollection(c.Context(), c.actor(), edit)
	if err != nil {
		return nil, err
	}
	c.ignored(edit.Ignored)
	return s.collection(c, added)
}

// updateCollection answers PUT /help_center/collections/{id}.
func (s *Server) updateCollection(c *call) (any, error) {
	id, err := pathID[lectern.CollectionID](c)
	if err != nil {
		return nil, err
	}
	var req wire.UpdateCollectionRequest
	body, err := decoded(c, &req)
	if err != nil {
		return nil, err
	}
	set, err := s.settingsOf(c.Context(), c.workspace())
	if err != nil {
		return nil, err
	}
	edit := collectionEdit(req)
	edit.PutBack = isPutBack(body)
	if n := req.Order.Pointer(); n != nil {
		if *n < 1 || *n > 1<<31-1 {
			return nil, lectern.Invalidf("order", "order must be a place from 1 on")
		}
		edit.Position = new(int(*n))
	}
	updated, err := s.store.UpdateCollection(c.Context(), c.actor(), id, edit, func(now *lectern.Collection, h *lectern.HelpCenter) error {
		if err := onLevel(now, c.collectionLevel()); err != nil {
			return err
		}
		return c.ifMatch(wire.FromCollection(set.workspace, h, now, c.base))
	})
	if err != nil {
		return nil, err
	}
	c.ignored(edit.Ignored)
	return s.collection(c, updated)
}

// deleteCollection answers DELETE /help_center/collections/{id}.
func (s *Server) deleteCollection(c *call) (any, error) {
	return s.deleteOn(c, c.collectionLevel(), "collection")
}

func collectionEdit(req wire.UpdateCollectionRequest) *lectern.CollectionEdit {
	edit := &lectern.CollectionEdit{Texts: map[lectern.Locale]lectern.CollectionTextEdit{}}
	edit.Name, edit.Description = req.Name.Pointer(), textOrEmpty(req.Description)
	edit.Icon = textOrEmpty(req.Icon)
	for l, part := range req.TranslatedContent.Value {
		edit.Texts[l] = lectern.CollectionTextEdit{Name: part.Name.Pointer(), Description: textOrEmpty(part.Description)}
	}
	if req.ParentID.Set {
		edit.Parent = new(lectern.CollectionID(req.ParentID.Value))
	}
	return edit
}
