package hall

import "net/http"

// Header values by which browsers are told what an answer may do. They go out
// with every answer, whichever door makes it, redirects of the router included:
// what is shown to people says in their place what it needs.
var (
	noSniff        = []string{"nosniff"}
	noReferrer     = []string{"strict-origin-when-cross-origin"}
	nothingAllowed = []string{"default-src 'none'; frame-ancestors 'none'"}
	noPermissions  = []string{"accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), " +
		"magnetometer=(), microphone=(), midi=(), payment=(), usb=()"}
	ownOrigin    = []string{"same-origin"}
	alwaysSecure = []string{"max-age=31536000"} // a year; only this host, since others may speak http
)

// protect sets the headers that every answer has.
func protect(header http.Header, secure bool) {
	header["X-Content-Type-Options"], header["Referrer-Policy"] = noSniff, noReferrer
	header["Content-Security-Policy"], header["Permissions-Policy"] = nothingAllowed, noPermissions
	header["Cross-Origin-Opener-Policy"] = ownOrigin
	if secure {
		header["Strict-Transport-Security"] = alwaysSecure
	}
}
