package lectern

import (
	"context"
	"time"
)

// A Folder is where teammates keep articles and internal articles. Folders are
// inside one another; readers never see them.
type Folder struct {
	ID           FolderID
	Name         string
	Description  string
	Emoji        string
	Parent       FolderID // zero at the top level
	ContentCount int      // articles and internal articles directly in it
	CreatedAt    time.Time
	UpdatedAt    time.Time
}

// A FolderEdit is what a request asks of a folder. What is nil stays as it is.
type FolderEdit struct {
	Name        *string
	Description *string
	Emoji       *string
	Parent      *FolderID // zero moves it to the top level
}

// Apply changes f as e asks, at time now. For a folder without an ID it is the
// creation, which needs a name. Whether the parent can be one is the store's
// business.
func (f *Folder) Apply(e *FolderEdit, now time.Time) error {
	if f.ID == 0 && (e.Name == nil || Blank(*e.Name)) {
		return Missingf("folder.name", "Name is a required parameter.")
	}
	if e.Name != nil && Blank(*e.Name) {
		return Invalidf("folder.name", "name must not be blank")
	}
	if err := setTitle(&f.Name, e.Name, "name", MaxTitle); err != nil {
		return err
	}
	if err := setDescription(&f.Description, e.Description); err != nil {
		return err
	}
	if err := setText(&f.Emoji, e.Emoji, "emoji", MaxTitle); err != nil {
		return err
	}
	if e.Parent != nil {
		f.Parent = *e.Parent
	}
	if f.ID == 0 {
		f.CreatedAt = now
	}
	f.UpdatedAt = now
	return nil
}

// A FolderQuery asks for a page of folders. The zero query asks for all of them.
type FolderQuery struct {
	Parent FolderID // direct parent; zero for folders of every level
	Offset int
	Limit  int // zero for no limit
}

// A FolderStore keeps folders.
//
// A parent that does not exist, is the folder itself or inside it, is Invalid,
// and nothing is stored.
type FolderStore interface {
	// AddFolder creates a folder as edit asks.
	AddFolder(ctx context.Context, by Actor, edit *FolderEdit) (*Folder, error)
	// Folder finds one. It returns NotFound.
	Folder(ctx context.Context, ws WorkspaceID, id FolderID) (*Folder, error)
	// Folders returns a page, in the order updated_at descending, ID descending,
	// and the exact number of folders the query asks for.
	Folders(ctx context.Context, ws WorkspaceID, q FolderQuery) ([]*Folder, int, error)
	// UpdateFolder applies edit in one transaction. If check is not nil and
	// returns an error for the folder as it stands, that error is returned and
	// nothing is stored. It returns NotFound.
	UpdateFolder(ctx context.Context, by Actor, id FolderID, edit *FolderEdit, check func(*Folder) error) (*Folder, error)
	// DeleteFolder deletes an empty folder. It returns NotFound, or Conflict
	// when something is in it, be it another folder.
	DeleteFolder(ctx context.Context, by Actor, id FolderID) error
}
