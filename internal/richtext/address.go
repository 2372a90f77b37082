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
	imageAddress = regexp.MustCompile(`(?i)^[\x00-\x20]*(?:https?:|data:image/(?:png|gif|jpe?g|webp)[;,]|[^:/?#]*(?:[/?#]|$))`)
	imageData    = regexp.MustCompile(`(?i)^data:image/(?:png|gif|jpe?g|webp)[;,]`)
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
// loaded. Images inside the address may be bitmaps only, since an SVG is a
// document that can carry scripts.
func cleanImageSource(s string) string {
	s = trimAddress(s)
	switch scheme(s) {
	case "", "http", "https":
		return s
	case "data":
		if imageData.MatchString(s) {
			return s
		}
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

// videoSource returns the address of an embedded video over https, or Invalid
// if its host is not one of the supported ones.
func videoSource(s string) (string, error) {
	s = trimAddress(s)
	u, err := url.Parse(s)
	if err != nil || strings.Contains(s, `\`) || u.Host == "" || u.User != nil {
		return "", unsupportedFrame(s)
	}
	if u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https" || u.Port() != "" {
		return "", unsupportedFrame(u.Scheme + "://" + u.Host)
	}
	host := strings.ToLower(u.Host)
	if lectern.VideoHost(host) == "" {
		return "", unsupportedFrame(host)
	}
	u.Scheme, u.Host = "https", host
	return u.String(), nil
}

func unsupportedFrame(where string) error {
	if len(where) > 100 {
		where = strings.ToValidUTF8(where[:100], "") + "…"
	}
	return lectern.Invalidf("body", "body contains an iframe from an unsupported host: %s", where)
}
