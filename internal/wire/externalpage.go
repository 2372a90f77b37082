package wire

import "lectern"

// An ExternalPage is a text that was written elsewhere and brought in through
// the API.
type ExternalPage struct {
	ID                       string `json:"id"`
	Type                     string `json:"type" enum:"external_page"`
	Title                    string `json:"title"`
	HTML                     string `json:"html"`                        // as it was sent, scripts included: clean it before you show it
	URL                      string `json:"url"`                         // where readers find the page; empty when they cannot
	AIAgentAvailability      bool   `json:"ai_agent_availability"`       // whether an assistant may answer readers from it
	AICopilotAvailability    bool   `json:"ai_copilot_availability"`     // whether an assistant may help teammates with it
	AISalesAgentAvailability bool   `json:"ai_sales_agent_availability"` // whether an assistant may use it in sales
	FinAvailability          bool   `json:"fin_availability"`            // deprecated: the same as ai_agent_availability
	Locale                   string `json:"locale" enum:"en"`
	SourceID                 int64  `json:"source_id"`        // ID of a content import source
	ExternalID               string `json:"external_id"`      // what the source calls the page; unique in the source
	CreatedAt                int64  `json:"created_at"`       // Unix seconds
	UpdatedAt                int64  `json:"updated_at"`       // Unix seconds
	LastIngestedAt           int64  `json:"last_ingested_at"` // when the page last came in; Unix seconds
}

// FromExternalPage returns the shape of an external page.
func FromExternalPage(p *lectern.ExternalPage) ExternalPage {
	return ExternalPage{
		ID: format(p.ID), Type: "external_page", Title: p.Title, HTML: p.HTML, URL: p.URL,
		AIAgentAvailability: p.Availability.Chatbot, AICopilotAvailability: p.Availability.Copilot,
		AISalesAgentAvailability: p.Availability.SalesAgent, FinAvailability: p.Availability.Chatbot,
		Locale: string(p.Locale), SourceID: int64(p.Source), ExternalID: p.ExternalID,
		CreatedAt: p.CreatedAt.Unix(), UpdatedAt: p.UpdatedAt.Unix(), LastIngestedAt: p.IngestedAt.Unix(),
	}
}

// An ExternalPagesList is a page of external pages.
type ExternalPagesList struct {
	Data       []ExternalPage `json:"data"`
	Pages      Pages          `json:"pages"`
	TotalCount int            `json:"total_count"` // external pages on all pages
	Type       string         `json:"type" enum:"list"`
}

// CreateExternalPageRequest brings in a page, or changes the one that its
// source knows by the same external_id; then what may be left out stays as it
// is.
type CreateExternalPageRequest struct {
	Title                    Opt[string] `json:"title" required:"true"`            // at most 255 characters
	HTML                     Opt[string] `json:"html" required:"true"`             // kept as it is
	URL                      Opt[string] `json:"url"`                              // begins with http:// or https://; at most 2048 characters
	AIAgentAvailability      Opt[bool]   `json:"ai_agent_availability"`            // false for a new page unless given
	AICopilotAvailability    Opt[bool]   `json:"ai_copilot_availability"`          // false for a new page unless given
	AISalesAgentAvailability Opt[bool]   `json:"ai_sales_agent_availability"`      // false for a new page unless given
	Locale                   Opt[string] `json:"locale" required:"true" enum:"en"` // always en
	SourceID                 Opt[ID]     `json:"source_id" required:"true"`        // ID of a content import source whose sync_behavior is api
	ExternalID               Opt[string] `json:"external_id" required:"true"`      // what the source calls the page; at most 255 characters
}

// UpdateExternalPageRequest asks for a change of an external page. What may be
// left out stays as it is.
type UpdateExternalPageRequest struct {
	Title                    Opt[string] `json:"title" required:"true"` // at most 255 characters
	HTML                     Opt[string] `json:"html" required:"true"`  // kept as it is
	URL                      Opt[string] `json:"url" required:"true"`   // begins with http:// or https://; empty for none
	AIAgentAvailability      Opt[bool]   `json:"ai_agent_availability"` // takes precedence over fin_availability
	AICopilotAvailability    Opt[bool]   `json:"ai_copilot_availability"`
	AISalesAgentAvailability Opt[bool]   `json:"ai_sales_agent_availability"`
	FinAvailability          Opt[bool]   `json:"fin_availability"`                 // deprecated: the same as ai_agent_availability
	Locale                   Opt[string] `json:"locale" required:"true" enum:"en"` // always en
	SourceID                 Opt[ID]     `json:"source_id" required:"true"`        // another source moves the page there
	ExternalID               Opt[string] `json:"external_id"`
}
