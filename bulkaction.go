package lectern

import (
	"context"
	"slices"
	"time"
)

// A BulkAction does one thing to many pieces of content. It is stored when it
// is asked for and done afterwards, item by item: each in a transaction of its
// own, exactly once, and whatever becomes of one does not touch the others.
type BulkAction struct {
	ID           BulkActionID
	Verb         BulkVerb
	Availability AvailabilityEdit       // for SetAvailability
	Audiences    Membership[AudienceID] // for SetAudience
	Tags         Membership[TagID]      // for UpdateTags
	Items        []BulkItem
	CreatedAt    time.Time
	FinishedAt   time.Time // zero while items are pending
}

// A BulkVerb is what a bulk action does, as the API spells it.
type BulkVerb string

// What bulk actions do.
const (
	BulkPublish         BulkVerb = "publish"
	BulkUnpublish       BulkVerb = "unpublish"
	BulkDelete          BulkVerb = "delete"
	BulkSetAvailability BulkVerb = "set_availability"
	BulkSetAudience     BulkVerb = "set_audience"
	BulkUpdateTags      BulkVerb = "update_tags"
)

// Limits of a bulk action.
const (
	MaxBulkItems = 1000
	MaxBulkTags  = 100
)

// bulkKinds are the kinds of objects that each verb is for.
var bulkKinds = map[BulkVerb][]ObjectKind{
	BulkPublish:         {ArticleTextObject},
	BulkUnpublish:       {ArticleTextObject},
	BulkDelete:          {ArticleTextObject, SnippetObject, FileObject, InternalArticleObject},
	BulkSetAvailability: {ArticleTextObject, SnippetObject, ExternalPageObject, FileObject, InternalArticleObject},
	BulkSetAudience:     {ArticleTextObject, SnippetObject, ExternalPageObject, FileObject, InternalArticleObject},
	BulkUpdateTags:      {ArticleObject, SnippetObject, ExternalPageObject, FileObject, InternalArticleObject},
}

// A Membership changes in which groups something is, or which labels it has.
type Membership[T comparable] struct {
	Add, Remove []T
	RemoveAll   bool // before anything is added
}

// Apply returns list as the change leaves it.
func (m Membership[T]) Apply(list []T) []T {
	if m.RemoveAll {
		list = nil
	}
	list = unique(append(slices.Clone(list), m.Add...))
	return slices.DeleteFunc(list, func(v T) bool { return slices.Contains(m.Remove, v) })
}

func (m Membership[T]) empty() bool { return len(m.Add) == 0 && len(m.Remove) == 0 && !m.RemoveAll }

// contradicts reports whether something is both added and removed.
func (m Membership[T]) contradicts() bool {
	return slices.ContainsFunc(m.Add, func(v T) bool { return slices.Contains(m.Remove, v) })
}

// A BulkItem is an object that a bulk action is about, and what became of it.
type BulkItem struct {
	Object
	Outcome BulkOutcome
	Reason  string // why it was skipped or has failed, in a sentence; else empty
}

// A BulkOutcome is what a bulk action did to an object.
type BulkOutcome string

// The outcomes of an item.
const (
	BulkPending   BulkOutcome = "pending"
	BulkUpdated   BulkOutcome = "updated"
	BulkUnchanged BulkOutcome = "unchanged" // it was as it should be
	BulkSkipped   BulkOutcome = "skipped"   // the action is not for an object in this state
	BulkFailed    BulkOutcome = "failed"
)

// Check makes a ready to be stored. It leaves out items of kinds that the verb
// is not for, and those that came before. It returns Invalid or Missing for an
// action that says too little or contradicts itself; whether audiences and tags
// exist is the store's business.
func (a *BulkAction) Check() error {
	kinds, ok := bulkKinds[a.Verb]
	if !ok {
		return Invalidf("action", "action must be publish, unpublish, delete, set_availability, set_audience or update_tags")
	}
	switch {
	case len(a.Items) == 0:
		return Missingf("content_ids", "content_ids is a required parameter.")
	case len(a.Items) > MaxBulkItems:
		return Invalidf("content_ids", "content_ids has more than %d entries", MaxBulkItems)
	}
	seen := map[Object]bool{}
	a.Items = slices.DeleteFunc(a.Items, func(i BulkItem) bool {
		drop := seen[i.Object] || !slices.Contains(kinds, i.Kind)
		seen[i.Object] = true
		return drop
	})
	switch a.Verb {
	case BulkSetAvailability:
		if a.Availability == (AvailabilityEdit{}) {
			return Missingf("availability", "availability must name at least one of ai_agent, copilot and sales_agent")
		}
	case BulkSetAudience:
		if a.Audiences.empty() {
			return Missingf("audience", "audience must have add_segment_ids, remove_segment_ids or remove_all")
		}
		if a.Audiences.contradicts() {
			return Invalidf("audience", "add_segment_ids and remove_segment_ids must not have an ID in common")
		}
	case BulkUpdateTags:
		if a.Tags.empty() {
			return Missingf("tags", "tags must have add_tag_ids or remove_tag_ids")
		}
		if a.Tags.contradicts() {
			return Invalidf("tags", "add_tag_ids and remove_tag_ids must not have an ID in common")
		}
		if len(unique(slices.Concat(a.Tags.Add, a.Tags.Remove))) > MaxBulkTags {
			return Invalidf("tags", "tags has more than %d distinct IDs", MaxBulkTags)
		}
	}
	return nil
}

// A BulkActionStore keeps bulk actions and does them.
type BulkActionStore interface {
	// AddBulkAction checks an action and stores it, with all its items pending.
	// Audiences and tags that do not exist are Invalid. Finished actions of more
	// than 30 days ago are forgotten on the way.
	AddBulkAction(ctx context.Context, by Actor, a *BulkAction) (*BulkAction, error)
	// BulkAction finds one, its items in the order in which they are done. It
	// returns NotFound.
	BulkAction(ctx context.Context, ws WorkspaceID, id BulkActionID) (*BulkAction, error)
	// DoBulkItem does a pending item, of whichever workspace, in the name of who
	// asked for it, and notes what became of it in the same transaction. The
	// oldest action goes first. It reports false if nothing is pending. Any
	// number of processes may call it at the same time.
	DoBulkItem(ctx context.Context) (bool, error)
}
