package reference

import (
	"fmt"
	"slices"
	"strings"

	"lectern"
)

// A field is a part of a body, an answer or an address.
type field struct {
	Name     string
	Type     string // in words: "list of strings"
	About    string
	Required bool
	Nullable bool
	Enum     []string
	Fields   []*field // of an object, or of the objects in a list
	Anchor   string   // id in the page
	Kind     string   // name of the schema, of an object or of those in a list
	Locales  int      // how many keys this one stands for; zero for an ordinary one

	base    string // JSON type
	format  string // "date-time", or what else the schema says of the type
	item    *field // of a list
	example any    // given by the document; nil for none
}

// A reader reads schemas.
type reader struct{ schemas *object }

const schemaRef = "#/components/schemas/"

// maxDepth bounds how far objects in objects are shown.
const maxDepth = 6

// field reads a schema, and what it refers to unless that is among within: an
// object that holds its own kind is shown once.
func (r reader) field(schema *object, anchor string, within []string) *field {
	f := &field{About: text(schema, "description"), Anchor: anchor, example: schema.Get("example")}
	schema, f.Kind = r.resolve(schema)
	f.Nullable = schema.Get("nullable") == true
	f.base, f.format = text(schema, "type"), text(schema, "format")
	for _, v := range list(schema, "enum") {
		if s, ok := v.(string); ok {
			f.Enum = append(f.Enum, s)
		}
	}
	if f.example == nil {
		f.example = schema.Get("example")
	}
	switch {
	case schema.Has("oneOf"):
		r.choice(f, list(schema, "oneOf"), anchor, within)
	case f.base == "array":
		f.item = r.field(child(schema, "items"), anchor, within)
		f.Kind, f.Fields, f.Type = f.item.Kind, f.item.Fields, "list of "+plural(f.item.Type)
		if len(f.Enum) == 0 {
			f.Enum = f.item.Enum
		}
	case f.base == "object" || schema.Has("properties"):
		f.base, f.Type = "object", "object"
		if f.Kind == "" || !slices.Contains(within, f.Kind) && len(within) < maxDepth {
			f.Fields = r.properties(schema, anchor, append(slices.Clip(within), f.Kind))
		}
	default:
		f.Type = f.base
	}
	return f
}

// choice reads a value of several types: it is shown as any of them and its
// example is of the first.
func (r reader) choice(f *field, options []any, anchor string, within []string) {
	var types []string
	for i, option := range options {
		o := r.field(option.(*object), anchor, within)
		if i == 0 {
			f.base, f.format, f.item, f.Fields = o.base, o.format, o.item, o.Fields
		}
		f.Nullable = f.Nullable || o.Nullable
		if !slices.Contains(types, o.Type) {
			types = append(types, o.Type)
		}
	}
	f.Type = strings.Join(types, " or ")
}

// properties reads the fields of an object. Keys that are locales and hold the
// same kind are one field that stands for all.
func (r reader) properties(schema *object, anchor string, within []string) []*field {
	properties := child(schema, "properties")
	if properties == nil {
		return nil
	}
	locales := 0
	for _, name := range properties.Keys() {
		if _, ok := lectern.ParseLocale(name); ok {
			locales++
		}
	}
	var fields []*field
	for _, name := range properties.Keys() {
		_, isLocale := lectern.ParseLocale(name)
		isLocale = isLocale && locales > 5
		if isLocale && len(fields) > 0 && fields[len(fields)-1].Locales > 0 {
			continue
		}
		label := name
		if isLocale {
			label = "locale"
		}
		f := r.field(child(properties, name), anchor+"-"+label, within)
		f.Name = name
		if isLocale {
			f.Name, f.Locales = "{locale}", locales
			f.About = fmt.Sprintf("What is in one language. The key is any of the %d locales: en, de, pt-BR, …", locales)
		}
		f.Required = slices.Contains(list(schema, "required"), any(name)) && !isLocale
		fields = append(fields, f)
	}
	return fields
}

// resolve follows references and returns the schema with its name.
func (r reader) resolve(schema *object) (*object, string) {
	if all := list(schema, "allOf"); len(all) == 1 {
		schema = all[0].(*object)
	}
	name, ok := strings.CutPrefix(text(schema, "$ref"), schemaRef)
	if !ok {
		return schema, ""
	}
	return child(r.schemas, name), name
}

// plural is a type of several things.
func plural(kind string) string {
	words := strings.Split(kind, " or ")
	for i, w := range words {
		if first, rest, ok := strings.Cut(w, " of "); ok {
			words[i] = first + "s of " + rest
		} else {
			words[i] = w + "s"
		}
	}
	return strings.Join(words, " or ")
}

// scalar reports whether the field is a single value.
func (f *field) scalar() bool { return f.base != "object" && f.base != "array" }
