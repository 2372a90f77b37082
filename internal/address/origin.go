package address

import (
	"cmp"
	"net"
	"net/http"
	"strings"
)

// Origin returns the scheme and host that addresses in the answer to r start
// with: those of baseURL, or where the client says it reached the server. A
// host that is none, or says more than a host, is not repeated.
func Origin(r *http.Request, baseURL string) (scheme, host string) {
	if baseURL != "" {
		scheme, host, _ = strings.Cut(baseURL, "://")
		return scheme, host
	}
	scheme = "http"
	if r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https" {
		scheme = "https"
	}
	if strings.Trim(r.Host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:[]") != "" || r.Host == "" {
		return scheme, "localhost"
	}
	return scheme, r.Host
}

// Hostname is a host without its port.
func Hostname(host string) string {
	name, _, _ := net.SplitHostPort(host)
	return cmp.Or(name, host)
}
