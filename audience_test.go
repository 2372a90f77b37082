package lectern

import (
	"errors"
	"reflect"
	"strings"
	"testing"
)

func TestAnAudienceNeedsAName(t *testing.T) {
	for _, c := range []struct {
		id   AudienceID
		name *string
		kind Kind // empty for none
		text string
	}{
		{0, nil, Missing, "Name is required"},
		{0, new(" "), Missing, "Name is required"},
		{0, new("VIP"), "", ""},
		{1, nil, "", ""},
		{1, new(""), Invalid, "Name must not be blank"},
		{1, new(" \t"), Invalid, "Name must not be blank"},
		{1, new(strings.Repeat("ä", MaxTitle)), "", ""},
		{1, new(strings.Repeat("ä", MaxTitle+1)), Invalid, "name is too long (maximum is 255 characters)"},
		{1, new("a\x00"), Invalid, "name must not contain a NUL character"},
	} {
		err := (&Audience{ID: c.id, Name: "Old"}).Apply(&AudienceEdit{Name: c.name}, now)
		var e *Error
		if errors.As(err, &e) != (c.kind != "") || e != nil && (e.Kind != c.kind || e.Text != c.text) {
			t.Errorf("%d, %v: %v", c.id, c.name, err)
		}
	}
}

func TestAnAudienceChangesByField(t *testing.T) {
	p, q := Predicate{"a", "string", "eq", ""}, Predicate{"b", "string", "eq", "x"}
	a := Audience{ID: 1, Name: "Old", Predicates: []Predicate{p}, RolePredicates: []Predicate{p}, CreatedAt: then, UpdatedAt: then}
	if err := a.Apply(&AudienceEdit{Predicates: &[]Predicate{q, p}}, now); err != nil {
		t.Fatal(err)
	}
	want := Audience{ID: 1, Name: "Old", Predicates: []Predicate{q, p}, RolePredicates: []Predicate{p}, CreatedAt: then, UpdatedAt: now}
	if !reflect.DeepEqual(a, want) {
		t.Errorf("got %+v\nwant %+v", a, want)
	}
}

func TestWhatIsNoPredicate(t *testing.T) {
	for name, list := range map[string][]Predicate{
		"no attribute":  {{"", "string", "eq", "x"}},
		"no type":       {{"a", "", "eq", "x"}},
		"no comparison": {{"a", "string", "", "x"}},
		"a NUL":         {{"a", "string", "eq", "\x00"}},
		"too many":      make([]Predicate, MaxPredicates+1),
	} {
		for field, e := range map[string]AudienceEdit{"predicates": {Predicates: &list}, "role_predicates": {RolePredicates: &list}} {
			err := (&Audience{ID: 1, Name: "Old"}).Apply(&e, now)
			var refusal *Error
			if !errors.As(err, &refusal) || refusal.Kind != Invalid || refusal.Field != field {
				t.Errorf("%s in %s: %v", name, field, err)
			}
		}
	}
}

func TestUnknownAudiencesAreNamedOnceAndInOrder(t *testing.T) {
	err := UnknownAudiences([]AudienceID{12, 999, 12})
	if err.Text != "audience_ids contains unknown audience IDs: 12, 999" || !errors.Is(err, Invalid) || !errors.Is(err, Unknown) {
		t.Errorf("%v", err)
	}
}
