package lectern

import (
	"cmp"
	"context"
	"slices"
	"time"
	"unicode/utf8"
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
	Texts      map[Locale]ArticleText
	CreatedBy  AdminID
	UpdatedBy  AdminID
	CreatedAt  time.Time
	UpdatedAt  time.Time // moves with every change, in whichever locale
	Statistics Statistics
}

// An ArticleText is an article in one locale. Each locale has its own author,
// state and times.
type ArticleText struct {
	Content     ContentID
	Title       string
	Description string
	Body        string // HTML in the normal form of internal/richtext
	Author      AdminID
	State       State
	CreatedAt   time.Time
	UpdatedAt   time.Time
}

// Text returns the article's text in the default locale of its help center:
// what the root of an answer shows.
func (a *Article) Text(h *HelpCenter) ArticleText { return a.Texts[h.DefaultLocale] }

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

// An ArticleEdit is what a request asks of an article. What is nil stays as it
// is: an edit merges per locale and per field.
type ArticleEdit struct {
	ArticleTextEdit                 // the default locale's text
	Parents         *[]CollectionID // empty takes it out of every collection
	Texts           map[Locale]ArticleTextEdit
	Ignored         []Locale // set by Apply: locales left out because the help center's list is fixed
}

// An ArticleTextEdit changes an article's text in one locale.
type ArticleTextEdit struct {
	Title       *string
	Description *string
	Body        *string // HTML in the normal form of internal/richtext
	Author      *AdminID
	State       *State
}

// Authors lists the admins the edit names as authors.
func (e *ArticleEdit) Authors() []AdminID {
	var ids []AdminID
	add := func(t ArticleTextEdit) {
		if t.Author != nil && !slices.Contains(ids, *t.Author) {
			ids = append(ids, *t.Author)
		}
	}
	add(e.ArticleTextEdit)
	for _, l := range Locales {
		add(e.Texts[l])
	}
	return ids
}

// Apply changes the texts of a as e asks, at time now, on behalf of by. For an
// article without an ID it is the creation, which needs a title and an author.
// An entry for the default locale in e.Texts goes before the root's fields,
// field by field. A locale new to h is switched on; a new text starts as a
// draft of the article's author. Parents are the store's business.
func (a *Article) Apply(e *ArticleEdit, h *HelpCenter, by AdminID, now time.Time) error {
	root := e.ArticleTextEdit
	d, rootNamed := e.Texts[h.DefaultLocale]
	if rootNamed {
		root = ArticleTextEdit{
			Title: or(d.Title, root.Title), Description: or(d.Description, root.Description),
			Body: or(d.Body, root.Body), Author: or(d.Author, root.Author), State: or(d.State, root.State),
		}
	}
	if a.ID == 0 {
		if root.Author == nil {
			return Missingf("author_id", "author_id must be in the main body or default locale translated_content object")
		}
		if root.Title == nil || *root.Title == "" {
			return Missingf("title", "Title is a required parameter.")
		}
		a.CreatedAt, a.CreatedBy = now, by
		a.Texts = map[Locale]ArticleText{}
	}
	if root.Title != nil && *root.Title == "" {
		return Invalidf("title", "title must not be blank")
	}
	if root != (ArticleTextEdit{}) {
		if err := a.applyText(h.DefaultLocale, root, by, now); err != nil {
			return err
		}
	}
	e.Ignored = nil
	for _, l := range Locales {
		t, ok := e.Texts[l]
		if !ok || l == h.DefaultLocale {
			continue
		}
		if !h.Admit(l) {
			e.Ignored = append(e.Ignored, l)
			continue
		}
		if err := a.applyText(l, t, cmp.Or(a.Text(h).Author, by), now); err != nil {
			return err
		}
	}
	a.UpdatedAt, a.UpdatedBy = now, by
	return nil
}

// applyText changes one locale's text; author is that of a new text which names none.
func (a *Article) applyText(l Locale, e ArticleTextEdit, author AdminID, now time.Time) error {
	t, ok := a.Texts[l]
	if !ok {
		t = ArticleText{Author: author, State: Draft, CreatedAt: now}
	}
	if err := setText(&t.Title, e.Title, "title", MaxTitle); err != nil {
		return err
	}
	if err := setText(&t.Description, e.Description, "description", 0); err != nil {
		return err
	}
	if err := setText(&t.Body, e.Body, "body", 0); err != nil {
		return err
	}
	if e.Author != nil {
		t.Author = *e.Author
	}
	if e.State != nil {
		if *e.State != Draft && *e.State != Published {
			return Invalidf("state", "state must be published or draft")
		}
		t.State = *e.State
	}
	t.UpdatedAt = now
	a.Texts[l] = t
	return nil
}

// setText sets *text to *value unless value is nil. It returns Invalid for more
// than max characters (zero is no limit) or a NUL, which not every database
// can keep.
func setText(text, value *string, field string, max int) error {
	if value == nil {
		return nil
	}
	if max > 0 && utf8.RuneCountInString(*value) > max {
		return Invalidf(field, "%s is too long (maximum is %d characters)", field, max)
	}
	if i := slices.Index([]byte(*value), 0); i >= 0 {
		return Invalidf(field, "%s must not contain a NUL character", field)
	}
	*text = *value
	return nil
}

// or returns first unless it is nil, else second.
func or[T any](first, second *T) *T {
	if first != nil {
		return first
	}
	return second
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

// A SearchQuery asks for a page of the articles that answer a phrase.
type SearchQuery struct {
	Phrase     string       // empty asks for all, in the order of a list
	States     []State      // the matching text must be in one of them; none means any
	HelpCenter HelpCenterID // zero for every help center
	Offset     int
	Limit      int
}

// A Hit is an article found by a search.
type Hit struct {
	Article *Article
	Locale  Locale  // of the text that matched best
	Score   float64 // greater is better; comparable within one search only
}

// An ArticleStore keeps articles and finds them.
//
// An author who is no teammate, or a parent that does not exist, is Invalid,
// and nothing is stored.
type ArticleStore interface {
	// AddArticle creates an article as edit asks.
	AddArticle(ctx context.Context, by Actor, edit *ArticleEdit) (*Article, error)
	// Article finds one. It returns NotFound.
	Article(ctx context.Context, ws WorkspaceID, id ArticleID) (*Article, error)
	// Articles returns a page and the exact number of articles the query asks
	// for, After and Offset left aside.
	Articles(ctx context.Context, ws WorkspaceID, q ArticleQuery) ([]*Article, int, error)
	// SearchArticles returns a page of hits, best first, ties in the order of a
	// list, and the exact number of hits. An article is one hit, whichever and
	// how many of its texts match. A change is found as soon as it is stored.
	SearchArticles(ctx context.Context, ws WorkspaceID, q SearchQuery) ([]Hit, int, error)
	// UpdateArticle applies edit in one transaction. If check is not nil and
	// returns an error for the article as it stands, that error is returned and
	// nothing is stored. It returns NotFound.
	UpdateArticle(ctx context.Context, by Actor, id ArticleID, edit *ArticleEdit, check func(*Article, *HelpCenter) error) (*Article, error)
	// DeleteArticle removes an article for good. It returns NotFound.
	DeleteArticle(ctx context.Context, by Actor, id ArticleID) error
}
