package apiversion

var preview = Version{Name: "Preview", Changes: []*Change{&FoldersExist, &meHasARole, &externalPagesSayWhoAnswers, &teamsAreStaffed}}

var meHasARole = Change{
	About:    "The admin a token acts for carries a role.",
	Response: map[string][]Edit{"admin_with_app": {Drop("role")}},
}

// FoldersExist: before it, a search in a folder leaves out the folders inside it.
var FoldersExist = Change{
	About: "Content can be kept in folders; internal articles show their folder and tags.",
	Response: map[string][]Edit{
		"article":           {Drop("folder_id")},
		"article_list_item": {Drop("folder_id")},
		"internal_article":  {Drop("folder_id", "tags")},
	},
	Request: map[string][]Edit{
		"create_article_request":          {Drop("folder_id")},
		"update_article_request":          {Drop("folder_id")},
		"create_internal_article_request": {Drop("folder_id")},
		"update_internal_article_request": {Drop("folder_id")},
	},
	Added: []string{"GET /folders", "POST /folders", "GET /folders/{id}", "PUT /folders/{id}", "DELETE /folders/{id}"},
}

var externalPagesSayWhoAnswers = Change{
	About: "A request says which assistants may answer from an external page, sales included.",
	Request: map[string][]Edit{
		"create_external_page_request": {Drop("ai_sales_agent_availability")},
		"update_external_page_request": {Drop("ai_agent_availability", "ai_copilot_availability", "ai_sales_agent_availability")},
	},
}

var teamsAreStaffed = Change{
	About: "The teammates of a team can be replaced.",
	Added: []string{"PUT /teams/{id}"},
}
