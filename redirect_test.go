package lectern

import (
	"errors"
	"strings"
	"testing"
)

func TestAddressesThatCountAsOneHaveOneKey(t *testing.T) {
	for from, want := range map[string]string{
		"/old":                                  "/old",
		"/old/":                                 "/old",
		"/OLD":                                  "/OLD",
		"/%6fld%20page":                         "/old page",
		"/größe":                                "/größe",
		"/old?id=7":                             "/old?id=7",
		"/old/?id=7":                            "/old?id=7",
		"/en/articles/12":                       "/en/articles/12",
		"/en/articles/12-a-title":               "/en/articles/12",
		"/pt-BR/articles/12-t/":                 "/pt-BR/articles/12",
		"/en/collections/12-a?x":                "/en/collections/12?x",
		"/en/articles/12-a/more":                "/en/articles/12-a/more",
		"/en/articles/old-12":                   "/en/articles/old-12",
		"/en/articles/12abc":                    "/en/articles/12abc",
		"/hc/en-us/articles/360001234-Old":      "/hc/en-us/articles/360001234",
		"/hc/en-us/articles/360001234":          "/hc/en-us/articles/360001234",
		"/hc/articles/360001234-A-B?x=1":        "/hc/articles/360001234?x=1",
		"/hc/de/sections/2001-Konto/":           "/hc/de/sections/2001",
		"/hc/de/categories/2001-Konto":          "/hc/de/categories/2001",
		"/article/123-reset-a-password":         "/article/123",
		"/category/9-accounts":                  "/category/9",
		"/support/solutions/articles/43-%C3%A4": "/support/solutions/articles/43",
		"/articles/7-x":                         "/articles/7",
		"/blog/2024-a-year":                     "/blog/2024-a-year",
		"/360001234-Old":                        "/360001234-Old",
		"/articles-of-old/7-x":                  "/articles-of-old/7-x",
		"":                                      "",
		"/":                                     "",
		"?id=7":                                 "",
		"old":                                   "",
		"//host/old":                            "",
		"/a//b":                                 "",
		"/a/../b":                               "",
		"/a/./b":                                "",
		"/a%2e%2e/b":                            "/a../b",
		"/%2e%2e/b":                             "",
		"/a%00":                                 "",
		"/a%0a":                                 "",
		"/a%ff":                                 "",
		"/a%zz":                                 "",
		"/a#b":                                  "",
		"/old\x00":                              "",
		"https://help.example.com/page":         "",
	} {
		if got := (&Redirect{From: from}).Key(); got != want {
			t.Errorf("key of %q is %q, want %q", from, got, want)
		}
	}
}

func TestARedirectMustLeadSomewhereElse(t *testing.T) {
	article, collection := Target{Article: 12}, Target{Collection: 12}
	for _, c := range []struct {
		from string
		to   Target
		ok   bool
	}{
		{"/old", article, true},
		{"/en/articles/12", collection, true},
		{"/en/collections/12", article, true},
		{"/en/articles/112-x", article, true},
		{"/hc/en-us/articles/12-x", article, true},
		{"/article/12", article, true},
		{"/en/articles/12?id=3", article, true},
		{"/en/articles/12/x", article, true},
		{"/en/articles/12", article, false},
		{"/fr/articles/12-x/", article, false},
		{"/en/collections/12-x", collection, false},
		{"", article, false},
		{"/" + strings.Repeat("x", MaxRedirectFrom-1), article, true},
		{"/" + strings.Repeat("x", MaxRedirectFrom), article, false},
	} {
		err := (&Redirect{From: c.from, Target: c.to}).Check()
		if (err == nil) != c.ok || err != nil && !errors.Is(err, Invalid) {
			t.Errorf("%.40q to %+v: %v", c.from, c.to, err)
		}
	}
}

func TestAnAddressLeadsByTheRedirectWithMostOfItsQuery(t *testing.T) {
	var list []*Redirect
	for i, from := range []string{"/old", "/old?id=7", "/old?id=7&page=2", "/old?id=8", "/old?q=a%20b", "/old%3Fid=9", "/other"} {
		list = append(list, &Redirect{ID: RedirectID(i + 1), From: from})
	}
	for from, want := range map[string]struct {
		by   RedirectID
		rest string
	}{
		"/old":                                 {1, ""},
		"/old/":                                {1, ""},
		"/old?utm_source=mail":                 {1, "utm_source=mail"},
		"/old?utm_source=mail&utm_medium=a%2b": {1, "utm_source=mail&utm_medium=a%2b"},
		"/old?id=7":                            {2, ""},
		"/old?utm_source=mail&id=7&x":          {2, "utm_source=mail&x"},
		"/old?page=2&id=7":                     {3, ""},
		"/old?page=2&gclid=z&id=7":             {3, "gclid=z"},
		"/old?id=8&id=8":                       {4, "id=8"},
		"/old?id=70":                           {1, "id=70"},
		"/old?q=a+b":                           {5, ""},
		"/old?%69d=7":                          {2, ""},
		"/old%3Fid=9":                          {6, ""},
		"/old?id=9":                            {1, "id=9"},
		"/old?%zz&&":                           {1, "%zz"},
		"/elsewhere?id=7":                      {0, ""},
	} {
		by, rest := Lead(from, list)
		if by == nil {
			by = &Redirect{}
		}
		if by.ID != want.by || rest != want.rest {
			t.Errorf("%s leads by %d with %q, want %d with %q", from, by.ID, rest, want.by, want.rest)
		}
	}
	if by, _ := Lead("/old?id=9", list[1:2]); by != nil {
		t.Errorf("another query leads by %s", by.From)
	}
}

