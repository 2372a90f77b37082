// Package app is an installation of Lectern as a value: its store, what
// answers requests and what is done beside them, put together once. The
// command serves it, and so do the tools and tests that want a whole server.
package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"lectern"
	"lectern/internal/client"
	"lectern/internal/limit"
	"lectern/internal/meaning"
	"lectern/internal/store"
	"lectern/internal/worker"
)

// A Config is what an installation is made of. The zero value
// works, but for Database, which Open needs.
type Config struct {
	Database   Place            // where everything is kept
	Replica    string           // connection URL of a read replica; empty for none
	BaseURL    string           // scheme and host that addresses start with; from the request when empty
	Clients    *client.Rule     // which proxies are believed; nil for the default rule
	APIVersion string           // of a request whose token pins none; 2.11 when empty
	RateLimit  int              // requests a minute a token; 0 is off
	MaxBody    int64            // bytes in the body of a request; rest.MaxBody when 0
	Limits     limit.Settings   // of what one network may ask; none when zero
	FrameHosts []string         // beside those of videos, whose frames articles may embed
	Embedder   meaning.Embedder // nil to search by words alone
	// SecurityContact is whom security.txt names, as a URI; empty for nobody.
	SecurityContact string
	// Unlogged reports whether the log has no line for a request that was
	// answered with a status; nil logs all.
	Unlogged func(status int) bool
	Logger   *slog.Logger // nil for the default one
	// RequestLines takes the log's lines about requests, as JSON, each with one
	// Write; nil for the Logger.
	RequestLines io.Writer
	Timeout      time.Duration    // how long making an answer may take; half a minute when zero
	Now          func() time.Time // the clock; nil for the real one
	// Wrap returns what the doors get for the store, so that a test may have it
	// fail; nil for the store itself.
	Wrap func(*store.DB) lectern.Store
}

// An App is an installation. It answers requests as soon as it is open.
type App struct {
	Store   *store.DB
	handler http.Handler
	log     *slog.Logger
	jobs    []worker.Job
	warm    atomic.Bool // what can be searched is in memory
}

// Open opens the database and puts the installation together. Close it after
// use. It returns Invalid for an API version that is not served.
func Open(ctx context.Context, c Config) (*App, error) {
	db, err := c.Database.Open(ctx, c.Replica, store.Options{Now: c.Now, Logger: c.Logger})
	if err != nil {
		return nil, err
	}
	a, err := New(db, c)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return a, nil
}

// New puts an installation together on a database that is open. Nothing else may
// use that yet but another installation of the same process.
func New(db *store.DB, c Config) (_ *App, err error) {
	c.Logger = cmp.Or(c.Logger, slog.Default())
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Embedder != nil {
		db.UseMeaning(c.Embedder)
	}
	a := &App{Store: db, log: c.Logger, jobs: jobs(db)}
	a.handler, err = c.handler(a)
	return a, err
}

// ServeHTTP answers a request, whichever door it is for.
func (a *App) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.handler.ServeHTTP(w, r) }

// Start begins what is done beside requests: reading what can be searched into
// memory, which /readyz waits for, and the jobs. Stop ends it, and returns when
// what was being done is done. Ctx ends it as well.
func (a *App) Start(ctx context.Context) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	warmed := a.startWarming(ctx)
	stopJobs := worker.Start(ctx, a.log, a.jobs...)
	return func() {
		cancel()
		stopJobs()
		warmed()
	}
}

// Close waits for what is under way and closes the database.
func (a *App) Close() error {
	if err := a.Store.Close(); err != nil {
		return fmt.Errorf("close the database: %w", err)
	}
	return nil
}
