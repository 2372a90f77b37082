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

// UnknownLocale returns an Invalid error about a field that names a locale
// outside Locales. It says which of those is nearest, if one is.
func UnknownLocale(field, name string) *Error {
	const most = 40 // of a name that is repeated
	if shown := []rune(name); len(shown) > most {
		name = string(shown[:most]) + "…"
	}
	if near, ok := nearest(name); ok {
		return Invalidf(field, "Unknown locale %q; the nearest one is %s", name, near)
	}
	return Invalidf(field, "Unknown locale %q", name)
}

// otherSpellings are the names that programs give to languages of Locales, in
// lower case: other codes of the language, its scripts and regions.
var otherSpellings = map[string]Locale{
	"no": "nb", "nn": "nb", "iw": "he", "in": "id", "mo": "ro", "sh": "sr",
	"zh": "zh-CN", "cmn": "zh-CN", "zh-hans": "zh-CN", "zh-sg": "zh-CN", "zh-my": "zh-CN", "cn": "zh-CN",
	"zh-hant": "zh-TW", "zh-hk": "zh-TW", "zh-mo": "zh-TW", "yue": "zh-TW", "tw": "zh-TW",
	"jp": "ja", "kr": "ko", "cz": "cs", "dk": "da", "gr": "el", "se": "sv", "br": "pt-BR", "vn": "vi",
}

// nearest returns the locale that another spelling of a language means: without
// its script and region ("en-US" is en), or by otherSpellings.
func nearest(name string) (Locale, bool) {
	tag := strings.ReplaceAll(strings.ToLower(strings.TrimSpace(name)), "_", "-")
	tag, _, _ = strings.Cut(tag, ".") // en-us.utf-8
	for tag != "" {
		if l, ok := otherSpellings[tag]; ok {
			return l, true
		}
		if l, ok := ParseLocale(tag); ok {
			return l, true
		}
		cut := strings.LastIndexByte(tag, '-')
		if cut < 0 {
			break
		}
		tag = tag[:cut]
	}
	return "", false
}
