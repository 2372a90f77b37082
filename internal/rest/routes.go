package rest

import (
	"strconv"

	"lectern"
	"lectern/internal/openapi"
	"lectern/internal/wire"
)

// A route is an operation and its handler.
type route struct {
	openapi.Operation
	handle func(*Server, *call) (any, error)
	// depends names the topics of a read's answer, which is then kept until
	// one of them is touched. The topic of one article takes the path's ID.
	depends []string
}

// topics are what the answer to a call depends on.
func (rt *route) topics(c *call) []topic {
	list := make([]topic, len(rt.depends))
	for i, noun := range rt.depends {
		list[i] = topic{workspace: c.workspace(), noun: noun}
		if noun == aboutArticle {
			list[i].id, _ = strconv.ParseInt(c.PathValue("id"), 10, 64)
		}
	}
	return list
}

// unbuilt is the route of an operation that a published version has and this
// server does not.
func unbuilt(pattern string) *route {
	return &route{Operation: openapi.Operation{Route: pattern}, handle: func(*Server, *call) (any, error) {
		return nil, errUnbuilt
	}}
}

var (
	notFound = openapi.Failure{Status: 404, Code: "not_found", Message: "Resource Not Found", When: "Nothing has this ID"}
	stale    = openapi.Failure{Status: 412, Code: "conflict", Message: "The resource has changed since it was read", When: "If-Match names another ETag"}

	pageParam = openapi.Param{Name: "page", Type: "integer", About: "Page of the list, from 1. A page past the end is empty."}
)

func perPage(usual int) openapi.Param {
	return openapi.Param{Name: "per_page", Type: "integer", About: "How many a page holds, at most 250; " + strconv.Itoa(usual) + " unless given."}
}

func invalid(message, when string) openapi.Failure {
	return openapi.Failure{Status: 400, Code: "parameter_invalid", Message: message, When: when}
}

func missing(message, when string) openapi.Failure {
	return openapi.Failure{Status: 400, Code: "parameter_not_found", Message: message, When: when}
}

