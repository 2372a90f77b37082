package fidelity

import "strings"

// unknownToken is one that no server knows.
const unknownToken = "unheard of"

// strangers lists what an operation on one thing must answer to a token of
// another workspace. It comes before all other cases: these may delete the thing.
func strangers(route string, first testCase) []testCase {
	if !strings.Contains(route, "{id}") {
		return nil
	}
	return []testCase{{name: "from another workspace", from: first.from, to: first.to, path: first.path, body: first.body,
		token: elsewhereToken, status: 404}}
}

// refusals lists the cases that every operation has, sent to where its first
// case goes.
func (r *run) refusals(route string, first testCase) []testCase {
	const accept = "The Accept header should send a media type of application/json"
	list := []testCase{
		{name: "without a token", header: map[string]string{"Authorization": ""}, status: 401, code: "unauthorized", message: "Access Token Invalid"},
		{name: "with an unknown token", token: unknownToken, status: 401, code: "unauthorized", message: "Access Token Invalid"},
		{name: "with a revoked token", token: revokedToken, status: 401, code: "token_revoked", message: "Access Token Revoked"},
		{name: "for a browser", header: map[string]string{"Accept": "text/html"}, status: 406, code: "media_type_not_acceptable", message: accept},
		{name: "in an unknown version", header: map[string]string{"Intercom-Version": "1.0.0"}, status: 400, code: "intercom_version_invalid", message: `There is no API version "1.0.0". The Intercom-Version header names it; there are Preview, 2.16, 2.15, 2.14, 2.13, 2.12, 2.11, 2.10, 2.9, 2.8, 2.7.`},
		{name: "too often", status: 429, code: "rate_limit_exceeded", message: "Exceeded the rate limit; it resets at X-RateLimit-Reset"},
	}
	op := r.ours.operations[route]
	if _, rest, found := strings.Cut(op.Description, "Needs the permission `"); found {
		scope, _, _ := strings.Cut(rest, "`")
		token := tagsToken
		if strings.Contains(scope, "tags") {
			token = adminsToken
		}
		message := "You do not have the required scope (" + scope + ") to access this resource"
		for _, shown := range r.ours.examples(route) {
			if shown.status == 403 { // some operations have words of their own
				message = shown.message
			}
		}
		list = append(list, testCase{name: "without the permission", token: token, status: 403, code: "forbidden", message: message})
	}
	if op.RequestBody != nil {
		list = append(list,
			testCase{name: "with what is no JSON", body: `{"`, status: 400},
			testCase{name: "with too much", body: strings.Repeat(" ", 1<<20+1), status: 413, code: "parameter_invalid", message: "The request body is larger than 1 MiB"})
	}
	for i := range list {
		list[i].path = first.path
	}
	return list
}
