package site

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	"lectern"
	"lectern/internal/address"
	"lectern/internal/hall"
)

// A domain leads nobody to a help center before it answers: addresses begin with
// it once a request has come over it. That is written down at the first one, and
// at the first by https if that comes later. Only the domain of a help center
// is ever written, and only when it changes what is known, so requests for
// hosts that somebody made up cost no write.

// domainNotes are the writes that are under way, or that failed of late.
type domainNotes struct {
	mu    sync.Mutex
	begun map[domainNote]time.Time
}

// A domainNote is what is to be written.
type domainNote struct {
	center lectern.HelpCenterID
	domain string
	secure bool
}

const (
	domainTime  = 5 * time.Second // for the write
	domainPause = time.Minute     // after one that failed
)

// overDomain returns the help center h for a request that came over its domain.
// Its addresses there begin with the domain, whatever is known elsewhere.
func (s *Site) overDomain(r *http.Request, h *center) *center {
	note := domainNote{h.ID, h.CustomDomain, s.secure(r)}
	if h.DomainAnswers() && (h.DomainSecure || !note.secure) {
		return h
	}
	now := s.now()
	center := *h.HelpCenter
	if standardPort(r.Host) && s.domains.begin(note, now) {
		seen, err := s.seeDomain(r.Context(), h.workspace, note, now)
		if err == nil {
			center = *seen
			s.domains.end(note)
		} else {
			s.log.Error("note that a domain answers", "domain", note.domain, "error", err)
		}
	}
	if !strings.EqualFold(center.CustomDomain, note.domain) {
		return h // it was changed meanwhile
	}
	center.SeeDomain(now, note.secure)
	here := *h
	here.HelpCenter = &center
	return &here
}

// seeDomain writes a note. It goes on when the reader does not wait for it.
func (s *Site) seeDomain(ctx context.Context, ws lectern.WorkspaceID, note domainNote, now time.Time) (*lectern.HelpCenter, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), domainTime)
	defer cancel()
	return s.store.UpdateHelpCenter(ctx, lectern.ByInstallation(ws, lectern.ViaSite), note.center, func(h *lectern.HelpCenter) error {
		if strings.EqualFold(h.CustomDomain, note.domain) {
			h.SeeDomain(now, note.secure)
		}
		return nil
	})
}

// secure reports whether the domain that a request came over answers by https:
// the reader used it, or the addresses of the server do and no proxy says that
// the reader did not.
func (s *Site) secure(r *http.Request) bool {
	x := hall.Of(r)
	return x.Secure || strings.HasPrefix(s.origins.Base(), "https:") && !x.Plain
}

// standardPort reports whether a host names no port, or one that addresses leave
// out: over any other, the domain by itself may not lead here.
func standardPort(host string) bool {
	port, found := strings.CutPrefix(host, address.Hostname(host))
	return found && (port == "" || port == ":80" || port == ":443")
}

// begin reports whether a note is to be written: nobody else is at it, and it
// did not fail just now.
func (n *domainNotes) begin(note domainNote, now time.Time) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	if at, begun := n.begun[note]; begun && now.Sub(at) < domainPause {
		return false
	}
	if n.begun == nil || len(n.begun) > 1000 {
		n.begun = map[domainNote]time.Time{}
	}
	n.begun[note] = now
	return true
}

// end forgets a note that is written.
func (n *domainNotes) end(note domainNote) {
	n.mu.Lock()
	defer n.mu.Unlock()
	delete(n.begun, note)
}
