package store

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"lectern"
)

// one reads the first row of a query into dest. It returns sql.ErrNoRows if
// there is none.
func one(c Conn, dest []any, text string, args ...any) error {
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

// each hands every row of a query to scan.
func each(c Conn, scan func(Rows) error, text string, args ...any) error {
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

// all reads every row of a query with scan.
func all[T any](c Conn, scan func(Rows) (T, error), text string, args ...any) ([]T, error) {
	var list []T
	err := each(c, func(r Rows) error {
		v, err := scan(r)
		list = append(list, v)
		return err
	}, text, args...)
	return list, err
}

// column reads rows of a single column.
func column[T any](r Rows) (v T, err error) {
	err = r.Scan(&v)
	return v, err
}

// count reads a single number.
func count(c Conn, text string, args ...any) (n int, err error) {
	err = one(c, []any{&n}, text, args...)
	return n, err
}

// exists reports whether a query has a row.
func exists(c Conn, text string, args ...any) (found bool, err error) {
	err = each(c, func(Rows) error { found = true; return nil }, text, args...)
	return found, err
}

// maxIn is how many values one IN list may have.
const maxIn = 256

// in builds the values of an IN list of n parameters, the first of which is
// $first. See [pad] for the lengths to use.
func in(first, n int) string {
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

// pad repeats the last of ids until their number is a power of two, so that
// there are few different statements to keep prepared. Ids is not empty.
func pad[T any](ids []T) []any {
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

// eachOf hands every row of a query to scan that ends in "IN" and is asked for
// the given IDs, some at a time. Args are the parameters before them.
func eachOf[T any](c Conn, ids []T, scan func(Rows) error, text string, args ...any) error {
	for chunk := range slices.Chunk(ids, maxIn) {
		list := pad(chunk)
		err := each(c, scan, text+`(`+in(len(args)+1, len(list))+`)`, slices.Concat(args, list)...)
		if err != nil {
			return err
		}
	}
	return nil
}

// null is id, or NULL for zero.
func null[T ~int64](id T) any {
	if id == 0 {
		return nil
	}
	return int64(id)
}

// limit is the LIMIT of a query: zero means no limit.
func limit(n int) int {
	if n <= 0 {
		return math.MaxInt
	}
	return n
}

// A seconds reads a column of Unix seconds into a time in UTC; NULL is the
// zero time.
type seconds struct{ t *time.Time }

// Scan implements sql.Scanner.
func (s seconds) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*s.t = time.Time{}
	case int64:
		*s.t = unix(v)
	default:
		return fmt.Errorf("a time is %T, not Unix seconds", src)
	}
	return nil
}

// unix is the time in UTC of Unix seconds.
func unix(s int64) time.Time { return time.Unix(s, 0).UTC() }

// join joins short names that hold no comma; split takes them apart.
func join[T ~string](names []T) string {
	var b strings.Builder
	for i, n := range names {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(string(n))
	}
	return b.String()
}

// split takes apart what join has joined.
func split[T ~string](s string) []T {
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

// find reads the one row of a query; scan runs no further statement. It returns
// NotFound if there is none.
func find[T any](ctx context.Context, d *DB, doing string, scan func(Rows) (T, error), text string, args ...any) (T, error) {
	var found T
	err := d.readOne(ctx, doing, func(c Conn) (err error) {
		found, err = first(c, scan, text, args...)
		return err
	})
	return found, err
}

// listed reads all rows of a query.
func listed[T any](ctx context.Context, d *DB, doing string, scan func(Rows) (T, error), text string, args ...any) ([]T, error) {
	var list []T
	err := d.readOne(ctx, doing, func(c Conn) (err error) {
		list, err = all(c, scan, text, args...)
		return err
	})
	return list, err
}

// first reads the one row of a query within a transaction. It returns NotFound
// if there is none.
func first[T any](c Conn, scan func(Rows) (T, error), text string, args ...any) (T, error) {
	found, err := all(c, scan, text, args...)
	if err == nil && len(found) == 0 {
		err = notFound()
	}
	if err != nil {
		var none T
		return none, err
	}
	return found[0], nil
}

// A checked Conn refuses to write a text that not every database can keep.
type checked struct{ Conn }

// Exec implements Conn.
func (c checked) Exec(text string, args ...any) (int64, error) {
	if err := checkTexts(args); err != nil {
		return 0, err
	}
	return c.Conn.Exec(text, args...)
}

// Query implements Conn.
func (c checked) Query(text string, args ...any) (Rows, error) {
	if err := checkTexts(args); err != nil {
		return nil, err
	}
	return c.Conn.Query(text, args...)
}

// checkTexts returns Invalid if one of the arguments is a text that is not
// [Storable].
func checkTexts(args []any) error {
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
