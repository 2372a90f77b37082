package site

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"lectern"
	"lectern/internal/address"
	"lectern/internal/hall"
	"lectern/internal/i18n"
	"lectern/internal/kept"
)

// A call is a request for something of a help center.
type call struct {
	*http.Request
	hall   *hall.Exchange // what the hall knows of it
	center *center
	base   string // scheme and host of the addresses of help centers without a domain
	home   string // the address of the help center in the form the request uses
	root   string // the path of home; empty on a domain of its own
	path   string // what follows home
	from   string // the same, escaped and with its query, as in lectern.Redirect
	mode   string // the reader's choice: "light", "dark", or empty for the device's
	locale lectern.Locale
	words  *i18n.Catalogue
	step   string // what stands in the place of a route's {…}
}

// visit is where the reader is, as the store wants to hear it.
func (c *call) visit() lectern.Visit {
	return lectern.Visit{Workspace: c.center.workspace, HelpCenter: c.center.ID, Locale: c.locale}
}

// place finds the help center that a request names, by its domain or else by
// its identifier. It is nil if there is none.
func (s *Site) place(r *http.Request) (*call, error) {
	if !utf8.ValidString(r.URL.Path) || strings.ContainsFunc(r.URL.Path, unicode.IsControl) {
		return nil, nil
	}
	scheme, host := s.origins.Of(r)
	c := &call{Request: r, hall: hall.Of(r), base: scheme + "://" + host, path: r.URL.Path, from: r.URL.EscapedPath(), mode: chosenMode(r)}
	var err error
	// No one takes over the operator's own host by claiming it as a domain.
	if !s.origins.Fixed() || !strings.EqualFold(r.Host, host) {
		domain := strings.ToLower(address.Hostname(r.Host))
		c.center, err = s.centerBy(r.Context(), "domain "+domain, func(ctx context.Context) (lectern.WorkspaceID, *lectern.HelpCenter, error) {
			return s.store.HelpCenterByDomain(ctx, domain)
		})
		if c.center != nil {
			c.center = s.overDomain(r, c.center)
			c.home = address.Domain(c.center.HelpCenter)
		}
	}
	if err == nil && c.center == nil {
		err = s.placeByIdentifier(c)
	}
	if err == nil && c.center == nil {
		err = s.placeAtRoot(c)
	}
	if err != nil || c.center == nil {
		return nil, err
	}
	if r.URL.RawQuery != "" {
		c.from += "?" + r.URL.RawQuery
	}
	c.path = strings.TrimRight(c.path, "/")
	c.negotiate()
	c.setLocale(c.center.DefaultLocale)
	return c, nil
}

// placeByIdentifier takes the first step of the path as the identifier of the
// help center.
func (s *Site) placeByIdentifier(c *call) (err error) {
	first, rest, _ := strings.Cut(strings.TrimPrefix(c.from, "/"), "/")
	identifier, err := url.PathUnescape(first)
	if err != nil || identifier == "" {
		return nil
	}
	c.center, err = s.centerBy(c.Context(), "identifier "+identifier, func(ctx context.Context) (lectern.WorkspaceID, *lectern.HelpCenter, error) {
		return s.store.HelpCenterByIdentifier(ctx, identifier)
	})
	c.root = "/" + url.PathEscape(identifier)
	if c.center == nil {
		return err
	}
	if c.center.DomainAnswers() && !s.origins.Fixed() {
		// One host is known, so what is made for any other is the same.
		c.base = address.Domain(c.center.HelpCenter)
	}
	c.home, c.path, c.from = c.base+"/"+identifier, strings.TrimPrefix(c.path, "/"+identifier), "/"+rest
	return nil
}

// centerBy returns the help center that find finds, kept under key until one is
// made or changed. It is nil if there is none.
func (s *Site) centerBy(ctx context.Context, key string, find func(context.Context) (lectern.WorkspaceID, *lectern.HelpCenter, error)) (*center, error) {
	stamp := func() uint64 { return s.stamps.Of(lectern.About(0, lectern.AboutHelpCenters)) }
	return s.centers.Make(ctx, key, kept.Recipe[*center]{
		Stamp: stamp,
		Make: func(ctx context.Context) (*center, int, error) {
			before := stamp()
			ws, center, err := find(ctx)
			size := 256 + len(key)
			if errors.Is(err, lectern.NotFound) {
				return nil, size, nil
			}
			if err != nil {
				return nil, kept.None, err
			}
			h, err := s.loadCenter(ctx, ws, center)
			if err != nil {
				return nil, kept.None, err
			}
			h.stamp = before
			return h, size + 64<<10, nil // a stylesheet, twice
		},
	})
}

// setLocale makes l the language of the answer.
func (c *call) setLocale(l lectern.Locale) { c.locale, c.words = l, i18n.For(l) }

// in is the call as it would be in another language.
func (c *call) in(l lectern.Locale) *call {
	other := *c
	other.setLocale(l)
	return &other
}
