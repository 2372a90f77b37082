// Package lectern holds the nouns of a help center and their rules: articles
// and their translations, collections, help centers, teammates, tags and the
// events that record what happened to them. It also states, in [Store], what
// is asked of a database.
//
// Everything else in the module is a door to these nouns or a keeper of them.
// internal/rest answers Intercom's API with them, internal/store keeps them in
// a database, internal/cli puts the program together. The package imports the
// standard library only, and knows neither SQL nor HTTP.
package lectern

// IDs are numbers from one source for the whole installation, so an ID names
// one thing only and is never given again, imported ones included. Each noun
// has its own type, so that one cannot pass for another. Zero is no ID.
type (
	WorkspaceID  int64
	AdminID      int64
	TeamID       int64
	TokenID      int64
	HelpCenterID int64
	CollectionID int64
	ArticleID    int64
	// A ContentID names the text of an article in one locale; Intercom calls
	// it content_id.
	ContentID  int64
	TagID      int64
	AudienceID int64
	RedirectID int64
	SnippetID  int64
	FolderID   int64
	// A VersionID names a saved wording of an article in one locale.
	VersionID      int64
	ImportSourceID int64
	ExternalPageID int64
	BrandID        int64
	// An InternalArticleID is never the ID of an article.
	InternalArticleID int64
	BulkActionID      int64
	SearchRuleID      int64
	// An EventID grows with every event; later events have greater IDs.
	EventID int64
)
