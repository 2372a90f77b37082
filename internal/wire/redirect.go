package wire

import (
	"lectern"
	"lectern/internal/address"
)

// A HelpCenterRedirect leads from an address of a help center to an article or a collection. It answers only
// where no page stands, and goes when its target is deleted.
type HelpCenterRedirect struct {
	ID           string `json:"id" example:"1042"`
	Type         string `json:"type" enum:"help_center_redirect"`
	FromURL      string `json:"from_url"` // moves along when the help center's address changes
	Locale       string `json:"locale"`   // of the text it leads to; the one asked for if the target has a text in it
	HelpCenterID string `json:"help_center_id"`
	TargetType   string `json:"target_type" enum:"article,collection"`
	TargetID     string `json:"target_id"`
	CreatedAt    int64  `json:"created_at"` // Unix seconds
	UpdatedAt    int64  `json:"updated_at"` // Unix seconds
}

// FromRedirect returns the shape of a redirect of help center h. Base is the
// scheme and host that addresses start with.
func FromRedirect(h *lectern.HelpCenter, r *lectern.Redirect, base string) HelpCenterRedirect {
	out := HelpCenterRedirect{
		ID: format(r.ID), Type: "help_center_redirect", FromURL: address.From(base, h, r),
		Locale: string(r.Locale), HelpCenterID: format(r.HelpCenter),
		TargetType: "collection", TargetID: format(r.Target.Collection),
		CreatedAt: r.CreatedAt.Unix(), UpdatedAt: r.UpdatedAt.Unix(),
	}
	if r.Target.Article != 0 {
		out.TargetType, out.TargetID = "article", format(r.Target.Article)
	}
	return out
}

// A HelpCenterRedirectList is a page of redirects.
type HelpCenterRedirectList struct {
	Type       string               `json:"type" enum:"list"`
	Data       []HelpCenterRedirect `json:"data"`
	TotalCount int                  `json:"total_count"` // redirects on all pages
	Pages      Pages                `json:"pages"`
}

// CreateHelpCenterRedirectRequest asks for a new redirect.
type CreateHelpCenterRedirectRequest struct {
	FromURL    Opt[string] `json:"from_url" required:"true"` // absolute, within the help center's own address; at most 2048 characters
	Locale     Opt[string] `json:"locale" required:"true" example:"en"`
	TargetType Opt[string] `json:"target_type" required:"true" enum:"article,collection"`
	TargetID   Opt[ID]     `json:"target_id" required:"true"` // ID of an article or collection of the help center
}
