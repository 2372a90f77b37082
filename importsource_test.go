package lectern

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// about returns kind and field of a refusal, "" for none.
func about(t *testing.T, err error) string {
	t.Helper()
	if err == nil {
		return ""
	}
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("%v is no refusal", err)
	}
	return fmt.Sprintf("%s %s", e.Kind, e.Field)
}

func TestAnImportSourceIsMadeOfAURLAndASyncBehavior(t *testing.T) {
	address, api := new("https://docs.example.com"), new(SyncAPI)
	for name, test := range map[string]struct {
		edit ImportSourceEdit
		want string
	}{
		"all it needs":         {ImportSourceEdit{URL: address, Sync: api}, ""},
		"deactivated":          {ImportSourceEdit{URL: address, Sync: api, Status: new(SourceDeactivated)}, ""},
		"without a URL":        {ImportSourceEdit{Sync: api}, "missing url"},
		"without a behavior":   {ImportSourceEdit{URL: address}, "missing sync_behavior"},
		"an unknown behavior":  {ImportSourceEdit{URL: address, Sync: new(SyncBehavior("automated"))}, "invalid sync_behavior"},
		"an unknown status":    {ImportSourceEdit{URL: address, Sync: api, Status: new(SourceStatus("paused"))}, "invalid status"},
		"an empty URL":         {ImportSourceEdit{URL: new(""), Sync: api}, "invalid url"},
		"a URL that runs":      {ImportSourceEdit{URL: new("javascript:alert(1)"), Sync: api}, "invalid url"},
		"a URL without a host": {ImportSourceEdit{URL: new("https:///x"), Sync: api}, "invalid url"},
		"a path":               {ImportSourceEdit{URL: new("docs.example.com"), Sync: api}, "invalid url"},
		"a URL with NUL":       {ImportSourceEdit{URL: new("https://a.example/\x00"), Sync: api}, "invalid url"},
		"a URL too long":       {ImportSourceEdit{URL: new("https://a.example/" + strings.Repeat("x", MaxURL)), Sync: api}, "invalid url"},
	} {
		var s ImportSource
		if got := about(t, s.Apply(&test.edit, time.Unix(1, 0))); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

func TestANewImportSourceIsActive(t *testing.T) {
	var s ImportSource
	now := time.Unix(1, 0)
	err := s.Apply(&ImportSourceEdit{URL: new("http://a.example"), Sync: new(SyncManual), Audiences: &[]AudienceID{3, 1, 3}}, now)
	if err != nil {
		t.Fatal(err)
	}
	if s.Status != SourceActive || s.Sync != SyncManual || s.CreatedAt != now || s.UpdatedAt != now || s.LastSyncedAt != now {
		t.Errorf("source %+v", s)
	}
	if want := []AudienceID{3, 1}; !slices.Equal(s.Audiences, want) {
		t.Errorf("audiences %v, want %v", s.Audiences, want)
	}
}

func TestAnImportSourceChangesWithinItsSyncBehavior(t *testing.T) {
	for _, test := range []struct {
		from SyncBehavior
		edit ImportSourceEdit
		want string
	}{
		{SyncAPI, ImportSourceEdit{Sync: new(SyncAPI), URL: new("https://b.example")}, ""},
		{SyncAPI, ImportSourceEdit{Sync: new(SyncAutomatic)}, "invalid sync_behavior"},
		{SyncManual, ImportSourceEdit{Sync: new(SyncAPI)}, "invalid sync_behavior"},
		{SyncManual, ImportSourceEdit{Sync: new(SyncAutomatic), URL: new("https://a.example")}, ""},
		{SyncAutomatic, ImportSourceEdit{Sync: new(SyncManual), URL: new("https://b.example")}, "invalid url"},
		{SyncAutomatic, ImportSourceEdit{URL: new("https://b.example")}, "invalid url"},
		{SyncAutomatic, ImportSourceEdit{Status: new(SourceDeactivated)}, ""},
	} {
		s := ImportSource{ID: 1, URL: "https://a.example", Sync: test.from, Status: SourceActive, CreatedAt: time.Unix(1, 0)}
		if got := about(t, s.Apply(&test.edit, time.Unix(2, 0))); got != test.want {
			t.Errorf("from %s: %q, want %q", test.from, got, test.want)
		} else if got == "" && (s.CreatedAt != time.Unix(1, 0) || s.UpdatedAt != time.Unix(2, 0)) {
			t.Errorf("times of %+v", s)
		}
	}
}
