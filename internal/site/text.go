package site

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"html/template"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"lectern"
	"lectern/internal/i18n"
)

// otherLang is the tag of a text's language if it is not the page's.
func otherLang(c *call, l lectern.Locale) string {
	if l == c.locale {
		return ""
	}
	return string(l)
}

// langAttributes says that an element is in another language than its page; it
// says nothing for the empty one.
func langAttributes(l string) template.HTMLAttr {
	locale, ok := lectern.ParseLocale(l)
	if !ok {
		return ""
	}
	return template.HTMLAttr(` lang="` + string(locale) + `" dir="` + i18n.For(locale).Dir() + `"`)
}

// textIn is a text in another language than the page's, within a line of the
// page: it runs in its own direction and stands where the line does. Nothing is
// done for the empty language.
func textIn(l string, text any) template.HTML {
	escaped, ok := text.(template.HTML)
	if !ok {
		escaped = html(template.HTMLEscapeString(fmt.Sprint(text)))
	}
	if attributes := langAttributes(l); attributes != "" {
		return "<bdi" + html(string(attributes)) + ">" + escaped + "</bdi>"
	}
	return escaped
}

// langName names another language than the page's behind a title in it, as the
// language names itself. It says nothing for the empty one.
func langName(l string) template.HTML {
	attributes := langAttributes(l)
	if attributes == "" {
		return ""
	}
	return html(` <span class="lang-name"`) + html(string(attributes)) + ">" + html(template.HTMLEscapeString(i18n.Name(lectern.Locale(l)))) + "</span>"
}

// latin reports whether a language's pages use our own face: those of other
// scripts, and Vietnamese, use the system's.
func latin(l lectern.Locale) bool {
	switch l {
	case "ar", "bg", "el", "he", "ja", "ko", "mn", "ru", "sr", "vi", "zh-CN", "zh-TW":
		return false
	}
	return true
}

// latinBeyond reports whether a language that is written with our face needs the
// letters of its second file in nearly every sentence: ł, č, ő, ş.
func latinBeyond(l lectern.Locale) bool {
	switch l {
	case "bs", "cs", "hr", "hu", "lt", "lv", "pl", "ro", "sl", "tr":
		return true
	}
	return false
}

// initials are the first letters of the first and the last word of a name.
func initials(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(words) == 0 {
		return ""
	}
	first, _ := utf8.DecodeRuneInString(words[0])
	letters := string(unicode.ToUpper(first))
	if last := words[len(words)-1]; len(words) > 1 {
		r, _ := utf8.DecodeRuneInString(last)
		letters += string(unicode.ToUpper(r))
	}
	return letters
}

// initial is the first letter of a name, or whatever it begins with.
func initial(name string) string {
	first := ""
	for _, r := range name {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return string(unicode.ToUpper(r))
		}
		if first == "" && unicode.IsPrint(r) && !unicode.IsSpace(r) {
			first = string(r)
		}
	}
	return first
}

// oneLine is text without line breaks, for places where one would end it.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// xmlText is text as it stands in XML. Characters that XML cannot hold become
// U+FFFD.
func xmlText(s string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(s)) // does not fail on a strings.Builder
	return b.String()
}

// quoted is text as a JSON string, which YAML reads as well.
func quoted(s string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.Encode(s) // does not fail on a string
	return strings.TrimSuffix(b.String(), "\n")
}

// html marks our own markup as such.
func html(s string) template.HTML { return template.HTML(s) }

// openLink is the start of a link in a sentence.
func openLink(to string) template.HTML {
	return html(`<a href="` + template.HTMLEscapeString(to) + `">`)
}

// stamp is a time as feeds and site maps write it.
func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }
