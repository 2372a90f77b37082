package postgres

import (
	"context"
	"fmt"
	"reflect"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"lectern/internal/store/db"
)

// plain gives arguments the few types that every way of sending a statement
// understands. A truth value is 0 or 1, since columns are numbers; bytes that
// are nil are none, as in SQLite.
//
// PostgreSQL keeps no text that holds a NUL or is not UTF-8, and the store lets
// none be written. So to look for one is to look for nothing, which is what
// NULL is equal to.
func plain(args []any) ([]any, error) {
	out := make([]any, len(args))
	for i, a := range args {
		switch v := a.(type) {
		case nil, int64:
			out[i] = v
		case []byte:
			out[i] = v
			if v == nil {
				out[i] = []byte{}
			}
		case string:
			out[i] = text(v)
		default:
			switch r := reflect.ValueOf(a); {
			case r.CanInt():
				out[i] = r.Int()
			case r.Kind() == reflect.Bool:
				out[i] = number(r.Bool())
			case r.Kind() == reflect.Float64:
				out[i] = r.Float()
			case r.Kind() == reflect.String:
				out[i] = text(r.String())
			default:
				return nil, fmt.Errorf("argument %d of a statement is a %T", i+1, a)
			}
		}
	}
	return out, nil
}

// text is a text as an argument.
func text(s string) any {
	if !db.Storable(s) {
		return nil
	}
	return s
}

func number(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// rows are a result, with the statements that travelled ahead of it.
type rows struct {
	pgx.Rows
	session *session
	batch   pgx.BatchResults
	cancel  context.CancelFunc
	closed  bool
	err     error // of closing the batch
}

// Close implements db.Rows.
func (r *rows) Close() {
	if r.closed {
		return
	}
	r.closed = true
	r.Rows.Close()
	if r.batch != nil {
		r.err = r.batch.Close()
	}
	r.cancel()
	r.session.note(r.Err())
}

// Err implements db.Rows.
func (r *rows) Err() error {
	if err := r.Rows.Err(); err != nil {
		return r.session.note(err)
	}
	return r.err
}

// Scan implements db.Rows.
func (r *rows) Scan(dest ...any) error {
	for i, d := range dest {
		if b, ok := d.(*bool); ok && r.FieldDescriptions()[i].DataTypeOID == pgtype.Int8OID {
			dest[i] = (*truth)(b)
		}
	}
	return r.Rows.Scan(dest...)
}

// A truth reads a column of numbers as a truth value.
type truth bool

// ScanInt64 implements pgtype.Int64Scanner.
func (t *truth) ScanInt64(v pgtype.Int8) error {
	*t = truth(v.Int64 != 0)
	return nil
}
