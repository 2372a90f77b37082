package fidelity

// audiences
var audiences = noun{
	things: []thing{
		{as: "audience", route: "POST /audiences", find: "GET /audiences data.0.id",
			body: `{"name":"VIP","predicates":[{"attribute":"company.name","type":"string","comparison":"contains","value":"Acme"}],
				"role_predicates":[{"attribute":"role","type":"role","comparison":"eq","value":"user"}]}`},
		{as: "doomed_audience", route: "POST /audiences", body: `{"name":"Doomed"}`},
	},
	operations: []operation{
		{"GET /audiences", []testCase{
			{name: "all", want: values{
				"type": "list", "data.#": "2", "data.*.id": "{audience} {doomed_audience}", "{}": "type data total_count page per_page total_pages", "data.0.type": "audience", "total_count": "2", "page": "1", "per_page": "50", "total_pages": "1", "pages": absent,
			}},
			{name: "the second of two pages", path: "/audiences?page=2&per_page=1", want: values{
				"data.#": "1", "data.0.id": "{doomed_audience}", "page": "2", "per_page": "1", "total_pages": "2",
			}},
			{name: "a page past the end", path: "/audiences?page=9", want: values{"data.#": "0", "total_count": "2", "page": "9"}},
			{name: "more than a page may hold", path: "/audiences?per_page=51", status: 400, code: "parameter_invalid", message: "Per Page is too big"},
		}},
		{"POST /audiences", []testCase{
			{name: "with predicates", status: 201, want: values{
				"type": "audience", "name": "VIP Customers", "predicates.#": "1", "predicates.0.attribute": "company.name", "predicates.0.type": "string",
				"predicates.0.comparison": "contains", "predicates.0.value": "Acme", "role_predicates.0.value": "user",
			}, body: `{"name":"VIP Customers","predicates":[{"attribute":"company.name","type":"string","comparison":"contains","value":"Acme"}],
				"role_predicates":[{"attribute":"role","type":"role","comparison":"eq","value":"user"}]}`},
			{name: "with a name alone", status: 201, body: `{"name":"Everyone"}`, want: values{"predicates.#": "0", "role_predicates.#": "0"}},
			{name: "without a name", body: `{"predicates":[]}`, status: 422, code: "validation_error", message: "Name is required"},
			{name: "a predicate without an attribute", body: `{"name":"N","predicates":[{"type":"string","comparison":"eq","value":"x"}]}`,
				status: 422, code: "validation_error", message: "predicates must each have an attribute, a type and a comparison"},
			{name: "predicates that are none", body: `{"name":"N","predicates":"VIP"}`, status: 400, code: "parameter_invalid", message: "predicates must be a list"},
		}},
		{"GET /audiences/{id}", []testCase{
			{name: "found", path: "/audiences/{audience}", want: values{"type": "audience", "id": "{audience}", "name": "VIP", "predicates.#": "1", "role_predicates.#": "1"}},
			{name: "not found", path: "/audiences/999999999", status: 404, code: "not_found", message: "Resource Not Found"},
		}},
		{"PUT /audiences/{id}", []testCase{
			{name: "the predicates alone", path: "/audiences/{audience}", body: `{"predicates":[{"attribute":"custom_attributes.plan","type":"string","comparison":"eq","value":"enterprise"}]}`,
				want: values{"name": "VIP", "predicates.#": "1", "predicates.0.value": "enterprise", "role_predicates.#": "1"}},
			{name: "the name alone", path: "/audiences/{audience}", body: `{"name":"Enterprise Accounts"}`, want: values{"name": "Enterprise Accounts", "predicates.0.value": "enterprise"}},
			{name: "no name", path: "/audiences/{audience}", body: `{"name":""}`, status: 422, code: "validation_error", message: "Name must not be blank"},
			{name: "changed since it was read", path: "/audiences/{audience}", header: map[string]string{"If-Match": `"old"`}, body: `{"name":"Late"}`,
				status: 412, code: "conflict", message: "The resource has changed since it was read"},
			{name: "not found", path: "/audiences/999999999", body: `{"name":"Nobody"}`, status: 404, code: "not_found", message: "Resource Not Found"},
		}},
		{"DELETE /audiences/{id}", []testCase{
			{name: "deleted", path: "/audiences/{doomed_audience}", status: 204},
			{name: "gone already", path: "/audiences/{doomed_audience}", status: 404, code: "not_found", message: "Resource Not Found"},
		}},
	},
}
