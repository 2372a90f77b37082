package db

import (
	"database/sql"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"lectern"
)

// One reads the first row of a query into dest. It returns sql.ErrNoRows if
// there is none.
func One(c Conn, dest []any, text string, args ...any) error {
	rows, err := c.Query(text, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	if !rows.Next() {
		if err := rows.Err(); err != nil {
			return err
		}
		return sql.ErrNoRows
	}
	if err := rows.Scan(dest...); err != nil {
		return err
	}
	return rows.Err()
}

// Each hands every row of a query to scan.
func Each(c Conn, scan func(Rows) error, text string, args ...any) error {
	rows, err := c.Query(text, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// All reads every row of a query with scan.
func All[T any](c Conn, scan func(Rows) (T, error), text string, args ...any) ([]T, error) {
	var list []T
	err := Each(c, func(r Rows) error {
		v, err := scan(r)
		list = append(list, v)
		return err
	}, text, args...)
	return list, err
}

// Scalar reads rows of a single column.
func Scalar[T any](r Rows) (v T, err error) {
	err = r.Scan(&v)
	return v, err
}

// Count reads a single number.
func Count(c Conn, text string, args ...any) (n int, err error) {
	err = One(c, []any{&n}, text, args...)
	return n, err
}

// Exists reports whether a query has a row.
func Exists(c Conn, text string, args ...any) (found bool, err error) {
	err = Each(c, func(Rows) error { found = true; return nil }, text, args...)
	return found, err
}

// MaxIn is how many values one IN list may have.
const MaxIn = 256

// In builds the values of an IN list of n parameters, the first of which is
// $first. See [Pad] for the lengths to use.
func In(first, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(first + i))
	}
	return b.String()
}

// Pad repeats the last of ids until their number is a power of two, so that
// there are few different statements to keep prepared. Ids is not empty.
func Pad[T any](ids []T) []any {
	n := 1
	for n < len(ids) {
		n *= 2
	}
	args := make([]any, n)
	for i := range args {
		args[i] = ids[min(i, len(ids)-1)]
	}
	return args
}

// EachOf hands every row of a query to scan that ends in "IN" and is asked for
// the given IDs, some at a time. Args are the parameters before them.
func EachOf[T any](c Conn, ids []T, scan func(Rows) error, text string, args ...any) error {
	for chunk := range slices.Chunk(ids, MaxIn) {
		list := Pad(chunk)
		err := Each(c, scan, text+`(`+In(len(args)+1, len(list))+`)`, slices.Concat(args, list)...)
		if err != nil {
			return err
		}
	}
	return nil
}

// Null is id, or NULL for zero.
func Null[T ~int64](id T) any {
	if id == 0 {
		return nil
	}
	return int64(id)
}

// Limit is the LIMIT of a query: zero means no limit.
func Limit(n int) int {
	if n <= 0 {
		return math.MaxInt
	}
	return n
}

// Seconds reads a column of Unix seconds into a time in UTC; NULL is the zero
// time.
func Seconds(t *time.Time) sql.Scanner { return seconds{t} }

type seconds struct{ t *time.Time }

// Scan implements sql.Scanner.
func (s seconds) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*s.t = time.Time{}
	case int64:
		*s.t = Unix(v)
	default:
		return fmt.Errorf("a time is %T, not Unix seconds", src)
	}
	return nil
}

// Unix is the time in UTC of Unix seconds.
func Unix(s int64) time.Time { return time.Unix(s, 0).UTC() }

// SecondsOrNull is a time as a column keeps it; the zero time is NULL.
func SecondsOrNull(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.Unix()
}

// Join joins short names that hold no comma; Split takes them apart.
func Join[T ~string](names []T) string {
	var b strings.Builder
	for i, n := range names {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(string(n))
	}
	return b.String()
}

// Split takes apart what Join has joined.
func Split[T ~string](s string) []T {
	if s == "" {
		return nil
	}
	parts := strings.Split(s, ",")
	names := make([]T, len(parts))
	for i, p := range parts {
		names[i] = T(p)
	}
	return names
}

// First reads the one row of a query within a transaction. It returns NotFound
// if there is none.
func First[T any](c Conn, scan func(Rows) (T, error), text string, args ...any) (T, error) {
	found, err := All(c, scan, text, args...)
	if err == nil && len(found) == 0 {
		err = NotFound()
	}
	if err != nil {
		var none T
		return none, err
	}
	return found[0], nil
}

// NotFound is the answer for anything that is not there.
func NotFound() error { return lectern.NotFoundf("Resource Not Found") }
