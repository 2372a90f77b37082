package lectern

import (
	"slices"
	"strings"
)

// A Locale is the language of a text: one of the 37 BCP 47 tags that the API
// knows, with its hyphen and region as the API spells them ("pt-BR"). Note
// that "id" is Indonesian.
type Locale string

// Locales lists every locale the API knows, in the order of its documentation.
var Locales = []Locale{
	"ar", "bg", "bs", "ca", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr",
	"he", "hr", "hu", "id", "it", "ja", "ko", "lt", "lv", "mn", "nb", "nl", "pl",
	"pt", "ro", "ru", "sl", "sr", "sv", "tr", "vi", "pt-BR", "zh-CN", "zh-TW",
}

// ParseLocale returns the locale that s names. Case does not matter, and an
// underscore may stand for the hyphen ("pt_br"). It reports false for a locale
// outside Locales.
func ParseLocale(s string) (Locale, bool) {
	s = strings.ReplaceAll(s, "_", "-")
	i := slices.IndexFunc(Locales, func(l Locale) bool { return strings.EqualFold(string(l), s) })
	if i < 0 {
		return "", false
	}
	return Locales[i], true
}
