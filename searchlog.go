package lectern

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A SearchSource says where a search was made.
type SearchSource string

const (
	SiteSearch SearchSource = "site" // by a reader of the public help center
	APISearch  SearchSource = "api"
)

// SearchSources lists the sources.
var SearchSources = []SearchSource{SiteSearch, APISearch}

// A Search is one that was made, as it is counted: by its phrase, and not by who
// made it.
type Search struct {
	Workspace  WorkspaceID
	HelpCenter HelpCenterID
	Locale     Locale // of whoever asked; of the help center where nobody said
	Source     SearchSource
	Phrase     string // as it was typed; see LoggedPhrase
	Found      bool   // there was a result
	// Visitor tells whether the phrase is of several networks or of one, so it is
	// that of a network, whatever the browser. It stays in memory, for a day. The
	// zero visitor is nobody.
	Visitor Visitor
}

// Limits of what is counted about searches.
const (
	MaxLoggedPhrase  = 120  // characters
	MaxLoggedPhrases = 5000 // different searches of a workspace and a day, about
	SearchLogDays    = 90   // for how long they are kept
	OftenDays        = 30   // of searches that OftenSearched looks at
	// For a phrase to be shown to others: from how many networks it was searched
	// for on a day, and on how many such days.
	OftenNetworks = 4
	OftenOnDays   = 3
)

// LoggedPhrase returns the form in which a phrase is counted: lower case, one
// space between words, no signs at its ends. It is empty for one that is not
// kept: a long one, and one that may be about a person or be a secret, as an
// e-mail address, an address of a page, a number of seven or more digits, or a
// word that looks like a token.
func LoggedPhrase(phrase string) string {
	if !utf8.ValidString(phrase) || len(phrase) > 8*MaxLoggedPhrase {
		return ""
	}
	words := strings.FieldsFunc(strings.ToLower(phrase), func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) })
	p := strings.TrimFunc(strings.Join(words, " "), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) && !unicode.IsSymbol(r)
	})
	if utf8.RuneCountInString(p) > MaxLoggedPhrase || isPrivate(p) {
		return ""
	}
	return p
}

// isPrivate reports whether a phrase holds what should not be kept.
func isPrivate(phrase string) bool {
	if strings.Contains(phrase, "@") || strings.Contains(phrase, "://") {
		return true
	}
	digits := 0 // in a row, but for what people write between
	for _, r := range phrase {
		switch {
		case unicode.IsDigit(r):
			if digits++; digits >= 7 {
				return true
			}
		case !strings.ContainsRune(" -./()+_", r):
			digits = 0
		}
	}
	for w := range strings.FieldsSeq(phrase) {
		if isToken(w) {
			return true
		}
	}
	return false
}

// isToken reports whether a word has the look of a key: long, of ASCII letters
// and digits and what joins them, and either with both or longer than a name.
func isToken(word string) bool {
	letters, digits := 0, 0
	for _, r := range word {
		switch {
		case r >= 'a' && r <= 'z':
			letters++
		case r >= '0' && r <= '9':
			digits++
		case !strings.ContainsRune("-_.~+/=:", r):
			return false
		}
	}
	return len(word) >= 16 && letters > 0 && digits > 1 || len(word) >= 40
}

// A SearchLogQuery asks what was searched for.
type SearchLogQuery struct {
	From, To   Day          // both included
	Locale     Locale       // empty for any
	HelpCenter HelpCenterID // zero for any
	Source     SearchSource // empty for any
	// Unanswered asks for phrases that found nothing at least once, the most
	// such searches first; otherwise the most searches come first.
	Unanswered bool
	Offset     int
	Limit      int
}

// A SearchCount says how often a phrase was searched for in a locale.
type SearchCount struct {
	Phrase     string
	Locale     Locale
	Searches   int
	Unanswered int // searches among them that found nothing
	LastDay    Day
}

// SearchTotals are the sums over all phrases of a SearchLogQuery.
type SearchTotals struct {
	Phrases    int // pairs of a phrase and a locale that the query lists
	Searches   int // of every phrase of the period, listed or not
	Unanswered int
}

// A SearchLogStore counts what is searched for. What it counts are no events,
// and it holds no trace of who searched.
type SearchLogStore interface {
	// CountSearch counts a search. It waits for nothing: searches gather in
	// memory until FlushSearches. Those whose LoggedPhrase is empty are dropped.
	CountSearch(s Search)
	// FlushSearches stores the searches gathered so far. Close does so as well.
	// Those that could not be stored stay gathered.
	FlushSearches(ctx context.Context) error
	// AgeSearches deletes what is older than SearchLogDays. It does a part of
	// what is due and reports whether there is more; any number of processes may
	// call it.
	AgeSearches(ctx context.Context) (more bool, err error)
	// SearchLog returns a page of phrases, ties in the order of phrases, and the
	// totals.
	SearchLog(ctx context.Context, ws WorkspaceID, q SearchLogQuery) ([]SearchCount, SearchTotals, error)
	// OftenSearched returns up to n phrases that readers of the site searched
	// for most within OftenDays, in the visit's locale: from OftenNetworks or more
	// on each of OftenOnDays days or more, with something to be found today. All
	// words of a phrase stand in the title of one article that every visitor may
	// see, but for those that say little, or an ApprovedRule has the phrase; and
	// no HiddenRule has words of it. It may be some minutes old; rules are heeded
	// at once.
	OftenSearched(ctx context.Context, v Visit, n int) ([]string, error)
}
