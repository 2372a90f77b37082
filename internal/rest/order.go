package rest

import (
	"lectern"
	"lectern/internal/openapi"
	"lectern/internal/wire"
)

const ordering = "Not in Intercom's API. What is named comes first, in this order; all else keeps its order behind, and what is new becomes the last. "

var orderRoutes = []*route{
	{handle: (*Server).retrieveCollectionOrder, Operation: openapi.Operation{
		Route: "GET /lectern/collections/{id}/order", ID: "retrieveCollectionOrder", Tag: "Help Center", Scope: lectern.ReadArticles,
		Summary: "Retrieve the order of what is in a collection",
		About:   "Not in Intercom's API. Readers find the articles and the collections right in it in this order.",
		Answer:  wire.CollectionOrder{}, Errors: []openapi.Failure{notFound}}},
	{handle: (*Server).orderCollection, Operation: openapi.Operation{
		Route: "PUT /lectern/collections/{id}/order", ID: "orderCollection", Tag: "Help Center", Scope: lectern.ReadWriteArticles,
		Summary: "Set the order of what is in a collection",
		About:   ordering + "The lists of the API do not follow it.",
		Request: wire.OrderCollectionRequest{}, Answer: wire.CollectionOrder{},
		Errors: []openapi.Failure{invalid("article_ids names 7, which is not in the collection", "Something named is elsewhere or nowhere"), notFound}}},
	{handle: (*Server).retrieveHelpCenterOrder, Operation: openapi.Operation{
		Route: "GET /lectern/help_centers/{id}/order", ID: "retrieveHelpCenterOrder", Tag: "Help Center", Scope: lectern.ReadArticles,
		Summary: "Retrieve the order of the collections of a help center",
		About:   "Not in Intercom's API. Of those at the top level.",
		Answer:  wire.HelpCenterOrder{}, Errors: []openapi.Failure{notFound}}},
	{handle: (*Server).orderHelpCenter, Operation: openapi.Operation{
		Route: "PUT /lectern/help_centers/{id}/order", ID: "orderHelpCenter", Tag: "Help Center", Scope: lectern.ReadWriteArticles,
		Summary: "Set the order of the collections of a help center",
		About:   ordering + "Of those at the top level.",
		Request: wire.OrderHelpCenterRequest{}, Answer: wire.HelpCenterOrder{},
		Errors: []openapi.Failure{invalid("collection_ids names 7, which is not at the top level of the help center", "Something named is elsewhere or nowhere"), notFound}}},
}

// retrieveCollectionOrder answers GET /lectern/collections/{id}/order.
func (s *Server) retrieveCollectionOrder(c *call) (any, error) {
	id, err := pathID[lectern.CollectionID](c)
	if err != nil {
		return nil, err
	}
	o, err := s.store.CollectionOrder(c.Context(), c.workspace(), id)
	if err != nil {
		return nil, err
	}
	return wire.FromCollectionOrder(id, o), nil
}

// orderCollection answers PUT /lectern/collections/{id}/order.
func (s *Server) orderCollection(c *call) (any, error) {
	id, err := pathID[lectern.CollectionID](c)
	if err != nil {
		return nil, err
	}
	var req wire.OrderCollectionRequest
	if err := decode(c, &req); err != nil {
		return nil, err
	}
	o, err := s.store.OrderCollection(c.Context(), c.actor(), id, req.Order())
	if err != nil {
		return nil, err
	}
	return wire.FromCollectionOrder(id, o), nil
}

// retrieveHelpCenterOrder answers GET /lectern/help_centers/{id}/order.
func (s *Server) retrieveHelpCenterOrder(c *call) (any, error) {
	id, err := pathID[lectern.HelpCenterID](c)
	if err != nil {
		return nil, err
	}
	o, err := s.store.HelpCenterOrder(c.Context(), c.workspace(), id)
	if err != nil {
		return nil, err
	}
	return wire.FromHelpCenterOrder(id, o), nil
}

// orderHelpCenter answers PUT /lectern/help_centers/{id}/order.
func (s *Server) orderHelpCenter(c *call) (any, error) {
	id, err := pathID[lectern.HelpCenterID](c)
	if err != nil {
		return nil, err
	}
	var req wire.OrderHelpCenterRequest
	if err := decode(c, &req); err != nil {
		return nil, err
	}
	o, err := s.store.OrderHelpCenter(c.Context(), c.actor(), id, req.Order())
	if err != nil {
		return nil, err
	}
	return wire.FromHelpCenterOrder(id, o), nil
}
