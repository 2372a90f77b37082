package lectern

import (
	"cmp"
	"slices"
	"time"
)

// An ArticleEdit is what a request asks of an article. What is nil stays as it
// is: an edit merges per locale and per field.
type ArticleEdit struct {
	// ArticleTextEdit is of the default locale's text. Its Audiences are for
	// the texts in all locales, and go before those of Texts.
	ArticleTextEdit
	Parents *[]CollectionID // empty takes it out of every collection
	// Parent puts it into this collection alone, zero into none. See ParentsOf.
	Parent *CollectionID
	Folder *FolderID // zero takes it out of its folder
	Texts  map[Locale]ArticleTextEdit
	// PublishAt and UnpublishAt schedule a change of state; the zero time
	// cancels one. Only one can be pending.
	PublishAt, UnpublishAt *time.Time
	// PutBack says that the request is an answer with changes in it: what it
	// repeats of that answer, its state among it, asks for nothing.
	PutBack bool
	Ignored []Locale // set by Apply: locales left out because the help center's list is fixed
}

// An ArticleTextEdit changes an article's text in one locale.
type ArticleTextEdit struct {
	Title        *string
	Description  *string
	Body         *string // HTML in the normal form of internal/richtext
	Author       *AdminID
	State        *State
	Availability AvailabilityEdit
	Audiences    *[]AudienceID
}

// Authors lists the admins the edit names as authors.
func (e *ArticleEdit) Authors() []AdminID {
	var ids []AdminID
	for _, t := range e.textEdits() {
		if t.Author != nil && !slices.Contains(ids, *t.Author) {
			ids = append(ids, *t.Author)
		}
	}
	return ids
}

// AudienceIDs lists the audiences the edit names.
func (e *ArticleEdit) AudienceIDs() []AudienceID {
	var ids []AudienceID
	for _, t := range e.textEdits() {
		if t.Audiences != nil {
			ids = append(ids, *t.Audiences...)
		}
	}
	return ids
}

// textEdits lists the edit's parts, the root's first.
func (e *ArticleEdit) textEdits() []ArticleTextEdit {
	list := []ArticleTextEdit{e.ArticleTextEdit}
	for _, l := range Locales {
		if t, ok := e.Texts[l]; ok {
			list = append(list, t)
		}
	}
	return list
}

// rewords reports whether the edit changes what is staged and kept in versions.
func (e ArticleTextEdit) rewords() bool {
	return e.Title != nil || e.Description != nil || e.Body != nil || e.Author != nil
}

// A change is an edit on its way into an article.
type change struct {
	a    *Article
	h    *HelpCenter
	by   AdminID
	now  time.Time
	edit *ArticleEdit
	hold bool // changes of published texts are staged
}

// Apply changes a as e asks, at time now, on behalf of by. For an article
// without an ID it is the creation, which needs a title and an author.
//
// What the root and the default locale's entry in e.Texts both say is settled
// field by field, see ArticleTextEdit.settled. A locale new to h is switched
// on; a new text starts as a draft of the article's author.
//
// A published text changes at once, unless it has staged changes already or
// the article is to be published at a later time: then the change is staged,
// too. Naming the state ends that: what is staged goes into the text. Parents
// and folder are the store's business.
func (a *Article) Apply(e *ArticleEdit, h *HelpCenter, by AdminID, now time.Time) error {
	asked, root := e.changing(a, h)
	if a.ID == 0 {
		if root.Author == nil {
			return Missingf("author_id", "author_id must be in the main body or default locale translated_content object")
		}
		if root.Title == nil || Blank(*root.Title) {
			return Missingf("title", "Title is a required parameter.")
		}
		a.CreatedAt, a.CreatedBy = now, by
		a.Texts = map[Locale]ArticleText{}
	}
	if err := asked.checkSchedules(root, now); err != nil {
		return err
	}
	c := change{a: a, h: h, by: by, now: now, edit: asked, hold: a.holds(asked)}
	err := c.texts(root)
	e.Ignored = asked.Ignored
	if err != nil {
		return err
	}
	if err := c.schedule(root); err != nil {
		return err
	}
	a.UpdatedAt, a.UpdatedBy = now, by
	return nil
}

