package lectern

import (
	"errors"
	"testing"
	"time"
)

func TestWhereTheWordsOfAnEditGo(t *testing.T) {
	later := now.Add(time.Hour)
	title := ArticleTextEdit{Title: new("New")}
	with := func(s State) ArticleTextEdit { e := title; e.State = &s; return e }
	for _, c := range []struct {
		name                string
		draft               bool     // one is staged
		schedule            Schedule // that is pending
		edit                ArticleEdit
		live, staged, state string // titles, and the state after the edit
	}{
		{"at once", false, Schedule{}, ArticleEdit{ArticleTextEdit: title}, "New", "", "published"},
		{"over a draft", true, Schedule{}, ArticleEdit{ArticleTextEdit: title}, "Title", "New", "published"},
		{"over a draft, published", true, Schedule{}, ArticleEdit{ArticleTextEdit: with(Published)}, "New", "", "published"},
		{"a draft alone, published", true, Schedule{}, ArticleEdit{ArticleTextEdit: ArticleTextEdit{State: new(Published)}}, "Staged", "", "published"},
		{"over a draft, hidden", true, Schedule{}, ArticleEdit{ArticleTextEdit: with(Draft)}, "New", "", "draft"},
		{"with a schedule", false, Schedule{}, ArticleEdit{ArticleTextEdit: with(Published), PublishAt: &later}, "Title", "New", "published"},
		{"while one is pending", false, Schedule{At: later, State: Published}, ArticleEdit{ArticleTextEdit: title}, "Title", "New", "published"},
		{"while hiding is pending", false, Schedule{At: later, State: Draft}, ArticleEdit{ArticleTextEdit: title}, "New", "", "published"},
		{"ending the schedule", false, Schedule{At: later, State: Published}, ArticleEdit{ArticleTextEdit: title, PublishAt: new(time.Time)}, "New", "", "published"},
		{"replacing the schedule", false, Schedule{At: later, State: Published}, ArticleEdit{ArticleTextEdit: title, UnpublishAt: &later}, "New", "", "published"},
		{"no words", true, Schedule{}, ArticleEdit{ArticleTextEdit: ArticleTextEdit{Availability: AvailabilityEdit{Chatbot: new(true)}}}, "Title", "Staged", "published"},
	} {
		a := written()
		a.Schedule = c.schedule
		if c.draft {
			a.Drafts = map[Locale]ArticleDraft{"en": {Wording: Wording{Title: "Staged", Author: 7}, Version: 9}}
		}
		if err := a.Apply(&c.edit, english(), 8, now); err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		got := a.Texts["en"]
		if got.Title != c.live || a.Drafts["en"].Title != c.staged || string(got.State) != c.state {
			t.Errorf("%s: %q, staged %q, %s; want %q, staged %q, %s", c.name, got.Title, a.Drafts["en"].Title, got.State, c.live, c.staged, c.state)
		}
	}
}

func TestStagingChangesNothingThatReadersSee(t *testing.T) {
	a := written()
	edit := ArticleTextEdit{Title: new("New"), State: new(Draft), Availability: AvailabilityEdit{Chatbot: new(true)}, Audiences: &[]AudienceID{1}}
	if err := a.Stage(&ArticleEdit{ArticleTextEdit: edit}, english(), 9, now); err != nil {
		t.Fatal(err)
	}
	before, after := written().Texts["en"], a.Texts["en"]
	if after.Wording != before.Wording || after.State != before.State || after.Availability != before.Availability || len(after.Audiences) > 0 {
		t.Errorf("the text is %+v", after)
	}
	s := a.Staged()
	if s.Texts["en"].Title != "New" || s.Texts["en"].Body != "<p>Body</p>" || s.Texts["fr"].Title != "Titre" || a.Texts["en"].Title != "Title" {
		t.Errorf("staged is %+v", s.Texts)
	}
	for name, e := range map[string]ArticleEdit{
		"a text that is a draft": {Texts: map[Locale]ArticleTextEdit{"fr": {Title: new("x")}}},
		"a text there is not":    {Texts: map[Locale]ArticleTextEdit{"de": {Title: new("x")}}},
	} {
		if err := a.Stage(&e, english(), 9, now); !errors.Is(err, Untimely) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestASchedulePublishesWhatItIsFor(t *testing.T) {
	a := written()
	a.set("en", func(t *ArticleText) { t.State = Draft })
	a.Texts["de"] = ArticleText{State: Draft}
	a.Schedule = Schedule{At: now, State: Published, Locales: []Locale{"fr"}, By: 3}
	if !a.Schedule.Due(now) || a.Schedule.Due(now.Add(-time.Second)) || (Schedule{}).Due(now) {
		t.Error("a schedule is due from its time on")
	}
	a.RunSchedule(english(), now)
	if a.Texts["en"].State != Published || a.Texts["fr"].State != Published || a.Texts["de"].State != Draft || a.UpdatedBy != 3 || !a.Schedule.At.IsZero() {
		t.Errorf("after publishing %+v", a)
	}
	a.Schedule = Schedule{At: now, State: Draft, By: 3}
	a.RunSchedule(english(), now)
	if a.Texts["en"].State != Draft || a.Texts["fr"].State != Draft {
		t.Errorf("after hiding %+v", a.Texts)
	}
}
