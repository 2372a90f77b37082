package lectern

import (
	"errors"
	"reflect"
	"strings"
	"testing"
)

func TestASnippetNeedsATitleAndContent(t *testing.T) {
	content := &SnippetContent{Blocks: "[]"}
	for _, c := range []struct {
		id    SnippetID
		edit  SnippetEdit
		field string // at fault; empty for none
	}{
		{0, SnippetEdit{Title: new("T"), Content: content}, ""},
		{0, SnippetEdit{Content: content}, "title"},
		{0, SnippetEdit{Title: new(" "), Content: content}, "title"},
		{0, SnippetEdit{Title: new("T")}, "json_blocks"},
		{1, SnippetEdit{}, ""},
		{1, SnippetEdit{Title: new("")}, "title"},
		{1, SnippetEdit{Title: new(strings.Repeat("ä", MaxTitle))}, ""},
		{1, SnippetEdit{Title: new(strings.Repeat("ä", MaxTitle+1))}, "title"},
		{1, SnippetEdit{Title: new("a\x00")}, "title"},
	} {
		err := (&Snippet{ID: c.id, Title: "Old"}).Apply(&c.edit, now)
		var e *Error
		if errors.As(err, &e) != (c.field != "") || e != nil && e.Field != c.field {
			t.Errorf("%d, %+v: %v, want a refusal of %q", c.id, c.edit, err, c.field)
		}
	}
}

func TestASnippetIsEnglishUnlessItSaysSo(t *testing.T) {
	edit := SnippetEdit{Title: new("T"), Content: &SnippetContent{Blocks: "[]"}, Availability: AvailabilityEdit{SalesAgent: new(true)}}
	var x Snippet
	if err := x.Apply(&edit, now); err != nil {
		t.Fatal(err)
	}
	want := Snippet{Title: "T", Locale: "en", SnippetContent: SnippetContent{Blocks: "[]"},
		Availability: Availability{SalesAgent: true}, CreatedAt: now, UpdatedAt: now}
	if !reflect.DeepEqual(x, want) {
		t.Errorf("got %+v\nwant %+v", x, want)
	}
	edit.Locale = new(Locale("fr"))
	if x = (Snippet{}); x.Apply(&edit, now) != nil || x.Locale != "fr" {
		t.Errorf("locale %s", x.Locale)
	}
}

func TestAHeadingThatIsTheTitleIsNoContent(t *testing.T) {
	content, rest := SnippetContent{Body: "all"}, SnippetContent{Body: "rest"}
	for _, c := range []struct {
		title         *string
		heading, want string
	}{
		{nil, "", "all"},
		{nil, "Other", "all"},
		{nil, "Old", "rest"},
		{new("New"), "Old", "rest"},
		{new("New"), "New", "rest"},
		{new("New"), "Other", "all"},
		{new(" A  new\tone "), "A new one", "rest"},
	} {
		x := Snippet{ID: 1, Title: "Old"}
		if err := x.Apply(&SnippetEdit{Title: c.title, Content: &content, Heading: c.heading, Rest: rest}, now); err != nil || x.Body != c.want {
			t.Errorf("heading %q: %q, %v", c.heading, x.Body, err)
		}
	}
}