// routes is every operation served, in the order of the documents. Path
// parameters are all called {id}: their name never shows on the wire.
var routes = []*route{
	{handle: (*Server).identifyAdmin, Operation: openapi.Operation{
		Route: "GET /me", ID: "identifyAdmin", Tag: "Admins",
		Summary: "Who the access token acts for, and its workspace",
		Answer:  wire.AdminWithApp{}}},
	{handle: (*Server).listAdmins, depends: []string{aboutAdmins}, Operation: openapi.Operation{
		Route: "GET /admins", ID: "listAdmins", Tag: "Admins", Scope: lectern.ReadAdmins,
		Summary: "List the teammates", About: "People come before the workspace's bot.",
		Params: []openapi.Param{displayAvatar},
		Answer: wire.AdminList{}}},
	{handle: (*Server).listActivityLogs, Operation: openapi.Operation{
		Route: "GET /admins/activity_logs", ID: "listActivityLogs", Tag: "Admins", Scope: lectern.ReadAdmins,
		Summary: "List what teammates did", About: "Newest first.",
		Params: []openapi.Param{
			{Name: "created_at_after", Type: "integer", Required: true, About: "Earliest time, in Unix seconds."},
			{Name: "created_at_before", Type: "integer", About: "Latest time, in Unix seconds."},
			pageParam, perPage(activityPerPage),
		},
		Answer: wire.ActivityLogList{},
		Errors: []openapi.Failure{missing("created_at_after is a required parameter.", "created_at_after is not given")}}},
	{handle: (*Server).retrieveAdmin, depends: []string{aboutAdmins}, Operation: openapi.Operation{
		Route: "GET /admins/{id}", ID: "retrieveAdmin", Tag: "Admins", Scope: lectern.ReadAdmins,
		Summary: "Retrieve a teammate",
		Params:  []openapi.Param{displayAvatar},
		Answer:  wire.Admin{},
		Errors:  []openapi.Failure{{Status: 404, Code: "admin_not_found", Message: "Admin not found", When: "No teammate has this ID"}}}},
	{handle: (*Server).setAwayAdmin, Operation: openapi.Operation{
		Route: "PUT /admins/{id}/away", ID: "setAwayAdmin", Tag: "Admins", Scope: lectern.ReadWriteAdmins,
		Summary: "Set a teammate to away, or back to active",
		Request: wire.SetAwayRequest{}, Answer: wire.Admin{},
		Errors: []openapi.Failure{
			missing("away_mode_enabled is a required parameter.", "A required field is not given"),
			{Status: 404, Code: "admin_not_found", Message: "Admin for admin_id not found", When: "No teammate has this ID"},
		}}},

	{handle: (*Server).listArticles, depends: []string{aboutArticles, aboutSettings}, Operation: openapi.Operation{
		Route: "GET /articles", ID: "listArticles", Tag: "Articles", Scope: lectern.ReadArticles,
		Summary: "List the articles",
		About:   "Ordered by updated_at, latest first, and by ID, greatest first, among those updated in the same second.",
		Params: []openapi.Param{pageParam, perPage(articlesPerPage),
			{Name: "parent_id", Type: "integer", About: "Only articles in this collection. Not in Intercom's API."},
			{Name: "updated_since", Type: "integer", About: "Only articles updated at or after this time, in Unix seconds. Not in Intercom's API."},
			{Name: "starting_after", Type: "string", About: "Only articles after the one with this ID in the list's order; pages count from there. Not in Intercom's API."},
		},
		Answer: wire.ArticleList{},
		Errors: []openapi.Failure{
			invalid("Per Page is too big", "per_page is above 250"),
			{Status: 404, Code: "not_found", Message: "Resource Not Found", When: "starting_after names no article"},
		}}},
	{handle: (*Server).createArticle, Operation: openapi.Operation{
		Route: "POST /articles", ID: "createArticle", Tag: "Articles", Scope: lectern.ReadWriteArticles,
		Summary: "Create an article",
		Request: wire.CreateArticleRequest{}, Answer: wire.Article{},
		Errors: []openapi.Failure{
			missing("author_id must be in the main body or default locale translated_content object", "No author is given"),
			invalid("author_id must be a teammate on the help center's workspace", "The author is no teammate"),
			invalid("parent_id is invalid", "The collection does not exist"),
		}}},
	{handle: (*Server).searchArticles, depends: []string{aboutArticles, aboutSettings}, Operation: openapi.Operation{
		Route: "GET /articles/search", ID: "searchArticles", Tag: "Articles", Scope: lectern.ReadArticles,
		Summary: "Search the articles",
		About:   "An article answers with any of the phrase's words, in whichever of its languages; the best come first.",
		Params: []openapi.Param{
			{Name: "phrase", Type: "string", About: "What to look for. Without it, every article is found."},
			{Name: "state", Type: "string", Enum: []string{"published", "draft", "all"}, About: "State of the text that matches; all unless given."},
			{Name: "help_center_id", Type: "integer", About: "Only articles of this help center."},
			{Name: "highlight", Type: "boolean", About: "Also show where the articles match."},
			pageParam, perPage(searchPerPage),
		},
		Answer: wire.ArticleSearchResponse{},
		Errors: []openapi.Failure{invalid("state must be published, draft or all", "state is something else")}}},
	{handle: (*Server).retrieveArticle, depends: []string{aboutArticle, aboutSettings}, Operation: openapi.Operation{
		Route: "GET /articles/{id}", ID: "retrieveArticle", Tag: "Articles", Scope: lectern.ReadArticles,
		Summary: "Retrieve an article",
		Answer:  wire.Article{}, Errors: []openapi.Failure{notFound}}},
	{handle: (*Server).updateArticle, Operation: openapi.Operation{
		Route: "PUT /articles/{id}", ID: "updateArticle", Tag: "Articles", Scope: lectern.ReadWriteArticles,
		Summary: "Update an article", About: "Only the fields that are sent change, in each language by itself.",
		Request: wire.UpdateArticleRequest{}, Answer: wire.Article{},
		Errors: []openapi.Failure{invalid("parent_id is invalid", "The collection does not exist"), notFound, stale}}},
	{handle: (*Server).deleteArticle, Operation: openapi.Operation{
		Route: "DELETE /articles/{id}", ID: "deleteArticle", Tag: "Articles", Scope: lectern.ReadWriteArticles,
		Summary: "Delete an article",
		Answer:  wire.Deleted{}, Errors: []openapi.Failure{notFound}}},

	{handle: (*Server).listCollections, depends: []string{aboutCollections, aboutSettings}, Operation: openapi.Operation{
		Route: "GET /help_center/collections", ID: "listAllCollections", Tag: "Help Center", Scope: lectern.ReadArticles,
		Summary: "List the collections of every level",
		About:   "Ordered by updated_at, latest first, and by ID, greatest first, among those updated in the same second.",
		Params: []openapi.Param{pageParam, perPage(collectionsPerPage),
			{Name: "help_center_id", Type: "integer", About: "Only collections of this help center. Not in Intercom's API."}},
		Answer: wire.CollectionList{},
		Errors: []openapi.Failure{invalid("Per Page is too big", "per_page is above 250")}}},
	{handle: (*Server).createCollection, Operation: openapi.Operation{
		Route: "POST /help_center/collections", ID: "createCollection", Tag: "Help Center", Scope: lectern.ReadWriteArticles,
		Summary: "Create a collection", About: "Collections nest three levels deep.",
		Request: wire.CreateCollectionRequest{}, Answer: wire.Collection{},
		Errors: []openapi.Failure{
			missing("Name is a required parameter.", "No name is given"),
			invalid("parent_id is invalid", "The parent does not exist"),
		}}},
	{handle: (*Server).retrieveCollection, depends: []string{aboutCollections, aboutSettings}, Operation: openapi.Operation{
		Route: "GET /help_center/collections/{id}", ID: "retrieveCollection", Tag: "Help Center", Scope: lectern.ReadArticles,
		Summary: "Retrieve a collection",
		Answer:  wire.Collection{}, Errors: []openapi.Failure{notFound}}},
	{handle: (*Server).updateCollection, Operation: openapi.Operation{
		Route: "PUT /help_center/collections/{id}", ID: "updateCollection", Tag: "Help Center", Scope: lectern.ReadWriteArticles,
		Summary: "Update a collection", About: "Only the fields that are sent change, in each language by itself.",
		Request: wire.UpdateCollectionRequest{}, Answer: wire.Collection{},
		Errors: []openapi.Failure{invalid("parent_id is invalid", "The parent does not exist"), notFound, stale}}},
	{handle: (*Server).deleteCollection, Operation: openapi.Operation{
		Route: "DELETE /help_center/collections/{id}", ID: "deleteCollection", Tag: "Help Center", Scope: lectern.ReadWriteArticles,
		Summary: "Delete a collection", About: "The collections inside it go with it. Articles stay, outside of every deleted collection.",
		Answer: wire.Deleted{}, Errors: []openapi.Failure{notFound}}},

	{handle: (*Server).listHelpCenters, depends: []string{aboutSettings}, Operation: openapi.Operation{
		Route: "GET /help_center/help_centers", ID: "listHelpCenters", Tag: "Help Center", Scope: lectern.ReadArticles,
		Summary: "List the help centers", About: "All are on the first page.",
		Params: []openapi.Param{pageParam},
		Answer: wire.HelpCenterList{}}},
	{handle: (*Server).retrieveHelpCenter, depends: []string{aboutSettings}, Operation: openapi.Operation{
		Route: "GET /help_center/help_centers/{id}", ID: "retrieveHelpCenter", Tag: "Help Center", Scope: lectern.ReadArticles,
		Summary: "Retrieve a help center",
		Answer:  wire.HelpCenter{}, Errors: []openapi.Failure{notFound}}},

	{handle: (*Server).listTags, depends: []string{aboutTags}, Operation: openapi.Operation{
		Route: "GET /tags", ID: "listTags", Tag: "Tags", Scope: lectern.ReadTags,
		Summary: "List the tags", About: "All of them, without pages.",
		Answer: wire.TagList{}}},
	{handle: (*Server).createTag, Operation: openapi.Operation{
		Route: "POST /tags", ID: "createTag", Tag: "Tags", Scope: lectern.ReadWriteTags,
		Summary: "Create a tag, or rename one", About: "A name that exists, in whatever case, answers with its tag.",
		Request: wire.CreateOrUpdateTagRequest{}, Answer: wire.Tag{},
		Errors: []openapi.Failure{
			invalid("invalid tag parameters", "No name is given"),
			{Status: 409, Code: "resource_conflict", Message: "Another tag has the name Doomed.", When: "Another tag has the name"},
			{Status: 404, Code: "company_not_found", Message: "Company Not Found", When: "A company is named"},
			{Status: 404, Code: "not_found", Message: "User Not Found", When: "A user is named"},
		}}},
	{handle: (*Server).findTag, depends: []string{aboutTags}, Operation: openapi.Operation{
		Route: "GET /tags/{id}", ID: "findTag", Tag: "Tags", Scope: lectern.ReadTags,
		Summary: "Retrieve a tag",
		Answer:  wire.Tag{}, Errors: []openapi.Failure{notFound}}},
	{handle: (*Server).deleteTag, Operation: openapi.Operation{
		Route: "DELETE /tags/{id}", ID: "deleteTag", Tag: "Tags", Scope: lectern.ReadWriteTags,
		Summary: "Delete a tag", Errors: []openapi.Failure{notFound}}},

	{handle: (*Server).listTeams, depends: []string{aboutAdmins}, Operation: openapi.Operation{
		Route: "GET /teams", ID: "listTeams", Tag: "Teams", Scope: lectern.ReadAdmins,
		Summary: "List the teams",
		Answer:  wire.TeamList{}}},
	{handle: (*Server).retrieveTeam, depends: []string{aboutAdmins}, Operation: openapi.Operation{
		Route: "GET /teams/{id}", ID: "retrieveTeam", Tag: "Teams", Scope: lectern.ReadAdmins,
		Summary: "Retrieve a team",
		Answer:  wire.Team{},
		Errors:  []openapi.Failure{{Status: 404, Code: "team_not_found", Message: "Team not found", When: "No team has this ID"}}}},
}

var displayAvatar = openapi.Param{Name: "display_avatar", Type: "boolean", About: "Also tell where the picture is."}
