package lectern

import (
	"context"
	"regexp"
	"slices"
	"time"
)

// MaxCollectionDepth is how many levels collections nest: a collection, its
// children and their children.
const MaxCollectionDepth = 3

// MaxTitle is the greatest length of a title or name in characters.
const MaxTitle = 255

// A Collection groups articles and other collections of one help center.
type Collection struct {
	ID         CollectionID
	HelpCenter HelpCenterID
	Parent     CollectionID // zero at the top level
	Position   int          // among its siblings, from 1
	Icon       string       // name of an icon; empty for the one that it has by default
	Texts      map[Locale]CollectionText
	CreatedAt  time.Time
	UpdatedAt  time.Time
}

// A CollectionText is what a collection is called in one locale.
type CollectionText struct {
	Name        string
	Description string
}

// Text returns the collection's text in the default locale of its help center.
func (c *Collection) Text(h *HelpCenter) CollectionText { return c.Texts[h.DefaultLocale] }

// A CollectionEdit is what a request asks of a collection. What is nil stays as
// it is.
type CollectionEdit struct {
	CollectionTextEdit               // the default locale's text
	Parent             *CollectionID // zero moves it to the top level
	HelpCenter         *HelpCenterID // heeded on creation only; zero is the default
	Icon               *string       // empty for the default one
	Position           *int          // among its siblings, from 1; beyond the last is last. Heeded on change only
	Texts              map[Locale]CollectionTextEdit
	PutBack            bool     // the request is an answer with changes in it
	Ignored            []Locale // set by Apply: locales left out because the help center's list is fixed
}

// A CollectionTextEdit changes a collection's text in one locale.
type CollectionTextEdit struct {
	Name        *string
	Description *string
}

// Apply changes the texts of c as e asks, at time now. For a collection
// without an ID it is the creation. What the root and the default locale's
// entry in e.Texts both say is settled as for articles: what repeats the text
// gives way, and where both differ from it the entry goes first. A locale new
// to h is switched on.
func (c *Collection) Apply(e *CollectionEdit, h *HelpCenter, now time.Time) error {
	root := e.Texts[h.DefaultLocale].settled(e.CollectionTextEdit, c.readable(h.DefaultLocale)...)
	if _, known := c.Texts[h.DefaultLocale]; e.PutBack && !known && root.Name != nil && *root.Name == "" {
		root.Name = nil // what an answer says of a text there is not
	}
	if c.ID == 0 && (root.Name == nil || Blank(*root.Name)) {
		return Missingf("name", "Name is a required parameter.")
	}
	if c.Texts == nil {
		c.Texts = map[Locale]CollectionText{}
	}
	if err := c.applyText(h.DefaultLocale, root, setTitle); err != nil {
		return err
	}
	e.Ignored = nil
	for _, l := range Locales {
		t := e.Texts[l]
		if _, known := c.Texts[l]; l == h.DefaultLocale || t == (CollectionTextEdit{}) && !known {
			continue
		}
		if !h.Admit(l) {
			e.Ignored = append(e.Ignored, l)
			continue
		}
		if err := c.applyText(l, t, setTranslation); err != nil {
			return err
		}
	}
	if c.ID == 0 {
		c.CreatedAt = now
	}
	if err := c.setIcon(e.Icon, e.PutBack); err != nil {
		return err
	}
	c.UpdatedAt = now
	return nil
}

// IconShown is the name of the collection's icon, or of the one that it has until
// somebody chooses one.
func (c *Collection) IconShown() string {
	switch {
	case c.Icon != "":
		return c.Icon
	case c.Level() == Nested:
		return "folder"
	}
	return "book-bookmark"
}