func TestAPlaceIsAnAddressWithoutItsLanguage(t *testing.T) {
	for from, want := range map[string]struct {
		place string
		l     Locale
	}{
		"/hc/en-us/articles/12-Old?x=1":    {"/hc/articles/12", "en"},
		"/hc/articles/12-Old":              {"/hc/articles/12", ""},
		"/hc/pt-br/sections/12":            {"/hc/sections/12", "pt-BR"},
		"/hc/EN_US/articles/12/":           {"/hc/articles/12", "en"},
		"/hc/es-419/articles/12":           {"/hc/articles/12", "es"},
		"/hc/zh-Hant-TW/articles/12":       {"/hc/articles/12", "zh-TW"},
		"/hc/uk/articles/12":               {"/hc/articles/12", ""},
		"/hc/fil/articles/12":              {"/hc/articles/12", ""},
		"/hc/fil-ph/articles/12":           {"/hc/articles/12", ""},
		"/hc/no/community/posts/12":        {"/hc/community/posts/12", "nb"},
		"/en/articles/12-old":              {"/articles/12", "en"},
		"/articles/12":                     {"/articles/12", ""},
		"/en/collections/12":               {"/collections/12", "en"},
		"/article/12-old":                  {"/article/12", ""},
		"/de/article/12":                   {"/article/12", "de"},
		"/en/support/solutions/articles/7": {"/support/solutions/articles/7", "en"},
		"/en/fr/articles/7":                {"/fr/articles/7", "en"},
		"/faq/articles/12":                 {"/faq/articles/12", ""},
		"/kb/articles/12":                  {"/kb/articles/12", ""},
		"/a-b-c/articles/12":               {"/a-b-c/articles/12", ""},
		"/en/getting-started":              {"/en/getting-started", ""},
		"/en/articles":                     {"/en/articles", ""},
		"":                                 {"", ""},
	} {
		if got := (&Redirect{From: from}).Place(); got != want.place {
			t.Errorf("place of %q is %q, want %q", from, got, want.place)
		}
		if got, _ := AddressLocale(from); got != want.l {
			t.Errorf("%q is in %q, want %q", from, got, want.l)
		}
	}
}

func TestAnAddressLeadsByARedirectInAnotherLanguage(t *testing.T) {
	var list []*Redirect
	for i, r := range []Redirect{
		{From: "/hc/en-us/articles/12-Old", Locale: "en"}, {From: "/hc/fr/articles/12-Vieux", Locale: "fr"},
		{From: "/hc/en-us/articles/12?page=2", Locale: "en"}, {From: "/hc/en-us/articles/13", Locale: "en"}, {From: "/articles/12", Locale: "en"},
	} {
		r.ID = RedirectID(i + 1)
		list = append(list, &r)
	}
	for _, c := range []struct {
		from      string
		preferred []Locale
		by        RedirectID
		rest      string
	}{
		{"/hc/articles/12", nil, 1, ""},
		{"/hc/articles/12-words?a=b", []Locale{"en"}, 1, "a=b"},
		{"/hc/articles/12", []Locale{"fr", "en"}, 2, ""},
		{"/hc/articles/12", []Locale{"de", "fr"}, 2, ""},
		{"/hc/de/articles/12", []Locale{"de"}, 1, ""},
		{"/hc/articles/12?page=2&x", []Locale{"fr"}, 3, "x"},
		{"/en/articles/12", nil, 5, ""},
		{"/hc/articles/120", nil, 0, ""},
		{"/article/12", nil, 0, ""},
		{"/hc/sections/12", nil, 0, ""},
	} {
		by, rest := LeadElsewhere(c.from, list, c.preferred)
		if by == nil {
			by = &Redirect{}
		}
		if by.ID != c.by || rest != c.rest {
			t.Errorf("%s for %v leads by %d with %q, want %d with %q", c.from, c.preferred, by.ID, rest, c.by, c.rest)
		}
	}
}

func TestARedirectIsBoundToATextThatIsThere(t *testing.T) {
	h := &HelpCenter{DefaultLocale: "en"}
	for _, c := range []struct {
		asked Locale
		texts []Locale
		want  Locale
	}{
		{"fr", []Locale{"en", "fr"}, "fr"},
		{"de", []Locale{"fr", "en"}, "en"},
		{"de", []Locale{"ja", "fr"}, "fr"},
		{"de", nil, "en"},
	} {
		r := Redirect{Locale: c.asked}
		if r.BindLocale(h, c.texts); r.Locale != c.want {
			t.Errorf("%s of %v: %s, want %s", c.asked, c.texts, r.Locale, c.want)
		}
	}
}
