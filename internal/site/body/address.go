package body

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
)

// address returns where a link leads, or "" if readers must not follow it. A
// link to a heading leads to the id it has now.
func (w *writer) address(href string) string {
	href = checked(href)
	if name, within := strings.CutPrefix(href, "#"); within {
		if id, ok := w.survey.ids[name]; ok {
			return "#" + id
		}
		if decoded, err := url.PathUnescape(name); err == nil {
			if id, ok := w.survey.ids[decoded]; ok {
				return "#" + id
			}
		}
		return href
	}
	if href == "" || w.options.Link == nil {
		return href
	}
	return checked(w.options.Link(href))
}

// checked returns an address a reader may follow, or "": one of four schemes, or
// none.
func checked(s string) string {
	s = strings.Trim(strings.Map(func(r rune) rune {
		if r < ' ' || r == '\x7f' {
			return -1 // browsers overlook these, so a scheme could hide behind them
		}
		return r
	}, s), " ")
	switch scheme(s) {
	case "", "http", "https", "mailto", "tel":
		return s
	}
	return ""
}

// source returns the address of a picture, or "" if it must not be loaded.
func source(s string) string {
	s = checked(s)
	switch scheme(s) {
	case "", "http", "https":
		return s
	}
	return ""
}

// scheme returns what is before the colon of an absolute address, in lower case,
// "" for a relative one. It is stricter than a browser: a colon written as a
// character reference counts.
func scheme(s string) string {
	s = html.UnescapeString(s)
	end := strings.IndexAny(s, ":/?#\\")
	if end < 0 || s[end] != ':' {
		return ""
	}
	return strings.ToLower(s[:end])
}

// elsewhere reports whether an address leads to a host by name.
func elsewhere(href string) bool {
	switch scheme(href) {
	case "http", "https":
		return true
	}
	return strings.HasPrefix(strings.ReplaceAll(href, `\`, "/"), "//")
}

// rel keeps other hosts from reaching back to the page.
func rel(href string) string {
	if elsewhere(href) {
		return "noopener"
	}
	return ""
}

// hostOf returns the host of an https address, "" for anything else.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.User != nil || u.Port() != "" {
		return ""
	}
	return strings.ToLower(u.Hostname())
}
