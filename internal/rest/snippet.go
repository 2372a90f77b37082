package rest

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"reflect"

	"lectern"
	"lectern/internal/blocks"
	"lectern/internal/openapi"
	"lectern/internal/wire"
)

var snippetRoutes = []*route{
	{handle: (*Server).listSnippets, depends: []lectern.Noun{lectern.AboutSnippets}, Operation: openapi.Operation{
		Route: "GET /content_snippets", ID: "listContentSnippets", Tag: "Content Snippets", Scope: lectern.ReadArticles,
		Summary: "List the content snippets",
		About:   "Ordered by updated_at, latest first, and by ID, greatest first, among those updated in the same second.",
		Params:  []openapi.Param{pageParam, perPageUpTo(snippetsPerPage, snippetsPerPage)},
		Answer:  wire.ContentSnippetList{},
		Errors:  []openapi.Failure{invalid("Per Page is too big", "per_page is above 50")}}},
	{handle: (*Server).createSnippet, Operation: openapi.Operation{
		Route: "POST /content_snippets", ID: "createContentSnippet", Tag: "Content Snippets", Scope: lectern.ReadWriteArticles,
		Summary: "Create a content snippet", About: "Its content is given as json_blocks or as body_markdown, never both.",
		Request: wire.ContentSnippetCreateRequest{}, Answer: wire.ContentSnippet{}, Status: http.StatusCreated,
		Errors: []openapi.Failure{
			unknownAudiences,
			notValid("The language is not currently supported for Fin", "The locale is not one of the API's"),
			notValid("Title is required", "No title is given"),
			notValid("json_blocks or body_markdown is required", "No content is given"),
			notValid("json_blocks and body_markdown are mutually exclusive", "Both are given"),
		}}},
	{handle: (*Server).retrieveSnippet, depends: []lectern.Noun{lectern.AboutSnippets}, Operation: openapi.Operation{
		Route: "GET /content_snippets/{id}", ID: "getContentSnippet", Tag: "Content Snippets", Scope: lectern.ReadArticles,
		Summary: "Retrieve a content snippet",
		Answer:  wire.ContentSnippet{}, Errors: []openapi.Failure{noSnippet}}},
	{handle: (*Server).updateSnippet, Operation: openapi.Operation{
		Route: "PUT /content_snippets/{id}", ID: "updateContentSnippet", Tag: "Content Snippets", Scope: lectern.ReadWriteArticles,
		Summary: "Update a content snippet", About: "Only the fields that are sent change.",
		Request: wire.ContentSnippetUpdateRequest{}, Answer: wire.ContentSnippet{},
		Errors: []openapi.Failure{
			noSnippet, unknownAudiences, stale,
			notValid("The language is not currently supported for Fin", "The locale is not one of the API's"),
			notValid("Title must not be blank", "The title is empty"),
			notValid("json_blocks and body_markdown are mutually exclusive", "Both are given"),
		}}},
	{handle: (*Server).deleteSnippet, Operation: openapi.Operation{
		Route: "DELETE /content_snippets/{id}", ID: "deleteContentSnippet", Tag: "Content Snippets", Scope: lectern.ReadWriteArticles,
		Summary: "Delete a content snippet", Status: http.StatusNoContent, Errors: []openapi.Failure{noSnippet}}},
}

// snippetsPerPage is how many snippets a page holds, and the most it may hold.
const snippetsPerPage = 50

var noSnippet = openapi.Failure{Status: 404, Code: "not_found", Message: "Content snippet not found", When: "Nothing has this ID"}

// aboutSnippet is a refusal in the words of the operations on snippets.
func aboutSnippet(err error) error {
	if errors.Is(err, lectern.NotFound) || errors.Is(err, errNotFound) {
		return &failure{noSnippet.Status, noSnippet.Code, noSnippet.Message}
	}
	return asValidation(err)
}

// listSnippets answers GET /content_snippets.
func (s *Server) listSnippets(c *call) (any, error) {
	p, err := pageUpTo(c.URL.Query(), snippetsPerPage, snippetsPerPage)
	if err != nil {
		return nil, err
	}
	snippets, total, err := s.store.Snippets(c.Context(), c.workspace(), p.offset(), p.per)
	if err != nil {
		return nil, err
	}
	data := make([]wire.ContentSnippet, len(snippets))
	for i, x := range snippets {
		if data[i], err = wire.FromSnippet(x); err != nil {
			return nil, err
		}
	}
	return wire.ContentSnippetList{Type: "list", Data: data, TotalCount: total,
		Page: p.number, PerPage: p.per, TotalPages: p.of(total)}, nil
}

// retrieveSnippet answers GET /content_snippets/{id}.
func (s *Server) retrieveSnippet(c *call) (any, error) {
	id, err := pathID[lectern.SnippetID](c)
	if err != nil {
		return nil, aboutSnippet(err)
	}
	return snippetAnswer(s.store.Snippet(c.Context(), c.workspace(), id))
}

func snippetAnswer(x *lectern.Snippet, err error) (any, error) {
	if err != nil {
		return nil, aboutSnippet(err)
	}
	return wire.FromSnippet(x)
}

