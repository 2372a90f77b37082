package store

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"lectern"
	"lectern/internal/search"
	"lectern/internal/store/db"
)

const (
	// oftenFor is how old an answer of OftenSearched may be.
	oftenFor = 5 * time.Minute
	// maxOften is how many answers are kept.
	maxOften = 4096
	// oftenCandidates is how many phrases are tried for each that is shown.
	oftenCandidates = 4
	// oftenTitles is how many of the articles that a phrase finds may hold its
	// words in their title.
	oftenTitles = 10
)

// oftenCache keeps what is searched for often.
type oftenCache struct {
	mu      sync.Mutex
	turn    int // counts what forget was told of
	answers map[oftenKey]oftenAnswer
}

type oftenKey struct {
	lectern.Visit
	n int
}

type oftenAnswer struct {
	at      time.Time
	phrases []string
}

// forget drops what events may have changed: what operators approved or hid.
func (o *oftenCache) forget(events []lectern.Event) {
	for _, e := range events {
		switch e.Kind {
		case lectern.SearchRuleCreated, lectern.SearchRuleUpdated, lectern.SearchRuleDeleted:
			o.mu.Lock()
			o.turn++
			o.answers = nil
			o.mu.Unlock()
			return
		}
	}
}

// OftenSearched returns what readers search for most. See
// lectern.SearchLogStore.
func (d *DB) OftenSearched(ctx context.Context, v lectern.Visit, n int) ([]string, error) {
	now, key, cache := d.now(), oftenKey{v, n}, &d.searches.often
	cache.mu.Lock()
	known, ok := cache.answers[key]
	turn := cache.turn
	cache.mu.Unlock()
	if ok && now.Sub(known.at) < oftenFor {
		return slices.Clone(known.phrases), nil
	}
	phrases, err := d.often(ctx, v, n, lectern.DayOf(now))
	if err != nil {
		return nil, err
	}
	cache.mu.Lock()
	defer cache.mu.Unlock()
	if turn != cache.turn {
		return phrases, nil
	}
	if cache.answers == nil || len(cache.answers) >= maxOften {
		cache.answers = map[oftenKey]oftenAnswer{}
	}
	cache.answers[key] = oftenAnswer{now, phrases}
	return slices.Clone(phrases), nil
}

// often reads what readers of many networks search for most, on several days,
// and leaves out what nobody should be shown and what finds nothing.
func (d *DB) often(ctx context.Context, v lectern.Visit, n int, today lectern.Day) (phrases []string, err error) {
	var candidates []string
	var rules []*localeRules
	err = d.db.Read(ctx, "read what is searched for", func(c db.Conn) error {
		book, err := d.rules.in(c, v.Workspace)
		if err != nil {
			return err
		}
		rules = book.of(v.HelpCenter, v.Locale)
		candidates, err = db.All(c, db.Scalar[string], `
			SELECT phrase FROM search_day
			WHERE workspace_id = $1 AND day > $2 AND day <= $3 AND help_center_id = $4 AND locale = $5 AND source = $6
			GROUP BY phrase
			HAVING sum(CASE WHEN people >= $7 THEN 1 ELSE 0 END) >= $8 AND sum(searches) > sum(unanswered)
			ORDER BY sum(people) DESC, sum(searches) DESC, phrase LIMIT $9`,
			v.Workspace, today-lectern.OftenDays, today, v.HelpCenter, v.Locale, lectern.SiteSearch,
			lectern.OftenNetworks, lectern.OftenOnDays, oftenCandidates*n)
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, p := range candidates {
		if len(phrases) == n {
			break
		}
		if isHidden(v.Locale, p, rules) {
			continue
		}
		hits, _, err := d.SearchArticles(ctx, v.Workspace, lectern.SearchQuery{
			Phrase: p, HelpCenter: v.HelpCenter, Locale: v.Locale, Locales: []lectern.Locale{v.Locale}, Public: true, Answered: true, Limit: oftenTitles,
		})
		if err != nil {
			return nil, err
		}
		if len(hits) > 0 && (isApproved(v.Locale, p, rules) || slices.ContainsFunc(hits, func(h lectern.Hit) bool {
			return titleHolds(v.Locale, h.Article.Texts[v.Locale].Title, p)
		})) {
			phrases = append(phrases, p)
		}
	}
	return phrases, nil
}

// isHidden reports whether a rule hides a phrase: one that has all words of the
// rule's, and perhaps more.
func isHidden(l lectern.Locale, phrase string, rules []*localeRules) bool {
	for _, x := range rules {
		if len(x.hidden) == 0 {
			continue
		}
		has := strings.Split(pinKey(l, phrase, x.keep), " ")
		for _, terms := range x.hidden {
			if len(terms) > 0 && !slices.ContainsFunc(terms, func(t string) bool { return !slices.Contains(has, t) }) {
				return true
			}
		}
		if slices.Contains(x.hiddenAs, strings.ToLower(phrase)) {
			return true
		}
	}
	return false
}

// isApproved reports whether a rule approves a phrase: these words and no
// others, as they are written.
func isApproved(l lectern.Locale, phrase string, rules []*localeRules) bool {
	return slices.ContainsFunc(rules, func(x *localeRules) bool { return slices.Contains(x.approved, phrase) })
}

// titleHolds reports whether all of a phrase stands in a title: each word, in
// whatever form, but for those that say little; and each sign.
func titleHolds(l lectern.Locale, title, phrase string) bool {
	whole := search.ParseQuery(l, phrase, search.Options{})
	if len(whole.Terms) == 0 {
		return false
	}
	terms := search.Index(l, search.Document{Title: title}).Terms()
	plain := strings.ToLower(title)
	for w := range strings.FieldsSeq(phrase) {
		q := search.ParseQuery(l, w, search.Options{})
		switch {
		case len(q.Terms) == 0 && len(q.Minor) == 0:
			if !strings.Contains(plain, w) {
				return false
			}
		case slices.ContainsFunc(q.Terms, func(t string) bool { return !slices.Contains(whole.Minor, t) && !slices.Contains(terms, t) }):
			return false
		}
	}
	for _, r := range phrase {
		if !unicode.In(r, unicode.L, unicode.N, unicode.M) && !unicode.IsSpace(r) && !strings.ContainsRune(plain, r) {
			return false
		}
	}
	return true
}
