package lectern

import (
	"context"
	"time"
)

// MaxContentPhrase is the greatest length of a ContentQuery's phrase in
// characters.
const MaxContentPhrase = 500

// ContentKinds are the kinds of objects that content search finds.
var ContentKinds = []ObjectKind{ArticleObject, InternalArticleObject, SnippetObject, ExternalPageObject}

// A ContentQuery asks for a page of whatever the workspace has written or
// brought in. Only articles have several texts, drafts among them; the one text
// of any other object is Published. The phrase, the states, the locales and the
// availability are all about the same text, the rest is about its object.
type ContentQuery struct {
	Phrase  string       // empty asks for all, in the order of a list
	Kinds   []ObjectKind // some of ContentKinds
	States  []State      // none means any
	Locales []Locale     // none means any
	// Chatbot, Copilot and SalesAgent ask whether those may use the text.
	Chatbot, Copilot, SalesAgent *bool

	// Tags are lists of tags: the object carries at least one of each list. It
	// carries none of NoTags.
	Tags   [][]TagID
	NoTags []TagID
	// Folders are where the object is, be it in a folder inside one of them.
	Folders   []FolderID
	CreatedBy []AdminID
	UpdatedBy []AdminID // last
	// The object was created and last updated at or after, at or before these
	// times; zero for any.
	CreatedAfter, CreatedBefore time.Time
	UpdatedAfter, UpdatedBefore time.Time

	Offset int
	Limit  int
}

// Content is an object as a search among all kinds shows it.
type Content struct {
	Object
	Title string        // of an article: in the default locale of its help center
	Texts []ContentText // of an article, the one in that locale first; nil for other kinds
}

// A ContentText is the text of an article in one locale.
type ContentText struct {
	ID     ContentID
	Locale Locale
	Title  string
}

// A ContentStore finds content of every kind.
type ContentStore interface {
	// SearchContent returns a page, best first, ties in the order of a list, and
	// the exact number of objects found. A change is found as soon as it is
	// stored. It returns Invalid, since they are Unknown, for tags, folders and
	// admins that do not exist.
	SearchContent(ctx context.Context, ws WorkspaceID, q ContentQuery) ([]Content, int, error)
}
