package wire

import (
	"strconv"

	"lectern"
	"lectern/internal/address"
)

// An Article is an article by itself, as retrieved, created or updated.
type Article struct {
	articleHead
	Statistics ArticleStatistics `json:"statistics"`
	articleTail
}

// An ArticleListItem is an article in a list or a search.
type ArticleListItem struct {
	articleHead
	articleTail
}

type articleHead struct {
	ID          string  `json:"id" example:"1042"`
	Type        string  `json:"type" enum:"article"`
	WorkspaceID string  `json:"workspace_id"`
	ParentID    *int64  `json:"parent_id"`                     // ID of the collection it is in; null when it stands alone
	ParentType  *string `json:"parent_type" enum:"collection"` // null when it stands alone
	ParentIDs   []int64 `json:"parent_ids"`                    // IDs of all collections it is in, parent_id first
}

type articleTail struct {
	Tags              TagsApplied               `json:"tags"`
	ContentID         string                    `json:"content_id"` // ID of the text in the default locale
	Title             string                    `json:"title"`
	Description       string                    `json:"description"` // empty when there is none
	Body              string                    `json:"body"`        // HTML; empty when there is none
	AuthorID          int64                     `json:"author_id"`   // ID of an admin
	State             string                    `json:"state" enum:"published,draft"`
	CreatedAt         int64                     `json:"created_at"`                  // Unix seconds
	UpdatedAt         int64                     `json:"updated_at"`                  // Unix seconds; moves with every change in any locale
	URL               *string                   `json:"url"`                         // address on the public help center; null for a draft, and while the help center is off
	DefaultLocale     string                    `json:"default_locale,omitzero"`     // present once the help center has several languages
	TranslatedContent *ArticleTranslatedContent `json:"translated_content,omitzero"` // present once the help center has several languages; the default locale is among them
}

// TagsApplied are the tags of an object.
type TagsApplied struct {
	Type string `json:"type" enum:"tag.list"`
	Tags []Tag  `json:"tags"`
}

// ArticleStatistics says what readers did with an article.
type ArticleStatistics struct {
	Type                      string `json:"type" enum:"article_statistics"`
	Views                     int    `json:"views"`
	Conversations             int    `json:"conversations"` // conversations started from the article
	Conversions               int    `json:"conversions"`   // the same number under the name that Intercom's description gives it
	Reactions                 int    `json:"reactions"`
	HappyReactionPercentage   int    `json:"happy_reaction_percentage"`   // 0 to 100, rounded by itself
	NeutralReactionPercentage int    `json:"neutral_reaction_percentage"` // 0 to 100, rounded by itself
	SadReactionPercentage     int    `json:"sad_reaction_percentage"`     // 0 to 100, rounded by itself
}

// ArticleContent is an article in one locale.
type ArticleContent struct {
	Type        string  `json:"type" enum:"article_content"`
	Title       string  `json:"title"`
	Description string  `json:"description"`
	Body        string  `json:"body"` // HTML
	AuthorID    int64   `json:"author_id"`
	State       string  `json:"state" enum:"published,draft"`
	CreatedAt   int64   `json:"created_at"`   // Unix seconds
	UpdatedAt   int64   `json:"updated_at"`   // Unix seconds
	URL         *string `json:"url,omitzero"` // left out for a draft, and while the help center is off
}

// ArticleTranslatedContent holds an article's texts by locale.
type ArticleTranslatedContent struct{ Localized[ArticleContent] }

// FromArticle returns the shape of a single article of help center h. Base is
// the scheme and host that addresses start with.
func FromArticle(w *lectern.Workspace, h *lectern.HelpCenter, a *lectern.Article, base string) Article {
	item := FromArticleInList(w, h, a, base)
	s := a.Statistics
	return Article{item.articleHead, ArticleStatistics{
		Type: "article_statistics", Views: s.Views, Conversations: s.Conversations, Conversions: s.Conversations,
		Reactions: s.Reactions(), HappyReactionPercentage: s.Percent(s.Happy),
		NeutralReactionPercentage: s.Percent(s.Neutral), SadReactionPercentage: s.Percent(s.Sad),
	}, item.articleTail}
}

// FromArticleInList returns the shape of an article among others.
func FromArticleInList(w *lectern.Workspace, h *lectern.HelpCenter, a *lectern.Article, base string) ArticleListItem {
	text := a.Text(h)
	item := ArticleListItem{
		articleHead{ID: format(a.ID), Type: "article", WorkspaceID: w.Code, ParentIDs: []int64{}},
		articleTail{
			Tags:      TagsApplied{"tag.list", []Tag{}},
			ContentID: format(text.Content), Title: text.Title, Description: text.Description, Body: text.Body,
			AuthorID: int64(text.Author), State: string(text.State),
			CreatedAt: a.CreatedAt.Unix(), UpdatedAt: a.UpdatedAt.Unix(),
			URL: articleURL(base, h, h.DefaultLocale, a),
		},
	}
	for _, id := range a.Parents {
		item.ParentIDs = append(item.ParentIDs, int64(id))
	}
	if len(a.Parents) > 0 {
		item.ParentID, item.ParentType = &item.ParentIDs[0], new("collection")
	}
	if h.Multilingual() {
		item.DefaultLocale = string(h.DefaultLocale)
		item.TranslatedContent = &ArticleTranslatedContent{fromArticleTexts(h, a, base)}
	}
	return item
}

