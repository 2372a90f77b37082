package richtext

import (
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"lectern"
)

// linkAddress and imageAddress are the policy's view of an address: one of the
// schemes, or none. The functions below look closer.
var (
	linkAddress  = regexp.MustCompile(`(?i)^[\x00-\x20]*(?:(?:https?|mailto|tel|intercom):|[^:/?#]*(?:[/?#]|$))`)
	imageAddress = regexp.MustCompile(`(?i)^[\x00-\x20]*(?:https?:|data:|[^:/?#]*(?:[/?#]|$))`)
)

// cleanLink returns the address of a link, or "" if readers must not follow it.
func cleanLink(s string) string {
	s = trimAddress(s)
	switch scheme(s) {
	case "", "http", "https", "mailto", "tel", "intercom":
		return s
	}
	return ""
}

// cleanImageSource returns the address of an image, or "" if it must not be
// loaded.
func cleanImageSource(s string) string {
	s = trimAddress(s)
	switch scheme(s) {
	case "", "http", "https":
		return s
	}
	return ""
}

// trimAddress removes what browsers overlook in an address, so that no scheme
// can hide behind it.
func trimAddress(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == '\x7f' {
			return -1
		}
		return r
	}, s)
	return strings.Trim(s, " ")
}

// scheme returns everything before the colon of an absolute address, in lower
// case, and "" for a relative one. It is stricter than a browser: anything
// before a colon counts, and so does a colon written as a character reference
// that some later reader might resolve once more.
func scheme(s string) string {
	s = html.UnescapeString(s)
	end := strings.IndexAny(s, ":/?#")
	if end < 0 || s[end] != ':' {
		return ""
	}
	return strings.ToLower(s[:end])
}

// videoSource returns the address of a frame over https, or "" if neither its
// host nor a host above it is one of lectern.VideoHosts or of more.
func videoSource(s string, more []string) string {
	s = trimAddress(s)
	u, err := url.Parse(s)
	if err != nil || strings.Contains(s, `\`) || u.Host == "" || u.User != nil ||
		u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https" || u.Port() != "" {
		return ""
	}
	host := strings.ToLower(u.Host)
	if lectern.VideoHost(host) == "" && !below(host, more) {
		return ""
	}
	u.Scheme, u.Host = "https", host
	return u.String()
}

// below reports whether a host is one of hosts or a subdomain of one.
func below(host string, hosts []string) bool {
	for _, h := range hosts {
		if h == "*" || host == h || strings.HasSuffix(host, "."+h) {
			return true
		}
	}
	return false
}

// anyHost lets frames be from anywhere, in a body that is stored already.
var anyHost = []string{"*"}
