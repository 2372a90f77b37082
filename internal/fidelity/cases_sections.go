package fidelity

// sections are collections inside others, to the versions before 2.10.
// {child} is one of those in collections.
var sections = noun{
	things: []thing{
		{as: "doomed_section", route: "POST /help_center/collections", body: `{"name":"Doomed","parent_id":{collection}}`},
		{as: "translated_section", route: "POST /help_center/collections", find: "GET /help_center/sections data.0.id",
			body: `{"name":"Practice","parent_id":{translated_collection},"translated_content":{"fr":{"name":"Exercices"}}}`},
	},
	operations: []operation{
		{"GET /help_center/sections", []testCase{
			{name: "all", want: values{
				"type": "list", "data.#": "3", "data.*.id": "{translated_section} {doomed_section} {child}", "total_count": "3", "pages.page": "1", "pages.per_page": "20", "pages.next": absent,
				"data.0.type": "section", "data.0.id": "{translated_section}", "data.0.parent_id": "{translated_collection}",
			}},
			{name: "a page that has a next one", path: "/help_center/sections?per_page=1&page=2", want: values{
				"data.#": "1", "pages.total_pages": "3", "pages.next": "{base}/help_center/sections?per_page=1&page=3",
			}},
			{name: "a page past the end", path: "/help_center/sections?page=9", want: values{"data.#": "0", "total_count": "3"}},
			{name: "of a help center", path: "/help_center/sections?help_center_id={academy}", want: values{"data.#": "1", "data.0.id": "{translated_section}"}},
			{name: "more than a page may hold", path: "/help_center/sections?per_page=251", status: 400, code: "parameter_invalid", message: "Per Page is too big"},
		}},
		{"POST /help_center/sections", []testCase{
			{name: "in a collection", body: `{"name":"Fresh","parent_id":{collection}}`, want: values{
				"type": "section", "name": "Fresh", "parent_id": "{collection}", "workspace_id": "{workspace}",
				"description": absent, "default_locale": absent, "translated_content": absent,
			}},
			{name: "in a section", body: `{"name":"Inner","parent_id":"{child}"}`, want: values{"type": "section", "parent_id": "{child}"}},
			{name: "in two languages", want: values{
				"default_locale": "en", "translated_content.type": "group_translated_content",
				"translated_content.fr.type": "group_content", "translated_content.fr.name": "Deux",
			}, body: `{"name":"Two","parent_id":{translated_collection},"translated_content":{"type":"group_translated_content","fr":{"type":"group_content","name":"Deux"}}}`},
			{name: "without a name", body: `{"parent_id":{collection}}`, status: 400, code: "parameter_not_found", message: "Name is a required parameter."},
			{name: "without a parent", body: `{"name":"Nowhere"}`, status: 400, code: "parameter_not_found", message: "parent_id is a required parameter."},
			{name: "a parent that does not exist", body: `{"name":"Lost","parent_id":999999999}`, status: 400, code: "parameter_invalid", message: "parent_id is invalid"},
		}},
		{"GET /help_center/sections/{id}", []testCase{
			{name: "found", path: "/help_center/sections/{child}", want: values{
				"id": "{child}", "type": "section", "parent_id": "{collection}", "name": "Account", "url": "{base}/help/en/collections/{child}-account",
			}},
			{name: "in two languages", path: "/help_center/sections/{translated_section}", want: values{
				"default_locale": "en", "translated_content.en.name": "Practice", "translated_content.fr.name": "Exercices",
			}},
			{name: "the ID of a collection", path: "/help_center/sections/{collection}", status: 404, code: "not_found", message: "Resource Not Found"},
			{name: "not found", path: "/help_center/sections/999999999", status: 404, code: "not_found", message: "Resource Not Found"},
		}},
		{"PUT /help_center/sections/{id}", []testCase{
			{name: "the name alone", path: "/help_center/sections/{child}", body: `{"name":"Accounts"}`,
				want: values{"type": "section", "name": "Accounts", "parent_id": "{collection}"}},
			{name: "the name and the parent", path: "/help_center/sections/{child}", body: `{"name":"Account","parent_id":{collection}}`,
				want: values{"name": "Account", "parent_id": "{collection}"}},
			{name: "another language alone", path: "/help_center/sections/{translated_section}", body: `{"translated_content":{"fr":{"name":"Travaux"}}}`,
				want: values{"translated_content.fr.name": "Travaux", "name": "Practice"}},
			{name: "into nothing", path: "/help_center/sections/{child}", body: `{"parent_id":null}`, status: 400, code: "parameter_invalid", message: "parent_id is invalid"},
			{name: "a parent that does not exist", path: "/help_center/sections/{child}", body: `{"parent_id":999999999}`,
				status: 400, code: "parameter_invalid", message: "parent_id is invalid"},
			{name: "changed since it was read", path: "/help_center/sections/{child}", header: map[string]string{"If-Match": `"old"`}, body: `{"name":"Late"}`,
				status: 412, code: "conflict", message: "The resource has changed since it was read"},
			{name: "the ID of a collection", path: "/help_center/sections/{collection}", body: `{"name":"Nobody"}`, status: 404, code: "not_found", message: "Resource Not Found"},
			{name: "not found", path: "/help_center/sections/999999999", body: `{"name":"Nobody"}`, status: 404, code: "not_found", message: "Resource Not Found"},
		}},
		{"DELETE /help_center/sections/{id}", []testCase{
			{name: "deleted", path: "/help_center/sections/{doomed_section}", want: values{"id": "{doomed_section}", "object": "section", "deleted": "true"}},
			{name: "gone already", path: "/help_center/sections/{doomed_section}", status: 404, code: "not_found", message: "Resource Not Found"},
			{name: "the ID of a collection", path: "/help_center/sections/{collection}", status: 404, code: "not_found", message: "Resource Not Found"},
		}},
	},
}
