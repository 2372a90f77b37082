package wire

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strconv"
	"strings"
	"time"

	"lectern"
)

// An Opt is a field of a request that may be left out or null.
type Opt[T any] struct {
	Set   bool // it was in the request, null included
	Null  bool
	Value T
}

// UnmarshalJSON notes that the field was there, and whether it was null.
func (o *Opt[T]) UnmarshalJSON(data []byte) error {
	o.Set = true
	if bytes.Equal(data, []byte("null")) {
		o.Null = true
		return nil
	}
	return json.Unmarshal(data, &o.Value)
}

// Given reports whether the field was in the request and not null.
func (o Opt[T]) Given() bool { return o.Set && !o.Null }

// Pointer returns the field's value, or nil when it was left out or null.
func (o Opt[T]) Pointer() *T {
	if !o.Given() {
		return nil
	}
	return &o.Value
}

// An ID in a request may be a number or a string of digits: the API's
// descriptions name the one here and the other there, and clients send both.
// The empty string is zero, no ID.
type ID int64

// UnmarshalJSON reads either form.
func (id *ID) UnmarshalJSON(data []byte) error {
	text := string(data)
	if len(data) > 0 && data[0] == '"' {
		if err := json.Unmarshal(data, &text); err != nil {
			return err
		}
		if text == "" {
			*id = 0
			return nil
		}
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		return &json.UnmarshalTypeError{Value: kindOf(data), Type: reflect.TypeFor[ID]()}
	}
	*id = ID(n)
	return nil
}

// IDs in a request are one ID or a list of them.
type IDs []ID

// UnmarshalJSON reads either form.
func (ids *IDs) UnmarshalJSON(data []byte) error {
	var list []ID
	var err error
	if data[0] == '[' {
		err = json.Unmarshal(data, &list)
	} else {
		list = make([]ID, 1)
		err = list[0].UnmarshalJSON(data)
	}
	if err != nil {
		return &json.UnmarshalTypeError{Value: kindOf(data), Type: reflect.TypeFor[IDs]()}
	}
	*ids = list
	return nil
}

// kindOf names the kind of a JSON value as encoding/json does.
func kindOf(data []byte) string {
	switch data[0] {
	case '"':
		return "string"
	case '{':
		return "object"
	case '[':
		return "array"
	case 't', 'f':
		return "bool"
	}
	return "number " + string(data)
}

// A Translations holds the parts of a request that are in one locale each.
type Translations[T any] map[lectern.Locale]T

// UnmarshalJSON reads an object whose keys are locales. Its type key says
// nothing, and a locale without content is left out.
func (t *Translations[T]) UnmarshalJSON(data []byte) error {
	var parts map[string]json.RawMessage
	if err := json.Unmarshal(data, &parts); err != nil {
		return err
	}
	*t = Translations[T]{}
	for key, part := range parts {
		if key == "type" || bytes.Equal(part, []byte("null")) {
			continue
		}
		l, ok := lectern.ParseLocale(key)
		if !ok {
			return lectern.UnknownLocale("translated_content."+key, key)
		}
		var value T
		if err := json.Unmarshal(part, &value); err != nil {
			if wrong, ok := err.(*json.UnmarshalTypeError); ok {
				wrong.Field = strings.TrimSuffix(key+"."+wrong.Field, ".")
			}
			return err
		}
		(*t)[l] = value
	}
	return nil
}

// A Time in a request is an ISO 8601 timestamp; without an offset it is in UTC.
// A number is Unix seconds, which is what answers hold.
type Time struct{ time.Time }

// UnmarshalJSON reads either form.
func (t *Time) UnmarshalJSON(data []byte) error {
	if n, err := strconv.ParseInt(string(data), 10, 64); err == nil && n > 0 && n < 1<<40 {
		t.Time = time.Unix(n, 0)
		return nil
	}
	var text string
	if err := json.Unmarshal(data, &text); err == nil {
		if at, ok := ParseTime(text); ok {
			t.Time = at
			return nil
		}
	}
	return &json.UnmarshalTypeError{Value: kindOf(data), Type: reflect.TypeFor[Time]()}
}

// ParseTime reads an ISO 8601 timestamp; without an offset it is in UTC.
func ParseTime(text string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05Z0700", "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00"} {
		if at, err := time.Parse(layout, text); err == nil && at.Year() < 10_000 {
			return at, true
		}
	}
	return time.Time{}, false
}
