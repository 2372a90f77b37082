package wire

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"

	"lectern"
	"lectern/internal/address"
	"lectern/internal/richtext"
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
	ID          string      `json:"id" example:"1042"`
	Type        string      `json:"type" enum:"article"`
	WorkspaceID string      `json:"workspace_id"`
	ParentIDs   []ParentRef `json:"parent_ids"` // IDs of the collections it is in
}

type articleTail struct {
	Tags                          TagsApplied               `json:"tags"`
	ContentID                     string                    `json:"content_id"` // ID of the text in the default locale
	Title                         string                    `json:"title"`
	Description                   string                    `json:"description"`   // empty when there is none
	Body                          string                    `json:"body"`          // HTML; empty when there is none
	BodyMarkdown                  Markdown                  `json:"body_markdown"` // the same in Markdown
	AuthorID                      int64                     `json:"author_id"`     // ID of an admin
	State                         string                    `json:"state" enum:"published,draft"`
	CreatedAt                     int64                     `json:"created_at"`              // Unix seconds
	UpdatedAt                     int64                     `json:"updated_at"`              // Unix seconds; moves with every change in any locale
	HasUnpublishedChanges         bool                      `json:"has_unpublished_changes"` // a draft is staged over the published text
	DraftUpdatedAt                *int64                    `json:"draft_updated_at"`        // Unix seconds; null when nothing is staged
	URL                           *string                   `json:"url"`                     // address on the public help center; null for a draft, and while the help center is off
	AIChatbotAvailability         bool                      `json:"ai_chatbot_availability"`
	AICopilotAvailability         bool                      `json:"ai_copilot_availability"`
	AISalesAgentAvailability      bool                      `json:"ai_sales_agent_availability"`
	CreatedByID                   *int64                    `json:"created_by_id"`                    // ID of an admin
	UpdatedByID                   *int64                    `json:"updated_by_id"`                    // ID of an admin
	ExcludeFromArticleSuggestions bool                      `json:"exclude_from_article_suggestions"` // always false
	HelpCenterAudience            string                    `json:"help_center_audience" enum:"everyone"`
	ScheduledPublishAt            *int64                    `json:"scheduled_publish_at"`        // Unix seconds; null when no publication is scheduled
	ScheduledUnpublishAt          *int64                    `json:"scheduled_unpublish_at"`      // Unix seconds; null when no withdrawal is scheduled
	AudienceIDs                   []int64                   `json:"audience_ids,omitzero"`       // audiences it is meant for; empty for everyone. Within translated_content once the help center has several languages
	FolderID                      *int64                    `json:"folder_id"`                   // null when it is in none
	DefaultLocale                 string                    `json:"default_locale,omitzero"`     // present once the help center has several languages
	TranslatedContent             *ArticleTranslatedContent `json:"translated_content,omitzero"` // present once the help center has several languages; the default locale is among them
}

// A ParentRef is the ID of a collection. Clients of older versions want to know
// whether that is a section: a collection inside another.
type ParentRef struct {
	ID      int64
	Section bool
}

// MarshalJSON writes the ID.
func (p ParentRef) MarshalJSON() ([]byte, error) { return strconv.AppendInt(nil, p.ID, 10), nil }

// Markdown is HTML in the normal form that is written as Markdown, or as null
// should that fail. It is converted when it is written, since clients of most
// versions never see it.
type Markdown string

