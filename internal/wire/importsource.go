package wire

import "lectern"

// A ContentImportSource is a place outside the workspace that external pages
// come from.
type ContentImportSource struct {
	ID           int64   `json:"id"`
	Type         string  `json:"type" enum:"content_import_source"`
	LastSyncedAt int64   `json:"last_synced_at"` // when it was created, or a page of it last came in; Unix seconds
	Status       string  `json:"status" enum:"active,deactivated"`
	URL          string  `json:"url"`                                       // root of the place
	SyncBehavior string  `json:"sync_behavior" enum:"api,automatic,manual"` // api when its pages come in through the API
	CreatedAt    int64   `json:"created_at"`                                // Unix seconds
	UpdatedAt    int64   `json:"updated_at"`                                // Unix seconds
	AudienceIDs  []int64 `json:"audience_ids"`                              // audiences that new pages of it are meant for; none is everyone
}

// FromImportSource returns the shape of an import source.
func FromImportSource(s *lectern.ImportSource) ContentImportSource {
	return ContentImportSource{
		ID: int64(s.ID), Type: "content_import_source", LastSyncedAt: s.LastSyncedAt.Unix(), Status: string(s.Status),
		URL: s.URL, SyncBehavior: string(s.Sync), CreatedAt: s.CreatedAt.Unix(), UpdatedAt: s.UpdatedAt.Unix(),
		AudienceIDs: numbers(s.Audiences),
	}
}

// A ContentImportSourcesList is a page of import sources.
type ContentImportSourcesList struct {
	Data       []ContentImportSource `json:"data"`
	Pages      Pages                 `json:"pages"`
	TotalCount int                   `json:"total_count"` // sources on all pages
	Type       string                `json:"type" enum:"list"`
}

// CreateContentImportSourceRequest asks for a new import source.
type CreateContentImportSourceRequest struct {
	SyncBehavior Opt[string] `json:"sync_behavior" required:"true" enum:"api"`
	Status       Opt[string] `json:"status" enum:"active,deactivated"`                       // active unless given
	URL          Opt[string] `json:"url" required:"true" example:"https://help.example.com"` // begins with http:// or https://; at most 2048 characters
	AudienceIDs  Opt[IDs]    `json:"audience_ids"`                                           // one ID or a list; null is everyone
}

// UpdateContentImportSourceRequest asks for a change of an import source. What
// may be left out stays as it is.
type UpdateContentImportSourceRequest struct {
	SyncBehavior Opt[string] `json:"sync_behavior" required:"true" enum:"api,automated,automatic,manual"` // can not be changed to or from api; automated and automatic are the same
	Status       Opt[string] `json:"status" enum:"active,deactivated"`
	URL          Opt[string] `json:"url" required:"true" example:"https://help.example.com"` // can only be changed if sync_behavior is api
	AudienceIDs  Opt[IDs]    `json:"audience_ids"`                                           // one ID or a list; null and the empty list are everyone

	ApplyAudienceToExistingContent Opt[bool] `json:"apply_audience_to_existing_content"` // also give the source's audiences to the pages that are there already
}
