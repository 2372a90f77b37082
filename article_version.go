package lectern

import "time"

// An ArticleVersion is a wording that an article had, or was to have, in one
// locale. Every save of other words makes one; none is ever altered.
type ArticleVersion struct {
	ID      VersionID
	Article ArticleID
	Locale  Locale
	Wording
	From      VersionID // what it was made from; zero for the first
	State     State     // Published while it is what readers see
	CreatedBy AdminID
	Via       string // "api"
	CreatedAt time.Time
}

// A VersionQuery asks for a page of an article's versions.
type VersionQuery struct {
	Article ArticleID
	Locale  Locale // empty for all
	Offset  int
	Limit   int
}
