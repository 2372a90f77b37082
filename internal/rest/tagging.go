package rest

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"lectern"
	"lectern/internal/openapi"
	"lectern/internal/wire"
)

// A carrier is a noun that carries tags.
type carrier struct {
	kind  lectern.ObjectKind
	path  string // of one of them
	noun  string // in the IDs of operations: attachTagToArticle
	group string // of the documents
}

var taggingRoutes = slices.Concat(
	carrier{lectern.ArticleObject, "/articles/{id}", "Article", "Articles"}.routes(),
	carrier{lectern.InternalArticleObject, "/internal_articles/{id}", "InternalArticle", "Internal Articles"}.routes(),
	carrier{lectern.SnippetObject, "/content_snippets/{id}", "ContentSnippet", "Content Snippets"}.routes(),
)

var errTagNotFound = &failure{http.StatusNotFound, "tag_not_found", "Tag not found"}

// notAuthorized is what the operations on tags of content say to a token
// without the permission.
const notAuthorized = "Not authorized to manage knowledge base content"

// routes are the two operations on the tags of a noun.
func (k carrier) routes() []*route {
	gone := shown(k.notFound(), "Nothing has this ID")
	return []*route{
		{handle: k.attach, Operation: openapi.Operation{
			Route: "POST " + k.path + "/tags", ID: "attachTagTo" + k.noun, Tag: k.group, Scope: lectern.ReadWriteArticles, Denied: notAuthorized,
			Summary: "Put a tag on " + k.words(), About: "A tag that is on it already stays as it was applied. updated_at does not move.",
			Request: wire.AttachTagRequest{}, Answer: wire.TagApplied{}, Errors: []openapi.Failure{
				gone, shown(errTagNotFound, "There is no such tag"),
				invalid("admin_id must be a teammate on the workspace", "The admin is no teammate"),
			}}},
		{handle: k.detach, Operation: openapi.Operation{
			Route: "DELETE " + k.path + "/tags/{tag_id}", ID: "detachTagFrom" + k.noun, Tag: k.group, Scope: lectern.ReadWriteArticles, Denied: notAuthorized,
			Summary: "Take a tag off " + k.words(), About: "The tag itself stays. updated_at does not move.",
			Answer: wire.TagApplied{}, Errors: []openapi.Failure{gone, shown(errTagNotFound, "The tag is not on it")}}},
	}
}

// shown is an error as the documents show it.
func shown(f *failure, when string) openapi.Failure {
	return openapi.Failure{Status: f.status, Code: f.code, Message: f.message, When: when}
}

// words are the noun in a sentence: "an internal article".
func (k carrier) words() string {
	words := strings.ReplaceAll(string(k.kind), "_", " ")
	if strings.ContainsAny(words[:1], "aeiou") {
		return "an " + words
	}
	return "a " + words
}

// notFound is the answer when nothing of the noun has the ID.
func (k carrier) notFound() *failure {
	words := strings.ReplaceAll(string(k.kind), "_", " ")
	return &failure{http.StatusNotFound, string(k.kind) + "_not_found", strings.ToUpper(words[:1]) + words[1:] + " not found"}
}

// object is the one that the path names.
func (k carrier) object(c *call) (lectern.Object, error) {
	id, err := pathID[int64](c)
	return lectern.Object{Kind: k.kind, ID: id}, err
}

// failed tells what was not found.
func (k carrier) failed(err error) error {
	var e *lectern.Error
	switch {
	case errors.As(err, &e) && e.Kind == lectern.NotFound && e.Field == "id":
		return errTagNotFound
	case errors.Is(err, lectern.NotFound), errors.Is(err, errNotFound):
		return k.notFound()
	}
	return err
}

// attach answers POST …/tags.
func (k carrier) attach(s *Server, c *call) (any, error) {
	var req wire.AttachTagRequest
	if err := decode(c, &req); err != nil {
		return nil, err
	}
	if req.ID.Value == 0 {
		return nil, lectern.Missingf("id", "id is a required parameter.")
	}
	o, err := k.object(c)
	if err != nil {
		return nil, k.failed(err)
	}
	g, err := s.store.TagObject(c.Context(), c.actor(), o, lectern.TagID(req.ID.Value), lectern.AdminID(req.AdminID.Value))
	if err != nil {
		return nil, k.failed(err)
	}
	return wire.FromTagging(g), nil
}

// detach answers DELETE …/tags/{tag_id}.
func (k carrier) detach(s *Server, c *call) (any, error) {
	o, err := k.object(c)
	if err != nil {
		return nil, k.failed(err)
	}
	tag, err := pathIDCalled[lectern.TagID](c, "tag_id")
	if err != nil {
		return nil, errTagNotFound
	}
	g, err := s.store.UntagObject(c.Context(), c.actor(), o, tag)
	if err != nil {
		return nil, k.failed(err)
	}
	return wire.FromTagging(g), nil
}
