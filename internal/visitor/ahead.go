package visitor

import (
	"net/http"
	"strings"
)

// Ahead reports whether a browser asks for a page in case its reader goes there:
// nobody looks at it yet. Browsers say so in Sec-Purpose; Safari and older ones
// in one of the others.
func Ahead(h http.Header) bool {
	for _, name := range []string{"Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"} {
		for _, said := range h[name] {
			word, _, _ := strings.Cut(said, ";")
			switch strings.ToLower(strings.TrimSpace(word)) {
			case "prefetch", "prerender", "preview":
				return true
			}
		}
	}
	return false
}
