package lectern

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"
)

var (
	then = time.Unix(1_700_000_000, 0)
	now  = time.Unix(1_800_000_000, 0)
)

func english() *HelpCenter {
	return &HelpCenter{DefaultLocale: "en", Locales: []Locale{"en"}}
}

// written is an article as it stands before an edit.
func written() *Article {
	return &Article{ID: 1, CreatedAt: then, UpdatedAt: then, Texts: map[Locale]ArticleText{
		"en": {
			Content: 2, Wording: Wording{"Title", "About", "<p>Body</p>", 7}, State: Published, Version: 4,
			CreatedBy: 7, UpdatedBy: 7, CreatedAt: then, UpdatedAt: then, PublishedAt: then,
		},
		"fr": {Content: 3, Wording: Wording{Title: "Titre", Author: 8}, State: Draft, Version: 5, CreatedBy: 8, UpdatedBy: 8, CreatedAt: then, UpdatedAt: then},
	}}
}

func text(title string) ArticleTextEdit {
	return ArticleTextEdit{Title: &title, Author: new(AdminID(7))}
}

func TestANewArticleNeedsATitleAndAnAuthor(t *testing.T) {
	for _, c := range []struct {
		name  string
		edit  ArticleEdit
		field string // at fault; empty for none
	}{
		{"both at the root", ArticleEdit{ArticleTextEdit: text("A")}, ""},
		{"both in the default locale", ArticleEdit{Texts: map[Locale]ArticleTextEdit{"en": text("A")}}, ""},
		{"no author", ArticleEdit{ArticleTextEdit: ArticleTextEdit{Title: new("A")}}, "author_id"},
		{"no title", ArticleEdit{ArticleTextEdit: ArticleTextEdit{Author: new(AdminID(7))}}, "title"},
		{"an empty title", ArticleEdit{ArticleTextEdit: text("")}, "title"},
		{"both in another locale only", ArticleEdit{Texts: map[Locale]ArticleTextEdit{"fr": text("A")}}, "author_id"},
		{"nothing", ArticleEdit{}, "author_id"},
	} {
		err := new(Article).Apply(&c.edit, english(), 7, now)
		var e *Error
		switch {
		case c.field == "" && err != nil:
			t.Errorf("%s: %v", c.name, err)
		case c.field != "" && (!errors.As(err, &e) || e.Kind != Missing || e.Field != c.field):
			t.Errorf("%s: %v, want %s missing", c.name, err, c.field)
		}
	}
}

func TestANewArticleStartsAsADraftOfItsAuthor(t *testing.T) {
	var a Article
	if err := a.Apply(&ArticleEdit{ArticleTextEdit: text("A")}, english(), 9, now); err != nil {
		t.Fatal(err)
	}
	want := Article{CreatedBy: 9, UpdatedBy: 9, CreatedAt: now, UpdatedAt: now, Texts: map[Locale]ArticleText{
		"en": {
			Wording: Wording{Title: "A", Author: 7}, State: Draft, Availability: Availability{true, true, true},
			CreatedBy: 9, UpdatedBy: 9, CreatedAt: now, UpdatedAt: now,
		},
	}}
	if !reflect.DeepEqual(a, want) {
		t.Errorf("got %+v\nwant %+v", a, want)
	}
}

