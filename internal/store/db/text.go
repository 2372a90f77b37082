package db

import (
	"reflect"
	"strings"
	"unicode/utf8"

	"lectern"
)

// Checked returns a Conn that refuses to write a text that not every database
// can keep.
func Checked(c Conn) Conn { return checked{c} }

type checked struct{ Conn }

// Unwrap implements Wrapper.
func (c checked) Unwrap() Conn { return c.Conn }

// Exec implements Conn.
func (c checked) Exec(text string, args ...any) (int64, error) {
	if err := CheckTexts(args); err != nil {
		return 0, err
	}
	return c.Conn.Exec(text, args...)
}

// Query implements Conn.
func (c checked) Query(text string, args ...any) (Rows, error) {
	if err := CheckTexts(args); err != nil {
		return nil, err
	}
	return c.Conn.Query(text, args...)
}

// CheckTexts returns Invalid if one of the arguments is a text that is not
// [Storable].
func CheckTexts(args []any) error {
	for _, a := range args {
		if v := reflect.ValueOf(a); v.Kind() == reflect.String && !Storable(v.String()) {
			return lectern.Invalidf("", "A text must be UTF-8 and must not contain a NUL character")
		}
	}
	return nil
}

// Storable reports whether every database can keep a text: it is UTF-8 and
// holds no NUL.
func Storable(s string) bool { return strings.IndexByte(s, 0) < 0 && utf8.ValidString(s) }
