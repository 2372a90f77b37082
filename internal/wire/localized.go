package wire

import (
	"bytes"
	"encoding/json"
	"iter"
	"reflect"

	"lectern"
)

// Localized is an object with a type and one entry for each locale that has
// content, in the order of lectern.Locales.
type Localized[T any] struct {
	Type  string
	Texts map[lectern.Locale]T
}

// Entries implements apiversion.Keyed.
func (t Localized[T]) Entries() iter.Seq2[string, any] {
	return func(yield func(string, any) bool) {
		if !yield("type", t.Type) {
			return
		}
		for _, l := range lectern.Locales {
			if text, ok := t.Texts[l]; ok && !yield(string(l), text) {
				return
			}
		}
	}
}

// Element implements apiversion.Keyed.
func (t Localized[T]) Element() reflect.Type { return reflect.TypeFor[T]() }

// MarshalJSON writes the entries beside the type.
func (t Localized[T]) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	b.WriteByte('{')
	for key, value := range t.Entries() {
		if b.Len() > 1 {
			b.WriteByte(',')
		}
		b.WriteString(`"` + key + `":`)
		if err := e.Encode(value); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}
