package rest

import (
	"container/list"
	"hash/maphash"
	"sync"
	"sync/atomic"

	"lectern"
	"lectern/internal/apiversion"
)

// Answers to reads are kept as the bytes they are sent as. An answer depends on
// topics: one article, the list of all articles, the workspace's settings. Each
// topic has a stamp that grows whenever an event touches it, and a kept answer
// holds as long as its stamp is that of its topics. The stamp is taken before
// the store is read, so an answer that a change overtook is never served.

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

// stamps counts events by topic. Topics share counters; two that meet in one
// cost a needless read now and then.
type stamps struct {
	counters [4096]atomic.Uint64
}

var stampSeed = maphash.MakeSeed()

func (s *stamps) counter(t topic) *atomic.Uint64 {
	return &s.counters[maphash.Comparable(stampSeed, t)%uint64(len(s.counters))]
}

// stamp returns the sum of the topics' counters. Counters only grow, so an
// equal sum means that none of them moved.
func (s *stamps) stamp(topics []topic) uint64 {
	var sum uint64
	for _, t := range topics {
		sum += s.counter(t).Load()
	}
	return sum
}

// touch moves the stamps of what events changed.
func (s *stamps) touch(events []lectern.Event) {
	for _, e := range events {
		for _, t := range touched(e) {
			s.counter(t).Add(1)
		}
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

// A cache keeps the answers used last, up to a number of bytes.
type cache struct {
	mu     sync.Mutex // guards all below
	limit  int
	size   int
	recent *list.List // of *kept, the most recently used first
	byKey  map[cacheKey]*list.Element
}

type kept struct {
	key   cacheKey
	entry *entry
	size  int
}

func newCache(limit int) *cache {
	return &cache{limit: limit, recent: list.New(), byKey: map[cacheKey]*list.Element{}}
}

// get returns the answer kept under key, or nil if there is none with this stamp.
func (c *cache) get(key cacheKey, stamp uint64) *entry {
	c.mu.Lock()
	defer c.mu.Unlock()
	at, ok := c.byKey[key]
	if !ok {
		return nil
	}
	k := at.Value.(*kept)
	if k.entry.stamp != stamp {
		c.remove(at)
		return nil
	}
	c.recent.MoveToFront(at)
	return k.entry
}

// put keeps an answer. One that takes more than an eighth of the cache, or has
// an extravagant address, is not kept.
func (c *cache) put(key cacheKey, e *entry) {
	// Twice the body, for a compressed form beside it; the rest is an estimate
	// of the bookkeeping.
	size := 2*len(e.body) + len(key.path) + len(key.query) + 512
	if size > c.limit/8 || len(key.path)+len(key.query) > maxCachedURL {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if at, ok := c.byKey[key]; ok {
		c.remove(at)
	}
	c.byKey[key] = c.recent.PushFront(&kept{key, e, size})
	c.size += size
	for c.size > c.limit {
		c.remove(c.recent.Back())
	}
}

func (c *cache) remove(at *list.Element) {
	k := c.recent.Remove(at).(*kept)
	delete(c.byKey, k.key)
	c.size -= k.size
}
