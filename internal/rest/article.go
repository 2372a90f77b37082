package rest

import (
	"strconv"
	"strings"
	"time"

	"lectern"
	"lectern/internal/apiversion"
	"lectern/internal/kept"
	"lectern/internal/openapi"
	"lectern/internal/richtext"
	"lectern/internal/search"
	"lectern/internal/wire"
)

var articleRoutes = []*route{
	{handle: (*Server).listArticles, depends: []lectern.Noun{lectern.AboutArticles, lectern.AboutSettings}, Operation: openapi.Operation{
		Route: "GET /articles", ID: "listArticles", Tag: "Articles", Scope: lectern.ReadArticles,
		Summary: "List the articles",
		About:   "Ordered by updated_at, latest first, and by ID, greatest first, among those updated in the same second.",
		Params: []openapi.Param{pageParam, perPage(articlesPerPage),
			{Name: "parent_id", Type: "integer", About: "Only articles in this collection. Not in Intercom's API."},
			{Name: "updated_since", Type: "integer", About: "Only articles updated at or after this time, in Unix seconds. Not in Intercom's API."},
			{Name: "starting_after", Type: "string", About: "Only articles after the one with this ID in the list's order, or after the place where it stood until it was deleted; pages count from there. Not in Intercom's API."},
		},
		Answer: wire.ArticleList{},
		Errors: []openapi.Failure{
			invalid("Per Page is too big", "per_page is above 250"),
			{Status: 404, Code: "not_found", Message: "Resource Not Found", When: "starting_after names no article that there is or was"},
		}}},
	{handle: (*Server).createArticle, Operation: openapi.Operation{
		Route: "POST /articles", ID: "createArticle", Tag: "Articles", Scope: lectern.ReadWriteArticles,
		Summary: "Create an article",
		Request: wire.CreateArticleRequest{}, Answer: wire.Article{},
		Errors: []openapi.Failure{
			missing("author_id must be in the main body or default locale translated_content object", "No author is given"),
			invalid("author_id must be a teammate on the help center's workspace", "The author is no teammate"),
			invalid("parent_id is invalid", "The collection does not exist"),
			unknownAudiences.From(&apiversion.ArticlesSayMore), bothBodies.From(&apiversion.ArticlesSayMore),
			scheduledDraft, bothSchedules, neverPublished,
		}}},
	{handle: (*Server).searchArticles, depends: []lectern.Noun{lectern.AboutArticles, lectern.AboutSettings}, Operation: openapi.Operation{
		Route: "GET /articles/search", ID: "searchArticles", Tag: "Articles", Scope: lectern.ReadArticles,
		Summary: "Search the articles",
		About:   "An article answers with any of the phrase's words, in whichever of its languages; the best come first.",
		Params: []openapi.Param{
			{Name: "phrase", Type: "string", About: "What to look for. Without it, every article is found."},
			{Name: "state", Type: "string", Enum: []string{"published", "draft", "all"}, About: "State of the text that matches; all unless given."},
			{Name: "help_center_id", Type: "integer", About: "Only articles of this help center."},
			{Name: "highlight", Type: "boolean", About: "Also show where the articles match."},
			{Name: "locale", Type: "string", About: "Language of the reader: articles that match in it come first. Lectern's own."},
			pageParam, perPage(searchPerPage),
		},
		Answer: wire.ArticleSearchResponse{},
		Errors: []openapi.Failure{
			invalid("state must be published, draft or all", "state is something else"),
			invalid(`Unknown locale "xx"`, "locale is something else"),
		}}},
	{handle: (*Server).retrieveArticle, depends: []lectern.Noun{lectern.AboutArticle, lectern.AboutSettings}, Operation: openapi.Operation{
		Route: "GET /articles/{id}", ID: "retrieveArticle", Tag: "Articles", Scope: lectern.ReadArticles,
		Summary: "Retrieve an article",
		Answer:  wire.Article{}, Errors: []openapi.Failure{notFound}}},
	{handle: (*Server).updateArticle, Operation: openapi.Operation{
		Route: "PUT /articles/{id}", ID: "updateArticle", Tag: "Articles", Scope: lectern.ReadWriteArticles,
		Summary: "Update an article",
		About: "Only the fields that are sent change, in each language by itself. " + repeated + " Where a draft is staged or a publication is " +
			"scheduled, changes of a published text are staged, unless the state is sent, too.",
		Request: wire.UpdateArticleRequest{}, Answer: wire.Article{},
		Errors: []openapi.Failure{
			invalid("parent_id is invalid", "The collection does not exist"), notFound, stale,
			unknownAudiences.From(&apiversion.ArticlesSayMore), bothBodies.From(&apiversion.ArticlesSayMore),
			scheduledDraft, bothSchedules, neverPublished,
		}}},
	{handle: (*Server).deleteArticle, Operation: openapi.Operation{
		Route: "DELETE /articles/{id}", ID: "deleteArticle", Tag: "Articles", Scope: lectern.ReadWriteArticles,
		Summary: "Delete an article",
		Answer:  wire.Deleted{}, Errors: []openapi.Failure{notFound}}},
}

