package i18n

import (
	"html/template"
	"testing"
	"time"

	"lectern"
)

func TestDatesAreWrittenAsTheLocaleWritesThem(t *testing.T) {
	day := time.Date(2026, time.November, 12, 23, 59, 0, 0, time.UTC)
	for l, want := range map[lectern.Locale]string{
		"ar": "12 نوفمبر 2026", "bg": "12 ноември 2026\u202fг.", "bs": "12. novembar 2026.", "ca": "12 de novembre del 2026",
		"cs": "12. listopadu 2026", "da": "12. november 2026", "de": "12. November 2026", "el": "12 Νοεμβρίου 2026",
		"en": "12 November 2026", "es": "12 de noviembre de 2026", "et": "12. november 2026", "fi": "12. marraskuuta 2026",
		"fr": "12 novembre 2026", "he": "12 בנובמבר 2026", "hr": "12. studenoga 2026.", "hu": "2026. november 12.",
		"id": "12 November 2026", "it": "12 novembre 2026", "ja": "2026年11月12日", "ko": "2026년 11월 12일",
		"lt": "2026 m. lapkričio 12 d.", "lv": "2026. gada 12. novembris", "mn": "2026\u202fоны арван нэгдүгээр сарын 12",
		"nb": "12. november 2026", "nl": "12 november 2026", "pl": "12 listopada 2026", "pt": "12 de novembro de 2026",
		"pt-BR": "12 de novembro de 2026", "ro": "12 noiembrie 2026", "ru": "12 ноября 2026\u202fг.", "sl": "12. november 2026",
		"sr": "12. новембар 2026.", "sv": "12 november 2026", "tr": "12 Kasım 2026", "vi": "12 tháng 11, 2026",
		"zh-CN": "2026年11月12日", "zh-TW": "2026年11月12日",
	} {
		if got := For(l).Date(day); got != want {
			t.Errorf("%s: %q, want %q", l, got, want)
		}
	}
}

