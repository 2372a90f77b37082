package fidelity

// workspace is what there is from the start.
var workspace = noun{
	things: []thing{
		{as: "admin", route: "GET /me"},
		{as: "workspace", route: "GET /me", at: "app.id_code"},
		{as: "help_center", route: "GET /help_center/help_centers", at: "data.0.id"},
	},
	operations: []operation{
		{"GET /help_center/help_centers", []testCase{
			{name: "all", want: values{"type": "list", "data.#": "2", "data.0.id": "{help_center}", "data.1.id": "{academy}", "pages": absent, "total_count": absent}},
			{name: "a second page is empty", path: "/help_center/help_centers?page=2", want: values{"data.#": "0"}},
		}},
		{"GET /help_center/help_centers/{id}", []testCase{
			{name: "found", path: "/help_center/help_centers/{academy}", want: values{
				"id": "{academy}", "workspace_id": "{workspace}", "identifier": "academy", "display_name": "Academy", "website_turned_on": "true", "custom_domain": "<nil>",
			}},
			{name: "not found", path: "/help_center/help_centers/999999999", status: 404, code: "not_found", message: "Resource Not Found"},
		}},
	},
}
