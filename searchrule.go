package lectern

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// A SearchRule is what the operator of a help center tells the search about the
// words of one language. It acts on every search for articles of the help
// center; a search of all help centers heeds the rules of all.
//
// A phrase of a rule stands for all that has the same words: whatever their
// order and their forms are, and whatever words that say little stand between.
type SearchRule struct {
	ID         SearchRuleID
	HelpCenter HelpCenterID
	Locale     Locale
	Kind       SearchRuleKind
	// Phrases are what the rule is about: for SynonymRule words and phrases that
	// mean the same, for PinRule phrases that are looked for, for KeepRule words
	// that count although they say little in most texts, for ApprovedRule
	// searches that others may be shown although they are no words of a title, for
	// HiddenRule words that no search has that others are shown.
	Phrases []string
	// Finds are words and phrases that are found as well where one of Phrases is
	// looked for, and not the other way around; only of a SynonymRule. Without
	// them each of Phrases stands for the others.
	Finds []string
	// Articles are shown first, in this order, where one of Phrases is all that
	// is looked for; only of a PinRule. Those that cannot be shown are passed
	// over, those that are deleted go.
	Articles  []ArticleID
	CreatedAt time.Time
	UpdatedAt time.Time
}

// A SearchRuleKind says what a SearchRule does.
type SearchRuleKind string

const (
	SynonymRule SearchRuleKind = "synonyms"
	PinRule     SearchRuleKind = "pinned"
	KeepRule    SearchRuleKind = "kept_words"
	// What the home page shows as often searched, see
	// SearchLogStore.OftenSearched. They change no search.
	ApprovedRule SearchRuleKind = "approved_searches"
	HiddenRule   SearchRuleKind = "hidden_searches"
)

// SearchRuleKinds lists the kinds.
var SearchRuleKinds = []SearchRuleKind{SynonymRule, PinRule, KeepRule, ApprovedRule, HiddenRule}

// Limits of search rules.
const (
	MaxSearchRules = 2000 // of a help center
	MaxRulePhrases = 20   // of a rule, and as many that it finds
	MaxRulePhrase  = 100  // characters
	MaxPinned      = 10   // articles of a rule
)

// Check brings r into its normal form: phrases without the spaces around and
// between their words that say nothing, each once. It returns Invalid for what a
// rule cannot be. Whether the articles exist is for the store to say.
func (r *SearchRule) Check() error {
	if !slices.Contains(Locales, r.Locale) {
		return Invalidf("locale", "%s is not a supported locale", r.Locale)
	}
	if !slices.Contains(SearchRuleKinds, r.Kind) {
		return Invalidf("kind", "kind must be synonyms, pinned, kept_words, approved_searches or hidden_searches")
	}
	var err error
	if r.Phrases, err = checkPhrases("phrases", r.Phrases); err != nil {
		return err
	}
	if r.Finds, err = checkPhrases("finds", r.Finds); err != nil {
		return err
	}
	r.Articles = unique(r.Articles)
	switch {
	case len(r.Phrases) == 0:
		return Invalidf("phrases", "phrases must not be empty")
	case r.Kind != SynonymRule && len(r.Finds) > 0:
		return Invalidf("finds", "finds is for synonyms only")
	case r.Kind != PinRule && len(r.Articles) > 0:
		return Invalidf("article_ids", "article_ids is for pinned answers only")
	case r.Kind == SynonymRule && len(r.Phrases)+len(r.Finds) < 2:
		return Invalidf("phrases", "phrases must have two entries, or finds one")
	case r.Kind == PinRule && len(r.Articles) == 0:
		return Invalidf("article_ids", "article_ids must not be empty")
	case len(r.Articles) > MaxPinned:
		return Invalidf("article_ids", "article_ids has more than %d entries", MaxPinned)
	}
	if r.Kind == KeepRule {
		for i, w := range r.Phrases {
			if strings.Contains(w, " ") {
				return Invalidf("phrases", "phrases[%d] must be one word", i)
			}
		}
	}
	return nil
}

// checkPhrases returns the normal form of a list of phrases.
func checkPhrases(field string, list []string) ([]string, error) {
	if len(list) > MaxRulePhrases {
		return nil, Invalidf(field, "%s has more than %d entries", field, MaxRulePhrases)
	}
	var out []string
	for i, p := range list {
		at := field + "[" + strconv.Itoa(i) + "]"
		if !utf8.ValidString(p) {
			return nil, Invalidf(at, "%s must be UTF-8", at)
		}
		p = strings.Join(strings.Fields(p), " ")
		if p == "" {
			return nil, Invalidf(at, "%s must not be blank", at)
		}
		if err := checkLine(&p, at, MaxRulePhrase); err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(out, func(q string) bool { return strings.EqualFold(p, q) }) {
			out = append(out, p)
		}
	}
	return out, nil
}

// A SearchRuleQuery asks for the rules of a help center, in the order of their
// IDs.
type SearchRuleQuery struct {
	HelpCenter HelpCenterID
	Locale     Locale         // empty for any
	Kind       SearchRuleKind // empty for any
	Offset     int
	Limit      int // zero for no limit
}

// A SearchRuleStore keeps the rules of searching. The next search heeds a change.
type SearchRuleStore interface {
	// SearchRules returns a page of the rules of a help center and their exact
	// number. It returns NotFound when there is no such help center.
	SearchRules(ctx context.Context, ws WorkspaceID, q SearchRuleQuery) ([]*SearchRule, int, error)
	// SearchRule finds one of a help center. It returns NotFound.
	SearchRule(ctx context.Context, ws WorkspaceID, h HelpCenterID, id SearchRuleID) (*SearchRule, error)
	// AddSearchRule adds a rule; its ID and times are given by the store. It
	// returns NotFound when there is no such help center, and Invalid for what a
	// rule cannot be, for an article that is not in the help center, and for more
	// than MaxSearchRules.
	AddSearchRule(ctx context.Context, by Actor, r SearchRule) (*SearchRule, error)
	// UpdateSearchRule reads a rule, hands it to change and stores what change
	// left, in one transaction; ID, help center and times stay. It may call
	// change again after a lost race, so change touches nothing else. It returns
	// NotFound, Invalid as AddSearchRule does, or what change returned.
	UpdateSearchRule(ctx context.Context, by Actor, h HelpCenterID, id SearchRuleID, change func(*SearchRule) error) (*SearchRule, error)
	// DeleteSearchRule removes a rule of a help center. It returns NotFound.
	DeleteSearchRule(ctx context.Context, by Actor, h HelpCenterID, id SearchRuleID) error
}
