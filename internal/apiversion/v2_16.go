package apiversion

var v2_16 = Version{Name: "2.16", Changes: []*Change{&contentIsManaged, &ArticlesSayMore, &adminsHaveRoles, &helpCentersListLocales, &InternalArticlesSayMore, &TaggingTellsOutcome, &activityIsSearched, &MalformedJSONIsListed}}

var adminsHaveRoles = Change{
	About:    "Admins carry a role.",
	Response: map[string][]Edit{"admin": {Drop("role")}},
}

var helpCentersListLocales = Change{
	About:    "Help centers say which one is the default and which languages are switched on.",
	Response: map[string][]Edit{"help_center": {Drop("default", "locales")}},
}

// InternalArticlesSayMore: before it, a body is HTML or plain text.
var InternalArticlesSayMore = Change{
	About: "Internal articles can be read and written as Markdown, and say whom they are meant for and which assistants may answer from them.",
	Response: map[string][]Edit{
		"internal_article": {Drop("body_markdown", "audience_ids", "ai_chatbot_availability", "ai_copilot_availability", "ai_sales_agent_availability")},
	},
	Request: map[string][]Edit{
		"create_internal_article_request": {Drop("body_markdown", "audience_ids", "ai_chatbot_availability", "ai_copilot_availability", "ai_sales_agent_availability")},
		"update_internal_article_request": {Drop("body_markdown", "audience_ids", "ai_chatbot_availability", "ai_copilot_availability", "ai_sales_agent_availability")},
	},
}

// TaggingTellsOutcome: before it, a tag is refused when a user or company it is
// to be put on is not found.
var TaggingTellsOutcome = Change{
	About:    "The answer to POST /tags says which users and companies the tag was put on; unknown ones are no error.",
	Response: map[string][]Edit{"tag_create_response": {Drop("users", "companies")}},
}

var contentIsManaged = Change{
	About: "Drafts, versions, tagging, redirects, snippets, audiences, content search and bulk actions exist.",
	Added: []string{
		"GET /articles/{id}/draft", "PUT /articles/{id}/draft", "POST /articles/{id}/draft/publish",
		"GET /articles/{id}/versions", "GET /articles/{id}/versions/{version_id}",
		"POST /articles/{id}/tags", "DELETE /articles/{id}/tags/{tag_id}",
		"POST /internal_articles/{id}/tags", "DELETE /internal_articles/{id}/tags/{tag_id}",
		"GET /help_center/help_centers/{id}/redirects", "POST /help_center/help_centers/{id}/redirects",
		"GET /help_center/help_centers/{id}/redirects/{redirect_id}", "DELETE /help_center/help_centers/{id}/redirects/{redirect_id}",
		"GET /content_snippets", "POST /content_snippets",
		"GET /content_snippets/{id}", "PUT /content_snippets/{id}", "DELETE /content_snippets/{id}",
		"POST /content_snippets/{id}/tags", "DELETE /content_snippets/{id}/tags/{tag_id}",
		"GET /content/search", "POST /content/bulk_actions", "GET /lectern/bulk_actions/{id}",
		"GET /audiences", "POST /audiences", "GET /audiences/{id}", "PUT /audiences/{id}", "DELETE /audiences/{id}",
	},
}

var activityIsSearched = Change{
	About: "The activity log can be searched by types of event, and these listed.",
	Added: []string{"GET /admins/activity_log_event_types", "POST /admins/activity_logs/search"},
}

// MalformedJSONIsListed: before it, a body that is not JSON is answered with a
// status and a sentence alone.
var MalformedJSONIsListed = Change{About: "A body that is not JSON is refused with an error.list like anything else."}
