package rest_test

// A contractCase is a request and what its answer must be, in every served
// version. Names in braces stand for what newFixture made: {article} is its ID.
type contractCase struct {
	name   string
	path   string            // instead of the operation's, with a query if any
	body   string            // JSON; empty for none
	header map[string]string // beside those that every request has
	token  string            // secret of the access token; ownerToken when empty

	status  int    // 200 when zero
	code    string // of the error
	message string // of the error
	// want is what some values of the answer are, by path: "data.0.id". The
	// number of a list's items is its "#". Nothing else is said of the order
	// and the rest: the schemas judge these.
	want map[string]string
}

// absent is what a value is that is not there.
const absent = "(absent)"

// An operationCases is all cases of an operation.
type operationCases struct {
	route string
	cases []contractCase
}

// contract holds every case beside those that generalCases adds to each
// operation.
var contract = []operationCases{
	{"GET /me", []contractCase{
		{name: "the admin of the token and the workspace", want: map[string]string{
			"type": "admin", "id": "{admin}", "email": "ada@example.com", "email_verified": "true",
			"app.type": "app", "app.id_code": "{workspace}", "avatar.type": "avatar",
		}},
	}},
	{"GET /admins", []contractCase{
		{name: "people come before the bot", want: map[string]string{
			"type": "admin.list", "admins.#": "3", "admins.0.id": "{admin}", "admins.1.id": "{other_admin}", "admins.0.avatar": absent,
		}},
		{name: "with pictures when asked", path: "/admins?display_avatar=true", want: map[string]string{
			"admins.0.avatar.image_url": "<nil>", "admins.1.avatar.image_url": "https://example.com/bo.png",
		}},
	}},
	{"GET /admins/activity_logs", []contractCase{
		{name: "what teammates did", path: "/admins/activity_logs?created_at_after=1", want: map[string]string{
			"type": "activity_log.list", "activity_logs.0.performed_by.type": "admin",
			"activity_logs.0.activity_type": "admin_away_mode_change", "activity_logs.0.metadata.away_mode": "false",
		}},
		{name: "a page that has a next one", path: "/admins/activity_logs?created_at_after=1&created_at_before=4102444800&per_page=1", want: map[string]string{
			"activity_logs.#": "1", "pages.per_page": "1",
			"pages.next": baseURL + "/admins/activity_logs?created_at_after=1&created_at_before=4102444800&per_page=1&page=2",
		}},
		{name: "without a start", status: 400, code: "parameter_not_found", message: "created_at_after is a required parameter."},
	}},
	{"GET /admins/{id}", []contractCase{
		{name: "found", path: "/admins/{other_admin}", want: map[string]string{"type": "admin", "id": "{other_admin}", "team_ids.0": "{team}", "avatar": absent}},
		{name: "with a picture when asked", path: "/admins/{other_admin}?display_avatar=true", want: map[string]string{"avatar.image_url": "https://example.com/bo.png"}},
		{name: "not found", path: "/admins/999999999", status: 404, code: "admin_not_found", message: "Admin not found"},
		{name: "not a number", path: "/admins/ada", status: 404, code: "admin_not_found", message: "Admin not found"},
	}},
	{"PUT /admins/{id}/away", []contractCase{
		{name: "away", path: "/admins/{other_admin}/away", body: `{"away_mode_enabled":true,"away_mode_reassign":true}`,
			want: map[string]string{"id": "{other_admin}", "away_mode_enabled": "true", "away_mode_reassign": "true", "away_status_reason_id": "<nil>"}},
		{name: "with a reason", path: "/admins/{other_admin}/away", body: `{"away_mode_enabled":true,"away_mode_reassign":false,"away_status_reason_id":12}`,
			want: map[string]string{"away_status_reason_id": "12"}},
		{name: "active again", path: "/admins/{other_admin}/away", body: `{"away_mode_enabled":false,"away_mode_reassign":false}`,
			want: map[string]string{"away_mode_enabled": "false", "away_mode_reassign": "false"}},
		{name: "without the mode", path: "/admins/{other_admin}/away", body: `{"away_mode_reassign":true}`,
			status: 400, code: "parameter_not_found", message: "away_mode_enabled is a required parameter."},
		{name: "with a wrong type", path: "/admins/{other_admin}/away", body: `{"away_mode_enabled":"yes","away_mode_reassign":true}`,
			status: 400, code: "parameter_invalid", message: "away_mode_enabled must be true or false"},
		{name: "not found", path: "/admins/999999999/away", body: `{"away_mode_enabled":true,"away_mode_reassign":true}`,
			status: 404, code: "admin_not_found", message: "Admin for admin_id not found"},
	}},

	{"GET /articles", []contractCase{
		{name: "all", want: map[string]string{
			"type": "list", "data.#": "4", "total_count": "4", "pages.type": "pages", "pages.page": "1", "pages.per_page": "25",
			"pages.total_pages": "1", "pages.next": absent, "data.0.type": "article", "data.0.statistics": absent,
		}},
		{name: "a page that has a next one", path: "/articles?page=1&per_page=3", want: map[string]string{
			"data.#": "3", "total_count": "4", "pages.total_pages": "2", "pages.next": baseURL + "/articles?per_page=3&page=2",
		}},
		{name: "a page past the end", path: "/articles?page=9", want: map[string]string{"data.#": "0", "total_count": "4", "pages.page": "9", "pages.next": absent}},
		{name: "page zero is the first", path: "/articles?page=0&per_page=3", want: map[string]string{
			"data.#": "3", "pages.page": "0", "pages.next": baseURL + "/articles?per_page=3&page=1",
		}},
		{name: "of a collection", path: "/articles?parent_id={collection}", want: map[string]string{"data.#": "1", "data.0.id": "{article}"}},
		{name: "since long ago", path: "/articles?updated_since=1", want: map[string]string{"data.#": "4"}},
		{name: "after another", path: "/articles?starting_after={draft}", want: map[string]string{"total_count": "4"}},
		{name: "after one that does not exist", path: "/articles?starting_after=999999999", status: 404, code: "not_found", message: "Resource Not Found"},
		{name: "more than a page may hold", path: "/articles?per_page=251", status: 400, code: "parameter_invalid", message: "Per Page is too big"},
	}},
	{"POST /articles", []contractCase{
		{name: "a draft by itself", body: `{"title":"Fresh","author_id":{admin}}`, want: map[string]string{
			"type": "article", "title": "Fresh", "description": "", "body": "", "state": "draft", "author_id": "{admin}", "url": "<nil>",
			"parent_id": "<nil>", "parent_type": "<nil>", "parent_ids.#": "0", "default_locale": absent, "translated_content": absent,
			"statistics.views": "0", "statistics.conversations": "0", "statistics.conversions": "0",
		}},
		{name: "published in a collection", want: map[string]string{
			"state": "published", "parent_id": "{collection}", "parent_type": "collection", "parent_ids.0": "{collection}",
			"body": `<p class="no-margin">Text</p>`,
		}, body: `{"title":"Whole","description":"D","body":"<p>Text</p>","author_id":{admin},"state":"published","parent_id":{collection},"parent_type":"collection"}`},
		{name: "IDs as strings", body: `{"title":"Strings","author_id":"{admin}","parent_id":"{collection}"}`,
			want: map[string]string{"author_id": "{admin}", "parent_id": "{collection}"}},
		{name: "in two languages", want: map[string]string{
			"default_locale": "en", "translated_content.type": "article_translated_content",
			"translated_content.fr.type": "article_content", "translated_content.fr.title": "Deux", "translated_content.fr.state": "draft",
			"translated_content.en.title": "Two", "translated_content.de": absent,
		}, body: `{"title":"Two","author_id":{admin},"parent_id":{translated_collection},"translated_content":{"type":"article_translated_content","fr":{"type":"article_content","title":"Deux","author_id":{other_admin}}}}`},
		{name: "the author in the default language", body: `{"title":"Inner","translated_content":{"en":{"author_id":{other_admin}}}}`,
			want: map[string]string{"author_id": "{other_admin}", "title": "Inner"}},
		{name: "without an author", body: `{"title":"No author"}`,
			status: 400, code: "parameter_not_found", message: "author_id must be in the main body or default locale translated_content object"},
		{name: "without a title", body: `{"author_id":{admin}}`, status: 400, code: "parameter_not_found", message: "Title is a required parameter."},
		{name: "an author who is no teammate", body: `{"title":"Stranger","author_id":999999999}`,
			status: 400, code: "parameter_invalid", message: "author_id must be a teammate on the help center's workspace"},
		{name: "a parent that does not exist", body: `{"title":"Lost","author_id":{admin},"parent_id":999999999}`,
			status: 400, code: "parameter_invalid", message: "parent_id is invalid"},
		{name: "an unknown state", body: `{"title":"State","author_id":{admin},"state":"archived"}`,
			status: 400, code: "parameter_invalid", message: "state must be published or draft"},
		{name: "an unknown locale", body: `{"title":"Locale","author_id":{admin},"translated_content":{"xx":{"title":"?"}}}`,
			status: 400, code: "parameter_invalid", message: "Unknown locale"},
		{name: "a wrong type", body: `{"title":7,"author_id":{admin}}`, status: 400, code: "parameter_invalid", message: "title must be a string"},
	}},
	{"GET /articles/search", []contractCase{
		{name: "by phrase", path: "/articles/search?phrase=password", want: map[string]string{
			"type": "list", "total_count": "2", "data.articles.#": "2", "data.articles.0.type": "article", "data.articles.0.statistics": absent,
			"data.highlights.#": "0", "pages.type": "pages", "pages.page": "1", "pages.per_page": "10", "pages.total_pages": "1",
		}},
		{name: "with highlights", path: "/articles/search?phrase=password&highlight=true&state=published", want: map[string]string{
			"data.highlights.#": "2", "data.highlights.0.highlighted_title.0.type": "plain",
		}},
		{name: "a page that has a next one", path: "/articles/search?phrase=password&state=all&highlight=true&per_page=1", want: map[string]string{
			"data.articles.#": "1", "pages.next": baseURL + "/articles/search?phrase=password&state=all&highlight=true&per_page=1&page=2",
		}},
		{name: "drafts", path: "/articles/search?state=draft&phrase=unfinished", want: map[string]string{"data.articles.0.id": "{draft}"}},
		{name: "of a help center", path: "/articles/search?help_center_id={academy}&phrase=password", want: map[string]string{
			"total_count": "1", "data.articles.0.id": "{translated_article}",
		}},
		{name: "in another language", path: "/articles/search?phrase=brouillon", want: map[string]string{"data.articles.0.id": "{translated_article}"}},
		{name: "without a match", path: "/articles/search?phrase=zeppelin", want: map[string]string{"total_count": "0", "data.articles.#": "0", "pages.total_pages": "0"}},
		{name: "an unknown state", path: "/articles/search?state=archived",
			status: 400, code: "parameter_invalid", message: "state must be published, draft or all"},
	}},
	{"GET /articles/{id}", []contractCase{
		{name: "a published one", path: "/articles/{article}", want: map[string]string{
			"id": "{article}", "workspace_id": "{workspace}", "state": "published", "parent_id": "{collection}",
			"url": baseURL + "/help/en/articles/{article}-change-your-password",
		}},
		{name: "a draft outside of collections", path: "/articles/{draft}", want: map[string]string{"state": "draft", "url": "<nil>", "parent_id": "<nil>"}},
		{name: "one in two languages", path: "/articles/{translated_article}", want: map[string]string{
			"default_locale": "en", "translated_content.en.state": "published", "translated_content.fr.state": "draft", "translated_content.fr.url": absent,
		}},
		{name: "not found", path: "/articles/999999999", status: 404, code: "not_found", message: "Resource Not Found"},
		{name: "the ID of a collection", path: "/articles/{collection}", status: 404, code: "not_found", message: "Resource Not Found"},
		{name: "not a number", path: "/articles/password", status: 404, code: "not_found", message: "Resource Not Found"},
	}},
	{"PUT /articles/{id}", []contractCase{
		{name: "the title alone", path: "/articles/{draft}", body: `{"title":"Still unfinished"}`,
			want: map[string]string{"title": "Still unfinished", "body": `<p class="no-margin">Nothing to see yet.</p>`, "state": "draft"}},
		{name: "published", path: "/articles/{draft}", body: `{"state":"published"}`, want: map[string]string{"state": "published"}},
		{name: "a draft again", path: "/articles/{draft}", body: `{"state":"draft"}`, want: map[string]string{"state": "draft", "url": "<nil>"}},
		{name: "into a collection", path: "/articles/{draft}", body: `{"parent_id":"{collection}","parent_type":"collection"}`,
			want: map[string]string{"parent_id": "{collection}", "parent_ids.0": "{collection}"}},
		{name: "out of it", path: "/articles/{draft}", body: `{"parent_id":null}`, want: map[string]string{"parent_id": "<nil>", "parent_ids.#": "0"}},
		{name: "another language alone", path: "/articles/{translated_article}", body: `{"translated_content":{"fr":{"description":"Neuf"}}}`,
			want: map[string]string{"translated_content.fr.description": "Neuf", "translated_content.fr.title": "Mot de passe, brouillon", "description": ""}},
		{name: "keys that cannot be written", path: "/articles/{draft}", body: `{"id":"7","url":"x","created_at":1,"unheard_of":{}}`, want: map[string]string{"id": "{draft}"}},
		{name: "as it was read", path: "/articles/{draft}", header: map[string]string{"If-Match": "*"}, body: `{}`, want: map[string]string{"id": "{draft}"}},
		{name: "changed since it was read", path: "/articles/{draft}", header: map[string]string{"If-Match": `"old"`}, body: `{"title":"Late"}`,
			status: 412, code: "conflict", message: "The resource has changed since it was read"},
		{name: "a parent that does not exist", path: "/articles/{draft}", body: `{"parent_id":999999999}`,
			status: 400, code: "parameter_invalid", message: "parent_id is invalid"},
		{name: "not found", path: "/articles/999999999", body: `{"title":"Nobody"}`, status: 404, code: "not_found", message: "Resource Not Found"},
	}},
	{"DELETE /articles/{id}", []contractCase{
		{name: "deleted", path: "/articles/{doomed_article}", want: map[string]string{"id": "{doomed_article}", "object": "article", "deleted": "true"}},
		{name: "gone already", path: "/articles/{doomed_article}", status: 404, code: "not_found", message: "Resource Not Found"},
	}},

	{"GET /help_center/collections", []contractCase{
		{name: "all", want: map[string]string{
			"type": "list", "data.#": "4", "total_count": "4", "pages.page": "1", "pages.per_page": "20", "pages.next": absent, "data.0.type": absent,
		}},
		{name: "a page that has a next one", path: "/help_center/collections?per_page=1&page=2", want: map[string]string{
			"data.#": "1", "pages.total_pages": "4", "pages.next": baseURL + "/help_center/collections?per_page=1&page=3",
		}},
		{name: "a page past the end", path: "/help_center/collections?page=9", want: map[string]string{"data.#": "0", "total_count": "4"}},
		{name: "of a help center", path: "/help_center/collections?help_center_id={academy}", want: map[string]string{"data.#": "1", "data.0.id": "{translated_collection}"}},
		{name: "more than a page may hold", path: "/help_center/collections?per_page=1000", status: 400, code: "parameter_invalid", message: "Per Page is too big"},
	}},
	{"POST /help_center/collections", []contractCase{
		{name: "at the top", body: `{"name":"Fresh"}`, want: map[string]string{
			"name": "Fresh", "description": "", "parent_id": "<nil>", "help_center_id": "{help_center}", "default_locale": absent, "translated_content": absent,
		}},
		{name: "inside another", body: `{"name":"Inner","description":"D","parent_id":"{collection}"}`,
			want: map[string]string{"parent_id": "{collection}", "help_center_id": "<nil>", "description": "D"}},
		{name: "in two languages", want: map[string]string{
			"help_center_id": "{academy}", "default_locale": "en", "translated_content.type": "group_translated_content",
			"translated_content.fr.type": "group_content", "translated_content.fr.name": "Deux",
		}, body: `{"name":"Two","help_center_id":{academy},"translated_content":{"type":"group_translated_content","fr":{"type":"group_content","name":"Deux","description":"D"}}}`},
		{name: "without a name", body: `{"description":"Nameless"}`, status: 400, code: "parameter_not_found", message: "Name is a required parameter."},
		{name: "a parent that does not exist", body: `{"name":"Lost","parent_id":999999999}`, status: 400, code: "parameter_invalid", message: "parent_id is invalid"},
	}},
	{"GET /help_center/collections/{id}", []contractCase{
		{name: "at the top", path: "/help_center/collections/{collection}", want: map[string]string{
			"id": "{collection}", "workspace_id": "{workspace}", "type": absent, "parent_id": "<nil>", "help_center_id": "{help_center}",
			"url": baseURL + "/help/en/collections/{collection}-getting-started",
		}},
		{name: "inside another", path: "/help_center/collections/{child}", want: map[string]string{"parent_id": "{collection}", "help_center_id": "<nil>"}},
		{name: "in two languages", path: "/help_center/collections/{translated_collection}", want: map[string]string{
			"default_locale": "en", "translated_content.en.name": "Lessons", "translated_content.fr.name": "Leçons",
		}},
		{name: "not found", path: "/help_center/collections/999999999", status: 404, code: "not_found", message: "Resource Not Found"},
	}},
	{"PUT /help_center/collections/{id}", []contractCase{
		{name: "the name alone", path: "/help_center/collections/{child}", body: `{"name":"Accounts"}`,
			want: map[string]string{"name": "Accounts", "parent_id": "{collection}"}},
		{name: "to the top", path: "/help_center/collections/{child}", body: `{"parent_id":null}`,
			want: map[string]string{"parent_id": "<nil>", "help_center_id": "{help_center}"}},
		{name: "into another", path: "/help_center/collections/{child}", body: `{"parent_id":{collection}}`, want: map[string]string{"parent_id": "{collection}"}},
		{name: "another language alone", path: "/help_center/collections/{translated_collection}", body: `{"translated_content":{"fr":{"description":"Neuf"}}}`,
			want: map[string]string{"translated_content.fr.description": "Neuf", "translated_content.fr.name": "Leçons"}},
		{name: "changed since it was read", path: "/help_center/collections/{child}", header: map[string]string{"If-Match": `"old"`}, body: `{"name":"Late"}`,
			status: 412, code: "conflict", message: "The resource has changed since it was read"},
		{name: "a parent that does not exist", path: "/help_center/collections/{child}", body: `{"parent_id":999999999}`,
			status: 400, code: "parameter_invalid", message: "parent_id is invalid"},
		{name: "not found", path: "/help_center/collections/999999999", body: `{"name":"Nobody"}`, status: 404, code: "not_found", message: "Resource Not Found"},
	}},
	{"DELETE /help_center/collections/{id}", []contractCase{
		{name: "deleted", path: "/help_center/collections/{doomed_collection}", want: map[string]string{"id": "{doomed_collection}", "object": "collection", "deleted": "true"}},
		{name: "gone already", path: "/help_center/collections/{doomed_collection}", status: 404, code: "not_found", message: "Resource Not Found"},
	}},
	{"GET /help_center/help_centers", []contractCase{
		{name: "all", want: map[string]string{"type": "list", "data.#": "2", "data.0.id": "{help_center}", "data.1.id": "{academy}", "pages": absent, "total_count": absent}},
		{name: "a second page is empty", path: "/help_center/help_centers?page=2", want: map[string]string{"data.#": "0"}},
	}},
	{"GET /help_center/help_centers/{id}", []contractCase{
		{name: "found", path: "/help_center/help_centers/{academy}", want: map[string]string{
			"id": "{academy}", "workspace_id": "{workspace}", "identifier": "academy", "display_name": "Academy", "website_turned_on": "true", "custom_domain": "<nil>",
		}},
		{name: "not found", path: "/help_center/help_centers/999999999", status: 404, code: "not_found", message: "Resource Not Found"},
	}},

	{"GET /tags", []contractCase{
		{name: "all, whatever the page", path: "/tags?per_page=1", want: map[string]string{
			"type": "list", "data.#": "2", "data.0.type": "tag", "data.0.id": "{tag}", "data.0.name": "Billing",
		}},
	}},
	{"POST /tags", []contractCase{
		{name: "a new one", body: `{"name":"Fresh"}`, want: map[string]string{"type": "tag", "name": "Fresh"}},
		{name: "one that exists, in another case", body: `{"name":"BILLING"}`, want: map[string]string{"id": "{tag}", "name": "Billing"}},
		{name: "another name", body: `{"id":"{tag}","name":"Invoices"}`, want: map[string]string{"id": "{tag}", "name": "Invoices"}},
		{name: "without a name", body: `{}`, status: 400, code: "parameter_invalid", message: "invalid tag parameters"},
		{name: "the name of another", body: `{"id":"{tag}","name":"doomed"}`, status: 409, code: "resource_conflict", message: "Another tag has the name Doomed."},
		{name: "one that does not exist", body: `{"id":"999999999","name":"Fresh"}`, status: 404, code: "not_found", message: "Resource Not Found"},
		{name: "on a company", body: `{"name":"Fresh","companies":[{"company_id":"123"}]}`, status: 404, code: "company_not_found", message: "Company Not Found"},
		{name: "on a user", body: `{"name":"Fresh","users":[{"id":"123"}]}`, status: 404, code: "not_found", message: "User Not Found"},
	}},
	{"GET /tags/{id}", []contractCase{
		{name: "found", path: "/tags/{tag}", want: map[string]string{"type": "tag", "id": "{tag}"}},
		{name: "not found", path: "/tags/999999999", status: 404, code: "not_found", message: "Resource Not Found"},
	}},
	{"DELETE /tags/{id}", []contractCase{
		{name: "deleted", path: "/tags/{doomed_tag}"},
		{name: "gone already", path: "/tags/{doomed_tag}", status: 404, code: "not_found", message: "Resource Not Found"},
	}},

	{"GET /teams", []contractCase{
		{name: "all", want: map[string]string{"type": "team.list", "teams.#": "1", "teams.0.type": "team", "teams.0.id": "{team}"}},
	}},
	{"GET /teams/{id}", []contractCase{
		{name: "found", path: "/teams/{team}", want: map[string]string{"type": "team", "id": "{team}", "name": "Writers", "admin_ids.0": "{other_admin}"}},
		{name: "not found", path: "/teams/999999999", status: 404, code: "team_not_found", message: "Team not found"},
	}},
}
