package rest

import (
	"net/url"

	"lectern"
	"lectern/internal/openapi"
	"lectern/internal/wire"
)

var searchRuleRoutes = []*route{
	{handle: (*Server).listSearchRules, Operation: openapi.Operation{
		Route: "GET /lectern/help_centers/{id}/search_rules", ID: "listSearchRules", Tag: "Search", Scope: lectern.ReadArticles,
		Summary: "List the search rules of a help center",
		About:   "Not in Intercom's API. Ordered by ID, the oldest first.",
		Params: []openapi.Param{
			{Name: "kind", Type: "string", Enum: []string{"synonyms", "pinned", "kept_words", "approved_searches", "hidden_searches"}, About: "Only rules of this kind."},
			{Name: "locale", Type: "string", About: "Only rules for this language."},
			pageParam, perPage(rulesPerPage),
		},
		Answer: wire.SearchRuleList{},
		Errors: []openapi.Failure{invalid("kind must be synonyms, pinned, kept_words, approved_searches or hidden_searches", "kind is something else"), notFound}}},
	{handle: (*Server).createSearchRule, Operation: openapi.Operation{
		Route: "POST /lectern/help_centers/{id}/search_rules", ID: "createSearchRule", Tag: "Search", Scope: lectern.ReadWriteArticles,
		Summary: "Create a search rule",
		About: "Not in Intercom's API. Synonyms stand for each other, pinned articles come first for a phrase, kept words count although " +
			"they say little in most texts. A phrase stands for all that has the same words, whatever their order and forms. The rule applies to the next search.",
		Request: wire.CreateSearchRuleRequest{}, Answer: wire.SearchRule{},
		Errors: []openapi.Failure{
			missing("kind is a required parameter.", "A parameter is missing"),
			invalid("article_ids must be articles of the help center", "A value cannot be accepted"),
			notFound,
		}}},
	{handle: (*Server).retrieveSearchRule, Operation: openapi.Operation{
		Route: "GET /lectern/help_centers/{id}/search_rules/{rule_id}", ID: "retrieveSearchRule", Tag: "Search", Scope: lectern.ReadArticles,
		Summary: "Retrieve a search rule", About: "Not in Intercom's API.",
		Answer: wire.SearchRule{}, Errors: []openapi.Failure{notFound}}},
	{handle: (*Server).updateSearchRule, Operation: openapi.Operation{
		Route: "PUT /lectern/help_centers/{id}/search_rules/{rule_id}", ID: "updateSearchRule", Tag: "Search", Scope: lectern.ReadWriteArticles,
		Summary: "Update a search rule", About: "Not in Intercom's API. Only the fields that are sent change, each as a whole.",
		Request: wire.UpdateSearchRuleRequest{}, Answer: wire.SearchRule{},
		Errors: []openapi.Failure{invalid("phrases must not be empty", "A value cannot be accepted"), notFound, stale}}},
	{handle: (*Server).deleteSearchRule, Operation: openapi.Operation{
		Route: "DELETE /lectern/help_centers/{id}/search_rules/{rule_id}", ID: "deleteSearchRule", Tag: "Search", Scope: lectern.ReadWriteArticles,
		Summary: "Delete a search rule", About: "Not in Intercom's API.",
		Answer: wire.Deleted{}, Errors: []openapi.Failure{notFound}}},
}

// rulesPerPage is how many rules a page holds unless the request says so.
const rulesPerPage = 50

// queryLocale returns the locale that a query parameter holds, empty if it is
// not there.
func queryLocale(query url.Values, name string) (lectern.Locale, error) {
	text := query.Get(name)
	if text == "" {
		return "", nil
	}
	l, ok := lectern.ParseLocale(text)
	if !ok {
		return "", lectern.UnknownLocale(name, text)
	}
	return l, nil
}

// queryChoice returns which of several values a query parameter holds, the zero
// value if it is not there. All lists them for people.
func queryChoice[T ~string](query url.Values, name string, values []T, all string) (T, error) {
	text := T(query.Get(name))
	if text == "" {
		return "", nil
	}
	for _, v := range values {
		if v == text {
			return v, nil
		}
	}
	return "", lectern.Invalidf(name, "%s must be %s", name, all)
}

