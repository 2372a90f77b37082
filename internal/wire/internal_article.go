package wire

import "lectern"

// An InternalArticle is written by teammates for teammates.
type InternalArticle struct {
	ID                       string      `json:"id" example:"1042"`
	Type                     string      `json:"type" enum:"internal_article"`
	Title                    string      `json:"title"`
	Body                     string      `json:"body"`          // plain text as it was sent, or HTML in a normal form; empty when there is none
	BodyMarkdown             Markdown    `json:"body_markdown"` // the same in Markdown
	OwnerID                  int64       `json:"owner_id"`      // ID of the admin who answers for it
	AuthorID                 int64       `json:"author_id"`     // ID of an admin
	CreatedAt                int64       `json:"created_at"`    // Unix seconds
	UpdatedAt                int64       `json:"updated_at"`    // Unix seconds
	Locale                   string      `json:"locale"`
	FolderID                 *int64      `json:"folder_id"`    // null outside of every folder
	AudienceIDs              []int64     `json:"audience_ids"` // who the assistants may show it to; empty for everyone
	AIChatbotAvailability    bool        `json:"ai_chatbot_availability"`
	AICopilotAvailability    bool        `json:"ai_copilot_availability"`
	AISalesAgentAvailability bool        `json:"ai_sales_agent_availability"`
	Tags                     TagsApplied `json:"tags"`
}

// FromInternalArticle returns the shape of an internal article.
func FromInternalArticle(a *lectern.InternalArticle) InternalArticle {
	out := InternalArticle{
		ID: format(a.ID), Type: "internal_article", Title: a.Title, Body: a.Body, BodyMarkdown: Markdown(a.Body),
		OwnerID: int64(a.Owner), AuthorID: int64(a.Author),
		CreatedAt: a.CreatedAt.Unix(), UpdatedAt: a.UpdatedAt.Unix(), Locale: string(a.Locale),
		AudienceIDs:           numbers(a.Audiences),
		AIChatbotAvailability: a.Availability.Chatbot, AICopilotAvailability: a.Availability.Copilot,
		AISalesAgentAvailability: a.Availability.SalesAgent,
		Tags:                     FromTaggings(a.Tags),
	}
	if a.Folder != 0 {
		out.FolderID = new(int64(a.Folder))
	}
	return out
}

// An InternalArticleList is a page of internal articles.
type InternalArticleList struct {
	Type       string            `json:"type" enum:"list"`
	Pages      Pages             `json:"pages"`
	TotalCount int               `json:"total_count"` // internal articles on all pages
	Data       []InternalArticle `json:"data"`
}

// An InternalArticleSearchResponse is a page of the internal articles in a
// folder.
type InternalArticleSearchResponse struct {
	Type       string                    `json:"type" enum:"list"`
	TotalCount int                       `json:"total_count"` // internal articles on all pages
	Data       InternalArticleSearchData `json:"data"`
	Pages      Pages                     `json:"pages"`
}

// InternalArticleSearchData holds what a search found.
type InternalArticleSearchData struct {
	InternalArticles []InternalArticle `json:"internal_articles"`
}

// CreateInternalArticleRequest asks for a new internal article.
type CreateInternalArticleRequest struct {
	Title                    Opt[string] `json:"title" required:"true" example:"How we refund"`      // at most 255 characters
	Body                     Opt[string] `json:"body" example:"<p>Ask the customer for a date.</p>"` // plain text, kept as it is, or HTML, brought into a normal form; not together with body_markdown
	BodyMarkdown             Opt[string] `json:"body_markdown"`                                      // the body as Markdown; not together with body
	AuthorID                 Opt[ID]     `json:"author_id" required:"true"`                          // ID of a teammate
	OwnerID                  Opt[ID]     `json:"owner_id" required:"true"`                           // ID of a teammate
	Locale                   Opt[string] `json:"locale"`                                             // the default locale unless given
	FolderID                 Opt[ID]     `json:"folder_id"`                                          // ID of a folder; null for none
	AudienceIDs              Opt[[]ID]   `json:"audience_ids"`                                       // IDs of audiences; none for everyone
	AIChatbotAvailability    Opt[bool]   `json:"ai_chatbot_availability"`                            // false unless given
	AICopilotAvailability    Opt[bool]   `json:"ai_copilot_availability"`                            // false unless given
	AISalesAgentAvailability Opt[bool]   `json:"ai_sales_agent_availability"`                        // false unless given
}

// UpdateInternalArticleRequest asks for a change of an internal article. Only
// what it names changes.
type UpdateInternalArticleRequest struct {
	Title                    Opt[string] `json:"title"`         // at most 255 characters
	Body                     Opt[string] `json:"body"`          // plain text, kept as it is, or HTML, brought into a normal form; not together with body_markdown
	BodyMarkdown             Opt[string] `json:"body_markdown"` // the body as Markdown; not together with body
	AuthorID                 Opt[ID]     `json:"author_id"`     // ID of a teammate
	OwnerID                  Opt[ID]     `json:"owner_id"`      // ID of a teammate
	Locale                   Opt[string] `json:"locale"`
	FolderID                 Opt[ID]     `json:"folder_id"`    // ID of a folder; null takes it out of its folder
	AudienceIDs              Opt[[]ID]   `json:"audience_ids"` // IDs of audiences; an empty list for everyone
	AIChatbotAvailability    Opt[bool]   `json:"ai_chatbot_availability"`
	AICopilotAvailability    Opt[bool]   `json:"ai_copilot_availability"`
	AISalesAgentAvailability Opt[bool]   `json:"ai_sales_agent_availability"`
}