// repeated says what becomes of answers that clients change and send back.
const repeated = "An answer can be changed and sent back whole: what is equal to what is stored is no change, also " +
	"where a field stands twice, at the root and in the default locale's entry of translated_content. " +
	"Where both differ from what is stored, the entry takes precedence."

// What schedules are refused for.
var (
	scheduledDraft = invalid("Cannot schedule a publish while setting state to draft",
		"scheduled_publish_at with state draft").From(&apiversion.ArticlesSayMore)
	bothSchedules = invalid("Cannot set scheduled_publish_at and scheduled_unpublish_at in the same request",
		"Both schedules are sent").From(&apiversion.ArticlesSayMore)
	neverPublished = invalid("Cannot schedule unpublish for an article that has never been published",
		"scheduled_unpublish_at before the first publication").From(&apiversion.ArticlesSayMore)
)

// How many articles a page holds unless the request says so.
const (
	articlesPerPage = 25
	searchPerPage   = 10
)

// maxSnippets is how many passages of a body a highlight shows.
const maxSnippets = 3

// listArticles answers GET /articles.
func (s *Server) listArticles(c *call) (any, error) {
	query := c.URL.Query()
	p, err := pageOf(query, articlesPerPage)
	if err != nil {
		return nil, err
	}
	q := lectern.ArticleQuery{Offset: p.offset(), Limit: p.per}
	if q.Parent, err = queryID[lectern.CollectionID](query, "parent_id"); err != nil {
		return nil, err
	}
	if q.UpdatedSince, err = queryTime(query.Get("updated_since"), "updated_since"); err != nil {
		return nil, err
	}
	after, err := queryID[lectern.ArticleID](query, "starting_after")
	if err != nil {
		return nil, err
	}
	if after != 0 {
		if q.After, err = s.store.ArticlePlace(c.Context(), c.workspace(), after); err != nil {
			return nil, err
		}
	}
	l := s.listing(c)
	articles, total, err := s.store.Articles(c.Context(), c.workspace(), q)
	if err != nil {
		return nil, err
	}
	set, err := s.settingsOf(c.Context(), c.workspace())
	if err != nil {
		return nil, err
	}
	parts, err := l.encoded(set, articles)
	if err != nil {
		return nil, err
	}
	return articleList(c.version, c.pages(p, total), total, parts)
}

// articleList returns the bytes of a wire.ArticleList.
func articleList(v *apiversion.Version, pages wire.Pages, total int, articles []*kept.Part) (*kept.Body, error) {
	c := composer{version: v}
	c.text(`{"type":"list","pages":`)
	c.value(pages)
	c.text(`,"total_count":` + strconv.Itoa(total) + `,"data":[`)
	c.list(articles)
	c.text(`]}`)
	return c.body()
}

