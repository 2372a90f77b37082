package lectern

import (
	"context"
	"time"
)

// An ExternalPage is a text that was written elsewhere and brought in by a
// program, so that assistants can answer from it.
type ExternalPage struct {
	ID         ExternalPageID
	Source     ImportSourceID
	ExternalID string // what the source calls the page; unique in the source
	Title      string
	// HTML is what was sent, byte for byte, scripts included: the API promises
	// to give it back unchanged. It goes into JSON only. Whoever wants to show
	// it must clean it first, with internal/richtext.
	HTML         string
	URL          string // where readers find the page; empty when they cannot
	Locale       Locale // always en
	Availability Availability
	Audiences    []AudienceID // whom it is meant for; none is everyone
	IngestedAt   time.Time    // when it last came in
	CreatedAt    time.Time
	UpdatedAt    time.Time
}

// MaxExternalID is the greatest length of a page's external ID in characters.
const MaxExternalID = 255

// An ExternalPageEdit is what a request asks of a page. What is nil stays as it
// is.
type ExternalPageEdit struct {
	Source     *ImportSourceID
	ExternalID *string
	Title      *string
	HTML       *string
	URL        *string // empty for none
	Chatbot    *bool
	Copilot    *bool
	SalesAgent *bool
}

// Apply changes p as e asks, at time now; from is the source that p is of then.
// For a page without an ID it is the creation, which needs a title, HTML and an
// external ID, and takes the audiences of its source. Only pages of a source
// that the API writes to change.
func (p *ExternalPage) Apply(e *ExternalPageEdit, from *ImportSource, now time.Time) error {
	if from.Sync != SyncAPI {
		return Invalidf("source_id", "source_id must be a content import source whose sync_behavior is api")
	}
	if p.ID == 0 {
		for _, needed := range []struct {
			field string
			value *string
		}{{"title", e.Title}, {"html", e.HTML}, {"external_id", e.ExternalID}} {
			if needed.value == nil {
				return Missingf(needed.field, "%s is a required parameter.", needed.field)
			}
		}
		p.Locale, p.Audiences, p.CreatedAt = "en", from.Audiences, now
	}
	p.Source = from.ID
	if err := setID(&p.ExternalID, e.ExternalID); err != nil {
		return err
	}
	if err := setTitle(&p.Title, e.Title, "title", MaxTitle); err != nil {
		return err
	}
	if err := setText(&p.HTML, e.HTML, "html", 0); err != nil {
		return err
	}
	if e.URL != nil && *e.URL == "" {
		p.URL = ""
	} else if e.URL != nil {
		if err := setURL(&p.URL, *e.URL, "url"); err != nil {
			return err
		}
	}
	for _, flag := range []struct{ to, value *bool }{
		{&p.Availability.Chatbot, e.Chatbot}, {&p.Availability.Copilot, e.Copilot}, {&p.Availability.SalesAgent, e.SalesAgent},
	} {
		if flag.value != nil {
			*flag.to = *flag.value
		}
	}
	p.UpdatedAt, p.IngestedAt = now, now
	return nil
}

// setID sets *id to *value unless value is nil. It is not for reading: it stays
// as it is.
func setID(id, value *string) error {
	if value != nil && *value == "" {
		return Invalidf("external_id", "external_id must not be blank")
	}
	return setText(id, value, "external_id", MaxExternalID)
}

// An ExternalPageStore keeps the pages written elsewhere.
//
// A source that does not exist, or that the API does not write to, is Invalid.
// Every page that comes in moves LastSyncedAt of its source.
type ExternalPageStore interface {
	// PutExternalPage creates a page as edit asks, or changes the one that has
	// edit's source and external ID.
	PutExternalPage(ctx context.Context, by Actor, edit *ExternalPageEdit) (*ExternalPage, error)
	// ExternalPage finds one. It returns NotFound.
	ExternalPage(ctx context.Context, ws WorkspaceID, id ExternalPageID) (*ExternalPage, error)
	// ExternalPages returns a page of them, newest first, and the exact number
	// there are. Zero for limit is no limit.
	ExternalPages(ctx context.Context, ws WorkspaceID, offset, limit int) ([]*ExternalPage, int, error)
	// UpdateExternalPage applies edit in one transaction. If check is not nil
	// and returns an error for the page as it stands, nothing changes. It
	// returns NotFound, or Conflict when another page of the source has the
	// external ID.
	UpdateExternalPage(ctx context.Context, by Actor, id ExternalPageID, edit *ExternalPageEdit, check func(*ExternalPage) error) (*ExternalPage, error)
	// DeleteExternalPage removes a page, and returns it without its HTML. It
	// returns NotFound.
	DeleteExternalPage(ctx context.Context, by Actor, id ExternalPageID) (*ExternalPage, error)
}
