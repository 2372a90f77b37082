package wire

import (
	"encoding/json"
	"fmt"
	"html"

	"lectern"
)

// A ContentSnippet is a piece of content for AI agents; readers have no page for it.
type ContentSnippet struct {
	Type                     string     `json:"type" enum:"content_snippet"`
	ID                       string     `json:"id" example:"1042"`
	Title                    string     `json:"title"`
	Locale                   string     `json:"locale"`
	JSONBlocks               JSONBlocks `json:"json_blocks"`          // the content as blocks, as they were sent
	BodyMarkdown             Markdown   `json:"body_markdown"`        // the title as a heading and the content
	ChatbotAvailability      int        `json:"chatbot_availability"` // ai_chatbot_availability as 1 or 0
	CopilotAvailability      int        `json:"copilot_availability"` // ai_copilot_availability as 1 or 0
	AIChatbotAvailability    bool       `json:"ai_chatbot_availability"`
	AICopilotAvailability    bool       `json:"ai_copilot_availability"`
	AISalesAgentAvailability bool       `json:"ai_sales_agent_availability"`
	CreatedAt                int64      `json:"created_at"`   // Unix seconds
	UpdatedAt                int64      `json:"updated_at"`   // Unix seconds
	AudienceIDs              []int64    `json:"audience_ids"` // who it is for; empty for everyone
}

// JSONBlocks are the objects that a snippet's content is made of.
type JSONBlocks []json.RawMessage

// FromSnippet returns the shape of a snippet. The error is that of blocks which
// are no JSON.
func FromSnippet(x *lectern.Snippet) (ContentSnippet, error) {
	blocks := JSONBlocks{}
	if err := json.Unmarshal([]byte(x.Blocks), &blocks); err != nil {
		return ContentSnippet{}, fmt.Errorf("blocks of snippet %d: %w", x.ID, err)
	}
	return ContentSnippet{
		Type: "content_snippet", ID: format(x.ID), Title: x.Title, Locale: string(x.Locale),
		JSONBlocks:          blocks,
		BodyMarkdown:        Markdown("<h1>" + html.EscapeString(x.Title) + "</h1>" + x.Body),
		ChatbotAvailability: oneIf(x.Availability.Chatbot), CopilotAvailability: oneIf(x.Availability.Copilot),
		AIChatbotAvailability: x.Availability.Chatbot, AICopilotAvailability: x.Availability.Copilot,
		AISalesAgentAvailability: x.Availability.SalesAgent,
		CreatedAt:                x.CreatedAt.Unix(), UpdatedAt: x.UpdatedAt.Unix(), AudienceIDs: numbers(x.Audiences),
	}, nil
}

func oneIf(on bool) int {
	if on {
		return 1
	}
	return 0
}

// A ContentSnippetList is a page of snippets.
type ContentSnippetList struct {
	Type       string           `json:"type" enum:"list"`
	Data       []ContentSnippet `json:"data"`
	TotalCount int              `json:"total_count"` // snippets on all pages
	Page       int              `json:"page"`        // counted from 1
	PerPage    int              `json:"per_page"`
	TotalPages int              `json:"total_pages"`
}

// ContentSnippetCreateRequest asks for a new snippet.
type ContentSnippetCreateRequest struct {
	Title                    Opt[string]     `json:"title" required:"true" example:"Reset a password"` // at most 255 characters
	JSONBlocks               Opt[JSONBlocks] `json:"json_blocks"`                                      // the content as objects with a type; either this or body_markdown
	BodyMarkdown             Opt[string]     `json:"body_markdown"`                                    // the content; a first heading that is the title is taken for it
	Locale                   Opt[string]     `json:"locale"`                                           // en unless given
	AudienceIDs              Opt[[]ID]       `json:"audience_ids"`                                     // IDs of audiences; none for everyone
	AIChatbotAvailability    Opt[bool]       `json:"ai_chatbot_availability"`                          // false unless given
	AICopilotAvailability    Opt[bool]       `json:"ai_copilot_availability"`                          // false unless given
	AISalesAgentAvailability Opt[bool]       `json:"ai_sales_agent_availability"`                      // false unless given
}

// ContentSnippetUpdateRequest asks for a change of a snippet. Only what it names changes.
type ContentSnippetUpdateRequest struct {
	Title                    Opt[string]     `json:"title"`         // at most 255 characters
	JSONBlocks               Opt[JSONBlocks] `json:"json_blocks"`   // the content as objects with a type; either this or body_markdown
	BodyMarkdown             Opt[string]     `json:"body_markdown"` // the content; a first heading that is the title, old or new, is taken for it
	Locale                   Opt[string]     `json:"locale"`
	AudienceIDs              Opt[[]ID]       `json:"audience_ids"` // IDs of audiences; an empty list for everyone
	AIChatbotAvailability    Opt[bool]       `json:"ai_chatbot_availability"`
	AICopilotAvailability    Opt[bool]       `json:"ai_copilot_availability"`
	AISalesAgentAvailability Opt[bool]       `json:"ai_sales_agent_availability"`
}
