package wire

import "lectern"

// A SearchRule tells the search of a help center about the words of one language.
type SearchRule struct {
	ID           string                 `json:"id" example:"1042"`
	Type         string                 `json:"type" enum:"search_rule"`
	HelpCenterID string                 `json:"help_center_id"`
	Kind         lectern.SearchRuleKind `json:"kind" enum:"synonyms,pinned,kept_words,approved_searches,hidden_searches"`
	Locale       lectern.Locale         `json:"locale"`
	Phrases      []string               `json:"phrases"`     // words and phrases that mean the same, phrases that are looked for, words that count although they say little, searches that the home page may show as often searched, or words of searches that it must not show
	Finds        []string               `json:"finds"`       // synonyms: found as well where one of phrases is looked for, and not the other way around; if there are none, each of phrases stands for the others
	ArticleIDs   []string               `json:"article_ids"` // pinned: shown first, in this order, where one of phrases is all that is looked for
	CreatedAt    int64                  `json:"created_at"`  // Unix seconds
	UpdatedAt    int64                  `json:"updated_at"`  // Unix seconds
}

// FromSearchRule returns the shape of a rule.
func FromSearchRule(r *lectern.SearchRule) SearchRule {
	out := SearchRule{
		ID: format(r.ID), Type: "search_rule", HelpCenterID: format(r.HelpCenter), Kind: r.Kind, Locale: r.Locale,
		Phrases: append([]string{}, r.Phrases...), Finds: append([]string{}, r.Finds...), ArticleIDs: make([]string, len(r.Articles)),
		CreatedAt: r.CreatedAt.Unix(), UpdatedAt: r.UpdatedAt.Unix(),
	}
	for i, id := range r.Articles {
		out.ArticleIDs[i] = format(id)
	}
	return out
}

// A SearchRuleList is a page of search rules.
type SearchRuleList struct {
	Type       string       `json:"type" enum:"list"`
	Data       []SearchRule `json:"data"`
	TotalCount int          `json:"total_count"` // rules on all pages
	Pages      Pages        `json:"pages"`
}

// CreateSearchRuleRequest asks for a new search rule.
type CreateSearchRuleRequest struct {
	Kind       Opt[string]   `json:"kind" required:"true" enum:"synonyms,pinned,kept_words,approved_searches,hidden_searches"`
	Locale     Opt[string]   `json:"locale" required:"true" example:"en"`
	Phrases    Opt[[]string] `json:"phrases" required:"true"` // at most 20, of at most 100 characters each
	Finds      Opt[[]string] `json:"finds"`                   // at most 20, of synonyms only
	ArticleIDs Opt[[]ID]     `json:"article_ids"`             // at most 10 articles of the help center, of pinned answers only
}

// UpdateSearchRuleRequest changes a search rule. What it leaves out stays as it is.
type UpdateSearchRuleRequest struct {
	Kind       Opt[string]   `json:"kind" enum:"synonyms,pinned,kept_words,approved_searches,hidden_searches"`
	Locale     Opt[string]   `json:"locale"`
	Phrases    Opt[[]string] `json:"phrases"`     // at most 20, of at most 100 characters each
	Finds      Opt[[]string] `json:"finds"`       // at most 20, of synonyms only
	ArticleIDs Opt[[]ID]     `json:"article_ids"` // at most 10 articles of the help center, of pinned answers only
}

// Apply sets what the request names.
func (r UpdateSearchRuleRequest) Apply(x *lectern.SearchRule) error {
	if r.Kind.Set {
		x.Kind = lectern.SearchRuleKind(r.Kind.Value)
	}
	if r.Locale.Set {
		l, ok := lectern.ParseLocale(r.Locale.Value)
		if !ok {
			return lectern.UnknownLocale("locale", r.Locale.Value)
		}
		x.Locale = l
	}
	if r.Phrases.Set {
		x.Phrases = r.Phrases.Value
	}
	if r.Finds.Set {
		x.Finds = r.Finds.Value
	}
	if r.ArticleIDs.Set {
		x.Articles = ids[lectern.ArticleID](r.ArticleIDs)
	}
	return nil
}
