// Package rest answers Intercom's API over HTTP.
//
// A request finds its handler in the route table of routes.go. On the way,
// answer (answer.go) checks what every request must have, credentials, a
// version, a permission, and on the way back it writes the value or the error
// that the handler returned in the shape of the client's version. A handler
// calls one method of lectern.Store and turns the noun into a shape of package
// wire; it knows the newest version only.
package rest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"lectern"
	"lectern/internal/address"
	"lectern/internal/apiversion"
	"lectern/internal/client"
	"lectern/internal/kept"
	"lectern/internal/limit"
	"lectern/internal/richtext"
)

// Options are the settings of a Server. The zero value works.
type Options struct {
	BaseURL    string         // scheme and host that addresses start with; from the request when empty
	Clients    *client.Rule   // which proxies are believed; nil for the default rule
	APIVersion string         // version of a request whose token pins none; 2.11 when empty
	RateLimit  int            // requests a minute a token; 0 is off
	MaxBody    int64          // bytes in the body of a request; MaxBody when 0
	Replicas   Replicas       // what lets reads be answered by a replica; nil if there is none
	Leases     Leases         // where nodes count requests together; nil if there is one node only
	Limits     *limit.Limiter // of what one network may try; nil for none
	FrameHosts []string       // beside those of videos, that bodies may embed frames from
	// SecurityContact is whom security.txt names, as a URI; empty for nobody.
	SecurityContact string
	Logger          *slog.Logger
	Now             func() time.Time
	// Starting says what is still being done before the server is ready, or ""
	// once it is; nil if nothing is.
	Starting func() string
	// Unlogged reports whether the log has no line for a request that was answered
	// with a status; nil logs all.
	Unlogged func(status int) bool
	// Site answers a request that names a help center, and reports whether it
	// did; nil for a server without public pages. It is asked about every path
	// that is no operation of the API.
	Site func(http.ResponseWriter, *http.Request) bool
}

// A Server answers the API from a store. It is an http.Handler.
type Server struct {
	store           lectern.Store
	baseURL         string
	origins         *address.Origins
	clients         *client.Rule
	securityContact string
	noticed         atomic.Bool         // that a proxy is not trusted
	version         *apiversion.Version // of a request that names none
	maxBody         int64
	log             *slog.Logger
	now             func() time.Time
	mux             *http.ServeMux
	site            func(http.ResponseWriter, *http.Request) bool
	stamps          kept.Stamps[lectern.Topic]
	cache           *kept.Cache[cacheKey, *entry]
	parts           *kept.Cache[partKey, *kept.Part]
	tokens          tokenCache
	settings        settingsCache
	limits          limiter
	readers         *limit.Limiter
	replicas        Replicas
	cleaner         richtext.Cleaner
	starting        func() string
	unlogged        func(int) bool

	documents documents
}

// New returns a server for store. It returns Invalid when the options name a
// version that is not served. It watches the store's events, so it must be
// called before the store is used by several goroutines.
func New(store lectern.Store, o Options) (http.Handler, error) {
	version, err := apiversion.Parse(cmp.Or(o.APIVersion, "2.11"))
	if err != nil {
		return nil, err
	}
	if version.Unserved {
		return nil, lectern.Invalidf("api-version", "API version %s is not served yet; served are %s.",
			version.Name, strings.Join(apiversion.Served(), ", "))
	}
	s := &Server{
		store:           store,
		baseURL:         strings.TrimSuffix(o.BaseURL, "/"),
		origins:         address.NewOrigins(o.BaseURL, o.Clients, o.Now),
		clients:         o.Clients,
		securityContact: o.SecurityContact,
		readers:         o.Limits,
		version:         version,
		maxBody:         cmp.Or(o.MaxBody, MaxBody),
		log:             cmp.Or(o.Logger, slog.Default()),
		now:             o.Now,
		mux:             http.NewServeMux(),
		site:            o.Site,
		cache:           kept.NewCache[cacheKey, *entry](cacheBytes),
		parts:           kept.NewCache[partKey, *kept.Part](partBytes),
		limits:          limiter{perWindow: perWindow(o.RateLimit), leases: o.Leases, log: cmp.Or(o.Logger, slog.Default())},
		replicas:        o.Replicas,
		cleaner:         richtext.Cleaner{Frames: o.FrameHosts},
		starting:        o.Starting,
		unlogged:        o.Unlogged,
	}
	if s.now == nil {
		s.now = time.Now
	}
	store.Watch(s.touch)
	store.WatchLoss(s.stamps.MoveAll)
	store.WatchStatistics(s.recount)
	for _, rt := range routes {
		s.mux.Handle(rt.Route, s.answer(rt))
	}
	for _, r := range apiversion.Routes() {
		if !slices.ContainsFunc(routes, func(rt *route) bool { return rt.Route == r }) {
			s.mux.Handle(r, s.answer(unbuilt(r)))
		}
	}
	s.mux.HandleFunc("GET /healthz", s.healthz)
	s.mux.HandleFunc("GET /readyz", s.readyz)
	s.mux.HandleFunc("GET /openapi/{file}", s.openAPI)
	s.mux.HandleFunc("GET /.well-known/security.txt", s.securityTxt)
	if err := s.mountReference(); err != nil {
		return nil, err
	}
	s.mux.HandleFunc("/", s.elsewhere)
	return s, nil
}

