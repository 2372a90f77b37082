package fidelity

// internalArticles has one in a folder, where there are folders, and one to
// delete.
var internalArticles = noun{
	things: []thing{
		{as: "internal_article", route: "POST /internal_articles", find: "GET /internal_articles data.0.id",
			body: `{"title":"How we refund","body":"Ask for a date.","owner_id":{admin},"author_id":{admin}}`},
		{as: "filed_article", route: "POST /internal_articles", version: "Preview", find: "GET /internal_articles data.1.id",
			body: `{"title":"Limits","body":"<p>Up to 50.</p>","owner_id":{admin},"author_id":{admin},"folder_id":{inner_folder}}`},
		{as: "doomed_internal_article", route: "POST /internal_articles", body: `{"title":"Doomed","owner_id":{admin},"author_id":{admin}}`},
	},
	operations: []operation{
		{"GET /internal_articles", []testCase{
			{name: "all", want: values{
				"type": "list", "pages.type": "pages", "pages.page": "1", "pages.per_page": "25", "pages.total_pages": "1", "pages.next": absent,
				"data.#": "3", "data.*.id": "{doomed_internal_article} {filed_article} {internal_article}", "{}": "type pages total_count data", "total_count": "3", "data.0.type": "internal_article",
			}},
			{name: "a page that has a next one", path: "/internal_articles?page=1&per_page=2", want: values{
				"data.#": "2", "pages.total_pages": "2", "pages.next": "{base}/internal_articles?per_page=2&page=2",
			}},
			{name: "a page past the end", path: "/internal_articles?page=9", want: values{"data.#": "0", "total_count": "3"}},
			{name: "more than a page may hold", path: "/internal_articles?per_page=251", status: 400, code: "parameter_invalid", message: "Per Page is too big"},
		}},
		{"POST /internal_articles", []testCase{
			{name: "plain text", body: `{"title":"Thanks for everything","body":"Body of the Article","owner_id":{admin},"author_id":{other_admin},"locale":"en"}`, want: values{
				"type": "internal_article", "title": "Thanks for everything", "body": "Body of the Article", "owner_id": "{admin}", "author_id": "{other_admin}", "locale": "en",
			}},
			{name: "HTML", body: `{"title":"Markup","body":"<p>Text</p>","owner_id":{admin},"author_id":{admin}}`, want: values{"body": `<p class="no-margin">Text</p>`}},
			{name: "Markdown", from: "2.16", body: `{"title":"Markdown","body_markdown":"Text","owner_id":{admin},"author_id":{admin}}`, want: values{
				"body": `<p class="no-margin">Text</p>`, "body_markdown": "Text\n", "audience_ids.#": "0",
				"ai_chatbot_availability": "false", "ai_copilot_availability": "false", "ai_sales_agent_availability": "false",
			}},
			{name: "in a folder", from: "Preview", body: `{"title":"Filed","owner_id":{admin},"author_id":{admin},"folder_id":{folder}}`, want: values{
				"folder_id": "{folder}", "tags.type": "tag.list", "tags.tags.#": "0",
			}},
			{name: "without an author", body: `{"title":"Thanks for everything","body":"Body of the Internal Article"}`,
				status: 400, code: "parameter_not_found", message: "author_id must be in the main body or default locale translated_content object"},
			{name: "without an owner", body: `{"title":"No owner","author_id":{admin}}`, status: 400, code: "parameter_not_found", message: "Owner is a required parameter."},
			{name: "without a title", body: `{"owner_id":{admin},"author_id":{admin}}`, status: 400, code: "parameter_not_found", message: "Title is a required parameter."},
			{name: "an owner who is no teammate", body: `{"title":"Stranger","owner_id":999999999,"author_id":{admin}}`,
				status: 400, code: "parameter_invalid", message: "owner_id must be a teammate on the workspace"},
			{name: "an unknown audience", from: "2.16", body: `{"title":"VIP","owner_id":{admin},"author_id":{admin},"audience_ids":[999]}`,
				status: 404, code: "parameter_invalid", message: "audience_ids contains unknown audience IDs: 999"},
			{name: "two bodies", from: "2.16", body: `{"title":"Both","owner_id":{admin},"author_id":{admin},"body":"a","body_markdown":"a"}`,
				status: 422, code: "parameter_invalid", message: "body and body_markdown cannot be given together"},
		}},
		{"GET /internal_articles/search", []testCase{
			{name: "all", want: values{
				"type": "list", "data.internal_articles.0.type": "internal_article", "pages.page": "1", "pages.per_page": "10",
			}},
			{name: "in a folder", from: "Preview", path: "/internal_articles/search?folder_id={inner_folder}", want: values{
				"total_count": "1", "data.internal_articles.0.id": "{filed_article}", "data.internal_articles.0.folder_id": "{inner_folder}",
			}},
			{name: "in a folder around it", from: "Preview", path: "/internal_articles/search?folder_id={folder}", want: values{
				"total_count": "2", "data.internal_articles.#": "2",
			}},
			{name: "in no folder", path: "/internal_articles/search?folder_id=999999999", want: values{"total_count": "0", "data.internal_articles.#": "0"}},
			{name: "in what is none", path: "/internal_articles/search?folder_id=x", status: 400, code: "parameter_invalid", message: "folder_id must be an ID"},
		}},
		{"GET /internal_articles/{id}", []testCase{
			{name: "found", path: "/internal_articles/{internal_article}", want: values{
				"type": "internal_article", "id": "{internal_article}", "title": "How we refund", "body": "Ask for a date.",
			}},
			{name: "not found", path: "/internal_articles/999999999", status: 404, code: "not_found", message: "Resource Not Found"},
			{name: "an article is none", path: "/internal_articles/{article}", status: 404, code: "not_found", message: "Resource Not Found"},
		}},
		{"PUT /internal_articles/{id}", []testCase{
			{name: "another title and body", path: "/internal_articles/{internal_article}",
				body: `{"title":"Christmas is here!","body":"<p>New gifts in store for the jolly season</p>"}`, want: values{
					"title": "Christmas is here!", "body": `<p class="no-margin">New gifts in store for the jolly season</p>`, "owner_id": "{admin}",
				}},
			{name: "for the chatbot", from: "2.16", path: "/internal_articles/{internal_article}", body: `{"ai_chatbot_availability":true}`, want: values{
				"ai_chatbot_availability": "true", "ai_copilot_availability": "false",
			}},
			{name: "out of its folder", from: "Preview", path: "/internal_articles/{filed_article}", body: `{"folder_id":null}`, want: values{"folder_id": "<nil>"}},
			{name: "a folder that does not exist", from: "Preview", path: "/internal_articles/{internal_article}", body: `{"folder_id":999999999}`,
				status: 400, code: "parameter_invalid", message: "folder_id is invalid"},
			{name: "an unknown audience", from: "2.16", path: "/internal_articles/{internal_article}", body: `{"audience_ids":[999]}`,
				status: 404, code: "parameter_invalid", message: "audience_ids contains unknown audience IDs: 999"},
			{name: "two bodies", from: "2.16", path: "/internal_articles/{internal_article}", body: `{"body":"a","body_markdown":"a"}`,
				status: 422, code: "parameter_invalid", message: "body and body_markdown cannot be given together"},
			{name: "changed meanwhile", path: "/internal_articles/{internal_article}", body: `{"title":"Late"}`, header: map[string]string{"If-Match": `"old"`},
				status: 412, code: "conflict", message: "The resource has changed since it was read"},
			{name: "not found", path: "/internal_articles/999999999", body: `{"title":"Nothing"}`, status: 404, code: "not_found", message: "Resource Not Found"},
		}},
		{"DELETE /internal_articles/{id}", []testCase{
			{name: "deleted", path: "/internal_articles/{doomed_internal_article}", want: values{
				"id": "{doomed_internal_article}", "object": "internal_article", "deleted": "true",
			}},
			{name: "gone already", path: "/internal_articles/{doomed_internal_article}", status: 404, code: "not_found", message: "Resource Not Found"},
		}},
	},
}
