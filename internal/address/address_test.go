package address

import (
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"lectern"
)

func TestSlugKeepsLettersOfEveryScript(t *testing.T) {
	for title, want := range map[string]string{
		"Thanks for everything":                    "thanks-for-everything",
		"Christmas is here!":                       "christmas-is-here",
		"Créer des applications et utiliser l’API": "creer-des-applications-et-utiliser-l-api",
		"Größe ändern":                             "große-andern",
		"Intercom 開発者よくある質問":                       "intercom-開発者よくある質問",
		"비밀번호 재설정":                                 "비밀번호-재설정",
		"إعادة تعيين كلمة المرور":                  "إعادة-تعيين-كلمة-المرور",
		"Пароль: сброс й":                          "пароль-сброс-и",
		"  -- A -- B --  ":                         "a-b",
		"ﬁle №５":                                   "file-no5",
		"!?":                                       "",
		"":                                         "",
		"../../etc/passwd":                         "etc-passwd",
		"\u0301\u0301x":                            "x",
	} {
		if got := Slug(title); got != want {
			t.Errorf("Slug(%q) = %q, want %q", title, got, want)
		}
	}
}

func TestAddresses(t *testing.T) {
	h := &lectern.HelpCenter{Identifier: "help"}
	set := &lectern.HelpCenter{Identifier: "help", CustomDomain: "help.example.com"}
	plain, own := *set, *set
	plain.SeeDomain(time.Unix(1, 0), false)
	own.SeeDomain(time.Unix(1, 0), true)
	from := &lectern.Redirect{From: "/old?id=7"}
	for _, c := range []struct{ got, want string }{
		{HelpCenter("http://localhost:8080", h), "http://localhost:8080/help"},
		{HelpCenter("http://localhost:8080", set), "http://localhost:8080/help"},
		{HelpCenter("http://localhost:8080", &plain), "http://help.example.com"},
		{HelpCenter("http://localhost:8080", &own), "https://help.example.com"},
		{Domain(h), ""}, {Domain(set), "https://help.example.com"}, {Domain(&plain), "http://help.example.com"},
		{From("http://localhost:8080", h, from), "http://localhost:8080/help/old?id=7"},
		{From("http://localhost:8080", set, from), "https://help.example.com/old?id=7"},
		{From("http://localhost:8080", &plain, from), "http://help.example.com/old?id=7"},
		{Article("http://localhost:8080", set, "en", 42, "A"), "http://localhost:8080/help/en/articles/42-a"},
		{Article("http://localhost:8080", h, "pt-BR", 42, "Olá, mundo"), "http://localhost:8080/help/pt-BR/articles/42-ola-mundo"},
		{Article("http://localhost:8080", h, "en", 42, "?"), "http://localhost:8080/help/en/articles/42"},
		{Collection("", &own, "en", 7, "Getting started"), "https://help.example.com/en/collections/7-getting-started"},
	} {
		if c.got != c.want {
			t.Errorf("got %s, want %s", c.got, c.want)
		}
	}
}

func FuzzSlugHoldsWordsOnly(f *testing.F) {
	f.Add("Créer l’API")
	f.Add("カ\u3099\u0301x")
	f.Add("\xf2ٶ</script>")
	f.Fuzz(func(t *testing.T, title string) {
		slug := Slug(title)
		if !utf8.ValidString(slug) || strings.Trim(slug, "-") != slug || strings.Contains(slug, "--") {
			t.Errorf("Slug(%q) = %q", title, slug)
		}
		for _, r := range slug {
			if r != '-' && !unicode.In(r, unicode.L, unicode.Nd, unicode.M) {
				t.Errorf("Slug(%q) = %q holds %q", title, slug, r)
			}
		}
	})
}

func TestWhatIsWithinAHelpCenter(t *testing.T) {
	plain := &lectern.HelpCenter{Identifier: "help"}
	own := &lectern.HelpCenter{Identifier: "help", CustomDomain: "docs.example.com"}
	for _, c := range []struct {
		h       *lectern.HelpCenter
		address string
		want    string // empty for outside
	}{
		{plain, "https://host:8080/help/old-page", "/old-page"},
		{plain, "http://HOST:8080/help/old-page/", "/old-page/"},
		{plain, "https://host:8080/help/a%2Fb?x=1&y", "/a%2Fb?x=1&y"},
		{plain, "https://host:8080/help/größe", "/gr%C3%B6%C3%9Fe"},
		{plain, "https://host:8080/help", ""},
		{plain, "https://host:8080/help/", ""},
		{plain, "https://host:8080/helpdesk/a", ""},
		{plain, "https://host:8080/Help/a", ""},
		{plain, "https://host/help/a", ""},
		{plain, "https://elsewhere/help/a", ""},
		{plain, "https://host:8080.evil.example/help/a", ""},
		{plain, "https://host:8080@evil.example/help/a", ""},
		{plain, "https://user@host:8080/help/a", ""},
		{plain, "https://host:8080/help/a#part", ""},
		{plain, "ftp://host:8080/help/a", ""},
		{plain, "//host:8080/help/a", ""},
		{plain, "/help/a", ""},
		{plain, "help/a", ""},
		{plain, "", ""},
		{plain, "https://host:8080/help/%zz", ""},
		{plain, "https://docs.example.com/a", ""},
		{own, "https://docs.example.com/a", "/a"},
		{own, "http://Docs.Example.com/help/a", "/help/a"},
		{own, "https://host:8080/help/a", "/a"},
		{own, "https://docs.example.com/", ""},
		{own, "https://docs.example.com", ""},
	} {
		got, ok := Within("https://host:8080", c.h, c.address)
		if got != c.want || ok != (c.want != "") {
			t.Errorf("%s: %q, %v, want %q", c.address, got, ok, c.want)
		}
	}
}