// ServeHTTP answers one request, whatever becomes of it, and logs it.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	start := time.Now()
	id := newRequestID()
	rec := &recorder{ResponseWriter: w}
	rec.Header()["X-Request-Id"] = []string{id}
	s.protect(rec.Header(), r)
	s.noticeProxy(r)
	defer func() {
		if fault := recover(); fault != nil {
			if fault == http.ErrAbortHandler {
				panic(fault)
			}
			s.log.Error("handler panicked", "request_id", id, "fault", fault, "stack", string(debug.Stack()))
			if rec.status == 0 {
				writeFailure(rec, errOurs)
			}
		}
		if s.log.Enabled(r.Context(), slog.LevelInfo) && (s.unlogged == nil || !s.unlogged(rec.status)) {
			line := []slog.Attr{
				slog.String("method", r.Method), slog.String("path", r.URL.Path), slog.Int("status", rec.status),
				slog.Int("bytes", rec.bytes), slog.Duration("took", time.Since(start)), slog.String("request_id", id),
			}
			if rec.token != 0 {
				line = append(line, slog.Int64("token_id", int64(rec.token)))
			}
			s.log.LogAttrs(r.Context(), slog.LevelInfo, "request", line...)
		}
	}()
	if p := r.URL.Path; len(p) > 1 && p[len(p)-1] == '/' {
		r.URL.Path = strings.TrimRight(p, "/")
		r.URL.RawPath = strings.TrimRight(r.URL.RawPath, "/")
		if r.URL.Path == "" {
			r.URL.Path = "/"
		}
	}
	s.mux.ServeHTTP(rec, r)
}

// noticeProxy says once that something nearby speaks as a proxy and is not
// believed: without a word, all readers behind it would count as one.
func (s *Server) noticeProxy(r *http.Request) {
	if s.clients.Ignores(r) && s.noticed.CompareAndSwap(false, true) {
		s.log.Warn("a request has forwarded headers that are not believed: if a proxy sends them, name it with --trusted-proxies", "from", r.RemoteAddr)
	}
}

// A recorder notes what was answered, for the log.
type recorder struct {
	http.ResponseWriter
	status, bytes int
	token         lectern.TokenID // of the request; zero for none that is good
}

func (w *recorder) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *recorder) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(b)
	w.bytes += n
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// healthz says that the process lives.
func (s *Server) healthz(w http.ResponseWriter, _ *http.Request) {
	writePlain(w, http.StatusOK, "ok\n")
}

// readyz says whether requests can be answered.
func (s *Server) readyz(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	if err := s.store.Ping(ctx); err != nil {
		s.log.Error("store does not answer", "error", err)
		text := "the database does not answer"
		if known, ok := errors.AsType[*lectern.Error](err); ok && known.Kind == lectern.Unavailable {
			text = known.Text
		}
		writePlain(w, http.StatusServiceUnavailable, text+"\n")
		return
	}
	if s.starting != nil {
		if doing := s.starting(); doing != "" {
			writePlain(w, http.StatusServiceUnavailable, doing+"\n")
			return
		}
	}
	writePlain(w, http.StatusOK, "ready\n")
}

func writePlain(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	retryLater(w.Header(), status)
	w.WriteHeader(status)
	w.Write([]byte(text))
}

const welcome = `This is a Lectern server.

Help center %s
API         send requests for /articles, /help_center/collections, … with a token
Reference   /reference
Documents   %s
Health      /healthz and /readyz
`

// elsewhere answers every path that is no operation of the API: a method that
// an operation does not have is an unknown path, too, as on Intercom.
func (s *Server) elsewhere(w http.ResponseWriter, r *http.Request) {
	switch {
	case s.site != nil && s.site(w, r):
	case r.URL.Path == "/" && (r.Method == http.MethodGet || r.Method == http.MethodHead):
		s.welcome(w, r)
	default:
		writeFailure(w, errNotFound)
	}
}

// welcome answers at the root: a browser goes on to the help center of an
// installation that has one workspace, anyone else is told what there is.
func (s *Server) welcome(w http.ResponseWriter, r *http.Request) {
	help := s.helpCenterAddress(r)
	if help != "" && strings.Contains(r.Header.Get("Accept"), "text/html") {
		w.Header().Set("Location", help)
		w.Header().Set("Vary", "Accept")
		writePlain(w, http.StatusFound, "The help center is at "+help+"\n")
		return
	}
	var documents []string
	for _, name := range apiversion.Served() {
		documents = append(documents, "/openapi/"+name+".json")
	}
	writePlain(w, http.StatusOK, fmt.Sprintf(welcome, cmp.Or(help, "at its own address"), strings.Join(documents, "\n            ")))
}

// helpCenterAddress returns where the default help center of the only workspace
// is; empty if there are several, if it is off or if the database does not say.
func (s *Server) helpCenterAddress(r *http.Request) string {
	all, err := s.store.Workspaces(r.Context())
	if err != nil || len(all) != 1 {
		return ""
	}
	centers, err := s.store.HelpCenters(r.Context(), all[0].ID)
	if err != nil || len(centers) == 0 || !centers[0].WebsiteTurnedOn {
		return ""
	}
	scheme, host := s.origin(r)
	return address.HelpCenter(scheme+"://"+host, centers[0])
}
