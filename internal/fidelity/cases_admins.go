package fidelity

// admins are the teammates, who are made by hand, and what they did.
var admins = noun{
	operations: []operation{
		{"GET /me", []testCase{
			{name: "the admin of the token and the workspace", want: values{
				"type": "admin", "id": "{admin}", "email": "ada@example.com", "email_verified": "true",
				"app.type": "app", "app.id_code": "{workspace}", "avatar.type": "avatar",
			}},
		}},
		{"GET /admins", []testCase{
			{name: "people come before the bot", want: values{
				"type": "admin.list", "admins.#": "3", "admins.0.id": "{admin}", "admins.1.id": "{other_admin}", "admins.0.avatar": absent,
				"{}": "type admins",
			}},
			// In recorded answers there is neither a job_title nor an away_status_reason_id, which the descriptions have.
			{name: "the keys of one", from: "2.8", to: "2.15", want: values{
				"admins.0.{}": "type email id name job_title away_mode_enabled away_mode_reassign away_status_reason_id has_inbox_seat team_ids team_priority_level"}},
			{name: "with pictures when asked", path: "/admins?display_avatar=true", want: values{
				"admins.0.avatar.image_url": "<nil>", "admins.1.avatar.image_url": "https://example.com/bo.png",
			}},
		}},
		{"GET /admins/{id}", []testCase{
			{name: "found", path: "/admins/{other_admin}", want: values{"type": "admin", "id": "{other_admin}", "team_ids.0": "{team}", "avatar": absent}},
			{name: "with a picture when asked", path: "/admins/{other_admin}?display_avatar=true", want: values{"avatar.image_url": "https://example.com/bo.png"}},
			{name: "not found", path: "/admins/999999999", status: 404, code: "admin_not_found", message: "Admin not found"},
			{name: "not a number", path: "/admins/ada", status: 404, code: "admin_not_found", message: "Admin not found"},
		}},
		{"PUT /admins/{id}/away", []testCase{
			{name: "away", path: "/admins/{other_admin}/away", body: `{"away_mode_enabled":true,"away_mode_reassign":true}`,
				want: values{"id": "{other_admin}", "away_mode_enabled": "true", "away_mode_reassign": "true", "away_status_reason_id": "<nil>"}},
			{name: "with a reason", path: "/admins/{other_admin}/away", body: `{"away_mode_enabled":true,"away_mode_reassign":false,"away_status_reason_id":12}`,
				want: values{"away_status_reason_id": "12"}},
			{name: "active again", path: "/admins/{other_admin}/away", body: `{"away_mode_enabled":false,"away_mode_reassign":false}`,
				want: values{"away_mode_enabled": "false", "away_mode_reassign": "false"}},
			{name: "without the mode", path: "/admins/{other_admin}/away", body: `{"away_mode_reassign":true}`,
				status: 400, code: "parameter_not_found", message: "away_mode_enabled is a required parameter."},
			{name: "with a wrong type", path: "/admins/{other_admin}/away", body: `{"away_mode_enabled":"yes","away_mode_reassign":true}`,
				status: 400, code: "parameter_invalid", message: "away_mode_enabled must be true or false"},
			{name: "not found", path: "/admins/999999999/away", body: `{"away_mode_enabled":true,"away_mode_reassign":true}`,
				status: 404, code: "admin_not_found", message: "Admin for admin_id not found"},
		}},
		{"GET /admins/activity_logs", []testCase{
			{name: "what teammates did", path: "/admins/activity_logs?created_at_after=1", want: values{
				"type": "activity_log.list", "activity_logs.0.performed_by.type": "admin",
				"activity_logs.0.activity_type": "admin_away_mode_change", "activity_logs.0.metadata.away_mode": "false",
			}},
			{name: "a page that has a next one", path: "/admins/activity_logs?created_at_after=1&created_at_before=4102444800&per_page=1", want: values{
				"activity_logs.#": "1", "pages.per_page": "1",
				"pages.next": "{base}/admins/activity_logs?created_at_after=1&created_at_before=4102444800&per_page=1&page=2",
			}},
			{name: "without a start", status: 400, code: "parameter_not_found", message: "created_at_after is a required parameter."},
		}},
		{"POST /admins/activity_logs/search", []testCase{
			{name: "of two types", body: `{"created_at_after":1677253093,"created_at_before":4102444800,"event_types":["admin_away_mode_change","message_state_change"]}`,
				want: values{"type": "activity_log.list", "activity_logs.0.activity_type": "admin_away_mode_change", "pages.page": "1", "pages.per_page": "20"}},
			{name: "of types that are not logged here", body: `{"created_at_after":1677253093,"event_types":["app_name_change","message_state_change"]}`,
				want: values{"activity_logs.#": "0", "pages.total_pages": "0"}},
			{name: "a page of any type", body: `{"created_at_after":1677253093,"page":2,"per_page":1}`, want: values{"activity_logs.#": "1", "pages.page": "2", "pages.next": absent}},
			{name: "without a start", body: `{}`, status: 400, code: "parameter_not_found", message: "created_at_after is a required parameter."},
			{name: "more than a page may hold", body: `{"created_at_after":1,"per_page":251}`, status: 400, code: "parameter_invalid", message: "Per Page is too big"},
		}},
		{"GET /admins/activity_log_event_types", []testCase{
			{name: "all", want: values{"type": "activity_log_event_type.list", "event_types.0": "admin_away_mode_change"}},
		}},
		{"GET /teams", []testCase{
			{name: "all", want: values{"type": "team.list", "teams.#": "1", "teams.0.type": "team", "teams.0.id": "{team}"}},
		}},
		{"GET /teams/{id}", []testCase{
			{name: "found", path: "/teams/{team}", want: values{"type": "team", "id": "{team}", "name": "Writers", "admin_ids.0": "{other_admin}"}},
			{name: "not found", path: "/teams/999999999", status: 404, code: "team_not_found", message: "Team not found"},
		}},
		{"PUT /teams/{id}", []testCase{
			{name: "other members", path: "/teams/{team}", body: `{"admin_ids":[{admin},{other_admin}],"admin_priority_level":{"primary_admin_ids":[{admin}]}}`,
				want: values{"type": "team", "id": "{team}", "admin_ids.#": "2", "admin_ids.0": "{admin}"}},
			{name: "as it was read", path: "/teams/{team}", body: `{"type":"team","id":"{team}","name":"Writers","admin_ids":[{other_admin}]}`,
				want: values{"admin_ids.#": "1", "admin_ids.0": "{other_admin}"}},
			{name: "without members", path: "/teams/{team}", body: `{}`, status: 400, code: "parameter_not_found", message: "admin_ids is a required parameter."},
			{name: "members by name", path: "/teams/{team}", body: `{"admin_ids":["ada"]}`, status: 400, code: "parameter_invalid", message: "admin_ids must contain only numeric admin ids"},
			{name: "strangers", path: "/teams/{team}", body: `{"admin_ids":[999999999]}`, status: 400, code: "parameter_invalid", message: "admin_ids must be teammates of the workspace"},
			{name: "another name", path: "/teams/{team}", body: `{"admin_ids":[{admin}],"name":"Readers"}`,
				status: 400, code: "parameter_invalid", message: "Only admin_ids and admin_priority_level can be updated on a team, but the request changed name"},
			{name: "a level for a stranger", path: "/teams/{team}", body: `{"admin_ids":[{admin}],"admin_priority_level":{"primary_admin_ids":[814865]}}`,
				status: 400, code: "parameter_invalid", message: "admin_priority_level names 814865, which is on neither the team nor admin_ids"},
			{name: "two levels for one", path: "/teams/{team}", body: `{"admin_ids":[{admin}],"admin_priority_level":{"primary_admin_ids":[493881],"secondary_admin_ids":[493881]}}`,
				status: 400, code: "parameter_invalid", message: "admin_priority_level gives 493881 more than one priority level"},
			{name: "not found", path: "/teams/999999999", body: `{"admin_ids":[{admin}]}`, status: 404, code: "team_not_found", message: "Team not found"},
		}},
	},
}
