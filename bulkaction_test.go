package lectern_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"lectern"
)

func TestAMembershipAddsAndRemoves(t *testing.T) {
	for _, c := range []struct {
		m    lectern.Membership[int]
		from []int
		want []int
	}{
		{lectern.Membership[int]{}, []int{1, 2}, []int{1, 2}},
		{lectern.Membership[int]{Add: []int{2, 3, 3}}, []int{1, 2}, []int{1, 2, 3}},
		{lectern.Membership[int]{Remove: []int{1, 9}}, []int{1, 2}, []int{2}},
		{lectern.Membership[int]{Add: []int{4}, Remove: []int{1}}, []int{1}, []int{4}},
		{lectern.Membership[int]{RemoveAll: true}, []int{1, 2}, nil},
		{lectern.Membership[int]{RemoveAll: true, Add: []int{5}}, []int{1, 2}, []int{5}},
	} {
		from := slices.Clone(c.from)
		if got := c.m.Apply(from); !slices.Equal(got, c.want) || !slices.Equal(from, c.from) {
			t.Errorf("%+v makes %v of %v, want %v", c.m, got, c.from, c.want)
		}
	}
}

func TestABulkActionKeepsTheItemsItIsFor(t *testing.T) {
	kinds := append(slices.Clone(lectern.ContentKinds), lectern.ArticleTextObject, lectern.FileObject)
	for verb, want := range map[lectern.BulkVerb]string{
		lectern.BulkPublish:         "[article_content]",
		lectern.BulkUnpublish:       "[article_content]",
		lectern.BulkDelete:          "[internal_article content_snippet article_content file_source_content]",
		lectern.BulkSetAvailability: "[internal_article content_snippet external_content article_content file_source_content]",
		lectern.BulkSetAudience:     "[internal_article content_snippet external_content article_content file_source_content]",
		lectern.BulkUpdateTags:      "[article internal_article content_snippet external_content file_source_content]",
	} {
		a := lectern.BulkAction{
			Verb:         verb,
			Availability: lectern.AvailabilityEdit{Copilot: new(true)},
			Audiences:    lectern.Membership[lectern.AudienceID]{RemoveAll: true},
			Tags:         lectern.Membership[lectern.TagID]{Add: []lectern.TagID{1}},
		}
		for range 2 { // those that come again are left out
			for _, k := range kinds {
				a.Items = append(a.Items, lectern.BulkItem{Object: lectern.Object{Kind: k, ID: 7}})
			}
		}
		if err := a.Check(); err != nil {
			t.Errorf("%s: %v", verb, err)
		}
		var kept []lectern.ObjectKind
		for _, i := range a.Items {
			kept = append(kept, i.Kind)
		}
		if fmt.Sprint(kept) != want {
			t.Errorf("%s keeps %v, want %s", verb, kept, want)
		}
	}
}

func TestABulkActionThatSaysTooLittleIsRefused(t *testing.T) {
	for verb, kind := range map[lectern.BulkVerb]lectern.Kind{
		"": lectern.Invalid, "archive": lectern.Invalid,
		lectern.BulkSetAvailability: lectern.Missing, lectern.BulkSetAudience: lectern.Missing, lectern.BulkUpdateTags: lectern.Missing,
	} {
		a := lectern.BulkAction{Verb: verb, Items: make([]lectern.BulkItem, 1)}
		if err := a.Check(); !errors.Is(err, kind) {
			t.Errorf("%q: error %v, want %s", verb, err, kind)
		}
	}
}
