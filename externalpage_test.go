package lectern

import (
	"strings"
	"testing"
	"time"
)

func TestAnExternalPageIsMadeOfATitleHTMLAndAnExternalID(t *testing.T) {
	source := &ImportSource{ID: 7, Sync: SyncAPI, Audiences: []AudienceID{3}}
	for field, wrong := range map[string][]*string{
		"title":       {nil, new(""), new("\x00"), new(strings.Repeat("ä", MaxTitle+1))},
		"html":        {nil, new("<p>\x00")},
		"external_id": {nil, new(""), new("\x00"), new(strings.Repeat("ä", MaxExternalID+1))},
		"url":         {new("javascript:alert(1)"), new("/en/1"), new("https://a.example/" + strings.Repeat("x", MaxURL))},
	} {
		for _, value := range wrong {
			e := &ExternalPageEdit{ExternalID: new("1"), Title: new("T"), HTML: new("")}
			*map[string]**string{"title": &e.Title, "html": &e.HTML, "external_id": &e.ExternalID, "url": &e.URL}[field] = value
			want := "invalid " + field
			if value == nil {
				want = "missing " + field
			}
			if got := about(t, new(ExternalPage).Apply(e, source, time.Unix(1, 0))); got != want {
				t.Errorf("%s: %q, want %q", field, got, want)
			}
		}
	}
	var p ExternalPage
	e := &ExternalPageEdit{ExternalID: new("1"), Title: new(strings.Repeat("ä", MaxTitle)), HTML: new("<script>"), URL: new(""), Copilot: new(true)}
	if err := p.Apply(e, source, time.Unix(1, 0)); err != nil {
		t.Fatal(err)
	}
	if p.Source != 7 || p.HTML != "<script>" || p.Locale != "en" || len(p.Audiences) != 1 || p.Availability != (Availability{Copilot: true}) {
		t.Errorf("page %+v", p)
	}
}

func TestAnExternalPageKeepsWhatAnEditDoesNotName(t *testing.T) {
	was := ExternalPage{
		ID: 1, Source: 7, ExternalID: "1", Title: "T", HTML: "H", URL: "https://a.example", Locale: "en",
		Availability: Availability{Chatbot: true, SalesAgent: true}, Audiences: []AudienceID{3}, CreatedAt: time.Unix(1, 0),
	}
	p := was
	if err := p.Apply(&ExternalPageEdit{}, &ImportSource{ID: 7, Sync: SyncAPI}, time.Unix(2, 0)); err != nil {
		t.Fatal(err)
	}
	if p.Title != "T" || p.HTML != "H" || p.URL != was.URL || p.ExternalID != "1" || p.Availability != was.Availability ||
		len(p.Audiences) != 1 || p.CreatedAt != was.CreatedAt || p.UpdatedAt != time.Unix(2, 0) || p.IngestedAt != time.Unix(2, 0) {
		t.Errorf("page %+v", p)
	}
	if err := p.Apply(&ExternalPageEdit{URL: new(""), Chatbot: new(false)}, &ImportSource{ID: 8, Sync: SyncAPI}, time.Unix(3, 0)); err != nil {
		t.Fatal(err)
	}
	if p.URL != "" || p.Availability != (Availability{SalesAgent: true}) || p.Source != 8 {
		t.Errorf("page %+v", p)
	}
}

func TestOnlyPagesOfASourceThatTheAPIWritesToChange(t *testing.T) {
	for _, sync := range []SyncBehavior{SyncAutomatic, SyncManual} {
		p := ExternalPage{ID: 1}
		if got := about(t, p.Apply(&ExternalPageEdit{}, &ImportSource{ID: 7, Sync: sync}, time.Unix(1, 0))); got != "invalid source_id" {
			t.Errorf("%s: %q", sync, got)
		}
	}
}
