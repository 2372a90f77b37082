package find

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
		if e.Concerns(lectern.AboutSearchRules) {
			o.mu.Lock()
			o.turn++
			o.answers = nil
			o.mu.Unlock()
			return
		}
	}
}

// clear drops all: see Finder.Clear.
func (o *oftenCache) clear() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.turn++
	o.answers = nil
}

// OftenSearched returns what readers search for most. See
// lectern.SearchLogStore.
func (f *Finder) OftenSearched(ctx context.Context, v lectern.Visit, n int) ([]string, error) {
	now, key, cache := f.o.Now(), oftenKey{v, n}, &f.often
	cache.mu.Lock()
	known, ok := cache.answers[key]
	turn := cache.turn
	cache.mu.Unlock()
	if ok && now.Sub(known.at) < oftenFor {
		return slices.Clone(known.phrases), nil
	}
	phrases, err := f.readOften(ctx, v, n, lectern.DayOf(now))
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

// readOften reads what readers of many networks search for most, on several days,
// and leaves out what nobody should be shown and what finds nothing.
func (f *Finder) readOften(ctx context.Context, v lectern.Visit, n int, today lectern.Day) (phrases []string, err error) {
	var candidates []string
	var rules []*localeRules
	err = f.db.Read(ctx, "read what is searched for", func(c db.Conn) error {
		set, err := f.rules.in(c, v.Workspace)
		if err != nil {
			return err
		}
		rules = set.of(v.HelpCenter, v.Locale)
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
		titles, err := f.titlesOfAnswers(ctx, v, p)
		if err != nil {
			return nil, err
		}
		if len(titles) > 0 && (isApproved(v.Locale, p, rules) || slices.ContainsFunc(titles, func(t lectern.TitleSuggestion) bool {
			return titleHolds(v.Locale, t.Title, p)
		})) {
			phrases = append(phrases, p)
		}
	}
	return phrases, nil
}

// titlesOfAnswers returns the titles of the best answers to a phrase.
func (f *Finder) titlesOfAnswers(ctx context.Context, v lectern.Visit, phrase string) (titles []lectern.TitleSuggestion, err error) {
	vector := f.Vector(ctx, phrase)
	err = f.Read(ctx, "search articles", func(c db.Conn) error {
		s, err := f.searchingArticles(c, v.Workspace, lectern.SearchQuery{
			Phrase: phrase, States: []lectern.State{lectern.Published}, HelpCenter: v.HelpCenter,
			Locale: v.Locale, Locales: []lectern.Locale{v.Locale}, Public: true, Answered: true, Limit: oftenTitles,
		})
		if err != nil {
			return err
		}
		s.space, s.vector = f.meanings.space(v.Workspace), vector
		page, _, err := s.run()
		if err != nil {
			return err
		}
		titles, err = s.titlesOf(page)
		return err
	})
	return titles, err
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
