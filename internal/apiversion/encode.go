package apiversion

import (
	"bytes"
	"encoding/json"
	"iter"
	"reflect"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// Encode writes an answer, given in the newest shape, as JSON of version v.
//
// Values that hold nothing a newer version changed are written as they are;
// only the objects that did change are taken apart. For the newest version
// that is never.
func (v *Version) Encode(answer any) ([]byte, error) {
	var b bytes.Buffer
	if err := v.encode(&b, reflect.ValueOf(answer)); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func (v *Version) encode(b *bytes.Buffer, value reflect.Value) error {
	if !value.IsValid() || !v.touches(value.Type()) {
		return appendJSON(b, valueOrNil(value))
	}
	switch value.Kind() {
	case reflect.Pointer, reflect.Interface:
		return v.encode(b, value.Elem())
	case reflect.Slice:
		if value.IsNil() {
			return appendJSON(b, nil)
		}
		b.WriteByte('[')
		for i := range value.Len() {
			if i > 0 {
				b.WriteByte(',')
			}
			if err := v.encode(b, value.Index(i)); err != nil {
				return err
			}
		}
		b.WriteByte(']')
		return nil
	}
	o := NewObject()
	if k, ok := value.Interface().(Keyed); ok {
		for key, part := range k.Entries() {
			if err := v.set(o, key, reflect.ValueOf(part)); err != nil {
				return err
			}
		}
		return appendJSON(b, o)
	}
	for _, f := range fields(value.Type()) {
		fv := value.FieldByIndex(f.Index)
		if f.omitZero && fv.IsZero() {
			continue
		}
		if err := v.set(o, f.name, fv); err != nil {
			return err
		}
	}
	for _, e := range v.Changed(Kind(value.Type())) {
		e.Object(o)
	}
	return appendJSON(b, o)
}

// set gives o a key. What holds nothing that a newer version changed stays the
// Go value it is, so that edits can read it.
func (v *Version) set(o *Object, key string, value reflect.Value) error {
	if !value.IsValid() || !v.touches(value.Type()) {
		o.Set(key, valueOrNil(value))
		return nil
	}
	var raw bytes.Buffer
	err := v.encode(&raw, value)
	o.Set(key, json.RawMessage(raw.Bytes()))
	return err
}

// A Keyed value becomes a JSON object whose keys are not the fields of a
// struct.
type Keyed interface {
	// Entries are the object's keys and values, in order.
	Entries() iter.Seq2[string, any]
	// Element is the type of the values that versions may change.
	Element() reflect.Type
}

func valueOrNil(v reflect.Value) any {
	if !v.IsValid() {
		return nil
	}
	return v.Interface()
}

// Kind returns the name of the schema of a wire type: its Go name in snake
// case, ArticleListItem is "article_list_item".
func Kind(t reflect.Type) string {
	var b strings.Builder
	for i, r := range t.Name() {
		if unicode.IsUpper(r) && i > 0 {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// touched remembers, by version and type, what touches found.
var touched sync.Map // of touchedKey to bool

type touchedKey struct {
	v *Version
	t reflect.Type
}

// touches reports whether a value of type t can hold an object that a version
// after v changed.
func (v *Version) touches(t reflect.Type) bool {
	key := touchedKey{v, t}
	if found, ok := touched.Load(key); ok {
		return found.(bool)
	}
	found := v.search(t, nil)
	touched.Store(key, found)
	return found
}

func (v *Version) search(t reflect.Type, above []reflect.Type) bool {
	if slices.Contains(above, t) {
		return false
	}
	above = append(above, t)
	if t.Kind() != reflect.Pointer && t.Implements(reflect.TypeFor[Keyed]()) {
		return v.search(reflect.Zero(t).Interface().(Keyed).Element(), above)
	}
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice:
		return v.search(t.Elem(), above)
	case reflect.Interface:
		return true
	case reflect.Struct:
		if len(v.Changed(Kind(t))) > 0 {
			return true
		}
		if t.Implements(reflect.TypeFor[json.Marshaler]()) {
			return false
		}
		return slices.ContainsFunc(fields(t), func(f field) bool { return v.search(f.Type, above) })
	}
	return false
}

// A field is one key of the JSON object a struct becomes.
type field struct {
	reflect.StructField
	name     string
	omitZero bool
}

// fields lists the JSON fields of a struct type, embedded ones in their place.
func fields(t reflect.Type) []field {
	var list []field
	for _, f := range reflect.VisibleFields(t) {
		tag, ok := f.Tag.Lookup("json")
		if !ok || !f.IsExported() {
			continue
		}
		name, rest, _ := strings.Cut(tag, ",")
		list = append(list, field{f, name, rest == "omitzero"})
	}
	return list
}

// Forward brings a request body of the given kind from version v to the newest
// shape. A body that no version changed is returned as it is.
func (v *Version) Forward(kind string, body []byte) ([]byte, error) {
	edits := v.edits(kind, func(c *Change) map[string][]Edit { return c.Request })
	if len(edits) == 0 {
		return body, nil
	}
	o := NewObject()
	// Unmarshal looks at the whole body first: it refuses what follows the
	// object, and depths at which reading would exhaust the stack.
	if err := json.Unmarshal(body, o); err != nil {
		return nil, err
	}
	for _, e := range slices.Backward(edits) { // the oldest first
		e.Object(o)
	}
	return o.MarshalJSON()
}
