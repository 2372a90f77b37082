package wire

import (
	"strconv"

	"lectern"
	"lectern/internal/address"
)

// A Collection groups articles and other collections.
type Collection struct {
	ID                string                  `json:"id" example:"1007"`
	WorkspaceID       string                  `json:"workspace_id"`
	Name              string                  `json:"name"`
	URL               *string                 `json:"url"`                         // address on the public help center; null while the help center is off
	Order             int                     `json:"order"`                       // place among its siblings, from 1
	CreatedAt         int64                   `json:"created_at"`                  // Unix seconds
	UpdatedAt         int64                   `json:"updated_at"`                  // Unix seconds
	Description       string                  `json:"description"`                 // empty when there is none
	Icon              string                  `json:"icon"`                        // name of an icon; book-bookmark until one is chosen, folder inside another collection
	ParentID          *string                 `json:"parent_id"`                   // ID of the collection it is in; null at the top level
	HelpCenterID      *int64                  `json:"help_center_id"`              // null for a collection inside another
	DefaultLocale     string                  `json:"default_locale,omitzero"`     // present once the help center has several languages
	TranslatedContent *GroupTranslatedContent `json:"translated_content,omitzero"` // present once the help center has several languages
}

// GroupContent is a collection in one locale.
type GroupContent struct {
	Type        string `json:"type" enum:"group_content"`
	Name        string `json:"name"`
	Description string `json:"description"`
}

// GroupTranslatedContent holds a collection's texts by locale.
type GroupTranslatedContent struct{ Localized[GroupContent] }

// FromCollection returns the shape of a collection of help center h. Base is
// the scheme and host that addresses start with.
func FromCollection(w *lectern.Workspace, h *lectern.HelpCenter, c *lectern.Collection, base string) Collection {
	text := c.Text(h)
	out := Collection{
		ID: format(c.ID), WorkspaceID: w.Code, Name: text.Name, Order: c.Position,
		CreatedAt: c.CreatedAt.Unix(), UpdatedAt: c.UpdatedAt.Unix(),
		Description: text.Description, Icon: c.IconShown(),
	}
	if h.WebsiteTurnedOn {
		out.URL = new(address.Collection(base, h, h.DefaultLocale, c.ID, text.Name))
	}
	if c.Parent == 0 {
		out.HelpCenterID = new(int64(c.HelpCenter))
	} else {
		out.ParentID = new(strconv.FormatInt(int64(c.Parent), 10))
	}
	if h.Multilingual() {
		out.DefaultLocale = string(h.DefaultLocale)
		texts := Localized[GroupContent]{Type: "group_translated_content", Texts: map[lectern.Locale]GroupContent{}}
		for l, t := range c.Texts {
			texts.Texts[l] = GroupContent{"group_content", t.Name, t.Description}
		}
		out.TranslatedContent = &GroupTranslatedContent{texts}
	}
	return out
}

// A CollectionList is a page of collections.
type CollectionList struct {
	Type       string       `json:"type" enum:"list"`
	Data       []Collection `json:"data"`
	TotalCount int          `json:"total_count"` // collections on all pages
	Pages      Pages        `json:"pages"`
}

// CreateCollectionRequest asks for a new collection.
type CreateCollectionRequest struct {
	Name              Opt[string]                            `json:"name" required:"true" example:"Getting started"` // at most 255 characters
	Description       Opt[string]                            `json:"description"`
	Icon              Opt[string]                            `json:"icon"`               // name of an icon, such as credit-card. Lectern's own: Intercom's API does not read it
	ParentID          Opt[ID]                                `json:"parent_id"`          // ID of a collection; null or left out for the top level
	HelpCenterID      Opt[ID]                                `json:"help_center_id"`     // the default help center unless given
	TranslatedContent Opt[Translations[GroupContentRequest]] `json:"translated_content"` // texts by locale
}

// UpdateCollectionRequest asks for a change of a collection. Only what it names changes.
type UpdateCollectionRequest struct {
	Name              Opt[string]                            `json:"name"` // at most 255 characters
	Description       Opt[string]                            `json:"description"`
	Icon              Opt[string]                            `json:"icon"`               // name of an icon; null for the default one. Lectern's own: Intercom's API does not read it
	Order             Opt[int64]                             `json:"order" example:"1"`  // place among its siblings, from 1; those behind it move on. Lectern's own: Intercom's API does not read it
	ParentID          Opt[ID]                                `json:"parent_id"`          // ID of a collection; null or "" moves it to the top level
	TranslatedContent Opt[Translations[GroupContentRequest]] `json:"translated_content"` // merged by locale and field
}

// GroupContentRequest is what a request says of a collection in one locale.
type GroupContentRequest struct {
	Name        Opt[string] `json:"name"`
	Description Opt[string] `json:"description"`
}
