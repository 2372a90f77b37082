package lectern

import (
	"context"
	"time"
)

// An ObjectKind says what sort of thing can carry tags.
type ObjectKind string

// What can carry tags, as the API spells it.
const (
	ArticleObject         ObjectKind = "article"
	InternalArticleObject ObjectKind = "internal_article"
	SnippetObject         ObjectKind = "content_snippet"
	ExternalPageObject    ObjectKind = "external_content"
)

// Of these an action on many objects can be told, beside those that carry tags.
const (
	ArticleTextObject ObjectKind = "article_content"     // an article in one locale, by its ContentID
	FileObject        ObjectKind = "file_source_content" // Lectern keeps no files: there never is one
)

// An Object names a thing that can carry tags.
type Object struct {
	Kind ObjectKind
	ID   int64
}

// A Tagging is a tag as it is on an object.
type Tagging struct {
	Tag
	AppliedAt time.Time // zero once it was taken off
	AppliedBy AdminID
}

// A TaggingStore puts tags on objects and takes them off. Neither moves the
// object's UpdatedAt.
//
// An object that does not exist is NotFound without a field; a tag that does
// not exist, or is not on the object it is to be taken off, is NotFound about
// "id".
type TaggingStore interface {
	// TagObject puts a tag on an object in the name of an admin, by.Admin if
	// zero. A tag that is on it already stays as it was applied. It returns
	// NotFound, or Invalid when the admin is no teammate.
	TagObject(ctx context.Context, by Actor, o Object, tag TagID, admin AdminID) (*Tagging, error)
	// UntagObject takes a tag off an object. It returns NotFound.
	UntagObject(ctx context.Context, by Actor, o Object, tag TagID) (*Tagging, error)
}