func TestAnEditMergesByLocaleAndField(t *testing.T) {
	for _, c := range []struct {
		name   string
		edit   ArticleEdit
		change func(*Article) // what the edit must change
	}{
		{"nothing but the time", ArticleEdit{}, func(*Article) {}},
		{"a title", ArticleEdit{ArticleTextEdit: ArticleTextEdit{Title: new("New")}}, func(a *Article) {
			a.set("en", func(t *ArticleText) { t.Title = "New" })
		}},
		{"an empty body", ArticleEdit{ArticleTextEdit: ArticleTextEdit{Body: new("")}}, func(a *Article) {
			a.set("en", func(t *ArticleText) { t.Body = "" })
		}},
		{"one locale's state", ArticleEdit{Texts: map[Locale]ArticleTextEdit{"fr": {State: new(Published)}}}, func(a *Article) {
			a.set("fr", func(t *ArticleText) { t.State, t.PublishedAt = Published, now })
		}},
		{"the default locale's entry before the root", ArticleEdit{
			ArticleTextEdit: ArticleTextEdit{Title: new("Root"), Description: new("Root")},
			Texts:           map[Locale]ArticleTextEdit{"en": {Title: new("Entry")}},
		}, func(a *Article) {
			a.set("en", func(t *ArticleText) { t.Title, t.Description = "Entry", "Root" })
		}},
		{"the root, where the entry repeats the text", ArticleEdit{
			ArticleTextEdit: ArticleTextEdit{Title: new("Root"), Author: new(AdminID(8)), Availability: AvailabilityEdit{Copilot: new(true)}},
			Texts:           map[Locale]ArticleTextEdit{"en": {Title: new("Title"), Author: new(AdminID(7)), Availability: AvailabilityEdit{Copilot: new(false)}}},
		}, func(a *Article) {
			a.set("en", func(t *ArticleText) { t.Title, t.Author, t.Availability.Copilot = "Root", 8, true })
		}},
		{"nothing, where all repeats the text", ArticleEdit{
			ArticleTextEdit: ArticleTextEdit{Title: new("Title"), State: new(Published)},
			Texts:           map[Locale]ArticleTextEdit{"en": {Title: new("Title")}, "fr": {Title: new("Titre"), State: new(Draft)}},
		}, func(*Article) {}},
		{"no locale for an entry that says nothing", ArticleEdit{Texts: map[Locale]ArticleTextEdit{"de": {}}}, func(*Article) {}},
		{"a new locale, by the article's author", ArticleEdit{Texts: map[Locale]ArticleTextEdit{"de": {Title: new("Titel")}}}, func(a *Article) {
			a.Texts["de"] = ArticleText{
				Wording: Wording{Title: "Titel", Author: 7}, State: Draft, Availability: Availability{true, true, true},
				CreatedBy: 9, UpdatedBy: 9, CreatedAt: now, UpdatedAt: now,
			}
		}},
	} {
		got, want := written(), written()
		if err := got.Apply(&c.edit, english(), 9, now); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		c.change(want)
		want.UpdatedAt, want.UpdatedBy = now, 9
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s:\n got %+v\nwant %+v", c.name, got, want)
		}
	}
}

func (a *Article) set(l Locale, change func(*ArticleText)) {
	t := a.Texts[l]
	change(&t)
	t.UpdatedAt, t.UpdatedBy = now, 9
	a.Texts[l] = t
}

func TestWhatAnArticleCannotSay(t *testing.T) {
	for field, edit := range map[string]ArticleTextEdit{
		"title":       {Title: new(strings.Repeat("ä", MaxTitle+1))},
		"body":        {Body: new("a\x00b")},
		"description": {Description: new("\x00")},
		"state":       {State: new(State("archived"))},
	} {
		for _, e := range []ArticleEdit{{ArticleTextEdit: edit}, {Texts: map[Locale]ArticleTextEdit{"fr": edit}}} {
			var refused *Error
			if err := written().Apply(&e, english(), 9, now); !errors.As(err, &refused) || refused.Kind != Invalid || refused.Field != field {
				t.Errorf("%s: %v", field, err)
			}
		}
	}
	if err := written().Apply(&ArticleEdit{ArticleTextEdit: ArticleTextEdit{Title: new(strings.Repeat("ä", MaxTitle))}}, english(), 9, now); err != nil {
		t.Errorf("a title of %d characters: %v", MaxTitle, err)
	}
	if err := written().Apply(&ArticleEdit{ArticleTextEdit: ArticleTextEdit{Title: new("")}}, english(), 9, now); !errors.Is(err, Invalid) {
		t.Errorf("an empty title: %v", err)
	}
}

func TestWritingInANewLocaleSwitchesItOnUnlessTheListIsFixed(t *testing.T) {
	h := english()
	edit := &ArticleEdit{Texts: map[Locale]ArticleTextEdit{"de": {Title: new("Titel")}}}
	if err := written().Apply(edit, h, 9, now); err != nil || !h.Multilingual() || edit.Ignored != nil {
		t.Errorf("open list: %v, %v, ignored %v", err, h.Locales, edit.Ignored)
	}
	h = english()
	h.LocalesFixed = true
	a := written()
	if err := a.Apply(edit, h, 9, now); err != nil || h.Multilingual() || !reflect.DeepEqual(edit.Ignored, []Locale{"de"}) {
		t.Errorf("fixed list: %v, %v, ignored %v", err, h.Locales, edit.Ignored)
	}
	if _, kept := a.Texts["de"]; kept {
		t.Error("fixed list: the text was kept")
	}
}

func TestPercentagesAreRoundedEachByItself(t *testing.T) {
	s := Statistics{Happy: 3, Neutral: 3, Sad: 2}
	if got := [3]int{s.Percent(3), s.Percent(3), s.Percent(2)}; got != [3]int{38, 38, 25} {
		t.Errorf("8 reactions: %v", got)
	}
	if got := new(Statistics).Percent(0); got != 0 {
		t.Errorf("no reactions: %d", got)
	}
}
