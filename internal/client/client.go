// Package client tells who sent a request, where proxies stand between.
//
// A proxy says where it has a request from in X-Forwarded-For, or in Forwarded
// (RFC 7239), and how it was asked in X-Forwarded-Proto. Anybody can send such
// headers, so they are believed from the proxies that an operator named and
// from nobody else. Every part of the server that wants to know an address, or
// whether a reader uses https, asks the one Rule.
package client

import (
	"fmt"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// A Rule says which peers are proxies whose word counts. The nil rule is
// Default. It does not change once it is made.
type Rule struct{ proxies []netip.Prefix }

// Names of sets of addresses that Parse knows.
const (
	Loopback = "loopback" // this machine
	Private  = "private"  // addresses of local networks (RFC 1918, RFC 4193) and link-local ones
	None     = "none"
)

var (
	loopback = prefixes("127.0.0.0/8", "::1/128")
	private  = prefixes("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "fc00::/7", "fe80::/10")
)

// Default believes proxies on the same machine: nobody else can send from there.
var Default = &Rule{loopback}

func prefixes(texts ...string) (list []netip.Prefix) {
	for _, t := range texts {
		list = append(list, netip.MustParsePrefix(t))
	}
	return list
}

// Parse reads a rule from a list with commas: addresses, networks as
// 192.0.2.0/24, "loopback", "private"; or "none" alone.
func Parse(text string) (*Rule, error) {
	r := &Rule{}
	if strings.TrimSpace(text) == None {
		return r, nil
	}
	for item := range strings.SplitSeq(text, ",") {
		switch item = strings.TrimSpace(item); item {
		case Loopback:
			r.proxies = append(r.proxies, loopback...)
		case Private:
			r.proxies = append(r.proxies, private...)
		default:
			p, err := prefix(item)
			if err != nil {
				return nil, err
			}
			r.proxies = append(r.proxies, p)
		}
	}
	return r, nil
}

// prefix reads a network, or an address as the network of itself.
func prefix(text string) (netip.Prefix, error) {
	if a, err := netip.ParseAddr(text); err == nil && a.Zone() == "" {
		a = a.Unmap()
		return netip.PrefixFrom(a, a.BitLen()), nil
	}
	p, err := netip.ParsePrefix(text)
	if err != nil || p.Addr().Is4In6() {
		return netip.Prefix{}, fmt.Errorf("%q is no address, no network such as 192.0.2.0/24, and none of %s, %s and %s", text, Loopback, Private, None)
	}
	return p.Masked(), nil
}

// trusts reports whether an address is a proxy's.
func (r *Rule) trusts(a netip.Addr) bool {
	if r == nil {
		r = Default
	}
	a = a.WithZone("")
	return slices.ContainsFunc(r.proxies, func(p netip.Prefix) bool { return p.Contains(a) })
}

// peer is the address at the other end of a request's connection.
func peer(r *http.Request) netip.Addr {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	return at.Addr().Unmap()
}

// Address returns where a request comes from: the peer, or the last address in
// the list of its headers that no trusted proxy has. What stands before that was
// written by somebody unknown. It is the zero address if nothing is known.
//
// X-Forwarded-For goes before Forwarded, since nearly every proxy writes the
// first and passes on the second as it came.
func (r *Rule) Address(req *http.Request) netip.Addr {
	at := peer(req)
	if !r.trusts(at) {
		return at
	}
	hops := req.Header["X-Forwarded-For"]
	read := forwardedFor
	if len(hops) == 0 {
		hops, read = req.Header["Forwarded"], forwardedNode
	}
	for _, line := range slices.Backward(hops) {
		list := elements(line)
		for _, hop := range slices.Backward(list) {
			from, ok := read(hop)
			if !ok {
				return at // a proxy that does not say, or text that is none of a proxy
			}
			if at = from; !r.trusts(at) {
				return at
			}
		}
	}
	return at
}

// Network is what is kept of an address where the address itself would say too
// much: the first 24 bits of IPv4, the first 48 of IPv6. It is not valid for an
// address that is not known.
func Network(a netip.Addr) netip.Prefix {
	bits := 48
	if a = a.Unmap(); a.Is4() {
		bits = 24
	}
	p, _ := a.WithZone("").Prefix(bits)
	return p
}

// Secure reports whether the client speaks https: with this server, or with the
// first of the proxies before it.
func (r *Rule) Secure(req *http.Request) bool {
	return req.TLS != nil || strings.EqualFold(r.proto(req), "https")
}

// Plain reports whether a trusted proxy says that the client speaks http.
func (r *Rule) Plain(req *http.Request) bool {
	return req.TLS == nil && strings.EqualFold(r.proto(req), "http")
}

// proto is what the first of the trusted proxies was asked by; empty if none
// says so.
func (r *Rule) proto(req *http.Request) string {
	said, forwarded := req.Header["X-Forwarded-Proto"], req.Header["Forwarded"]
	if len(said) == 0 && len(forwarded) == 0 || !r.trusts(peer(req)) {
		return ""
	}
	if len(said) > 0 {
		first, _, _ := strings.Cut(said[0], ",")
		return strings.TrimSpace(first)
	}
	if list := elements(forwarded[0]); len(list) > 0 {
		return parameter(list[0], "proto")
	}
	return ""
}

// Ignores reports whether a request comes from a nearby machine that the rule
// does not trust and that speaks as a proxy: most likely one that the operator
// forgot to name.
func (r *Rule) Ignores(req *http.Request) bool {
	if len(req.Header["X-Forwarded-For"]) == 0 && len(req.Header["Forwarded"]) == 0 && len(req.Header["X-Forwarded-Proto"]) == 0 {
		return false
	}
	at := peer(req)
	return (at.IsPrivate() || at.IsLoopback() || at.IsLinkLocalUnicast()) && !r.trusts(at)
}
