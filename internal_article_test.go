package lectern

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestAnInternalArticleTakesWhatAnEditNames(t *testing.T) {
	made, later := time.Unix(1_700_000_000, 0), time.Unix(1_700_000_060, 0)
	a := &InternalArticle{Locale: "en"}
	edit := &InternalArticleEdit{Title: new("Refunds"), Body: new("Ask."), Author: new(AdminID(2)), Owner: new(AdminID(3)), Audiences: &[]AudienceID{4}}
	if err := a.Apply(edit, made); err != nil {
		t.Fatal(err)
	}
	want := InternalArticle{Title: "Refunds", Body: "Ask.", Locale: "en", Author: 2, Owner: 3, Audiences: []AudienceID{4}, CreatedAt: made, UpdatedAt: made}
	if !reflect.DeepEqual(*a, want) {
		t.Errorf("created %+v, want %+v", *a, want)
	}
	a.ID = 9
	edit = &InternalArticleEdit{
		Body: new(""), Locale: new(Locale("de")), Audiences: &[]AudienceID{}, Folder: new(FolderID(5)),
		Availability: AvailabilityEdit{SalesAgent: new(true)},
	}
	if err := a.Apply(edit, later); err != nil {
		t.Fatal(err)
	}
	want = InternalArticle{ID: 9, Title: "Refunds", Locale: "de", Author: 2, Owner: 3, Audiences: []AudienceID{}, Folder: 5,
		Availability: Availability{SalesAgent: true}, CreatedAt: made, UpdatedAt: later}
	if !reflect.DeepEqual(*a, want) {
		t.Errorf("changed to %+v, want %+v", *a, want)
	}
}

func TestAnInternalArticleNeedsAnAuthorAnOwnerAndATitle(t *testing.T) {
	someone, title := new(AdminID(2)), new("Refunds")
	for field, edit := range map[string]InternalArticleEdit{
		"author_id": {Title: title, Owner: someone},
		"owner_id":  {Title: title, Author: someone},
		"title":     {Author: someone, Owner: someone},
	} {
		err := new(InternalArticle).Apply(&edit, time.Unix(0, 0))
		if e := (*Error)(nil); !errors.As(err, &e) || e.Kind != Missing || e.Field != field {
			t.Errorf("%v, want Missing about %s", err, field)
		}
	}
	for says, edit := range map[string]InternalArticleEdit{
		"an empty title": {Title: new("")},
		"a long title":   {Title: new(strings.Repeat("ü", MaxTitle+1))},
		"a NUL":          {Body: new("\x00")},
	} {
		if err := (&InternalArticle{ID: 9}).Apply(&edit, time.Unix(0, 0)); !errors.Is(err, Invalid) {
			t.Errorf("%s: %v, want Invalid", says, err)
		}
	}
}
