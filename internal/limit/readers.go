package limit

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"
	"time"
)

// Settings are how often one network may do something in a minute; zero is no
// limit.
type Settings struct {
	// Pages are those of the public help center that have to be made. What is kept
	// is sent without counting, and so are the files that pages load.
	Pages int
	// Searches are pages of results. Suggestions, of which there are several to
	// a search, have four times as many.
	Searches int
	// SearchLog is how many searches of a network are counted at once, and a
	// third of it in each hour: so no network fills the log of a day.
	SearchLog int
	// Reactions of a network; a third of it to one article in an hour. All
	// networks together have four times as many a minute to one article.
	Reactions int
	// Views of a network that are counted; a fifth of it of one article in an
	// hour. Pages are shown all the same.
	Views int
	// Exports are what takes long to make: site maps, feeds, llms.txt and
	// llms-full.txt, pictures of pages. What is kept is sent without counting.
	Exports int
	// FailedTokens are requests to the API whose token is wrong, revoked or
	// expired. Tokens that are good have a limit of their own.
	FailedTokens int
}

// Defaults are the limits that nobody has set.
var Defaults = Settings{Pages: 1200, Searches: 300, SearchLog: 60, Reactions: 30, Views: 300, Exports: 30, FailedTokens: 120}

// None is the word for no limits at all.
const None = "none"

// fields are the settings by name, in order.
func (s *Settings) fields() []struct {
	name string
	n    *int
} {
	return []struct {
		name string
		n    *int
	}{{"pages", &s.Pages}, {"searches", &s.Searches}, {"search-log", &s.SearchLog}, {"reactions", &s.Reactions}, {"views", &s.Views},
		{"exports", &s.Exports}, {"failed-tokens", &s.FailedTokens}}
}

// String is the text that Parse reads.
func (s Settings) String() string {
	var list []string
	for _, f := range s.fields() {
		list = append(list, f.name+"="+strconv.Itoa(*f.n))
	}
	return strings.Join(list, ",")
}

// Parse reads settings as "searches=300,reactions=30". What is not named has its
// default; "none" is no limits at all.
func Parse(text string) (Settings, error) {
	s := Defaults
	if strings.TrimSpace(text) == None {
		return Settings{}, nil
	}
	for item := range strings.SplitSeq(text, ",") {
		name, value, ok := strings.Cut(strings.TrimSpace(item), "=")
		n, err := strconv.ParseUint(value, 10, 31)
		field := s.field(name)
		if !ok || err != nil || field == nil {
			return Settings{}, fmt.Errorf("%q is no limit such as searches=300; there are %s", strings.TrimSpace(item), Defaults)
		}
		*field = int(n)
	}
	return s, nil
}

func (s *Settings) field(name string) *int {
	for _, f := range s.fields() {
		if f.name == name {
			return f.n
		}
	}
	return nil
}

// what is done.
type what uint8

const (
	page what = iota
	search
	suggestion
	loggedSearch
	reaction
	reactionTo
	reactionsTo
	view
	viewOf
	export
	failedToken
	missingToken
)

// A Limiter counts what networks do. The nil Limiter has no limits. It may be
// used by several goroutines.
type Limiter struct {
	s Settings
	t *table
}

// New returns a limiter that knows nobody yet. Nil for now is the clock.
func New(s Settings, now func() time.Time) *Limiter {
	if now == nil {
		now = time.Now
	}
	return &Limiter{s, newTable(now)}
}

// do takes from what a network may do.
func (l *Limiter) do(from netip.Addr, w what, object int64, r Rate) time.Duration {
	k := networkOf(from)
	k.what, k.object = w, object
	return l.t.take(k, r, false)
}

// atLeastOne is n, or 1 if that is less and there is a limit at all.
func atLeastOne(n, limit int) int {
	if limit > 0 {
		return max(n, 1)
	}
	return 0
}

// Page counts a page that has to be made. It returns zero, or how long to wait.
func (l *Limiter) Page(from netip.Addr) time.Duration {
	if l == nil {
		return 0
	}
	return l.do(from, page, 0, a(l.s.Pages, time.Minute))
}

// Search counts a search. It returns zero, or how long to wait.
func (l *Limiter) Search(from netip.Addr) time.Duration {
	if l == nil {
		return 0
	}
	return l.do(from, search, 0, a(l.s.Searches, time.Minute))
}

// Suggest counts a request for suggestions. It returns zero, or how long to wait.
func (l *Limiter) Suggest(from netip.Addr) time.Duration {
	if l == nil {
		return 0
	}
	return l.do(from, suggestion, 0, a(4*l.s.Searches, time.Minute))
}

// LogSearch reports whether a search is to be counted in the log.
func (l *Limiter) LogSearch(from netip.Addr) bool {
	if l == nil || l.s.SearchLog <= 0 {
		return true
	}
	rate := Rate{l.s.SearchLog, time.Hour / time.Duration(atLeastOne(l.s.SearchLog/3, l.s.SearchLog))}
	return l.do(from, loggedSearch, 0, rate) == 0
}

// React counts a reaction to an article. It returns zero, or how long to wait.
func (l *Limiter) React(from netip.Addr, article int64) time.Duration {
	if l == nil {
		return 0
	}
	n := l.s.Reactions
	if wait := l.do(from, reaction, 0, a(n, time.Minute)); wait > 0 {
		return wait
	}
	if wait := l.do(from, reactionTo, article, a(atLeastOne(n/3, n), time.Hour)); wait > 0 {
		return wait
	}
	return l.t.take(key{what: reactionsTo, object: article}, a(4*n, time.Minute), false)
}

// View reports whether a view of an article is to be counted.
func (l *Limiter) View(from netip.Addr, article int64) bool {
	if l == nil {
		return true
	}
	n := l.s.Views
	return l.do(from, view, 0, a(n, time.Minute)) == 0 && l.do(from, viewOf, article, a(atLeastOne(n/5, n), time.Hour)) == 0
}

// Export counts something that takes long to make. It returns zero, or how long
// to wait.
func (l *Limiter) Export(from netip.Addr) time.Duration {
	if l == nil {
		return 0
	}
	return l.do(from, export, 0, a(l.s.Exports, time.Minute))
}

// MayTry returns zero, or how long to wait before a token that nobody knows is
// looked up.
func (l *Limiter) MayTry(from netip.Addr) time.Duration {
	if l == nil {
		return 0
	}
	k := networkOf(from)
	k.what = failedToken
	return l.t.take(k, a(l.s.FailedTokens, time.Minute), true)
}

// Failed counts a request whose token was not good.
func (l *Limiter) Failed(from netip.Addr) {
	if l != nil {
		l.do(from, failedToken, 0, a(l.s.FailedTokens, time.Minute))
	}
}

// LogMissing reports whether a request without a token is worth a line in the
// log: not more often than a failed one.
func (l *Limiter) LogMissing(from netip.Addr) bool {
	return l == nil || l.do(from, missingToken, 0, a(l.s.FailedTokens, time.Minute)) == 0
}

// Seconds is a time to wait as Retry-After says it: whole seconds, at least one.
func Seconds(wait time.Duration) int { return max(1, int((wait+time.Second-1)/time.Second)) }
