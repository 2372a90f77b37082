package rest

import (
	"lectern"
	"lectern/internal/apiversion"
)

// Answers to reads are kept as the bytes they are sent as, see package kept.
// Here is what answers depend on, and which events touch it.

// A topic is what answers depend on and events touch.
type topic struct {
	workspace lectern.WorkspaceID
	noun      string
	id        int64 // zero for the noun as a whole
}

// The topics of a workspace as a whole. Settings are what every answer about
// content depends on: the help centers and which collections exist, and where.
const (
	aboutArticle          = "article" // one, with its ID
	aboutArticles         = "articles"
	aboutCollections      = "collections"
	aboutSettings         = "settings"
	aboutAdmins           = "admins"
	aboutTags             = "tags"
	aboutFolders          = "folders"
	aboutInternalArticles = "internal_articles"
	aboutAudiences        = "audiences"
	aboutSnippets         = "snippets"
	aboutAIContent        = "AI content"
	aboutTokens           = "tokens" // of every workspace: tokens are looked up before it is known
)

// touch moves the stamps of what events changed.
func (s *Server) touch(events []lectern.Event) {
	for _, e := range events {
		s.stamps.Move(touched(e)...)
	}
}

// recount moves the stamps of articles whose statistics changed, and of the
// lists they are in: at most once a second, however many readers there are.
func (s *Server) recount(articles []lectern.ArticleRef) {
	for _, a := range articles {
		s.stamps.Move(topic{a.Workspace, aboutArticle, int64(a.Article)}, topic{a.Workspace, aboutArticles, 0})
	}
}

// touched lists the topics that an event changed.
func touched(e lectern.Event) []topic {
	of := func(noun string, id int64) topic { return topic{e.Workspace, noun, id} }
	switch e.Kind {
	case lectern.ArticleCreated, lectern.ArticleUpdated, lectern.ArticleDeleted:
		return []topic{of(aboutArticle, e.Object), of(aboutArticles, 0), of(aboutFolders, 0)}
	case lectern.InternalArticleCreated, lectern.InternalArticleUpdated, lectern.InternalArticleDeleted:
		return []topic{of(aboutInternalArticles, 0), of(aboutFolders, 0)}
	case lectern.FolderCreated, lectern.FolderUpdated, lectern.FolderDeleted:
		return []topic{of(aboutFolders, 0)}
	case lectern.CollectionCreated, lectern.CollectionUpdated:
		if e.Data.Moved { // articles in it may now be in a section
			return []topic{of(aboutCollections, 0), of(aboutSettings, 0)}
		}
		return []topic{of(aboutCollections, 0)}
	case lectern.CollectionDeleted: // articles lose a parent
		return []topic{of(aboutCollections, 0), of(aboutSettings, 0)}
	case lectern.WorkspaceCreated, lectern.WorkspaceUpdated, lectern.HelpCenterCreated, lectern.HelpCenterUpdated,
		lectern.BrandCreated:
		return []topic{of(aboutSettings, 0)}
	case lectern.AdminCreated, lectern.AdminAwayChanged, lectern.TeamCreated, lectern.TeamUpdated:
		return []topic{of(aboutAdmins, 0)}
	case lectern.TagCreated:
		return []topic{of(aboutTags, 0)}
	case lectern.TagUpdated, lectern.TagDeleted: // whatever carries it shows it
		return []topic{of(aboutTags, 0), of(aboutSettings, 0)}
	case lectern.TagApplied, lectern.TagRemoved:
		switch e.Data.ObjectKind {
		case lectern.ArticleObject:
			return []topic{of(aboutArticle, e.Object), of(aboutArticles, 0)}
		case lectern.InternalArticleObject:
			return []topic{of(aboutInternalArticles, 0)}
		case lectern.SnippetObject:
			return []topic{of(aboutSnippets, 0)}
		case lectern.ExternalPageObject:
			return []topic{of(aboutAIContent, 0)}
		}
	case lectern.AudienceCreated, lectern.AudienceUpdated:
		return []topic{of(aboutAudiences, 0)}
	case lectern.AudienceDeleted: // content is no longer meant for it
		return []topic{of(aboutAudiences, 0), of(aboutSettings, 0), of(aboutAIContent, 0), of(aboutSnippets, 0)}
	case lectern.ImportSourceCreated, lectern.ImportSourceUpdated, lectern.ImportSourceDeleted,
		lectern.ExternalPageCreated, lectern.ExternalPageUpdated, lectern.ExternalPageDeleted:
		return []topic{of(aboutAIContent, 0)}
	case lectern.SnippetCreated, lectern.SnippetUpdated, lectern.SnippetDeleted:
		return []topic{of(aboutSnippets, 0)}
	case lectern.SearchRuleCreated, lectern.SearchRuleUpdated, lectern.SearchRuleDeleted: // searches find something else
		return []topic{of(aboutArticles, 0)}
	case lectern.TokenCreated, lectern.TokenRevoked:
		return []topic{{noun: aboutTokens}}
	}
	return nil
}

// cacheBytes bounds the answers that are kept.
const cacheBytes = 64 << 20

// maxCachedURL bounds the path and query of an answer that is kept, in bytes.
const maxCachedURL = 1 << 10

// A cacheKey is everything an answer's bytes follow from, beside the content.
type cacheKey struct {
	workspace                 lectern.WorkspaceID
	version                   *apiversion.Version
	scheme, host, path, query string
}

// weight is how much room an answer takes in the cache, in bytes. One that has
// an extravagant address is too heavy for any.
func (k *cacheKey) weight(e *entry) int {
	if len(k.path)+len(k.query) > maxCachedURL {
		return cacheBytes
	}
	size := len(k.path) + len(k.query) + 512 // with an estimate of the bookkeeping
	if e.body != nil {
		size += 2 * e.body.Size() // a compressed form may come beside it
	}
	return size
}
