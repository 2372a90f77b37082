package site_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"lectern"
	"lectern/internal/app"
)

func TestAShortTopicWithoutSectionsIsOneListWithoutAHeading(t *testing.T) {
	l := openLibrary(t)
	topic := l.topic("Prices", 0, nil)
	for i := range 12 {
		l.article(fmt.Sprint("Price ", i), topic)
	}
	p := l.read(200, fmt.Sprintf("/help/en/collections/%d-prices", topic))
	if len(p.all(".flat .rows a")) != 12 || len(p.all(".flat .rows p")) != 12 {
		t.Error("it does not say what each of its articles is about")
	}
	if got := p.texts("main h2"); len(got) != 0 || len(p.all(".order")) != 0 {
		t.Errorf("it has headings %q, or an order", got)
	}
}

func TestALongTopicWithoutSectionsHasAnOrder(t *testing.T) {
	l := openLibrary(t)
	topic := l.topic("Prices", 0, nil)
	var last lectern.ArticleID
	for _, title := range []string{"Zones", "Ärger mit Preisen", "bulk", "Apples", "Øre", "2 prices", "10 prices", "Élan", "Eggs", "“Quoted”", "Cheese", "Cod", "Dill", "Yams"} {
		last = l.article(title, topic)
	}
	at := fmt.Sprintf("/help/en/collections/%d-prices", topic)
	p := l.read(200, at)
	if got := p.texts(".alpha a"); len(got) != 14 || got[0] != "Zones" || got[13] != "Yams" {
		t.Errorf("the authors' order is %q", got)
	}
	if len(p.all(".rows")) != 0 || len(p.all(".jump")) != 0 {
		t.Error("a long list says what each is about, or has letters in the authors' order")
	}
	if got := p.values(".order .by a", "href"); !slices.Equal(got, []string{at, at + "?order=read", at + "?order=title"}) {
		t.Errorf("orders lead to %q", got)
	}
	if got := p.texts(".order a[aria-current=true]"); !slices.Equal(got, []string{"Chosen by us"}) {
		t.Errorf("chosen is %q", got)
	}
	if got := p.values(".order input[name=topic]", "value"); !slices.Equal(got, []string{number(topic)}) || p.values(".order form", "action")[0] != "/help/en/search" {
		t.Errorf("it searches in %q", got)
	}
	p = l.read(200, at+"?order=title")
	if got := p.texts(".alpha a"); !slices.Equal(got, []string{"“Quoted”", "2 prices", "10 prices", "Apples", "Ärger mit Preisen", "bulk", "Cheese", "Cod", "Dill", "Eggs", "Élan", "Øre", "Yams", "Zones"}) {
		t.Errorf("by title: %q", got)
	}
	if got := strings.Join(p.texts(".jump a"), " "); got != "Q # A B C D E O Y Z" && got != "Q # A B C D E Ø Y Z" {
		t.Errorf("letters are %q", got)
	}
	if got, want := p.values(".jump a", "href"), p.values(".alpha h2", "id"); len(got) != len(want) || got[3] != "#"+want[3] {
		t.Errorf("letters lead to %q of %q", got, want)
	}
	l.ask("GET", l.at("en", last, "yams"), "", "User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0")
	l.must(l.store.FlushViews(t.Context()))
	if got := l.read(200, at+"?order=read").texts(".alpha a"); got[0] != "Yams" || got[1] != "Zones" {
		t.Errorf("most read: %q", got)
	}
	if got := l.read(200, at+"?order=nonsense").texts(".alpha a"); got[0] != "Zones" {
		t.Errorf("an order that does not exist: %q", got)
	}
}

