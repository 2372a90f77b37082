package lectern

import (
	"maps"
	"slices"
	"time"
)

// Clients read an article, change a field and send all of it back, where most
// fields of the default locale stand twice: at the root and in the locale's
// entry. So what a request repeats of what is stored asks for nothing, and what
// differs is what was changed.

// settled returns what a request asks of the default locale's text, of which e
// is the entry and root what the request says at its root. Per field, a value
// that the text has already gives way to the other one; where both differ from
// it, the entry goes first. Texts are what the client may have read: the text
// that the request is about, and another state of it. Without any, the entry
// goes first.
func (e ArticleTextEdit) settled(root ArticleTextEdit, texts ...ArticleText) ArticleTextEdit {
	out := ArticleTextEdit{
		Title: or(e.Title, root.Title), Description: or(e.Description, root.Description), Body: or(e.Body, root.Body),
		Author: or(e.Author, root.Author), State: or(e.State, root.State), Audiences: or(e.Audiences, root.Audiences),
		Availability: AvailabilityEdit{
			or(e.Availability.Chatbot, root.Availability.Chatbot), or(e.Availability.Copilot, root.Availability.Copilot),
			or(e.Availability.SalesAgent, root.Availability.SalesAgent),
		},
	}
	settle(&out.Title, e.Title, root.Title, texts, func(v string, t ArticleText) bool { return repeats(v, t.Title) })
	settle(&out.Description, e.Description, root.Description, texts, func(v string, t ArticleText) bool { return repeats(v, t.Description) })
	settle(&out.Body, e.Body, root.Body, texts, func(v string, t ArticleText) bool { return v == t.Body })
	settle(&out.Author, e.Author, root.Author, texts, func(v AdminID, t ArticleText) bool { return v == t.Author })
	settle(&out.State, e.State, root.State, texts, func(v State, t ArticleText) bool { return v == t.State })
	settle(&out.Audiences, e.Audiences, root.Audiences, texts, func(v []AudienceID, t ArticleText) bool {
		return slices.Equal(unique(v), unique(t.Audiences))
	})
	a, r := e.Availability, root.Availability
	settle(&out.Availability.Chatbot, a.Chatbot, r.Chatbot, texts, func(v bool, t ArticleText) bool { return v == t.Availability.Chatbot })
	settle(&out.Availability.Copilot, a.Copilot, r.Copilot, texts, func(v bool, t ArticleText) bool { return v == t.Availability.Copilot })
	settle(&out.Availability.SalesAgent, a.SalesAgent, r.SalesAgent, texts, func(v bool, t ArticleText) bool {
		return v == t.Availability.SalesAgent
	})
	return out
}

// settle puts the one of two values that differs from what is stored into out,
// if the request has both and the other one only repeats it.
func settle[T, S any](out **T, entry, root *T, stored []S, isIn func(T, S) bool) {
	if entry == nil || root == nil {
		return
	}
	for _, is := range stored {
		switch {
		case isIn(*entry, is):
			*out = root
			return
		case isIn(*root, is):
			*out = entry
			return
		}
	}
}

// repeats reports whether a title or description that was sent is the one that
// is stored.
func repeats(sent, is string) bool { return sent == is || CleanText(sent) == is }

// without returns e but for the words that w has already.
func (e ArticleTextEdit) without(w Wording) ArticleTextEdit {
	if e.Title != nil && repeats(*e.Title, w.Title) {
		e.Title = nil
	}
	if e.Description != nil && repeats(*e.Description, w.Description) {
		e.Description = nil
	}
	if e.Body != nil && *e.Body == w.Body {
		e.Body = nil
	}
	if e.Author != nil && *e.Author == w.Author {
		e.Author = nil
	}
	return e
}

// Readable returns what clients can have read of a in one locale: the text,
// and what is staged over it; none if there is no text.
func (a *Article) Readable(l Locale) []ArticleText {
	t, ok := a.Texts[l]
	if !ok {
		return nil
	}
	list := []ArticleText{t}
	if d, staged := a.Drafts[l]; staged {
		t.Wording = d.Wording
		list = append(list, t)
	}
	return list
}

// changing returns what e asks of a beyond how it is: without schedules that
// are pending already and, of an answer put back, the states that texts have.
// Root is what it asks of the text in the default locale.
func (e *ArticleEdit) changing(a *Article, h *HelpCenter) (asked *ArticleEdit, root ArticleTextEdit) {
	asked = new(*e)
	root = e.Texts[h.DefaultLocale].settled(e.ArticleTextEdit, a.Readable(h.DefaultLocale)...)
	if pending(a.Schedule, Published, e.PublishAt) {
		asked.PublishAt = nil
	}
	if pending(a.Schedule, Draft, e.UnpublishAt) {
		asked.UnpublishAt = nil
	}
	if !e.PutBack {
		return asked, root
	}
	asked.Texts = maps.Clone(e.Texts)
	for l, t := range e.Texts {
		asked.Texts[l] = t.stateless(a.Texts[l])
	}
	root = root.stateless(a.Texts[h.DefaultLocale])
	if _, known := a.Texts[h.DefaultLocale]; !known && a.ID != 0 {
		// Such a text is answered as one without words.
		if root = root.without(Wording{}); !root.rewords() && root.State == nil {
			root = ArticleTextEdit{}
		}
	}
	return asked, root
}

// stateless returns e without a state that the text has already.
func (e ArticleTextEdit) stateless(t ArticleText) ArticleTextEdit {
	if e.State != nil && *e.State == t.State {
		e.State = nil
	}
	return e
}

// pending reports whether schedule s is for state s at the time at already; the
// zero time is none.
func pending(s Schedule, state State, at *time.Time) bool {
	switch {
	case at == nil:
		return false
	case at.IsZero():
		return s.State != state
	}
	return s.State == state && s.At.Equal(at.Truncate(time.Second))
}

// ParentsOf returns the collections that e puts a in, nil for those it is in.
// Parents goes before Parent, unless it only repeats where a is; so does a
// Parent that is the first of its collections.
func (e *ArticleEdit) ParentsOf(a *Article) *[]CollectionID {
	list := e.Parents
	if a.ID != 0 && list != nil && slices.Equal(unique(*list), a.Parents) {
		list = nil
	}
	if list != nil || e.Parent == nil {
		return list
	}
	var first CollectionID
	if len(a.Parents) > 0 {
		first = a.Parents[0]
	}
	switch *e.Parent {
	case first:
		return nil
	case 0:
		return &[]CollectionID{}
	}
	return &[]CollectionID{*e.Parent}
}

// InEntry returns e with what its root says of the text in locale l in that
// locale's entry: the root is about the default locale, and a is on its way to
// a help center with another one.
func (e *ArticleEdit) InEntry(l Locale, a *Article) *ArticleEdit {
	moved := new(*e)
	moved.Texts = maps.Clone(e.Texts)
	if moved.Texts == nil {
		moved.Texts = map[Locale]ArticleTextEdit{}
	}
	moved.Texts[l] = e.Texts[l].settled(e.ArticleTextEdit, a.Readable(l)...)
	moved.ArticleTextEdit = ArticleTextEdit{Audiences: e.Audiences}
	return moved
}
