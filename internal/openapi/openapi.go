// Package openapi writes our own OpenAPI description of each version of the
// API, the one served at /openapi/{version}.json.
//
// Nothing in it is kept by hand. The operations come from the route table of
// internal/rest, the schemas from the structs of internal/wire by reflection,
// the words from those structs' comments, and the differences of older
// versions from the same changes that take their answers back. So the
// description cannot fall out of step with what is answered; the contract
// tests of internal/rest hold the two against each other all the same.
package openapi

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"lectern/internal/apiversion"
)

// object is a JSON object with its keys in order.
type object = apiversion.Object

var newObject = apiversion.NewObject

// Document describes version v of the API, served at the address base, as an
// OpenAPI 3.0.3 document: those of ops that the version offers, newest shapes
// brought back to it. The same arguments give the same bytes.
func Document(v *apiversion.Version, ops []Operation, base string) ([]byte, error) {
	words, err := readWords()
	if err != nil {
		return nil, err
	}
	s := &schemas{version: v, words: words, types: map[string]typeUse{}}
	paths, tags := newObject(), []any{}
	for _, op := range ops {
		if !v.Offers(op.Route) {
			continue
		}
		method, path, _ := strings.Cut(op.Route, " ")
		item, ok := paths.Get(path).(*object)
		if !ok {
			item = newObject()
			paths.Set(path, item)
		}
		item.Set(strings.ToLower(method), s.operation(op))
		if !slices.ContainsFunc(tags, func(tag any) bool { return tag.(*object).Get("name") == op.Tag }) {
			tags = append(tags, newObject("name", op.Tag))
		}
	}
	doc := newObject(
		"openapi", "3.0.3",
		"info", newObject("title", "Lectern API", "version", v.Name, "description", about(v)),
		"servers", []any{newObject("url", base)},
		"security", []any{newObject("bearer", []any{}), newObject("basic", []any{})},
		"tags", tags,
		"paths", paths,
		"components", newObject(
			"securitySchemes", securitySchemes(),
			"parameters", newObject("version", versionParameter(v)),
			"headers", headers(v),
			"schemas", s.reachable(paths),
		),
	)
	return indented(doc)
}

// about introduces a version: what the API is, and what the version changed.
func about(v *apiversion.Version) string {
	text := "Articles, collections and help centers of a Lectern server, in version " + v.Name +
		" of Intercom's API. An ID in a path or body may be a number or a string of digits; keys" +
		" a request body has beyond those listed are ignored; times are in Unix seconds."
	for i, c := range v.Changes {
		if i == 0 {
			text += "\n\nNew in this version:\n"
		}
		text += "\n- " + c.About
	}
	return text
}

func securitySchemes() *object {
	return newObject(
		"bearer", newObject("type", "http", "scheme", "bearer", "description", "The access token."),
		"basic", newObject("type", "http", "scheme", "basic", "description", "The access token as user, with an empty password."),
	)
}

func versionParameter(v *apiversion.Version) *object {
	var served []any
	for _, name := range apiversion.Served() {
		served = append(served, name)
	}
	return newObject(
		"name", "Intercom-Version", "in", "header",
		"description", "Version of the API to be answered in; without it, the version of the access token.",
		"schema", newObject("type", "string", "enum", served),
		"example", v.Name,
	)
}

// indented writes an object for people to read.
func indented(o *object) ([]byte, error) {
	raw, err := o.MarshalJSON()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := json.Indent(&b, raw, "", "  "); err != nil {
		return nil, err
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}
