package lectern

import (
	"context"
	"time"
)

// A Face is what a reader thinks of an article.
type Face string

const (
	Happy   Face = "happy"
	Neutral Face = "neutral"
	Sad     Face = "sad"
)

// Faces lists the faces, the best first.
var Faces = []Face{Happy, Neutral, Sad}

// A Visitor stands for whoever sends requests from one place with one program
// on one day. It is made by internal/visitor, which says from what; it cannot
// be turned back, and cannot be made again once the salt of its day is deleted.
type Visitor struct {
	Day  Day
	Hash [16]byte
}

// A Salt is what visitors of a day are made with: the same for every process on
// a database, and deleted when the day is over.
type Salt struct {
	Day   Day
	Bytes [32]byte
}

// A Day is a day in UTC, counted from 1970-01-01.
type Day int64

// DayOf returns the day of a time.
func DayOf(t time.Time) Day {
	const seconds = 24 * 60 * 60
	s := t.Unix()
	if s < 0 {
		s -= seconds - 1
	}
	return Day(s / seconds)
}

// A ViewKind says what sort of program asked for a page.
type ViewKind string

const (
	PersonView ViewKind = "person" // a browser, or what says it is one
	BotView    ViewKind = "bot"    // search engines, previews, monitors, tools
	AgentView  ViewKind = "agent"  // AI: crawlers for training, assistants that fetch for somebody
)

// A View is one look at an article's page.
type View struct {
	Workspace WorkspaceID
	Article   ArticleID
	Locale    Locale // of the page
	Kind      ViewKind
}

// PopularDays is how many days of views make an article popular.
const PopularDays = 30

// A CountStore counts what readers do. What it counts are no events: they are
// many, and nobody's doing. Article.Statistics has the sums.
type CountStore interface {
	// CountView counts a view. It waits for nothing: views gather in memory
	// until FlushViews. Views of articles that do not exist are dropped.
	CountView(v View)
	// FlushViews stores the views gathered so far. Close does so as well. Views
	// that could not be stored stay gathered.
	FlushViews(ctx context.Context) error
	// React keeps what a visitor thinks of an article on the page of a visit, in
	// place of what the same visitor thought before. It returns NotFound unless
	// the article has a page there, see ReaderStore, and Invalid unless f is one
	// of Faces.
	React(ctx context.Context, v Visit, id ArticleID, who Visitor, f Face) error
	// ReactionOf returns what a visitor thinks of an article; empty for nothing.
	ReactionOf(ctx context.Context, ws WorkspaceID, id ArticleID, who Visitor) (Face, error)
	// VisitorSalt returns the salt of today. It makes one on the first call of a
	// day.
	VisitorSalt(ctx context.Context) (Salt, error)
	// AgeCounts forgets visitors of the days before, and stops counting old
	// views as recent. It does a part of what is due and reports whether there
	// is more; any number of processes may call it.
	AgeCounts(ctx context.Context) (more bool, err error)
	// WatchStatistics has seen called with the articles whose Statistics
	// changed: by this process before FlushViews or React return, by other
	// processes within a second. It must return quickly and must not call the
	// store. WatchStatistics is called before the store is used by several
	// goroutines.
	WatchStatistics(seen func([]ArticleRef))
}

// An ArticleRef names an article among those of every workspace.
type ArticleRef struct {
	Workspace WorkspaceID
	Article   ArticleID
}
