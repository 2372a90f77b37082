package lectern

import (
	"errors"
	"reflect"
	"testing"
)

func TestACollectionNeedsAName(t *testing.T) {
	for name, edit := range map[string]CollectionEdit{
		"none":          {},
		"an empty one":  {CollectionTextEdit: CollectionTextEdit{Name: new("")}},
		"a French one":  {Texts: map[Locale]CollectionTextEdit{"fr": {Name: new("Nom")}}},
		"a description": {CollectionTextEdit: CollectionTextEdit{Description: new("About")}},
	} {
		if err := new(Collection).Apply(&edit, english(), now); !errors.Is(err, Missing) {
			t.Errorf("%s: %v, want missing", name, err)
		}
	}
	blank := &CollectionEdit{CollectionTextEdit: CollectionTextEdit{Name: new("")}}
	if err := (&Collection{ID: 1}).Apply(blank, english(), now); !errors.Is(err, Invalid) {
		t.Errorf("blank on update: %v, want invalid", err)
	}
}

func TestACollectionEditMergesByLocaleAndField(t *testing.T) {
	h := english()
	c := &Collection{ID: 1, CreatedAt: then, UpdatedAt: then, Texts: map[Locale]CollectionText{"en": {"Name", "About"}}}
	edit := &CollectionEdit{
		CollectionTextEdit: CollectionTextEdit{Name: new("Root"), Description: new("Root")},
		Texts:              map[Locale]CollectionTextEdit{"en": {Name: new("Entry")}, "ja": {Name: new("名前")}},
	}
	if err := c.Apply(edit, h, now); err != nil {
		t.Fatal(err)
	}
	want := &Collection{ID: 1, CreatedAt: then, UpdatedAt: now, Texts: map[Locale]CollectionText{"en": {"Entry", "Root"}, "ja": {"名前", ""}}}
	if !reflect.DeepEqual(c, want) {
		t.Errorf("got %+v\nwant %+v", c, want)
	}
	if !reflect.DeepEqual(h.Locales, []Locale{"en", "ja"}) {
		t.Errorf("languages switched on: %v", h.Locales)
	}
}

func TestNesting(t *testing.T) {
	for _, c := range []struct {
		name      string
		id        CollectionID
		ancestors []CollectionID
		below     int
		ok        bool
	}{
		{"top level", 1, nil, 1, true},
		{"third level", 3, []CollectionID{2, 1}, 1, true},
		{"fourth level", 4, []CollectionID{3, 2, 1}, 1, false},
		{"a tree of two under one", 3, []CollectionID{1}, 2, true},
		{"a tree of two under two", 3, []CollectionID{2, 1}, 2, false},
		{"itself", 1, []CollectionID{1}, 1, false},
		{"its child", 1, []CollectionID{2, 1}, 1, false},
		{"a new one", 0, []CollectionID{2, 1}, 1, true},
	} {
		if err := CheckNesting(c.id, c.ancestors, c.below); (err == nil) != c.ok {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}
