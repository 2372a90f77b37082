package site

import (
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"lectern"
	"lectern/internal/kept"
)

// An answer is what is sent for a call. It does not change once it is made, but
// for the compressed form that the first client to ask for it brings about.
type answer struct {
	status   int
	kind     string // media type
	body     []byte
	location string
	forever  bool   // whether the address stands for this content for ever
	policy   string // Content-Security-Policy; the usual one if empty
	vary     string // a header that it depends on besides those all pages do
	wait     int    // seconds after which asking again makes sense
	file     http.Handler
	cookie   *http.Cookie
	hidden   bool     // from search engines
	links    []string // values of the header Link

	viewed lectern.ArticleID // counted as a view each time it is sent; zero for none

	keep  time.Duration // for how long at most it may be kept; zero is not at all
	until time.Time

	sealed sync.Once
	sent   *kept.Body // what follows from body and kind
}

// Pages stay kept until an event ends them. What readers do is no event, so a
// page that shows what is popular is made anew now and then.
const (
	keepLong  = 24 * time.Hour
	keepShort = time.Minute
)

// An answerKey is everything a page's bytes follow from, beside the content.
type answerKey struct {
	home, path, query, mode string
	center                  lectern.HelpCenterID
	stamp                   uint64 // of the help center
}

// maxKeptPath bounds the path of a page that is kept, in bytes.
const maxKeptPath = 1 << 10

func (c *call) key() answerKey {
	return answerKey{home: c.home, path: c.path, query: string(chosenFace(c.Request)) + string(chosenOrder(c.Request)), mode: c.mode, center: c.center.ID, stamp: c.center.stamp}
}

// size is about how many bytes an answer takes: each of two compressed forms is a
// fifth of a page.
func (a *answer) size() int { return len(a.body) + len(a.body)/2 + maxKeptPath/2 + 512 }

func page(status int, body []byte) *answer {
	return &answer{status: status, kind: "text/html; charset=utf-8", body: body}
}

func plain(status int, text string) *answer {
	return &answer{status: status, kind: "text/plain; charset=utf-8", body: []byte(text)}
}

func redirect(status int, to string) *answer {
	a := plain(status, "This page is at another address.\n")
	a.location = to
	return a
}

// policy lets a page use what this server serves, and nothing else.
const policy = "default-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"

// Header values that every page shares.
var (
	policyValue = []string{policy}
	revalidate  = []string{"no-cache"}
	immutable   = []string{"public, max-age=31536000, immutable"}
	forNoOne    = []string{"no-store"}
	varies      = []string{"Accept-Encoding, Cookie"}
	noIndex     = []string{"noindex"}
)

// send writes an answer, or 304 to a browser that has it.
func (s *Site) send(c *call, w http.ResponseWriter, a *answer) {
	if a.file != nil {
		a.file.ServeHTTP(w, c.Request)
		return
	}
	if a.viewed != 0 {
		s.view(c, a.viewed)
	}
	h := w.Header()
	h["Vary"] = varies
	if a.vary != "" {
		h["Vary"] = []string{varies[0] + ", " + a.vary}
	}
	a.explain(h)
	switch {
	case a.status != http.StatusOK:
		h["Cache-Control"] = forNoOne
	default:
		h["Cache-Control"] = revalidate
		if a.forever {
			h["Cache-Control"] = immutable
		}
		a.sealed.Do(a.seal)
		if a.sent.Had(w, c.Request) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	if a.cookie != nil {
		http.SetCookie(w, a.cookie)
	}
	a.write(w, c.Request)
}

// explain sets the headers that say what a page may do and where else to go.
func (a *answer) explain(h http.Header) {
	h["Content-Security-Policy"] = policyValue
	if a.policy != "" {
		h["Content-Security-Policy"] = []string{a.policy}
	}
	if a.location != "" {
		h["Location"] = []string{a.location}
	}
	if a.wait > 0 {
		seconds := []string{strconv.Itoa(a.wait)}
		h["Retry-After"] = seconds
		if strings.HasPrefix(a.kind, "text/html") {
			h["Refresh"] = seconds
		}
	}
	if len(a.links) > 0 {
		h["Link"] = a.links
	}
	if a.hidden {
		h["X-Robots-Tag"] = noIndex
	}
}

// write sends the body in the form that the client understands.
func (a *answer) write(w http.ResponseWriter, r *http.Request) {
	a.sealed.Do(a.seal)
	h := w.Header()
	if a.status == http.StatusNoContent {
		w.WriteHeader(a.status)
		return
	}
	h["Content-Type"] = []string{a.kind}
	a.sent.Send(w, r, a.status)
}

// seal works out what follows from the body.
func (a *answer) seal() {
	effort := kept.Small
	if strings.HasPrefix(a.kind, "image/") && a.kind != "image/svg+xml" {
		effort = kept.Raw
	}
	a.sent = kept.NewBody(a.body, effort)
}

// made is a machine-readable answer. It is kept like a page.
func made(kind string, body []byte) *answer {
	return &answer{status: 200, kind: kind, body: body, keep: keepLong}
}
