package apiversion

var v2_10 = Version{Name: "2.10", Changes: []*Change{&SectionsAreCollections, &articlesAreSearched}}

// SectionsAreCollections: before it, a collection inside a collection is a
// section with operations of its own.
var SectionsAreCollections = Change{
	About: "Sections are collections inside a collection; collections have a parent_id and no type.",
	Removed: []string{
		"GET /help_center/sections", "POST /help_center/sections",
		"GET /help_center/sections/{id}", "PUT /help_center/sections/{id}", "DELETE /help_center/sections/{id}",
	},
}

var articlesAreSearched = Change{
	About: "Articles can be searched by phrase.",
	Added: []string{"GET /articles/search"},
}
