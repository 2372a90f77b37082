package lectern_test

import (
	"strings"
	"testing"

	"lectern"
)

func TestAPhraseIsLoggedInOneFormAndNotAtAllIfItMayBePrivate(t *testing.T) {
	for _, x := range []struct{ phrase, want string }{
		{"  How do I\tPrint ", "how do i print"},
		{"refund?!", "refund"},
		{"¿Dónde está?", "dónde está"},
		{"«возврат»", "возврат"},
		{"退款 怎么办？", "退款 怎么办"},
		{"C++", "c++"},
		{"error E-1042", "error e-1042"},
		{"2026-03-04", ""}, // as many digits as a number of somebody's
		{"iphone 15 pro", "iphone 15 pro"},
		{"OAuth2", "oauth2"},
		{"", ""},
		{"...", ""},
		{"ada@example.com", ""},
		{"mail ada @ example", ""},
		{"+49 30 1234567", ""},
		{"4111 1111 1111 1111", ""},
		{"١٢٣٤٥٦٧", ""},
		{"order 123456", "order 123456"},
		{"https://example.com/reset", ""},
		{"ghp_16C7e42F292c6912E7710c838347Ae178B4a", ""},
		{"lct_8f7a6b5c4d3e2f1a", ""},
		{"donaudampfschifffahrtsgesellschaft", "donaudampfschifffahrtsgesellschaft"},
		{strings.Repeat("x", 40), ""},
		{strings.Repeat("ß ", 60), strings.TrimSpace(strings.Repeat("ß ", 60))},
		{strings.Repeat("ab ", 41), ""},
		{"a\x00b", "a b"},
		{"\xff", ""},
	} {
		if got := lectern.LoggedPhrase(x.phrase); got != x.want {
			t.Errorf("LoggedPhrase(%q) = %q, want %q", x.phrase, got, x.want)
		}
	}
}

func FuzzLoggedPhrase(f *testing.F) {
	for _, s := range []string{"How do I?", "ada@example.com", "İ", "١٢٣", "\xff", "a\u0301 b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p := lectern.LoggedPhrase(s)
		if len([]rune(p)) > lectern.MaxLoggedPhrase || strings.Contains(p, "@") {
			t.Errorf("%q is kept as %q", s, p)
		}
		if again := lectern.LoggedPhrase(p); p != "" && again != p && strings.ToLower(p) == p {
			t.Errorf("%q is kept as %q, which is kept as %q", s, p, again)
		}
	})
}
