package lectern

import (
	"context"
	"slices"
	"time"
)

// A HelpCenter is a public site with its own address, languages and collections.
type HelpCenter struct {
	ID              HelpCenterID
	Identifier      string // first part of its addresses: /{identifier}/{locale}/…
	DisplayName     string
	WebsiteTurnedOn bool // while off, articles have no address
	CustomDomain    string
	DomainSeenAt    time.Time // when CustomDomain was first seen to lead here; zero for not yet
	DomainSecure    bool      // whether it does by https
	Default         bool      // articles and collections that name no help center belong to it
	DefaultLocale   Locale
	Locales         []Locale // languages switched on; the default locale first
	LocalesFixed    bool     // writing in a new locale does not switch it on
	Written         []Locale // those of Locales that writing switched on; they go with their last text
	CreatedAt       time.Time
	UpdatedAt       time.Time
}

// Multilingual reports whether more than one language is switched on. Only then
// do answers carry default_locale and translated_content.
func (h *HelpCenter) Multilingual() bool { return len(h.Locales) > 1 }

// DomainAnswers reports whether the custom domain leads here: a request came
// over it, or an operator said so. Only then do addresses begin with it, so that
// a domain that is not set up yet leads nobody into nothing.
func (h *HelpCenter) DomainAnswers() bool { return h.CustomDomain != "" && !h.DomainSeenAt.IsZero() }

// SeeDomain notes that the custom domain leads here, and whether by https. What
// is known stays: neither the first time nor https is taken back.
func (h *HelpCenter) SeeDomain(at time.Time, secure bool) {
	if h.CustomDomain == "" {
		return
	}
	if h.DomainSeenAt.IsZero() {
		h.DomainSeenAt = at
	}
	h.DomainSecure = h.DomainSecure || secure
}

// ForgetDomain has the custom domain wait again for the first request over it.
func (h *HelpCenter) ForgetDomain() { h.DomainSeenAt, h.DomainSecure = time.Time{}, false }

// Admit reports whether text in locale l can be kept, and switches the locale
// on if it was off and the operator has not fixed the list.
func (h *HelpCenter) Admit(l Locale) bool {
	switch {
	case slices.Contains(h.Locales, l):
		return true
	case h.LocalesFixed:
		return false
	}
	h.Locales, h.Written = append(h.Locales, l), append(h.Written, l)
	return true
}

// CanFade reports whether locale l is switched off again with its last text:
// writing switched it on, and the operator has not fixed the list.
func (h *HelpCenter) CanFade(l Locale) bool {
	return !h.LocalesFixed && l != h.DefaultLocale && slices.Contains(h.Written, l)
}

// Fade switches off a locale without texts.
func (h *HelpCenter) Fade(l Locale) {
	is := func(x Locale) bool { return x == l }
	h.Locales, h.Written = slices.DeleteFunc(h.Locales, is), slices.DeleteFunc(h.Written, is)
}

// A HelpCenterStore keeps help centers.
type HelpCenterStore interface {
	// AddHelpCenter adds a help center; the first of a workspace is its
	// default. It returns Conflict when the identifier or the custom domain is
	// taken in the installation.
	AddHelpCenter(ctx context.Context, by Actor, h HelpCenter) (*HelpCenter, error)
	// HelpCenter finds one. It returns NotFound.
	HelpCenter(ctx context.Context, ws WorkspaceID, id HelpCenterID) (*HelpCenter, error)
	// HelpCenterByIdentifier finds the one with an identifier among those of
	// every workspace, or else the one that had it last, and says whose it is:
	// so a reader's request, which carries no token, finds its workspace, and
	// the addresses of a renamed help center still lead there. It returns
	// NotFound.
	HelpCenterByIdentifier(ctx context.Context, identifier string) (WorkspaceID, *HelpCenter, error)
	// HelpCenterByDomain finds the one with a custom domain among those of every
	// workspace, and says whose it is. Case does not matter. It returns NotFound, also for the empty domain.
	HelpCenterByDomain(ctx context.Context, domain string) (WorkspaceID, *HelpCenter, error)
	// HelpCenters lists all, the default first, then oldest first.
	HelpCenters(ctx context.Context, ws WorkspaceID) ([]*HelpCenter, error)
	// UpdateHelpCenter reads a help center, hands it to change and stores what
	// change left, in one transaction. It returns NotFound, Conflict when the
	// identifier or the custom domain is taken, or what change returned.
	UpdateHelpCenter(ctx context.Context, by Actor, id HelpCenterID, change func(*HelpCenter) error) (*HelpCenter, error)
}
