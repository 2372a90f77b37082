package rest

import (
	"slices"
	"strconv"

	"lectern"
	"lectern/internal/openapi"
)

// A route is an operation and its handler.
type route struct {
	openapi.Operation
	handle func(*Server, *call) (any, error)
	// depends names the topics of a read's answer, which is then kept until
	// one of them is touched. The topic of one article takes the path's ID.
	depends []lectern.Noun
}

// topics appends what the answer to a call depends on to a list.
func (rt *route) topics(c *call, list []lectern.Topic) []lectern.Topic {
	for _, noun := range rt.depends {
		t := lectern.About(c.workspace(), noun)
		if noun == lectern.AboutArticle {
			t.ID, _ = strconv.ParseInt(c.PathValue("id"), 10, 64)
		}
		list = append(list, t)
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

func perPage(usual int) openapi.Param { return perPageUpTo(usual, maxPerPage) }

func perPageUpTo(usual, most int) openapi.Param {
	return openapi.Param{Name: "per_page", Type: "integer",
		About: "How many a page holds, at most " + strconv.Itoa(most) + "; " + strconv.Itoa(usual) + " unless given."}
}

func invalid(message, when string) openapi.Failure {
	return openapi.Failure{Status: 400, Code: "parameter_invalid", Message: message, When: when}
}

func missing(message, when string) openapi.Failure {
	return openapi.Failure{Status: 400, Code: "parameter_not_found", Message: message, When: when}
}

// notValid is a value that a rule of the operations since 2.16 refuses.
func notValid(message, when string) openapi.Failure {
	return openapi.Failure{Status: 422, Code: "validation_error", Message: message, When: when}
}

// routes is every operation served, in the order of the documents; each noun's
// stand at the head of its file. Path parameters are called {id}: their name
// never shows on the wire.
var routes = slices.Concat(
	adminRoutes,
	activityRoutes,
	teamRoutes,
	articleRoutes,
	draftRoutes,
	versionRoutes,
	audienceRoutes,
	collectionRoutes,
	orderRoutes,
	sectionRoutes,
	helpCenterRoutes,
	settingsRoutes,
	searchRuleRoutes,
	searchRoutes,
	redirectRoutes,
	snippetRoutes,
	tagRoutes,
	taggingRoutes,
	internalArticleRoutes,
	folderRoutes,
	importSourceRoutes,
	externalPageRoutes,
	brandRoutes,
	contentRoutes,
	bulkActionRoutes,
)
