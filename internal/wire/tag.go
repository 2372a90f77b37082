package wire

import "lectern"

// A Tag is a label of the workspace.
type Tag struct {
	Type string `json:"type" enum:"tag"`
	ID   string `json:"id"`
	Name string `json:"name"`
}

// FromTag returns the shape of a tag.
func FromTag(t *lectern.Tag) Tag { return Tag{"tag", format(t.ID), t.Name} }

// A TagList holds all tags.
type TagList struct {
	Type string `json:"type" enum:"list"`
	Data []Tag  `json:"data"`
}

// CreateOrUpdateTagRequest asks for a tag by name, or, with an ID, gives the
// tag another name.
type CreateOrUpdateTagRequest struct {
	Name      Opt[string]         `json:"name" required:"true"` // unique without regard to case
	ID        Opt[ID]             `json:"id"`                   // the tag to rename
	Users     Opt[[]TaggedObject] `json:"users"`                // Lectern has no contacts: naming one is answered 404
	Companies Opt[[]TaggedObject] `json:"companies"`            // Lectern has no companies: naming one is answered 404
}

// A TaggedObject names what a tag is to be put on or taken off.
type TaggedObject struct {
	ID        Opt[string] `json:"id"`
	CompanyID Opt[string] `json:"company_id"`
	Untag     Opt[bool]   `json:"untag"`
}
