package find

import (
	"cmp"
	"context"
	"slices"

	"lectern"
	"lectern/internal/search"
	"lectern/internal/store/db"
)

// maxCounted is in how many languages answers are counted: each takes a search.
const maxCounted = 6

// CountAnswers counts the articles that answer a phrase by language. See
// lectern.SearchStore. Each of the query's locales is there once.
func (f *Finder) CountAnswers(ctx context.Context, ws lectern.WorkspaceID, q lectern.SearchQuery) (map[lectern.Locale]int, error) {
	q.States = []lectern.State{lectern.Published}
	q.Public, q.Answered, q.Offset, q.Limit = true, true, 0, 0
	vector := f.Vector(ctx, q.Phrase)
	var counts map[lectern.Locale]int
	cold := map[lectern.Locale]bool{}
	err := f.Read(ctx, "count answers", func(c db.Conn) error {
		counts = map[lectern.Locale]int{}
		s, err := f.searchingArticles(c, ws, q)
		if err != nil {
			return err
		}
		s.space, s.vector = f.meanings.space(ws), vector
		likely, err := s.likely(cold, func(l lectern.Locale) (bool, error) {
			ids, err := f.visible.in(c, visibleKey{ws, q.HelpCenter, true, l})
			return len(ids) > 0, err
		})
		if err != nil {
			return err
		}
		for _, l := range likely {
			one := *s
			one.caller, one.locales = l, []lectern.Locale{l}
			_, n, err := one.run()
			if err != nil {
				return err
			}
			if n > 0 && !one.partly {
				counts[l] = n
			}
		}
		return nil
	})
	return counts, err
}

// likely returns the locales in which answers are to be counted: of those with
// texts that may be shown the ones that know most words of the phrase, and of
// these the ones where the words are in most texts. To tell takes a glance at
// the words in memory. Of the locales that are not in memory, some with the most
// texts are read; the others are read soon, for the next who asks.
// Cold notes which are read now, for when this is called again.
func (s *searching) likely(cold map[lectern.Locale]bool, visible func(lectern.Locale) (bool, error)) ([]lectern.Locale, error) {
	stats, err := s.stats()
	if err != nil {
		return nil, err
	}
	locales := slices.Clone(s.locales)
	slices.SortFunc(locales, func(a, b lectern.Locale) int {
		return cmp.Or(cmp.Compare(stats[b].Docs, stats[a].Docs), cmp.Compare(a, b))
	})
	familiar, groups := map[lectern.Locale]search.Familiarity{}, groupsOf(s.kinds, s.states)
	for _, l := range locales {
		key := indexKey{s.ws, l}
		if stats[l].Docs == 0 {
			continue
		}
		if !s.indexes.has(key, stats[l].event) {
			if len(cold) == maxCounted && !cold[l] {
				continue
			}
			cold[l] = true
		}
		words, index, err := s.indexes.open(s, key, stats[l].event)
		if err != nil {
			return nil, err
		}
		familiar[l] = search.FamiliarityOf(l, s.phrase, words, func(hash uint32) int64 { return index.Frequency(groups, hash) })
	}
	locales = slices.DeleteFunc(locales, func(l lectern.Locale) bool { _, ok := familiar[l]; return !ok })
	slices.SortStableFunc(locales, func(a, b lectern.Locale) int {
		return cmp.Or(cmp.Compare(familiar[b].Known, familiar[a].Known), cmp.Compare(familiar[b].Likely, familiar[a].Likely))
	})
	var likely []lectern.Locale
	for _, l := range locales {
		shown, err := visible(l)
		if err != nil {
			return nil, err
		}
		if shown {
			likely = append(likely, l)
		}
		if len(likely) == maxCounted {
			break
		}
	}
	return likely, nil
}
