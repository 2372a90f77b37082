package fidelity

// snippets
var snippets = noun{
	things: []thing{
		{as: "snippet", route: "POST /content_snippets", find: "GET /content_snippets data.0.id", body: `{"title":"Greeting","body_markdown":"Say *hello*."}`},
		{as: "doomed_snippet", route: "POST /content_snippets", body: `{"title":"Doomed","json_blocks":[]}`},
	},
	operations: []operation{
		{"GET /content_snippets", []testCase{
			{name: "all", want: values{
				"type": "list", "data.#": "2", "data.*.id": "{doomed_snippet} {snippet}", "{}": "type data total_count page per_page total_pages", "data.0.type": "content_snippet", "total_count": "2", "page": "1", "per_page": "50", "total_pages": "1", "pages": absent,
			}},
			{name: "the second of two pages", path: "/content_snippets?page=2&per_page=1", want: values{"data.#": "1", "page": "2", "per_page": "1", "total_pages": "2"}},
			{name: "a page past the end", path: "/content_snippets?page=9", want: values{"data.#": "0", "total_count": "2"}},
			{name: "more than a page may hold", path: "/content_snippets?per_page=51", status: 400, code: "parameter_invalid", message: "Per Page is too big"},
		}},
		{"POST /content_snippets", []testCase{
			{name: "of blocks", status: 201, want: values{
				"type": "content_snippet", "title": "How to reset your password", "locale": "en", "json_blocks.#": "1", "json_blocks.0.type": "paragraph",
				"json_blocks.0.text":   "Navigate to Settings > Security > Reset password.",
				"body_markdown":        "# How to reset your password\n\nNavigate to Settings > Security > Reset password.\n",
				"chatbot_availability": "0", "ai_chatbot_availability": "false", "ai_sales_agent_availability": "false", "audience_ids.#": "1", "audience_ids.0": "{audience}",
			}, body: `{"title":"How to reset your password","json_blocks":[{"type":"paragraph","text":"Navigate to Settings > Security > Reset password."}],
				"locale":"en","audience_ids":[{audience}]}`},
			{name: "of Markdown", status: 201, want: values{
				"locale": "fr", "json_blocks.#": "2", "json_blocks.0.type": "heading", "json_blocks.0.text": "Hello", "json_blocks.1.text": "Some content.",
				"copilot_availability": "1", "ai_copilot_availability": "true", "audience_ids.#": "0",
			}, body: `{"title":"Bonjour","body_markdown":"# Hello\n\nSome content.\n","locale":"fr","ai_copilot_availability":true}`},
			{name: "of both", body: `{"title":"Both","json_blocks":[],"body_markdown":"x"}`, status: 422, code: "validation_error", message: "json_blocks and body_markdown are mutually exclusive"},
			{name: "of neither", body: `{"title":"Neither"}`, status: 422, code: "validation_error", message: "json_blocks or body_markdown is required"},
			{name: "without a title", body: `{"json_blocks":[]}`, status: 422, code: "validation_error", message: "Title is required"},
			{name: "an unknown audience", body: `{"title":"VIP","json_blocks":[],"audience_ids":[999]}`, status: 404, code: "parameter_invalid", message: "audience_ids contains unknown audience IDs: 999"},
			{name: "an unknown language", body: `{"title":"Klingon","json_blocks":[],"locale":"tlh"}`, status: 422, code: "validation_error", message: "The language is not currently supported for Fin"},
		}},
		{"GET /content_snippets/{id}", []testCase{
			{name: "found", path: "/content_snippets/{snippet}", want: values{
				"type": "content_snippet", "id": "{snippet}", "title": "Greeting", "json_blocks.0.text": "Say <i>hello</i>.", "body_markdown": "# Greeting\n\nSay *hello*.\n",
			}},
			{name: "not found", path: "/content_snippets/999999999", status: 404, code: "not_found", message: "Content snippet not found"},
		}},
		{"PUT /content_snippets/{id}", []testCase{
			{name: "the title and blocks", path: "/content_snippets/{snippet}", want: values{
				"title": "Welcome", "json_blocks.#": "1", "json_blocks.0.text": "Hello.", "body_markdown": "# Welcome\n\nHello.\n", "locale": "en", "audience_ids.#": "1",
			}, body: `{"title":"Welcome","json_blocks":[{"type":"paragraph","text":"Hello."}],"audience_ids":[{audience}]}`},
			{name: "its own Markdown", path: "/content_snippets/{snippet}", body: `{"body_markdown":"# Welcome\n\nHello.\n"}`,
				want: values{"json_blocks.#": "1", "body_markdown": "# Welcome\n\nHello.\n", "audience_ids.#": "1"}},
			{name: "for everyone", path: "/content_snippets/{snippet}", body: `{"audience_ids":[]}`, want: values{"title": "Welcome", "audience_ids.#": "0"}},
			{name: "changed since it was read", path: "/content_snippets/{snippet}", header: map[string]string{"If-Match": `"old"`}, body: `{"title":"Late"}`,
				status: 412, code: "conflict", message: "The resource has changed since it was read"},
			{name: "an unknown audience", path: "/content_snippets/{snippet}", body: `{"audience_ids":[999]}`,
				status: 404, code: "parameter_invalid", message: "audience_ids contains unknown audience IDs: 999"},
			{name: "an unknown language", path: "/content_snippets/{snippet}", body: `{"locale":"tlh"}`,
				status: 422, code: "validation_error", message: "The language is not currently supported for Fin"},
			{name: "blocks and Markdown", path: "/content_snippets/{snippet}", body: `{"json_blocks":[],"body_markdown":"x"}`,
				status: 422, code: "validation_error", message: "json_blocks and body_markdown are mutually exclusive"},
			{name: "no title", path: "/content_snippets/{snippet}", body: `{"title":""}`, status: 422, code: "validation_error", message: "Title must not be blank"},
			{name: "not found", path: "/content_snippets/999999999", body: `{"title":"Nobody"}`, status: 404, code: "not_found", message: "Content snippet not found"},
		}},
		{"DELETE /content_snippets/{id}", []testCase{
			{name: "deleted", path: "/content_snippets/{doomed_snippet}", status: 204},
			{name: "gone already", path: "/content_snippets/{doomed_snippet}", status: 404, code: "not_found", message: "Content snippet not found"},
		}},
	},
}
