package rest

import (
	"net/url"
	"time"

	"lectern"
	"lectern/internal/openapi"
	"lectern/internal/wire"
)

var searchRoutes = []*route{
	{handle: (*Server).explainSearch, Operation: openapi.Operation{
		Route: "GET /lectern/search", ID: "explainSearch", Tag: "Search", Scope: lectern.ReadArticles,
		Summary: "Search the articles and see why they rank as they do",
		About:   "Not in Intercom's API. It finds what /articles/search finds, in the same order; it is not counted as a search.",
		Params: []openapi.Param{
			{Name: "q", Type: "string", Required: true, About: "What to look for."},
			{Name: "locale", Type: "string", About: "Language of the reader: articles that match in it come first."},
			{Name: "help_center_id", Type: "integer", About: "Only articles of this help center, by its rules."},
			{Name: "state", Type: "string", Enum: []string{"published", "draft", "all"}, About: "State of the text that matches; all unless given."},
			{Name: "explain", Type: "boolean", About: "Also show what each score adds up."},
			pageParam, perPage(searchPerPage),
		},
		Answer: wire.SearchResult{},
		Errors: []openapi.Failure{
			missing("q is a required parameter.", "q is not given"),
			invalid("state must be published, draft or all", "state is something else"),
		}}},
	{handle: (*Server).searchInsights, Operation: openapi.Operation{
		Route: "GET /lectern/search/insights", ID: "searchInsights", Tag: "Search", Scope: lectern.ReadArticles,
		Summary: "What is searched for, and what is not found",
		About: "Not in Intercom's API. Phrases are counted by day and language, without any trace of who searched; those that may be about a person or " +
			"a secret (e-mail addresses, long numbers, tokens) are not. Counts are kept for 90 days and appear within seconds.",
		Params: []openapi.Param{
			{Name: "from", Type: "string", About: "First day, as 2026-11-01, in UTC; 29 days before the last unless given."},
			{Name: "to", Type: "string", About: "Last day; today unless given."},
			{Name: "locale", Type: "string", About: "Only searches in this language."},
			{Name: "help_center_id", Type: "integer", About: "Only searches of this help center."},
			{Name: "source", Type: "string", Enum: []string{"site", "api"}, About: "Only searches made by readers of the site, or through the API."},
			{Name: "without_results", Type: "boolean", About: "Only phrases that found nothing at least once, the most such searches first; otherwise the most searched come first."},
			pageParam, perPage(rulesPerPage),
		},
		Answer: wire.SearchInsights{},
		Errors: []openapi.Failure{invalid("from must be a day such as 2026-11-01", "A value cannot be understood")}}},
}

// explainSearch answers GET /lectern/search.
func (s *Server) explainSearch(c *call) (any, error) {
	query := c.URL.Query()
	p, err := pageOf(query, searchPerPage)
	if err != nil {
		return nil, err
	}
	q := lectern.SearchQuery{
		Phrase: query.Get("q"), Explain: query.Get("explain") == "true", Offset: p.offset(), Limit: p.per,
	}
	if q.Phrase == "" {
		return nil, lectern.Missingf("q", "q is a required parameter.")
	}
	if q.HelpCenter, err = queryID[lectern.HelpCenterID](query, "help_center_id"); err != nil {
		return nil, err
	}
	if q.Locale, err = queryLocale(query, "locale"); err != nil {
		return nil, err
	}
	state, err := queryChoice(query, "state", []lectern.State{lectern.Published, lectern.Draft, "all"}, "published, draft or all")
	if err != nil {
		return nil, err
	}
	if state == lectern.Published || state == lectern.Draft {
		q.States = []lectern.State{state}
	}
	hits, total, err := s.store.SearchArticles(c.Context(), c.workspace(), q)
	if err != nil {
		return nil, err
	}
	set, err := s.settingsOf(c.Context(), c.workspace())
	if err != nil {
		return nil, err
	}
	data := make([]wire.SearchHit, len(hits))
	for i, hit := range hits {
		data[i] = wire.FromHit(set.helpCenter(hit.Article.HelpCenter), hit, c.base)
	}
	return wire.SearchResult{Type: "list", Data: data, TotalCount: total, Pages: c.pages(p, total)}, nil
}

// insightDays is how many days insights are about unless the request says so.
const insightDays = 30

// searchInsights answers GET /lectern/search/insights.
func (s *Server) searchInsights(c *call) (any, error) {
	query := c.URL.Query()
	p, err := pageOf(query, rulesPerPage)
	if err != nil {
		return nil, err
	}
	q := lectern.SearchLogQuery{Unanswered: query.Get("without_results") == "true", Offset: p.offset(), Limit: p.per}
	if q.To, err = queryDay(query, "to", lectern.DayOf(s.now())); err != nil {
		return nil, err
	}
	if q.From, err = queryDay(query, "from", q.To-insightDays+1); err != nil {
		return nil, err
	}
	if q.Locale, err = queryLocale(query, "locale"); err != nil {
		return nil, err
	}
	if q.HelpCenter, err = queryID[lectern.HelpCenterID](query, "help_center_id"); err != nil {
		return nil, err
	}
	if q.Source, err = queryChoice(query, "source", lectern.SearchSources, "site or api"); err != nil {
		return nil, err
	}
	list, totals, err := s.store.SearchLog(c.Context(), c.workspace(), q)
	if err != nil {
		return nil, err
	}
	data := make([]wire.SearchCount, len(list))
	for i, x := range list {
		data[i] = wire.FromSearchCount(x)
	}
	return wire.SearchInsights{
		Type: "list", Data: data, TotalCount: totals.Phrases, Searches: totals.Searches, WithoutResults: totals.Unanswered,
		From: wire.FormatDay(q.From), To: wire.FormatDay(q.To), Pages: c.pages(p, totals.Phrases),
	}, nil
}

// queryDay returns the day that a query parameter holds.
func queryDay(query url.Values, name string, usual lectern.Day) (lectern.Day, error) {
	text := query.Get(name)
	if text == "" {
		return usual, nil
	}
	at, err := time.Parse(time.DateOnly, text)
	if err != nil || at.Year() < 1 {
		return 0, lectern.Invalidf(name, "%s must be a day such as 2026-11-01", name)
	}
	return lectern.DayOf(at), nil
}

// countSearch has a search through the API counted: now, and each time its
// answer is sent again. Further pages are the same search.
func (s *Server) countSearch(c *call, q lectern.SearchQuery, set *settings, found bool) {
	if q.Phrase == "" || q.Offset > 0 {
		return
	}
	h := set.helpCenters[0]
	if q.HelpCenter != 0 {
		h = set.helpCenter(q.HelpCenter)
	}
	x := lectern.Search{
		Workspace: c.workspace(), HelpCenter: h.ID, Locale: q.Locale, Source: lectern.APISearch, Phrase: q.Phrase, Found: found,
	}
	if x.Locale == "" {
		x.Locale = h.DefaultLocale
	}
	c.sent = func() { s.store.CountSearch(x) }
}
