package wire

import (
	"strconv"

	"lectern"
)

// A Section is a collection inside another one, as versions before 2.10 know
// it. Later ones have a Collection instead.
type Section struct {
	ID                string                  `json:"id" example:"1008"`
	WorkspaceID       string                  `json:"workspace_id"`
	Name              string                  `json:"name"`
	URL               *string                 `json:"url"`           // address on the public help center; null while the help center is off
	Order             int                     `json:"order"`         // place among its siblings, from 1
	CreatedAt         int64                   `json:"created_at"`    // Unix seconds
	UpdatedAt         int64                   `json:"updated_at"`    // Unix seconds
	Icon              string                  `json:"icon,omitzero"` // left out when there is none
	Type              string                  `json:"type" enum:"section"`
	ParentID          SectionParent           `json:"parent_id"`                   // ID of the collection or section it is in; a string in the answer to a request that named it, else a number
	DefaultLocale     string                  `json:"default_locale,omitzero"`     // present once the help center has several languages
	TranslatedContent *GroupTranslatedContent `json:"translated_content,omitzero"` // present once the help center has several languages
}

// A SectionParent is the ID of the collection that a section is in. The
// published examples have it as a number where it was read, and as a string
// where the request has just set it, even if the request spelled a number.
type SectionParent struct {
	ID  int64
	Set bool // by the request that is answered
}

// MarshalJSON writes a string for a parent that was set, else a number.
func (p SectionParent) MarshalJSON() ([]byte, error) {
	b := strconv.AppendInt(nil, p.ID, 10)
	if p.Set {
		b = append(append([]byte{'"'}, b...), '"')
	}
	return b, nil
}

// FromSection returns the shape of a collection that is inside another one, of
// help center h. Set says whether the request that is answered named its
// parent; base is the scheme and host that addresses start with.
func FromSection(w *lectern.Workspace, h *lectern.HelpCenter, c *lectern.Collection, set bool, base string) Section {
	like := FromCollection(w, h, c, base)
	return Section{
		ID: like.ID, WorkspaceID: like.WorkspaceID, Name: like.Name, URL: like.URL, Order: like.Order,
		CreatedAt: like.CreatedAt, UpdatedAt: like.UpdatedAt, Icon: c.Icon,
		Type: "section", ParentID: SectionParent{int64(c.Parent), set},
		DefaultLocale: like.DefaultLocale, TranslatedContent: like.TranslatedContent,
	}
}

// A SectionList is a page of sections.
type SectionList struct {
	Type       string    `json:"type" enum:"list"`
	Data       []Section `json:"data"`
	TotalCount int       `json:"total_count"` // sections on all pages
	Pages      Pages     `json:"pages"`
}

// CreateSectionRequest asks for a new section.
type CreateSectionRequest struct {
	Name              Opt[string]                            `json:"name" required:"true" example:"Your account"` // at most 255 characters
	ParentID          Opt[ID]                                `json:"parent_id" required:"true"`                   // ID of a collection or section
	TranslatedContent Opt[Translations[GroupContentRequest]] `json:"translated_content"`                          // names by locale
}

// UpdateSectionRequest asks for a change of a section. Only what it names changes.
type UpdateSectionRequest struct {
	Name              Opt[string]                            `json:"name"`               // at most 255 characters
	ParentID          Opt[ID]                                `json:"parent_id"`          // ID of a collection or section
	TranslatedContent Opt[Translations[GroupContentRequest]] `json:"translated_content"` // merged by locale and field
}
