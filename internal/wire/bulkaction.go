package wire

import (
	"fmt"
	"slices"

	"lectern"
)

// ContentBulkActionRequest asks for one action on many pieces of content.
type ContentBulkActionRequest struct {
	Action       Opt[string]                 `json:"action" required:"true" enum:"publish,unpublish,delete,set_availability,set_audience,update_tags"`
	ContentIDs   Opt[[]BulkActionContent]    `json:"content_ids" required:"true"` // at most 1,000; those of types that the action is not for are left out
	Availability Opt[BulkActionAvailability] `json:"availability"`                // for set_availability
	Audience     Opt[BulkActionAudience]     `json:"audience"`                    // for set_audience
	Tags         Opt[BulkActionTags]         `json:"tags"`                        // for update_tags
}

// A BulkActionContent names a piece of content.
type BulkActionContent struct {
	Type Opt[string] `json:"type" required:"true" enum:"article,article_content,content_snippet,external_content,file_source_content,internal_article"` // an article is told by its own ID for update_tags, by the content_id of a text else
	ID   Opt[ID]     `json:"id" required:"true"`
}

// A BulkActionAvailability says which assistants may use the content. What it leaves out stays as it is.
type BulkActionAvailability struct {
	AIAgent    Opt[bool] `json:"ai_agent"`
	Copilot    Opt[bool] `json:"copilot"`
	SalesAgent Opt[bool] `json:"sales_agent"`
}

// A BulkActionAudience changes who the content is for.
type BulkActionAudience struct {
	AddSegmentIDs    Opt[[]ID] `json:"add_segment_ids"`    // audiences it is to be meant for, too
	RemoveSegmentIDs Opt[[]ID] `json:"remove_segment_ids"` // audiences it is no longer meant for
	RemoveAll        Opt[bool] `json:"remove_all"`         // leaves only those of add_segment_ids
}

// A BulkActionTags puts tags on the content and takes tags off it, at most 100 of them.
type BulkActionTags struct {
	AddTagIDs    Opt[[]ID] `json:"add_tag_ids"`
	RemoveTagIDs Opt[[]ID] `json:"remove_tag_ids"`
}

// bulkTypes are the types of content that a request may name.
var bulkTypes = append(slices.Clone(lectern.ContentKinds), lectern.ArticleTextObject, lectern.FileObject)

// BulkAction is what the request asks for.
func (r ContentBulkActionRequest) BulkAction() (*lectern.BulkAction, error) {
	availability, audience, tags := r.Availability.Value, r.Audience.Value, r.Tags.Value
	a := &lectern.BulkAction{
		Verb: lectern.BulkVerb(r.Action.Value),
		Availability: lectern.AvailabilityEdit{
			Chatbot: availability.AIAgent.Pointer(), Copilot: availability.Copilot.Pointer(), SalesAgent: availability.SalesAgent.Pointer(),
		},
		Audiences: lectern.Membership[lectern.AudienceID]{
			Add: ids[lectern.AudienceID](audience.AddSegmentIDs), Remove: ids[lectern.AudienceID](audience.RemoveSegmentIDs),
			RemoveAll: audience.RemoveAll.Value,
		},
		Tags: lectern.Membership[lectern.TagID]{
			Add: ids[lectern.TagID](tags.AddTagIDs), Remove: ids[lectern.TagID](tags.RemoveTagIDs),
		},
	}
	for i, c := range r.ContentIDs.Value {
		o := lectern.Object{Kind: lectern.ObjectKind(c.Type.Value), ID: int64(c.ID.Value)}
		if !slices.Contains(bulkTypes, o.Kind) {
			return nil, lectern.Invalidf("content_ids", "%s is no type of content", fmt.Sprintf("content_ids[%d].type", i))
		}
		if o.ID == 0 {
			return nil, lectern.Invalidf("content_ids", "%s must be an ID", fmt.Sprintf("content_ids[%d].id", i))
		}
		a.Items = append(a.Items, lectern.BulkItem{Object: o})
	}
	return a, nil
}

// ids are the IDs that a list names.
func ids[T ~int64](list Opt[[]ID]) []T {
	out := make([]T, len(list.Value))
	for i, id := range list.Value {
		out[i] = T(id)
	}
	return out
}

// A ContentBulkActionResponse says that a bulk action was taken on. Its ID is in the header Lectern-Bulk-Action.
type ContentBulkActionResponse struct {
	Type   string `json:"type" enum:"content_bulk_action"`
	Status string `json:"status" enum:"queued"`
}

// A BulkActionReport says how far a bulk action has come.
type BulkActionReport struct {
	Type           string           `json:"type" enum:"content_bulk_action"`
	ID             string           `json:"id" example:"1042"`
	Action         string           `json:"action" enum:"publish,unpublish,delete,set_availability,set_audience,update_tags"`
	Status         string           `json:"status" enum:"queued,running,finished"`
	CreatedAt      int64            `json:"created_at"`  // Unix seconds
	FinishedAt     *int64           `json:"finished_at"` // Unix seconds; null while items are pending
	TotalCount     int              `json:"total_count"` // of items
	PendingCount   int              `json:"pending_count"`
	UpdatedCount   int              `json:"updated_count"`
	UnchangedCount int              `json:"unchanged_count"`
	SkippedCount   int              `json:"skipped_count"`
	FailedCount    int              `json:"failed_count"`
	Items          []BulkActionItem `json:"items"` // in the order in which they are done
}

// A BulkActionItem is a piece of content and what became of it.
type BulkActionItem struct {
	Type   string  `json:"type" enum:"article,article_content,content_snippet,external_content,file_source_content,internal_article"`
	ID     string  `json:"id" example:"1043"`
	Status string  `json:"status" enum:"pending,updated,unchanged,skipped,failed"`
	Reason *string `json:"reason"` // why it was skipped or has failed; null else
}

// FromBulkAction returns the report on a bulk action.
func FromBulkAction(a *lectern.BulkAction) BulkActionReport {
	out := BulkActionReport{
		Type: "content_bulk_action", ID: format(a.ID), Action: string(a.Verb), Status: "running",
		CreatedAt: a.CreatedAt.Unix(), TotalCount: len(a.Items), Items: make([]BulkActionItem, len(a.Items)),
	}
	count := map[lectern.BulkOutcome]int{}
	for i, item := range a.Items {
		count[item.Outcome]++
		out.Items[i] = BulkActionItem{Type: string(item.Kind), ID: format(item.ID), Status: string(item.Outcome)}
		if item.Reason != "" {
			out.Items[i].Reason = &item.Reason
		}
	}
	out.PendingCount, out.UpdatedCount, out.UnchangedCount = count[lectern.BulkPending], count[lectern.BulkUpdated], count[lectern.BulkUnchanged]
	out.SkippedCount, out.FailedCount = count[lectern.BulkSkipped], count[lectern.BulkFailed]
	switch {
	case !a.FinishedAt.IsZero():
		out.Status, out.FinishedAt = "finished", new(a.FinishedAt.Unix())
	case out.PendingCount == out.TotalCount:
		out.Status = "queued"
	}
	return out
}
