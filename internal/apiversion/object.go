package apiversion

import (
	"bytes"
	"encoding/json"
	"slices"
)

// An Object is a JSON object whose keys keep their order. Its values are
// anything encoding/json can write.
type Object struct {
	keys   []string
	values map[string]any
}

// NewObject returns an object with the given keys and values in turn.
func NewObject(pairs ...any) *Object {
	o := &Object{values: make(map[string]any, len(pairs)/2)}
	for i := 0; i+1 < len(pairs); i += 2 {
		o.Set(pairs[i].(string), pairs[i+1])
	}
	return o
}

// Keys returns the keys in order. The caller must not change the slice.
func (o *Object) Keys() []string { return o.keys }

// Has reports whether the object has key.
func (o *Object) Has(key string) bool { _, ok := o.values[key]; return ok }

// Get returns the value of key, or nil.
func (o *Object) Get(key string) any { return o.values[key] }

// Set changes the value of key, or adds it at the end.
func (o *Object) Set(key string, value any) {
	if !o.Has(key) {
		o.keys = append(o.keys, key)
	}
	o.values[key] = value
}

// Insert adds key before another one, or at the end if that is not there. A key
// that the object has keeps its place.
func (o *Object) Insert(before, key string, value any) {
	if !o.Has(key) {
		at := slices.Index(o.keys, before)
		if at < 0 {
			at = len(o.keys)
		}
		o.keys = slices.Insert(o.keys, at, key)
	}
	o.values[key] = value
}

// Delete removes key.
func (o *Object) Delete(key string) {
	if o.Has(key) {
		delete(o.values, key)
		o.keys = slices.DeleteFunc(o.keys, func(k string) bool { return k == key })
	}
}

// MarshalJSON writes the object with its keys in order.
func (o *Object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	if err := o.appendTo(&b); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func (o *Object) appendTo(b *bytes.Buffer) error {
	b.WriteByte('{')
	for i, k := range o.keys {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := appendJSON(b, k); err != nil {
			return err
		}
		b.WriteByte(':')
		if err := appendJSON(b, o.values[k]); err != nil {
			return err
		}
	}
	b.WriteByte('}')
	return nil
}

// UnmarshalJSON reads an object, nested ones as *Object, arrays as []any and
// numbers as json.Number.
func (o *Object) UnmarshalJSON(data []byte) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	v, err := readValue(d)
	if err != nil {
		return err
	}
	read, ok := v.(*Object)
	if !ok {
		return &json.UnmarshalTypeError{Value: "value that is no object"}
	}
	*o = *read
	return nil
}

func readValue(d *json.Decoder) (any, error) {
	t, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch t {
	case json.Delim('{'):
		o := NewObject()
		for d.More() {
			key, err := d.Token()
			if err != nil {
				return nil, err
			}
			value, err := readValue(d)
			if err != nil {
				return nil, err
			}
			o.Set(key.(string), value)
		}
		_, err = d.Token()
		return o, err
	case json.Delim('['):
		list := []any{}
		for d.More() {
			value, err := readValue(d)
			if err != nil {
				return nil, err
			}
			list = append(list, value)
		}
		_, err = d.Token()
		return list, err
	}
	return t, nil
}

// appendJSON writes v without escaping <, > and &: bodies are compared and read
// by people. Objects go straight into b; through encoding/json each level of
// nesting would be copied and checked once more.
func appendJSON(b *bytes.Buffer, v any) error {
	if o, ok := v.(*Object); ok && o != nil {
		return o.appendTo(b)
	}
	if list, ok := v.([]any); ok && list != nil {
		return appendList(b, list)
	}
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err
	}
	b.Truncate(b.Len() - 1) // Encode ends with a newline
	return nil
}

func appendList(b *bytes.Buffer, list []any) error {
	b.WriteByte('[')
	for i, v := range list {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := appendJSON(b, v); err != nil {
			return err
		}
	}
	b.WriteByte(']')
	return nil
}
