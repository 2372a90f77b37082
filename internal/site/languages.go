package site

import (
	"cmp"
	"slices"

	"lectern"
	"lectern/internal/i18n"
)

// A languageLink is an entry of the language menu.
type languageLink struct {
	Locale  lectern.Locale
	Name    string // in the language itself
	URL     string
	Current bool
	Shown   string // in which other language the page is shown there; empty if it is in this one
}

// An alternate is the address of the same page in another language.
type alternate struct{ Lang, URL string }

// Current is the name of the page's language.
func (f *frame) Current() string { return i18n.Name(lectern.Locale(f.Tag())) }

// languages lists the help center's languages for the menu, by their names,
// first those that the page is there in: those of names, or all if that is nil.
// at returns its path in each.
func languages(c *call, names []lectern.LocaleName, shown lectern.Locale, at func(lectern.Locale) string) []languageLink {
	if len(c.center.Locales) < 2 {
		return nil
	}
	var list []languageLink
	for _, l := range c.center.Locales {
		e := languageLink{Locale: l, Name: i18n.Name(l), URL: at(l), Current: l == c.locale}
		if names != nil && nameIn(names, l) == "" {
			e.Shown = c.words.T("language.in", "language", c.words.Language(shown))
		}
		list = append(list, e)
	}
	slices.SortFunc(list, func(a, b languageLink) int {
		return cmp.Or(cmp.Compare(len(a.Shown), len(b.Shown)), i18n.CompareNames(a.Locale, b.Locale))
	})
	return list
}

// nameIn is what something is called in l; empty if it is not there in l.
func nameIn(names []lectern.LocaleName, l lectern.Locale) string {
	for _, n := range names {
		if n.Locale == l {
			return n.Name
		}
	}
	return ""
}

// setPlace says where else the page of something stands that is there in the
// languages of names, and is shown in one of them. at returns its path in a
// language under a name; title is the name it is shown by.
func (f *frame) setPlace(c *call, names []lectern.LocaleName, shown lectern.Locale, at func(lectern.Locale, string) string, title string) {
	fallback := cmp.Or(nameIn(names, c.center.DefaultLocale), title)
	f.Languages = languages(c, names, c.center.DefaultLocale, func(l lectern.Locale) string {
		return at(l, cmp.Or(nameIn(names, l), fallback))
	})
	f.address(c, at(shown, cmp.Or(nameIn(names, shown), title))[len(c.root):])
	for _, n := range names {
		f.addAlternate(c, n.Locale, at(n.Locale, n.Name)[len(c.root):])
	}
}

// address sets the one address of what the page shows, a path within the help
// center.
func (f *frame) address(c *call, path string) { f.Canonical = escaped(c.canonical(path)) }

// addAlternate notes the page's path in a language. That of the default one is
// for readers of any other language, too.
func (f *frame) addAlternate(c *call, l lectern.Locale, path string) {
	at := escaped(c.canonical(path))
	f.Alternates = append(f.Alternates, alternate{string(l), at})
	if l == c.center.DefaultLocale {
		f.Alternates = append(f.Alternates, alternate{"x-default", at})
	}
}
