package wire

// CreateArticleRequest asks for a new article.
type CreateArticleRequest struct {
	Title                    Opt[string]                              `json:"title" required:"true" example:"Change your password"` // at most 255 characters
	Description              Opt[string]                              `json:"description" example:"How to choose a new one"`
	Body                     Opt[string]                              `json:"body" example:"<p>Open the settings.</p>"` // HTML or plain text; brought into a normal form
	BodyMarkdown             Opt[string]                              `json:"body_markdown"`                            // Markdown instead of body
	AuthorID                 Opt[ID]                                  `json:"author_id"`                                // ID of a teammate; may stand in the default locale's entry of translated_content instead
	State                    Opt[string]                              `json:"state" enum:"published,draft"`             // draft unless given
	ParentID                 Opt[ID]                                  `json:"parent_id"`                                // ID of a collection
	ParentType               Opt[string]                              `json:"parent_type" enum:"collection,section"`    // collection unless given
	ParentIDs                Opt[[]ID]                                `json:"parent_ids"`                               // IDs of collections; takes precedence over parent_id
	TranslatedContent        Opt[Translations[ArticleContentRequest]] `json:"translated_content"`                       // texts by locale
	FolderID                 Opt[ID]                                  `json:"folder_id"`                                // ID of a folder
	AudienceIDs              Opt[[]ID]                                `json:"audience_ids"`                             // audiences the texts in all locales are meant for; none is everyone
	AIChatbotAvailability    Opt[bool]                                `json:"ai_chatbot_availability"`                  // true unless given
	AICopilotAvailability    Opt[bool]                                `json:"ai_copilot_availability"`                  // true unless given
	AISalesAgentAvailability Opt[bool]                                `json:"ai_sales_agent_availability"`              // true unless given
	ScheduledPublishAt       Opt[Time]                                `json:"scheduled_publish_at"`                     // when to publish it
	ScheduledUnpublishAt     Opt[Time]                                `json:"scheduled_unpublish_at"`                   // when to make it a draft again
}

// UpdateArticleRequest asks for a change of an article. Only what it names changes.
type UpdateArticleRequest struct {
	Title                    Opt[string]                              `json:"title"` // at most 255 characters
	Description              Opt[string]                              `json:"description"`
	Body                     Opt[string]                              `json:"body"`          // HTML or plain text; brought into a normal form
	BodyMarkdown             Opt[string]                              `json:"body_markdown"` // Markdown instead of body
	AuthorID                 Opt[ID]                                  `json:"author_id"`     // ID of a teammate
	State                    Opt[string]                              `json:"state" enum:"published,draft"`
	ParentID                 Opt[ID]                                  `json:"parent_id"` // ID of a collection; null or "" takes the article out of its collections
	ParentType               Opt[string]                              `json:"parent_type" enum:"collection,section"`
	ParentIDs                Opt[[]ID]                                `json:"parent_ids"`         // IDs of collections; none takes the article out of its collections. Goes before parent_id
	TranslatedContent        Opt[Translations[ArticleContentRequest]] `json:"translated_content"` // merged by locale and field
	FolderID                 Opt[ID]                                  `json:"folder_id"`          // ID of a folder; null takes the article out of its folder
	AudienceIDs              Opt[[]ID]                                `json:"audience_ids"`       // audiences the texts in all locales are meant for; none is everyone
	AIChatbotAvailability    Opt[bool]                                `json:"ai_chatbot_availability"`
	AICopilotAvailability    Opt[bool]                                `json:"ai_copilot_availability"`
	AISalesAgentAvailability Opt[bool]                                `json:"ai_sales_agent_availability"`
	ScheduledPublishAt       Opt[Time]                                `json:"scheduled_publish_at"`   // when to publish it, and what is staged by then; null cancels that
	ScheduledUnpublishAt     Opt[Time]                                `json:"scheduled_unpublish_at"` // when to make it a draft again; null cancels that
}

// ArticleContentRequest is what a request says of an article in one locale.
type ArticleContentRequest struct {
	Title                    Opt[string] `json:"title"`
	Description              Opt[string] `json:"description"`
	Body                     Opt[string] `json:"body"`          // HTML or plain text; brought into a normal form
	BodyMarkdown             Opt[string] `json:"body_markdown"` // Markdown instead of body
	AuthorID                 Opt[ID]     `json:"author_id"`     // the article's author unless given
	State                    Opt[string] `json:"state" enum:"published,draft"`
	AudienceIDs              Opt[[]ID]   `json:"audience_ids"` // audiences the text is meant for; none is everyone
	AIChatbotAvailability    Opt[bool]   `json:"ai_chatbot_availability"`
	AICopilotAvailability    Opt[bool]   `json:"ai_copilot_availability"`
	AISalesAgentAvailability Opt[bool]   `json:"ai_sales_agent_availability"`
}

// PublishArticleDraftRequest says what to publish of what is staged.
type PublishArticleDraftRequest struct {
	Locales Opt[[]string] `json:"locales"` // required once the help center has several languages
}
