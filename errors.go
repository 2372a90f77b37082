package lectern

import "fmt"

// A Kind says what sort of refusal an error is. A Kind is itself an error, so
// errors.Is(err, NotFound) asks for it. Each door has one table from Kind to
// its own form: an HTTP status, a page, an exit status.
type Kind string

const (
	// Invalid: a value cannot be accepted.
	Invalid Kind = "invalid"
	// Unknown: a value names something that does not exist. It stands as the
	// cause of an Invalid error, for a door that tells such a value apart.
	Unknown Kind = "unknown"
	// Missing: a value that must be given was not.
	Missing Kind = "missing"
	// Untimely: the request is right, but not in the state the thing is in.
	Untimely Kind = "untimely"
	// NotFound: the thing named does not exist in this workspace.
	NotFound Kind = "not found"
	// Conflict: the thing exists already, or something else depends on it.
	Conflict Kind = "conflict"
	// Stale: the caller's precondition (If-Match) no longer holds.
	Stale Kind = "stale"
	// Forbidden: the caller is known but may not do this.
	Forbidden Kind = "forbidden"
	// Unavailable: the store cannot answer now; the same request may succeed later.
	Unavailable Kind = "unavailable"
)

func (k Kind) Error() string { return string(k) }

// An Error is a refusal with a sentence for the caller. Any error that is not
// an *Error is a fault of ours.
type Error struct {
	Kind  Kind
	Field string // request field at fault in the caller's spelling; may be empty
	Text  string // one sentence for the caller
	Err   error  // cause; for the log alone
}

func (e *Error) Error() string {
	s := e.Text
	if s == "" {
		s = string(e.Kind)
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Unwrap lets errors.Is find the kind as well as the cause.
func (e *Error) Unwrap() []error {
	if e.Err == nil {
		return []error{e.Kind}
	}
	return []error{e.Kind, e.Err}
}

// Invalidf returns an Invalid error about field.
func Invalidf(field, format string, args ...any) *Error {
	return &Error{Kind: Invalid, Field: field, Text: fmt.Sprintf(format, args...)}
}

// Missingf returns a Missing error about field.
func Missingf(field, format string, args ...any) *Error {
	return &Error{Kind: Missing, Field: field, Text: fmt.Sprintf(format, args...)}
}

// NotFoundf returns a NotFound error.
func NotFoundf(format string, args ...any) *Error {
	return &Error{Kind: NotFound, Text: fmt.Sprintf(format, args...)}
}

// Conflictf returns a Conflict error.
func Conflictf(format string, args ...any) *Error {
	return &Error{Kind: Conflict, Text: fmt.Sprintf(format, args...)}
}
