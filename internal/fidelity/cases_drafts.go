package fidelity

// drafts are staged over the articles that there are.
var drafts = noun{
	things: []thing{
		{as: "version", route: "GET /articles/{id}/versions", path: "/articles/{article}/versions", at: "data.0.id", find: "GET /articles/{article}/versions data.0.id"},
	},
	operations: []operation{
		{"PUT /articles/{id}/draft", []testCase{
			{name: "staged", path: "/articles/{article}/draft", want: values{
				"type": "article", "title": "Christmas is here!", "body": `<p class="no-margin">New gifts in store for the jolly season</p>`,
				"body_markdown": "New gifts in store for the jolly season\n", "state": "published", "has_unpublished_changes": "true", "statistics": absent,
				"url": "{base}/help/en/articles/{article}-change-your-password", "ai_chatbot_availability": "true", "parent_ids.0": "{collection}",
			}, body: `{"title":"Christmas is here!","body":"<p>New gifts in store for the jolly season</p>","state":"draft","ai_chatbot_availability":false,"parent_ids":[]}`},
			{name: "one language of two", path: "/articles/{translated_article}/draft", body: `{"title":"Password lost"}`, want: values{
				"title": "Password lost", "translated_content.en.has_unpublished_changes": "true", "translated_content.fr.has_unpublished_changes": "false",
			}},
			{name: "a draft already", path: "/articles/{draft}/draft", body: `{"title":"Draft"}`,
				status: 422, code: "parameter_invalid", message: "Article must be published before a draft can be staged"},
			{name: "a language that is a draft", path: "/articles/{translated_article}/draft", body: `{"translated_content":{"fr":{"title":"?"}}}`,
				status: 422, code: "parameter_invalid", message: "Article must be published before a draft can be staged"},
			{name: "HTML and Markdown", path: "/articles/{article}/draft", body: `{"body":"<p>x</p>","body_markdown":"x"}`,
				status: 422, code: "parameter_invalid", message: "body and body_markdown cannot be given together"},
			{name: "changed since it was read", path: "/articles/{article}/draft", header: map[string]string{"If-Match": `"old"`}, body: `{"title":"Late"}`,
				status: 412, code: "conflict", message: "The resource has changed since it was read"},
			{name: "not found", path: "/articles/999999999/draft", body: `{"title":"Nobody"}`, status: 404, code: "not_found", message: "Object not found"},
		}},
		{"GET /articles/{id}/draft", []testCase{
			{name: "found", path: "/articles/{article}/draft", want: values{"id": "{article}", "title": "Christmas is here!", "has_unpublished_changes": "true"}},
			{name: "nothing staged", path: "/articles/{draft}/draft", status: 404, code: "not_found", message: "Object not found"},
			{name: "not found", path: "/articles/999999999/draft", status: 404, code: "not_found", message: "Object not found"},
		}},
		{"POST /articles/{id}/draft/publish", []testCase{
			{name: "without locales", path: "/articles/{translated_article}/draft/publish",
				status: 422, code: "parameter_not_found", message: "locales must be specified to publish a draft on a multilingual workspace"},
			{name: "a locale without changes", path: "/articles/{translated_article}/draft/publish", body: `{"locales":["en","fr"]}`,
				status: 422, code: "parameter_invalid", message: "Cannot publish a draft for locale(s) without pending changes: fr"},
			{name: "an unknown locale", path: "/articles/{translated_article}/draft/publish", body: `{"locales":["xx"]}`,
				status: 400, code: "parameter_invalid", message: `Unknown locale "xx"`},
			{name: "a locale", path: "/articles/{translated_article}/draft/publish", body: `{"locales":["en"]}`,
				want: values{"title": "Password lost", "has_unpublished_changes": "false", "translated_content.en.draft_updated_at": "<nil>"}},
			{name: "the only locale", path: "/articles/{article}/draft/publish", want: values{
				"title": "Christmas is here!", "has_unpublished_changes": "false", "draft_updated_at": "<nil>", "state": "published",
				"url": "{base}/help/en/articles/{article}-christmas-is-here",
			}},
			{name: "nothing staged", path: "/articles/{article}/draft/publish",
				status: 422, code: "parameter_invalid", message: "Article has no draft to publish"},
			{name: "not found", path: "/articles/999999999/draft/publish", status: 404, code: "not_found", message: "Object not found"},
		}},
		{"GET /articles/{id}/versions", []testCase{
			{name: "all", path: "/articles/{article}/versions", want: values{
				"type": "list", "pages.type": "pages", "pages.page": "1", "pages.per_page": "25", "pages.total_pages": "1", "total_count": "2",
				"data.0.type": "article_version", "data.0.article_id": "{article}", "data.0.title": "Christmas is here!", "data.0.author_id": "{admin}",
				"data.0.created_by_id": "{admin}", "data.0.created_via": "api", "data.0.from_version_id": "{version}", "data.0.state": "published", "data.0.body": absent,
				"{}": "type pages total_count data", "data.1.id": "{version}", "data.1.from_version_id": "<nil>", "data.1.state": "draft",
			}},
			{name: "a page that has a next one", path: "/articles/{article}/versions?per_page=1", want: values{
				"data.#": "1", "pages.next": "{base}/articles/{article}/versions?per_page=1&page=2",
			}},
			{name: "in a language", path: "/articles/{article}/versions?locale=en", want: values{"total_count": "2"}},
			{name: "in another language", path: "/articles/{article}/versions?locale=fr", want: values{"total_count": "0", "data.#": "0"}},
			{name: "an unknown language", path: "/articles/{article}/versions?locale=xx", status: 400, code: "parameter_invalid", message: `Unknown locale "xx"`},
			{name: "not found", path: "/articles/999999999/versions", status: 404, code: "not_found", message: "Object not found"},
		}},
		{"GET /articles/{id}/versions/{version_id}", []testCase{
			{name: "found", path: "/articles/{article}/versions/{version}", want: values{
				"type": "article_version", "id": "{version}", "article_id": "{article}", "title": "Change your password", "description": "",
				"body": `<p class="no-margin">Choose a long password, then save it.</p>`, "body_markdown": "Choose a long password, then save it.\n",
				"author_id": "{admin}", "created_by_id": "{admin}", "created_via": "api", "from_version_id": "<nil>", "state": "draft",
			}},
			{name: "in its language", path: "/articles/{article}/versions/{version}?locale=en", want: values{"id": "{version}"}},
			{name: "in another language", path: "/articles/{article}/versions/{version}?locale=fr", status: 404, code: "not_found", message: "Object not found"},
			{name: "an unknown language", path: "/articles/{article}/versions/{version}?locale=xx", status: 400, code: "parameter_invalid", message: `Unknown locale "xx"`},
			{name: "of another article", path: "/articles/{draft}/versions/{version}", status: 404, code: "not_found", message: "Object not found"},
			{name: "not found", path: "/articles/{article}/versions/999999999", status: 404, code: "not_found", message: "Object not found"},
		}},
	},
}
