package client

import (
	"crypto/tls"
	"net/http"
	"net/netip"
	"testing"
)

// from is a request of a peer with some headers.
func from(peer string, headers ...string) *http.Request {
	r := &http.Request{RemoteAddr: peer, Header: http.Header{}}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	return r
}

func parsed(t *testing.T, list string) *Rule {
	t.Helper()
	r, err := Parse(list)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

const (
	xff       = "X-Forwarded-For"
	forwarded = "Forwarded"
	proto     = "X-Forwarded-Proto"
)

func TestAnAddressIsTakenFromTrustedProxiesOnly(t *testing.T) {
	for _, x := range []struct {
		says, trust string
		r           *http.Request
		want        string // empty for none
	}{
		{"nobody stands between", Loopback, from("203.0.113.9:1"), "203.0.113.9"},
		{"a stranger says anything", Loopback, from("203.0.113.9:1", xff, "198.51.100.1", forwarded, "for=198.51.100.2"), "203.0.113.9"},
		{"a private address is a stranger", Loopback, from("10.0.0.2:1", xff, "198.51.100.1"), "10.0.0.2"},
		{"unless it is named", "loopback, private", from("10.0.0.2:1", xff, "198.51.100.1"), "198.51.100.1"},
		{"the same of IPv6", Private, from("[fd00::2]:1", xff, "2001:db8::1"), "2001:db8::1"},
		{"a link-local one with its zone", Private, from("[fe80::2%eth0]:1", xff, "2001:db8::1"), "2001:db8::1"},
		{"a proxy on this machine", Loopback, from("127.0.0.1:1", xff, "198.51.100.1"), "198.51.100.1"},
		{"on ::1", Loopback, from("[::1]:1", xff, "198.51.100.1"), "198.51.100.1"},
		{"on ::ffff:127.0.0.1", Loopback, from("[::ffff:127.0.0.1]:1", xff, "198.51.100.1"), "198.51.100.1"},
		{"a proxy that says nothing", Loopback, from("127.0.0.1:1"), "127.0.0.1"},
		{"nobody is trusted", None, from("127.0.0.1:1", xff, "198.51.100.1"), "127.0.0.1"},
		{"what the client invented stands before", Loopback, from("127.0.0.1:1", xff, "192.0.2.66, 198.51.100.1"), "198.51.100.1"},
		{"in a line of its own", Loopback, from("127.0.0.1:1", xff, "192.0.2.66", xff, "198.51.100.1"), "198.51.100.1"},
		{"two proxies, both named", "loopback,10.1.0.0/16", from("127.0.0.1:1", xff, "192.0.2.66, 198.51.100.1, 10.1.2.3"), "198.51.100.1"},
		{"two proxies, one named", Loopback, from("127.0.0.1:1", xff, "198.51.100.1, 10.1.2.3"), "10.1.2.3"},
		{"proxies alone", "private", from("10.0.0.1:1", xff, "10.0.0.3, 10.0.0.2"), "10.0.0.3"},
		{"a word instead of an address", Loopback, from("127.0.0.1:1", xff, "198.51.100.1, unknown"), "127.0.0.1"},
		{"nothing instead of an address", Loopback, from("127.0.0.1:1", xff, "198.51.100.1,"), "127.0.0.1"},
		{"an address with a port", Loopback, from("127.0.0.1:1", xff, "198.51.100.1:5000"), "198.51.100.1"},
		{"IPv6 in brackets", Loopback, from("127.0.0.1:1", xff, "[2001:db8::1]"), "2001:db8::1"},
		{"IPv6 with a port", Loopback, from("127.0.0.1:1", xff, "[2001:db8::1]:5000"), "2001:db8::1"},
		{"IPv4 as IPv6", Loopback, from("127.0.0.1:1", xff, "::ffff:198.51.100.1"), "198.51.100.1"},
		{"RFC 7239", Loopback, from("127.0.0.1:1", forwarded, `for=198.51.100.1;proto=https;by=203.0.113.43`), "198.51.100.1"},
		{"with quotes, a port and other cases", Loopback, from("127.0.0.1:1", forwarded, `For="[2001:db8:cafe::17]:4711"`), "2001:db8:cafe::17"},
		{"a list", Loopback, from("127.0.0.1:1", forwarded, `for=192.0.2.66, proto=http; FOR = "198.51.100.1"`), "198.51.100.1"},
		{"commas in quotes part nothing", Loopback, from("127.0.0.1:1", forwarded, `for=198.51.100.1;host="a, for=192.0.2.66"`), "198.51.100.1"},
		{"nor do quotes with a backslash", Loopback, from("127.0.0.1:1", forwarded, `for=198.51.100.1;host="a\", for=192.0.2.66"`), "198.51.100.1"},
		{"a hidden name", Loopback, from("127.0.0.1:1", forwarded, `for=198.51.100.1, for=_hidden`), "127.0.0.1"},
		{"an element that is for nobody", Loopback, from("127.0.0.1:1", forwarded, `for=198.51.100.1, proto=https`), "127.0.0.1"},
		{"X-Forwarded-For goes before what was passed on", Loopback, from("127.0.0.1:1", forwarded, "for=192.0.2.66", xff, "198.51.100.1"), "198.51.100.1"},
		{"a quote that does not end", Loopback, from("127.0.0.1:1", forwarded, `for="198.51.100.1`), "127.0.0.1"},
		{"a peer without an address", Loopback, from("@"), ""},
	} {
		got := parsed(t, x.trust).Address(x.r)
		if want, _ := netip.ParseAddr(x.want); got != want {
			t.Errorf("%s: %s, want %q", x.says, got, x.want)
		}
	}
	if got := (*Rule)(nil).Address(from("127.0.0.1:1", xff, "198.51.100.1")).String(); got != "198.51.100.1" {
		t.Errorf("by the rule of no settings it is %s", got)
	}
}

func TestHttpsIsWhatTheFirstProxyWasAskedBy(t *testing.T) {
	encrypted := from("203.0.113.9:1")
	encrypted.TLS = &tls.ConnectionState{}
	for _, x := range []struct {
		says string
		r    *http.Request
		want bool
	}{
		{"plain", from("203.0.113.9:1"), false},
		{"encrypted", encrypted, true},
		{"a stranger says so", from("203.0.113.9:1", proto, "https"), false},
		{"a proxy says so", from("127.0.0.1:1", proto, "https"), true},
		{"in other cases", from("127.0.0.1:1", proto, "HTTPS"), true},
		{"two proxies, the first is what the reader speaks", from("127.0.0.1:1", proto, "https, http"), true},
		{"without a space", from("127.0.0.1:1", proto, "https,http"), true},
		{"in two lines", from("127.0.0.1:1", proto, "https", proto, "http"), true},
		{"the other way round", from("127.0.0.1:1", proto, "http, https"), false},
		{"a longer word", from("127.0.0.1:1", proto, "httpsx"), false},
		{"nothing", from("127.0.0.1:1", proto, ""), false},
		{"RFC 7239", from("127.0.0.1:1", forwarded, `for=192.0.2.1;proto="https", for=192.0.2.2;proto=http`), true},
		{"RFC 7239, the other way round", from("127.0.0.1:1", forwarded, "proto=http, proto=https"), false},
		{"RFC 7239 without a word of it", from("127.0.0.1:1", forwarded, "for=192.0.2.1"), false},
		{"both", from("127.0.0.1:1", forwarded, "proto=https", proto, "http"), false},
	} {
		if got := Default.Secure(x.r); got != x.want {
			t.Errorf("%s: %v, want %v", x.says, got, x.want)
		}
	}
}

func TestAForgottenProxyIsNoticed(t *testing.T) {
	for _, x := range []struct {
		trust string
		r     *http.Request
		want  bool
	}{
		{Loopback, from("172.18.0.3:1", xff, "198.51.100.1"), true},
		{Loopback, from("172.18.0.3:1", proto, "https"), true},
		{None, from("127.0.0.1:1", forwarded, "for=198.51.100.1"), true},
		{Loopback, from("172.18.0.3:1"), false},
		{Private, from("172.18.0.3:1", xff, "198.51.100.1"), false},
		{Loopback, from("203.0.113.9:1", xff, "198.51.100.1"), false}, // anybody
	} {
		if got := parsed(t, x.trust).Ignores(x.r); got != x.want {
			t.Errorf("%s with %v behind %s: %v", x.r.RemoteAddr, x.r.Header, x.trust, got)
		}
	}
}

func TestARuleThatMakesNoSenseIsRefused(t *testing.T) {
	for _, text := range []string{"", "all", "loopback,", "10.0.0.0/33", "10.0.0", "none,loopback", "fe80::1%eth0", "::ffff:10.0.0.0/104", "loopback private"} {
		if _, err := Parse(text); err == nil {
			t.Errorf("%q is taken", text)
		}
	}
}

func FuzzHeadersNameAnAddressOrNone(f *testing.F) {
	f.Add(`for="[2001:db8::1]:4711";proto=https`, "198.51.100.1, 10.0.0.1")
	f.Add(`for="\`, ",")
	f.Fuzz(func(t *testing.T, first, second string) {
		for _, r := range []*http.Request{from("127.0.0.1:1", forwarded, first), from("127.0.0.1:1", xff, second, proto, first)} {
			if a := Default.Address(r); !a.IsValid() || a.Is4In6() || a.Zone() != "" {
				t.Errorf("%q %q: %s", first, second, a)
			}
			Default.Secure(r)
		}
	})
}
