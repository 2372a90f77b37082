package client

import (
	"net/netip"
	"strings"
)

// elements cuts a header at its commas, but for those within quotes.
func elements(line string) []string { return cut(line, ',') }

// cut cuts text at a sign, but for those within quotes.
func cut(text string, at byte) (list []string) {
	from, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"':
			quoted = !quoted
		case quoted && c == '\\':
			i++
		case !quoted && c == at:
			list = append(list, text[from:i])
			from = i + 1
		}
	}
	return append(list, text[min(from, len(text)):])
}

// forwardedFor reads an element of X-Forwarded-For.
func forwardedFor(element string) (netip.Addr, bool) { return node(strings.TrimSpace(element)) }

// forwardedNode reads who the element of a Forwarded header is for. It reports
// false for a name that a proxy made up, and for "unknown".
func forwardedNode(element string) (netip.Addr, bool) { return node(parameter(element, "for")) }

// parameter is the value of a parameter of an element of a Forwarded header;
// empty for none.
func parameter(element, name string) string {
	for _, pair := range cut(element, ';') {
		key, value, _ := strings.Cut(pair, "=")
		if strings.EqualFold(strings.TrimSpace(key), name) {
			return unquote(strings.TrimSpace(value))
		}
	}
	return ""
}

// unquote is a quoted string without its quotes and the backslashes in it.
func unquote(s string) string {
	if len(s) < 2 || s[0] != '"' || s[len(s)-1] != '"' {
		return s
	}
	var b strings.Builder
	for i := 1; i < len(s)-1; i++ {
		if s[i] == '\\' && i+1 < len(s)-1 {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// node reads an address with or without a port, an IPv6 one in brackets or not.
func node(text string) (netip.Addr, bool) {
	if a, err := netip.ParseAddr(strings.TrimSuffix(strings.TrimPrefix(text, "["), "]")); err == nil {
		return a.Unmap().WithZone(""), true
	}
	if at, err := netip.ParseAddrPort(text); err == nil {
		return at.Addr().Unmap().WithZone(""), true
	}
	return netip.Addr{}, false
}