// queryTime reads a time in Unix seconds or as ISO 8601; nothing is the zero
// time. The sign of an offset may have become a space on the way.
func queryTime(text, name string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	if at, ok := wire.ParseTime(strings.ReplaceAll(strings.TrimSpace(text), " ", "+")); ok {
		return at, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 || n > 1<<40 {
		return time.Time{}, lectern.Invalidf(name, "%s must be a time in Unix seconds or as ISO 8601", name)
	}
	return time.Unix(n, 0), nil
}

// searchArticles answers GET /articles/search.
func (s *Server) searchArticles(c *call) (any, error) {
	query := c.URL.Query()
	p, err := pageOf(query, searchPerPage)
	if err != nil {
		return nil, err
	}
	q := lectern.SearchQuery{Phrase: query.Get("phrase"), Offset: p.offset(), Limit: p.per}
	if q.HelpCenter, err = queryID[lectern.HelpCenterID](query, "help_center_id"); err != nil {
		return nil, err
	}
	switch state := query.Get("state"); state {
	case "", "all":
	case string(lectern.Draft), string(lectern.Published):
		q.States = []lectern.State{lectern.State(state)}
	default:
		return nil, lectern.Invalidf("state", "state must be published, draft or all")
	}
	if text := query.Get("locale"); text != "" {
		l, known := lectern.ParseLocale(text)
		if !known {
			return nil, lectern.UnknownLocale("locale", text)
		}
		q.Locale = l
	}
	l := s.listing(c)
	hits, total, err := s.store.SearchArticles(c.Context(), c.workspace(), q)
	if err != nil {
		return nil, err
	}
	set, err := s.settingsOf(c.Context(), c.workspace())
	if err != nil {
		return nil, err
	}
	articles, marks := make([]*lectern.Article, len(hits)), []wire.ArticleSearchHighlights{}
	for i, hit := range hits {
		articles[i] = hit.Article
		if query.Get("highlight") == "true" {
			marks = append(marks, highlights(q.Phrase, hit, set.helpCenter(hit.Article.HelpCenter)))
		}
	}
	parts, err := l.encoded(set, articles)
	if err != nil {
		return nil, err
	}
	s.countSearch(c, q, set, total > 0)
	return searchResponse(c.version, c.pages(p, total), total, parts, marks)
}

// searchResponse returns the bytes of a wire.ArticleSearchResponse.
func searchResponse(v *apiversion.Version, pages wire.Pages, total int, articles []*kept.Part, marks []wire.ArticleSearchHighlights) (*kept.Body, error) {
	c := composer{version: v}
	c.text(`{"type":"list","total_count":` + strconv.Itoa(total) + `,"data":{"articles":[`)
	c.list(articles)
	c.text(`],"highlights":`)
	c.value(marks)
	c.text(`},"pages":`)
	c.value(pages)
	c.text(`}`)
	return c.body()
}

// highlights shows where the text that was found matches.
func highlights(phrase string, hit lectern.Hit, h *lectern.HelpCenter) wire.ArticleSearchHighlights {
	text := hit.Article.Texts[hit.Locale]
	q := search.Marking(hit.Locale, phrase, hit.Terms)
	out := wire.ArticleSearchHighlights{
		ArticleID:          strconv.FormatInt(int64(hit.Article.ID), 10),
		HighlightedTitle:   runs(search.Highlight(q, hit.Article.TitleIn(hit.Locale, h))),
		HighlightedSummary: [][]wire.Run{},
	}
	for _, snippet := range search.Snippets(q, richtext.Text(text.Body), maxSnippets) {
		out.HighlightedSummary = append(out.HighlightedSummary, runs(snippet))
	}
	return out
}

func runs(list []search.Run) []wire.Run {
	out := make([]wire.Run, len(list))
	for i, r := range list {
		out[i] = wire.Run{Type: "plain", Text: r.Text}
		if r.Hit {
			out[i].Type = "highlight"
		}
	}
	return out
}

// retrieveArticle answers GET /articles/{id}.
func (s *Server) retrieveArticle(c *call) (any, error) {
	id, err := pathID[lectern.ArticleID](c)
	if err != nil {
		return nil, err
	}
	a, err := s.store.Article(c.Context(), c.workspace(), id)
	if err != nil {
		return nil, err
	}
	return s.article(c, a)
}

func (s *Server) article(c *call, a *lectern.Article) (any, error) {
	set, err := s.settingsOf(c.Context(), c.workspace())
	if err != nil {
		return nil, err
	}
	return set.article(a, c.base), nil
}

// textOrEmpty returns the text of a field that null empties.
func textOrEmpty(o wire.Opt[string]) *string {
	if o.Null {
		return new("")
	}
	return o.Pointer()
}
