package rest

import (
	"reflect"

	"lectern"
	"lectern/internal/kept"
)

// A change with an If-Match header is made only to what its client has read. That
// is told by the ETag, which follows from the bytes of the whole answer, and they
// take long to make of a long text: its Markdown, say. A transaction that changes
// something must not keep others waiting for that. So what has a body is encoded
// before the transaction, and the transaction only compares what it reads with
// what was encoded. It encodes by itself only what has changed in between.

// A preview is a value that was encoded before a transaction, and whether that
// is what If-Match names.
type preview struct {
	value any
	match bool
}

// expect reads and encodes what the call is to change, if the call has a
// precondition. Where it cannot be read, the change will say why.
func (c *call) expect(read func() (any, error)) {
	if sent := c.Header.Get("If-Match"); sent == "" || sent == "*" {
		return
	}
	value, err := read()
	if err != nil {
		return
	}
	if match, err := c.matches(value); err == nil {
		c.preview = &preview{value, match}
	}
}

// ifMatch returns Stale when the call has an If-Match header that does not name
// the answer that current would be sent as. It is called within the transaction
// that changes it.
func (c *call) ifMatch(current any) error {
	sent := c.Header.Get("If-Match")
	if sent == "" || sent == "*" {
		return nil
	}
	match, err := false, error(nil)
	if c.preview != nil && reflect.DeepEqual(c.preview.value, current) {
		match = c.preview.match
	} else if match, err = c.matches(current); err != nil {
		return err
	}
	if !match {
		return lectern.Stale
	}
	return nil
}

// matches reports whether If-Match names the answer that a value would be sent
// as.
func (c *call) matches(value any) (bool, error) {
	e, err := encode(c.version, value)
	if err != nil {
		return false, err
	}
	return kept.Matches(c.Header.Get("If-Match"), e.body.Tag), nil
}