// MarshalJSON writes the Markdown.
func (m Markdown) MarshalJSON() ([]byte, error) {
	text, err := richtext.Markdown(string(m))
	if err != nil {
		return []byte("null"), nil
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err = e.Encode(text)
	return b.Bytes(), err
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
	FinInvolvements           int    `json:"fin_involvements"`            // always 0: Lectern has no such agent
	FinResolutions            int    `json:"fin_resolutions"`             // always 0
	FinResolutionRate         int    `json:"fin_resolution_rate"`         // always 0
}

// ArticleContent is an article in one locale.
type ArticleContent struct {
	Type                     string   `json:"type" enum:"article_content"`
	Title                    string   `json:"title"`
	Description              string   `json:"description"`
	Body                     string   `json:"body"`          // HTML
	BodyMarkdown             Markdown `json:"body_markdown"` // the same in Markdown
	AuthorID                 int64    `json:"author_id"`
	State                    string   `json:"state" enum:"published,draft"`
	CreatedAt                int64    `json:"created_at"`              // Unix seconds
	UpdatedAt                int64    `json:"updated_at"`              // Unix seconds
	HasUnpublishedChanges    bool     `json:"has_unpublished_changes"` // a draft is staged over the published text
	DraftUpdatedAt           *int64   `json:"draft_updated_at"`        // Unix seconds; null when nothing is staged
	URL                      *string  `json:"url,omitzero"`            // left out for a draft, and while the help center is off
	AudienceIDs              []int64  `json:"audience_ids"`            // audiences it is meant for; empty for everyone
	AIChatbotAvailability    bool     `json:"ai_chatbot_availability"`
	AICopilotAvailability    bool     `json:"ai_copilot_availability"`
	AISalesAgentAvailability bool     `json:"ai_sales_agent_availability"`
	CreatedByID              *int64   `json:"created_by_id"` // ID of an admin
	UpdatedByID              *int64   `json:"updated_by_id"` // ID of an admin
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
	return articleItem(w, h, a, a, base)
}

// FromStagedArticle returns the shape of an article with what is staged in the
// place of what readers see, at the address where they see that.
func FromStagedArticle(w *lectern.Workspace, h *lectern.HelpCenter, a *lectern.Article, base string) ArticleListItem {
	return articleItem(w, h, a.Staged(), a, base)
}

// articleItem returns the shape of article a, whose addresses are those of live.
func articleItem(w *lectern.Workspace, h *lectern.HelpCenter, a, live *lectern.Article, base string) ArticleListItem {
	text := fromArticleText(h, a, live, h.DefaultLocale, base)
	item := ArticleListItem{
		articleHead{ID: format(a.ID), Type: "article", WorkspaceID: w.Code, ParentIDs: make([]ParentRef, len(a.Parents))},
		articleTail{
			Tags:      FromTaggings(a.Tags),
			ContentID: format(a.Text(h).Content), Title: text.Title, Description: text.Description,
			Body: text.Body, BodyMarkdown: text.BodyMarkdown, AuthorID: text.AuthorID, State: text.State,
			CreatedAt: a.CreatedAt.Unix(), UpdatedAt: a.UpdatedAt.Unix(),
			HasUnpublishedChanges: text.HasUnpublishedChanges, DraftUpdatedAt: text.DraftUpdatedAt, URL: text.URL,
			AIChatbotAvailability: text.AIChatbotAvailability, AICopilotAvailability: text.AICopilotAvailability,
			AISalesAgentAvailability: text.AISalesAgentAvailability,
			CreatedByID:              orNull(a.CreatedBy), UpdatedByID: orNull(a.UpdatedBy),
			HelpCenterAudience: "everyone", FolderID: orNull(a.Folder),
		},
	}
	for i, id := range a.Parents {
		item.ParentIDs[i] = ParentRef{int64(id), slices.Contains(a.Nested, id)}
	}
	switch at := a.Schedule.At.Unix(); a.Schedule.State {
	case lectern.Published:
		item.ScheduledPublishAt = &at
	case lectern.Draft:
		item.ScheduledUnpublishAt = &at
	}
	if !h.Multilingual() {
		item.AudienceIDs = text.AudienceIDs
		return item
	}
	item.DefaultLocale = string(h.DefaultLocale)
	texts := Localized[ArticleContent]{Type: "article_translated_content", Texts: map[lectern.Locale]ArticleContent{}}
	for l := range a.Texts {
		texts.Texts[l] = fromArticleText(h, a, live, l, base)
	}
	item.TranslatedContent = &ArticleTranslatedContent{texts}
	return item
}

func fromArticleText(h *lectern.HelpCenter, a, live *lectern.Article, l lectern.Locale, base string) ArticleContent {
	t := a.Texts[l]
	out := ArticleContent{
		Type: "article_content", Title: t.Title, Description: t.Description, Body: t.Body, BodyMarkdown: Markdown(t.Body),
		AuthorID: int64(t.Author), State: string(t.State), CreatedAt: t.CreatedAt.Unix(), UpdatedAt: t.UpdatedAt.Unix(),
		URL: articleURL(base, h, l, live), AudienceIDs: numbers(t.Audiences),
		AIChatbotAvailability: t.Availability.Chatbot, AICopilotAvailability: t.Availability.Copilot,
		AISalesAgentAvailability: t.Availability.SalesAgent,
		CreatedByID:              orNull(t.CreatedBy), UpdatedByID: orNull(t.UpdatedBy),
	}
	if d, staged := a.Drafts[l]; staged {
		out.HasUnpublishedChanges, out.DraftUpdatedAt = true, new(d.UpdatedAt.Unix())
	}
	return out
}

// orNull returns an ID as the number it is on the wire, or nil for none.
func orNull[T ~int64](id T) *int64 {
	if id == 0 {
		return nil
	}
	return new(int64(id))
}

// articleURL returns the address of an article in locale l, or nil where
// readers find none.
func articleURL(base string, h *lectern.HelpCenter, l lectern.Locale, a *lectern.Article) *string {
	t := a.Texts[l]
	if t.State != lectern.Published || !h.WebsiteTurnedOn {
		return nil
	}
	return new(address.Article(base, h, l, a.ID, a.TitleIn(l, h)))
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
