package rest

import (
	"slices"

	"lectern"
	"lectern/internal/openapi"
	"lectern/internal/wire"
)

var versionRoutes = []*route{
	{handle: (*Server).listVersions, depends: []lectern.Noun{lectern.AboutArticle, lectern.AboutSettings}, Operation: openapi.Operation{
		Route: "GET /articles/{id}/versions", ID: "listArticleVersions", Tag: "Articles", Scope: lectern.ReadArticles,
		Summary: "List the versions of an article", About: "Every save of other words makes one. The newest come first.",
		Params: []openapi.Param{localeParam, pageParam, perPage(versionsPerPage)},
		Answer: wire.ArticleVersionList{},
		Errors: []openapi.Failure{unknownLocale, noObject("There is no such article")}}},
	{handle: (*Server).retrieveVersion, depends: []lectern.Noun{lectern.AboutArticle, lectern.AboutSettings}, Operation: openapi.Operation{
		Route: "GET /articles/{id}/versions/{version_id}", ID: "retrieveArticleVersion", Tag: "Articles", Scope: lectern.ReadArticles,
		Summary: "Retrieve a version of an article",
		Params:  []openapi.Param{localeParam},
		Answer:  wire.ArticleVersion{},
		Errors:  []openapi.Failure{unknownLocale, noObject("There is no such version of such an article")}}},
}

// versionsPerPage is how many versions a page holds unless the request says so.
const versionsPerPage = 25

var (
	localeParam   = openapi.Param{Name: "locale", Type: "string", About: "Only versions of the text in this language."}
	unknownLocale = invalid(`Unknown locale "xx"`, "No help center has the language")
)

// localeOf returns the language that a call asks for, empty if none. It must be
// one of the workspace's.
func (s *Server) localeOf(c *call) (lectern.Locale, error) {
	name := c.URL.Query().Get("locale")
	if name == "" {
		return "", nil
	}
	set, err := s.settingsOf(c.Context(), c.workspace())
	if err != nil {
		return "", err
	}
	l, ok := lectern.ParseLocale(name)
	has := func(h *lectern.HelpCenter) bool { return slices.Contains(h.Locales, l) }
	if !ok || !slices.ContainsFunc(set.helpCenters, has) {
		return "", lectern.UnknownLocale("locale", name)
	}
	return l, nil
}

// listVersions answers GET /articles/{id}/versions.
func (s *Server) listVersions(c *call) (any, error) {
	id, err := pathID[lectern.ArticleID](c)
	if err != nil {
		return nil, errNoObject
	}
	p, err := pageOf(c.URL.Query(), versionsPerPage)
	if err != nil {
		return nil, err
	}
	l, err := s.localeOf(c)
	if err != nil {
		return nil, err
	}
	versions, total, err := s.store.ArticleVersions(c.Context(), c.workspace(),
		lectern.VersionQuery{Article: id, Locale: l, Offset: p.offset(), Limit: p.per})
	if err != nil {
		return nil, objectFound(err)
	}
	data := make([]wire.ArticleVersionSummary, len(versions))
	for i, v := range versions {
		data[i] = wire.FromVersionInList(v)
	}
	return wire.ArticleVersionList{Type: "list", Pages: c.pages(p, total), TotalCount: total, Data: data}, nil
}

// retrieveVersion answers GET /articles/{id}/versions/{version_id}.
func (s *Server) retrieveVersion(c *call) (any, error) {
	article, err := pathID[lectern.ArticleID](c)
	if err != nil {
		return nil, errNoObject
	}
	id, err := pathIDCalled[lectern.VersionID](c, "version_id")
	if err != nil {
		return nil, errNoObject
	}
	l, err := s.localeOf(c)
	if err != nil {
		return nil, err
	}
	v, err := s.store.ArticleVersion(c.Context(), c.workspace(), article, id)
	if err != nil {
		return nil, objectFound(err)
	}
	if l != "" && v.Locale != l {
		return nil, errNoObject
	}
	return wire.FromVersion(v), nil
}
