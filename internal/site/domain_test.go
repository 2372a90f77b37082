package site_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"lectern"
	"lectern/internal/app"
)

// changesOf counts what happened to help centers.
func (d *desk) changesOf() int {
	d.Helper()
	_, total, err := d.store.Events(d.Context(), d.by.Workspace, lectern.EventQuery{Kinds: []lectern.EventKind{lectern.HelpCenterUpdated}, Limit: 1})
	d.must(err)
	return total
}

func (d *desk) stored() *lectern.HelpCenter {
	d.Helper()
	h, err := d.store.HelpCenter(d.Context(), d.by.Workspace, d.home.ID)
	d.must(err)
	return h
}

func TestADomainLeadsNobodyThereBeforeItAnswers(t *testing.T) {
	const domain, unset, plain, secure = "docs.example.com", "http://" + host + "/help/", "http://docs.example.com/", "https://docs.example.com/"
	d := open(t, app.Config{})
	a := d.article("One", d.topic("C", 0, nil), body(`<p><a href="https://docs.example.com/en/articles/7">Seven</a></p>`))
	d.change(func(h *lectern.HelpCenter) { h.CustomDomain = domain })
	at := "/en/articles/" + number(a) + "-one"
	page := func(at string, headers ...string) *shown { return d.read(200, at, headers...) }
	canonical := func(p *shown) string { return strings.Join(p.values(`link[rel=canonical]`, "href"), " ") }
	addresses := func(says, home string) {
		t.Helper()
		if got := canonical(page("/help" + at)); got != home+at[1:] {
			t.Errorf("%s the canonical address is %s", says, got)
		}
		for _, machine := range []string{"/help/sitemap.xml", "/help/robots.txt", "/help/llms.txt", "/help/en/llms-full.txt", "/help/en/feed.atom", "/help/en/opensearch.xml", "/help" + at + ".md"} {
			text := d.ask("GET", machine, "").Body.String()
			for _, other := range []string{unset, plain, secure} {
				known := strings.ReplaceAll(text, "https://docs.example.com/en/articles/7", "") // in the text of the article
				if strings.Contains(known, other) != (other == home) {
					t.Errorf("%s, %s with %s: %v", says, machine, other, strings.Contains(known, other))
				}
			}
		}
	}
	before := d.changesOf()
	addresses("before", unset)
	if got := page("/help"+at).values("main a", "href"); strings.Contains(strings.Join(got, " "), domain) {
		t.Errorf("before, links lead to %q", got)
	}
	for i := range 200 { // nothing is written for hosts that somebody made up
		d.ask("GET", at, "", "Host", fmt.Sprintf("host-%d.example.com", i))
	}
	// Over a port of its own the page is there, but the domain by itself may not lead here.
	if got := canonical(page(at, "Host", domain+":8443")); got != plain+at[1:] {
		t.Errorf("over another port the canonical address is %s", got)
	}
	if n := d.changesOf(); n != before {
		t.Errorf("%d changes were written", n-before)
	}
	addresses("after requests over other hosts", unset)

	d.now = d.now.Add(time.Hour)
	since := d.now
	if got := canonical(page(at, "Host", strings.ToUpper(domain))); got != plain+at[1:] {
		t.Errorf("over the domain the canonical address is %s", got)
	}
	addresses("after a request by http", plain)
	for range 10 {
		d.now = d.now.Add(time.Hour)
		page(at, "Host", domain)
	}
	if n := d.changesOf(); n != before+1 {
		t.Errorf("%d changes were written for many requests by http", n-before)
	}
	for range 10 {
		if got := canonical(page(at, append([]string{"Host", domain}, byHTTPS...)...)); got != secure+at[1:] {
			t.Errorf("by https the canonical address is %s", got)
		}
	}
	addresses("after a request by https", secure)
	page(at, "Host", domain)
	addresses("and after one by http again", secure)
	if n := d.changesOf(); n != before+2 {
		t.Errorf("%d changes were written in all", n-before)
	}
	if h := d.stored(); !h.DomainSeenAt.Equal(since.Truncate(time.Second)) || !h.DomainSecure {
		t.Errorf("it is known since %s, by https: %v", h.DomainSeenAt, h.DomainSecure)
	}
	d.change(func(h *lectern.HelpCenter) {
		d.must(h.Apply(&lectern.HelpCenterEdit{CustomDomain: new("new.example.com")}, d.now))
	})
	addresses("with another domain", unset)
	if w := d.ask("GET", at, "", "Host", domain); w.Code != http.StatusNotFound {
		t.Errorf("the domain before is answered %d", w.Code)
	}
	addresses("after a request over the domain before", unset)
}

