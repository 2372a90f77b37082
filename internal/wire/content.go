package wire

import "lectern"

// A ContentSearchResponse is a page of content of every kind, best first.
type ContentSearchResponse struct {
	Type       string                `json:"type" enum:"list"`
	TotalCount int                   `json:"total_count"` // found on all pages
	Pages      ContentSearchPages    `json:"pages"`
	Data       []ContentSearchResult `json:"data"`
}

// ContentSearchPages says which page of the results an answer holds.
type ContentSearchPages struct {
	Type       string  `json:"type" enum:"pages"`
	Page       int     `json:"page"` // counted from 1
	PerPage    int     `json:"per_page"`
	TotalPages int     `json:"total_pages"`
	Next       *string `json:"next"` // URL of the next page; null on the last
	Prev       *string `json:"prev"` // URL of the page before; null on the first
}

// A ContentSearchResult is a piece of content that was found.
type ContentSearchResult struct {
	Type     string                            `json:"type" enum:"article,internal_article,content_snippet,external_content"`
	ID       string                            `json:"id" example:"1042"`
	Title    string                            `json:"title"`             // of an article: in the default locale of its help center
	Contents []ContentSearchArticleContentItem `json:"contents,omitzero"` // of an article: its text in each locale
}

// A ContentSearchArticleContentItem is an article in one locale.
type ContentSearchArticleContentItem struct {
	Type   string `json:"type" enum:"article_content"`
	ID     string `json:"id" example:"1043"` // the content_id of the text
	Title  string `json:"title"`
	Locale string `json:"locale" example:"en"`
}

// FromContent returns the shape of what was found.
func FromContent(c lectern.Content) ContentSearchResult {
	out := ContentSearchResult{Type: string(c.Kind), ID: format(c.ID), Title: c.Title}
	for _, t := range c.Texts {
		out.Contents = append(out.Contents, ContentSearchArticleContentItem{"article_content", format(t.ID), t.Title, string(t.Locale)})
	}
	return out
}
