package rest

import (
	"net/http"

	"lectern"
	"lectern/internal/openapi"
	"lectern/internal/wire"
)

var brandRoutes = []*route{
	{handle: (*Server).listBrands, depends: []lectern.Noun{lectern.AboutSettings}, Operation: openapi.Operation{
		Route: "GET /brands", ID: "listBrands", Tag: "Brands", Scope: lectern.ReadArticles,
		Summary: "List the brands", About: "All of them, without pages; the default brand first.",
		Answer: wire.BrandList{}}},
	{handle: (*Server).retrieveBrand, depends: []lectern.Noun{lectern.AboutSettings}, Operation: openapi.Operation{
		Route: "GET /brands/{id}", ID: "retrieveBrand", Tag: "Brands", Scope: lectern.ReadArticles,
		Summary: "Retrieve a brand", About: "The ID of the default brand is that of the workspace.",
		Answer: wire.Brand{}, Errors: []openapi.Failure{
			{Status: 404, Code: "not_found", Message: "Brand not found", When: "Brand not found"}}}},
}

var errBrandNotFound = &failure{http.StatusNotFound, "not_found", "Brand not found"}

// listBrands answers GET /brands.
func (s *Server) listBrands(c *call) (any, error) {
	brands, err := s.store.Brands(c.Context(), c.workspace())
	if err != nil {
		return nil, err
	}
	set, err := s.settingsOf(c.Context(), c.workspace())
	if err != nil {
		return nil, err
	}
	list := wire.BrandList{Type: "list", Data: make([]wire.Brand, len(brands))}
	for i, b := range brands {
		list.Data[i] = wire.FromBrand(set.workspace, b)
	}
	return list, nil
}

// retrieveBrand answers GET /brands/{id}.
func (s *Server) retrieveBrand(c *call) (any, error) {
	brands, err := s.store.Brands(c.Context(), c.workspace())
	if err != nil {
		return nil, err
	}
	set, err := s.settingsOf(c.Context(), c.workspace())
	if err != nil {
		return nil, err
	}
	for _, b := range brands {
		if shape := wire.FromBrand(set.workspace, b); shape.ID == c.PathValue("id") {
			return shape, nil
		}
	}
	return nil, errBrandNotFound
}
