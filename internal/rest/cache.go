package rest

import (
	"lectern"
	"lectern/internal/apiversion"
)

// Answers to reads are kept as the bytes they are sent as, see package kept.
// What answers depend on, their routes say; what an event touches, package
// lectern does.

// touch moves the stamps of what events changed.
func (s *Server) touch(events []lectern.Event) {
	for i := range events {
		s.stamps.Move(events[i].Touches()...)
	}
}

// recount moves the stamps of articles whose statistics changed, and of the
// lists they are in: at most once a second, however many readers there are.
func (s *Server) recount(articles []lectern.ArticleRef) {
	for _, a := range articles {
		s.stamps.Move(lectern.AboutArticleID(a.Workspace, a.Article), lectern.About(a.Workspace, lectern.AboutArticles))
	}
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
