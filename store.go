package lectern

import "context"

// A Store keeps everything. Every method that changes something does so in one
// transaction, together with the event that records it and the words by which
// it is found; when it returns without error the change survives a loss of
// power, and when it returns an error nothing was stored. Every method that
// reads is bound to one workspace, but for those that find out which one a
// token or an address belongs to. internal/store/storetest states these
// promises as tests.
type Store interface {
	WorkspaceStore
	AdminStore
	TokenStore
	HelpCenterStore
	CollectionStore
	ArticleStore
	SearchStore
	SearchRuleStore
	SearchLogStore
	TagStore
	TaggingStore
	InternalArticleStore
	FolderStore
	AudienceStore
	RedirectStore
	SnippetStore
	ImportSourceStore
	ExternalPageStore
	BrandStore
	ContentStore
	BulkActionStore
	EventStore
	ReaderStore
	CountStore
	ThemeStore

	// Ping returns nil if the store can answer.
	Ping(ctx context.Context) error
	// Close waits for what is under way and closes the database.
	Close() error
}
