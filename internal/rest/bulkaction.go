package rest

import (
	"errors"
	"net/http"
	"strconv"

	"lectern"
	"lectern/internal/openapi"
	"lectern/internal/wire"
)

var bulkActionRoutes = []*route{
	{handle: (*Server).bulkContentActions, Operation: openapi.Operation{
		Route: "POST /content/bulk_actions", ID: "bulkContentActions", Tag: "Content", Scope: lectern.WriteContent,
		Summary: "Do one thing to many pieces of content",
		About: "The action is stored and done afterwards, piece by piece; the header Lectern-Bulk-Action of the answer has the ID " +
			"to ask with how far it has come. publish and unpublish are for article_content; delete for that, content_snippet, " +
			"internal_article and file_source_content; set_availability and set_audience for external_content, too; update_tags for " +
			"article in the place of article_content. Deleting the last text of an article deletes the article; " +
			"the text in the default locale goes last.",
		Request: wire.ContentBulkActionRequest{}, Answer: wire.ContentBulkActionResponse{}, Status: http.StatusAccepted,
		Errors: []openapi.Failure{
			notProcessable("action must be publish, unpublish, delete, set_availability, set_audience or update_tags", "The action is unknown"),
			notProcessable("content_ids has more than 1000 entries", "There is too much content"),
			notProcessable("tags must have add_tag_ids or remove_tag_ids", "What the action needs is not given"),
		}}},
	{handle: (*Server).retrieveBulkAction, Operation: openapi.Operation{
		Route: "GET /lectern/bulk_actions/{id}", ID: "retrieveBulkAction", Tag: "Content", Scope: lectern.WriteContent,
		Summary: "Retrieve a bulk action and what became of each piece of content",
		About:   "Not in Intercom's API. A finished action can be retrieved for 30 days.",
		Answer:  wire.BulkActionReport{}, Errors: []openapi.Failure{notFound}}},
}

// notProcessable is a value that a bulk action refuses.
func notProcessable(message, when string) openapi.Failure {
	return openapi.Failure{Status: http.StatusUnprocessableEntity, Code: "parameter_invalid", Message: message, When: when}
}

// bulkContentActions answers POST /content/bulk_actions.
func (s *Server) bulkContentActions(c *call) (any, error) {
	var req wire.ContentBulkActionRequest
	if err := decode(c, &req); err != nil {
		return nil, asUnprocessable(err)
	}
	asked, err := req.BulkAction()
	if err != nil {
		return nil, asUnprocessable(err)
	}
	a, err := s.store.AddBulkAction(c.Context(), c.actor(), asked)
	if err != nil {
		return nil, asUnprocessable(err)
	}
	c.header.Set("Lectern-Bulk-Action", strconv.FormatInt(int64(a.ID), 10))
	return wire.ContentBulkActionResponse{Type: "content_bulk_action", Status: "queued"}, nil
}

// asUnprocessable is the refusal of a value as bulk actions put it.
func asUnprocessable(err error) error {
	var e *lectern.Error
	if errors.As(err, &e) && (e.Kind == lectern.Invalid || e.Kind == lectern.Missing) {
		return &failure{http.StatusUnprocessableEntity, "parameter_invalid", e.Text}
	}
	return err
}

// retrieveBulkAction answers GET /lectern/bulk_actions/{id}.
func (s *Server) retrieveBulkAction(c *call) (any, error) {
	id, err := pathID[lectern.BulkActionID](c)
	if err != nil {
		return nil, err
	}
	a, err := s.store.BulkAction(c.Context(), c.workspace(), id)
	if err != nil {
		return nil, err
	}
	return wire.FromBulkAction(a), nil
}
