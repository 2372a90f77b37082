package wire

import "lectern"

// An ArticleVersion is a wording that an article had, or was to have, in one
// locale.
type ArticleVersion struct {
	Type          string   `json:"type" enum:"article_version"`
	ID            string   `json:"id"`
	ArticleID     string   `json:"article_id"`
	Title         string   `json:"title"`
	Description   string   `json:"description"`   // empty when there is none
	Body          string   `json:"body"`          // HTML
	BodyMarkdown  Markdown `json:"body_markdown"` // the same in Markdown
	AuthorID      string   `json:"author_id"`     // ID of an admin
	CreatedByID   *string  `json:"created_by_id"` // ID of an admin
	CreatedVia    string   `json:"created_via" example:"api"`
	FromVersionID *string  `json:"from_version_id"`              // the version it was made from; null for the first
	State         string   `json:"state" enum:"published,draft"` // published while it is what readers see
	CreatedAt     int64    `json:"created_at"`                   // Unix seconds
	UpdatedAt     int64    `json:"updated_at"`                   // Unix seconds; versions never change
}

// An ArticleVersionSummary is a version among others.
type ArticleVersionSummary struct {
	Type          string  `json:"type" enum:"article_version"`
	ID            string  `json:"id"`
	ArticleID     string  `json:"article_id"`
	Title         string  `json:"title"`
	Description   string  `json:"description"`   // empty when there is none
	AuthorID      string  `json:"author_id"`     // ID of an admin
	CreatedByID   *string `json:"created_by_id"` // ID of an admin
	CreatedVia    string  `json:"created_via" example:"api"`
	FromVersionID *string `json:"from_version_id"`              // the version it was made from; null for the first
	State         string  `json:"state" enum:"published,draft"` // published while it is what readers see
	CreatedAt     int64   `json:"created_at"`                   // Unix seconds
}

// An ArticleVersionList is a page of versions, the newest first.
type ArticleVersionList struct {
	Type       string                  `json:"type" enum:"list"`
	Pages      Pages                   `json:"pages"`
	TotalCount int                     `json:"total_count"` // versions on all pages
	Data       []ArticleVersionSummary `json:"data"`
}

// FromVersion returns the shape of a version by itself.
func FromVersion(v *lectern.ArticleVersion) ArticleVersion {
	s := FromVersionInList(v)
	return ArticleVersion{
		Type: s.Type, ID: s.ID, ArticleID: s.ArticleID, Title: s.Title, Description: s.Description,
		Body: v.Body, BodyMarkdown: Markdown(v.Body), AuthorID: s.AuthorID, CreatedByID: s.CreatedByID,
		CreatedVia: s.CreatedVia, FromVersionID: s.FromVersionID, State: s.State,
		CreatedAt: s.CreatedAt, UpdatedAt: s.CreatedAt,
	}
}

// FromVersionInList returns the shape of a version among others.
func FromVersionInList(v *lectern.ArticleVersion) ArticleVersionSummary {
	out := ArticleVersionSummary{
		Type: "article_version", ID: format(v.ID), ArticleID: format(v.Article), Title: v.Title, Description: v.Description,
		AuthorID: format(v.Author), CreatedVia: v.Via, State: string(v.State), CreatedAt: v.CreatedAt.Unix(),
	}
	if v.CreatedBy != 0 {
		out.CreatedByID = new(format(v.CreatedBy))
	}
	if v.From != 0 {
		out.FromVersionID = new(format(v.From))
	}
	return out
}
