package fidelity

// searching is the rules of searching, and what it tells.
var searching = noun{
	things: []thing{
		{as: "search_rule", route: "POST /lectern/help_centers/{id}/search_rules", path: "/lectern/help_centers/{help_center}/search_rules",
			body: `{"kind":"synonyms","locale":"en","phrases":["passphrase","watchword"]}`},
		{as: "doomed_rule", route: "POST /lectern/help_centers/{id}/search_rules", path: "/lectern/help_centers/{help_center}/search_rules",
			body: `{"kind":"kept_words","locale":"en","phrases":["hereby"]}`},
	},
	operations: []operation{
		{"GET /lectern/help_centers/{id}/search_rules", []testCase{
			{name: "all", path: "/lectern/help_centers/{help_center}/search_rules", want: values{
				"type": "list", "data.#": "2", "data.0.id": "{search_rule}", "data.0.type": "search_rule", "data.0.kind": "synonyms",
				"data.0.help_center_id": "{help_center}", "data.0.phrases.1": "watchword", "data.0.finds.#": "0", "data.0.article_ids.#": "0",
				"total_count": "2", "pages.per_page": "50",
			}},
			{name: "of one kind", path: "/lectern/help_centers/{help_center}/search_rules?kind=kept_words", want: values{"data.#": "1", "data.0.id": "{doomed_rule}"}},
			{name: "for one language", path: "/lectern/help_centers/{help_center}/search_rules?locale=fr", want: values{"data.#": "0"}},
			{name: "of another help center", path: "/lectern/help_centers/{academy}/search_rules", want: values{"data.#": "0"}},
			{name: "a page that has a next one", path: "/lectern/help_centers/{help_center}/search_rules?per_page=1", want: values{
				"data.#": "1", "pages.next": "{base}/lectern/help_centers/{help_center}/search_rules?per_page=1&page=2"}},
			{name: "of an unknown kind", path: "/lectern/help_centers/{help_center}/search_rules?kind=x", status: 400, code: "parameter_invalid",
				message: "kind must be synonyms, pinned, kept_words, approved_searches or hidden_searches"},
			{name: "for an unknown language", path: "/lectern/help_centers/{help_center}/search_rules?locale=xx", status: 400, code: "parameter_invalid", message: `Unknown locale "xx"`},
			{name: "of no help center", path: "/lectern/help_centers/999999999/search_rules", status: 404, code: "not_found", message: "Resource Not Found"},
		}},
		{"POST /lectern/help_centers/{id}/search_rules", []testCase{
			{name: "one way", path: "/lectern/help_centers/{help_center}/search_rules", want: values{
				"type": "search_rule", "locale": "pt-BR", "phrases.0": "senha secreta", "finds.0": "palavra"},
				body: `{"kind":"synonyms","locale":"pt-br","phrases":[" senha  secreta "],"finds":["palavra"]}`},
			{name: "pinned", path: "/lectern/help_centers/{help_center}/search_rules", want: values{"kind": "pinned", "article_ids.0": "{article}"},
				body: `{"kind":"pinned","locale":"en","phrases":["zygote"],"article_ids":[{article}]}`},
			{name: "without a kind", path: "/lectern/help_centers/{help_center}/search_rules", body: `{"locale":"en","phrases":["a","b"]}`,
				status: 400, code: "parameter_not_found", message: "kind is a required parameter."},
			{name: "of an unknown kind", path: "/lectern/help_centers/{help_center}/search_rules", body: `{"kind":"x","locale":"en","phrases":["a"]}`,
				status: 400, code: "parameter_invalid", message: "kind must be synonyms, pinned, kept_words, approved_searches or hidden_searches"},
			{name: "for an unknown language", path: "/lectern/help_centers/{help_center}/search_rules", body: `{"kind":"kept_words","locale":"xx","phrases":["a"]}`,
				status: 400, code: "parameter_invalid", message: `Unknown locale "xx"`},
			{name: "with one synonym", path: "/lectern/help_centers/{help_center}/search_rules", body: `{"kind":"synonyms","locale":"en","phrases":["a"]}`,
				status: 400, code: "parameter_invalid", message: "phrases must have two entries, or finds one"},
			{name: "with a phrase that is no text", path: "/lectern/help_centers/{help_center}/search_rules", body: `{"kind":"synonyms","locale":"en","phrases":[7]}`,
				status: 400, code: "parameter_invalid", message: "phrases must be a string"},
			{name: "with an article that does not exist", path: "/lectern/help_centers/{help_center}/search_rules",
				body:   `{"kind":"pinned","locale":"en","phrases":["a"],"article_ids":["999999999"]}`,
				status: 400, code: "parameter_invalid", message: "article_ids must be articles of the help center"},
			{name: "of no help center", path: "/lectern/help_centers/999999999/search_rules", body: `{"kind":"kept_words","locale":"en","phrases":["a"]}`,
				status: 404, code: "not_found", message: "Resource Not Found"},
		}},
		{"GET /lectern/help_centers/{id}/search_rules/{rule_id}", []testCase{
			{name: "found", path: "/lectern/help_centers/{help_center}/search_rules/{search_rule}", want: values{"id": "{search_rule}", "phrases.#": "2"}},
			{name: "not found", path: "/lectern/help_centers/{help_center}/search_rules/999999999", status: 404, code: "not_found", message: "Resource Not Found"},
			{name: "of another help center", path: "/lectern/help_centers/{academy}/search_rules/{search_rule}", status: 404, code: "not_found", message: "Resource Not Found"},
		}},
		{"PUT /lectern/help_centers/{id}/search_rules/{rule_id}", []testCase{
			{name: "nothing", path: "/lectern/help_centers/{help_center}/search_rules/{search_rule}", body: `{}`, want: values{"phrases.#": "2"}},
			{name: "phrases", path: "/lectern/help_centers/{help_center}/search_rules/{search_rule}", body: `{"phrases":["passphrase"],"finds":["password"]}`,
				want: values{"phrases.#": "1", "finds.0": "password", "locale": "en"}},
			{name: "what cannot be", path: "/lectern/help_centers/{help_center}/search_rules/{search_rule}", body: `{"phrases":null}`,
				status: 400, code: "parameter_invalid", message: "phrases must not be empty"},
			{name: "changed since it was read", path: "/lectern/help_centers/{help_center}/search_rules/{search_rule}", header: map[string]string{"If-Match": `"old"`},
				body: `{}`, status: 412, code: "conflict", message: "The resource has changed since it was read"},
			{name: "not found", path: "/lectern/help_centers/{help_center}/search_rules/999999999", body: `{}`, status: 404, code: "not_found", message: "Resource Not Found"},
		}},
		{"GET /lectern/search", []testCase{
			{name: "by phrase", path: "/lectern/search?q=password&per_page=1", want: values{
				"type": "list", "data.#": "1", "data.0.type": "search_hit", "data.0.locale": "en", "data.0.explanation.#": "0",
				"pages.next": "{base}/lectern/search?q=password&per_page=1&page=2",
			}},
			{name: "with each part of a score", path: "/lectern/search?q=password&explain=true&locale=en&help_center_id={help_center}&state=published", want: values{
				"total_count": "1", "data.0.explanation.0.for": "<nil>"}},
			{name: "by a synonym", path: "/lectern/search?q=passphrase&explain=true", want: values{"data.0.explanation.0.reason": "synonym"}},
			{name: "a pinned answer", path: "/lectern/search?q=zygote&explain=true", want: values{"data.0.article_id": "{article}", "data.0.explanation.0.reason": "pinned"}},
			{name: "without a match", path: "/lectern/search?q=zeppelin", want: values{"total_count": "0", "data.#": "0"}},
			{name: "without a phrase", path: "/lectern/search", status: 400, code: "parameter_not_found", message: "q is a required parameter."},
			{name: "an unknown state", path: "/lectern/search?q=a&state=archived", status: 400, code: "parameter_invalid", message: "state must be published, draft or all"},
			{name: "an unknown language", path: "/lectern/search?q=a&locale=xx", status: 400, code: "parameter_invalid", message: `Unknown locale "xx"`},
		}},
		{"GET /lectern/search/insights", []testCase{
			{name: "all", path: "/lectern/search/insights", want: values{"type": "list", "pages.page": "1", "pages.per_page": "50"}},
			{name: "of a time without searches", path: "/lectern/search/insights?from=2001-02-03&to=2001-02-04&locale=fr&help_center_id={help_center}&source=site&without_results=true", want: values{
				"data.#": "0", "total_count": "0", "searches": "0", "without_results": "0", "from": "2001-02-03", "to": "2001-02-04"}},
			{name: "from no day", path: "/lectern/search/insights?from=yesterday", status: 400, code: "parameter_invalid", message: "from must be a day such as 2026-11-01"},
			{name: "from no source", path: "/lectern/search/insights?source=mail", status: 400, code: "parameter_invalid", message: "source must be site or api"},
		}},
		{"DELETE /lectern/help_centers/{id}/search_rules/{rule_id}", []testCase{
			{name: "deleted", path: "/lectern/help_centers/{help_center}/search_rules/{doomed_rule}", want: values{
				"id": "{doomed_rule}", "object": "search_rule", "deleted": "true"}},
			{name: "gone already", path: "/lectern/help_centers/{help_center}/search_rules/{doomed_rule}", status: 404, code: "not_found", message: "Resource Not Found"},
		}},
	},
}
