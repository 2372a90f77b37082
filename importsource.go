package lectern

import (
	"context"
	"net/url"
	"slices"
	"time"
)

// An ImportSource is a place outside the workspace that external pages come
// from, such as another help center.
type ImportSource struct {
	ID     ImportSourceID
	URL    string // root of the place
	Sync   SyncBehavior
	Status SourceStatus
	// Audiences are those that its pages are meant for from the start; none is
	// everyone. In the order given.
	Audiences    []AudienceID
	LastSyncedAt time.Time // when it was added, or a page of it last came in
	CreatedAt    time.Time
	UpdatedAt    time.Time
}

// A SyncBehavior says how the pages of a source come in.
type SyncBehavior string

const (
	SyncAPI       SyncBehavior = "api" // a program of the owner's writes them
	SyncAutomatic SyncBehavior = "automatic"
	SyncManual    SyncBehavior = "manual"
)

// A SourceStatus says whether a source is in use.
type SourceStatus string

const (
	SourceActive      SourceStatus = "active"
	SourceDeactivated SourceStatus = "deactivated"
)

// MaxURL is the greatest length of an address in characters.
const MaxURL = 2048

// An ImportSourceEdit is what a request asks of a source. What is nil stays as
// it is.
type ImportSourceEdit struct {
	URL       *string
	Sync      *SyncBehavior
	Status    *SourceStatus
	Audiences *[]AudienceID // empty is everyone
	// AudiencesOfPages gives the source's audiences to the pages that are there
	// already, too.
	AudiencesOfPages bool
}

// Apply changes s as e asks, at time now. For a source without an ID it is the
// creation, which needs a URL and a sync behavior. Afterwards no source
// becomes, or ceases to be, one that the API writes to, and only such a source
// moves to another URL.
func (s *ImportSource) Apply(e *ImportSourceEdit, now time.Time) error {
	fresh := s.ID == 0
	if fresh {
		switch {
		case e.Sync == nil:
			return Missingf("sync_behavior", "sync_behavior is a required parameter.")
		case e.URL == nil:
			return Missingf("url", "url is a required parameter.")
		}
		s.Status = SourceActive
		s.CreatedAt, s.LastSyncedAt = now, now
	}
	if e.Sync != nil {
		if !slices.Contains([]SyncBehavior{SyncAPI, SyncAutomatic, SyncManual}, *e.Sync) {
			return Invalidf("sync_behavior", "sync_behavior must be api, automated or manual")
		}
		if !fresh && (*e.Sync == SyncAPI) != (s.Sync == SyncAPI) {
			return Invalidf("sync_behavior", "sync_behavior can not be changed to or from api")
		}
		s.Sync = *e.Sync
	}
	if e.URL != nil && (fresh || *e.URL != s.URL) {
		if !fresh && s.Sync != SyncAPI {
			return Invalidf("url", "url can only be changed if the sync_behavior is api")
		}
		if err := setURL(&s.URL, *e.URL, "url"); err != nil {
			return err
		}
	}
	if e.Status != nil {
		if *e.Status != SourceActive && *e.Status != SourceDeactivated {
			return Invalidf("status", "status must be active or deactivated")
		}
		s.Status = *e.Status
	}
	if e.Audiences != nil {
		s.Audiences = firsts(*e.Audiences)
	}
	s.UpdatedAt = now
	return nil
}

// setURL sets *address to value. It returns Invalid for what is no address of
// the web: whoever shows it may make it a link, which must not run anything.
func setURL(address *string, value, field string) error {
	if err := setText(new(string), &value, field, MaxURL); err != nil {
		return err
	}
	u, err := url.Parse(value)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return Invalidf(field, "%s must be an address that begins with http:// or https://", field)
	}
	*address = value
	return nil
}

// firsts returns ids without those that came before.
func firsts(ids []AudienceID) []AudienceID {
	var list []AudienceID
	seen := map[AudienceID]bool{}
	for _, id := range ids {
		if !seen[id] {
			seen[id], list = true, append(list, id)
		}
	}
	return list
}

// An ImportSourceStore keeps the sources of external pages.
//
// Naming an audience that does not exist is UnknownAudiences.
type ImportSourceStore interface {
	// AddImportSource creates a source as edit asks.
	AddImportSource(ctx context.Context, by Actor, edit *ImportSourceEdit) (*ImportSource, error)
	// ImportSource finds one. It returns NotFound.
	ImportSource(ctx context.Context, ws WorkspaceID, id ImportSourceID) (*ImportSource, error)
	// ImportSources returns a page, oldest first, and the exact number of
	// sources. Zero for limit is no limit.
	ImportSources(ctx context.Context, ws WorkspaceID, offset, limit int) ([]*ImportSource, int, error)
	// UpdateImportSource applies edit in one transaction. If check is not nil
	// and returns an error for the source as it stands, nothing changes. It
	// returns NotFound.
	UpdateImportSource(ctx context.Context, by Actor, id ImportSourceID, edit *ImportSourceEdit, check func(*ImportSource) error) (*ImportSource, error)
	// DeleteImportSource removes a source and its pages. It returns NotFound.
	DeleteImportSource(ctx context.Context, by Actor, id ImportSourceID) error
}