// listSearchRules answers GET /lectern/help_centers/{id}/search_rules.
func (s *Server) listSearchRules(c *call) (any, error) {
	query := c.URL.Query()
	p, err := pageOf(query, rulesPerPage)
	if err != nil {
		return nil, err
	}
	q := lectern.SearchRuleQuery{Offset: p.offset(), Limit: p.per}
	if q.HelpCenter, err = pathID[lectern.HelpCenterID](c); err != nil {
		return nil, err
	}
	if q.Kind, err = queryChoice(query, "kind", lectern.SearchRuleKinds, "synonyms, pinned, kept_words, approved_searches or hidden_searches"); err != nil {
		return nil, err
	}
	if q.Locale, err = queryLocale(query, "locale"); err != nil {
		return nil, err
	}
	rules, total, err := s.store.SearchRules(c.Context(), c.workspace(), q)
	if err != nil {
		return nil, err
	}
	data := make([]wire.SearchRule, len(rules))
	for i, r := range rules {
		data[i] = wire.FromSearchRule(r)
	}
	return wire.SearchRuleList{Type: "list", Data: data, TotalCount: total, Pages: c.pages(p, total)}, nil
}

// createSearchRule answers POST /lectern/help_centers/{id}/search_rules.
func (s *Server) createSearchRule(c *call) (any, error) {
	h, err := pathID[lectern.HelpCenterID](c)
	if err != nil {
		return nil, err
	}
	var req wire.CreateSearchRuleRequest
	if err := decode(c, &req); err != nil {
		return nil, err
	}
	if err := complete(req); err != nil {
		return nil, err
	}
	asked := lectern.SearchRule{HelpCenter: h}
	if err := wire.UpdateSearchRuleRequest(req).Apply(&asked); err != nil {
		return nil, err
	}
	r, err := s.store.AddSearchRule(c.Context(), c.actor(), asked)
	if err != nil {
		return nil, err
	}
	return wire.FromSearchRule(r), nil
}

// ruleInPath returns the IDs of the help center and the rule that the path names.
func ruleInPath(c *call) (h lectern.HelpCenterID, id lectern.SearchRuleID, err error) {
	if h, err = pathID[lectern.HelpCenterID](c); err == nil {
		id, err = pathIDCalled[lectern.SearchRuleID](c, "rule_id")
	}
	return h, id, err
}

// retrieveSearchRule answers GET /lectern/help_centers/{id}/search_rules/{rule_id}.
func (s *Server) retrieveSearchRule(c *call) (any, error) {
	h, id, err := ruleInPath(c)
	if err != nil {
		return nil, err
	}
	r, err := s.store.SearchRule(c.Context(), c.workspace(), h, id)
	if err != nil {
		return nil, err
	}
	return wire.FromSearchRule(r), nil
}

// updateSearchRule answers PUT /lectern/help_centers/{id}/search_rules/{rule_id}.
func (s *Server) updateSearchRule(c *call) (any, error) {
	h, id, err := ruleInPath(c)
	if err != nil {
		return nil, err
	}
	var req wire.UpdateSearchRuleRequest
	if err := decode(c, &req); err != nil {
		return nil, err
	}
	r, err := s.store.UpdateSearchRule(c.Context(), c.actor(), h, id, func(r *lectern.SearchRule) error {
		if err := c.ifMatch(wire.FromSearchRule(r)); err != nil {
			return err
		}
		return req.Apply(r)
	})
	if err != nil {
		return nil, err
	}
	return wire.FromSearchRule(r), nil
}

// deleteSearchRule answers DELETE /lectern/help_centers/{id}/search_rules/{rule_id}.
func (s *Server) deleteSearchRule(c *call) (any, error) {
	h, id, err := ruleInPath(c)
	if err != nil {
		return nil, err
	}
	if err := s.store.DeleteSearchRule(c.Context(), c.actor(), h, id); err != nil {
		return nil, err
	}
	return wire.Deleted{ID: c.PathValue("rule_id"), Object: "search_rule", Deleted: true}, nil
}