// texts applies the edit to the texts it names; root is what it says of the
// default locale's.
func (c *change) texts(root ArticleTextEdit) error {
	c.edit.Ignored = nil
	if root != (ArticleTextEdit{}) {
		if err := c.text(c.h.DefaultLocale, root, c.by); err != nil {
			return err
		}
	}
	for _, l := range Locales {
		t, ok := c.edit.Texts[l]
		if _, known := c.a.Texts[l]; !ok || l == c.h.DefaultLocale || t == (ArticleTextEdit{}) && !known {
			continue
		}
		if !c.h.Admit(l) {
			c.edit.Ignored = append(c.edit.Ignored, l)
			continue
		}
		if err := c.text(l, t, cmp.Or(c.a.Text(c.h).Author, c.by)); err != nil {
			return err
		}
	}
	if broadcast := c.edit.Audiences; broadcast != nil {
		for l, t := range c.a.Texts {
			t.Audiences = unique(*broadcast)
			c.a.Texts[l] = t
		}
	}
	return nil
}

// text changes one locale's text; author is that of a new text which names none.
func (c *change) text(l Locale, e ArticleTextEdit, author AdminID) error {
	a := c.a
	before, known := a.Texts[l]
	t := before
	if !known {
		t = ArticleText{
			Wording: Wording{Author: author}, State: Draft,
			Availability: Availability{true, true, true}, CreatedAt: c.now, CreatedBy: c.by,
		}
	}
	t.Availability.Apply(e.Availability)
	if e.Audiences != nil {
		t.Audiences = unique(*e.Audiences)
	}
	state := e.State
	if state != nil && *state != Draft && *state != Published {
		return Invalidf("state", "state must be published or draft")
	}
	if state != nil && *state == Published && c.edit.publishesLater() {
		state = nil
	}
	d, staged := a.Drafts[l]
	if state == nil {
		e = e.without(t.Wording) // what repeats the words of the text leaves staged ones alone
	}
	words := titleIn(l, c.h)
	if e.rewords() && t.State == Published && state == nil && (c.hold || staged) {
		if !staged {
			d.Wording, d.Version = t.Wording, t.Version
		}
		if err := d.apply(e, words); err != nil {
			return err
		}
		a.stage(l, d, c.by, c.now)
	} else {
		if staged && state != nil {
			t.Wording, t.Version = d.Wording, d.Version
			a.unstage(l)
		}
		if err := t.Wording.apply(e, words); err != nil {
			return err
		}
		if state != nil {
			t.become(*state, c.now)
		}
	}
	if _, still := a.Drafts[l]; known && !still && !staged && t.sameAs(before) {
		return nil // what only repeats the text leaves its times alone
	}
	t.UpdatedAt, t.UpdatedBy = c.now, c.by
	a.Texts[l] = t
	return nil
}

// titleIn returns how a title in locale l of h is set: one in the default
// locale must be there.
func titleIn(l Locale, h *HelpCenter) func(text, value *string, field string, max int) error {
	if l == h.DefaultLocale {
		return setTitle
	}
	return setTranslation
}

// sameAs reports whether readers, teammates and assistants see no difference
// between two texts.
func (t ArticleText) sameAs(u ArticleText) bool {
	return t.Wording == u.Wording && t.State == u.State && t.Availability == u.Availability &&
		slices.Equal(t.Audiences, u.Audiences)
}

// become gives the text a state.
func (t *ArticleText) become(s State, now time.Time) {
	t.State = s
	if s == Published && t.PublishedAt.IsZero() {
		t.PublishedAt = now
	}
}

// apply changes the wording as e asks; title is how its title is set.
func (w *Wording) apply(e ArticleTextEdit, title func(text, value *string, field string, max int) error) error {
	e = e.without(*w)
	if err := title(&w.Title, e.Title, "title", MaxTitle); err != nil {
		return err
	}
	if err := setDescription(&w.Description, e.Description); err != nil {
		return err
	}
	if err := setText(&w.Body, e.Body, "body", 0); err != nil {
		return err
	}
	if e.Author != nil {
		w.Author = *e.Author
	}
	return nil
}

// RemoveText takes the article's text in one locale away, with what is staged
// over it. It must not be the last one.
func (a *Article) RemoveText(l Locale, by AdminID, now time.Time) {
	a.unstage(l)
	delete(a.Texts, l)
	a.UpdatedAt, a.UpdatedBy = now, by
}

// or returns first unless it is nil, else second.
func or[T any](first, second *T) *T {
	if first != nil {
		return first
	}
	return second
}

// unique returns a copy of list without what is in it before.
func unique[T comparable](list []T) []T {
	var out []T
	for _, v := range list {
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}
