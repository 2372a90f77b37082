package rest

import (
	"net/http"
	"strconv"
)

// Header values by which browsers are told what an answer may do. They go out
// with every answer, whoever makes it: what is shown to people says in their
// place what it needs.
var (
	noReferrer     = []string{"strict-origin-when-cross-origin"}
	nothingAllowed = []string{"default-src 'none'; frame-ancestors 'none'"}
	noPermissions  = []string{"accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), " +
		"magnetometer=(), microphone=(), midi=(), payment=(), usb=()"}
	ownOrigin    = []string{"same-origin"}
	alwaysSecure = []string{"max-age=31536000"} // a year; only this host, since others may speak http
)

// protect sets the headers that every answer to r has.
func (s *Server) protect(h http.Header, r *http.Request) {
	h["X-Content-Type-Options"], h["Referrer-Policy"] = noSniff, noReferrer
	h["Content-Security-Policy"], h["Permissions-Policy"] = nothingAllowed, noPermissions
	h["Cross-Origin-Opener-Policy"] = ownOrigin
	if s.clients.Secure(r) {
		h["Strict-Transport-Security"] = alwaysSecure
	}
}

// retrySeconds is after how long a request that could not be answered now is
// worth another try, where nothing says better.
const retrySeconds = 5

// retryLater says when to ask again, in an answer that says "not now".
func retryLater(h http.Header, status int) {
	if (status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable) && len(h["Retry-After"]) == 0 {
		h["Retry-After"] = []string{strconv.Itoa(retrySeconds)}
	}
}
