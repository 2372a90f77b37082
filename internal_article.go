package lectern

import (
	"context"
	"time"
)

// An InternalArticle is written by teammates for teammates: it has no address
// and is never among the articles that readers find.
type InternalArticle struct {
	ID           InternalArticleID
	Title        string
	Body         string // plain text without markup, or HTML in the normal form of internal/richtext
	Locale       Locale
	Owner        AdminID // who answers for it
	Author       AdminID
	Availability Availability
	Audiences    []AudienceID // whom the assistants may tell it; none is everyone
	Folder       FolderID     // zero outside of every folder
	Tags         []Tagging    // in the order in which they were applied
	CreatedAt    time.Time
	UpdatedAt    time.Time
}

// An InternalArticleEdit is what a request asks of an internal article. What is
// nil stays as it is.
type InternalArticleEdit struct {
	Title        *string
	Body         *string
	Locale       *Locale // for a new one the default help center's default locale unless given
	Owner        *AdminID
	Author       *AdminID
	Availability AvailabilityEdit
	Audiences    *[]AudienceID // empty is everyone
	Folder       *FolderID     // zero takes it out of its folder
}

// Apply changes a as e asks, at time now. For an internal article without an ID
// it is the creation, which needs an author, an owner and a title; the
// assistants do not answer from it unless asked to. Whether what it names exists
// is the store's business.
func (a *InternalArticle) Apply(e *InternalArticleEdit, now time.Time) error {
	if a.ID == 0 {
		switch {
		case e.Author == nil:
			return Missingf("author_id", "author_id must be in the main body or default locale translated_content object")
		case e.Owner == nil:
			return Missingf("owner_id", "Owner is a required parameter.")
		case e.Title == nil || Blank(*e.Title):
			return Missingf("title", "Title is a required parameter.")
		}
		a.CreatedAt = now
	}
	if err := setTitle(&a.Title, e.Title, "title", MaxTitle); err != nil {
		return err
	}
	if err := setText(&a.Body, e.Body, "body", 0); err != nil {
		return err
	}
	set(&a.Locale, e.Locale)
	set(&a.Owner, e.Owner)
	set(&a.Author, e.Author)
	a.Availability.Apply(e.Availability)
	set(&a.Audiences, e.Audiences)
	set(&a.Folder, e.Folder)
	a.UpdatedAt = now
	return nil
}

// set sets *field to *value unless value is nil.
func set[T any](field, value *T) {
	if value != nil {
		*field = *value
	}
}

// An InternalArticleQuery asks for a page of internal articles.
type InternalArticleQuery struct {
	Folder FolderID // zero for any place
	Deep   bool     // also those in folders inside Folder, whatever the depth
	Offset int
	Limit  int
}

// An InternalArticleStore keeps internal articles.
//
// An author or owner who is no teammate, an unknown folder and an unknown
// audience are Invalid, and nothing is stored.
type InternalArticleStore interface {
	// AddInternalArticle creates an internal article as edit asks.
	AddInternalArticle(ctx context.Context, by Actor, edit *InternalArticleEdit) (*InternalArticle, error)
	// InternalArticle finds one. It returns NotFound.
	InternalArticle(ctx context.Context, ws WorkspaceID, id InternalArticleID) (*InternalArticle, error)
	// InternalArticles returns a page, in the order updated_at descending, ID
	// descending, and the exact number of internal articles the query asks for.
	InternalArticles(ctx context.Context, ws WorkspaceID, q InternalArticleQuery) ([]*InternalArticle, int, error)
	// UpdateInternalArticle applies edit in one transaction. If check is not nil
	// and returns an error for the article as it stands, that error is returned
	// and nothing is stored. It returns NotFound.
	UpdateInternalArticle(ctx context.Context, by Actor, id InternalArticleID, edit *InternalArticleEdit, check func(*InternalArticle) error) (*InternalArticle, error)
	// DeleteInternalArticle removes one for good. It returns NotFound.
	DeleteInternalArticle(ctx context.Context, by Actor, id InternalArticleID) error
}
