package fidelity

import "strings"

// taggings are tags on what other nouns made.
var taggings = noun{
	operations: []operation{
		{"POST /articles/{id}/tags", attached("/articles/{article}", "article", "Article")},
		{"DELETE /articles/{id}/tags/{tag_id}", detached("/articles/{article}", "article", "Article")},
		{"POST /internal_articles/{id}/tags", attached("/internal_articles/{internal_article}", "internal_article", "Internal article")},
		{"DELETE /internal_articles/{id}/tags/{tag_id}", detached("/internal_articles/{internal_article}", "internal_article", "Internal article")},
		{"POST /content_snippets/{id}/tags", attached("/content_snippets/{snippet}", "content_snippet", "Content snippet")},
		{"DELETE /content_snippets/{id}/tags/{tag_id}", detached("/content_snippets/{snippet}", "content_snippet", "Content snippet")},
	},
}

// attached are the cases of putting a tag on a thing.
func attached(thing, kind, words string) []testCase {
	return []testCase{
		{name: "put on", path: thing + "/tags", body: `{"id":"{tag}"}`, want: values{
			"type": "tag", "id": "{tag}", "name": "Billing", "applied_by.type": "admin", "applied_by.id": "{admin}",
		}},
		{name: "put on again, by another", path: thing + "/tags", body: `{"id":"{tag}","admin_id":"{other_admin}"}`, want: values{"applied_by.id": "{admin}"}},
		{name: "on nothing", path: missing(thing) + "/tags", body: `{"id":"{tag}"}`, status: 404, code: kind + "_not_found", message: words + " not found"},
		{name: "one that does not exist", path: thing + "/tags", body: `{"id":"999999999"}`, status: 404, code: "tag_not_found", message: "Tag not found"},
		{name: "none", path: thing + "/tags", body: `{}`, status: 400, code: "parameter_not_found", message: "id is a required parameter."},
		{name: "by a stranger", path: thing + "/tags", body: `{"id":"{tag}","admin_id":"999999999"}`, status: 400, code: "parameter_invalid", message: "admin_id must be a teammate on the workspace"},
	}
}

// detached are the cases of taking it off.
func detached(thing, kind, words string) []testCase {
	return []testCase{
		{name: "taken off", path: thing + "/tags/{tag}", want: values{
			"type": "tag", "id": "{tag}", "name": "Billing", "applied_at": "<nil>", "applied_by": "<nil>",
		}},
		{name: "off nothing", path: missing(thing) + "/tags/{tag}", status: 404, code: kind + "_not_found", message: words + " not found"},
		{name: "one that is not on it", path: thing + "/tags/{tag}", status: 404, code: "tag_not_found", message: "Tag not found"},
		{name: "one that does not exist", path: thing + "/tags/999999999", status: 404, code: "tag_not_found", message: "Tag not found"},
	}
}

// missing is the path of a thing of the same kind that does not exist.
func missing(thing string) string { return thing[:strings.Index(thing, "{")] + "999999999" }
