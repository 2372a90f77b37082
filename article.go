package lectern

import (
	"context"
	"time"
)

// A State says who sees the text of an article in one locale.
type State string

const (
	Draft     State = "draft"     // teammates only
	Published State = "published" // readers, too
)

// An Article is an answer to readers' questions, in one or more languages.
type Article struct {
	ID ArticleID
	// HelpCenter is the help center of its first parent, or the workspace's
	// default one.
	HelpCenter HelpCenterID
	Parents    []CollectionID // in order; usually one
	// Nested are those of Parents that are inside another collection: sections,
	// to clients that know these.
	Nested     []CollectionID
	Folder     FolderID // zero for none
	Texts      map[Locale]ArticleText
	Drafts     map[Locale]ArticleDraft // staged over published texts
	Schedule   Schedule
	CreatedBy  AdminID
	UpdatedBy  AdminID
	CreatedAt  time.Time
	UpdatedAt  time.Time // moves with every change, in whichever locale
	Statistics Statistics
	Tags       []Tagging // in the order in which they were applied
}

// An ArticleText is an article in one locale. Each locale has its own author,
// state, audiences and times.
type ArticleText struct {
	Content ContentID
	Wording
	State        State
	Version      VersionID // of its wording
	Availability Availability
	Audiences    []AudienceID // whom it is meant for; none is everyone
	CreatedBy    AdminID
	UpdatedBy    AdminID
	CreatedAt    time.Time
	UpdatedAt    time.Time
	PublishedAt  time.Time // for the first time; zero if it never was
}

// A Wording is the part of a text that is staged and kept in versions.
type Wording struct {
	Title       string
	Description string
	Body        string // HTML in the normal form of internal/richtext
	Author      AdminID
}

// Text returns the article's text in the default locale of its help center:
// what the root of an answer shows.
func (a *Article) Text(h *HelpCenter) ArticleText { return a.Texts[h.DefaultLocale] }

// TitleIn returns the title that the article has for readers of its text in one
// locale: the text's own, or, of a text without one, that of the default
// locale's text, unless this is meant for some audiences only.
func (a *Article) TitleIn(l Locale, h *HelpCenter) string {
	if own := a.Texts[l].Title; own != "" {
		return own
	}
	if t := a.Text(h); len(t.Audiences) == 0 {
		return t.Title
	}
	return ""
}

// Statistics counts what readers did with an article.
type Statistics struct {
	Views         int
	Conversations int
	Happy         int // reactions
	Neutral       int
	Sad           int
}

// Reactions is the number of reactions of all kinds.
func (s Statistics) Reactions() int { return s.Happy + s.Neutral + s.Sad }

// Percent is n out of all reactions, rounded to a whole number; each kind is
// rounded by itself, so three of them need not add up to 100.
func (s Statistics) Percent(n int) int {
	all := s.Reactions()
	if all == 0 {
		return 0
	}
	return (200*n + all) / (2 * all)
}

// An ArticleKey is an article's place in the order of lists: updated_at
// descending, then ID descending.
type ArticleKey struct {
	UpdatedAt time.Time // whole seconds
	ID        ArticleID
}

// An ArticleQuery asks for a page of articles, in the order updated_at
// descending, ID descending.
type ArticleQuery struct {
	Parent       CollectionID // direct parent; zero for any
	UpdatedSince time.Time    // updated at or after; zero for any time
	After        *ArticleKey  // only articles after this one; Offset then counts from there
	Offset       int
	Limit        int
}

// An ArticleStore keeps articles. A SearchStore finds them.
//
// An author who is no teammate, or a parent or folder that does not exist, is
// Invalid, an audience that does not exist is Unknown, and nothing is stored.
type ArticleStore interface {
	// AddArticle creates an article as edit asks.
	AddArticle(ctx context.Context, by Actor, edit *ArticleEdit) (*Article, error)
	// Article finds one. It returns NotFound.
	Article(ctx context.Context, ws WorkspaceID, id ArticleID) (*Article, error)
	// Articles returns a page and the exact number of articles the query asks
	// for, After and Offset left aside.
	Articles(ctx context.Context, ws WorkspaceID, q ArticleQuery) ([]*Article, int, error)
	// ArticlePlace returns an article's place in the order of lists; of one that
	// was deleted, the place where it stood. It returns NotFound.
	ArticlePlace(ctx context.Context, ws WorkspaceID, id ArticleID) (*ArticleKey, error)
	// UpdateArticle applies edit in one transaction. If check is not nil and
	// returns an error for the article as it stands, that error is returned and
	// nothing is stored. Check may settle the edit by what the article says, each
	// time it is called. It returns NotFound.
	UpdateArticle(ctx context.Context, by Actor, id ArticleID, edit *ArticleEdit, check func(*Article, *HelpCenter) error) (*Article, error)
	// StageDraft changes what a published article is to say next, as
	// UpdateArticle changes what it says. It returns Untimely if it is not
	// published.
	StageDraft(ctx context.Context, by Actor, id ArticleID, edit *ArticleEdit, check func(*Article, *HelpCenter) error) (*Article, error)
	// PublishDrafts puts before readers what is staged in some locales, which
	// may be none in a help center of one language. It returns NotFound,
	// Untimely or Missing; see Article.PublishDrafts.
	PublishDrafts(ctx context.Context, by Actor, id ArticleID, locales []Locale) (*Article, error)
	// RunSchedules publishes and hides the articles of every workspace whose
	// time has come, each once, whoever else does so at the same time. It
	// returns how many. One that fails does not keep the others back.
	RunSchedules(ctx context.Context) (int, error)
	// ArticleVersions returns a page of an article's versions, newest first,
	// and their exact number. It returns NotFound.
	ArticleVersions(ctx context.Context, ws WorkspaceID, q VersionQuery) ([]*ArticleVersion, int, error)
	// ArticleVersion finds one of an article's versions. It returns NotFound.
	ArticleVersion(ctx context.Context, ws WorkspaceID, article ArticleID, id VersionID) (*ArticleVersion, error)
	// DeleteArticle removes an article for good. It returns NotFound.
	DeleteArticle(ctx context.Context, by Actor, id ArticleID) error
}
