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
			{name: "all", want: values{"type": "list", "data.#": "2", "{}": "type data", "data.0.id": "{help_center}", "data.1.id": "{academy}", "pages": absent, "total_count": absent}},
			{name: "a second page is empty", path: "/help_center/help_centers?page=2", want: values{"data.#": "0"}},
		}},
		{"GET /help_center/help_centers/{id}", []testCase{
			{name: "found", path: "/help_center/help_centers/{academy}", want: values{
				"id": "{academy}", "workspace_id": "{workspace}", "identifier": "academy", "display_name": "Academy", "website_turned_on": "true", "custom_domain": "<nil>",
			}},
			{name: "not found", path: "/help_center/help_centers/999999999", status: 404, code: "not_found", message: "Resource Not Found"},
		}},
		{"GET /lectern/help_centers/{id}", []testCase{
			{name: "found", path: "/lectern/help_centers/{academy}", want: values{
				"id": "{academy}", "identifier": "academy", "display_name": "Academy", "website_turned_on": "true", "custom_domain": "<nil>",
				"locales_fixed": "false", "theme.brand_color": "<nil>", "theme.header_style": "deep", "theme.logo": "<nil>",
				"theme.translated_content.type": "help_center_translated_content",
			}},
			{name: "not found", path: "/lectern/help_centers/999999999", status: 404, code: "not_found", message: "Resource Not Found"},
		}},
		{"PUT /lectern/help_centers/{id}", []testCase{
			{name: "nothing", path: "/lectern/help_centers/{academy}", body: `{}`, want: values{"id": "{academy}", "display_name": "Academy"}},
			{name: "names", path: "/lectern/help_centers/{academy}", body: `{"identifier":"school","display_name":"School","custom_domain":"School.example.com"}`, want: values{
				"identifier": "school", "display_name": "School", "custom_domain": "school.example.com", "custom_domain_answers": "false", "custom_domain_seen_at": "<nil>"}},
			{name: "a domain that answers", path: "/lectern/help_centers/{academy}", body: `{"custom_domain_answers":true}`, want: values{
				"custom_domain": "school.example.com", "custom_domain_answers": "true", "url": "https://school.example.com"}},
			{name: "languages", path: "/lectern/help_centers/{academy}", body: `{"default_locale":"fr","locales":["de","FR","en"],"locales_fixed":true}`, want: values{
				"default_locale": "fr", "locales.#": "3", "locales.0": "fr", "locales.1": "de", "locales_fixed": "true"}},
			{name: "turned off", path: "/lectern/help_centers/{academy}", body: `{"website_turned_on":false}`, want: values{"website_turned_on": "false"}},
			{name: "a theme", path: "/lectern/help_centers/{academy}", body: `{"theme":{"brand_color":"#0B7","header_style":"tint","video_hosts":["Vimeo.com","loom.com"],"logo":"` + svgLogo + `",
				"translated_content":{"en":{"name":"Learn","greeting":" Hello ","introduction":"Ask","header_links":[{"label":"Status","url":"https://status.example.com/"}],
				"footer_links":[{"label":"Imprint","url":"/imprint"}],"contact":{"label":"Write","url":"mailto:help@example.com","text":"We answer."}}}}}`, want: values{
				"theme.brand_color": "#00bb77", "theme.header_style": "tint", "theme.logo_dark": "<nil>",
				"theme.video_hosts.#": "2", "theme.video_hosts.0": "vimeo.com",
				"theme.translated_content.en.name": "Learn", "theme.translated_content.en.greeting": "Hello",
				"theme.translated_content.en.header_links.0.url":   "https://status.example.com/",
				"theme.translated_content.en.footer_links.0.label": "Imprint", "theme.translated_content.en.contact.text": "We answer.",
			}},
			{name: "an empty theme", path: "/lectern/help_centers/{academy}", body: `{"theme":{"brand_color":null,"header_style":null,"video_hosts":[],"logo":null,"favicon":"",
				"translated_content":{"en":{"name":null,"contact":null,"header_links":null},"fr":null}}}`, want: values{"theme.brand_color": "<nil>", "theme.header_style": "deep", "theme.video_hosts.#": "0"}},
			{name: "as it was", path: "/lectern/help_centers/{academy}", body: `{"identifier":"academy","display_name":"Academy","custom_domain":null,
				"website_turned_on":true,"default_locale":"en","locales":["en","fr"],"locales_fixed":false}`, want: values{
				"identifier": "academy", "custom_domain": "<nil>", "custom_domain_answers": "false", "locales.#": "2", "locales_fixed": "false"}},
			{name: "an identifier of the server", path: "/lectern/help_centers/{academy}", body: `{"identifier":"articles"}`, status: 400, code: "parameter_invalid",
				message: "identifier must not be the name of a path that the server has itself"},
			{name: "an identifier that is none", path: "/lectern/help_centers/{academy}", body: `{"identifier":"a/b"}`, status: 400, code: "parameter_invalid",
				message: "identifier must be up to 63 lower-case letters, digits, hyphens and underscores, and begin with a letter or digit"},
			{name: "an identifier that is taken", path: "/lectern/help_centers/{academy}", body: `{"identifier":"help"}`, status: 409, code: "resource_conflict",
				message: "The identifier help is taken by another help center."},
			{name: "no name", path: "/lectern/help_centers/{academy}", body: `{"display_name":" "}`, status: 400, code: "parameter_invalid", message: "display_name must not be blank"},
			{name: "no domain", path: "/lectern/help_centers/{academy}", body: `{"custom_domain":"https://example.com"}`, status: 400, code: "parameter_invalid",
				message: "custom_domain must be the name of a host, such as help.example.com"},
			{name: "no domain that could answer", path: "/lectern/help_centers/{academy}", body: `{"custom_domain_answers":true}`, status: 400, code: "parameter_invalid",
				message: "custom_domain_answers can be true only where there is a custom_domain"},
			{name: "no language", path: "/lectern/help_centers/{academy}", body: `{"locales":["xx"]}`, status: 400, code: "parameter_invalid", message: `Unknown locale "xx"`},
			{name: "no color", path: "/lectern/help_centers/{academy}", body: `{"theme":{"brand_color":"red"}}`, status: 400, code: "parameter_invalid",
				message: "brand_color must be a color such as #0b7a5c"},
			{name: "no header style", path: "/lectern/help_centers/{academy}", body: `{"theme":{"header_style":"loud"}}`, status: 400, code: "parameter_invalid",
				message: "header_style must be deep, tint, plain or picture"},
			{name: "no host of videos", path: "/lectern/help_centers/{academy}", body: `{"theme":{"video_hosts":["evil.example"]}}`, status: 400, code: "parameter_invalid",
				message: "video_hosts may have youtube.com, youtube-nocookie.com, youtu.be, vimeo.com, wistia.com, wistia.net, loom.com, vidyard.com, stream.io"},
			{name: "no picture", path: "/lectern/help_centers/{academy}", body: `{"theme":{"logo":"data:text/html;base64,PGI+"}}`, status: 400, code: "parameter_invalid",
				message: "logo must be a picture: PNG or SVG"},
			{name: "a picture that is elsewhere", path: "/lectern/help_centers/{academy}", body: `{"theme":{"favicon":"https://example.com/a.png"}}`, status: 400, code: "parameter_invalid",
				message: "favicon must be a data URL in base64"},
			{name: "a link that runs", path: "/lectern/help_centers/{academy}", body: `{"theme":{"translated_content":{"en":{"footer_links":[{"label":"x","url":"javascript:alert(1)"}]}}}}`,
				status: 400, code: "parameter_invalid", message: "footer_links[0].url must be an address with https, http, mailto or tel, or a path"},
			{name: "a wrong type", path: "/lectern/help_centers/{academy}", body: `{"theme":{"logo":7}}`, status: 400, code: "parameter_invalid", message: "theme.logo must be a string"},
			{name: "changed since it was read", path: "/lectern/help_centers/{academy}", header: map[string]string{"If-Match": `"old"`}, body: `{}`,
				status: 412, code: "conflict", message: "The resource has changed since it was read"},
			{name: "not found", path: "/lectern/help_centers/999999999", body: `{}`, status: 404, code: "not_found", message: "Resource Not Found"},
		}},
	},
}

// svgLogo is a picture as a theme takes it.
const svgLogo = "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4="
