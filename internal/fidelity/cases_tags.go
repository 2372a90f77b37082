package fidelity

// tags has one to keep and one to delete.
var tags = noun{
	things: []thing{
		{as: "tag", route: "POST /tags", body: `{"name":"Billing"}`, find: "GET /tags data.0.id"},
		{as: "doomed_tag", route: "POST /tags", body: `{"name":"Doomed"}`},
	},
	operations: []operation{
		{"GET /tags", []testCase{
			{name: "all, whatever the page", path: "/tags?per_page=1", want: values{
				"type": "list", "data.#": "2", "data.0.type": "tag", "data.0.id": "{tag}", "data.0.name": "Billing",
				"{}": "type data", "data.0.{}": "type id name", "data.*.name": "Billing Doomed",
			}},
		}},
		{"POST /tags", []testCase{
			{name: "a new one", body: `{"name":"Fresh"}`, want: values{"type": "tag", "name": "Fresh"}},
			{name: "one that exists, in another case", body: `{"name":"BILLING"}`, want: values{"id": "{tag}", "name": "Billing"}},
			{name: "another name", body: `{"id":"{tag}","name":"Invoices"}`, want: values{"id": "{tag}", "name": "Invoices"}},
			{name: "without a name", body: `{}`, status: 400, code: "parameter_invalid", message: "invalid tag parameters"},
			{name: "the name of another", body: `{"id":"{tag}","name":"doomed"}`, status: 409, code: "resource_conflict", message: "Another tag has the name Doomed."},
			{name: "one that does not exist", body: `{"id":"999999999","name":"Fresh"}`, status: 404, code: "not_found", message: "Resource Not Found"},
			{name: "on a company", to: "2.15", body: `{"name":"Fresh","companies":[{"company_id":"123"}]}`, status: 404, code: "company_not_found", message: "Company Not Found"},
			{name: "on a user", to: "2.15", body: `{"name":"Fresh","users":[{"id":"123"}]}`, status: 404, code: "not_found", message: "User Not Found"},
			{name: "on users and companies", from: "2.16", body: `{"name":"Fresh","users":[{"id":"123"}],"companies":[{"company_id":"valid-123"}]}`, want: values{
				"name": "Fresh", "users.0.id": "123", "users.0.tagged": "false", "companies.0.id": "valid-123", "companies.0.tagged": "false",
			}},
		}},
		{"GET /tags/{id}", []testCase{
			{name: "found", path: "/tags/{tag}", want: values{"type": "tag", "id": "{tag}"}},
			{name: "not found", path: "/tags/999999999", status: 404, code: "not_found", message: "Resource Not Found"},
		}},
		{"DELETE /tags/{id}", []testCase{
			{name: "deleted", path: "/tags/{doomed_tag}"},
			{name: "gone already", path: "/tags/{doomed_tag}", status: 404, code: "not_found", message: "Resource Not Found"},
		}},
	},
}
