package apiversion

var v2_12 = Version{Name: "2.12", Changes: []*Change{&externalPagesExist}}

var externalPagesExist = Change{
	About: "Pages written elsewhere can be brought in as external pages of a content import source.",
	Added: []string{
		"GET /ai/content_import_sources", "POST /ai/content_import_sources",
		"GET /ai/content_import_sources/{id}", "PUT /ai/content_import_sources/{id}", "DELETE /ai/content_import_sources/{id}",
		"GET /ai/external_pages", "POST /ai/external_pages",
		"GET /ai/external_pages/{id}", "PUT /ai/external_pages/{id}", "DELETE /ai/external_pages/{id}",
	},
}
