package site_test

import (
	"slices"
	"testing"

	"lectern"
)

func TestLanguagesAreListedByNameTheTranslatedFirst(t *testing.T) {
	l := openLibrary(t)
	l.speak("zh-CN", "sv", "he", "cs", "de", "ar", "ru")
	id := l.article("A label", l.start, l.in("cs", "Štítek", lectern.Published), l.in("ar", "ملصق", lectern.Published))
	for at, want := range map[string][]string{
		"/help/en":                {"Čeština", "Deutsch", "English", "Svenska", "Русский", "עברית", "العربية", "简体中文"},
		"/help/en/search?q=label": {"Čeština", "Deutsch", "English", "Svenska", "Русский", "עברית", "العربية", "简体中文"},
		l.at("en", id, "a-label"): {"Čeština", "English", "العربية", "Deutschin English", "Svenskain English", "Русскийin English", "עבריתin English", "简体中文in English"},
		l.at("de", id, "a-label"): {"Čeština", "English", "العربية", "Deutsch", "Svenskaauf Englisch", "Русскийauf Englisch", "עבריתauf Englisch", "简体中文auf Englisch"},
	} {
		if got := l.read(200, at).texts(".langs .pop a"); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", at, got, want)
		}
	}
}

func TestArticlesInALanguageAreOfferedWhereThereAreSome(t *testing.T) {
	l := openLibrary(t)
	l.speak("de", "fr")
	others := func(locale string) []string {
		return l.read(200, l.at(locale, l.second, "refund-a-label")).texts(".notice .opts a")
	}
	if got := others("de"); !slices.Equal(got, []string{"Auf Englisch weiterlesen", "Alle Artikel auf Deutsch in „Getting started“"}) {
		t.Errorf("in German: %q", got)
	}
	if got := others("fr"); len(got) != 1 {
		t.Errorf("in French, in which there is nothing: %q", got)
	}
	draft := l.article("Only a draft", l.start, l.in("fr", "Un brouillon", lectern.Draft))
	if got := others("fr"); len(got) != 1 {
		t.Errorf("in French, in which there is a draft: %q", got)
	}
	if _, err := l.store.UpdateArticle(t.Context(), l.by, draft, &lectern.ArticleEdit{Texts: map[lectern.Locale]lectern.ArticleTextEdit{
		"fr": {State: new(lectern.Published)}}}, nil); err != nil {
		t.Fatal(err)
	}
	if got := others("fr"); len(got) != 2 {
		t.Errorf("in French, in which there is one now: %q", got)
	}
}

func TestAClosedHelpCenterGivesTheAddressToWriteTo(t *testing.T) {
	l := openLibrary(t)
	l.change(func(h *lectern.HelpCenter) { h.WebsiteTurnedOn = false })
	for url, want := range map[string]string{
		"mailto:help@example.com?subject=Hello": "help@example.com", "mailto:caf%C3%A9@example.com": "café@example.com",
		"tel:+49301234567": "+49301234567", "https://example.com/contact/": "example.com/contact", "/contact": "Write to us",
	} {
		_, _, err := l.store.UpdateSite(t.Context(), l.by, l.home.ID, nil, func(_ *lectern.HelpCenter, theme *lectern.Theme) error {
			theme.Texts = map[lectern.Locale]lectern.ThemeText{"en": {Contact: &lectern.Contact{Link: lectern.Link{Label: "Write to us", URL: url}}}}
			return nil
		})
		l.must(err)
		p := l.read(404, "/help/en")
		if got := p.texts("main a"); !slices.Equal(got, []string{want}) {
			t.Errorf("%s: it says to write to %q, want %q", url, got, want)
		}
		if got := p.values("main a", "href"); !slices.Equal(got, []string{url}) {
			t.Errorf("%s leads to %q", url, got)
		}
	}
}