func TestLettersAreThoseOfTheLanguage(t *testing.T) {
	for locale, want := range map[lectern.Locale]string{"de": "A O U", "sv": "A O U Å Ä Ö", "ja": "", "zh-TW": ""} {
		l := &library{desk: openLibrary(t).desk}
		l.speak(locale)
		topic := l.topic("Prices", 0, nil)
		for i, title := range []string{"Ofen", "Äpfel", "Ulme", "Ölung", "Arm", "Ål", "Oase", "Alm", "Uhr", "Aal", "Ohr", "Ass", "Ost"} {
			l.article(fmt.Sprint("English ", i), topic, l.in(locale, title, lectern.Published))
		}
		p := l.read(200, fmt.Sprintf("/help/%s/collections/%d-prices?order=title", locale, topic))
		if got := strings.Join(p.texts(".jump a"), " "); got != want {
			t.Errorf("%s: letters are %q, want %q", locale, got, want)
		}
		if got := len(p.all(".alpha a")); got != 13 {
			t.Errorf("%s: %d titles", locale, got)
		}
	}
}

func TestALongSectionHasTitlesOnly(t *testing.T) {
	l := openLibrary(t)
	for i := range 13 {
		l.article(fmt.Sprint("Another ", i), l.more)
	}
	p := l.read(200, fmt.Sprintf("/help/en/collections/%d-getting-started", l.start))
	if got := len(p.all(".index .alpha a")); got != 14 {
		t.Errorf("%d titles, want the section's 14", got)
	}
	if got := p.texts(".branch .rows a"); !slices.Equal(got, []string{"Deep"}) {
		t.Errorf("the branch lists %q", got)
	}
}

func TestTopicsHaveIconsOrLettersOrNeither(t *testing.T) {
	icon := func(name string) func(*lectern.CollectionEdit) {
		return func(e *lectern.CollectionEdit) { e.Icon = &name }
	}
	for says, x := range map[string]struct {
		icons   []string
		drawn   int
		letters []string
	}{
		"all have one":            {[]string{"truck", "ship"}, 2, nil},
		"half have one":           {[]string{"truck", ""}, 1, []string{"T"}},
		"fewer have one":          {[]string{"truck", "", ""}, 0, nil},
		"the usual one is none":   {[]string{"folder", "book-bookmark"}, 0, nil},
		"nor one that is unheard": {[]string{"no-such-icon", "truck"}, 1, []string{"T"}},
	} {
		t.Run(says, func(t *testing.T) {
			l := &library{desk: open(t, app.Config{})}
			for i, name := range x.icons {
				l.article(fmt.Sprint("Article ", i), l.topic(fmt.Sprint("“topic” ", i), 0, icon(name)))
			}
			p := l.read(200, "/help/en")
			if got := len(p.all(".ledger .duo use")); got != x.drawn {
				t.Errorf("%d icons", got)
			}
			if got := p.texts(".ledger .letter"); !slices.Equal(got, x.letters) {
				t.Errorf("letters are %q", got)
			}
			if plain := len(p.all("ul.plain")) == 1; plain != (x.drawn == 0) {
				t.Errorf("the ledger is plain: %v", plain)
			}
		})
	}
}

func TestAHelpCenterWithoutArticlesOffersThePersonAndNothingElse(t *testing.T) {
	l := &library{desk: open(t, app.Config{})}
	l.topic("Nothing yet", 0, nil)
	l.brand(nil, func(_ *lectern.HelpCenter, theme *lectern.Theme) {
		theme.Texts = map[lectern.Locale]lectern.ThemeText{"en": {Greeting: "Hello", Introduction: "All about parcels.",
			Contact: &lectern.Contact{Link: lectern.Link{Label: "Write to us", URL: "mailto:a@example.com"}, Text: "We answer on weekdays."}}}
	})
	p := l.read(200, "/help/en")
	if p.text("h1") != "Hello" || p.text(".sub") != "There are no articles here yet." {
		t.Errorf("it says %q and %q", p.text("h1"), p.text(".sub"))
	}
	if p.text(".person h2") != "Ask a person" || p.text(".person p") != "We answer on weekdays." || p.text(".person .btn") != "Write to us" {
		t.Errorf("it offers %q", p.text(".person"))
	}
	if len(p.all("form[role=search]"))+len(p.all(".ledger"))+len(p.all("#popular")) != 0 {
		t.Error("there is a search field, or an empty list")
	}
	if got := p.values("meta[name=robots]", "content"); !slices.Equal(got, []string{"noindex"}) {
		t.Errorf("robots are told %q", got)
	}
}
