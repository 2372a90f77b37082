// Package address knows where things are on the public help center: the URLs
// that the API hands out, pages link to and a reader's bookmark keeps.
//
// Only the ID in an address matters; the words after it are there for people
// and change with the title.
package address

import (
	"cmp"
	"net"
	"net/url"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"lectern"
)

// HelpCenter returns the address of a help center, without a slash at the end:
// its own domain once that answers, else base (scheme and host) and its
// identifier.
func HelpCenter(base string, h *lectern.HelpCenter) string {
	if h.DomainAnswers() {
		return Domain(h)
	}
	return base + "/" + h.Identifier
}

// Domain returns the address of a help center on its own domain, whether that
// answers yet or not; empty if it has none. It begins with http only while the
// domain is known to answer by that alone.
func Domain(h *lectern.HelpCenter) string {
	switch {
	case h.CustomDomain == "":
		return ""
	case h.DomainAnswers() && !h.DomainSecure:
		return "http://" + h.CustomDomain
	}
	return "https://" + h.CustomDomain
}

// From returns the address that a redirect leads from. Where there is a domain
// it stands on that even before it answers here: most likely the site that is
// moved is still there.
func From(base string, h *lectern.HelpCenter, r *lectern.Redirect) string {
	return cmp.Or(Domain(h), HelpCenter(base, h)) + r.From
}

// Hostname is a host without its port.
func Hostname(host string) string {
	name, _, _ := net.SplitHostPort(host)
	return cmp.Or(name, host)
}

// Article returns the address of an article in locale l.
func Article(base string, h *lectern.HelpCenter, l lectern.Locale, id lectern.ArticleID, title string) string {
	return page(base, h, l, "articles", int64(id), title)
}

// Collection returns the address of a collection in locale l.
func Collection(base string, h *lectern.HelpCenter, l lectern.Locale, id lectern.CollectionID, name string) string {
	return page(base, h, l, "collections", int64(id), name)
}

func page(base string, h *lectern.HelpCenter, l lectern.Locale, kind string, id int64, title string) string {
	url := HelpCenter(base, h) + "/" + string(l) + "/" + kind + "/" + strconv.FormatInt(id, 10)
	if slug := Slug(title); slug != "" {
		url += "-" + slug
	}
	return url
}

// accented are the scripts whose letters lose their accents in a slug; in
// others a mark is part of the letter.
var accented = []*unicode.RangeTable{unicode.Latin, unicode.Greek, unicode.Cyrillic}

// Slug returns title as the words of an address: lower case, accents off
// Latin, Greek and Cyrillic letters, letters and digits of every script kept,
// and whatever stands between them one hyphen. It is empty for a title without
// letters and digits.
func Slug(title string) string {
	var b strings.Builder
	var base rune // the letter a following mark belongs to
	gap := false
	for _, r := range norm.NFKD.String(title) {
		switch {
		case unicode.Is(unicode.M, r):
			if base != 0 && !unicode.In(base, accented...) {
				b.WriteRune(r)
			}
			continue
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			gap, base = true, 0
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte('-')
		}
		gap, base = false, r
		b.WriteRune(unicode.ToLower(r))
	}
	return norm.NFC.String(b.String())
}

// Within returns what follows a help center's address in url, escaped and with
// its query: "/old-page?id=7". The help center may be named by its own domain
// or by base and its identifier, over http or https. It reports false for a
// URL outside the help center, its home page included.
func Within(base string, h *lectern.HelpCenter, address string) (from string, ok bool) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || u.Fragment != "" {
		return "", false
	}
	homes := []string{base + "/" + h.Identifier}
	if h.CustomDomain != "" {
		homes = append(homes, "https://"+h.CustomDomain)
	}
	for _, home := range homes {
		at, err := url.Parse(home)
		if err != nil || !strings.EqualFold(u.Host, at.Host) {
			continue
		}
		rest, inside := strings.CutPrefix(u.EscapedPath(), at.EscapedPath())
		if !inside || len(rest) < 2 || rest[0] != '/' {
			continue
		}
		if u.RawQuery != "" {
			rest += "?" + u.RawQuery
		}
		return rest, true
	}
	return "", false
}
