package search_test

import (
	"slices"
	"strings"
	"testing"

	"lectern"
	"lectern/internal/search"
)

func TestWhatReadersExpectOfTheOrder(t *testing.T) {
	const pad = "Nothing but some words that stand here to make the text as long as others are. "
	for _, test := range []struct {
		says          string
		locale        lectern.Locale
		phrase        string
		better, worse string // title|body
		reason        string // a part that the better one has
	}{
		{"an exact title comes first, however often others have its words", "en", "reset your password",
			"Reset your password|" + pad, "Reset, reset your own password|" + strings.Repeat("Reset your password. ", 9), "title"},
		{"case, marks and punctuation make no other title", "fr", "RESEAU : ETAT",
			"Réseau, état|" + pad, "État du réseau|" + strings.Repeat("Réseau et état. ", 9), "title"},
		{"a title of words that say little is one", "en", "how to",
			"How to|" + pad, "How to do it|" + strings.Repeat("How to. ", 9), "title"},
		{"an exact title in Chinese comes first", "zh-CN", "重置密码",
			"重置密码|如何操作的说明文字", "密码重置和重置密码|" + strings.Repeat("重置密码。", 9), "title"},
		{"an exact title without its marks comes first in Vietnamese", "vi", "dat lai mat khau",
			"Đặt lại mật khẩu|" + pad, "Mật khẩu, đặt lại|" + strings.Repeat("Đặt lại mật khẩu. ", 9), "title"},
		{"of two equal articles the one whose title starts with the query comes first", "en", "password reset",
			"Password reset guide|" + pad, "Guide password reset|" + pad, "start"},
		{"words side by side beat words apart", "en", "pull request",
			"Work|Open a pull request. We pull. " + pad + "You request.", "Work|Open a pull now. We request. " + pad + "You request and pull it.", "near"},
		{"words that say little do not part words side by side", "en", "reset the password",
			"Work|How to reset your password. " + pad + "Other", "Work|How to reset other things. " + pad + "Your password", "near"},
		{"the order of words side by side does not matter", "en", "password reset",
			"Work|To reset the password. " + pad + "Other", "Work|To reset other things. " + pad + "Password", "near"},
		{"E-1042 beats E_1042", "en", "E-1042", "Error|See E-1042 here. " + pad, "Error|See E_1042 here. " + pad, "exact"},
		{"E-1042 beats 1042 of something else", "en", "E-1042", "Error|See E-1042 here. " + pad, "Error|See F-1042 here, F-1042. " + pad, "exact"},
		{"E-1042 beats E-1043", "en", "E-1042", "Error|See E-1042 here. " + pad, "Error|See E-1043, E-1043. " + pad, "exact"},
		{"foo_bar beats foo-bar", "en", "foo_bar", "Settings|Set foo_bar first. " + pad, "Settings|Set foo-bar first. " + pad, "exact"},
		{"foo_bar beats its parts, however often", "en", "FOO_BAR", "Settings|Set foo_bar first. " + pad, "Settings|Foo, bar foo first bar. " + pad, "exact"},
		{"OAuth2 beats OAuth", "en", "oauth2", "Sign in|With OAuth2 you do. " + pad, "Sign in|With OAuth you do OAuth. " + pad, "exact"},
		{"a word as it is written beats its other forms", "en", "billing", "Money|All about billing here. " + pad, "Money|All about bills here. " + pad, "exact"},
		{"a stem beats its longer forms", "en", "bill", "Money|All about bill here. " + pad, "Money|All about billing here. " + pad, "exact"},
		{"a word with its accents beats the one without", "fr", "créé", "Travail|Le compte créé ici. " + pad, "Travail|Le compte cree ici. " + pad, "exact"},
	} {
		o, list, stats := help(test.locale, test.better, test.worse, "Other|"+pad, "Another page|"+pad, "One more|"+pad)
		r := search.NewRanker(search.ParseQuery(test.locale, test.phrase, o), stats, nil)
		if b, w := r.Score(list[0].Forward), r.Score(list[1].Forward); b <= w {
			t.Errorf("%s: %q scores %.3f and %.3f\n%v\n%v", test.says, test.phrase, b, w, r.Explain(list[0].Forward), r.Explain(list[1].Forward))
		}
		if !slices.ContainsFunc(r.Explain(list[0].Forward), func(p search.Part) bool { return p.Reason == test.reason }) {
			t.Errorf("%s: no part is %q: %v", test.says, test.reason, r.Explain(list[0].Forward))
		}
	}
}

func TestATitleStartsWithWhatIsBeingTyped(t *testing.T) {
	o, list, stats := help("en", "Passwords reset|now", "Reset passwords|now")
	for _, typing := range []bool{true, false} {
		o.Typing = typing
		r := search.NewRanker(search.ParseQuery("en", "reset passw", o), stats, nil)
		starts := slices.ContainsFunc(r.Explain(list[1].Forward), func(p search.Part) bool { return p.Reason == "start" })
		if starts != typing {
			t.Errorf("typing %v: starts %v", typing, starts)
		}
	}
	o.Typing = true
	r := search.NewRanker(search.ParseQuery("en", "reset passw", o), stats, nil)
	if r.Score(list[0].Forward) >= r.Score(list[1].Forward) {
		t.Error("the title that starts otherwise comes first")
	}
}

func TestACorrectedWordStandsBesideOthers(t *testing.T) {
	o, list, stats := help("en", "Work|How to reset your password", "Other|text")
	r := search.NewRanker(search.ParseQuery("en", "reset pasword", o), stats, nil)
	for _, p := range r.Explain(list[0].Forward) {
		if p.Reason == "near" && p.Term == "reset password" {
			return
		}
	}
	t.Errorf("no part is near: %v", r.Explain(list[0].Forward))
}
