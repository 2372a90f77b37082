package fidelity

// folders has one inside another, which holds something, and an empty one.
var folders = noun{
	things: []thing{
		{as: "folder", route: "POST /folders", body: `{"folder":{"name":"Handbook","description":"How we work","emoji":"📚"}}`, find: "GET /folders data.0.id"},
		{as: "inner_folder", route: "POST /folders", body: `{"folder":{"name":"Refunds","parent_folder_id":{folder}}}`, find: "GET /folders data.1.id"},
		{as: "doomed_folder", route: "POST /folders", body: `{"folder":{"name":"Doomed"}}`},
	},
	operations: []operation{
		{"GET /folders", []testCase{
			{name: "all", want: values{
				"type": "list", "data.#": "3", "data.*.id": "{doomed_folder} {inner_folder} {folder}", "{}": "type data total_count pages", "total_count": "3", "pages.type": "pages", "pages.page": "1", "pages.per_page": "50",
				"pages.total_pages": "1", "pages.next": absent,
			}},
			{name: "in a folder", path: "/folders?parent_folder_id={folder}", want: values{
				"data.#": "1", "data.0.id": "{inner_folder}", "data.0.parent_folder_id": "{folder}", "data.0.content_count": "1",
			}},
			{name: "a page that has a next one", path: "/folders?per_page=2", want: values{
				"data.#": "2", "total_count": "3", "pages.next": "{base}/folders?per_page=2&page=2",
			}},
			{name: "a page past the end", path: "/folders?page=9", want: values{"data.#": "0", "total_count": "3"}},
			{name: "more than a page may hold", path: "/folders?per_page=151", status: 400, code: "parameter_invalid", message: "Per Page is too big"},
		}},
		{"POST /folders", []testCase{
			{name: "at the top", body: `{"folder":{"name":"Product Documentation","description":"Internal product docs","emoji":"📚"}}`, want: values{
				"name": "Product Documentation", "description": "Internal product docs", "emoji": "📚", "parent_folder_id": "<nil>", "content_count": "0",
			}},
			{name: "inside another", body: `{"folder":{"name":"Inner","parent_folder_id":{folder}}}`, want: values{
				"parent_folder_id": "{folder}", "description": "<nil>", "emoji": "<nil>",
			}},
			{name: "without a folder", body: `{"name":"Bare"}`, status: 400, code: "parameter_not_found", message: "Folder is a required parameter."},
			{name: "without a name", body: `{"folder":{}}`, status: 400, code: "parameter_not_found", message: "Name is a required parameter."},
			{name: "inside what does not exist", body: `{"folder":{"name":"Lost","parent_folder_id":999999999}}`,
				status: 400, code: "parameter_invalid", message: "parent_folder_id is invalid"},
		}},
		{"GET /folders/{id}", []testCase{
			{name: "found", path: "/folders/{folder}", want: values{"id": "{folder}", "name": "Handbook", "parent_folder_id": "<nil>"}},
			{name: "not found", path: "/folders/999999999", status: 404, code: "not_found", message: "Resource Not Found"},
		}},
		{"PUT /folders/{id}", []testCase{
			{name: "another name and emoji", path: "/folders/{folder}", body: `{"folder":{"name":"Updated","emoji":"📖"}}`, want: values{
				"name": "Updated", "emoji": "📖", "description": "How we work",
			}},
			{name: "no description", path: "/folders/{folder}", body: `{"folder":{"description":null}}`, want: values{"description": "<nil>"}},
			{name: "inside itself", path: "/folders/{folder}", body: `{"folder":{"parent_folder_id":{inner_folder}}}`,
				status: 400, code: "parameter_invalid", message: "parent_folder_id must not be the folder itself or one inside it"},
			{name: "changed meanwhile", path: "/folders/{folder}", body: `{"folder":{"name":"Late"}}`, header: map[string]string{"If-Match": `"old"`},
				status: 412, code: "conflict", message: "The resource has changed since it was read"},
			{name: "not found", path: "/folders/999999999", body: `{"folder":{"name":"Nothing"}}`, status: 404, code: "not_found", message: "Resource Not Found"},
		}},
		{"DELETE /folders/{id}", []testCase{
			{name: "deleted", path: "/folders/{doomed_folder}", want: values{"id": "{doomed_folder}", "object": "folder", "deleted": "true"}},
			{name: "gone already", path: "/folders/{doomed_folder}", status: 404, code: "not_found", message: "Resource Not Found"},
			{name: "one that holds something", path: "/folders/{inner_folder}", status: 422, code: "data_invalid", message: "Folder is not empty"},
		}},
	},
}
