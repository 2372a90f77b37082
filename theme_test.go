package lectern_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"lectern"
)

func TestALinkRunsNothingAndAPathStaysOnItsHost(t *testing.T) {
	for address, safe := range map[string]bool{
		"https://example.com":           true,
		"http://example.com/a?b#c":      true,
		"mailto:a@example.com":          true,
		"tel:+4930123456":               true,
		"/imprint":                      true,
		"/":                             true,
		"":                              false,
		"imprint":                       false,
		"//example.com":                 false,
		`/\example.com`:                 false,
		"javascript:alert(1)":           false,
		"JavaScript:alert(1)":           false,
		" javascript:alert(1)":          false,
		"java\nscript:alert(1)":         false,
		"data:text/html,x":              false,
		"https:example.com":             false,
		"https://":                      false,
		"https:///path":                 false,
		"mailto:":                       false,
		"ftp://example.com":             false,
		"https://exa mple.com":          false,
		"/a\u2028b":                     false,
		"/" + strings.Repeat("a", 2048): false,
	} {
		theme := lectern.Theme{Texts: map[lectern.Locale]lectern.ThemeText{"en": {HeaderLinks: []lectern.Link{{Label: "x", URL: address}}}}}
		if err := theme.Check(); (err == nil) != safe {
			t.Errorf("%q: %v", address, err)
		}
	}
}

func TestAThemeIsBroughtIntoItsNormalForm(t *testing.T) {
	theme := lectern.Theme{Color: "#0B7", Texts: map[lectern.Locale]lectern.ThemeText{
		"en": {Greeting: "  Hello "}, "fr": {Name: " "},
	}}
	if err := theme.Check(); err != nil {
		t.Fatal(err)
	}
	if theme.Color != "#00bb77" || theme.Texts["en"].Greeting != "Hello" || len(theme.Texts) != 1 {
		t.Errorf("theme is %+v", theme)
	}
}

func TestAThemeThatCannotBeIsRefused(t *testing.T) {
	english := func(text lectern.ThemeText) lectern.Theme {
		return lectern.Theme{Texts: map[lectern.Locale]lectern.ThemeText{"en": text}}
	}
	for says, x := range map[string]struct {
		theme lectern.Theme
		field string
	}{
		"a color by name":           {lectern.Theme{Color: "red"}, "brand_color"},
		"a color of four digits":    {lectern.Theme{Color: "#1234"}, "brand_color"},
		"a color with more":         {lectern.Theme{Color: "#123456;}"}, "brand_color"},
		"a style there is not":      {lectern.Theme{Header: "loud"}, "header_style"},
		"a picture style without":   {lectern.Theme{Header: lectern.PictureHeader}, "header_style"},
		"a locale there is not":     {lectern.Theme{Texts: map[lectern.Locale]lectern.ThemeText{"xx": {Name: "x"}}}, "texts"},
		"a long name":               {english(lectern.ThemeText{Name: strings.Repeat("ä", lectern.MaxTitle+1)}), "name"},
		"a greeting of two lines":   {english(lectern.ThemeText{Greeting: "a\nb"}), "greeting"},
		"a long introduction":       {english(lectern.ThemeText{Introduction: strings.Repeat("a", lectern.MaxIntroduction+1)}), "introduction"},
		"a link without a label":    {english(lectern.ThemeText{FooterLinks: []lectern.Link{{URL: "/"}}}), "footer_links[0].label"},
		"too many links":            {english(lectern.ThemeText{HeaderLinks: make([]lectern.Link, lectern.MaxThemeLinks+1)}), "header_links"},
		"a contact that runs":       {english(lectern.ThemeText{Contact: &lectern.Contact{Link: lectern.Link{Label: "x", URL: "javascript:x"}}}), "contact.url"},
		"a contact that says a lot": {english(lectern.ThemeText{Contact: &lectern.Contact{Text: strings.Repeat("a", 501)}}), "contact.text"},
	} {
		var refusal *lectern.Error
		if err := x.theme.Check(); !errors.As(err, &refusal) || refusal.Kind != lectern.Invalid || refusal.Field != x.field {
			t.Errorf("%s: %v, want invalid about %s", says, err, x.field)
		}
	}
}

func TestAHelpCenterSaysInEveryLanguageWhatItSaysInTheDefaultOne(t *testing.T) {
	h := &lectern.HelpCenter{DisplayName: "Display", DefaultLocale: "en"}
	contact := &lectern.Contact{Link: lectern.Link{Label: "Write", URL: "/"}}
	theme := lectern.Theme{Texts: map[lectern.Locale]lectern.ThemeText{
		"en": {Greeting: "Hello", Contact: contact, FooterLinks: []lectern.Link{{Label: "Imprint", URL: "/"}}},
		"fr": {Name: "Aide", Greeting: "Bonjour"},
	}}
	if got := theme.Text(h, "fr"); got.Name != "Aide" || got.Greeting != "Bonjour" || got.Contact != contact || len(got.FooterLinks) != 1 {
		t.Errorf("French is %+v", got)
	}
	if got := theme.Text(h, "de"); got.Name != "Display" || got.Greeting != "Hello" {
		t.Errorf("German is %+v", got)
	}
}

