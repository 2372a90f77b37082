package apiversion

var v2_15 = Version{Name: "2.15", Changes: []*Change{&brandsExist, &ImportSourcesHaveAudiences}}

var brandsExist = Change{
	About: "Brands can be listed and retrieved.",
	Added: []string{"GET /brands", "GET /brands/{id}"},
}

// ImportSourcesHaveAudiences says that sources carry audience_ids.
var ImportSourcesHaveAudiences = Change{
	About:    "The pages of a content import source can be meant for audiences.",
	Response: map[string][]Edit{"content_import_source": {Drop("audience_ids")}},
	Request: map[string][]Edit{
		"create_content_import_source_request": {Drop("audience_ids")},
		"update_content_import_source_request": {Drop("audience_ids", "apply_audience_to_existing_content")},
	},
}
