package lectern

import (
	"context"
	"time"
)

// A Visit says where a reader is: in which help center, in which language.
type Visit struct {
	Workspace  WorkspaceID
	HelpCenter HelpCenterID
	Locale     Locale
}

// A ReaderStore answers what the public help center asks for. Its answers hold
// nothing but what every visitor may see:
//
//   - the help center is on, and the locale is one of its languages;
//   - an article is shown in the visit's locale if its text there is published
//     and meant for everyone, else in the help center's default locale if that
//     text is, else not at all;
//   - a collection is shown under its name in the visit's locale, else under
//     that in the default locale, else not at all: the collections inside it
//     then stand where it would have stood;
//   - an article is listed if it is in a collection that is shown. One that is
//     not has a page and nothing else: no list, count or neighbour leads there.
//
// Collections stand in the order of their positions, the articles of a collection
// in that of OrderCollection: until somebody sets one, they stand in the order in
// which they were created (by ID), as Intercom puts a new article last.
//
// Every method returns NotFound where the help center is off or does not have
// the locale, besides what it says itself. None reads a body it does not return.
type ReaderStore interface {
	// Outline returns the collections of a help center that have an article to
	// show, with what they hold.
	Outline(ctx context.Context, v Visit) (*Outline, error)
	// CollectionPage returns a collection with its articles, and its descendants with
	// theirs. It returns NotFound.
	CollectionPage(ctx context.Context, v Visit, id CollectionID) (*CollectionPage, error)
	// Page returns an article as a reader sees it. It returns NotFound.
	Page(ctx context.Context, v Visit, id ArticleID) (*Page, error)
	// Rows returns those of some articles that are shown, in the order asked
	// for, with their paths: what a list made elsewhere, as by a search, has to
	// say of them. It takes at most MaxReaderRows IDs. Articles that are not
	// listed are left out.
	Rows(ctx context.Context, v Visit, ids []ArticleID) ([]ArticleRow, error)
	// Bodies returns the bodies of those of some articles that are shown, each in
	// the locale that Rows returns it in. It takes at most MaxReaderRows IDs.
	Bodies(ctx context.Context, v Visit, ids []ArticleID) (map[ArticleID]string, error)
	// Popular returns the n listed articles that people viewed most within 30
	// days, in whichever language. One that nobody viewed is not among them.
	Popular(ctx context.Context, v Visit, n int) ([]ArticleRow, error)
	// RecentViews returns how often people viewed articles within 30 days, in
	// whichever language. One that nobody viewed is left out.
	RecentViews(ctx context.Context, ws WorkspaceID, ids []ArticleID) (map[ArticleID]int, error)
	// Latest returns the n listed articles whose texts in exactly the visit's
	// locale were updated last; of a collection and its descendants unless that
	// is zero. It returns NotFound for a collection that is not shown.
	Latest(ctx context.Context, v Visit, collection CollectionID, n int) ([]ArticleRow, error)
	// PublicTexts returns a page of all texts that listed articles have of their
	// own, by article ID, then by locale. The visit's locale does not matter and
	// may be empty.
	PublicTexts(ctx context.Context, v Visit, q PublicQuery) ([]PublicText, error)
}

// MaxReaderRows is how many articles Rows, Bodies, Popular, Latest and PublicTexts
// return at most.
const MaxReaderRows = 1000

// A Writer is an author as readers see one.
type Writer struct {
	ID        AdminID
	Name      string
	AvatarURL string // empty when there is none
}

// A LocaleName is what an article or a collection is called in a locale in
// which every visitor may see it.
type LocaleName struct {
	Locale    Locale
	Name      string
	UpdatedAt time.Time // of the article's text; of the collection
}

// A Step is a collection on the way to what is in it.
type Step struct {
	ID     CollectionID
	Name   string
	Locale Locale // of the name
}

// An Outline is what a help center holds.
type Outline struct {
	HelpCenter  *HelpCenter
	Collections []*OpenCollection // at the top level, in order
	Articles    int               // listed
	Writers     int               // of these articles
}

// An OpenCollection is a collection as readers see it.
type OpenCollection struct {
	ID          CollectionID
	Icon        string
	Locale      Locale // of name and description
	Name        string
	Description string // of the name's locale; may be empty
	UpdatedAt   time.Time

	Articles int      // here and below, each counted once
	Writers  []Writer // up to three of these articles' authors, the most frequent first
	// WriterCount is how many authors these articles have.
	WriterCount int
	Children    []*OpenCollection // in order; those with an article to show
	Rows        []ArticleRow      // the articles right in it; set in a CollectionPage only
}

// A CollectionPage is the page of a collection. It stands even if it is empty.
type CollectionPage struct {
	*OpenCollection
	HelpCenter *HelpCenter
	Path       []Step       // from the top level, itself left out
	Names      []LocaleName // in the order of the help center's locales
}

// An ArticleRow is an article in a list.
type ArticleRow struct {
	ID          ArticleID
	Locale      Locale // of the text shown
	Title       string
	Description string // may be empty
	Author      Writer
	UpdatedAt   time.Time // of the text
	Path        []Step    // to its first shown collection, itself included; not set in a CollectionPage
}

// A Page is an article as a reader sees it.
type Page struct {
	ArticleRow // its Path is empty if it is not listed
	HelpCenter *HelpCenter
	Body       string // HTML in the normal form of internal/richtext
	CreatedAt  time.Time
	// PublishedAt is when the text was published first; zero if unknown.
	PublishedAt time.Time
	Names       []LocaleName // the languages it can be read in, in the order of the help center's locales
	// Previous and Next are its neighbours in the last collection of Path; nil
	// at the ends and for an article that is not listed.
	Previous, Next *ArticleRow
	Related        []ArticleRow // at most MaxRelated, best first; without paths
	// RelatedUnknown says that Related is empty because the texts of the language
	// are not in memory yet: see SearchStore.WarmSearch.
	RelatedUnknown bool
}

// Fallback reports whether the page is not in the language asked for.
func (p *Page) Fallback(v Visit) bool { return p.Locale != v.Locale }

// A PublicKey is a place in the order of PublicTexts.
type PublicKey struct {
	Article ArticleID
	Locale  Locale // empty for before its first text
}

// A PublicQuery asks for a page of what every visitor may see.
type PublicQuery struct {
	After  PublicKey // the zero key begins
	Locale Locale    // texts in this one only; empty for every locale
	Bodies bool      // whether bodies are wanted
	Limit  int       // 1 to MaxReaderRows
}

// A PublicText is the text of an article in one locale.
type PublicText struct {
	Article     ArticleID
	Locale      Locale
	Title       string
	Description string
	Body        string // empty unless asked for
	Author      AdminID
	Collection  CollectionID // the first that is shown in this locale
	Place       int          // there: texts stand in the order of their places, then of their articles' IDs
	UpdatedAt   time.Time
	PublishedAt time.Time
}

// Key is the place of a text in the order of PublicTexts.
func (t *PublicText) Key() PublicKey { return PublicKey{t.Article, t.Locale} }

// MaxRelated is how many articles a page names as related.
const MaxRelated = 3
