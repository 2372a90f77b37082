package lectern

import (
	"errors"
	"fmt"
	"regexp"
	"testing"
)

func TestLocalesAreThirtySevenAndDistinct(t *testing.T) {
	seen := map[Locale]bool{}
	for _, l := range Locales {
		seen[l] = true
	}
	if len(seen) != 37 || len(Locales) != 37 {
		t.Errorf("%d locales, %d distinct", len(Locales), len(seen))
	}
}

func TestParseLocale(t *testing.T) {
	for in, want := range map[string]Locale{"en": "en", "pt-br": "pt-BR", "PT_BR": "pt-BR", "zh-TW": "zh-TW", "id": "id"} {
		if got, ok := ParseLocale(in); !ok || got != want {
			t.Errorf("ParseLocale(%q) = %q, %v", in, got, ok)
		}
	}
	for _, in := range []string{"", "type", "en-US", "xx", "e", "zh"} {
		if got, ok := ParseLocale(in); ok {
			t.Errorf("ParseLocale(%q) = %q", in, got)
		}
	}
}

func TestParseRegion(t *testing.T) {
	for in, want := range map[string]string{"US": "US", "eu": "EU", "Au": "AU"} {
		if got, ok := ParseRegion(in); !ok || got != want {
			t.Errorf("ParseRegion(%q) = %q, %v", in, got, ok)
		}
	}
	for _, in := range []string{"", "U", "UK", "US "} {
		if got, ok := ParseRegion(in); ok {
			t.Errorf("ParseRegion(%q) = %q", in, got)
		}
	}
}

func TestAnErrorIsItsKindAndItsCause(t *testing.T) {
	cause := errors.New("disk full")
	err := fmt.Errorf("write: %w", &Error{Kind: Unavailable, Text: "Try again", Err: cause})
	if !errors.Is(err, Unavailable) || !errors.Is(err, cause) || errors.Is(err, NotFound) {
		t.Errorf("%v", err)
	}
	if got := err.Error(); got != "write: Try again: disk full" {
		t.Errorf("text: %s", got)
	}
	if got := (&Error{Kind: NotFound}).Error(); got != "not found" {
		t.Errorf("text without a sentence: %s", got)
	}
}

func TestSecretsAndCodes(t *testing.T) {
	if a, b := NewTokenSecret(), NewTokenSecret(); a == b || len(a) != 4+43 {
		t.Errorf("secrets %q and %q", a, b)
	}
	if code := NewWorkspaceCode(); !regexp.MustCompile(`^[a-z0-5]{8}$`).MatchString(code) {
		t.Errorf("code %q", code)
	}
	if HashToken("a") == HashToken("b") {
		t.Error("two secrets, one hash")
	}
}

func TestAnUnknownLocaleNamesItsNeighbour(t *testing.T) {
	for name, want := range map[string]string{
		"en-US": "en", "en_US": "en", "EN_us.UTF-8": "en", "de-AT": "de", "fr_CA": "fr", "es-419": "es", "pt-PT": "pt",
		"zh": "zh-CN", "zh-Hans": "zh-CN", "zh_Hans_CN": "zh-CN", "zh-Hant-HK": "zh-TW", "zh-HK": "zh-TW",
		"no": "nb", "nn-NO": "nb", "nb_NO": "nb", "iw": "he", "in": "id", "sr-Latn-RS": "sr", "jp": "ja", "cz": "cs",
		"xx": "", "klingon": "", "": "", "-": "", "th": "", "ga-IE": "",
	} {
		text := UnknownLocale("locale", name).Text
		says := fmt.Sprintf("Unknown locale %q", name)
		if want != "" {
			says += "; the nearest one is " + want
		}
		if text != says {
			t.Errorf("%q: %s, want %s", name, text, says)
		}
		if l, known := ParseLocale(name); known {
			t.Errorf("%q is taken for %s", name, l)
		}
	}
	for name, want := range map[string]Locale{"pt_br": "pt-BR", "PT-BR": "pt-BR", "zh_tw": "zh-TW", "EN": "en"} {
		if got, _ := ParseLocale(name); got != want {
			t.Errorf("%q is %q, want %s", name, got, want)
		}
	}
}