func TestTheFirstDayOfAMonthIsAnOrdinalInFrench(t *testing.T) {
	first := time.Date(2026, time.November, 1, 0, 0, 0, 0, time.UTC)
	for l, want := range map[lectern.Locale]string{"fr": "1er novembre 2026", "en": "1 November 2026", "ca": "1 de novembre del 2026"} {
		if got := For(l).Date(first); got != want {
			t.Errorf("%s: %q, want %q", l, got, want)
		}
	}
	if got, want := For("fr").Date(first.AddDate(0, 0, 20)), "21 novembre 2026"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestVietnameseNamesLanguagesWithinASentence(t *testing.T) {
	if got, want := For("vi").T("fallback.continue", "shown", For("vi").Language("de")), "Tiếp tục bằng tiếng Đức"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := Name("vi"); got != "Tiếng Việt" {
		t.Errorf("in a menu: %q", got)
	}
}

func TestNumbersHaveTheLocalesMarkBetweenThousands(t *testing.T) {
	for _, c := range []struct {
		l    lectern.Locale
		n    int
		want string
	}{
		{"en", 0, "0"}, {"en", 999, "999"}, {"en", 1000, "1,000"}, {"en", 1234567, "1,234,567"}, {"en", -1234, "-1,234"},
		{"de", 12345, "12.345"}, {"fr", 12345, "12\u202f345"}, {"ru", 1234, "1\u00a0234"},
		{"es", 1234, "1234"}, {"es", 12345, "12.345"}, {"pl", 1234, "1234"}, {"pl", 12345, "12\u00a0345"},
		{"ar", 1234, "1,234"}, {"ja", 1234, "1,234"},
	} {
		if got := For(c.l).Number(c.n); got != c.want {
			t.Errorf("%s: Number(%d) = %q, want %q", c.l, c.n, got, c.want)
		}
	}
}

func TestNamesAreListedAsInASentence(t *testing.T) {
	for _, c := range []struct {
		l     lectern.Locale
		names []string
		want  string
	}{
		{"en", nil, ""},
		{"en", []string{"Maya"}, "Maya"},
		{"en", []string{"Maya", "Leila"}, "Maya and Leila"},
		{"en", []string{"Maya", "Leila", "Rafael"}, "Maya, Leila and Rafael"},
		{"en", []string{"Maya", "Leila", "Rafael", "2 others"}, "Maya, Leila, Rafael and 2 others"},
		{"en", []string{"{1}", "{0}"}, "{1} and {0}"},
		{"de", []string{"Maya", "Leila", "Rafael"}, "Maya, Leila und Rafael"},
		{"ja", []string{"Maya", "Leila", "Rafael"}, "Maya、Leila、Rafael"},
		{"ar", []string{"Maya", "Leila", "Rafael"}, "\u2068Maya\u2069 و\u2068Leila\u2069 و\u2068Rafael\u2069"},
	} {
		if got := For(c.l).List(c.names...); got != c.want {
			t.Errorf("%s: List(%q) = %q, want %q", c.l, c.names, got, c.want)
		}
	}
}

func TestCountsTakeThePluralFormOfTheLanguage(t *testing.T) {
	for _, c := range []struct {
		l    lectern.Locale
		n    int
		want string
	}{
		{"en", 0, "0 articles"}, {"en", 1, "1 article"}, {"en", 1200, "1,200 articles"},
		{"ru", 1, "1 статья"}, {"ru", 3, "3 статьи"}, {"ru", 5, "5 статей"}, {"ru", 11, "11 статей"}, {"ru", 21, "21 статья"},
		{"pl", 1, "1 artykuł"}, {"pl", 22, "22 artykuły"}, {"pl", 12, "12 artykułów"},
		{"ar", 0, "لا مقالات"}, {"ar", 1, "مقال واحد"}, {"ar", 2, "مقالان"}, {"ar", 3, "3 مقالات"}, {"ar", 11, "11 مقالًا"}, {"ar", 100, "100 مقال"},
		{"fr", 0, "0 article"}, {"fr", 2, "2 articles"}, {"fr", 1_000_000, "1\u202f000\u202f000 d’articles"},
		{"cs", 3, "3 články"}, {"sl", 102, "102 članka"}, {"lv", 0, "0 rakstu"}, {"lt", 21, "21 straipsnis"},
		{"ja", 1, "1件の記事"}, {"he", 2, "שני מאמרים"}, {"pt", 2, "2 artigos"},
	} {
		if got := For(c.l).N("articles", c.n); got != c.want {
			t.Errorf("%s: %d = %q, want %q", c.l, c.n, got, c.want)
		}
	}
}

func TestPluralCategoriesAreThoseOfCLDR(t *testing.T) {
	for _, c := range []struct {
		l    lectern.Locale
		n    int
		want string
	}{
		{"pt", 0, "other"}, {"pt-BR", 0, "one"}, {"es", 1_000_000, "many"}, {"it", 1_000_000, "many"}, {"he", 2, "two"},
		{"he", 20, "other"}, {"lv", 0, "zero"}, {"lt", 10, "other"}, {"sl", 102, "two"}, {"sr", 2, "few"}, {"cs", 3, "few"},
		{"ro", 0, "few"}, {"zh-CN", 1, "other"}, {"mn", 1, "one"}, {"nb", 1, "one"}, {"id", 1, "other"},
	} {
		if got := pluralCategory(c.l, c.n); got != c.want {
			t.Errorf("%s: %d is %q, want %q", c.l, c.n, got, c.want)
		}
	}
}

func TestPlacesAreFilledByName(t *testing.T) {
	en := For("en")
	for got, want := range map[string]string{
		en.T("article.by", "name", "Maya"):                                         "Written by Maya",
		en.T("article.by", "name", "{{.name}}"):                                    "Written by {{.name}}",
		en.T("article.by"):                                                         "Written by ",
		en.T("article.by", "name"):                                                 "Written by ",
		en.T("pages.range", "from", 1, "to", 10, "total", 1234):                    "1 to 10 of 1,234",
		en.T("no such key"):                                                        "no such key",
		en.N("collection.by", 2, "names", "Maya"):                                  "2 articles by Maya",
		string(en.Rich("article.by", "name", "<b>")):                               "Written by &lt;b&gt;",
		string(en.Rich("article.updated", "date", template.HTML("<time></time>"))): "Updated <time></time>",
		string(en.RichN("search.count", 2, "query", `"><script>`, "b", template.HTML("<b>"), "end", template.HTML("</b>"))): "<b>2 articles</b> match “&#34;&gt;&lt;script&gt;”",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// A value that runs the other way moves nothing that stands beside it.
func TestValuesOfTheOtherDirectionStandApart(t *testing.T) {
	ar, en, he := For("ar"), For("en"), For("he")
	bold := []any{"b", template.HTML("<b>"), "end", template.HTML("</b>")}
	for got, want := range map[string]string{
		ar.T("search.none", "query", "C++ (2)"):                                  "لا توجد نتائج تطابق «\u2068C++ (2)\u2069»",
		ar.T("search.none", "query", "إعدادات"):                                  "لا توجد نتائج تطابق «إعدادات»",
		he.T("article.by", "name", "Ada Lovelace"):                               "נכתב על ידי \u2068Ada Lovelace\u2069",
		en.T("search.none", "query", "إعدادات!"):                                 "Nothing matches “\u2068إعدادات!\u2069”",
		en.T("search.none", "query", "C++"):                                      "Nothing matches “C++”",
		string(ar.Rich("off.text", "name", "<Larkpost>")):                        "هذا الموقع متوقف مؤقتًا بقرار من <bdi>&lt;Larkpost&gt;</bdi>.",
		string(en.RichN("search.count", 2, append(bold, "query", "مرحبا!")...)):  "<b>2 articles</b> match “<bdi>مرحبا!</bdi>”",
		string(ar.RichN("search.count", 2, append(bold, "query", "invoice")...)): "<b>مقالان</b> يطابقان «<bdi>invoice</bdi>»",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestALocaleThatIsNoneIsServedInEnglish(t *testing.T) {
	for l, want := range map[lectern.Locale]string{
		"pt": "Ir para o conteúdo", "mn": "Үндсэн агуулга руу шилжих", "xx": "Skip to content",
	} {
		if got := For(l).T("skip"); got != want {
			t.Errorf("%s: %q, want %q", l, got, want)
		}
	}
	if got := For("xx").Tag(); got != "en" {
		t.Errorf("a page in no language is marked %q", got)
	}
}

func TestEveryLocaleHasItsFacts(t *testing.T) {
	rtl := map[lectern.Locale]bool{"ar": true, "he": true}
	names := map[string]lectern.Locale{}
	for _, l := range lectern.Locales {
		c := For(l)
		if want := map[bool]string{true: "rtl", false: "ltr"}[rtl[l]]; c.Dir() != want {
			t.Errorf("%s runs %s, want %s", l, c.Dir(), want)
		}
		if other := names[Name(l)]; other != "" || Name(l) == "" {
			t.Errorf("%s and %s are both called %q", l, other, Name(l))
		}
		names[Name(l)] = l
		for _, o := range lectern.Locales {
			if c.Language(o) == "" {
				t.Errorf("%s has no name for %s", l, o)
			}
		}
	}
	for l, want := range map[lectern.Locale]string{"fr": "Français", "pt-BR": "Português (Brasil)", "ja": "日本語", "el": "Ελληνικά", "zh-TW": "繁體中文"} {
		if Name(l) != want {
			t.Errorf("%s calls itself %q, want %q", l, Name(l), want)
		}
	}
	if got := Name("xx"); got != "" {
		t.Errorf("a locale that is none is called %q", got)
	}
}
