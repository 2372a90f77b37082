package lectern

import (
	"context"
	"strings"
	"time"
)

// A Snippet is a piece of content for AI agents alone: readers have no page
// for it.
type Snippet struct {
	ID     SnippetID
	Title  string
	Locale Locale
	SnippetContent
	Audiences    []AudienceID // whom it is meant for; none means everyone
	Availability Availability
	CreatedAt    time.Time
	UpdatedAt    time.Time
}

// A SnippetContent is what a snippet says, in two forms.
type SnippetContent struct {
	Blocks string // a JSON list of objects, as given; see internal/blocks
	Body   string // the same as HTML in the normal form of internal/richtext, headings without ids
}

// A SnippetEdit is what a request asks of a snippet. What is nil stays as it is.
type SnippetEdit struct {
	Title   *string
	Locale  *Locale
	Content *SnippetContent
	// Heading is the text that Content starts with when that is a heading which
	// may be the snippet's title, as in its Markdown. If it is, Rest, which is
	// without it, is stored instead.
	Heading string
	Rest    SnippetContent

	Audiences    *[]AudienceID // empty means everyone
	Availability AvailabilityEdit
}

// Apply changes x as e asks, at time now. For a snippet without an ID it is the
// creation, which needs a title and content; its locale is English unless
// given. Audiences are the store's business.
func (x *Snippet) Apply(e *SnippetEdit, now time.Time) error {
	before := x.Title
	switch {
	case x.ID == 0 && (e.Title == nil || Blank(*e.Title)):
		return Missingf("title", "Title is required")
	case x.ID == 0 && e.Content == nil:
		return Missingf("json_blocks", "json_blocks or body_markdown is required")
	case e.Title != nil && Blank(*e.Title):
		return Invalidf("title", "Title must not be blank")
	}
	if err := setTitle(&x.Title, e.Title, "title", MaxTitle); err != nil {
		return err
	}
	if x.ID == 0 {
		x.CreatedAt, x.Locale = now, "en"
	}
	if e.Locale != nil {
		x.Locale = *e.Locale
	}
	if e.Content != nil {
		x.SnippetContent = *e.Content
		if h := oneLine(e.Heading); h != "" && (h == oneLine(x.Title) || h == oneLine(before)) {
			x.SnippetContent = e.Rest
		}
	}
	x.Availability.Apply(e.Availability)
	x.UpdatedAt = now
	return nil
}

// oneLine is text with all white space in it collapsed, as headings have it.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// A SnippetStore keeps snippets.
type SnippetStore interface {
	// AddSnippet creates a snippet as edit asks. It returns UnknownAudiences.
	AddSnippet(ctx context.Context, by Actor, edit *SnippetEdit) (*Snippet, error)
	// Snippet finds one. It returns NotFound.
	Snippet(ctx context.Context, ws WorkspaceID, id SnippetID) (*Snippet, error)
	// Snippets returns a page, in the order updated_at descending, ID
	// descending, and the exact number of snippets. Zero for limit is no limit.
	Snippets(ctx context.Context, ws WorkspaceID, offset, limit int) ([]*Snippet, int, error)
	// UpdateSnippet applies edit in one transaction. If check is not nil and
	// returns an error for the snippet as it stands, that error is returned and
	// nothing is stored. It returns NotFound or UnknownAudiences.
	UpdateSnippet(ctx context.Context, by Actor, id SnippetID, edit *SnippetEdit, check func(*Snippet) error) (*Snippet, error)
	// DeleteSnippet removes a snippet and takes its tags off. It returns
	// NotFound.
	DeleteSnippet(ctx context.Context, by Actor, id SnippetID) error
}
