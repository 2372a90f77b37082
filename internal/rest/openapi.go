package rest

import (
	"net/http"
	"strings"
	"sync"

	"lectern/internal/apiversion"
	"lectern/internal/openapi"
)

// documents keeps each version's OpenAPI document once it was asked for.
type documents struct {
	byVersion sync.Map // of *apiversion.Version to *entry
}

// of returns the document of a version. The server's address in it is the base
// URL that the operator set, else relative to where the document is.
func (d *documents) of(v *apiversion.Version, baseURL string) (*entry, error) {
	if e, ok := d.byVersion.Load(v); ok {
		return e.(*entry), nil
	}
	body, err := openapi.Document(v, Operations(), baseURL+"/")
	if err != nil {
		return nil, err
	}
	e := newEntry(body)
	d.byVersion.Store(v, e)
	return e, nil
}

// openAPI answers GET /openapi/{version}.json, which needs no token.
func (s *Server) openAPI(w http.ResponseWriter, r *http.Request) {
	name, isJSON := strings.CutSuffix(r.PathValue("file"), ".json")
	v, err := apiversion.Parse(name)
	if err != nil || !isJSON || v.Unserved || v.Name != name {
		writeFailure(w, errNotFound)
		return
	}
	e, err := s.documents.of(v, s.origins.Base())
	if err != nil {
		s.log.Error("write OpenAPI document", "version", name, "error", err)
		writeFailure(w, errOurs)
		return
	}
	w.Header().Set("Access-Control-Allow-Origin", "*")
	e.write(w, r)
}
