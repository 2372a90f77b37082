package wire

import (
	"time"

	"lectern"
)

// A SearchResult is a page of the articles that answer a phrase, and why.
type SearchResult struct {
	Type       string      `json:"type" enum:"list"`
	Data       []SearchHit `json:"data"`
	TotalCount int         `json:"total_count"` // articles on all pages
	Pages      Pages       `json:"pages"`
}

// A SearchHit is an article that was found.
type SearchHit struct {
	Type        string         `json:"type" enum:"search_hit"`
	ArticleID   string         `json:"article_id"`
	Locale      lectern.Locale `json:"locale"` // of the text that was found
	Title       string         `json:"title"`
	State       lectern.State  `json:"state" enum:"published,draft"`
	URL         *string        `json:"url"`         // null where readers find none
	Score       float64        `json:"score"`       // comparable within one search, among hits in the same language
	Explanation []ScorePart    `json:"explanation"` // what the score adds up, the greatest part first; none unless asked for
}

// A ScorePart is one reason for a score.
type ScorePart struct {
	Reason string  `json:"reason"` // word, corrected, completed or synonym of a term; coverage for having much of the phrase, similar for words that look like its own, near for two words side by side, exact for one as it is written, start for a title that begins with the phrase, title for one that is it, original for a text that is no translation, meaning for a text that means alike, pinned for a rule
	Term   *string `json:"term"`   // the word that was found, as it is indexed; null where a part is about all of the phrase
	For    *string `json:"for"`    // the word of the phrase that it stands for; null if it is that itself
	Field  *string `json:"field"`  // title, description, headings or body; null for all of them
	Score  float64 `json:"score"`
}

// FromHit returns the shape of what was found in help center h. Base is the
// scheme and host that addresses start with.
func FromHit(h *lectern.HelpCenter, hit lectern.Hit, base string) SearchHit {
	text := hit.Article.Texts[hit.Locale]
	out := SearchHit{
		Type: "search_hit", ArticleID: format(hit.Article.ID), Locale: hit.Locale, Title: text.Title, State: text.State,
		URL: articleURL(base, h, hit.Locale, hit.Article), Score: hit.Score, Explanation: make([]ScorePart, len(hit.Explanation)),
	}
	for i, p := range hit.Explanation {
		out.Explanation[i] = ScorePart{Reason: p.Reason, Term: textOrNull(p.Term), For: textOrNull(p.For), Field: textOrNull(p.Field), Score: p.Score}
	}
	return out
}

// SearchInsights is a page of what was searched for.
type SearchInsights struct {
	Type           string        `json:"type" enum:"list"`
	Data           []SearchCount `json:"data"`
	TotalCount     int           `json:"total_count"`     // entries on all pages
	Searches       int           `json:"searches"`        // of all phrases in the period
	WithoutResults int           `json:"without_results"` // searches among them that found nothing
	From           string        `json:"from" example:"2026-11-01"`
	To             string        `json:"to" example:"2026-11-30"` // the last day, in UTC as the first
	Pages          Pages         `json:"pages"`
}

// A SearchCount says how often a phrase was searched for in a language.
type SearchCount struct {
	Type           string         `json:"type" enum:"search_count"`
	Phrase         string         `json:"phrase"` // in lower case
	Locale         lectern.Locale `json:"locale"` // of the search
	Searches       int            `json:"searches"`
	WithoutResults int            `json:"without_results"`                    // searches among them that found nothing
	LastSearched   string         `json:"last_searched" example:"2026-11-22"` // a day in UTC
}

// FromSearchCount returns the shape of a count.
func FromSearchCount(x lectern.SearchCount) SearchCount {
	return SearchCount{
		Type: "search_count", Phrase: x.Phrase, Locale: x.Locale, Searches: x.Searches,
		WithoutResults: x.Unanswered, LastSearched: FormatDay(x.LastDay),
	}
}

// FormatDay writes a day as 2026-11-22.
func FormatDay(d lectern.Day) string { return time.Unix(int64(d)*86400, 0).UTC().Format(time.DateOnly) }
