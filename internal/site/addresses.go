package site

import (
	"net/url"
	"strconv"
	"strings"

	"lectern"
	"lectern/internal/address"
)

// Where things are: a URL here is a path as the request has it, under the root of
// the help center or of a domain of its own; an address is whole and escaped, as
// the world shall know it.

// static is the path of a static file.
func (c *call) static(name string) string { return c.root + "/_/" + name }

// asset is the path of a picture that the theme shows; empty for none.
func (c *call) asset(name lectern.AssetName) string {
	if name == "" {
		return ""
	}
	return c.static(string(name))
}

// localPath is the path of an address of this help center in the form that the
// request uses.
func (c *call) localPath(to string) string {
	return c.root + strings.TrimPrefix(to, address.HelpCenter(c.base, c.center.HelpCenter))
}

// canonical is the address of a page within the help center.
func (c *call) canonical(path string) string {
	return address.HelpCenter(c.base, c.center.HelpCenter) + path
}

// articleURL is the path of an article in the visit's language, under the title
// that its page shows.
func (c *call) articleURL(id lectern.ArticleID, title string) string {
	return c.localPath(address.Article(c.base, c.center.HelpCenter, c.locale, id, title))
}

// collectionURL is the same of a collection.
func (c *call) collectionURL(id lectern.CollectionID, name string) string {
	return c.localPath(address.Collection(c.base, c.center.HelpCenter, c.locale, id, name))
}

// articleAddress is the address of an article's page as the world shall know it.
func (c *call) articleAddress(l lectern.Locale, id lectern.ArticleID, title string) string {
	at := c.in(l).articleURL(id, title)
	return escaped(c.canonical(at[len(c.root):]))
}

// collectionAddress is the same of a collection.
func (c *call) collectionAddress(l lectern.Locale, id lectern.CollectionID, name string) string {
	at := c.in(l).collectionURL(id, name)
	return escaped(c.canonical(at[len(c.root):]))
}

// homeAddress is the same of the home page in a language.
func (c *call) homeAddress(l lectern.Locale) string { return escaped(c.canonical("/" + string(l))) }

// searchAddress is the address of the search in a language.
func (c *call) searchAddress(l lectern.Locale) string { return c.homeAddress(l) + "/search" }

// llmsAddress is the address of the list of all pages in the call's language.
func (c *call) llmsAddress() string {
	return escaped(c.canonical("/" + string(c.locale) + "/llms.txt"))
}

// withQuery is an address with the query of the call: a newsletter's marks, say,
// which whoever owns the page counts by.
func (c *call) withQuery(to string) string { return addQuery(to, c.URL.RawQuery) }

// addQuery is an address that has no query with one, where there are both.
func addQuery(to, query string) string {
	if to == "" || query == "" {
		return to
	}
	return to + "?" + query
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
	id, ok := leadingID(steps[3])
	switch {
	case !ok:
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

// leadingID reads the number before the words of a step: 12-a-title.
func leadingID(step string) (int64, bool) {
	digits, _, _ := strings.Cut(step, "-")
	id, err := strconv.ParseUint(digits, 10, 63)
	return int64(id), err == nil && id != 0
}

// escaped is an address as it stands in a header; empty if it cannot.
func escaped(to string) string {
	u, err := url.Parse(to)
	if err != nil {
		return ""
	}
	return u.String()
}

// local turns a link to a page of this help center into one that works in the
// form of address that the request uses: its own domain, or its identifier.
func (c *call) local(href string) string {
	homes := []string{c.base + "/" + c.center.Identifier, "/" + c.center.Identifier}
	if domain := c.center.CustomDomain; domain != "" {
		homes = append(homes, "https://"+domain, "http://"+domain)
	}
	for _, home := range homes {
		rest, ok := strings.CutPrefix(href, home)
		if ok && (rest == "" || rest[0] == '/') {
			return c.root + rest
		}
	}
	return href
}

// within reports whether to is a path of the help center at root, and nothing a
// browser could take for an address elsewhere.
func within(to, root string) bool {
	if to != root && !strings.HasPrefix(to, root+"/") {
		return false
	}
	if !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n\t") {
		return false
	}
	u, err := url.Parse(to)
	return err == nil && u.Scheme == "" && u.Host == "" && u.User == nil
}

// addressOf is where a link leads, as it stands in a sentence: an e-mail
// address, a number, a page without its scheme. A path on the same host says
// nothing to a reader, so it is its label.
func addressOf(l lectern.Link) string {
	u, err := url.Parse(l.URL)
	switch {
	case err != nil || u.Scheme == "":
		return l.Label
	case u.Opaque != "":
		if plain, err := url.PathUnescape(u.Opaque); err == nil {
			return plain
		}
		return u.Opaque
	}
	return u.Host + strings.TrimSuffix(u.Path, "/")
}
