package apiversion

import "lectern/internal/wire"

var v2_10 = Version{Name: "2.10", Changes: []*Change{&SectionsAreCollections, &articlesAreSearched}}

// SectionsAreCollections: before it, a collection inside a collection is a
// section with operations of its own.
var SectionsAreCollections = Change{
	About: "Sections are collections inside a collection; collections have a parent_id and no type.",
	Response: map[string][]Edit{
		"collection":        {Drop("parent_id"), collectionsHaveAType},
		"article":           {parentsMayBeSections},
		"article_list_item": {parentsMayBeSections},
	},
	Request: map[string][]Edit{
		"create_collection_request": {Drop("parent_id")},
		"update_collection_request": {Drop("parent_id")},
	},
	Removed: []string{
		"GET /help_center/sections", "POST /help_center/sections",
		"GET /help_center/sections/{id}", "PUT /help_center/sections/{id}", "DELETE /help_center/sections/{id}",
	},
}

var collectionsHaveAType = Edit{
	Object: func(o *Object) { o.Set("type", "collection") },
	Schema: func(schema *Object) {
		schema.Get("properties").(*Object).Set("type", NewObject("type", "string", "enum", []any{"collection"}))
		schema.Set("required", append(schema.Get("required").([]any), "type"))
	},
}

// parentsMayBeSections tells an article in a section from one in a collection.
var parentsMayBeSections = Edit{
	Object: func(o *Object) {
		if parents, _ := o.Get("parent_ids").([]wire.ParentRef); len(parents) > 0 && parents[0].Section {
			o.Set("parent_type", "section")
		}
	},
	Schema: func(schema *Object) {
		kind := schema.Get("properties").(*Object).Get("parent_type").(*Object)
		kind.Set("enum", append([]any{"section"}, kind.Get("enum").([]any)...))
	},
}

var articlesAreSearched = Change{
	About: "Articles can be searched by phrase.",
	Added: []string{"GET /articles/search"},
}
