package apiversion

var v2_13 = Version{Name: "2.13", Changes: []*Change{&articlesCarryTags, &internalArticlesExist}}

var articlesCarryTags = Change{
	About: "Articles list the tags applied to them.",
	Response: map[string][]Edit{
		"article":           {Drop("tags")},
		"article_list_item": {Drop("tags")},
	},
}

var internalArticlesExist = Change{
	About: "Internal articles, which only teammates read, can be listed, searched, created, retrieved, updated and deleted.",
	Added: []string{
		"GET /internal_articles", "POST /internal_articles", "GET /internal_articles/search",
		"GET /internal_articles/{id}", "PUT /internal_articles/{id}", "DELETE /internal_articles/{id}",
	},
}
