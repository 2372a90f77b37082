package openapi

import (
	"cmp"
	"fmt"
	"net/http"

	"lectern"
	"lectern/internal/apiversion"
)

// An Operation describes one operation of the API in its newest version, as
// the route table of internal/rest knows it.
type Operation struct {
	Route   string        // as a pattern of net/http: "GET /articles/{id}"
	ID      string        // operationId: "retrieveArticle"
	Tag     string        // the group it belongs to: "Articles"
	Summary string        // what it does, a few words
	About   string        // what else a caller should know; may be empty
	Scope   lectern.Scope // permission it needs; empty for none
	Denied  string        // what it says to a token without the permission; empty for the usual sentence
	Params  []Param       // of the query; those of the path are read from Route
	Request any           // zero value of the wire type of its body; nil for none
	Answer  any           // zero value of the wire type it answers with; nil for an empty body
	Status  int           // of a success; zero is 200
	Errors  []Failure     // beside those that every operation has
}

// A Param is a parameter of the query.
type Param struct {
	Name     string
	Type     string // "integer", "string" or "boolean"
	About    string
	Enum     []string
	Required bool
}

// A Failure is an error an operation documents.
type Failure struct {
	Status  int
	Code    string
	Message string
	When    string // what brings it about: "Article not found"
	// since and until are the changes of the API that brought it and ended it;
	// nil for none.
	since, until *apiversion.Change
}

// From returns the failure as one of the versions that have a change.
func (f Failure) From(c *apiversion.Change) Failure {
	f.since = c
	return f
}

// Before returns the failure as one of the versions that lack a change.
func (f Failure) Before(c *apiversion.Change) Failure {
	f.until = c
	return f
}

// in reports whether a version has the failure.
func (f Failure) in(v *apiversion.Version) bool {
	return (f.since == nil || v.Has(f.since)) && (f.until == nil || !v.Has(f.until))
}

func refusal(status int, code, message, when string) Failure {
	return Failure{Status: status, Code: code, Message: message, When: when}
}

// Success is the status of an answer that is no error.
func (op Operation) Success() int { return cmp.Or(op.Status, http.StatusOK) }

// Denial is what the operation says to a token without the permission it needs.
func (op Operation) Denial() string {
	return cmp.Or(op.Denied, fmt.Sprintf("You do not have the required scope (%s) to access this resource", op.Scope))
}
