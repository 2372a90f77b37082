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
	"time"

	"lectern"
	"lectern/internal/design"
	"lectern/internal/hall"
	"lectern/internal/kept"
	"lectern/internal/limit"
)

// Options are the settings of a Site. The zero value works.
type Options struct {
	Origins *hall.Origins  // what addresses start with; nil for where the server was asked
	Limits  *limit.Limiter // of what one network may ask; nil for none
	// Replicas let what pages are made of come from a replica; nil if there is none.
	Replicas Replicas
	// FrameHosts are those beside lectern.VideoHosts whose frames open on a page.
	FrameHosts []string
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
	origins    *hall.Origins
	replicas   Replicas
	limits     *limit.Limiter
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
	domains    domainNotes
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
		origins:  o.Origins,
		replicas: o.Replicas,
		limits:   o.Limits,
		frames:   o.FrameHosts,
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
	if s.origins == nil {
		s.origins = hall.NewOrigins("", o.Now)
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

// Door is the help centers among the doors of a server.
func (s *Site) Door() hall.Door { return hall.Door{Name: "site", Serve: s.Serve, Fault: s.Fault} }

// Fault answers a request that a panic left without an answer.
func (s *Site) Fault(w http.ResponseWriter, r *http.Request) {
	s.fault(&call{Request: r, hall: hall.Of(r)}, w)
}

// Serve answers a request that names a help center, whatever becomes of it, and
// reports whether it did: any other request is not the site's.
func (s *Site) Serve(w http.ResponseWriter, r *http.Request) (mine bool) {
	if s.isAsset(r) {
		s.assets.ServeHTTP(w, r)
		return true
	}
	c, err := s.place(r)
	switch {
	case err != nil:
		s.fail(&call{Request: r, hall: hall.Of(r)}, w, err)
		return true
	case c == nil:
		return false
	}
	c.hall.Workspace = c.center.workspace
	s.allowReplica(c)
	s.serve(c, w)
	return true
}

// allowReplica lets what is read for a page come from a replica. A page shows
// what was changed through this node at once, and what was changed through
// another one when this node has heard of it, which is when kept pages end.
func (s *Site) allowReplica(c *call) {
	if s.replicas != nil && (c.Method == http.MethodGet || c.Method == http.MethodHead) {
		c.Request = c.WithContext(s.replicas.Known(c.Context(), c.center.workspace))
	}
}

// serve answers a call with a kept page or a new one.
func (s *Site) serve(c *call, w http.ResponseWriter) {
	reads := c.Method == http.MethodGet || c.Method == http.MethodHead
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
	case errors.Is(err, context.Canceled) && errors.Is(c.Context().Err(), context.Canceled):
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
		s.log.Error("page of a missing page", "path", c.URL.Path, "request_id", c.hall.ID(), "error", err)
	default:
		s.log.Error("page", "path", c.URL.Path, "request_id", c.hall.ID(), "error", err)
	}
	s.fault(c, w)
}
