package openapi

import "lectern"

// An Operation describes one operation of the API in its newest version, as
// the route table of internal/rest knows it.
type Operation struct {
	Route   string        // as a pattern of net/http: "GET /articles/{id}"
	ID      string        // operationId: "retrieveArticle"
	Tag     string        // the group it belongs to: "Articles"
	Summary string        // what it does, a few words
	About   string        // what else a caller should know; may be empty
	Scope   lectern.Scope // permission it needs; empty for none
	Params  []Param       // of the query; those of the path are read from Route
	Request any           // zero value of the wire type of its body; nil for none
	Answer  any           // zero value of the wire type it answers with; nil for an empty body
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
}
