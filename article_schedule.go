package lectern

import (
	"slices"
	"time"
)

// A Schedule says what becomes of an article at a later time. Its zero value is
// none.
type Schedule struct {
	At      time.Time // whole seconds
	State   State     // Published puts texts and all that is staged before readers, Draft hides every text
	Locales []Locale  // of texts to publish, beside the default one's
	By      AdminID   // who asked for it
}

// Due reports whether the schedule's time has come.
func (s Schedule) Due(now time.Time) bool { return !s.At.IsZero() && !s.At.After(now) }

// publishesLater reports whether the edit schedules a publication.
func (e *ArticleEdit) publishesLater() bool { return e.PublishAt != nil && !e.PublishAt.IsZero() }

// holds reports whether changes of published texts wait for a scheduled
// publication, the edit's or one that is pending.
func (a *Article) holds(e *ArticleEdit) bool {
	if e.publishesLater() {
		return true
	}
	replaced := e.UnpublishAt != nil && !e.UnpublishAt.IsZero()
	return a.Schedule.State == Published && e.PublishAt == nil && !replaced
}

// checkSchedules refuses schedules that contradict the edit or lie in the past.
func (e *ArticleEdit) checkSchedules(root ArticleTextEdit, now time.Time) error {
	for _, s := range []struct {
		field string
		at    *time.Time
	}{{"scheduled_publish_at", e.PublishAt}, {"scheduled_unpublish_at", e.UnpublishAt}} {
		if s.at != nil && !s.at.IsZero() && !s.at.After(now) {
			return Invalidf(s.field, "%s must be in the future", s.field)
		}
	}
	switch {
	case !e.publishesLater():
		return nil
	case e.UnpublishAt != nil && !e.UnpublishAt.IsZero():
		return Invalidf("scheduled_unpublish_at", "Cannot set scheduled_publish_at and scheduled_unpublish_at in the same request")
	case root.State != nil && *root.State == Draft:
		return Invalidf("scheduled_publish_at", "Cannot schedule a publish while setting state to draft")
	}
	return nil
}

// schedule sets or cancels what is to become of the article later. A state that
// the edit brings about now need not come later.
func (c *change) schedule(root ArticleTextEdit) error {
	a, e := c.a, c.edit
	if root.State != nil && *root.State == a.Schedule.State {
		a.Schedule = Schedule{}
	}
	for _, s := range []struct {
		state State
		at    *time.Time
	}{{Published, e.PublishAt}, {Draft, e.UnpublishAt}} {
		switch {
		case s.at == nil:
		case !s.at.IsZero():
			a.Schedule = Schedule{At: s.at.UTC().Truncate(time.Second), State: s.state, By: c.by}
		case a.Schedule.State == s.state:
			a.Schedule = Schedule{}
		}
	}
	switch {
	case e.publishesLater():
		for _, l := range Locales {
			if t, ok := e.Texts[l]; ok && t.State != nil && *t.State == Published {
				a.Schedule.Locales = append(a.Schedule.Locales, l)
			}
		}
	case a.Schedule.State == Draft && !a.everPublished():
		return Invalidf("scheduled_unpublish_at", "Cannot schedule unpublish for an article that has never been published")
	}
	return nil
}

func (a *Article) everPublished() bool {
	for _, t := range a.Texts {
		if !t.PublishedAt.IsZero() {
			return true
		}
	}
	return false
}

// RunSchedule brings about what was scheduled.
func (a *Article) RunSchedule(h *HelpCenter, now time.Time) {
	s := a.Schedule
	a.Schedule = Schedule{}
	for l, t := range a.Texts {
		_, staged := a.Drafts[l]
		switch {
		case s.State == Published && (staged || l == h.DefaultLocale || slices.Contains(s.Locales, l)):
			a.settle(l, Published, s.By, now)
		case s.State == Draft && t.State == Published:
			a.settle(l, Draft, s.By, now)
		}
	}
	a.UpdatedAt, a.UpdatedBy = now, s.By
}
