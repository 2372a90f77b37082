package lectern

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// An ArticleDraft is what an article in one locale is to say next. It is staged
// over a text that is published, and no reader sees it.
type ArticleDraft struct {
	Wording
	Version   VersionID // of its wording
	UpdatedBy AdminID
	UpdatedAt time.Time
}

// stage keeps a draft over the text in one locale.
func (a *Article) stage(l Locale, d ArticleDraft, by AdminID, now time.Time) {
	d.UpdatedBy, d.UpdatedAt = by, now
	if a.Drafts == nil {
		a.Drafts = map[Locale]ArticleDraft{}
	}
	a.Drafts[l] = d
}

// unstage forgets the draft over the text in one locale.
func (a *Article) unstage(l Locale) {
	if delete(a.Drafts, l); len(a.Drafts) == 0 {
		a.Drafts = nil
	}
}

// Stage changes what the article is to say next as e asks, and nothing that
// readers see: of e it takes the wordings alone. It returns Untimely for a text
// that is not published.
func (a *Article) Stage(e *ArticleEdit, h *HelpCenter, by AdminID, now time.Time) error {
	e.Ignored = nil
	if !a.published() {
		return unpublished()
	}
	edits := map[Locale]ArticleTextEdit{}
	for l, t := range e.Texts {
		switch {
		case l == h.DefaultLocale:
		case h.LocalesFixed && !slices.Contains(h.Locales, l):
			e.Ignored = append(e.Ignored, l)
		case t.rewords():
			edits[l] = t
		}
	}
	read := a.Readable(h.DefaultLocale)
	slices.Reverse(read) // the request is about what is staged
	root := e.Texts[h.DefaultLocale].settled(e.ArticleTextEdit, read...)
	if root.rewords() || len(edits) == 0 {
		edits[h.DefaultLocale] = root
	}
	for l, t := range edits {
		if err := a.stageWords(l, t, h, by, now); err != nil {
			return err
		}
	}
	a.UpdatedAt, a.UpdatedBy = now, by
	return nil
}

// stageWords changes what the text in one locale is to say next. What repeats
// what an answer said of it stages nothing.
func (a *Article) stageWords(l Locale, e ArticleTextEdit, h *HelpCenter, by AdminID, now time.Time) error {
	text := a.Texts[l]
	d, staged := a.Drafts[l]
	if !staged {
		d.Wording, d.Version = text.Wording, text.Version
	}
	e, said := e.without(d.Wording), e.rewords()
	if said && !e.rewords() {
		return nil
	}
	if text.State != Published {
		return unpublished()
	}
	if err := d.apply(e, titleIn(l, h)); err != nil {
		return err
	}
	if e.rewords() {
		a.stage(l, d, by, now)
	}
	return nil
}

// published reports whether readers see any of the article's texts.
func (a *Article) published() bool {
	for _, t := range a.Texts {
		if t.State == Published {
			return true
		}
	}
	return false
}

func unpublished() error {
	return &Error{Kind: Untimely, Text: "Article must be published before a draft can be staged"}
}

// Staged returns the article with what is staged in the place of what readers
// see, but for the titles that its addresses are made of.
func (a *Article) Staged() *Article {
	b := *a
	b.Texts = maps.Clone(a.Texts)
	for l, d := range a.Drafts {
		t := b.Texts[l]
		t.Wording, t.Version, t.UpdatedBy = d.Wording, d.Version, d.UpdatedBy
		b.Texts[l] = t
	}
	return &b
}

// PublishDrafts puts what is staged in locales, which may be none in a help
// center of one language, before readers. It returns Untimely when nothing is
// staged, and Missing when there are several languages and none is named.
func (a *Article) PublishDrafts(locales []Locale, h *HelpCenter, by AdminID, now time.Time) error {
	switch {
	case len(a.Drafts) == 0:
		return &Error{Kind: Untimely, Text: "Article has no draft to publish"}
	case len(locales) == 0 && h.Multilingual():
		return Missingf("locales", "locales must be specified to publish a draft on a multilingual workspace")
	case len(locales) == 0:
		locales = []Locale{h.DefaultLocale}
	}
	var without []string
	for _, l := range locales {
		if _, staged := a.Drafts[l]; !staged {
			without = append(without, string(l))
		}
	}
	if len(without) > 0 {
		return &Error{Kind: Untimely, Field: "locales",
			Text: "Cannot publish a draft for locale(s) without pending changes: " + strings.Join(without, ", ")}
	}
	for _, l := range locales {
		a.settle(l, Published, by, now)
	}
	if len(a.Drafts) == 0 && a.Schedule.State == Published && a.Text(h).State == Published {
		a.Schedule = Schedule{} // nothing is left for it to publish
	}
	a.UpdatedAt, a.UpdatedBy = now, by
	return nil
}

// settle puts what is staged in one locale into the text, and gives that a state.
func (a *Article) settle(l Locale, s State, by AdminID, now time.Time) {
	t := a.Texts[l]
	if d, staged := a.Drafts[l]; staged {
		t.Wording, t.Version = d.Wording, d.Version
		a.unstage(l)
	}
	t.become(s, now)
	t.UpdatedAt, t.UpdatedBy = now, by
	a.Texts[l] = t
}
