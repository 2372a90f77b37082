package lectern

import (
	"context"
	"time"
)

// An EventKind says what happened: the noun, a dot, the verb.
type EventKind string

const (
	WorkspaceCreated  EventKind = "workspace.created"
	WorkspaceUpdated  EventKind = "workspace.updated"
	AdminCreated      EventKind = "admin.created"
	AdminAwayChanged  EventKind = "admin.away_changed"
	TeamCreated       EventKind = "team.created"
	TeamUpdated       EventKind = "team.updated"
	TokenCreated      EventKind = "token.created"
	TokenRevoked      EventKind = "token.revoked"
	HelpCenterCreated EventKind = "help_center.created"
	HelpCenterUpdated EventKind = "help_center.updated"
	CollectionCreated EventKind = "collection.created"
	CollectionUpdated EventKind = "collection.updated"
	CollectionDeleted EventKind = "collection.deleted"
	ArticleCreated    EventKind = "article.created"
	ArticleUpdated    EventKind = "article.updated"
	ArticleDeleted    EventKind = "article.deleted"
	TagCreated        EventKind = "tag.created"
	TagUpdated        EventKind = "tag.updated"
	TagDeleted        EventKind = "tag.deleted"
	TagApplied        EventKind = "tag.applied" // the object is what it was put on
	TagRemoved        EventKind = "tag.removed"
	FolderCreated     EventKind = "folder.created"
	FolderUpdated     EventKind = "folder.updated"
	FolderDeleted     EventKind = "folder.deleted"

	InternalArticleCreated EventKind = "internal_article.created"
	InternalArticleUpdated EventKind = "internal_article.updated"
	InternalArticleDeleted EventKind = "internal_article.deleted"

	// Of a source that is deleted, the pages go with it, without events of their own.
	ImportSourceCreated EventKind = "content_import_source.created"
	ImportSourceUpdated EventKind = "content_import_source.updated"
	ImportSourceDeleted EventKind = "content_import_source.deleted"
	ExternalPageCreated EventKind = "external_page.created"
	ExternalPageUpdated EventKind = "external_page.updated"
	ExternalPageDeleted EventKind = "external_page.deleted"
	BrandCreated        EventKind = "brand.created"
	AudienceCreated     EventKind = "audience.created"
	AudienceUpdated     EventKind = "audience.updated"
	AudienceDeleted     EventKind = "audience.deleted"

	// What a bulk action does to each object is told by events of that object's.
	BulkActionCreated  EventKind = "bulk_action.created"
	BulkActionFinished EventKind = "bulk_action.finished"
	RedirectCreated    EventKind = "redirect.created"
	RedirectDeleted    EventKind = "redirect.deleted"
	SnippetCreated     EventKind = "content_snippet.created"
	SnippetUpdated     EventKind = "content_snippet.updated"
	SnippetDeleted     EventKind = "content_snippet.deleted"
	SearchRuleCreated  EventKind = "search_rule.created"
	SearchRuleUpdated  EventKind = "search_rule.updated"
	SearchRuleDeleted  EventKind = "search_rule.deleted"
)

// EventKinds lists every kind.
var EventKinds = []EventKind{
	WorkspaceCreated, WorkspaceUpdated, AdminCreated, AdminAwayChanged, TeamCreated, TeamUpdated, TokenCreated,
	TokenRevoked, HelpCenterCreated, HelpCenterUpdated, CollectionCreated, CollectionUpdated, CollectionDeleted,
	ArticleCreated, ArticleUpdated, ArticleDeleted, TagCreated, TagUpdated, TagDeleted, TagApplied, TagRemoved,
	FolderCreated, FolderUpdated, FolderDeleted, InternalArticleCreated, InternalArticleUpdated,
	InternalArticleDeleted, ImportSourceCreated, ImportSourceUpdated, ImportSourceDeleted, ExternalPageCreated,
	ExternalPageUpdated, ExternalPageDeleted, BrandCreated, AudienceCreated, AudienceUpdated, AudienceDeleted,
	BulkActionCreated, BulkActionFinished, RedirectCreated, RedirectDeleted, SnippetCreated, SnippetUpdated,
	SnippetDeleted, SearchRuleCreated, SearchRuleUpdated, SearchRuleDeleted,
}

// An Event records one change. It is written in the transaction of the change
// and never altered; the activity log, caches, webhooks and counts derive from
// it. IDs grow in the order in which the changes of a workspace became visible.
type Event struct {
	ID        EventID
	Workspace WorkspaceID
	At        time.Time
	Kind      EventKind
	Object    int64     // ID of what it happened to
	Admin     AdminID   // who did it; zero for the installation itself
	IP        string    // from where; empty for the command line
	Data      EventData // what only this kind of event has to say
}

// EventData is what an event says beyond its kind. Only the fields its kind
// calls for are set.
type EventData struct {
	// PreviousUpdatedAt is where an updated or deleted article stood in the
	// order of lists. Unix seconds.
	PreviousUpdatedAt int64 `json:"previous_updated_at,omitempty"`
	// UpdatedAt is where a created or updated article stands now. Unix seconds.
	UpdatedAt int64 `json:"updated_at,omitempty"`
	// Published and Unpublished are the locales whose state changed.
	Published   []Locale `json:"published,omitempty"`
	Unpublished []Locale `json:"unpublished,omitempty"`
	// Away is an admin's new away mode.
	Away *Away `json:"away,omitempty"`
	// ObjectKind says what the object of a tagging is, Tag which tag it was.
	ObjectKind ObjectKind `json:"object_kind,omitempty"`
	Tag        TagID      `json:"tag,omitempty"`
	// Moved says that a collection now stands in another one than before, or in
	// none.
	Moved bool `json:"moved,omitempty"`
	// Token is the access token by which it was done; zero for none.
	Token TokenID `json:"token,omitempty"`
	// Via is the door through which it was done.
	Via Via `json:"via,omitempty"`
	// Name is what the object was called at the time.
	Name string `json:"name,omitempty"`
	// Before and After describe a changed setting in words.
	Before string `json:"before,omitempty"`
	After  string `json:"after,omitempty"`
}

// An EventQuery asks for events, newest first. The zero query asks for all.
type EventQuery struct {
	Kinds  []EventKind // none means any
	After  time.Time   // happened at or after; zero for any time
	Before time.Time   // happened at or before; zero for any time
	Offset int
	Limit  int // zero for no limit
}

// An EventStore tells what happened.
type EventStore interface {
	// Events returns a page and the exact number of events the query asks for.
	Events(ctx context.Context, ws WorkspaceID, q EventQuery) ([]Event, int, error)
	// Watch has seen called with every event from now on, those of a workspace in
	// order: those of this process before the change is acknowledged, those of
	// other processes on the same database within 100 milliseconds, but within a
	// second if they are killed. It must return quickly and must not call the
	// store. Watch is called before the store is used by several goroutines.
	Watch(seen func([]Event))
	// WatchLoss has lost called when the database has lost changes that Watch has
	// told of: a standby that did not have them became the primary, or a backup
	// was restored under the running program. Whatever is kept of what was read
	// before is to be dropped. Like Watch it is called before the store is used
	// by several goroutines.
	WatchLoss(lost func())
}
