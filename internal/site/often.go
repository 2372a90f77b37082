package site

import (
	"fmt"
	"net/http"

	"lectern"
	"lectern/internal/visitor"
)

// On the home page: fewer phrases than leastOften are no list.
const (
	mostOften  = 6
	leastOften = 4
)

// often lists what readers search for, in their language.
func (s *Site) often(c *call) ([]link, error) {
	if c.center.theme.HideOften {
		return nil, nil
	}
	phrases, err := s.store.OftenSearched(c.Context(), c.visit(), mostOften)
	if err != nil {
		return nil, fmt.Errorf("read what is searched for: %w", err)
	}
	if len(phrases) < leastOften {
		return nil, nil
	}
	list := make([]link, len(phrases))
	for i, p := range phrases {
		list[i] = link{URL: question{phrase: p}.url(c.root + "/" + string(c.locale)), Text: p}
	}
	return list, nil
}

// countSearch counts that a person searched for q: once, not for each page of
// results or each topic.
func (s *Site) countSearch(c *call, q question, found bool) error {
	if q.page > 1 || q.topic != 0 || c.Method != http.MethodGet ||
		visitor.Ahead(c.Header) || visitor.Kind(c.UserAgent()) != lectern.PersonView || !s.limits.LogSearch(c.hall.Client) {
		return nil
	}
	who, err := s.network(c)
	if err != nil {
		return fmt.Errorf("tell visitors apart: %w", err)
	}
	s.store.CountSearch(lectern.Search{
		Workspace: c.center.workspace, HelpCenter: c.center.ID, Locale: c.locale, Source: lectern.SiteSearch,
		Phrase: q.phrase, Found: found, Visitor: who,
	})
	return nil
}
