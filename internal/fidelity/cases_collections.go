package fidelity

// collections has some in the first help center and one, in two languages, in
// the second. Together with sections there are six.
var collections = noun{
	things: []thing{
		{as: "collection", route: "POST /help_center/collections", body: `{"name":"Getting started"}`, find: "GET /help_center/collections data.0.id"},
		{as: "child", route: "POST /help_center/collections", body: `{"name":"Account","parent_id":{collection}}`, find: "GET /help_center/collections data.1.id"},
		{as: "doomed_collection", route: "POST /help_center/collections", body: `{"name":"Doomed"}`},
		{as: "translated_collection", route: "POST /help_center/collections", find: "GET /help_center/collections data.2.id",
			body: `{"name":"Lessons","help_center_id":{academy},"translated_content":{"fr":{"name":"Leçons"}}}`},
	},
	operations: []operation{
		{"GET /help_center/collections", []testCase{
			{name: "all", want: values{"type": "list", "pages.page": "1", "pages.per_page": "20", "pages.next": absent}},
			{name: "the envelope", want: values{"{}": "type data total_count pages"}},
			{name: "the keys of an item", from: "2.10", path: "/help_center/collections?per_page=1", want: values{
				"data.0.{}": "id workspace_id name url order created_at updated_at description icon parent_id help_center_id default_locale translated_content"}},
			{name: "of every level", from: "2.10", want: values{"data.*.name": "Practice Doomed Lessons Doomed Account Getting started", "data.#": "6", "total_count": "6", "data.0.type": absent}},
			{name: "of the top level", to: "2.9", want: values{"data.*.name": "Lessons Doomed Getting started", "data.#": "3", "total_count": "3", "data.0.type": "collection", "data.0.parent_id": absent}},
			{name: "a page that has a next one", path: "/help_center/collections?per_page=1&page=2", want: values{
				"data.#": "1", "pages.page": "2", "pages.next": "{base}/help_center/collections?per_page=1&page=3",
			}},
			{name: "a page past the end", path: "/help_center/collections?page=9", want: values{"data.#": "0", "pages.page": "9"}},
			{name: "of a help center", from: "2.10", path: "/help_center/collections?help_center_id={academy}", want: values{"data.#": "2", "data.1.id": "{translated_collection}"}},
			{name: "of a help center", to: "2.9", path: "/help_center/collections?help_center_id={academy}", want: values{"data.#": "1", "data.0.id": "{translated_collection}"}},
			{name: "more than a page may hold", path: "/help_center/collections?per_page=1000", status: 400, code: "parameter_invalid", message: "Per Page is too big"},
		}},
		{"POST /help_center/collections", []testCase{
			{name: "at the top", body: `{"name":"Fresh"}`, want: values{
				"name": "Fresh", "description": "", "help_center_id": "{help_center}", "default_locale": absent, "translated_content": absent,
			}},
			{name: "inside another, which is a section's business", to: "2.9", body: `{"name":"Old","parent_id":"{collection}"}`,
				want: values{"type": "collection", "parent_id": absent, "help_center_id": "{help_center}"}},
			{name: "inside another", from: "2.10", body: `{"name":"Inner","description":"D","parent_id":"{collection}"}`,
				want: values{"parent_id": "{collection}", "help_center_id": "<nil>", "description": "D"}},
			{name: "in two languages", want: values{
				"help_center_id": "{academy}", "default_locale": "en", "translated_content.type": "group_translated_content",
				"translated_content.fr.type": "group_content", "translated_content.fr.name": "Deux",
			}, body: `{"name":"Two","help_center_id":{academy},"translated_content":{"type":"group_translated_content","fr":{"type":"group_content","name":"Deux","description":"D"}}}`},
			{name: "without a name", body: `{"description":"Nameless"}`, status: 400, code: "parameter_not_found", message: "Name is a required parameter."},
			{name: "a parent that does not exist", from: "2.10", body: `{"name":"Lost","parent_id":999999999}`, status: 400, code: "parameter_invalid", message: "parent_id is invalid"},
		}},
		{"GET /help_center/collections/{id}", []testCase{
			{name: "at the top", path: "/help_center/collections/{collection}", want: values{
				"id": "{collection}", "workspace_id": "{workspace}", "help_center_id": "{help_center}",
				"url": "{base}/help/en/collections/{collection}-getting-started",
			}},
			{name: "at the top, with a parent_id", from: "2.10", path: "/help_center/collections/{collection}", want: values{"type": absent, "parent_id": "<nil>"}},
			{name: "the keys of one", from: "2.10", path: "/help_center/collections/{collection}", want: values{
				"{}": "id workspace_id name url order created_at updated_at description icon parent_id help_center_id"}},
			{name: "the keys of one, with a type", to: "2.9", path: "/help_center/collections/{collection}", want: values{
				"{}": "id workspace_id name url order created_at updated_at description icon help_center_id type"}},
			{name: "at the top, with a type", to: "2.9", path: "/help_center/collections/{collection}", want: values{"type": "collection", "parent_id": absent}},
			{name: "inside another", from: "2.10", path: "/help_center/collections/{child}", want: values{"parent_id": "{collection}", "help_center_id": "<nil>"}},
			{name: "the ID of a section", to: "2.9", path: "/help_center/collections/{child}", status: 404, code: "not_found", message: "Resource Not Found"},
			{name: "in two languages", path: "/help_center/collections/{translated_collection}", want: values{
				"default_locale": "en", "translated_content.en.name": "Lessons", "translated_content.fr.name": "Leçons",
			}},
			{name: "not found", path: "/help_center/collections/999999999", status: 404, code: "not_found", message: "Resource Not Found"},
		}},
		{"PUT /help_center/collections/{id}", []testCase{
			{name: "the description alone", path: "/help_center/collections/{collection}", body: `{"description":"First steps"}`,
				want: values{"name": "Getting started", "description": "First steps"}},
			{name: "the name alone", from: "2.10", path: "/help_center/collections/{child}", body: `{"name":"Account"}`,
				want: values{"name": "Account", "parent_id": "{collection}"}},
			{name: "to the top", from: "2.10", path: "/help_center/collections/{child}", body: `{"parent_id":null}`,
				want: values{"parent_id": "<nil>", "help_center_id": "{help_center}"}},
			{name: "into another", from: "2.10", path: "/help_center/collections/{child}", body: `{"parent_id":{collection}}`, want: values{"parent_id": "{collection}"}},
			{name: "another language alone", path: "/help_center/collections/{translated_collection}", body: `{"translated_content":{"fr":{"description":"Neuf"}}}`,
				want: values{"translated_content.fr.description": "Neuf", "translated_content.fr.name": "Leçons"}},
			{name: "changed since it was read", path: "/help_center/collections/{collection}", header: map[string]string{"If-Match": `"old"`}, body: `{"name":"Late"}`,
				status: 412, code: "conflict", message: "The resource has changed since it was read"},
			{name: "the ID of a section", to: "2.9", path: "/help_center/collections/{child}", body: `{"name":"Nobody"}`, status: 404, code: "not_found", message: "Resource Not Found"},
			{name: "a parent that does not exist", from: "2.10", path: "/help_center/collections/{child}", body: `{"parent_id":999999999}`,
				status: 400, code: "parameter_invalid", message: "parent_id is invalid"},
			{name: "not found", path: "/help_center/collections/999999999", body: `{"name":"Nobody"}`, status: 404, code: "not_found", message: "Resource Not Found"},
		}},
		{"GET /lectern/collections/{id}/order", []testCase{
			{name: "of what is in it", path: "/lectern/collections/{collection}/order", want: values{
				"id": "{collection}", "type": "collection_order", "{}": "id type article_ids collection_ids"}},
			{name: "not found", path: "/lectern/collections/999999999/order", status: 404, code: "not_found", message: "Resource Not Found"},
		}},
		{"PUT /lectern/collections/{id}/order", []testCase{
			{name: "one first", path: "/lectern/collections/{collection}/order", body: `{"article_ids":[],"collection_ids":["{child}"]}`, want: values{
				"id": "{collection}", "type": "collection_order", "collection_ids.0": "{child}"}},
			{name: "an article that is elsewhere", path: "/lectern/collections/{collection}/order", body: `{"article_ids":["7"]}`,
				status: 400, code: "parameter_invalid", message: "article_ids names 7, which is not in the collection"},
			{name: "not found", path: "/lectern/collections/999999999/order", body: `{}`, status: 404, code: "not_found", message: "Resource Not Found"},
		}},
		{"GET /lectern/help_centers/{id}/order", []testCase{
			{name: "of the top level", path: "/lectern/help_centers/{academy}/order", want: values{
				"id": "{academy}", "type": "help_center_order", "collection_ids.0": "{translated_collection}"}},
			{name: "not found", path: "/lectern/help_centers/999999999/order", status: 404, code: "not_found", message: "Resource Not Found"},
		}},
		{"PUT /lectern/help_centers/{id}/order", []testCase{
			{name: "one first", path: "/lectern/help_centers/{academy}/order", body: `{"collection_ids":[{translated_collection}]}`, want: values{
				"id": "{academy}", "type": "help_center_order", "collection_ids.0": "{translated_collection}"}},
			{name: "one that is below the top level", path: "/lectern/help_centers/{help_center}/order", body: `{"collection_ids":[7]}`,
				status: 400, code: "parameter_invalid", message: "collection_ids names 7, which is not at the top level of the help center"},
			{name: "not found", path: "/lectern/help_centers/999999999/order", body: `{}`, status: 404, code: "not_found", message: "Resource Not Found"},
		}},
		{"DELETE /help_center/collections/{id}", []testCase{
			{name: "deleted", path: "/help_center/collections/{doomed_collection}", want: values{"id": "{doomed_collection}", "object": "collection", "deleted": "true"}},
			{name: "gone already", path: "/help_center/collections/{doomed_collection}", status: 404, code: "not_found", message: "Resource Not Found"},
		}},
	},
}
