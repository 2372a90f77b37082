package rest

import (
	"cmp"
	"context"
	"errors"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"lectern"
	"lectern/internal/address"
)

const siteUnbuilt = "The public help center is not part of this release yet. Its content can be read through the API.\n"

// A place is what a request names on the public help center.
type place struct {
	workspace  lectern.WorkspaceID
	helpCenter *lectern.HelpCenter
	base       string // scheme and host of the addresses of help centers without a domain
	home       string // the address of the help center in the form the request uses
	path       string // what follows home
	from       string // the same, escaped and with its query, as in lectern.Redirect
}

// site answers a request for the public help center. Its pages are not built
// yet, but old addresses lead to today's already.
//
// They do so by 301, since search engines and feeds shall take over the new
// address. The answer is not to be kept, though: a title may change back, and
// browsers that remember both ways would go round in circles. Also, a redirect
// ends when a page comes to stand in its place.
func (s *Server) site(w http.ResponseWriter, r *http.Request) {
	steps := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		p, err := s.place(r)
		var to string
		if err == nil && p != nil {
			to, err = s.leadsTo(r.Context(), p)
			if p.path == r.URL.Path { // by its own domain: no identifier comes first
				steps = append([]string{p.helpCenter.Identifier}, steps...)
			}
		}
		if err != nil {
			s.fail(w, &call{Request: r, header: w.Header(), version: s.version}, err)
			return
		}
		if to != "" {
			w.Header().Set("Location", to)
			writePlain(w, http.StatusMovedPermanently, "This page has moved.\n")
			return
		}
	}
	if isSiteAddress(steps) {
		writePlain(w, http.StatusNotImplemented, siteUnbuilt)
		return
	}
	writeFailure(w, errNotFound)
}

// isSiteAddress reports whether a path is one of the public help center:
// /{identifier}, a locale, and whatever follows.
func isSiteAddress(steps []string) bool {
	if len(steps) < 2 {
		return len(steps) == 1 && steps[0] == "help"
	}
	_, ok := lectern.ParseLocale(steps[1])
	return ok
}

// place finds the help center that a request names, by its domain or else by
// its identifier. It is nil if there is none.
func (s *Server) place(r *http.Request) (*place, error) {
	if !utf8.ValidString(r.URL.Path) || strings.ContainsFunc(r.URL.Path, unicode.IsControl) {
		return nil, nil
	}
	scheme, host := s.origin(r)
	p := &place{base: scheme + "://" + host, path: r.URL.Path, from: r.URL.EscapedPath()}
	var err error
	// No one takes over the operator's own host by claiming it as a domain.
	if s.baseURL == "" || !strings.EqualFold(r.Host, host) {
		p.workspace, p.helpCenter, err = s.store.HelpCenterByDomain(r.Context(), hostname(r.Host))
		if err == nil {
			p.home = "https://" + p.helpCenter.CustomDomain
		}
	}
	if p.helpCenter == nil && (err == nil || errors.Is(err, lectern.NotFound)) {
		err = s.placeByIdentifier(r.Context(), p)
	}
	if errors.Is(err, lectern.NotFound) {
		return nil, nil
	}
	if r.URL.RawQuery != "" {
		p.from += "?" + r.URL.RawQuery
	}
	return p, err
}

// placeByIdentifier takes the first step of p as the identifier of its help
// center. It returns NotFound.
func (s *Server) placeByIdentifier(ctx context.Context, p *place) (err error) {
	first, rest, _ := strings.Cut(strings.TrimPrefix(p.from, "/"), "/")
	identifier, err := url.PathUnescape(first)
	if err != nil {
		return lectern.NotFoundf("no identifier: %s", first)
	}
	p.workspace, p.helpCenter, err = s.store.HelpCenterByIdentifier(ctx, identifier)
	p.home, p.path, p.from = p.base+"/"+identifier, strings.TrimPrefix(p.path, "/"+identifier), "/"+rest
	return err
}

// hostname is a host without its port.
func hostname(host string) string {
	name, _, _ := net.SplitHostPort(host)
	return cmp.Or(name, host)
}

// leadsTo returns the address that p leads to, escaped, always that of a page
// which everyone may read. It is empty where a page stands under its right
// address, and where there is nothing to lead to.
func (s *Server) leadsTo(ctx context.Context, p *place) (string, error) {
	if !p.helpCenter.WebsiteTurnedOn {
		return "", nil
	}
	if l, t, ok := pageAt(p.path); ok {
		switch to, err := s.pageAddress(ctx, p, l, t); {
		case err != nil || to == p.home+p.path:
			return "", err
		case to != "":
			return escaped(to), nil
		}
	}
	key := (&lectern.Redirect{From: p.from}).Key()
	if key == "" {
		return "", nil
	}
	x, err := s.store.RedirectByKey(ctx, p.workspace, p.helpCenter.ID, key)
	if err != nil {
		return "", unless(err, lectern.NotFound)
	}
	to, err := s.pageAddress(ctx, p, x.Locale, x.Target)
	return escaped(to), err
}

// pageAt reads the address of an article or a collection within its help
// center: /{locale}/articles/{id}, and perhaps words after a hyphen.
func pageAt(path string) (l lectern.Locale, t lectern.Target, ok bool) {
	steps := strings.Split(path, "/")
	if len(steps) != 4 {
		return "", t, false
	}
	if l, ok = lectern.ParseLocale(steps[1]); !ok {
		return "", t, false
	}
	digits, _, _ := strings.Cut(steps[3], "-")
	id, err := strconv.ParseUint(digits, 10, 63)
	switch {
	case err != nil || id == 0:
		return "", t, false
	case steps[2] == "articles":
		t.Article = lectern.ArticleID(id)
	case steps[2] == "collections":
		t.Collection = lectern.CollectionID(id)
	default:
		return "", t, false
	}
	return l, t, true
}

// pageAddress returns the address of the page of t in locale l, wherever in the
// workspace t has moved. It is empty if there is no page that everyone may
// read: a draft, a text for some audiences, a help center or language that is
// switched off.
func (s *Server) pageAddress(ctx context.Context, p *place, l lectern.Locale, t lectern.Target) (string, error) {
	var of lectern.HelpCenterID
	var title string
	if t.Article != 0 {
		a, err := s.store.Article(ctx, p.workspace, t.Article)
		if err != nil {
			return "", unless(err, lectern.NotFound)
		}
		text := a.Texts[l]
		if text.State != lectern.Published || len(text.Audiences) > 0 {
			return "", nil
		}
		of, title = a.HelpCenter, text.Title
	} else {
		c, err := s.store.Collection(ctx, p.workspace, t.Collection)
		if err != nil {
			return "", unless(err, lectern.NotFound)
		}
		of, title = c.HelpCenter, c.Texts[l].Name
		if title == "" {
			return "", nil
		}
	}
	h, err := s.store.HelpCenter(ctx, p.workspace, of)
	if err != nil || !h.WebsiteTurnedOn || !slices.Contains(h.Locales, l) {
		return "", unless(err, lectern.NotFound)
	}
	if t.Article != 0 {
		return address.Article(p.base, h, l, t.Article, title), nil
	}
	return address.Collection(p.base, h, l, t.Collection, title), nil
}

// escaped is an address as it stands in a header; empty if it cannot.
func escaped(to string) string {
	u, err := url.Parse(to)
	if err != nil {
		return ""
	}
	return u.String()
}

// unless is err, or nil if it is of a kind that says enough by an empty answer.
func unless(err error, kind lectern.Kind) error {
	if errors.Is(err, kind) {
		return nil
	}
	return err
}