// createSnippet answers POST /content_snippets.
func (s *Server) createSnippet(c *call) (any, error) {
	var req wire.ContentSnippetCreateRequest
	if err := decode(c, &req); err != nil {
		return nil, err
	}
	asked := wire.ContentSnippetUpdateRequest(req)
	edit, err := snippetEdit(asked)
	if err == nil {
		err = settleSnippet(c.Context(), edit, asked, wire.ContentSnippet{}, false)
	}
	if err != nil {
		return nil, aboutSnippet(err)
	}
	return snippetAnswer(s.store.AddSnippet(c.Context(), c.actor(), edit))
}

// updateSnippet answers PUT /content_snippets/{id}.
func (s *Server) updateSnippet(c *call) (any, error) {
	id, err := pathID[lectern.SnippetID](c)
	if err != nil {
		return nil, aboutSnippet(err)
	}
	var req wire.ContentSnippetUpdateRequest
	body, err := decoded(c, &req)
	if err != nil {
		return nil, err
	}
	edit, err := snippetEdit(req)
	if err != nil {
		return nil, aboutSnippet(err)
	}
	c.expect(func() (any, error) {
		x, err := s.store.Snippet(c.Context(), c.workspace(), id)
		if err != nil {
			return nil, err
		}
		return wire.FromSnippet(x)
	})
	return snippetAnswer(s.store.UpdateSnippet(c.Context(), c.actor(), id, edit, func(now *lectern.Snippet) error {
		is, err := wire.FromSnippet(now)
		if err := cmp.Or(err, c.ifMatch(is)); err != nil {
			return err
		}
		return settleSnippet(c.Context(), edit, req, is, isPutBack(body))
	}))
}

// deleteSnippet answers DELETE /content_snippets/{id}, with an empty body.
func (s *Server) deleteSnippet(c *call) (any, error) {
	id, err := pathID[lectern.SnippetID](c)
	if err != nil {
		return nil, aboutSnippet(err)
	}
	return nil, aboutSnippet(s.store.DeleteSnippet(c.Context(), c.actor(), id))
}

// snippetEdit turns a request into an edit, its content left out. Its errors
// are Invalid.
func snippetEdit(req wire.ContentSnippetUpdateRequest) (*lectern.SnippetEdit, error) {
	edit := &lectern.SnippetEdit{
		Title: req.Title.Pointer(),
		Availability: lectern.AvailabilityEdit{
			Chatbot: req.AIChatbotAvailability.Pointer(), Copilot: req.AICopilotAvailability.Pointer(),
			SalesAgent: req.AISalesAgentAvailability.Pointer(),
		},
	}
	if list := req.AudienceIDs; list.Set {
		edit.Audiences = new(audienceIDs(list.Value))
	}
	if name := req.Locale.Pointer(); name != nil {
		l, ok := lectern.ParseLocale(*name)
		if !ok {
			return nil, lectern.Invalidf("locale", "The language is not currently supported for Fin")
		}
		edit.Locale = &l
	}
	return edit, nil
}

// settleSnippet puts the content into the edit that the request asks for of a
// snippet which is answered as is. Answers hold it as blocks and as Markdown, so
// what repeats the answer asks for nothing, and those of an older answer that is
// put back are one.
func settleSnippet(ctx context.Context, edit *lectern.SnippetEdit, req wire.ContentSnippetUpdateRequest, is wire.ContentSnippet, putBack bool) error {
	list, markdown := req.JSONBlocks.Pointer(), req.BodyMarkdown.Pointer()
	if list != nil && is.ID != "" && sameValue(*list, is.JSONBlocks) {
		list = nil
	}
	if markdown != nil && is.ID != "" && sameValue(*markdown, is.BodyMarkdown) {
		markdown = nil
	}
	edit.Content, edit.Heading, edit.Rest = nil, "", lectern.SnippetContent{}
	var err error
	switch {
	case list != nil && markdown != nil && !(putBack && answersBoth(req)):
		return lectern.Invalidf("body_markdown", "json_blocks and body_markdown are mutually exclusive")
	case list != nil:
		edit.Content = new(lectern.SnippetContent)
		*edit.Content, err = blocks.FromJSON(*list)
	case markdown != nil:
		edit.Content = new(lectern.SnippetContent)
		*edit.Content, edit.Heading, edit.Rest, err = blocks.FromMarkdown(ctx, *markdown)
	}
	return err
}

// answersBoth reports whether a request's two forms of the content are those of
// one answer.
func answersBoth(req wire.ContentSnippetUpdateRequest) bool {
	content, err := blocks.FromJSON(req.JSONBlocks.Value)
	if err != nil {
		return false
	}
	answer, err := wire.FromSnippet(&lectern.Snippet{Title: req.Title.Value, SnippetContent: content})
	return err == nil && sameValue(req.BodyMarkdown.Value, answer.BodyMarkdown)
}

// sameValue reports whether two values are the same JSON, whatever the order of
// keys and the spaces between them.
func sameValue(a, b any) bool {
	plain := func(v any) (out any, ok bool) {
		data, err := json.Marshal(v)
		if err == nil {
			d := json.NewDecoder(bytes.NewReader(data))
			d.UseNumber()
			err = d.Decode(&out)
		}
		return out, err == nil
	}
	x, ok := plain(a)
	y, alike := plain(b)
	return ok && alike && reflect.DeepEqual(x, y)
}
