package wire

import "lectern"

// A CollectionOrder is the order in which readers find what is right in a collection.
type CollectionOrder struct {
	ID            string   `json:"id" example:"1007"` // of the collection
	Type          string   `json:"type" enum:"collection_order"`
	ArticleIDs    []string `json:"article_ids"`    // all articles right in it
	CollectionIDs []string `json:"collection_ids"` // all collections right in it
}

// FromCollectionOrder returns the shape of the order of a collection.
func FromCollectionOrder(id lectern.CollectionID, o *lectern.Order) CollectionOrder {
	return CollectionOrder{
		ID: format(id), Type: "collection_order", ArticleIDs: formatAll(o.Articles), CollectionIDs: formatAll(o.Collections),
	}
}

// A HelpCenterOrder is the order in which readers find the collections of a help center.
type HelpCenterOrder struct {
	ID            string   `json:"id" example:"1001"` // of the help center
	Type          string   `json:"type" enum:"help_center_order"`
	CollectionIDs []string `json:"collection_ids"` // all collections at its top level
}

// FromHelpCenterOrder returns the shape of the order of a help center.
func FromHelpCenterOrder(id lectern.HelpCenterID, o *lectern.Order) HelpCenterOrder {
	return HelpCenterOrder{ID: format(id), Type: "help_center_order", CollectionIDs: formatAll(o.Collections)}
}

// formatAll is format for a list, which is never null.
func formatAll[T ~int64](list []T) []string {
	out := make([]string, len(list))
	for i, id := range list {
		out[i] = format(id)
	}
	return out
}

// OrderCollectionRequest sets the order of what is right in a collection.
type OrderCollectionRequest struct {
	ArticleIDs    Opt[[]ID] `json:"article_ids"`    // at most 1000, all right in the collection: they come first
	CollectionIDs Opt[[]ID] `json:"collection_ids"` // at most 1000, all right in the collection: they come first
}

// Order is what the request puts first.
func (r OrderCollectionRequest) Order() lectern.Order {
	return lectern.Order{Articles: ids[lectern.ArticleID](r.ArticleIDs), Collections: ids[lectern.CollectionID](r.CollectionIDs)}
}

// OrderHelpCenterRequest sets the order of the collections of a help center.
type OrderHelpCenterRequest struct {
	CollectionIDs Opt[[]ID] `json:"collection_ids"` // at most 1000, all at the top level: they come first
}

// Order is what the request puts first.
func (r OrderHelpCenterRequest) Order() lectern.Order {
	return lectern.Order{Collections: ids[lectern.CollectionID](r.CollectionIDs)}
}
