package rest

import (
	"errors"
	"net/http"

	"lectern"
	"lectern/internal/openapi"
	"lectern/internal/wire"
)

var folderRoutes = []*route{
	{handle: (*Server).listFolders, depends: []lectern.Noun{lectern.AboutFolders}, Operation: openapi.Operation{
		Route: "GET /folders", ID: "listFolders", Tag: "Folders", Scope: lectern.ReadArticles,
		Summary: "List the folders of every level",
		About:   "Ordered by updated_at, latest first, and by ID, greatest first, among those updated in the same second.",
		Params: []openapi.Param{pageParam, perPageUpTo(foldersPerPage, maxFoldersPerPage),
			{Name: "parent_folder_id", Type: "integer", About: "Only folders directly in this one."}},
		Answer: wire.FolderList{},
		Errors: []openapi.Failure{invalid("Per Page is too big", "per_page is above 150")}}},
	{handle: (*Server).createFolder, Operation: openapi.Operation{
		Route: "POST /folders", ID: "createFolder", Tag: "Folders", Scope: lectern.ReadWriteArticles,
		Summary: "Create a folder",
		Request: wire.CreateFolderRequest{}, Answer: wire.Folder{},
		Errors: []openapi.Failure{
			missing("Name is a required parameter.", "No name is given"),
			invalid("parent_folder_id is invalid", "The parent does not exist"),
		}}},
	{handle: (*Server).retrieveFolder, depends: []lectern.Noun{lectern.AboutFolders}, Operation: openapi.Operation{
		Route: "GET /folders/{id}", ID: "retrieveFolder", Tag: "Folders", Scope: lectern.ReadArticles,
		Summary: "Retrieve a folder",
		Answer:  wire.Folder{}, Errors: []openapi.Failure{notFound}}},
	{handle: (*Server).updateFolder, Operation: openapi.Operation{
		Route: "PUT /folders/{id}", ID: "updateFolder", Tag: "Folders", Scope: lectern.ReadWriteArticles,
		Summary: "Update a folder", About: "Only the fields that are sent change.",
		Request: wire.UpdateFolderRequest{}, Answer: wire.Folder{},
		Errors: []openapi.Failure{
			invalid("parent_folder_id must not be the folder itself or one inside it", "The parent is inside the folder"),
			notFound, stale,
		}}},
	{handle: (*Server).deleteFolder, Operation: openapi.Operation{
		Route: "DELETE /folders/{id}", ID: "deleteFolder", Tag: "Folders", Scope: lectern.ReadWriteArticles,
		Summary: "Delete an empty folder",
		Answer:  wire.DeletedFolder{},
		Errors: []openapi.Failure{notFound,
			shown(errFolderFull, "Articles, internal articles or folders are in it")}}},
}

// How many folders a page holds unless the request says so, and at most.
const (
	foldersPerPage    = 50
	maxFoldersPerPage = 150
)

var errFolderFull = &failure{http.StatusUnprocessableEntity, "data_invalid", "Folder is not empty"}

// listFolders answers GET /folders.
func (s *Server) listFolders(c *call) (any, error) {
	query := c.URL.Query()
	p, err := pageUpTo(query, foldersPerPage, maxFoldersPerPage)
	if err != nil {
		return nil, err
	}
	q := lectern.FolderQuery{Offset: p.offset(), Limit: p.per}
	if q.Parent, err = queryID[lectern.FolderID](query, "parent_folder_id"); err != nil {
		return nil, err
	}
	folders, total, err := s.store.Folders(c.Context(), c.workspace(), q)
	if err != nil {
		return nil, err
	}
	data := make([]wire.Folder, len(folders))
	for i, f := range folders {
		data[i] = wire.FromFolder(f)
	}
	return wire.FolderList{Type: "list", Data: data, TotalCount: total, Pages: c.pages(p, total)}, nil
}

// retrieveFolder answers GET /folders/{id}.
func (s *Server) retrieveFolder(c *call) (any, error) {
	id, err := pathID[lectern.FolderID](c)
	if err != nil {
		return nil, err
	}
	f, err := s.store.Folder(c.Context(), c.workspace(), id)
	if err != nil {
		return nil, err
	}
	return wire.FromFolder(f), nil
}

// createFolder answers POST /folders.
func (s *Server) createFolder(c *call) (any, error) {
	var req wire.CreateFolderRequest
	if err := decode(c, &req); err != nil {
		return nil, err
	}
	edit, err := folderEdit(wire.Opt[wire.ChangedFolder]{Set: req.Folder.Set, Null: req.Folder.Null, Value: wire.ChangedFolder(req.Folder.Value)})
	if err != nil {
		return nil, err
	}
	f, err := s.store.AddFolder(c.Context(), c.actor(), edit)
	if err != nil {
		return nil, err
	}
	return wire.FromFolder(f), nil
}

// updateFolder answers PUT /folders/{id}.
func (s *Server) updateFolder(c *call) (any, error) {
	id, err := pathID[lectern.FolderID](c)
	if err != nil {
		return nil, err
	}
	var req wire.UpdateFolderRequest
	if err := decode(c, &req); err != nil {
		return nil, err
	}
	edit, err := folderEdit(req.Folder)
	if err != nil {
		return nil, err
	}
	f, err := s.store.UpdateFolder(c.Context(), c.actor(), id, edit, func(now *lectern.Folder) error {
		return c.ifMatch(wire.FromFolder(now))
	})
	if err != nil {
		return nil, err
	}
	return wire.FromFolder(f), nil
}

// deleteFolder answers DELETE /folders/{id}.
func (s *Server) deleteFolder(c *call) (any, error) {
	id, err := pathID[lectern.FolderID](c)
	if err != nil {
		return nil, err
	}
	err = s.store.DeleteFolder(c.Context(), c.actor(), id)
	switch {
	case errors.Is(err, lectern.Conflict):
		return nil, errFolderFull
	case err != nil:
		return nil, err
	}
	return wire.DeletedFolder{ID: int64(id), Object: "folder", Deleted: true}, nil
}

// folderEdit turns the one field of a request into an edit.
func folderEdit(req wire.Opt[wire.ChangedFolder]) (*lectern.FolderEdit, error) {
	if !req.Set || req.Null {
		return nil, lectern.Missingf("folder", "Folder is a required parameter.")
	}
	f := req.Value
	edit := &lectern.FolderEdit{
		Name: f.Name.Pointer(), Description: textOrEmpty(f.Description), Emoji: textOrEmpty(f.Emoji),
	}
	if f.ParentFolderID.Set {
		edit.Parent = new(lectern.FolderID(f.ParentFolderID.Value))
	}
	return edit, nil
}
