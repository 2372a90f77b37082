package hall

import (
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Origins say which scheme and host the addresses in answers start with: those
// of the base URL, or where a client says it reached the server.
//
// What a client says is kept in bounds, since answers are made and kept for
// each host: at most maxHosts at a time, and a new one takes the place of one
// that nobody asked for within hostTime. Whoever asks for one more gets the
// addresses of no host of theirs, "localhost".
type Origins struct {
	scheme, host string // of the base URL; empty for the request's
	now          func() time.Time

	mu    sync.RWMutex             // guards hosts
	hosts map[string]*atomic.Int64 // when each was asked for last, in Unix seconds
}

const (
	maxHosts = 32
	hostTime = time.Minute
	noHost   = "localhost"
)

// NewOrigins returns the origins of a server with this base URL, or with none.
// Nil for now is the clock.
func NewOrigins(baseURL string, now func() time.Time) *Origins {
	o := &Origins{now: now, hosts: map[string]*atomic.Int64{}}
	if baseURL != "" {
		o.scheme, o.host, _ = strings.Cut(strings.TrimSuffix(baseURL, "/"), "://")
	}
	if o.now == nil {
		o.now = time.Now
	}
	return o
}

// Fixed reports whether there is a base URL.
func (o *Origins) Fixed() bool { return o.host != "" }

// Base is the base URL; empty if there is none.
func (o *Origins) Base() string {
	if !o.Fixed() {
		return ""
	}
	return o.scheme + "://" + o.host
}

// URL is what addresses in the answer to r start with.
func (o *Origins) URL(r *http.Request) string {
	scheme, host := o.Of(r)
	return scheme + "://" + host
}

// Of returns the scheme and host that addresses in the answer to r start with.
// A host that is none, or says more than a host, is not repeated.
func (o *Origins) Of(r *http.Request) (scheme, host string) {
	if o.Fixed() {
		return o.scheme, o.host
	}
	scheme = "http"
	if Of(r).Secure {
		scheme = "https"
	}
	host = strings.ToLower(r.Host)
	if strings.Trim(host, "abcdefghijklmnopqrstuvwxyz0123456789.-_:[]") != "" || host == "" || len(host) > 255 || !o.admit(host) {
		return scheme, noHost
	}
	return scheme, host
}

// admit reports whether there is room for answers with a host.
func (o *Origins) admit(host string) bool {
	now := o.now().Unix()
	o.mu.RLock()
	last := o.hosts[host]
	o.mu.RUnlock()
	if last != nil {
		last.Store(now)
		return true
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.hosts) >= maxHosts && !o.dropOne(now) {
		return false
	}
	last = new(atomic.Int64)
	last.Store(now)
	o.hosts[host] = last
	return true
}

// dropOne forgets the host that was not asked for longest, if that is long
// enough.
func (o *Origins) dropOne(now int64) bool {
	oldest, since := "", now-int64(hostTime/time.Second)
	for host, last := range o.hosts {
		if at := last.Load(); at <= since {
			oldest, since = host, at
		}
	}
	delete(o.hosts, oldest)
	return oldest != ""
}
