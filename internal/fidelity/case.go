package fidelity

import (
	"slices"

	"lectern/internal/apiversion"
)

// A noun is what is looked at of one kind of thing.
type noun struct {
	things     []thing
	operations []operation
}

// A thing is made, or found, before the cases run; its ID has a name.
type thing struct {
	as    string // "article": what cases call {article}; empty if none does
	route string // "POST /articles", the operation that makes or finds it
	path  string // instead of the route's, with a query if any
	body  string
	at    string // path of the ID in the answer, or the header it is in: "header Location"; "id" when empty
	// version is the one the request is made in. When empty it is 2.11, that of
	// a client that names none, or else the first version with the route.
	version string
	// find is where a server that must not be written to has one of the kind:
	// "GET /articles data.0.id".
	find string
}

// An operation is all cases of one.
type operation struct {
	route string
	cases []testCase
}

// A testCase is a request and what its answer must be, in every version that
// has the operation. Names in braces stand for the IDs of things: {article};
// {base} is what addresses start with, {workspace} the code of the workspace.
type testCase struct {
	name   string
	from   string            // the first version it is of; every one when empty
	to     string            // the last version it is of; every one when empty
	path   string            // instead of the operation's, with a query if any
	body   string            // JSON; empty for none
	header map[string]string // beside those that every request has
	token  string            // name of one in tokens; the owner's when empty

	status  int    // 200 when zero
	code    string // of the error
	message string // of the error
	want    values // some values of the answer
}

// values says what some values of an answer are, by path: "data.0.id". The
// number of a list's items is its "#"; "data.*.id" are those of all items, in
// their order with spaces between; "data.0.{}" are the keys of an object, in
// theirs. They are compared on a server that holds nothing but the things;
// elsewhere the schemas alone judge.
type values map[string]string

// absent is what a value is that is not there.
const absent = "(absent)"

// in reports whether the case is one of a version.
func (c testCase) in(v *apiversion.Version) bool {
	position := func(name string) int {
		return slices.IndexFunc(apiversion.Versions, func(w *apiversion.Version) bool { return w.Name == name })
	}
	at := slices.Index(apiversion.Versions, v) // newest first
	return (c.from == "" || at <= position(c.from)) && (c.to == "" || at >= position(c.to))
}