var iconName = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,63}$`)

// setIcon sets the icon to *name unless name is nil or what answers show, which
// may be of another level in one that is put back. It returns Invalid for what is
// no name of an icon.
func (c *Collection) setIcon(name *string, putBack bool) error {
	if name == nil || *name == c.IconShown() || putBack && c.Icon == "" && (*name == "folder" || *name == "book-bookmark") {
		return nil
	}
	if *name != "" && !iconName.MatchString(*name) {
		return Invalidf("icon", "icon must be the name of an icon, such as credit-card")
	}
	c.Icon = *name
	return nil
}

// readable returns what clients can have read of c in one locale, if anything.
func (c *Collection) readable(l Locale) []CollectionText {
	if t, ok := c.Texts[l]; ok {
		return []CollectionText{t}
	}
	return nil
}

// settled is ArticleTextEdit.settled for a collection.
func (e CollectionTextEdit) settled(root CollectionTextEdit, texts ...CollectionText) CollectionTextEdit {
	out := CollectionTextEdit{Name: or(e.Name, root.Name), Description: or(e.Description, root.Description)}
	settle(&out.Name, e.Name, root.Name, texts, func(v string, t CollectionText) bool { return repeats(v, t.Name) })
	settle(&out.Description, e.Description, root.Description, texts, func(v string, t CollectionText) bool {
		return repeats(v, t.Description)
	})
	return out
}

// applyText changes what c is called in one locale; name is how its name is
// set. What repeats the text changes nothing.
func (c *Collection) applyText(l Locale, e CollectionTextEdit, name func(text, value *string, field string, max int) error) error {
	t, known := c.Texts[l]
	if e.Name != nil && !(known && repeats(*e.Name, t.Name)) {
		if err := name(&t.Name, e.Name, "name", MaxTitle); err != nil {
			return err
		}
	}
	if e.Description != nil && !repeats(*e.Description, t.Description) {
		if err := setDescription(&t.Description, e.Description); err != nil {
			return err
		}
	}
	if known || t != (CollectionText{}) {
		c.Texts[l] = t
	}
	return nil
}

// CheckNesting reports whether a collection may stand under the chain of
// ancestors (its parent first, the top level last). Below is how many levels
// the collection itself spans: 1 without children.
func CheckNesting(id CollectionID, ancestors []CollectionID, below int) error {
	if id != 0 && slices.Contains(ancestors, id) {
		return Invalidf("parent_id", "parent_id must not be the collection itself or one of its descendants")
	}
	if len(ancestors)+below > MaxCollectionDepth {
		return Invalidf("parent_id", "Collections can be nested at most %d levels deep", MaxCollectionDepth)
	}
	return nil
}

// A CollectionQuery asks for a page of collections. The zero query asks for
// all of them.
type CollectionQuery struct {
	HelpCenter HelpCenterID // zero for every help center
	Level      Level
	Offset     int
	Limit      int // zero for no limit
}

// A Level says where the collections asked for stand.
type Level int

const (
	AnyLevel Level = iota
	TopLevel       // in no other collection
	Nested         // in another; API versions before 2.10 call it a section
)

// Level returns where c stands: TopLevel or Nested.
func (c *Collection) Level() Level {
	if c.Parent == 0 {
		return TopLevel
	}
	return Nested
}

// An Order is the order in which readers find what is right in a collection, or
// at the top level of a help center.
type Order struct {
	Articles    []ArticleID
	Collections []CollectionID
}

// MaxOrdered is how many articles, and how many collections, are put in order at
// a time.
const MaxOrdered = 1000

// Check returns Invalid if too much is named or something twice.
func (o *Order) Check() error {
	if err := checkOrdered("article_ids", o.Articles); err != nil {
		return err
	}
	return checkOrdered("collection_ids", o.Collections)
}

func checkOrdered[T ~int64](field string, ids []T) error {
	if len(ids) > MaxOrdered {
		return Invalidf(field, "%s must have at most %d entries", field, MaxOrdered)
	}
	seen := map[T]bool{}
	for _, id := range ids {
		if seen[id] {
			return Invalidf(field, "%s names %d twice", field, id)
		}
		seen[id] = true
	}
	return nil
}

// A CollectionStore keeps collections.
//
// A parent that does not exist, a cycle, a fourth level, or a parent in another
// help center is Invalid, and nothing is stored.
type CollectionStore interface {
	// AddCollection creates a collection as edit asks, last among its siblings.
	AddCollection(ctx context.Context, by Actor, edit *CollectionEdit) (*Collection, error)
	// Collection finds one. It returns NotFound.
	Collection(ctx context.Context, ws WorkspaceID, id CollectionID) (*Collection, error)
	// Collections returns a page, in the order updated_at descending, ID
	// descending, and the exact number of collections the query asks for.
	Collections(ctx context.Context, ws WorkspaceID, q CollectionQuery) ([]*Collection, int, error)
	// UpdateCollection applies edit in one transaction. If check is not nil and
	// returns an error for the collection as it stands, that error is returned
	// and nothing is stored. It returns NotFound.
	UpdateCollection(ctx context.Context, by Actor, id CollectionID, edit *CollectionEdit, check func(*Collection, *HelpCenter) error) (*Collection, error)
	// CollectionOrder returns the order of what is right in a collection. It
	// returns NotFound.
	CollectionOrder(ctx context.Context, ws WorkspaceID, id CollectionID) (*Order, error)
	// OrderCollection puts what first names before all else that is right in a
	// collection; the rest keeps its order. It returns the order that results,
	// NotFound, or Invalid for what is not in the collection.
	OrderCollection(ctx context.Context, by Actor, id CollectionID, first Order) (*Order, error)
	// HelpCenterOrder is CollectionOrder of the top level of a help center,
	// where there are collections only.
	HelpCenterOrder(ctx context.Context, ws WorkspaceID, id HelpCenterID) (*Order, error)
	// OrderHelpCenter is OrderCollection for the top level of a help center.
	OrderHelpCenter(ctx context.Context, by Actor, id HelpCenterID, first Order) (*Order, error)
	// DeleteCollection deletes a collection and its descendants, never an
	// article: articles lose those parents. It returns NotFound.
	DeleteCollection(ctx context.Context, by Actor, id CollectionID) error
}
