package wire

import (
	"bytes"
	"encoding/json"

	"lectern"
)

// Localized is an object with a type and one entry for each locale that has
// content, in the order of lectern.Locales.
type Localized[T any] struct {
	Type  string
	Texts map[lectern.Locale]T
}

// MarshalJSON writes the entries beside the type.
func (t Localized[T]) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	b.WriteString(`{"type":`)
	if err := e.Encode(t.Type); err != nil {
		return nil, err
	}
	for _, l := range lectern.Locales {
		text, ok := t.Texts[l]
		if !ok {
			continue
		}
		b.WriteString(`,"` + string(l) + `":`)
		if err := e.Encode(text); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}
