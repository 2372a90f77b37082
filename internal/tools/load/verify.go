package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"lectern"
	"lectern/internal/richtext"
)

// verify reads every item back, compares its bodies with what was sent and
// searches each of its titles.
func (l *loader) verify(ctx context.Context, files []string, p *progress) error {
	return l.each(ctx, files, p, l.verifyItem)
}

func (l *loader) verifyItem(ctx context.Context, it item) error {
	id := l.state.of(it.id).article
	if id == "" {
		return errors.New("was never loaded")
	}
	a, err := l.api.article(ctx, id)
	if err != nil {
		return fmt.Errorf("read article %s: %w", id, err)
	}
	contents, err := a.contents()
	if err != nil {
		return err
	}
	contents[string(l.locale)] = content{Title: a.Title, Body: a.Body}
	for locale, t := range it.texts {
		if err := l.compare(it, id, locale, t, contents[string(locale)]); err != nil {
			return err
		}
		if err := l.searchTitle(ctx, it, id, locale, title(t)); err != nil {
			return err
		}
	}
	return nil
}

// compare checks one locale's title and the words of its body.
func (l *loader) compare(it item, id string, locale lectern.Locale, t text, got content) error {
	if got.Title != title(t) {
		return fmt.Errorf("article %s has the title %q in %s, not %q", id, got.Title, locale, title(t))
	}
	sent, err := t.html()
	if err != nil {
		return err
	}
	want, have := words(sent), words(got.Body)
	l.report.count(func() {
		l.report.checked++
		if want != have {
			l.report.changed = append(l.report.changed, fmt.Sprintf("%s %s (article %s): %s", it.id, locale, id, difference(want, have)))
		}
	})
	return nil
}

// words is the text of HTML without white space, which may change at the edges
// of blocks without changing what is said.
func words(html string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, richtext.Text(html))
}

// difference shows where two texts part.
func difference(want, have string) string {
	w, h := []rune(want), []rune(have)
	i := 0
	for i < min(len(w), len(h)) && w[i] == h[i] {
		i++
	}
	cut := func(r []rune) string { return string(r[max(0, i-15):min(len(r), i+25)]) }
	return fmt.Sprintf("sent …%s…, read …%s…", cut(w), cut(h))
}

// searchTitle checks that a search for the title finds the article among the
// first ten.
func (l *loader) searchTitle(ctx context.Context, it item, id string, locale lectern.Locale, title string) error {
	hits, err := l.api.search(ctx, title, 10)
	if err != nil {
		return fmt.Errorf("search %q: %w", title, err)
	}
	found := slices.ContainsFunc(hits, func(a article) bool { return a.ID == id })
	shadowed := false
	if !found && len(hits) == 10 {
		if shadowed, err = allNamed(hits, title); err != nil {
			return err
		}
	}
	l.report.count(func() {
		l.report.searches++
		miss := fmt.Sprintf("%s %s (article %s): %q", it.id, locale, id, title)
		switch {
		case found:
		case shadowed:
			l.report.shadowed = append(l.report.shadowed, miss)
		default:
			l.report.notFound = append(l.report.notFound, miss)
		}
	})
	return nil
}

// allNamed reports whether every article has that title in one of its locales.
func allNamed(articles []article, title string) (bool, error) {
	for _, a := range articles {
		contents, err := a.contents()
		if err != nil {
			return false, err
		}
		contents[""] = content{Title: a.Title}
		if !slices.ContainsFunc(slices.Collect(maps.Values(contents)), func(c content) bool { return c.Title == title }) {
			return false, nil
		}
	}
	return true, nil
}
