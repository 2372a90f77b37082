package rest

import (
	"context"
	"net/http"
	"slices"
	"time"

	"lectern"
	"lectern/internal/apiversion"
	"lectern/internal/hall"
	"lectern/internal/kept"
)

// A call is a request on its way through a handler.
type call struct {
	*http.Request
	token   *lectern.Token
	by      lectern.Actor // who sent it, but for the address
	version *apiversion.Version
	now     time.Time      // when it came
	base    string         // scheme and host of addresses in the answer
	hall    *hall.Exchange // what the hall knows of it
	maxBody int64          // bytes that its body may hold
	header  http.Header    // of the answer
	preview *preview       // of what the call changes; nil for none
	sent    func()         // called each time the answer is sent, also a kept one; nil for nothing
}

// workspace is the one that the request's token belongs to. Everything a
// handler reads or changes is in it.
func (c *call) workspace() lectern.WorkspaceID { return c.token.Workspace }

// address is the client's, as the activity log names it; empty if it is not
// known.
func (c *call) address() string {
	if c.hall.Client.IsValid() {
		return c.hall.Client.String()
	}
	return ""
}

// actor is on whose behalf the request changes something.
func (c *call) actor() lectern.Actor {
	by := c.by
	by.IP = c.address()
	return by
}

// answer runs a route's handler: every request of the API passes here.
func (s *Server) answer(rt *route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := call{Request: r, now: s.now(), header: w.Header(), version: s.version, hall: hall.Of(r), maxBody: s.maxBody}
		e, err := s.run(rt, &c)
		if err != nil {
			s.fail(w, &c, err)
			return
		}
		if e.sent != nil {
			e.sent()
		}
		e.write(w, r)
	})
}

// run admits a call and returns its answer, a kept one if there is one. Nearly
// every answer is: for that the call stays on the stack, and whatever makes an
// answer gets one of its own.
func (s *Server) run(rt *route, c *call) (*entry, error) {
	if err := s.admit(rt, c); err != nil {
		return nil, err
	}
	scheme, host := s.origins.Of(c.Request)
	if len(rt.depends) == 0 {
		own := *c
		own.base = scheme + "://" + host
		return s.handle(rt, &own)
	}
	var few [4]lectern.Topic
	topics := rt.topics(c, few[:0])
	key := cacheKey{c.workspace(), c.version, scheme, host, c.URL.Path, c.URL.RawQuery}
	if e, ok := s.cache.Get(key, s.stamps.Of(topics...)); ok {
		return e, nil
	}
	return s.make(rt, *c, key, slices.Clone(topics))
}

// make has an answer made that is to be kept.
func (s *Server) make(rt *route, c call, key cacheKey, topics []lectern.Topic) (*entry, error) {
	c.base = key.scheme + "://" + key.host
	return s.cache.Make(c.Context(), key, kept.Recipe[*entry]{
		Stamp: func() uint64 { return s.stamps.Of(topics...) },
		Make: func(ctx context.Context) (*entry, int, error) {
			own := c
			own.Request = c.WithContext(ctx)
			if err := s.allowReplica(&own); err != nil {
				return nil, kept.None, err
			}
			e, err := s.handle(rt, &own)
			if err != nil {
				return nil, kept.None, err
			}
			return e, key.weight(e), nil
		},
	})
}

// handle calls the handler and encodes its value for the client's version.
func (s *Server) handle(rt *route, c *call) (*entry, error) {
	value, err := rt.handle(s, c)
	if err != nil {
		return nil, err
	}
	e := &entry{}
	if body, composed := value.(*kept.Body); composed {
		e.body = body
	} else if value != nil {
		if e, err = encode(c.version, value); err != nil {
			return nil, err
		}
	}
	e.status, e.sent = rt.Success(), c.sent
	return e, nil
}

func encode(v *apiversion.Version, value any) (*entry, error) {
	body, err := v.Encode(value)
	if err != nil {
		return nil, err
	}
	return newEntry(body), nil
}

// An entry is an encoded answer. It does not change once it is made.
type entry struct {
	status int        // of a success
	body   *kept.Body // nil for an answer without one
	sent   func()     // see call.sent
}

func newEntry(body []byte) *entry {
	return &entry{status: http.StatusOK, body: kept.NewBody(body, kept.Fast)}
}

// Header values that every answer shares.
var (
	jsonType   = []string{"application/json; charset=utf-8"}
	revalidate = []string{"max-age=0, private, must-revalidate"}
	varies     = []string{"Accept-Encoding, Authorization, Intercom-Version"}
	zeroLength = []string{"0"}
)

// write sends an answer with its status, or 304 to a client that has it.
func (e *entry) write(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h["Cache-Control"], h["Vary"] = revalidate, varies
	switch {
	case e.body == nil:
		if e.status != http.StatusNoContent { // which never has a length
			h["Content-Length"] = zeroLength
		}
		w.WriteHeader(e.status)
	case e.body.Had(w, r):
		w.WriteHeader(http.StatusNotModified)
	default:
		h["Content-Type"] = jsonType
		e.body.Send(w, r, e.status)
	}
}
