// Package site is the public help center: the pages that readers see, at the
// addresses the API hands out.
//
// A request names a help center by its domain or by the first step of its path
// (place.go). What follows is looked up in the route table (routes.go), whose
// handlers make a page: a struct of everything its template may say, one file a
// page (home.go, collection.go, article.go, search.go, …). What all pages share
// is a frame (frame.go). A made page is kept as the bytes it is sent as until
// an event touches what it shows (answer.go). Where a page stood once leads to
// where it stands now (moved.go).
//
// The pages need no script: every action is a link or a form. They ask no other
// host for anything and set no cookie, but for the one that remembers whether
// the reader chose light or dark.
package site

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"lectern"
	"lectern/internal/address"
	"lectern/internal/client"
	"lectern/internal/design"
	"lectern/internal/kept"
	"lectern/internal/limit"
)

// Options are the settings of a Site. The zero value works.
type Options struct {
	BaseURL string         // scheme and host that addresses start with; from the request when empty
	Clients *client.Rule   // which proxies are believed; nil for the default rule
	Limits  *limit.Limiter // of what one network may ask; nil for none
	// FrameHosts are those beside lectern.VideoHosts whose frames open on a page.
	FrameHosts []string
	Replicas   Replicas // what lets reads be answered by a replica; nil if there is none
	Logger     *slog.Logger
	Now        func() time.Time
}

// Replicas let a read be answered by a replica of the database.
type Replicas interface {
	// Known returns a context whose reads of a workspace see at least what the
	// store's watchers have been told of when they read.
	Known(ctx context.Context, ws lectern.WorkspaceID) context.Context
}

// A Site answers readers from a store.
type Site struct {
	store      lectern.Store
	frames     []string // hosts whose frames open on a page
	origins    *address.Origins
	clients    *client.Rule
	limits     *limit.Limiter
	replicas   Replicas // nil if there are none
	log        *slog.Logger
	now        func() time.Time
	assets     *design.Assets
	plainStyle *design.File // the stylesheet without a theme
	pages      pages
	stamps     kept.Stamps[lectern.Topic]
	centers    *kept.Cache[string, *center]
	answers    *kept.Cache[answerKey, *answer]
	outlines   *kept.Cache[outlineKey, *lectern.Outline]
	misses     *kept.Cache[missKey, *miss]
}

// What is kept, in bytes.
const (
	centerBytes  = 8 << 20
	answerBytes  = 64 << 20
	outlineBytes = 8 << 20
	missBytes    = 2 << 20
)

// New returns the site of the help centers in store. It watches the store's
// events, so it must be called before the store is used by several goroutines.
func New(store lectern.Store, o Options) (*Site, error) {
	s := &Site{
		store:    store,
		origins:  address.NewOrigins(o.BaseURL, o.Clients, o.Now),
		clients:  o.Clients,
		limits:   o.Limits,
		frames:   o.FrameHosts,
		replicas: o.Replicas,
		log:      cmp.Or(o.Logger, slog.Default()),
		now:      o.Now,
		centers:  kept.NewCache[string, *center](centerBytes),
		answers:  kept.NewCache[answerKey, *answer](answerBytes),
		outlines: kept.NewCache[outlineKey, *lectern.Outline](outlineBytes),
		misses:   kept.NewCache[missKey, *miss](missBytes),
	}
	if s.now == nil {
		s.now = time.Now
	}
	var err error
	if s.assets, err = newAssets(); err != nil {
		return nil, err
	}
	s.plainStyle = s.assets.Themed("")
	if s.pages, err = readPages(); err != nil {
		return nil, err
	}
	store.Watch(s.touch)
	store.WatchLoss(s.stamps.MoveAll)
	return s, nil
}

// Serve answers a request that names a help center, whatever becomes of it, and
// reports whether it did: any other request is not the site's.
func (s *Site) Serve(w http.ResponseWriter, r *http.Request) (mine bool) {
	defer func() {
		fault := recover()
		if fault == nil {
			return
		}
		if fault == http.ErrAbortHandler {
			panic(fault)
		}
		s.log.Error("page panicked", "path", r.URL.Path, "fault", fault, "stack", string(debug.Stack()))
		s.fault(&call{Request: r}, w)
		mine = true
	}()
	if s.isAsset(r) {
		s.assets.ServeHTTP(w, r)
		return true
	}
	c, err := s.place(r)
	switch {
	case err != nil:
		s.fail(&call{Request: r}, w, err)
		return true
	case c == nil:
		return false
	}
	s.serve(c, w)
	return true
}

// ServeHTTP is Serve, for a server that has nothing but the site.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !s.Serve(w, r) {
		http.NotFound(w, r)
	}
}

// serve answers a call with a kept page or a new one.
func (s *Site) serve(c *call, w http.ResponseWriter) {
	reads := c.Method == http.MethodGet || c.Method == http.MethodHead
	if reads && s.replicas != nil {
		// A page shows what was changed through this node at once, and what was
		// changed through another one when this node has heard of it, which is
		// when kept pages end.
		c.Request = c.WithContext(s.replicas.Known(c.Context(), c.center.workspace))
	}
	stamp := s.stampOf(c)
	if reads {
		if a, ok := s.answers.Get(c.key(), stamp); ok && s.now().Before(a.until) {
			s.send(c, w, a)
			return
		}
	}
	if wait := s.wait(c); wait > 0 {
		a, err := s.busy(c, wait)
		if err != nil {
			s.fail(c, w, err)
			return
		}
		s.send(c, w, a)
		return
	}
	a, err := s.route(c)
	if err != nil {
		s.fail(c, w, err)
		return
	}
	s.send(c, w, a)
}

// make has the answer of a route made, by one of those who ask for it at once.
// Where it leads elsewhere, it may lead on with the query of who asked.
func (s *Site) make(c *call, rt *route) (*answer, error) {
	mine := false
	a, err := s.answers.Make(c.Context(), c.key(), kept.Recipe[*answer]{
		Stamp: func() uint64 { return s.stampOf(c) },
		Fresh: func(a *answer) bool { return s.now().Before(a.until) },
		Make: func(ctx context.Context) (*answer, int, error) {
			mine = true
			own := *c
			own.Request = c.WithContext(ctx)
			a, err := rt.handle(s, &own)
			if err != nil || a.keep == 0 {
				return a, kept.None, err
			}
			a.until = s.now().Add(a.keep)
			return a, a.size(), nil
		},
	})
	if err == nil && a.keep == 0 && a.location != "" && !mine {
		return rt.handle(s, c)
	}
	return a, err
}

// fail answers with what became of a call instead of a page.
func (s *Site) fail(c *call, w http.ResponseWriter, err error) {
	switch {
	case errors.Is(err, context.Canceled) && c.Context().Err() != nil:
		return // no one is there to read it
	case errors.Is(err, lectern.NotFound) && c.center != nil && isFile(c):
		s.send(c, w, refusal(false))
		return
	case errors.Is(err, lectern.NotFound) && c.center != nil:
		a, err := s.lost(c)
		if err == nil {
			s.send(c, w, a)
			return
		}
		s.log.Error("page of a missing page", "path", c.URL.Path, "error", err)
	default:
		s.log.Error("page", "path", c.URL.Path, "error", err)
	}
	s.fault(c, w)
}
