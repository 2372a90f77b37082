package rest

import (
	"net/http"

	"lectern/internal/openapi"
	"lectern/internal/reference"
)

// operations lists what the routes offer, in the order of the documents.
func operations() []openapi.Operation {
	list := make([]openapi.Operation, len(routes))
	for i, rt := range routes {
		list[i] = rt.Operation
	}
	return list
}

// mountReference adds the pages that show the API to people. They need no token.
func (s *Server) mountReference() error {
	ref, err := reference.New(reference.Options{
		Operations: operations(), Default: s.version, Logger: s.log,
		Origin: func(r *http.Request) string {
			scheme, host := s.origin(r)
			return scheme + "://" + host
		},
	})
	if err != nil {
		return err
	}
	ref.Mount(s.mux)
	return nil
}
