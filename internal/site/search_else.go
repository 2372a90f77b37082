package site

import (
	"cmp"
	"context"
	"fmt"
	"html/template"
	"maps"
	"slices"
	"time"

	"lectern"
	"lectern/internal/i18n"
	"lectern/internal/kept"
)

// A fixed phrase was searched for instead of what was typed.
type fixed struct {
	For     template.HTML // "Showing results for customs form"
	Instead string        // "instead of “custms form”."
	AsTyped link
}

// sumOf says how many articles answer a phrase, and how many of them are in
// another language than the page; or that none does, but has some of the words.
func sumOf(c *call, phrase string, all []foundArticle) template.HTML {
	if all[0].hit.Partly {
		return c.words.RichN("search.some_words", len(all), "b", html("<b>"), "end", html("</b>"))
	}
	foreign := map[lectern.Locale]int{}
	n := 0
	for _, f := range all {
		if f.Locale != c.locale {
			foreign[f.Locale]++
			n++
		}
	}
	if n == len(all) && len(foreign) == 1 {
		return html(template.HTMLEscapeString(matchesIn(c, all[0].Locale, n)))
	}
	sum := c.words.RichN("search.count", len(all), "query", phrase, "b", html("<b>"), "end", html("</b>"))
	if n == 0 {
		return sum
	}
	return sum + html(template.HTMLEscapeString(c.words.Comma()+c.words.N("search.foreign", n)))
}

// matchesIn says that n articles in l match.
func matchesIn(c *call, l lectern.Locale, n int) string {
	return c.words.N("search.elsewhere", n, "language", c.words.Language(l))
}

// fixedTo says that the results are for a corrected phrase, and leads to those
// for the phrase as it was typed.
func fixedTo(p *searchPage, q question, phrase string) *fixed {
	return &fixed{
		For:     p.Rich("search.corrected", "query", phrase, "b", html("<b>"), "end", html("</b>")),
		Instead: p.T("search.instead", "query", q.phrase),
		AsTyped: link{question{phrase: q.phrase, exact: true}.url(p.Home), p.T("search.as_typed")},
	}
}

// suggestCorrection tells what a question probably means that nothing answers
// as it was typed.
func (s *Site) suggestCorrection(c *call, q question, p *searchPage) error {
	q.exact = false
	all, err := s.answersTo(c, q)
	if err != nil || len(all) == 0 || all[0].hit.Meant == "" {
		return err
	}
	to := question{phrase: all[0].hit.Meant}.url(p.Home)
	p.Maybe = p.Rich("search.maybe", "word", openLink(to)+html("<b>"+template.HTMLEscapeString(all[0].hit.Meant)+"</b></a>"))
	return nil
}

// mostElsewhere is how many other languages a page offers.
const mostElsewhere = 3

// findElsewhere leads to what languages that the page does not show have for q,
// those with the most first.
func (s *Site) findElsewhere(c *call, q question) ([]link, error) {
	shown := c.shownLocales()
	others := slices.DeleteFunc(slices.Clone(c.center.Locales), func(l lectern.Locale) bool { return slices.Contains(shown, l) })
	if len(others) == 0 {
		return nil, nil
	}
	count, err := s.countElsewhere(c, q, others)
	if err != nil {
		return nil, err
	}
	best := slices.SortedFunc(maps.Keys(count), func(a, b lectern.Locale) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), i18n.CompareNames(a, b))
	})
	var list []link
	for _, l := range best[:min(len(best), mostElsewhere)] {
		list = append(list, link{question{phrase: q.phrase}.url(c.root + "/" + string(l)), matchesIn(c, l, count[l])})
	}
	return list, nil
}

// A missKey is what the answers in other languages follow from, beside the
// content.
type missKey struct {
	center lectern.HelpCenterID
	stamp  uint64 // of the help center
	locale lectern.Locale
	phrase string
	exact  bool
}

// countElsewhere counts the answers to q in other languages. The counts are kept
// as pages are, for many readers miss the same.
func (s *Site) countElsewhere(c *call, q question, others []lectern.Locale) (map[lectern.Locale]int, error) {
	key := missKey{c.center.ID, c.center.stamp, c.locale, q.phrase, q.exact}
	found, err := s.misses.Make(c.Context(), key, kept.Recipe[*miss]{
		Stamp: func() uint64 { return s.stampOf(c) },
		Fresh: func(m *miss) bool { return s.now().Before(m.until) },
		Make: func(ctx context.Context) (*miss, int, error) {
			count, err := s.store.CountAnswers(ctx, c.center.workspace, lectern.SearchQuery{
				Phrase: q.phrase, HelpCenter: c.center.ID, Locales: others, AsTyped: q.exact,
			})
			if err != nil {
				return nil, kept.None, fmt.Errorf("search in other languages: %w", err)
			}
			return &miss{count, s.now().Add(keepShort)}, 512 + len(q.phrase), nil
		},
	})
	if err != nil {
		return nil, err
	}
	return found.count, nil
}

// A miss tells in how many articles of other languages something was found.
// Nobody may change it.
type miss struct {
	count map[lectern.Locale]int
	until time.Time
}