// What a request says of https counts as elsewhere, and what the base URL says
// where no proxy says anything.
func TestADomainAnswersAsItWasAsked(t *testing.T) {
	for _, x := range []struct {
		base    string
		headers []string
		want    string
	}{
		{"", nil, "http"},
		{"", byHTTPS, "https"},
		{"", []string{"X-Forwarded-Proto", "https"}, "http"}, // from nobody who is trusted
		{"http://kb.example.org", nil, "http"},
		{"http://kb.example.org", byHTTPS, "https"},
		{"https://kb.example.org", nil, "https"},
		{"https://kb.example.org", []string{"X-Forwarded-Proto", "http"}, "https"},
		{"https://kb.example.org", []string{"From", "127.0.0.1:1", "X-Forwarded-Proto", "http"}, "http"},
		{"https://kb.example.org", []string{"From", "127.0.0.1:1", "Forwarded", "for=192.0.2.7;proto=http"}, "http"},
		{"", []string{"From", "127.0.0.1:1", "Forwarded", "for=192.0.2.7;proto=https"}, "https"},
	} {
		d := open(t, app.Config{BaseURL: x.base})
		d.change(func(h *lectern.HelpCenter) { h.CustomDomain = "docs.example.com" })
		d.read(200, "/robots.txt", append([]string{"Host", "docs.example.com"}, x.headers...)...)
		if got := d.read(200, "/help/robots.txt").Body.String(); !strings.Contains(got, "Sitemap: "+x.want+"://docs.example.com/sitemap.xml") {
			t.Errorf("with base URL %q and %q: %s", x.base, x.headers, got)
		}
	}
}

// stuck is a store that takes no change of a help center.
type stuck struct {
	lectern.Store
	tried int
}

func (s *stuck) UpdateHelpCenter(context.Context, lectern.Actor, lectern.HelpCenterID, func(*lectern.HelpCenter) error) (*lectern.HelpCenter, error) {
	s.tried++
	return nil, errors.New("the disk is full")
}

// Readers are answered where nothing can be written, and it is not tried for
// each of them.
func TestADomainIsServedWhereItCannotBeNoted(t *testing.T) {
	d := open(t, app.Config{})
	d.change(func(h *lectern.HelpCenter) { h.CustomDomain = "docs.example.com" })
	store := &stuck{Store: d.store}
	served := d.on(store)
	ask := func(host string) string {
		r := httptest.NewRequest("GET", "http://"+host+"/robots.txt", nil)
		w := httptest.NewRecorder()
		served.ServeHTTP(w, r)
		return w.Body.String()
	}
	for range 50 {
		if got := ask("docs.example.com"); !strings.Contains(got, "Sitemap: http://docs.example.com/sitemap.xml") {
			t.Fatalf("over the domain: %s", got)
		}
	}
	if got := ask(host); !strings.Contains(got, "Sitemap: http://"+host+"/help/sitemap.xml") {
		t.Errorf("elsewhere: %s", got)
	}
	if store.tried != 1 {
		t.Errorf("it was tried %d times", store.tried)
	}
	d.now = d.now.Add(time.Minute)
	ask("docs.example.com")
	if store.tried != 2 {
		t.Errorf("after a minute it was tried %d times in all", store.tried)
	}
}
