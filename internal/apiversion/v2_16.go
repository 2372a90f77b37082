package apiversion

var v2_16 = Version{Name: "2.16", Unserved: true, Changes: []*Change{&contentIsManaged}}

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
		"GET /content/search", "POST /content/bulk_actions",
		"GET /audiences", "POST /audiences", "GET /audiences/{id}", "PUT /audiences/{id}", "DELETE /audiences/{id}",
	},
}
