package rest

import (
	"errors"
	"net/http"
	"slices"

	"lectern"
	"lectern/internal/openapi"
	"lectern/internal/wire"
)

var draftRoutes = []*route{
	{handle: (*Server).retrieveDraft, depends: []lectern.Noun{lectern.AboutArticle, lectern.AboutSettings}, Operation: openapi.Operation{
		Route: "GET /articles/{id}/draft", ID: "retrieveArticleDraft", Tag: "Articles", Scope: lectern.ReadArticles,
		Summary: "Retrieve what is staged for an article",
		About:   "The article as it would be if all that is staged were published.",
		Answer:  wire.ArticleListItem{}, Errors: []openapi.Failure{noObject("There is no such article, or nothing is staged")}}},
	{handle: (*Server).stageDraft, Operation: openapi.Operation{
		Route: "PUT /articles/{id}/draft", ID: "stageArticleDraft", Tag: "Articles", Scope: lectern.ReadWriteArticles,
		Summary: "Stage changes of an article",
		About:   "Titles, descriptions, bodies and authors are staged; whatever else is sent is left out. Readers see no difference.",
		Request: wire.UpdateArticleRequest{}, Answer: wire.ArticleListItem{},
		Errors: []openapi.Failure{
			noObject("There is no such article"), bothBodies, stale,
			untimely("Article must be published before a draft can be staged", "A text that is sent is not published"),
		}}},
	{handle: (*Server).publishDraft, Operation: openapi.Operation{
		Route: "POST /articles/{id}/draft/publish", ID: "publishArticleDraft", Tag: "Articles", Scope: lectern.ReadWriteArticles,
		Summary: "Publish what is staged for an article",
		Request: wire.PublishArticleDraftRequest{}, Answer: wire.ArticleListItem{},
		Errors: []openapi.Failure{
			noObject("There is no such article"),
			invalid(`Unknown locale "xx"`, "An unknown locale"),
			untimely("Article has no draft to publish", "Nothing is staged"),
			{Status: http.StatusUnprocessableEntity, Code: "parameter_not_found", Message: errNoLocales.message,
				When: "There are several languages and none is named"},
			untimely("Cannot publish a draft for locale(s) without pending changes: fr", "Nothing is staged in a language"),
		}}},
}

// errNoObject is how the operations that came with drafts spell errNotFound.
var errNoObject = &failure{http.StatusNotFound, "not_found", "Object not found"}

func noObject(when string) openapi.Failure {
	return openapi.Failure{Status: http.StatusNotFound, Code: "not_found", Message: errNoObject.message, When: when}
}

func untimely(message, when string) openapi.Failure {
	return openapi.Failure{Status: http.StatusUnprocessableEntity, Code: "parameter_invalid", Message: message, When: when}
}

// objectFound spells NotFound as these operations do.
func objectFound(err error) error {
	if errors.Is(err, lectern.NotFound) || err == errNotFound {
		return errNoObject
	}
	return err
}

// retrieveDraft answers GET /articles/{id}/draft.
func (s *Server) retrieveDraft(c *call) (any, error) {
	id, err := pathID[lectern.ArticleID](c)
	if err != nil {
		return nil, errNoObject
	}
	a, err := s.store.Article(c.Context(), c.workspace(), id)
	if err != nil {
		return nil, objectFound(err)
	}
	if len(a.Drafts) == 0 {
		return nil, errNoObject
	}
	return s.staged(c, a)
}

func (s *Server) staged(c *call, a *lectern.Article) (any, error) {
	set, err := s.settingsOf(c.Context(), c.workspace())
	if err != nil {
		return nil, err
	}
	return wire.FromStagedArticle(set.workspace, set.helpCenter(a.HelpCenter), a, c.base), nil
}

// stageDraft answers PUT /articles/{id}/draft.
func (s *Server) stageDraft(c *call) (any, error) {
	id, err := pathID[lectern.ArticleID](c)
	if err != nil {
		return nil, errNoObject
	}
	asked, err := c.articleUpdate(s.form(c.Context()))
	if err != nil {
		return nil, err
	}
	set, err := s.settingsOf(c.Context(), c.workspace())
	if err != nil {
		return nil, err
	}
	c.expect(func() (any, error) {
		a, err := s.store.Article(c.Context(), c.workspace(), id)
		if err != nil {
			return nil, err
		}
		return s.staged(c, a)
	})
	a, err := s.store.StageDraft(c.Context(), c.actor(), id, asked.edit, func(a *lectern.Article, h *lectern.HelpCenter) error {
		if err := c.ifMatch(wire.FromStagedArticle(set.workspace, h, a, c.base)); err != nil {
			return err
		}
		return asked.settle(h, func(l lectern.Locale) []lectern.ArticleText {
			read := a.Readable(l)
			slices.Reverse(read) // the request is about what is staged
			return read
		})
	})
	if err != nil {
		return nil, objectFound(err)
	}
	c.ignored(asked.edit.Ignored)
	return s.staged(c, a)
}

var errNoLocales = &failure{http.StatusUnprocessableEntity, "parameter_not_found",
	"locales must be specified to publish a draft on a multilingual workspace"}

// publishDraft answers POST /articles/{id}/draft/publish.
func (s *Server) publishDraft(c *call) (any, error) {
	id, err := pathID[lectern.ArticleID](c)
	if err != nil {
		return nil, errNoObject
	}
	var req wire.PublishArticleDraftRequest
	if err := decode(c, &req); err != nil {
		return nil, err
	}
	var locales []lectern.Locale
	for _, name := range req.Locales.Value {
		l, ok := lectern.ParseLocale(name)
		if !ok {
			return nil, lectern.UnknownLocale("locales", name)
		}
		if !slices.Contains(locales, l) {
			locales = append(locales, l)
		}
	}
	a, err := s.store.PublishDrafts(c.Context(), c.actor(), id, locales)
	switch {
	case errors.Is(err, lectern.Missing):
		return nil, errNoLocales
	case err != nil:
		return nil, objectFound(err)
	}
	set, err := s.settingsOf(c.Context(), c.workspace())
	if err != nil {
		return nil, err
	}
	return set.listItem(a, c.base), nil
}
