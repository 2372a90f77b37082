package rest

import (
	"lectern"
	"lectern/internal/apiversion"
	"lectern/internal/kept"
)

// An article in a list or a search is the same bytes whatever the answer is, so
// they are encoded, and compressed, once for each API version until the article
// changes. An answer joins them: ten articles in six languages are a megabyte
// that no search has to write anew.

// partBytes bounds the encoded articles that are kept.
const partBytes = 64 << 20

// A partKey is everything the bytes of an article follow from, beside its
// content.
type partKey struct {
	workspace lectern.WorkspaceID
	version   *apiversion.Version
	base      string
	article   lectern.ArticleID
}

// A listing is what encoded articles are made for: one answer, and how far
// changes had been told before its articles were read.
type listing struct {
	*Server
	call   *call
	before uint64
}

// listing notes how far changes have been told. It is called before the articles
// are read.
func (s *Server) listing(c *call) *listing {
	return &listing{s, c, s.contentStamp(c.workspace())}
}

// contentStamp moves when any article of the workspace does.
func (s *Server) contentStamp(ws lectern.WorkspaceID) uint64 {
	return s.stamps.Of(lectern.About(ws, lectern.AboutArticles), lectern.About(ws, lectern.AboutSettings))
}

// encoded returns the articles as they stand in a list, encoded.
func (l *listing) encoded(set *settings, articles []*lectern.Article) ([]*kept.Part, error) {
	ws := l.call.workspace()
	stamps := make([]uint64, len(articles))
	for i, a := range articles {
		stamps[i] = l.stamps.Of(lectern.AboutArticleID(ws, a.ID), lectern.About(ws, lectern.AboutSettings))
	}
	// If nothing was told since before the articles were read, they are what the
	// stamps stand for.
	current := l.contentStamp(ws) == l.before
	parts := make([]*kept.Part, len(articles))
	for i, a := range articles {
		key := partKey{ws, l.call.version, l.call.base, a.ID}
		if p, ok := l.parts.Get(key, stamps[i]); ok {
			parts[i] = p
			continue
		}
		b, err := l.call.version.Encode(set.listItem(a, l.call.base))
		if err != nil {
			return nil, err
		}
		parts[i] = kept.NewPart(b)
		if current {
			l.parts.Put(key, parts[i], stamps[i], len(b)+len(b)/3+256) // with its compressed form
		}
	}
	return parts, nil
}

// A composer joins an answer of parts and of values that are encoded for it.
type composer struct {
	version *apiversion.Version
	parts   []*kept.Part
	err     error
}

// comma stands between the parts of a list.
var comma = kept.NewPart([]byte(","))

// text adds JSON as it is.
func (c *composer) text(s string) { c.parts = append(c.parts, kept.NewPart([]byte(s))) }

// value adds a value in the shape of the version.
func (c *composer) value(v any) {
	b, err := c.version.Encode(v)
	if err != nil && c.err == nil {
		c.err = err
	}
	c.parts = append(c.parts, kept.NewPart(b))
}

// list adds parts with commas between them.
func (c *composer) list(parts []*kept.Part) {
	for i, p := range parts {
		if i > 0 {
			c.parts = append(c.parts, comma)
		}
		c.parts = append(c.parts, p)
	}
}

// body returns the answer.
func (c *composer) body() (*kept.Body, error) {
	if c.err != nil {
		return nil, c.err
	}
	return kept.Join(c.parts...), nil
}