func TestAnEditOfAHelpCenterChangesWhatItNames(t *testing.T) {
	h := lectern.HelpCenter{Identifier: "Old Name", DisplayName: "Old", DefaultLocale: "en", Locales: []lectern.Locale{"en"}}
	same := h
	if err := h.Apply(&lectern.HelpCenterEdit{Identifier: new("Old Name")}, time.Time{}); err != nil || h.Identifier != same.Identifier {
		t.Errorf("an identifier that stays is refused: %v", err)
	}
	err := h.Apply(&lectern.HelpCenterEdit{
		Identifier: new("new-name_2"), DisplayName: new(" New "), CustomDomain: new("Help.Example.COM"), Locales: &[]lectern.Locale{"en", "fr"},
	}, time.Time{})
	if err != nil || h.Identifier != "new-name_2" || h.DisplayName != "New" || h.CustomDomain != "help.example.com" || len(h.Locales) != 2 {
		t.Errorf("%+v, %v", h, err)
	}
	for says, e := range map[string]lectern.HelpCenterEdit{
		"a slash":          {Identifier: new("a/b")},
		"a capital":        {Identifier: new("A")},
		"nothing":          {Identifier: new("")},
		"a long one":       {Identifier: new(strings.Repeat("a", lectern.MaxIdentifier+1))},
		"a blank name":     {DisplayName: new("  ")},
		"a scheme":         {CustomDomain: new("https://example.com")},
		"a port":           {CustomDomain: new("example.com:80")},
		"an address":       {CustomDomain: new("192.0.2.1")},
		"one step":         {CustomDomain: new("localhost")},
		"an endless label": {CustomDomain: new(strings.Repeat("a", 64) + ".com")},
	} {
		if err := h.Apply(&e, time.Time{}); !errors.Is(err, lectern.Invalid) {
			t.Errorf("%s: %v", says, err)
		}
	}
}

func TestADomainAnswersOnceItWasSeen(t *testing.T) {
	first, later := time.Unix(1_800_000_000, 0), time.Unix(1_800_000_060, 0)
	h := &lectern.HelpCenter{Identifier: "help"}
	apply := func(e lectern.HelpCenterEdit) {
		t.Helper()
		if err := h.Apply(&e, later); err != nil {
			t.Fatal(err)
		}
	}
	is := func(says string, answers, secure bool, since time.Time) {
		t.Helper()
		if h.DomainAnswers() != answers || h.DomainSecure != secure || !h.DomainSeenAt.Equal(since) {
			t.Errorf("%s: %+v", says, h)
		}
	}
	h.SeeDomain(first, true)
	is("without a domain", false, false, time.Time{})
	if err := h.Apply(&lectern.HelpCenterEdit{DomainAnswers: new(true)}, later); !errors.Is(err, lectern.Invalid) {
		t.Errorf("no domain answers: %v", err)
	}
	apply(lectern.HelpCenterEdit{DomainAnswers: new(false)})
	apply(lectern.HelpCenterEdit{CustomDomain: new("a.example.com")})
	is("a new domain", false, false, time.Time{})
	h.SeeDomain(first, false)
	h.SeeDomain(later, false)
	is("seen", true, false, first)
	h.SeeDomain(later, true)
	h.SeeDomain(later, false)
	is("seen by https", true, true, first)
	apply(lectern.HelpCenterEdit{CustomDomain: new("A.example.com"), DomainAnswers: new(true)})
	is("sent back", true, true, first)
	apply(lectern.HelpCenterEdit{CustomDomain: new("b.example.com"), DomainAnswers: new(true)})
	is("another domain, with what was known of the one before", false, false, time.Time{})
	apply(lectern.HelpCenterEdit{DomainAnswers: new(true)})
	is("an operator's word", true, true, later)
	apply(lectern.HelpCenterEdit{DomainAnswers: new(false)})
	is("taken back", false, false, time.Time{})
	apply(lectern.HelpCenterEdit{CustomDomain: new("c.example.com"), DomainAnswers: new(true)})
	is("both at once", true, true, later)
	apply(lectern.HelpCenterEdit{CustomDomain: new(""), DomainAnswers: new(true)})
	is("no domain any more", false, false, time.Time{})
}

func TestADayBeginsAtMidnightUTC(t *testing.T) {
	for text, want := range map[string]lectern.Day{
		"1970-01-01T00:00:00Z": 0, "1970-01-01T23:59:59Z": 0, "1970-01-02T00:00:00Z": 1,
		"1970-01-02T01:00:00+02:00": 0, "1969-12-31T23:59:59Z": -1,
	} {
		at, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		if got := lectern.DayOf(at); got != want {
			t.Errorf("%s is day %d, want %d", text, got, want)
		}
	}
}
