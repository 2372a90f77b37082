package site

import (
	"net/http"

	"lectern"
	"lectern/internal/visitor"
)

// view counts that somebody looks at an article: a page that is sent, kept or
// not, also to a browser that has it already. What a browser fetches in case
// its reader goes there counts when the reader does, and what a network looks at
// without end does not count.
func (s *Site) view(c *call, id lectern.ArticleID) {
	if c.Method != http.MethodGet || visitor.Ahead(c.Header) || !s.limits.View(c.hall.Client, int64(id)) {
		return
	}
	s.store.CountView(lectern.View{
		Workspace: c.center.workspace, Article: id, Locale: c.locale, Kind: visitor.Kind(c.UserAgent()),
	})
}

// network tells the reader's network from others, whatever the browser: names of
// browsers are invented at will.
func (s *Site) network(c *call) (lectern.Visitor, error) {
	salt, err := s.store.VisitorSalt(c.Context())
	if err != nil {
		return lectern.Visitor{}, err
	}
	return visitor.Of(salt, c.center.workspace, c.hall.Client, ""), nil
}

// visitor tells the reader from others, see package visitor.
func (s *Site) visitor(c *call) (lectern.Visitor, error) {
	salt, err := s.store.VisitorSalt(c.Context())
	if err != nil {
		return lectern.Visitor{}, err
	}
	return visitor.Of(salt, c.center.workspace, c.hall.Client, c.UserAgent()), nil
}
