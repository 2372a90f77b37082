// Package wire holds the JSON shapes of the API in its newest version, and the
// one way from each noun to its shape. Whoever speaks the API uses them: the
// HTTP server, the OpenAPI documents, and later webhooks and importers.
//
// The name of a type in snake case is the name of its schema, a field's
// comment its description. A pointer is nullable; omitzero leaves a field out
// where the API does. The order of fields is the order in which they were
// recorded on the wire.
package wire

import "embed"

// Source is this package's source, from which the OpenAPI documents take their
// descriptions.
//
//go:embed *.go
var Source embed.FS

// Pages says which page of a list an answer holds.
type Pages struct {
	Type       string  `json:"type" enum:"pages"`
	Next       *string `json:"next,omitzero"` // URL of the next page; left out on the last
	Page       int     `json:"page"`          // counted from 1; a request for page 0 is answered with the first and echoed
	PerPage    int     `json:"per_page"`
	TotalPages int     `json:"total_pages"`
}

// Deleted says that an object is gone.
type Deleted struct {
	ID      string `json:"id"`
	Object  string `json:"object"` // what it was: "article", "collection"
	Deleted bool   `json:"deleted"`
}

// An Error is the answer to a request that failed.
type Error struct {
	Type      string      `json:"type" enum:"error.list"`
	RequestID *string     `json:"request_id,omitzero"` // equal to the X-Request-Id header
	Errors    []ErrorItem `json:"errors"`
}

// An ErrorItem is one reason why a request failed.
type ErrorItem struct {
	Code    string `json:"code"`           // for programs: not_found, parameter_invalid, …
	Field   string `json:"field,omitzero"` // of the request, where it is a schedule
	Message string `json:"message"`        // for people
}
