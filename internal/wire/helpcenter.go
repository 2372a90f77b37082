package wire

import (
	"lectern"
	"lectern/internal/address"
)

// A HelpCenter is a public site with its own collections.
type HelpCenter struct {
	ID              string           `json:"id"`
	WorkspaceID     string           `json:"workspace_id"`
	CreatedAt       int64            `json:"created_at"`        // Unix seconds
	UpdatedAt       int64            `json:"updated_at"`        // Unix seconds
	Identifier      string           `json:"identifier"`        // first part of its addresses
	WebsiteTurnedOn bool             `json:"website_turned_on"` // while off, articles have no address
	DisplayName     string           `json:"display_name"`
	URL             string           `json:"url"`
	CustomDomain    *string          `json:"custom_domain"` // null when it has none
	Default         bool             `json:"default"`       // articles and collections that name no help center belong to it
	Locales         []lectern.Locale `json:"locales"`       // languages switched on, the default one first
}

// FromHelpCenter returns the shape of a help center. Base is the scheme and
// host that addresses start with.
func FromHelpCenter(w *lectern.Workspace, h *lectern.HelpCenter, base string) HelpCenter {
	out := HelpCenter{
		ID: format(h.ID), WorkspaceID: w.Code, CreatedAt: h.CreatedAt.Unix(), UpdatedAt: h.UpdatedAt.Unix(),
		Identifier: h.Identifier, WebsiteTurnedOn: h.WebsiteTurnedOn, DisplayName: h.DisplayName,
		URL: address.HelpCenter(base, h), Default: h.Default, Locales: h.Locales,
	}
	if h.CustomDomain != "" {
		out.CustomDomain = &h.CustomDomain
	}
	return out
}

// A HelpCenterList holds all help centers.
type HelpCenterList struct {
	Type string       `json:"type" enum:"list"`
	Data []HelpCenter `json:"data"`
}
