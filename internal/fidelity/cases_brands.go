package fidelity

// brands has the default one and one of the academy, which no operation makes.
var brands = noun{
	operations: []operation{
		{"GET /brands", []testCase{
			{name: "all", want: values{
				"type": "list", "data.#": "2", "data.0.type": "brand", "data.0.id": "{workspace}", "data.0.is_default": "true", "data.0.help_center_id": "{help_center}",
				"data.1.id": "{brand}", "pages": absent,
			}},
		}},
		{"GET /brands/{id}", []testCase{
			{name: "found", path: "/brands/{brand}", want: values{
				"type": "brand", "id": "{brand}", "name": "Premium Brand", "is_default": "false", "help_center_id": "{academy}",
			}},
			{name: "the default one", path: "/brands/{workspace}", want: values{"id": "{workspace}", "name": "Acme", "is_default": "true"}},
			{name: "not found", path: "/brands/999999999", status: 404, code: "not_found", message: "Brand not found"},
		}},
	},
}
