package apiversion

import (
	"errors"
	"slices"
	"testing"

	"lectern"
)

func TestParseFindsTheVersionThatAHeaderNames(t *testing.T) {
	for header, want := range map[string]string{
		"2.7": "2.7", "2.10": "2.10", "2.11": "2.11", "2.15": "2.15", "2.16": "2.16", "Preview": "Preview",
		"1.0": "2.7", "1.4": "2.7", "2.0": "2.7", "2.6": "2.7", // older ones are answered as the oldest described
		"Unstable": "Preview", "2.17": "2.16",
	} {
		v, err := Parse(header)
		if err != nil {
			t.Errorf("Parse(%q): %v", header, err)
		} else if v.Name != want {
			t.Errorf("Parse(%q) = %s, want %s", header, v.Name, want)
		}
	}
}

func TestParseRefusesWhatIsNoVersion(t *testing.T) {
	for _, header := range []string{"", "2", "2.1.0", "2.011", "v2.11", " 2.11", "2.18", "3.0", "1.5", "preview", "2.11\n"} {
		if v, err := Parse(header); !errors.Is(err, lectern.Invalid) {
			t.Errorf("Parse(%q) = %v, %v; want Invalid", header, v, err)
		}
	}
}

func TestServedListsVersionsNewestFirst(t *testing.T) {
	want := []string{"Preview", "2.16", "2.15", "2.14", "2.13", "2.12", "2.11", "2.10", "2.9", "2.8", "2.7"}
	if got := Served(); !slices.Equal(got, want) {
		t.Errorf("Served() = %q, want %q", got, want)
	}
}

func TestAVersionOffersWhatCameBeforeItAndHasNotGone(t *testing.T) {
	const first, last = "2.7", "Preview"
	for _, test := range []struct{ route, from, to string }{
		{"GET /articles", first, last},
		{"GET /articles/search", "2.10", last},
		{"GET /help_center/sections", first, "2.9"},
		{"DELETE /help_center/sections/{id}", first, "2.9"},
		{"GET /ai/external_pages", "2.12", last},
		{"GET /internal_articles/search", "2.13", last},
		{"GET /brands/{id}", "2.15", last},
		{"PUT /articles/{id}/draft", "2.16", last},
		{"GET /folders", last, last},
	} {
		position := func(name string) int {
			return slices.IndexFunc(Versions, func(v *Version) bool { return v.Name == name })
		}
		for i, v := range Versions { // newest first
			want := position(test.to) <= i && i <= position(test.from)
			if got := v.Offers(test.route); got != want {
				t.Errorf("version %s offers %s: %v, want %v", v.Name, test.route, got, want)
			}
		}
	}
}

func TestRoutesListsEachRouteThatSomeVersionLacks(t *testing.T) {
	routes := Routes()
	if !slices.IsSorted(routes) || len(slices.Compact(slices.Clone(routes))) != len(routes) {
		t.Errorf("Routes() is not sorted, or repeats itself: %q", routes)
	}
	for _, want := range []string{"GET /articles/search", "POST /help_center/sections", "GET /brands", "DELETE /folders/{id}"} {
		if !slices.Contains(routes, want) {
			t.Errorf("Routes() lacks %s", want)
		}
	}
	for _, route := range routes {
		offers := func(v *Version) bool { return v.Offers(route) }
		if !slices.ContainsFunc(Versions, offers) {
			t.Errorf("no version offers %s", route)
		}
		if !slices.ContainsFunc(Versions, func(v *Version) bool { return !offers(v) }) {
			t.Errorf("every version offers %s", route)
		}
	}
}

func TestEveryChangeSaysWhatItIs(t *testing.T) {
	for _, v := range Versions {
		for i, c := range v.Changes {
			if c.About == "" || c.About[len(c.About)-1] != '.' {
				t.Errorf("change %d of %s is described as %q, want a sentence", i, v.Name, c.About)
			}
		}
	}
}

func TestDropRemovesFieldsFromAnObject(t *testing.T) {
	o := NewObject("id", 1, "tags", 2, "title", 3)
	Drop("tags", "absent").Object(o)
	if want := []string{"id", "title"}; !slices.Equal(o.Keys(), want) {
		t.Errorf("keys are %q, want %q", o.Keys(), want)
	}
}

func TestDropRemovesFieldsFromASchema(t *testing.T) {
	schema := NewObject(
		"properties", NewObject("id", nil, "tags", nil, "title", nil),
		"required", []any{"id", "tags", "title"},
	)
	Drop("tags", "absent").Schema(schema)
	if got, want := schema.Get("properties").(*Object).Keys(), []string{"id", "title"}; !slices.Equal(got, want) {
		t.Errorf("properties are %q, want %q", got, want)
	}
	if got, want := schema.Get("required").([]any), []any{"id", "title"}; !slices.Equal(got, want) {
		t.Errorf("required are %q, want %q", got, want)
	}
	Drop("tags").Schema(NewObject("type", "string")) // neither: nothing to do
}

func TestAVersionHasTheChangesUpToIt(t *testing.T) {
	for name, want := range map[string]bool{"Preview": true, "2.11": true, "2.10": true, "2.9": false, "2.7": false} {
		v, err := Parse(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := v.Has(&SectionsAreCollections); got != want {
			t.Errorf("%s has it: %v", name, got)
		}
	}
}
