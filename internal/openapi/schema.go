package openapi

import (
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"lectern"
	"lectern/internal/apiversion"
	"lectern/internal/wire"
)

// schemas makes the schemas of a document: one for each struct of package wire
// that the document refers to.
type schemas struct {
	version *apiversion.Version
	words   map[string]words   // by Go name of the type
	types   map[string]typeUse // those referred to, by kind
}

// A typeUse is a type with a schema of its own.
type typeUse struct {
	reflect.Type
	nullable bool // null may stand in its place somewhere
}

const schemaRef = "#/components/schemas/"

// of returns the schema of a type; for a struct, a reference to it.
func (s *schemas) of(t reflect.Type) *object {
	switch {
	case t == reflect.TypeFor[wire.ID]():
		return newObject("oneOf", []any{
			newObject("type", "integer", "format", "int64", "minimum", 0),
			newObject("type", "string", "pattern", "^[0-9]*$"),
		})
	case t == reflect.TypeFor[wire.SectionParent]():
		return newObject("oneOf", []any{
			newObject("type", "integer", "format", "int64"),
			newObject("type", "string", "pattern", "^[0-9]+$"),
		})
	case t == reflect.TypeFor[wire.IDs]():
		id := s.of(reflect.TypeFor[wire.ID]())
		return newObject("oneOf", append(id.Get("oneOf").([]any), newObject("type", "array", "items", id)))
	case t == reflect.TypeFor[wire.JSONBlocks]():
		return newObject("type", "array", "items", newObject("type", "object"))
	case t == reflect.TypeFor[wire.ParentRef]():
		return newObject("type", "integer", "format", "int64")
	case t == reflect.TypeFor[wire.Markdown]():
		return newObject("type", "string", "nullable", true)
	case t == reflect.TypeFor[wire.Time]():
		return newObject("oneOf", []any{
			newObject("type", "string", "format", "date-time"),
			newObject("type", "integer", "format", "int64"),
		})
	case isOpt(t):
		value, _ := t.FieldByName("Value")
		return s.nullable(value.Type)
	case t.Kind() == reflect.Pointer:
		return s.nullable(t.Elem())
	case t.Kind() == reflect.Slice:
		return newObject("type", "array", "items", s.of(t.Elem()))
	case t.Kind() == reflect.Struct, isTranslations(t):
		return s.refer(t)
	}
	switch t.Kind() {
	case reflect.Bool:
		return newObject("type", "boolean")
	case reflect.Int64:
		return newObject("type", "integer", "format", "int64")
	case reflect.Int:
		return newObject("type", "integer")
	case reflect.Float64:
		return newObject("type", "number")
	}
	return newObject("type", "string")
}

// refer returns a reference to the schema of a type.
func (s *schemas) refer(t reflect.Type) *object {
	use := s.types[kind(t)]
	use.Type = t
	s.types[kind(t)] = use
	return newObject("$ref", schemaRef+kind(t))
}

// nullable returns the schema of a type in whose place null may stand. OpenAPI
// 3.0 knows nullable beside a type only, neither beside $ref nor beside oneOf,
// so there it moves to what is referred to.
func (s *schemas) nullable(t reflect.Type) *object {
	schema := s.of(t)
	switch {
	case schema.Has("$ref"):
		use := s.types[kind(t)]
		use.nullable = true
		s.types[kind(t)] = use
	case schema.Has("oneOf"):
		schema.Get("oneOf").([]any)[0].(*object).Set("nullable", true)
	default:
		schema.Set("nullable", true)
	}
	return schema
}

// kind names the schema of a type.
func kind(t reflect.Type) string {
	if isTranslations(t) {
		return strings.TrimSuffix(apiversion.Kind(t.Elem()), "_request") + "_translations"
	}
	return apiversion.Kind(t)
}

