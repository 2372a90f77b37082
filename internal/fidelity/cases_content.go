package fidelity

import "strings"

// content is what the others have made. No one works on bulk actions while the
// cases run: all stays as it is.
var content = noun{
	things: []thing{
		{as: "article_content", route: "GET /articles/{id}", path: "/articles/{article}", at: "content_id"},
		{as: "bulk_action", route: "POST /content/bulk_actions", at: "header Lectern-Bulk-Action",
			body: `{"action":"set_availability","content_ids":[{"type":"article_content","id":"{article_content}"}],"availability":{"copilot":true}}`},
	},
	operations: []operation{
		{"GET /content/search", []testCase{
			{name: "by words", path: "/content/search?query=password&content_types=article", want: values{
				"type": "list", "data.#": "2", "total_count": "2", "data.0.type": "article", "data.0.contents.0.type": "article_content",
				"data.0.contents.0.locale": "en", "pages.type": "pages", "pages.page": "1", "pages.per_page": "10", "pages.total_pages": "1",
				"pages.next": "<nil>", "pages.prev": "<nil>",
			}},
			{name: "everything", want: values{"data.#": "10", "pages.page": "1", "pages.per_page": "10"}},
			{name: "the second of two pages", path: "/content/search?query=password&content_types=article&per_page=1&page=2", want: values{
				"data.#": "1", "total_count": "2", "pages.total_pages": "2", "pages.next": "<nil>",
				"pages.prev": "{base}/content/search?query=password&content_types=article&per_page=1&page=1",
			}},
			{name: "a page before the first is the first", path: "/content/search?query=password&content_types=article&per_page=1&page=-3", want: values{
				"data.#": "1", "pages.page": "1", "pages.prev": "<nil>",
				"pages.next": "{base}/content/search?query=password&content_types=article&per_page=1&page=2",
			}},
			{name: "a page past the end", path: "/content/search?query=password&content_types=article&page=9", want: values{
				"data.#": "0", "total_count": "2", "pages.page": "9", "pages.next": "<nil>",
			}},
			{name: "of one kind", path: "/content/search?query=greeting+welcome&content_types=snippet", want: values{
				"data.#": "1", "data.0.type": "content_snippet", "data.0.id": "{snippet}", "data.0.contents": absent,
			}},
			{name: "of several kinds", path: "/content/search?content_types=external_content&content_types=internal_article,snippet&per_page=50"},
			{name: "files", path: "/content/search?content_types=file_source_content", want: values{"data.#": "0", "total_count": "0", "pages.total_pages": "0"}},
			{name: "in a language", path: "/content/search?query=brouillon+neuf&locales=fr&states=draft", want: values{
				"data.#": "1", "data.0.id": "{translated_article}", "data.0.contents.0.locale": "en", "data.0.contents.1.locale": "fr",
			}},
			{name: "by everything else there is", path: "/content/search?tag_ids={tag}&tag_operator=NIN&any_tag_ids={tag}&copilot_state=on&fin_service_state=off&fin_sales_state=on" +
				"&created_by_ids={admin}&last_updated_by_ids={admin}&created_at_after=1&created_at_before=2&updated_at_after=1&updated_at_before=2",
				want: values{"data.#": "0", "total_count": "0"}},
			{name: "in a folder", path: "/content/search?folder_ids={folder}&folder_entity_type=folder"},
			{name: "in a folder of an unknown sort", path: "/content/search?folder_ids={folder}", status: 422, code: "data_invalid", message: "folder_entity_type must be folder"},
			{name: "a tag that does not exist", path: "/content/search?tag_ids={tag},999999999", status: 422, code: "data_invalid", message: "Invalid or duplicated record reference"},
			{name: "a tag that is none", path: "/content/search?any_tag_ids=billing", status: 422, code: "data_invalid", message: "Invalid or duplicated record reference"},
			{name: "an admin who does not exist", path: "/content/search?created_by_ids=999999999", status: 422, code: "data_invalid", message: "Invalid or duplicated record reference"},
			{name: "an unknown kind", path: "/content/search?content_types=content_snippet", status: 422, code: "data_invalid",
				message: "content_types must be of article, internal_article, snippet, external_content and file_source_content"},
			{name: "an unknown state", path: "/content/search?states=archived", status: 422, code: "data_invalid", message: "states must be of published and draft"},
			{name: "an unknown language", path: "/content/search?locales=tlh", status: 422, code: "data_invalid", message: `Unknown locale "tlh"`},
			{name: "neither on nor off", path: "/content/search?copilot_state=maybe", status: 422, code: "data_invalid", message: "copilot_state must be on or off"},
			{name: "a long query", path: "/content/search?query=" + strings.Repeat("x", 501), status: 422, code: "data_invalid",
				message: "query is too long (maximum is 500 characters)"},
			{name: "more than a page may hold", path: "/content/search?per_page=51", status: 400, code: "parameter_invalid", message: "Per Page is too big"},
		}},
		{"POST /content/bulk_actions", []testCase{
			{name: "publish", status: 202, want: values{"type": "content_bulk_action", "status": "queued"},
				body: `{"action":"publish","content_ids":[{"type":"article_content","id":"{article_content}"},{"type":"article_content","id":"12345679"}]}`},
			{name: "unpublish", status: 202, body: `{"action":"unpublish","content_ids":[{"type":"article_content","id":"{article_content}"}]}`},
			{name: "delete", status: 202, body: `{"action":"delete","content_ids":[{"type":"article_content","id":"{article_content}"},
				{"type":"internal_article","id":"12345679"},{"type":"content_snippet","id":"{snippet}"}]}`},
			{name: "set availability", status: 202, body: `{"action":"set_availability","content_ids":[{"type":"article_content","id":"{article_content}"}],
				"availability":{"ai_agent":true,"copilot":false}}`},
			{name: "set audience", status: 202, body: `{"action":"set_audience","content_ids":[{"type":"article_content","id":"{article_content}"}],
				"audience":{"add_segment_ids":[{audience}]}}`},
			{name: "update tags", status: 202, body: `{"action":"update_tags","content_ids":[{"type":"article","id":{article}}],"tags":{"add_tag_ids":[{tag}]}}`},
			{name: "of no kind that it is for", status: 202, body: `{"action":"publish","content_ids":[{"type":"external_content","id":"1"}]}`},
			{name: "without an action", body: `{"content_ids":[{"type":"article","id":"1"}]}`, status: 422, code: "parameter_invalid",
				message: "action must be publish, unpublish, delete, set_availability, set_audience or update_tags"},
			{name: "on nothing", body: `{"action":"publish"}`, status: 422, code: "parameter_invalid", message: "content_ids is a required parameter."},
			{name: "on too much", body: `{"action":"publish","content_ids":[{"type":"article_content","id":"1"}` + strings.Repeat(`,{"type":"article_content","id":"1"}`, 1000) + `]}`,
				status: 422, code: "parameter_invalid", message: "content_ids has more than 1000 entries"},
			{name: "on what is no content", body: `{"action":"publish","content_ids":[{"type":"collection","id":"1"}]}`,
				status: 422, code: "parameter_invalid", message: "content_ids[0].type is no type of content"},
			{name: "on what has no ID", body: `{"action":"publish","content_ids":[{"type":"article_content"}]}`,
				status: 422, code: "parameter_invalid", message: "content_ids[0].id must be an ID"},
			{name: "no availability", body: `{"action":"set_availability","content_ids":[{"type":"article_content","id":"1"}],"availability":{}}`,
				status: 422, code: "parameter_invalid", message: "availability must name at least one of ai_agent, copilot and sales_agent"},
			{name: "an unknown audience", body: `{"action":"set_audience","content_ids":[{"type":"article_content","id":"1"}],"audience":{"add_segment_ids":[999999999]}}`,
				status: 422, code: "parameter_invalid", message: "audience names an unknown audience: 999999999"},
			{name: "no tags", body: `{"action":"update_tags","content_ids":[{"type":"article","id":"1"}]}`,
				status: 422, code: "parameter_invalid", message: "tags must have add_tag_ids or remove_tag_ids"},
			{name: "an unknown tag", body: `{"action":"update_tags","content_ids":[{"type":"article","id":"1"}],"tags":{"add_tag_ids":[999999999]}}`,
				status: 422, code: "parameter_invalid", message: "tags names an unknown tag: 999999999"},
			{name: "a wrong type", body: `{"action":7}`, status: 422, code: "parameter_invalid", message: "action must be a string"},
		}},
		{"GET /lectern/bulk_actions/{id}", []testCase{
			{name: "found", path: "/lectern/bulk_actions/{bulk_action}", want: values{
				"type": "content_bulk_action", "id": "{bulk_action}", "action": "set_availability", "status": "queued", "finished_at": "<nil>",
				"total_count": "1", "pending_count": "1", "items.#": "1", "items.0.type": "article_content", "items.0.id": "{article_content}",
				"items.0.status": "pending", "items.0.reason": "<nil>",
			}},
			{name: "not found", path: "/lectern/bulk_actions/999999999", status: 404, code: "not_found", message: "Resource Not Found"},
		}},
	},
}
