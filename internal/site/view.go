package site

import (
	"net/http"
	"net/netip"
	"strings"

	"lectern"
	"lectern/internal/visitor"
)

// view counts that somebody looks at an article: a page that is sent, kept or
// not, also to a browser that has it already. What a browser fetches in case
// its reader goes there counts when the reader does.
func (s *Site) view(c *call, id lectern.ArticleID) {
	if c.Method != http.MethodGet || strings.HasPrefix(c.Header.Get("Sec-Purpose"), "prefetch") {
		return
	}
	s.store.CountView(lectern.View{
		Workspace: c.house.workspace, Article: id, Locale: c.locale, Kind: visitor.Kind(c.UserAgent()),
	})
}

// visitor tells the reader from others, see package visitor.
func (s *Site) visitor(c *call) (lectern.Visitor, error) {
	salt, err := s.store.VisitorSalt(c.Context())
	if err != nil {
		return lectern.Visitor{}, err
	}
	return visitor.Of(salt, c.house.workspace, clientAddress(c.Request), c.UserAgent()), nil
}

// clientAddress is where a request comes from. If that is a machine nearby it
// is a proxy, which says where it has it from.
func clientAddress(r *http.Request) netip.Addr {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	from := at.Addr().Unmap()
	if !from.IsLoopback() && !from.IsPrivate() {
		return from
	}
	all := strings.Join(r.Header.Values("X-Forwarded-For"), ",")
	last := strings.TrimSpace(all[strings.LastIndexByte(all, ',')+1:])
	if told, err := netip.ParseAddr(last); err == nil {
		return told.Unmap()
	}
	return from
}
