package fidelity

// redirects of the help center that is there from the start.
var redirects = noun{
	things: []thing{
		{as: "redirect", route: "POST /help_center/help_centers/{id}/redirects", path: "/help_center/help_centers/{help_center}/redirects",
			body: `{"from_url":"{base}/help/old-page","locale":"en","target_type":"article","target_id":"{article}"}`},
		{as: "doomed_redirect", route: "POST /help_center/help_centers/{id}/redirects", path: "/help_center/help_centers/{help_center}/redirects",
			body: `{"from_url":"{base}/help/old-section?id=7","locale":"en","target_type":"collection","target_id":"{collection}"}`},
	},
	operations: []operation{
		{"GET /help_center/help_centers/{id}/redirects", []testCase{
			{name: "all", path: "/help_center/help_centers/{help_center}/redirects", want: values{
				"type": "list", "data.#": "2", "data.*.id": "{doomed_redirect} {redirect}", "{}": "type data total_count pages", "data.0.type": "help_center_redirect", "total_count": "2",
				"pages.type": "pages", "pages.page": "1", "pages.per_page": "50", "pages.total_pages": "1", "pages.next": absent,
			}},
			{name: "a page that has a next one", path: "/help_center/help_centers/{help_center}/redirects?per_page=1", want: values{
				"data.#": "1", "pages.total_pages": "2", "pages.next": "{base}/help_center/help_centers/{help_center}/redirects?per_page=1&page=2",
			}},
			{name: "of another help center", path: "/help_center/help_centers/{academy}/redirects", want: values{"data.#": "0", "total_count": "0", "pages.total_pages": "0"}},
			{name: "more than a page may hold", path: "/help_center/help_centers/{help_center}/redirects?per_page=251", status: 400, code: "parameter_invalid", message: "Per Page is too big"},
			{name: "of no help center", path: "/help_center/help_centers/999999999/redirects", status: 404, code: "not_found", message: "Resource not found"},
		}},
		{"POST /help_center/help_centers/{id}/redirects", []testCase{
			{name: "to an article", path: "/help_center/help_centers/{help_center}/redirects", want: values{
				"type": "help_center_redirect", "from_url": "{base}/help/a/b?c=d", "locale": "en", "help_center_id": "{help_center}", "target_type": "article", "target_id": "{article}",
			}, body: `{"from_url":"{base}/help/a/b?c=d","locale":"en","target_type":"article","target_id":"{article}"}`},
			{name: "to a collection", path: "/help_center/help_centers/{help_center}/redirects", want: values{"target_type": "collection", "target_id": "{collection}"},
				body: `{"from_url":"{base}/help/en/articles/1-gone","locale":"en","target_type":"collection","target_id":{collection}}`},
			{name: "in a language that the target has not", path: "/help_center/help_centers/{help_center}/redirects", want: values{"locale": "en"},
				body: `{"from_url":"{base}/help/alt","locale":"de","target_type":"article","target_id":"{article}"}`},
			{name: "from nowhere", path: "/help_center/help_centers/{help_center}/redirects", body: `{"locale":"en","target_type":"article","target_id":"{article}"}`,
				status: 400, code: "parameter_not_found", message: "from_url is required"},
			{name: "in no language", path: "/help_center/help_centers/{help_center}/redirects", body: `{"from_url":"{base}/help/x","target_type":"article","target_id":"{article}"}`,
				status: 400, code: "parameter_not_found", message: "locale is required"},
			{name: "in an unknown language", path: "/help_center/help_centers/{help_center}/redirects",
				body:   `{"from_url":"{base}/help/x","locale":"xx","target_type":"article","target_id":"{article}"}`,
				status: 400, code: "parameter_invalid", message: `Unknown locale "xx"`},
			{name: "to something else", path: "/help_center/help_centers/{help_center}/redirects",
				body:   `{"from_url":"{base}/help/x","locale":"en","target_type":"page","target_id":"{article}"}`,
				status: 400, code: "parameter_invalid", message: "target_type must be 'article' or 'collection'"},
			{name: "from an address that has one", path: "/help_center/help_centers/{help_center}/redirects",
				body:   `{"from_url":"{base}/help/old-page","locale":"en","target_type":"collection","target_id":"{collection}"}`,
				status: 409, code: "resource_conflict", message: "A redirect with that URL already exists"},
			{name: "from elsewhere", path: "/help_center/help_centers/{help_center}/redirects",
				body:   `{"from_url":"https://elsewhere.example.com/help/x","locale":"en","target_type":"article","target_id":"{article}"}`,
				status: 422, code: "data_invalid", message: "from_url must be an absolute URL within this help center's URL space"},
			{name: "from the target", path: "/help_center/help_centers/{help_center}/redirects",
				body:   `{"from_url":"{base}/help/en/articles/{article}-title","locale":"en","target_type":"article","target_id":"{article}"}`,
				status: 422, code: "data_invalid", message: "from_url must not be the address of the target"},
			{name: "to nothing", path: "/help_center/help_centers/{help_center}/redirects",
				body:   `{"from_url":"{base}/help/x","locale":"en","target_type":"article","target_id":"999999999"}`,
				status: 404, code: "not_found", message: "Resource not found"},
			{name: "of no help center", path: "/help_center/help_centers/999999999/redirects",
				body:   `{"from_url":"{base}/help/x","locale":"en","target_type":"article","target_id":"{article}"}`,
				status: 404, code: "not_found", message: "Resource not found"},
		}},
		{"GET /help_center/help_centers/{id}/redirects/{redirect_id}", []testCase{
			{name: "found", path: "/help_center/help_centers/{help_center}/redirects/{redirect}", want: values{
				"id": "{redirect}", "from_url": "{base}/help/old-page", "target_type": "article", "target_id": "{article}",
			}},
			{name: "not found", path: "/help_center/help_centers/{help_center}/redirects/999999999", status: 404, code: "not_found", message: "Resource not found"},
			{name: "of another help center", path: "/help_center/help_centers/{academy}/redirects/{redirect}", status: 404, code: "not_found", message: "Resource not found"},
		}},
		{"DELETE /help_center/help_centers/{id}/redirects/{redirect_id}", []testCase{
			{name: "deleted", path: "/help_center/help_centers/{help_center}/redirects/{doomed_redirect}", want: values{
				"id": "{doomed_redirect}", "object": "help_center_redirect", "deleted": "true",
			}},
			{name: "gone already", path: "/help_center/help_centers/{help_center}/redirects/{doomed_redirect}", status: 404, code: "not_found", message: "Resource not found"},
		}},
	},
}
