package rest

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"lectern"
	"lectern/internal/openapi"
	"lectern/internal/wire"
)

var contentRoutes = []*route{
	{handle: (*Server).searchContent,
		depends: []lectern.Noun{lectern.AboutArticles, lectern.AboutInternalArticles, lectern.AboutSnippets, lectern.AboutAIContent, lectern.AboutFolders, lectern.AboutSettings},
		Operation: openapi.Operation{
			Route: "GET /content/search", ID: "searchContent", Tag: "Content", Scope: lectern.ReadContent,
			Summary: "Search content of every kind",
			About: "Articles, internal articles, snippets and external pages, those with any of the query's words, the best first. " +
				"An article is found once, whichever of its languages match; the parameters about a text are about one and the same. " +
				"A list is one parameter with commas in it, or several parameters.",
			Params: []openapi.Param{
				{Name: "query", Type: "string", About: "What to look for, at most 500 characters. Without it, everything is found, what changed last first."},
				pageParam, perPageUpTo(contentPerPage, maxContentPerPage),
				{Name: "content_types", Type: "string", About: "List of article, internal_article, snippet, external_content and file_source_content; all unless given. There are no files."},
				{Name: "states", Type: "string", About: "List of published and draft. All but articles is published."},
				{Name: "locales", Type: "string", About: "List of the locales of the text."},
				{Name: "tag_ids", Type: "string", About: "List of tags; see tag_operator."},
				{Name: "tag_operator", Type: "string", Enum: []string{"IN", "NIN"}, About: "Whether what is found has one of tag_ids, or none; IN unless given."},
				{Name: "any_tag_ids", Type: "string", About: "List of tags; what is found has one of them."},
				{Name: "folder_ids", Type: "string", About: "List of folders; what is found is in one of them or in a folder inside it."},
				{Name: "folder_entity_type", Type: "string", Enum: []string{"folder"}, About: "Required beside folder_ids."},
				{Name: "fin_service_state", Type: "string", Enum: onOff, About: "Whether an assistant may answer readers from it."},
				{Name: "copilot_state", Type: "string", Enum: onOff, About: "Whether an assistant may answer teammates from it."},
				{Name: "fin_sales_state", Type: "string", Enum: onOff, About: "Whether an assistant may answer buyers from it."},
				{Name: "created_by_ids", Type: "string", About: "List of the teammates who created it."},
				{Name: "last_updated_by_ids", Type: "string", About: "List of the teammates who changed it last."},
				{Name: "created_at_after", Type: "integer", About: "Created at or after this time, in Unix seconds."},
				{Name: "created_at_before", Type: "integer", About: "Created at or before this time, in Unix seconds."},
				{Name: "updated_at_after", Type: "integer", About: "Last changed at or after this time, in Unix seconds."},
				{Name: "updated_at_before", Type: "integer", About: "Last changed at or before this time, in Unix seconds."},
			},
			Answer: wire.ContentSearchResponse{},
			Errors: []openapi.Failure{
				invalid("Per Page is too big", "per_page is above 50"),
				dataInvalid("Invalid or duplicated record reference", "A tag, a folder or a teammate does not exist"),
				dataInvalid("query is too long (maximum is 500 characters)", "The query is too long"),
			}}},
}

// How many results a page holds unless the request says so, and at most.
const (
	contentPerPage    = 10
	maxContentPerPage = 50
)

var onOff = []string{"on", "off"}

// dataInvalid is a refused parameter of content search.
func dataInvalid(message, when string) openapi.Failure {
	return openapi.Failure{Status: http.StatusUnprocessableEntity, Code: "data_invalid", Message: message, When: when}
}

// badReference refuses a parameter that is to name something, and does not.
const badReference = "Invalid or duplicated record reference"

// searchContent answers GET /content/search.
func (s *Server) searchContent(c *call) (any, error) {
	query := c.URL.Query()
	p, err := pageUpTo(query, contentPerPage, maxContentPerPage)
	if err != nil {
		return nil, err
	}
	p.number = max(p.number, 1)
	r := contentReader{query: query}
	q := r.read()
	if r.refused != nil {
		return nil, r.refused
	}
	q.Offset, q.Limit = p.offset(), p.per
	found, total, err := s.store.SearchContent(c.Context(), c.workspace(), q)
	if err != nil {
		return nil, insteadOf(err, lectern.Unknown, refusedData(badReference))
	}
	out := wire.ContentSearchResponse{
		Type: "list", TotalCount: total, Data: make([]wire.ContentSearchResult, len(found)),
		Pages: wire.ContentSearchPages{Type: "pages", Page: p.number, PerPage: p.per, TotalPages: p.of(total)},
	}
	if p.number < out.Pages.TotalPages {
		out.Pages.Next = new(c.pageURL(page{p.number + 1, p.per}))
	}
	if p.number > 1 {
		out.Pages.Prev = new(c.pageURL(page{p.number - 1, p.per}))
	}
	for i, x := range found {
		out.Data[i] = wire.FromContent(x)
	}
	return out, nil
}

