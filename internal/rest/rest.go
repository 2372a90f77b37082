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
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"

	"lectern"
	"lectern/internal/apiversion"
	"lectern/internal/hall"
	"lectern/internal/kept"
	"lectern/internal/limit"
	"lectern/internal/openapi"
	"lectern/internal/richtext"
)

// Options are the settings of a Server. The zero value works.
type Options struct {
	Origins    *hall.Origins  // what addresses start with; nil for where the server was asked
	APIVersion string         // version of a request whose token pins none; 2.11 when empty
	RateLimit  int            // requests a minute a token; 0 is off
	MaxBody    int64          // bytes in the body of a request; MaxBody when 0
	Replicas   Replicas       // what lets reads be answered by a replica; nil if there is none
	Leases     Leases         // where nodes count requests together; nil if there is one node only
	Limits     *limit.Limiter // of what one network may try; nil for none
	FrameHosts []string       // beside those of videos, that bodies may embed frames from
	Logger     *slog.Logger
	Now        func() time.Time
}

// A Server answers the API from a store.
type Server struct {
	store    lectern.Store
	origins  *hall.Origins
	version  *apiversion.Version // of a request that names none
	maxBody  int64
	log      *slog.Logger
	now      func() time.Time
	stamps   kept.Stamps[lectern.Topic]
	cache    *kept.Cache[cacheKey, *entry]
	parts    *kept.Cache[partKey, *kept.Part]
	tokens   tokenCache
	settings settingsCache
	limits   limiter
	readers  *limit.Limiter
	replicas Replicas
	cleaner  richtext.Cleaner

	documents documents
}

// New returns a server for store. It returns Invalid when the options name a
// version that is not served. It watches the store's events, so it must be
// called before the store is used by several goroutines.
func New(store lectern.Store, o Options) (*Server, error) {
	version, err := apiversion.Parse(cmp.Or(o.APIVersion, "2.11"))
	if err != nil {
		return nil, err
	}
	if version.Unserved {
		return nil, lectern.Invalidf("api-version", "API version %s is not served yet; served are %s.",
			version.Name, strings.Join(apiversion.Served(), ", "))
	}
	s := &Server{
		store:    store,
		origins:  o.Origins,
		readers:  o.Limits,
		version:  version,
		maxBody:  cmp.Or(o.MaxBody, MaxBody),
		log:      cmp.Or(o.Logger, slog.Default()),
		now:      o.Now,
		cache:    kept.NewCache[cacheKey, *entry](cacheBytes),
		parts:    kept.NewCache[partKey, *kept.Part](partBytes),
		limits:   limiter{perWindow: perWindow(o.RateLimit), leases: o.Leases, log: cmp.Or(o.Logger, slog.Default())},
		replicas: o.Replicas,
		cleaner:  richtext.Cleaner{Frames: o.FrameHosts},
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.origins == nil {
		s.origins = hall.NewOrigins("", o.Now)
	}
	store.Watch(s.touch)
	store.WatchLoss(s.stamps.MoveAll)
	store.WatchStatistics(s.recount)
	return s, nil
}

// Door is the API among the doors of a server. It is the last one, since what no
// other answers is a path that the API does not have: a method that an operation
// does not have is an unknown path, too, as on Intercom.
func (s *Server) Door() hall.Door {
	d := hall.Door{
		Name:   "api",
		Routes: []hall.Route{{Pattern: "GET /openapi/{file}", Handler: http.HandlerFunc(s.openAPI)}},
		Serve:  func(w http.ResponseWriter, _ *http.Request) bool { writeFailure(w, errNotFound); return true },
		Fault:  func(w http.ResponseWriter, _ *http.Request) { writeFailure(w, errOurs) },
	}
	for _, rt := range routes {
		d.Routes = append(d.Routes, hall.Route{Pattern: rt.Route, Handler: s.answer(rt)})
	}
	for _, r := range apiversion.Routes() {
		if !slices.ContainsFunc(routes, func(rt *route) bool { return rt.Route == r }) {
			d.Routes = append(d.Routes, hall.Route{Pattern: r, Handler: s.answer(unbuilt(r))})
		}
	}
	return d
}

// Version is that of a request that names none.
func (s *Server) Version() *apiversion.Version { return s.version }

// Operations lists what the API offers, in the order of the documents.
func Operations() []openapi.Operation {
	list := make([]openapi.Operation, len(routes))
	for i, rt := range routes {
		list[i] = rt.Operation
	}
	return list
}
