package site

import (
	"cmp"
	"fmt"
	"html/template"
	"maps"
	"slices"

	"lectern"
	"lectern/internal/i18n"
)

// A fixed phrase was searched for instead of what was typed.
type fixed struct {
	For     template.HTML // "Showing results for customs form"
	Instead string        // "instead of “custms form”."
	AsTyped link
}

// sumOf says how many articles answer a phrase, and how many of them are in
// another language than the page.
func sumOf(c *call, phrase string, all []foundArticle) template.HTML {
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

// correct answers a question that nothing answers as it was typed by what was
// probably meant. It returns what it found, for which phrase, and notes it on
// the page. A question that is to stay as typed is only told what it may mean.
func (s *Site) correct(c *call, q question, p *searchPage) ([]foundArticle, string, error) {
	meant, err := s.store.Suggest(c.Context(), c.house.workspace, lectern.SuggestQuery{
		Phrase: q.phrase, HelpCenter: c.house.ID, Locale: c.locale, Locales: c.shownLocales(), Public: true, Limit: 1,
	})
	if err != nil {
		return nil, "", fmt.Errorf("correct a phrase: %w", err)
	}
	if meant.Phrase == "" || meant.Phrase == q.phrase {
		return nil, q.phrase, nil
	}
	all, err := s.answersTo(c, meant.Phrase)
	if err != nil || len(all) == 0 {
		return nil, q.phrase, err
	}
	if q.exact {
		to := question{phrase: meant.Phrase}.url(p.Home)
		p.Maybe = p.Rich("search.maybe", "word", openLink(to)+html("<b>"+template.HTMLEscapeString(meant.Phrase)+"</b></a>"))
		return nil, q.phrase, nil
	}
	p.Fixed = &fixed{
		For:     p.Rich("search.corrected", "query", meant.Phrase, "b", html("<b>"), "end", html("</b>")),
		Instead: p.T("search.instead", "query", q.phrase),
		AsTyped: link{question{phrase: q.phrase, exact: true}.url(p.Home), p.T("search.as_typed")},
	}
	return all, meant.Phrase, nil
}

// mostElsewhere is how many other languages a page offers.
const mostElsewhere = 3

// findElsewhere leads to what languages that the page does not show have for q,
// those with the most first.
func (s *Site) findElsewhere(c *call, q question) ([]link, error) {
	shown := c.shownLocales()
	others := slices.DeleteFunc(slices.Clone(c.house.Locales), func(l lectern.Locale) bool { return slices.Contains(shown, l) })
	if len(others) == 0 {
		return nil, nil
	}
	search := lectern.SearchQuery{Phrase: q.phrase, HelpCenter: c.house.ID, Locales: others, Public: true, Answered: true, Limit: maxResults}
	hits, _, err := s.store.SearchArticles(c.Context(), c.house.workspace, search)
	if err != nil {
		return nil, fmt.Errorf("search other languages: %w", err)
	}
	count := map[lectern.Locale]int{}
	for _, h := range hits {
		count[h.Locale]++
	}
	best := slices.SortedFunc(maps.Keys(count), func(a, b lectern.Locale) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), i18n.CompareNames(a, b))
	})
	var list []link
	for _, l := range best[:min(len(best), mostElsewhere)] {
		search.Locale, search.Locales, search.Limit = l, []lectern.Locale{l}, 1
		_, n, err := s.store.SearchArticles(c.Context(), c.house.workspace, search)
		if err != nil {
			return nil, fmt.Errorf("search in %s: %w", l, err)
		}
		if n > 0 {
			list = append(list, link{question{phrase: q.phrase}.url(c.root + "/" + string(l)), matchesIn(c, l, n)})
		}
	}
	return list, nil
}