func refusedData(format string, args ...any) *failure {
	return &failure{http.StatusUnprocessableEntity, "data_invalid", fmt.Sprintf(format, args...)}
}

// A contentReader reads the parameters of a content search, and remembers the
// first that cannot be understood.
type contentReader struct {
	query   url.Values
	refused error
}

func (r *contentReader) refuse(format string, args ...any) {
	if r.refused == nil {
		r.refused = refusedData(format, args...)
	}
}

// read reads what is looked for.
func (r *contentReader) read() lectern.ContentQuery {
	q := lectern.ContentQuery{
		Phrase: r.query.Get("query"), Kinds: r.kinds(), States: r.states(), Locales: r.locales(),
		Chatbot: r.flag("fin_service_state"), Copilot: r.flag("copilot_state"), SalesAgent: r.flag("fin_sales_state"),
		Folders:      idList[lectern.FolderID](r, "folder_ids"),
		CreatedBy:    idList[lectern.AdminID](r, "created_by_ids"),
		UpdatedBy:    idList[lectern.AdminID](r, "last_updated_by_ids"),
		CreatedAfter: r.time("created_at_after"), CreatedBefore: r.time("created_at_before"),
		UpdatedAfter: r.time("updated_at_after"), UpdatedBefore: r.time("updated_at_before"),
	}
	if utf8.RuneCountInString(q.Phrase) > lectern.MaxContentPhrase {
		r.refuse("query is too long (maximum is %d characters)", lectern.MaxContentPhrase)
	}
	tags := idList[lectern.TagID](r, "tag_ids")
	switch operator := r.query.Get("tag_operator"); {
	case operator != "" && operator != "IN" && operator != "NIN":
		r.refuse("tag_operator must be IN or NIN")
	case operator == "NIN":
		q.NoTags = tags
	case len(tags) > 0:
		q.Tags = append(q.Tags, tags)
	}
	if others := idList[lectern.TagID](r, "any_tag_ids"); len(others) > 0 {
		q.Tags = append(q.Tags, others)
	}
	if kind := r.query.Get("folder_entity_type"); kind != "folder" && (kind != "" || len(q.Folders) > 0) {
		r.refuse("folder_entity_type must be folder")
	}
	return q
}

// list reads a list: parameters of a name, also with brackets behind it, each
// of which may hold several values with commas between.
func (r *contentReader) list(name string) []string {
	var values []string
	for _, text := range slices.Concat(r.query[name], r.query[name+"[]"]) {
		for v := range strings.SplitSeq(text, ",") {
			if v = strings.TrimSpace(v); v != "" {
				values = append(values, v)
			}
		}
	}
	return values
}

// contentTypes are the kinds of content by the names they have in a query.
var contentTypes = map[string]lectern.ObjectKind{
	"article": lectern.ArticleObject, "internal_article": lectern.InternalArticleObject, "snippet": lectern.SnippetObject,
	"external_content": lectern.ExternalPageObject, "file_source_content": lectern.FileObject,
}

func (r *contentReader) kinds() []lectern.ObjectKind {
	names := r.list("content_types")
	if len(names) == 0 {
		return lectern.ContentKinds
	}
	var kinds []lectern.ObjectKind
	for _, name := range names {
		kind, ok := contentTypes[name]
		if !ok {
			r.refuse("content_types must be of article, internal_article, snippet, external_content and file_source_content")
		}
		if kind != lectern.FileObject { // there are none
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

func (r *contentReader) states() []lectern.State {
	var states []lectern.State
	for _, name := range r.list("states") {
		if name != "published" && name != "draft" {
			r.refuse("states must be of published and draft")
		}
		states = append(states, lectern.State(name))
	}
	return states
}

func (r *contentReader) locales() []lectern.Locale {
	var locales []lectern.Locale
	for _, name := range r.list("locales") {
		l, ok := lectern.ParseLocale(name)
		if !ok {
			r.refuse("%s", lectern.UnknownLocale("locales", name).Text)
		}
		locales = append(locales, l)
	}
	return locales
}

// flag reads a parameter that is on or off, nil if it is not there.
func (r *contentReader) flag(name string) *bool {
	switch r.query.Get(name) {
	case "":
		return nil
	case "on":
		return new(true)
	case "off":
		return new(false)
	}
	r.refuse("%s must be on or off", name)
	return nil
}

func (r *contentReader) time(name string) time.Time {
	at, err := queryTime(r.query.Get(name), name)
	if err != nil {
		r.refuse("%s", err)
	}
	return at
}

// maxReferences is how many IDs a list of a query may hold.
const maxReferences = 200

// idList reads a list of IDs.
func idList[T ~int64](r *contentReader, name string) []T {
	var ids []T
	for _, text := range r.list(name) {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || n <= 0 {
			r.refuse(badReference)
		}
		ids = append(ids, T(n))
	}
	if len(ids) > maxReferences {
		r.refuse("%s has more than %d entries", name, maxReferences)
	}
	return ids
}
