package lectern

import "context"

// A SearchQuery asks for a page of the articles that answer a phrase.
type SearchQuery struct {
	Phrase     string       // empty asks for all, in the order of a list
	States     []State      // the matching text must be in one of them; none means any
	HelpCenter HelpCenterID // zero for every help center
	// Locale is the language of whoever asks. Articles whose text in it matches
	// come first and are shown in it; the others follow. Empty for no language
	// in particular: then it is the one whose texts know most of the phrase's
	// words, the default one where others are as likely.
	Locale Locale
	// Locales are those of the texts that may match; none means any.
	Locales []Locale
	// Public leaves only what every visitor may see: published texts that are
	// meant for everyone, of articles in a collection of a help center that is
	// turned on.
	Public bool
	// Answered leaves only texts that answer the phrase: those that have the words
	// of it that tell most, in any of their forms, or that its last word may
	// become. If none does, the hits have some of the words; if none has enough of
	// them, there are no hits. What stands between quotation marks is to be there
	// word by word if any text has it. A phrase of words that say little is
	// answered by a title of just these words only.
	Answered bool
	// Typing tells that the last word of the phrase may not be finished.
	Typing bool
	// AsTyped leaves the phrase as it is: no word of it is corrected.
	AsTyped bool
	// Explain asks for the Explanation of each hit.
	Explain bool
	// Bare leaves the articles of hits unread, but for their IDs.
	Bare   bool
	Offset int
	Limit  int
}

// A Hit is an article found by a search.
type Hit struct {
	Article *Article // its ID alone, if that was asked for
	Locale  Locale   // of the text that matched best; the query's Locale if that text matched
	// Score is greater for the better answer, and comparable within one search
	// only. Hits outside the query's Locale have scores of their own.
	Score float64
	// Terms are what the text was looked through for, as internal/search has
	// words: to show where they are.
	Terms []string
	// Explanation is what Score adds up, the greatest part first; only if asked for.
	Explanation []ScorePart
	// Of a search for answers, Partly tells that no text answers the phrase, this
	// one only has some of its words; and Meant is the phrase as it was read if
	// words of it that no text has were corrected.
	Partly bool
	Meant  string
}

// A ScorePart is one reason for a score. The parts of a hit add up to its score.
type ScorePart struct {
	Term   string // the word that was found; "" where a part is about all of the phrase
	For    string // the word of the phrase it stands for; "" if it is that
	Field  string // title, description, headings or body; "" for all of them
	Reason string // as internal/search names it; or original, for a text that is no translation
	Score  float64
}

// A SuggestQuery asks what somebody who is typing may be looking for.
type SuggestQuery struct {
	Phrase     string       // so far; the last word may not be finished
	HelpCenter HelpCenterID // zero for every help center
	Locale     Locale       // of whoever types; see SearchQuery
	Locales    []Locale     // of what may be suggested; none means any
	Public     bool         // see SearchQuery
	Limit      int          // how many suggestions
}

// Suggestions are what somebody may be looking for.
type Suggestions struct {
	// Phrase is the phrase as it was probably meant; empty if it needs no
	// correction. It is made of words of texts that may be found only.
	Phrase string
	Titles []TitleSuggestion // the best first
}

// A TitleSuggestion is an article or a collection whose title has the words.
type TitleSuggestion struct {
	Article    ArticleID    // zero for a collection
	Collection CollectionID // zero for an article
	Locale     Locale       // of the title
	Title      string
}

// A SearchStore finds articles by words.
type SearchStore interface {
	// SearchArticles returns a page of hits, best first, ties in the order of a
	// list, and the exact number of hits. An article is one hit, whichever and
	// how many of its texts match. A change is found as soon as it is stored.
	SearchArticles(ctx context.Context, ws WorkspaceID, q SearchQuery) ([]Hit, int, error)
	// CountAnswers counts the articles that every visitor may see and that answer
	// a phrase as q asks, by the locale of their texts, each of q.Locales by itself.
	// Only the likeliest few of them are looked through: those that know most of
	// the phrase's words.
	CountAnswers(ctx context.Context, ws WorkspaceID, q SearchQuery) (map[Locale]int, error)
	// Suggest returns titles for a phrase that is being typed.
	Suggest(ctx context.Context, ws WorkspaceID, q SuggestQuery) (Suggestions, error)
	// WarmSearch reads the texts that can be searched into memory, as far as there
	// is room. What it does not read is read by the first search that needs it.
	WarmSearch(ctx context.Context) error
	// LoadWanted reads the texts of a language that a page wanted, to name what is
	// related, and that were not in memory. It reports whether there are more.
	LoadWanted(ctx context.Context) (more bool, err error)
	// Reindex reads anew, by the present rules, every text that is kept as older
	// rules read it, some at a time; searches go on meanwhile. Progress, which
	// may be nil, is told how many of how many texts are done. What was done
	// stays done if it ends early.
	Reindex(ctx context.Context, progress func(done, total int)) error
	// OutdateIndex makes the next Reindex read every text.
	OutdateIndex(ctx context.Context) error
}
