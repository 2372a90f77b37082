package site

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"lectern"
	"lectern/internal/address"
)

// moved returns the answer to a call for something that stands at another
// address, or nil.
//
// It leads there by 301, since search engines and feeds shall take over the new
// address. The answer is not to be kept, though: a title may change back, and
// browsers that remember both ways would go round in circles. Also, a redirect
// ends when a page comes to stand in its place.
func (s *Site) moved(c *call) (*answer, error) {
	to, err := s.leadsTo(c.Context(), c)
	if err != nil || to == "" {
		return nil, err
	}
	return redirect(http.StatusMovedPermanently, to), nil
}

// leadsTo returns the address that c leads to, escaped, always that of a page
// which everyone may read. It is empty where a page stands under its right
// address, and where there is nothing to lead to.
func (s *Site) leadsTo(ctx context.Context, c *call) (string, error) {
	if !c.center.WebsiteTurnedOn {
		return "", nil
	}
	if l, t, ok := pageAt(c.path); ok {
		switch to, err := s.pageAddress(ctx, c, l, t); {
		case err != nil || to == c.home+c.path:
			return "", err
		case to != "":
			return c.withQuery(escaped(to)), nil
		}
	}
	return s.redirected(ctx, c)
}

// redirected returns the address that c leads to by a redirect; empty for none.
func (s *Site) redirected(ctx context.Context, c *call) (string, error) {
	if (&lectern.Redirect{From: c.from}).Key() == "" {
		return "", nil
	}
	list, err := s.store.RedirectsAt(ctx, c.center.workspace, c.center.ID, c.from)
	if err != nil {
		return "", err
	}
	if x, rest := lectern.Lead(c.from, list); x != nil {
		return s.inOneOf(ctx, c, x.Target, rest, x.Locale)
	}
	locales := c.oldLanguages()
	switch t, ours, err := s.ours(ctx, c); {
	case err != nil:
		return "", err
	case ours: // what has our number means that, whatever had it before
		if _, _, ok := pageAt(c.path); ok {
			return "", nil // there is no such page
		}
		return s.inOneOf(ctx, c, t, c.URL.RawQuery, append(locales, c.center.DefaultLocale)...)
	}
	if x, rest := lectern.LeadElsewhere(c.from, list, locales); x != nil {
		return s.inOneOf(ctx, c, x.Target, rest, append(locales, x.Locale)...)
	}
	return "", nil
}

// inOneOf returns the address of a page in the first of the languages that it is
// there in, with what is left of a query; empty for none.
func (s *Site) inOneOf(ctx context.Context, c *call, t lectern.Target, rest string, locales ...lectern.Locale) (string, error) {
	for _, l := range locales {
		to, err := s.pageAddress(ctx, c, l, t)
		if to != "" || err != nil {
			return addQuery(escaped(to), rest), err
		}
	}
	return "", nil
}

// oldLanguages are the languages that an old address asks for: the one that it
// names, or else the reader's and then the help center's own.
func (c *call) oldLanguages() []lectern.Locale {
	if l, ok := lectern.AddressLocale(c.from); ok {
		return []lectern.Locale{l}
	}
	return []lectern.Locale{c.preferred(), c.center.DefaultLocale}
}

// ours returns what of the workspace has the number in the path of c, which may
// name any language, or none: /articles/12, /en-gb/articles/12-a-title.
func (s *Site) ours(ctx context.Context, c *call) (t lectern.Target, found bool, err error) {
	kind, digits, _ := strings.Cut(strings.TrimPrefix((&lectern.Redirect{From: c.from}).Place(), "/"), "/")
	id, ok := leadingID(digits)
	switch {
	case !ok || strings.Contains(digits, "/"):
		return t, false, nil
	case kind == "articles":
		t.Article = lectern.ArticleID(id)
		_, err = s.store.Article(ctx, c.center.workspace, t.Article)
	case kind == "collections":
		t.Collection = lectern.CollectionID(id)
		_, err = s.store.Collection(ctx, c.center.workspace, t.Collection)
	default:
		return t, false, nil
	}
	return t, err == nil, unless(err, lectern.NotFound)
}

// pageAddress returns the address of the page of t in locale l, wherever in the
// workspace t has moved. It is empty if there is no page that everyone may
// read: a draft, a text for some audiences, a help center or language that is
// switched off.
func (s *Site) pageAddress(ctx context.Context, c *call, l lectern.Locale, t lectern.Target) (string, error) {
	var of lectern.HelpCenterID
	var title string
	var shown *lectern.Article
	ws := c.center.workspace
	if t.Article != 0 {
		a, err := s.store.Article(ctx, ws, t.Article)
		if err != nil {
			return "", unless(err, lectern.NotFound)
		}
		text := a.Texts[l]
		if text.State != lectern.Published || len(text.Audiences) > 0 {
			return "", nil
		}
		of, shown = a.HelpCenter, a
	} else {
		x, err := s.store.Collection(ctx, ws, t.Collection)
		if err != nil {
			return "", unless(err, lectern.NotFound)
		}
		of, title = x.HelpCenter, x.Texts[l].Name
		if title == "" {
			return "", nil
		}
	}
	h, err := s.helpCenter(ctx, c, of)
	if err != nil || !h.WebsiteTurnedOn || !slices.Contains(h.Locales, l) {
		return "", unless(err, lectern.NotFound)
	}
	if t.Article != 0 {
		return address.Article(c.base, h, l, t.Article, shown.TitleIn(l, h)), nil
	}
	return address.Collection(c.base, h, l, t.Collection, title), nil
}

// helpCenter finds one of the call's workspace.
func (s *Site) helpCenter(ctx context.Context, c *call, id lectern.HelpCenterID) (*lectern.HelpCenter, error) {
	if id == c.center.ID {
		return c.center.HelpCenter, nil
	}
	return s.store.HelpCenter(ctx, c.center.workspace, id)
}

// unless is err, or nil if it is of a kind that says enough by an empty answer.
func unless(err error, kind lectern.Kind) error {
	if errors.Is(err, kind) {
		return nil
	}
	return err
}

// elsewhereThan leads a call whose page stands at the path at there. Before it
// shows a page that is not in the language asked for, it follows redirects.
func (s *Site) elsewhereThan(c *call, at string, own bool) (*answer, error) {
	right := c.base+at == c.home+c.path || c.canonical(at[len(c.root):]) == c.home+c.path
	if own && right {
		return nil, nil
	}
	if a, err := s.moved(c); a != nil || err != nil {
		return a, err
	}
	if !right {
		return redirect(http.StatusMovedPermanently, c.withQuery(escaped(c.canonical(at[len(c.root):])))), nil
	}
	return nil, nil
}

// gone answers where no page stands: what stood there once may lead on.
func (s *Site) gone(c *call) (*answer, error) {
	if a, err := s.moved(c); a != nil || err != nil {
		return a, err
	}
	return nil, lectern.NotFoundf("no page at %s", c.path)
}

// orGone is the answer to a call for a page that the store refused.
func (s *Site) orGone(c *call, err error) (*answer, error) {
	if unless(err, lectern.NotFound) != nil {
		return nil, fmt.Errorf("read a page: %w", err)
	}
	return s.gone(c)
}
