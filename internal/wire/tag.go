package wire

import (
	"cmp"

	"lectern"
)

// A Tag is a label of the workspace.
type Tag struct {
	Type string `json:"type" enum:"tag"`
	ID   string `json:"id"`
	Name string `json:"name"`
}

// FromTag returns the shape of a tag.
func FromTag(t *lectern.Tag) Tag { return Tag{"tag", format(t.ID), t.Name} }

// A TagApplied is a tag as it is on an object.
type TagApplied struct {
	Type      string     `json:"type" enum:"tag"`
	ID        string     `json:"id"`
	Name      string     `json:"name"`
	AppliedAt *int64     `json:"applied_at"` // Unix seconds; null once it was taken off
	AppliedBy *Reference `json:"applied_by"` // the admin who applied it; null once it was taken off
}

// A Reference names another object.
type Reference struct {
	Type string `json:"type"` // "admin"
	ID   string `json:"id"`
}

// FromTagging returns the shape of a tag on an object.
func FromTagging(g *lectern.Tagging) TagApplied {
	out := TagApplied{Type: "tag", ID: format(g.ID), Name: g.Name}
	if !g.AppliedAt.IsZero() {
		out.AppliedAt = new(g.AppliedAt.Unix())
		out.AppliedBy = &Reference{"admin", format(g.AppliedBy)}
	}
	return out
}

// TagsApplied are the tags of an object.
type TagsApplied struct {
	Type string       `json:"type" enum:"tag.list"`
	Tags []TagApplied `json:"tags"` // in the order in which they were applied
}

// FromTaggings returns the shape of an object's tags.
func FromTaggings(list []lectern.Tagging) TagsApplied {
	out := TagsApplied{"tag.list", make([]TagApplied, len(list))}
	for i := range list {
		out.Tags[i] = FromTagging(&list[i])
	}
	return out
}

// A TagList holds all tags.
type TagList struct {
	Type string `json:"type" enum:"list"`
	Data []Tag  `json:"data"`
}

// A TagCreateResponse is a tag that was asked for by name.
type TagCreateResponse struct {
	Type      string         `json:"type" enum:"tag"`
	ID        string         `json:"id"`
	Name      string         `json:"name"`
	Users     []TaggedEntity `json:"users"`     // those of the request
	Companies []TaggedEntity `json:"companies"` // those of the request
}

// A TaggedEntity says what became of a user or company that a request names.
type TaggedEntity struct {
	ID     string `json:"id"`
	Tagged bool   `json:"tagged"` // always false: Lectern has no users and no companies
}

// FromTagCreated returns the answer to a request for a tag.
func FromTagCreated(t *lectern.Tag, req CreateOrUpdateTagRequest) TagCreateResponse {
	return TagCreateResponse{"tag", format(t.ID), t.Name, untagged(req.Users.Value), untagged(req.Companies.Value)}
}

func untagged(list []TaggedObject) []TaggedEntity {
	out := make([]TaggedEntity, len(list))
	for i, o := range list {
		out[i].ID = cmp.Or(o.ID.Value, o.CompanyID.Value)
	}
	return out
}

// CreateOrUpdateTagRequest asks for a tag by name, or, with an ID, gives the
// tag another name.
type CreateOrUpdateTagRequest struct {
	Name      Opt[string]         `json:"name" required:"true"` // unique without regard to case
	ID        Opt[ID]             `json:"id"`                   // the tag to rename
	Users     Opt[[]TaggedObject] `json:"users"`                // Lectern has no users: before 2.16 naming one is answered 404, since then it is not tagged
	Companies Opt[[]TaggedObject] `json:"companies"`            // Lectern has no companies: before 2.16 naming one is answered 404, since then it is not tagged
}

// AttachTagRequest asks for a tag to be put on an object.
type AttachTagRequest struct {
	ID      Opt[ID] `json:"id" required:"true"` // of the tag
	AdminID Opt[ID] `json:"admin_id"`           // ID of the teammate who is to have applied it; the one the token acts for unless given
}

// A TaggedObject names what a tag is to be put on or taken off.
type TaggedObject struct {
	ID        Opt[string] `json:"id"`
	CompanyID Opt[string] `json:"company_id"`
	Untag     Opt[bool]   `json:"untag"`
}
