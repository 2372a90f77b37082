package site_test

import (
	"slices"
	"strings"
	"testing"

	"lectern"
)

func TestResultsInAnotherLanguageAreMarkedAsSuch(t *testing.T) {
	l := openLibrary(t)
	p := l.read(200, "/help/de/search?q=label")
	if got := p.texts(".results h3"); !slices.Contains(got, "Refund a label English") {
		t.Errorf("results are %q", got)
	}
	for _, at := range []string{".results h3 a bdi", ".results .lang-name", ".results .path bdi", ".results .snip bdi"} {
		for _, attribute := range []string{"lang", "dir"} {
			want := map[string]string{"lang": "en", "dir": "ltr"}[attribute]
			if got := p.values(at, attribute); len(got) == 0 || slices.ContainsFunc(got, func(s string) bool { return s != want }) {
				t.Errorf("%s of %s is %q", attribute, at, got)
			}
		}
	}
	if got := l.read(200, "/help/en/search?q=label").all(".lang-name"); len(got) != 0 {
		t.Error("titles in the page's language are marked")
	}
	s := l.read(200, "/help/ar/search/suggest?q=refund")
	if got := s.texts("[role=option] .lang-name"); !slices.Equal(got, []string{"English"}) {
		t.Errorf("suggestions are marked %q", got)
	}
	l.look(l.at("ar", l.second, "refund-a-label"), 1)
	if got := l.read(404, "/help/ar/nowhere").texts(".rows a"); !slices.Equal(got, []string{"Refund a label English"}) {
		t.Errorf("a list says %q", got)
	}
}

func TestResultsSayHowManyAreInAnotherLanguage(t *testing.T) {
	l := openLibrary(t)
	l.article("Zoll", l.start, l.in("de", "Zoll bezahlen", lectern.Published))
	l.article("Zoll in English only", l.start)
	for at, want := range map[string]string{
		"/help/de/search?q=zoll":   "2 Artikel passen zu „zoll“, 1 davon in einer anderen Sprache",
		"/help/de/search?q=refund": "1 passender Artikel auf Englisch",
		"/help/ar/search?q=refund": "مقال واحد مطابق باللغة الإنجليزية",
		"/help/en/search?q=refund": "1 article matches “refund”",
	} {
		if got := l.read(200, at).text(".sum"); got != want {
			t.Errorf("%s: %q, want %q", at, got, want)
		}
	}
}

func TestASearchThatFindsNothingLeadsToOtherLanguages(t *testing.T) {
	l := openLibrary(t)
	l.speak("de", "ar", "fr")
	l.article("One", l.start, l.in("de", "Paketverfolgung einschalten", lectern.Published), l.in("fr", "Paketverfolgung", lectern.Published))
	l.article("Two", l.start, l.in("de", "Paketverfolgung ausschalten", lectern.Published))
	l.article("Three", l.start, l.in("de", "Paketverfolgung im Entwurf", lectern.Draft))
	p := l.read(200, "/help/en/search?q=paketverfolgung")
	if got := p.text("#none"); !strings.Contains(got, "Nothing matches") {
		t.Errorf("it says %q", got)
	}
	if got := p.texts(".elsewhere a"); !slices.Equal(got, []string{"2 articles in German match", "1 article in French matches"}) {
		t.Errorf("it leads to %q", got)
	}
	to := p.values(".elsewhere a", "href")
	if len(to) != 2 || len(l.read(200, to[0]).all(".results li")) != 2 || len(l.read(200, to[1]).all(".results li")) != 1 {
		t.Errorf("it leads to %q, which has something else", to)
	}
	l.article("Four", l.start, l.in("fr", "Paketverfolgung aussi", lectern.Published))
	if got := l.read(200, "/help/en/search?q=paketverfolgung").texts(".elsewhere a"); !slices.Equal(got, []string{"2 articles in German match", "2 articles in French match"}) {
		t.Errorf("after a change it leads to %q", got)
	}
	if got := l.read(200, "/help/en/search?q=xxqqzz").all(".elsewhere"); len(got) != 0 {
		t.Error("what no language has is offered")
	}
	if got := l.read(200, "/help/de/search?q=paketverfolgung").all(".elsewhere"); len(got) != 0 {
		t.Error("a language that has something offers others")
	}
}
