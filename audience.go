package lectern

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// An Audience is a group of readers whom a piece of content is meant for,
// described by what they have in common. Lectern knows no readers by name: it
// keeps and hands out audiences, and whoever shows the content applies them.
type Audience struct {
	ID             AudienceID
	Name           string
	Predicates     []Predicate // all of them hold for a member
	RolePredicates []Predicate // so do these, which are about roles: user, lead, visitor
	CreatedAt      time.Time
	UpdatedAt      time.Time
}

// A Predicate compares an attribute of a reader with a value. Its parts are
// words of the program that applies it and are kept as they were given.
type Predicate struct {
	Attribute  string // "company.name"
	Type       string // of the attribute: "string"
	Comparison string // "contains"
	Value      string
}

// MaxPredicates is how many predicates of each sort an audience may have.
const MaxPredicates = 100

// An AudienceEdit is what a request asks of an audience. What is nil stays as
// it is.
type AudienceEdit struct {
	Name           *string
	Predicates     *[]Predicate
	RolePredicates *[]Predicate
}

// Apply changes a as e asks, at time now. For an audience without an ID it is
// the creation, which needs a name.
func (a *Audience) Apply(e *AudienceEdit, now time.Time) error {
	switch {
	case e.Name == nil && a.ID == 0:
		return Missingf("name", "Name is required")
	case e.Name != nil && Blank(*e.Name) && a.ID == 0:
		return Missingf("name", "Name is required")
	case e.Name != nil && Blank(*e.Name):
		return Invalidf("name", "Name must not be blank")
	}
	if err := setTitle(&a.Name, e.Name, "name", MaxTitle); err != nil {
		return err
	}
	if err := setPredicates(&a.Predicates, e.Predicates, "predicates"); err != nil {
		return err
	}
	if err := setPredicates(&a.RolePredicates, e.RolePredicates, "role_predicates"); err != nil {
		return err
	}
	if a.ID == 0 {
		a.CreatedAt = now
	}
	a.UpdatedAt = now
	return nil
}

// setPredicates sets *list to *value unless value is nil. It returns Invalid
// for too many of them, or one that names no attribute or no comparison.
func setPredicates(list, value *[]Predicate, field string) error {
	if value == nil {
		return nil
	}
	if len(*value) > MaxPredicates {
		return Invalidf(field, "%s has more than %d entries", field, MaxPredicates)
	}
	for _, p := range *value {
		if p.Attribute == "" || p.Type == "" || p.Comparison == "" {
			return Invalidf(field, "%s must each have an attribute, a type and a comparison", field)
		}
		for _, part := range []string{p.Attribute, p.Type, p.Comparison, p.Value} {
			if err := setText(new(string), &part, field, 0); err != nil {
				return err
			}
		}
	}
	*list = *value
	return nil
}

// UnknownAudiences is the refusal of content meant for audiences that do not
// exist: Invalid, since they are Unknown.
func UnknownAudiences(ids []AudienceID) *Error {
	text := strings.Trim(fmt.Sprint(slices.Compact(slices.Sorted(slices.Values(ids)))), "[]")
	return &Error{
		Kind: Invalid, Field: "audience_ids",
		Text: "audience_ids contains unknown audience IDs: " + strings.ReplaceAll(text, " ", ", "),
		Err:  Unknown,
	}
}

// An AudienceStore keeps audiences.
type AudienceStore interface {
	// AddAudience creates an audience as edit asks.
	AddAudience(ctx context.Context, by Actor, edit *AudienceEdit) (*Audience, error)
	// Audience finds one. It returns NotFound.
	Audience(ctx context.Context, ws WorkspaceID, id AudienceID) (*Audience, error)
	// Audiences returns a page, oldest first, and the exact number of audiences.
	// Zero for limit is no limit.
	Audiences(ctx context.Context, ws WorkspaceID, offset, limit int) ([]*Audience, int, error)
	// UpdateAudience applies edit in one transaction. If check is not nil and
	// returns an error for the audience as it stands, that error is returned and
	// nothing is stored. It returns NotFound.
	UpdateAudience(ctx context.Context, by Actor, id AudienceID, edit *AudienceEdit, check func(*Audience) error) (*Audience, error)
	// DeleteAudience removes an audience, also from all that is meant for it;
	// what was meant for no other one is then meant for everyone. It returns
	// NotFound.
	DeleteAudience(ctx context.Context, by Actor, id AudienceID) error
}
