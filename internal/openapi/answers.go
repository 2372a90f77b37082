package openapi

import (
	"cmp"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"lectern/internal/apiversion"
	"lectern/internal/wire"
)

// operation describes one operation.
func (s *schemas) operation(op Operation) *object {
	o := newObject("operationId", op.ID, "summary", op.Summary)
	if about := op.about(); about != "" {
		o.Set("description", about)
	}
	o.Set("tags", []any{op.Tag})
	o.Set("parameters", parameters(op))
	if op.Request != nil {
		o.Set("requestBody", newObject("required", true, "content", content(s.of(reflect.TypeOf(op.Request)))))
	}
	o.Set("responses", s.responses(op))
	return o
}

// about returns what a caller should know, the permission needed included.
func (op Operation) about() string {
	if op.Scope == "" {
		return op.About
	}
	return strings.TrimSpace(op.About + " Needs the permission `" + string(op.Scope) + "`.")
}

// parameters lists those of the path, of the query and of the header.
func parameters(op Operation) []any {
	list := []any{}
	for rest := op.Route; ; {
		_, after, found := strings.Cut(rest, "{")
		if !found {
			break
		}
		name, after, _ := strings.Cut(after, "}")
		list = append(list, newObject("name", name, "in", "path", "required", true, "schema", newObject("type", "string")))
		rest = after
	}
	for _, p := range op.Params {
		schema := newObject("type", p.Type)
		if len(p.Enum) > 0 {
			schema.Set("enum", p.Enum)
		}
		o := newObject("name", p.Name, "in", "query", "description", p.About)
		if p.Required {
			o.Set("required", true)
		}
		o.Set("schema", schema)
		list = append(list, o)
	}
	return append(list, newObject("$ref", "#/components/parameters/version"))
}

// responses lists what an operation answers with: a success, then the errors
// by status.
func (s *schemas) responses(op Operation) *object {
	success := newObject("description", "Done; the body is empty.", "headers", headersOf(op, op.Success()))
	if op.Answer != nil {
		t := reflect.TypeOf(op.Answer)
		success.Set("description", s.words[t.Name()].about)
		success.Set("content", content(s.of(t)))
	}
	list := newObject(strconv.Itoa(op.Success()), success)
	failures := slices.DeleteFunc(slices.Concat(op.Errors, failuresOfAll(op)), func(f Failure) bool { return !f.in(s.version) })
	slices.SortStableFunc(failures, func(a, b Failure) int { return cmp.Compare(a.Status, b.Status) })
	for i := 0; i < len(failures); {
		status := failures[i].Status
		end := i
		for end < len(failures) && failures[end].Status == status {
			end++
		}
		list.Set(strconv.Itoa(status), s.failure(op, failures[i:end]))
		i = end
	}
	return list
}

// failuresOfAll lists the errors that any operation may answer with.
func failuresOfAll(op Operation) []Failure {
	list := []Failure{
		refusal(http.StatusBadRequest, "intercom_version_invalid", `There is no API version "1.0.0". The Intercom-Version header names it; there are Preview, 2.16, 2.15, 2.14, 2.13, 2.12, 2.11, 2.10, 2.9, 2.8, 2.7.`, "No such API version"),
		refusal(http.StatusUnauthorized, "unauthorized", "Access Token Invalid", "Unauthorized"),
		refusal(http.StatusNotAcceptable, "media_type_not_acceptable", "The Accept header should send a media type of application/json", "Not acceptable"),
		refusal(http.StatusTooManyRequests, "rate_limit_exceeded", "Exceeded the rate limit; it resets at X-RateLimit-Reset", "Too many requests"),
	}
	if op.Request != nil {
		list = append(list, refusal(http.StatusRequestEntityTooLarge, "parameter_invalid",
			"The request body is larger than 1 MiB", "Body too large"))
	}
	if op.Scope != "" {
		list = append(list, refusal(http.StatusForbidden, "forbidden", op.Denial(), "Permission missing"))
	}
	return list
}

// failure describes the errors of one status, each as an example.
func (s *schemas) failure(op Operation, failures []Failure) *object {
	examples, when := newObject(), []string{}
	for _, f := range failures {
		if examples.Has(f.When) {
			continue
		}
		when = append(when, f.When)
		value := newObject("type", "error.list", "request_id", exampleRequestID,
			"errors", []any{newObject("code", f.Code, "message", f.Message)})
		if f.Status == http.StatusNotAcceptable {
			value.Delete("request_id")
		}
		examples.Set(f.When, newObject("value", value))
	}
	schema := s.of(reflect.TypeFor[wire.Error]())
	if failures[0].Status == http.StatusBadRequest && op.Request != nil && !s.version.Has(&apiversion.MalformedJSONIsListed) {
		schema = newObject("oneOf", []any{schema, malformed()})
	}
	body := content(schema)
	body.Get("application/json").(*object).Set("examples", examples)
	return newObject("description", strings.Join(when, "; ")+".",
		"headers", headersOf(op, failures[0].Status), "content", body)
}

// malformed describes the answer to a body that is not JSON, which before 2.16
// has a shape of its own, as recorded on the wire.
func malformed() *object {
	return newObject("type", "object", "description", "The answer to a body that is not JSON.",
		"properties", newObject("status", newObject("type", "integer"), "error", newObject("type", "string")),
		"required", []any{"status", "error"})
}

func content(schema *object) *object {
	return newObject("application/json", newObject("schema", schema))
}

const exampleRequestID = "0024v9k2m1c3e5g7i9ko"

// headers describes the headers that answers share.
func headers(v *apiversion.Version) *object {
	header := func(about, kind string, example any) *object {
		return newObject("description", about, "schema", newObject("type", kind), "example", example)
	}
	return newObject(
		"Intercom-Version", header("Version of the API that the answer has the shape of.", "string", v.Name),
		"X-Request-Id", header("Names this request; errors repeat it as request_id.", "string", exampleRequestID),
		"X-RateLimit-Limit", header("Requests allowed in a window of ten seconds.", "integer", 1666),
		"X-RateLimit-Remaining", header("Requests left in this window.", "integer", 1665),
		"X-RateLimit-Reset", header("When the next window begins, in Unix seconds.", "integer", 1778133276),
		"ETag", header("Changes when the answer does. Send it back as If-None-Match to be answered 304 while nothing changed.", "string", `"5d1c"`),
	)
}

// headersOf refers to the headers that an answer of this status carries. Until
// the token is known there is neither a limit nor a version to tell of.
func headersOf(op Operation, status int) *object {
	names := []string{"X-Request-Id"}
	switch status {
	case http.StatusUnauthorized, http.StatusNotAcceptable:
	case op.Success():
		names = append(names, "Intercom-Version")
		fallthrough
	default:
		names = append(names, "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset")
	}
	if status == op.Success() && strings.HasPrefix(op.Route, "GET ") {
		names = append(names, "ETag")
	}
	list := newObject()
	for _, name := range names {
		list.Set(name, newObject("$ref", "#/components/headers/"+name))
	}
	return list
}
