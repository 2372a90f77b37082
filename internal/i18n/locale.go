package i18n

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"lectern"
)

//go:embed cldr.json
var cldr []byte

// Facts are what CLDR says about a locale. See the command in cldr/.
type facts struct {
	Dir       string                    `json:"dir"`
	Date      string                    `json:"date"`
	Months    []string                  `json:"months"`
	Group     string                    `json:"group"`
	Grouping  int                       `json:"grouping"`
	List      map[string]string         `json:"list"`
	Languages map[lectern.Locale]string `json:"languages"`
}

var allFacts = sync.OnceValue(func() map[lectern.Locale]*facts {
	all := map[lectern.Locale]*facts{}
	if err := json.Unmarshal(cldr, &all); err != nil {
		panic(fmt.Sprintf("i18n: cldr.json: %v", err))
	}
	return all
})

// Tag is the BCP 47 tag of the locale, for the lang attribute of its pages.
func (c *Catalogue) Tag() string { return string(c.locale) }

// Dir is the direction its script runs in: "ltr" or "rtl".
func (c *Catalogue) Dir() string { return c.facts.Dir }

// Date writes the day of t out: "12 November 2026", 「2026年11月12日」. The day is
// that of t's own time zone.
func (c *Catalogue) Date(t time.Time) string {
	var b strings.Builder
	p := c.facts.Date
	for p != "" {
		switch run := len(p) - len(strings.TrimLeft(p, p[:1])); p[0] {
		case 'y':
			b.WriteString(strconv.Itoa(t.Year()))
			p = p[run:]
		case 'M':
			if run < 3 {
				b.WriteString(strconv.Itoa(int(t.Month())))
			} else {
				b.WriteString(c.facts.Months[t.Month()-1])
			}
			p = p[run:]
		case 'd':
			b.WriteString(strconv.Itoa(t.Day()))
			if t.Day() == 1 && c.locale == "fr" { // CLDR has no word for it
				b.WriteString("er")
			}
			p = p[run:]
		case '\'':
			words, rest, _ := strings.Cut(p[1:], "'")
			b.WriteString(words)
			p = rest
		default:
			b.WriteByte(p[0])
			p = p[1:]
		}
	}
	return b.String()
}

// Number writes n with the locale's mark between thousands: "12,345",
// "12.345". Some locales leave four digits together: "1234".
func (c *Catalogue) Number(n int) string {
	sign, digits := "", strconv.Itoa(n)
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	if len(digits) < 3+c.facts.Grouping {
		return sign + digits
	}
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(c.facts.Group)
		}
		b.WriteRune(d)
	}
	return sign + b.String()
}

// List joins names as a sentence does: "Maya, Leila and Rafael".
func (c *Catalogue) List(names ...string) string {
	if len(names) > 1 {
		names = slices.Clone(names)
		for i, n := range names {
			if c.runsAgainst(n) {
				names[i] = isolate + n + endIsolate
			}
		}
	}
	switch len(names) {
	case 0:
		return ""
	case 1:
		return names[0]
	case 2:
		return join(c.facts.List["2"], names[0], names[1])
	}
	last := len(names) - 1
	s := join(c.facts.List["end"], names[last-1], names[last])
	for i := last - 2; i > 0; i-- {
		s = join(c.facts.List["middle"], names[i], s)
	}
	return join(c.facts.List["start"], names[0], s)
}

// Comma joins two parts of a sentence, with the space behind it: ", ", "、".
func (c *Catalogue) Comma() string {
	switch c.locale {
	case "ja":
		return "、"
	case "zh-CN", "zh-TW":
		return "，"
	case "ar":
		return "، "
	}
	return ", "
}

// join puts two names into a pattern of CLDR's: "{0} and {1}".
func join(pattern, a, b string) string {
	before, rest, _ := strings.Cut(pattern, "{0}")
	between, after, _ := strings.Cut(rest, "{1}")
	return before + a + between + b + after
}

// Language is what c's readers call the language of l within a sentence:
// "German", "allemand".
func (c *Catalogue) Language(l lectern.Locale) string { return c.facts.Languages[l] }

// endonyms are the names by which menus list languages, where CLDR's own name
// would not tell two of them apart or is not what such menus say.
var endonyms = map[lectern.Locale]string{
	"id": "Bahasa Indonesia", "sr": "Српски", "zh-CN": "简体中文", "zh-TW": "繁體中文",
}

// Name is what a language calls itself, as it stands in a menu: "Français",
// "Português (Brasil)". It is empty for a locale outside lectern.Locales.
func Name(l lectern.Locale) string {
	if s, ok := endonyms[l]; ok {
		return s
	}
	f := allFacts()[l]
	if f == nil {
		return ""
	}
	first, size := utf8.DecodeRuneInString(f.Languages[l])
	return string(unicode.ToUpper(first)) + f.Languages[l][size:]
}

// CompareNames orders locales by their Name: Latin letters first, marks on
// letters and case aside, then the other scripts.
func CompareNames(a, b lectern.Locale) int {
	return cmp.Or(cmp.Compare(plainName(a), plainName(b)), cmp.Compare(a, b))
}

// plainName is a locale's name without marks on its letters.
func plainName(l lectern.Locale) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(Name(l)))
}
