package lectern

import "context"

// A Tag is a label of the workspace. Its name is unique without regard to case.
type Tag struct {
	ID   TagID
	Name string
}

// MaxTagName is the greatest length of a tag's name in characters.
const MaxTagName = 255

// A TagStore keeps tags.
type TagStore interface {
	// AddTag adds a tag, or returns the one that has this name already.
	AddTag(ctx context.Context, by Actor, name string) (*Tag, error)
	// RenameTag gives a tag another name. It returns NotFound, or Conflict when
	// another tag has the name.
	RenameTag(ctx context.Context, by Actor, id TagID, name string) (*Tag, error)
	// Tag finds one. It returns NotFound.
	Tag(ctx context.Context, ws WorkspaceID, id TagID) (*Tag, error)
	// Tags lists all, oldest first.
	Tags(ctx context.Context, ws WorkspaceID) ([]*Tag, error)
	// DeleteTag removes a tag, and takes it off whatever carries it. It returns
	// NotFound.
	DeleteTag(ctx context.Context, by Actor, id TagID) error
}
