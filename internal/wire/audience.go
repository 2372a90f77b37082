package wire

import "lectern"

// An Audience is a group of readers whom content is meant for.
type Audience struct {
	Type           string      `json:"type" enum:"audience"`
	ID             string      `json:"id" example:"1042"`
	Name           string      `json:"name" example:"VIP customers"`
	Predicates     []Predicate `json:"predicates"`      // what holds for its members
	RolePredicates []Predicate `json:"role_predicates"` // what holds for the role of its members
	CreatedAt      int64       `json:"created_at"`      // Unix seconds
	UpdatedAt      int64       `json:"updated_at"`      // Unix seconds
}

// A Predicate compares an attribute of a reader with a value. Its parts are kept as they are sent.
type Predicate struct {
	Attribute  string `json:"attribute" example:"company.name"`
	Type       string `json:"type" example:"string"` // of the attribute
	Comparison string `json:"comparison" example:"contains"`
	Value      string `json:"value" example:"Acme"`
}

// FromAudience returns the shape of an audience.
func FromAudience(a *lectern.Audience) Audience {
	return Audience{
		Type: "audience", ID: format(a.ID), Name: a.Name,
		Predicates: fromPredicates(a.Predicates), RolePredicates: fromPredicates(a.RolePredicates),
		CreatedAt: a.CreatedAt.Unix(), UpdatedAt: a.UpdatedAt.Unix(),
	}
}

func fromPredicates(list []lectern.Predicate) []Predicate {
	out := make([]Predicate, len(list))
	for i, p := range list {
		out[i] = Predicate(p)
	}
	return out
}

// An AudienceList is a page of audiences.
type AudienceList struct {
	Type       string     `json:"type" enum:"list"`
	Data       []Audience `json:"data"`
	TotalCount int        `json:"total_count"` // audiences on all pages
	Page       int        `json:"page"`        // counted from 1
	PerPage    int        `json:"per_page"`
	TotalPages int        `json:"total_pages"`
}

// CreateAudienceRequest asks for a new audience.
type CreateAudienceRequest struct {
	Name           Opt[string]      `json:"name" required:"true" example:"VIP customers"` // at most 255 characters
	Predicates     Opt[[]Predicate] `json:"predicates"`                                   // at most 100
	RolePredicates Opt[[]Predicate] `json:"role_predicates"`                              // at most 100
}

// UpdateAudienceRequest asks for a change of an audience. Only what it names changes.
type UpdateAudienceRequest struct {
	Name           Opt[string]      `json:"name"`            // at most 255 characters
	Predicates     Opt[[]Predicate] `json:"predicates"`      // in place of those there are; at most 100
	RolePredicates Opt[[]Predicate] `json:"role_predicates"` // in place of those there are; at most 100
}

// Edit is what the request asks of an audience.
func (r UpdateAudienceRequest) Edit() *lectern.AudienceEdit {
	return &lectern.AudienceEdit{
		Name: r.Name.Pointer(), Predicates: toPredicates(r.Predicates), RolePredicates: toPredicates(r.RolePredicates),
	}
}

func toPredicates(sent Opt[[]Predicate]) *[]lectern.Predicate {
	if sent.Pointer() == nil {
		return nil
	}
	list := make([]lectern.Predicate, len(sent.Value))
	for i, p := range sent.Value {
		list[i] = lectern.Predicate(p)
	}
	return &list
}
