package wire

import "lectern"

// A Folder is where teammates keep articles and internal articles.
type Folder struct {
	ID             int64   `json:"id" example:"1042"`
	Name           string  `json:"name" example:"Product documentation"`
	Description    *string `json:"description"`      // null when there is none
	Emoji          *string `json:"emoji"`            // null when there is none
	ParentFolderID *int64  `json:"parent_folder_id"` // ID of the folder it is in; null at the top level
	ContentCount   int     `json:"content_count"`    // articles and internal articles directly in it
	CreatedAt      int64   `json:"created_at"`       // Unix seconds
	UpdatedAt      int64   `json:"updated_at"`       // Unix seconds
}

// FromFolder returns the shape of a folder.
func FromFolder(f *lectern.Folder) Folder {
	out := Folder{
		ID: int64(f.ID), Name: f.Name, ContentCount: f.ContentCount,
		CreatedAt: f.CreatedAt.Unix(), UpdatedAt: f.UpdatedAt.Unix(),
	}
	if f.Description != "" {
		out.Description = &f.Description
	}
	if f.Emoji != "" {
		out.Emoji = &f.Emoji
	}
	if f.Parent != 0 {
		out.ParentFolderID = new(int64(f.Parent))
	}
	return out
}

// A FolderList is a page of folders.
type FolderList struct {
	Type       string   `json:"type" enum:"list"`
	Data       []Folder `json:"data"`
	TotalCount int      `json:"total_count"` // folders on all pages
	Pages      Pages    `json:"pages"`
}

// DeletedFolder says that a folder is gone.
type DeletedFolder struct {
	ID      int64  `json:"id"`
	Object  string `json:"object" enum:"folder"`
	Deleted bool   `json:"deleted"`
}

// CreateFolderRequest asks for a new folder.
type CreateFolderRequest struct {
	Folder Opt[NewFolder] `json:"folder" required:"true"`
}

// NewFolder is what a request says of a folder to be.
type NewFolder struct {
	Name           Opt[string] `json:"name" required:"true" example:"Product documentation"` // at most 255 characters
	Description    Opt[string] `json:"description"`
	Emoji          Opt[string] `json:"emoji"`            // at most 255 characters
	ParentFolderID Opt[ID]     `json:"parent_folder_id"` // ID of a folder; null or left out for the top level
}

// UpdateFolderRequest asks for a change of a folder. Only what it names changes.
type UpdateFolderRequest struct {
	Folder Opt[ChangedFolder] `json:"folder" required:"true"`
}

// ChangedFolder is what a request says of a folder that is to change.
type ChangedFolder struct {
	Name           Opt[string] `json:"name"`             // at most 255 characters
	Description    Opt[string] `json:"description"`      // null or "" removes it
	Emoji          Opt[string] `json:"emoji"`            // at most 255 characters; null or "" removes it
	ParentFolderID Opt[ID]     `json:"parent_folder_id"` // ID of a folder; null or "" moves it to the top level
}