func fromArticleTexts(h *lectern.HelpCenter, a *lectern.Article, base string) Localized[ArticleContent] {
	texts := Localized[ArticleContent]{Type: "article_translated_content", Texts: map[lectern.Locale]ArticleContent{}}
	for l, t := range a.Texts {
		texts.Texts[l] = ArticleContent{
			Type: "article_content", Title: t.Title, Description: t.Description, Body: t.Body,
			AuthorID: int64(t.Author), State: string(t.State),
			CreatedAt: t.CreatedAt.Unix(), UpdatedAt: t.UpdatedAt.Unix(), URL: articleURL(base, h, l, a),
		}
	}
	return texts
}

// articleURL returns the address of an article in locale l, or nil where
// readers find none.
func articleURL(base string, h *lectern.HelpCenter, l lectern.Locale, a *lectern.Article) *string {
	t := a.Texts[l]
	if t.State != lectern.Published || !h.WebsiteTurnedOn {
		return nil
	}
	return new(address.Article(base, h, l, a.ID, t.Title))
}

func format[T ~int64](id T) string { return strconv.FormatInt(int64(id), 10) }

// An ArticleList is a page of articles.
type ArticleList struct {
	Type       string            `json:"type" enum:"list"`
	Pages      Pages             `json:"pages"`
	TotalCount int               `json:"total_count"` // articles on all pages
	Data       []ArticleListItem `json:"data"`
}

// An ArticleSearchResponse is a page of the articles that answer a phrase.
type ArticleSearchResponse struct {
	Type       string            `json:"type" enum:"list"`
	TotalCount int               `json:"total_count"` // articles on all pages
	Data       ArticleSearchData `json:"data"`
	Pages      Pages             `json:"pages"`
}

// ArticleSearchData holds the articles found, best first.
type ArticleSearchData struct {
	Articles   []ArticleListItem         `json:"articles"`
	Highlights []ArticleSearchHighlights `json:"highlights"` // one for each article; none unless asked for
}

// ArticleSearchHighlights shows where an article matches a phrase.
type ArticleSearchHighlights struct {
	ArticleID          string  `json:"article_id"`
	HighlightedTitle   []Run   `json:"highlighted_title"`
	HighlightedSummary [][]Run `json:"highlighted_summary"` // up to three passages of the body
}

// A Run is a stretch of text, without markup, that matched the phrase or not.
type Run struct {
	Type string `json:"type" enum:"highlight,plain"`
	Text string `json:"text"`
}

// CreateArticleRequest asks for a new article.
type CreateArticleRequest struct {
	Title             Opt[string]                              `json:"title" required:"true" example:"Change your password"` // at most 255 characters
	Description       Opt[string]                              `json:"description" example:"How to choose a new one"`
	Body              Opt[string]                              `json:"body" example:"<p>Open the settings.</p>"` // HTML or plain text; brought into a normal form
	AuthorID          Opt[ID]                                  `json:"author_id"`                                // ID of a teammate; may stand in the default locale's entry of translated_content instead
	State             Opt[string]                              `json:"state" enum:"published,draft"`             // draft unless given
	ParentID          Opt[ID]                                  `json:"parent_id"`                                // ID of a collection
	ParentType        Opt[string]                              `json:"parent_type" enum:"collection,section"`    // collection unless given
	TranslatedContent Opt[Translations[ArticleContentRequest]] `json:"translated_content"`                       // texts by locale
}

// UpdateArticleRequest asks for a change of an article. Only what it names changes.
type UpdateArticleRequest struct {
	Title             Opt[string]                              `json:"title"` // at most 255 characters
	Description       Opt[string]                              `json:"description"`
	Body              Opt[string]                              `json:"body"`      // HTML or plain text; brought into a normal form
	AuthorID          Opt[ID]                                  `json:"author_id"` // ID of a teammate
	State             Opt[string]                              `json:"state" enum:"published,draft"`
	ParentID          Opt[ID]                                  `json:"parent_id"` // ID of a collection; null or "" takes the article out of its collections
	ParentType        Opt[string]                              `json:"parent_type" enum:"collection,section"`
	TranslatedContent Opt[Translations[ArticleContentRequest]] `json:"translated_content"` // merged by locale and field
}

// ArticleContentRequest is what a request says of an article in one locale.
type ArticleContentRequest struct {
	Title       Opt[string] `json:"title"`
	Description Opt[string] `json:"description"`
	Body        Opt[string] `json:"body"`      // HTML or plain text; brought into a normal form
	AuthorID    Opt[ID]     `json:"author_id"` // the article's author unless given
	State       Opt[string] `json:"state" enum:"published,draft"`
}