// reachable returns the schemas that paths refer to, directly or through one
// another, by name.
func (s *schemas) reachable(paths *object) *object {
	made := map[string]*object{}
	var follow func(any)
	follow = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, e := range v {
				follow(e)
			}
		case *object:
			if ref, ok := v.Get("$ref").(string); ok {
				name, isSchema := strings.CutPrefix(ref, schemaRef)
				if isSchema && made[name] == nil {
					made[name] = s.component(name)
					follow(made[name])
				}
			}
			for _, key := range v.Keys() {
				follow(v.Get(key))
			}
		}
	}
	follow(paths)
	list := newObject()
	for _, name := range slices.Sorted(maps.Keys(made)) {
		if s.types[name].nullable {
			made[name].Set("nullable", true)
		}
		list.Set(name, made[name])
	}
	return list
}

// component makes the schema of a type that is referred to, as it is in the
// document's version.
func (s *schemas) component(name string) *object {
	t := s.types[name].Type
	typeName, _, _ := strings.Cut(t.Name(), "[")
	schema := newObject("type", "object", "description", s.words[typeName].about)
	properties, required := newObject(), []any{}
	switch text, ok := localized(t); {
	case ok:
		properties.Set("type", newObject("type", "string", "enum", []any{name}))
		required = append(required, "type")
		for _, l := range lectern.Locales {
			properties.Set(string(l), s.of(text))
		}
	case isTranslations(t):
		properties.Set("type", newObject("type", "string"))
		for _, l := range lectern.Locales {
			properties.Set(string(l), s.nullable(t.Elem()))
		}
	default:
		s.addFields(t, properties, &required)
	}
	schema.Set("properties", properties)
	if len(required) > 0 {
		schema.Set("required", required)
	}
	for _, e := range slices.Concat(s.version.Changed(name), s.version.Asked(name)) {
		e.Schema(schema)
	}
	return schema
}

// addFields adds the fields of a struct, those of embedded structs in their
// place.
func (s *schemas) addFields(t reflect.Type, properties *object, required *[]any) {
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			s.addFields(f.Type, properties, required)
			continue
		}
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		optional := options == "omitzero"
		if isOpt(f.Type) {
			optional = f.Tag.Get("required") != "true"
		}
		if !optional {
			*required = append(*required, name)
		}
		properties.Set(name, s.property(f, options == "omitzero", s.words[t.Name()].fields[f.Name]))
	}
}

// property returns the schema of a field. One that is left out when it is
// zero is never null.
func (s *schemas) property(f reflect.StructField, omitted bool, about string) *object {
	t := f.Type
	if omitted && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	schema := s.of(t)
	if enum, ok := f.Tag.Lookup("enum"); ok {
		values := []any{}
		for v := range strings.SplitSeq(enum, ",") {
			values = append(values, v)
		}
		if schema.Has("nullable") {
			values = append(values, nil)
		}
		schema.Set("enum", values)
	}
	if example, ok := f.Tag.Lookup("example"); ok {
		schema.Set("example", exampleOf(schema, example))
	}
	if about == "" {
		return schema
	}
	if schema.Has("$ref") { // whose neighbours would be ignored
		schema = newObject("allOf", []any{schema})
	}
	schema.Set("description", about)
	return schema
}

// exampleOf reads an example as a value of its schema.
func exampleOf(schema *object, example string) any {
	switch schema.Get("type") {
	case "integer":
		if n, err := strconv.ParseInt(example, 10, 64); err == nil {
			return n
		}
	case "boolean":
		return example == "true"
	}
	return example
}

// isOpt reports whether t is an Opt[T] of package wire.
func isOpt(t reflect.Type) bool { return strings.HasPrefix(t.Name(), "Opt[") }

// isTranslations reports whether t is texts by locale: a Translations[T] of
// package wire, or the map inside its Localized[T].
func isTranslations(t reflect.Type) bool {
	return t.Kind() == reflect.Map && t.Key() == reflect.TypeFor[lectern.Locale]()
}

// localized returns T if t is a struct around a Localized[T] of package wire.
func localized(t reflect.Type) (reflect.Type, bool) {
	if t.Kind() != reflect.Struct {
		return nil, false
	}
	texts, ok := t.FieldByName("Texts")
	if !ok || !isTranslations(texts.Type) {
		return nil, false
	}
	return texts.Type.Elem(), true
}
