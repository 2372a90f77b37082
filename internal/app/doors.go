package app

import (
	"fmt"
	"net/http"

	"lectern"
	"lectern/internal/hall"
	"lectern/internal/limit"
	"lectern/internal/reference"
	"lectern/internal/rest"
	"lectern/internal/site"
)

// handler puts together what answers requests: the hall and its doors.
func (c *Config) handler(a *App) (http.Handler, error) {
	doors, s, err := c.doors(a)
	if err != nil {
		return nil, err
	}
	return hall.New(hall.Options{
		Clients: c.Clients, Timeout: c.Timeout, Health: hall.Health{Ping: s.Ping, Starting: a.starting},
		Logger: c.Logger, Lines: c.RequestLines, Unlogged: c.Unlogged,
	}, doors...), nil
}

// doors are what answers requests, and the store they use. They are asked in
// this order about what none of them has a route for.
func (c *Config) doors(a *App) ([]hall.Door, lectern.Store, error) {
	var s lectern.Store = a.Store
	if c.Wrap != nil {
		s = c.Wrap(a.Store)
	}
	limits, origins := limit.New(c.Limits, c.Now), hall.NewOrigins(c.BaseURL, c.Now)
	forReaders := site.Options{
		Origins: origins, Limits: limits, FrameHosts: c.FrameHosts, Logger: c.Logger, Now: c.Now,
	}
	forPrograms := rest.Options{
		Origins: origins, Limits: limits, APIVersion: c.APIVersion, RateLimit: c.RateLimit, MaxBody: c.MaxBody,
		FrameHosts: c.FrameHosts, Logger: c.Logger, Now: c.Now,
	}
	if c.Replica != "" {
		forReaders.Replicas, forPrograms.Replicas = a.Store, a.Store
	}
	if a.Store.Shared() { // there may be other nodes
		forPrograms.Leases = a.Store
	}
	pages, err := site.New(s, forReaders)
	if err != nil {
		return nil, nil, fmt.Errorf("prepare the help center: %w", err)
	}
	api, err := rest.New(s, forPrograms)
	if err != nil {
		return nil, nil, fmt.Errorf("prepare the API: %w", err)
	}
	manual, err := reference.New(reference.Options{
		Operations: rest.Operations(), Default: api.Version(), Logger: c.Logger, Origin: origins.URL,
	})
	if err != nil {
		return nil, nil, fmt.Errorf("prepare the reference: %w", err)
	}
	top := &root{store: s, origins: origins, securityContact: c.SecurityContact, now: c.Now}
	return []hall.Door{pages.Door(), top.door(), manual.Door(), api.Door()}, s, nil
}
