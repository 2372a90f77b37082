package lectern

import (
	"errors"
	"strings"
	"testing"
)

func TestAddressesThatCountAsOneHaveOneKey(t *testing.T) {
	for from, want := range map[string]string{
		"/old":                          "/old",
		"/old/":                         "/old",
		"/OLD":                          "/OLD",
		"/%6fld%20page":                 "/old page",
		"/größe":                        "/größe",
		"/old?id=7":                     "/old?id=7",
		"/old/?id=7":                    "/old?id=7",
		"/en/articles/12":               "/en/articles/12",
		"/en/articles/12-a-title":       "/en/articles/12",
		"/pt-BR/articles/12-t/":         "/pt-BR/articles/12",
		"/en/collections/12-a?x":        "/en/collections/12?x",
		"/en/articles/12-a/more":        "/en/articles/12-a/more",
		"/en/articles/old-12":           "/en/articles/old-12",
		"/en/articles/12abc":            "/en/articles/12abc",
		"":                              "",
		"/":                             "",
		"?id=7":                         "",
		"old":                           "",
		"//host/old":                    "",
		"/a//b":                         "",
		"/a/../b":                       "",
		"/a/./b":                        "",
		"/a%2e%2e/b":                    "/a../b",
		"/%2e%2e/b":                     "",
		"/a%00":                         "",
		"/a%0a":                         "",
		"/a%ff":                         "",
		"/a%zz":                         "",
		"/a#b":                          "",
		"/old\x00":                      "",
		"https://help.example.com/page": "",
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
