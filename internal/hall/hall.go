// Package hall is the front of everything that is served. A request passes it
// on its way to a door, which is the API, the help center, or whatever else
// answers requests; and its answer passes it on the way back.
//
// Here is done once what every door needs: a request has an ID, a client and a
// deadline; a panic is an answer; every answer says what a browser may do with
// it, and when to come back if it is "not now"; the log has a line for each.
// A door knows what is its own: who may do what, and what an answer holds. It
// finds what the hall knows of a request with Of.
package hall

import (
	"cmp"
	"context"
	"io"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"time"

	"lectern/internal/client"
)

// A Door is a part of the program that answers requests.
type Door struct {
	Name string // for the log
	// Routes are what the door answers, whatever other doors there are.
	Routes []Route
	// Serve answers a request that is for no route of any door, and reports
	// whether it did. Doors are asked in their order; nil is never asked.
	Serve func(http.ResponseWriter, *http.Request) bool
	// Fault answers a request that a panic of the door has left without an
	// answer; nil answers it in plain text.
	Fault func(http.ResponseWriter, *http.Request)
}

// A Route is a place that a door answers at: a pattern of http.ServeMux, which
// may name a method, a host and a path.
type Route struct {
	Pattern string
	Handler http.Handler
}

// Options are the settings of a Hall. The zero value works.
type Options struct {
	Clients *client.Rule  // which proxies are believed; nil for the default rule
	Timeout time.Duration // how long making an answer may take; half a minute when zero
	Health  Health
	Logger  *slog.Logger
	// Lines takes the log's lines about requests, each with one Write, as JSON;
	// nil for the Logger.
	Lines io.Writer
	// Unlogged reports whether the log has no line for a request that was answered
	// with a status; nil logs all.
	Unlogged func(status int) bool
}

// A Hall leads requests to doors. It is an http.Handler.
type Hall struct {
	Options
	mux     *http.ServeMux
	doors   []Door
	noticed atomic.Bool // that a proxy is not trusted
	second  atomic.Pointer[second]
}

// New returns the hall of these doors.
func New(o Options, doors ...Door) *Hall {
	o.Logger = cmp.Or(o.Logger, slog.Default())
	o.Timeout = cmp.Or(o.Timeout, defaultTimeout)
	h := &Hall{Options: o, mux: http.NewServeMux(), doors: doors}
	h.mux.HandleFunc("GET /healthz", healthz)
	h.mux.HandleFunc("GET /readyz", h.readyz)
	for i := range doors {
		for _, rt := range doors[i].Routes {
			h.mux.Handle(rt.Pattern, through{&doors[i], rt.Handler})
		}
	}
	h.mux.HandleFunc("/", h.ask)
	return h
}

// through notes which door a request is led to.
type through struct {
	door *Door
	http.Handler
}

func (t through) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if x, ok := w.(*Exchange); ok {
		x.door = t.door
	}
	t.Handler.ServeHTTP(w, r)
}

// ask has a request answered that no route is for, by the first door that does.
func (h *Hall) ask(w http.ResponseWriter, r *http.Request) {
	x, _ := w.(*Exchange)
	for i, d := range h.doors {
		if d.Serve == nil {
			continue
		}
		if x != nil {
			x.door = &h.doors[i]
		}
		if d.Serve(w, r) {
			return
		}
	}
	Plain(w, http.StatusNotFound, "There is nothing here.\n")
}

// ServeHTTP answers one request, whatever becomes of it, and logs it.
func (h *Hall) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	x := h.newExchange(w, r)
	header := w.Header()
	header["X-Request-Id"] = x.id[:]
	protect(header, x.Secure)
	h.noticeProxy(r)
	r = r.WithContext(&x.deadline)
	defer h.end(x, r)
	trimSlash(r)
	h.mux.ServeHTTP(x, r)
}

// trimSlash takes slashes from the end of a path: an address with one and
// without is the same.
func trimSlash(r *http.Request) {
	p := r.URL.Path
	if len(p) <= 1 || p[len(p)-1] != '/' {
		return
	}
	r.URL.Path = cmp.Or(strings.TrimRight(p, "/"), "/")
	r.URL.RawPath = strings.TrimRight(r.URL.RawPath, "/")
}

// end is deferred: it turns a panic into an answer and logs the request.
func (h *Hall) end(x *Exchange, r *http.Request) {
	if fault := recover(); fault != nil {
		if fault == http.ErrAbortHandler {
			panic(fault)
		}
		h.fault(x, r, fault)
	}
	x.deadline.end()
	h.logRequest(x, r)
}

// fault answers a request whose handler panicked.
func (h *Hall) fault(x *Exchange, r *http.Request, fault any) {
	door := cmp.Or(x.door, &Door{})
	h.Logger.Error("handler panicked", "door", door.Name, "path", r.URL.Path, "request_id", x.ID(), "fault", fault, "stack", string(debug.Stack()))
	switch {
	case x.status != 0: // too late
	case door.Fault != nil:
		door.Fault(x, r)
	default:
		Plain(x, http.StatusInternalServerError, "Something went wrong on our side.\n")
	}
}

// noticeProxy says once that something nearby speaks as a proxy and is not
// believed: without a word, all readers behind it would count as one.
func (h *Hall) noticeProxy(r *http.Request) {
	if h.Clients.Ignores(r) && h.noticed.CompareAndSwap(false, true) {
		h.Logger.Warn("a request has forwarded headers that are not believed: if a proxy sends them, name it with --trusted-proxies", "from", r.RemoteAddr)
	}
}

// Plain writes an answer of plain text that nobody keeps.
func Plain(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	io.WriteString(w, text)
}

// Expired reports whether the time of a request is over, so that what went wrong
// is that it took too long. A client that left has not waited so long.
func Expired(ctx context.Context) bool { return ctx.Err() == context.DeadlineExceeded }
