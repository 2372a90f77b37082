package fidelity

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// A finding is a way in which an answer is not as described.
type finding struct {
	rule   string // kind and place: "undescribed $.data[].content_id"
	detail string // for people
}

func (f finding) String() string { return f.rule + ": " + f.detail }

// judge holds an answer against the description of its operation.
func (d *description) judge(route string, x *exchange) []finding {
	response := d.operations[route].Responses.Status(x.status)
	if response == nil {
		return append(d.judgeError(x), finding{fmt.Sprintf("status %d", x.status), "no such status is described"})
	}
	var found []finding
	for name, header := range response.Value.Headers {
		found = append(found, judgeHeader(name, header.Value.Schema.Value, x.header.Get(name))...)
	}
	media := response.Value.Content.Get("application/json")
	switch {
	case media == nil && len(x.raw) == 0:
		return found
	case media == nil:
		return append(found, finding{"undescribed $", "no body is described"})
	case len(x.raw) == 0:
		return append(found, finding{"mismatch $", "the body is empty"})
	case media.Schema == nil: // an example alone, of an error
		return append(found, d.judgeError(x)...)
	}
	return append(found, judgeValue(media.Schema, x.body)...)
}

// judgeError holds the body of an error against the shape that all of them have.
func (d *description) judgeError(x *exchange) []finding {
	return judgeValue(d.doc.Components.Schemas["error"], x.body)
}

func judgeHeader(name string, schema *openapi3.Schema, value string) []finding {
	if value == "" {
		return []finding{{"header " + name, "is not there"}}
	}
	if _, err := strconv.Atoi(value); err != nil && schema.Type.Is("integer") {
		return []finding{{"header " + name, "is no number: " + value}}
	}
	return nil
}

// formatUUID is what the library knows of the format, but does not look at
// unless told to.
var formatUUID = openapi3.NewRegexpFormatValidator(openapi3.FormatOfStringForUUIDOfRFC4122)

// judgeValue holds a value against a schema: what the schema says of it, and
// whether it has keys that the schema says nothing of.
func judgeValue(schema *openapi3.SchemaRef, value any) []finding {
	var found []finding
	err := schema.Value.VisitJSON(value, openapi3.VisitAsResponse(), openapi3.MultiErrors(), openapi3.EnableFormatValidation(),
		openapi3.WithStringFormatValidator("uuid", formatUUID))
	for _, wrong := range schemaErrors(err) {
		found = append(found, finding{"mismatch " + place(wrong.JSONPointer()), wrong.Reason})
	}
	for _, at := range undescribed([]*openapi3.SchemaRef{schema}, value, "$") {
		found = append(found, finding{"undescribed " + at, "no such key is described"})
	}
	slices.SortFunc(found, func(a, b finding) int { return strings.Compare(a.rule, b.rule) })
	return slices.CompactFunc(found, func(a, b finding) bool { return a.rule == b.rule })
}

// schemaErrors takes apart what the library reports, down to the single causes.
func schemaErrors(err error) []*openapi3.SchemaError {
	switch err := err.(type) {
	case nil:
		return nil
	case openapi3.MultiError:
		var list []*openapi3.SchemaError
		for _, inner := range err {
			list = append(list, schemaErrors(inner)...)
		}
		return list
	case *openapi3.SchemaError:
		var parts openapi3.MultiError
		if err.SchemaField == "allOf" && errors.As(err.Origin, &parts) {
			return schemaErrors(parts)
		}
		return []*openapi3.SchemaError{err}
	}
	return []*openapi3.SchemaError{{Reason: err.Error()}}
}

// place spells a JSON pointer as a path whose list items are all alike.
func place(pointer []string) string {
	path := "$"
	for _, step := range pointer {
		if _, err := strconv.Atoi(step); err == nil {
			path += "[]"
		} else {
			path += "." + step
		}
	}
	return path
}

// undescribed lists the keys of a value that none of the schemas it follows
// names. An object of which nothing at all is said may hold anything.
func undescribed(schemas []*openapi3.SchemaRef, value any, path string) []string {
	var list []string
	switch value := value.(type) {
	case []any:
		var items []*openapi3.SchemaRef
		for _, s := range flat(schemas) {
			if s.Items != nil {
				items = append(items, s.Items)
			}
		}
		for _, item := range value {
			list = append(list, undescribed(items, item, path+"[]")...)
		}
	case map[string]any:
		named := map[string][]*openapi3.SchemaRef{}
		for _, s := range flat(schemas) {
			for key, property := range s.Properties {
				named[key] = append(named[key], property)
			}
		}
		if len(named) == 0 {
			return nil
		}
		for key, inner := range value {
			if named[key] == nil {
				list = append(list, path+"."+key)
			} else {
				list = append(list, undescribed(named[key], inner, path+"."+key)...)
			}
		}
	}
	return list
}

// flat lists schemas and those they are composed of.
func flat(schemas []*openapi3.SchemaRef) []*openapi3.Schema {
	var list []*openapi3.Schema
	for _, s := range schemas {
		list = append(list, s.Value)
		list = append(list, flat(slices.Concat(s.Value.AllOf, s.Value.AnyOf, s.Value.OneOf))...)
	}
	return list
}
