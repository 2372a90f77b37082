package lectern_test

import (
	"testing"

	"lectern"
	"lectern/internal/growth"
)

// TestGrowthOfRedirects reads addresses that anybody asks for, beside redirects
// of the same path, and those that are to be redirected.
func TestGrowthOfRedirects(t *testing.T) {
	list := []*lectern.Redirect{{From: "/a"}, {From: "/a?x=1"}, {From: "/a?x=1&x=1&y"}, {From: "/articles/1-a?%41=%41"}}
	read := func(s string) {
		for _, from := range []string{"/" + s, "/a?" + s, "/articles/1-" + s, "/articles/1?" + s, s} {
			(&lectern.Redirect{From: from}).Key()
			lectern.Lead(from, list)
			lectern.LeadElsewhere(from, list, []lectern.Locale{"fr", "en"})
			lectern.AddressLocale(from)
			_ = (&lectern.Redirect{From: from, Target: lectern.Target{Article: 1}}).Check()
		}
	}
	// A redirect is as long as its address may be, and so may be each of many.
	long := func(query string) string {
		return "/a?" + growth.Repeat(query)(lectern.MaxRedirectFrom)[:lectern.MaxRedirectFrom-3]
	}
	list = append(list, &lectern.Redirect{From: long("x=1&")}, &lectern.Redirect{From: long("%41&")})
	growth.Search(t, []string{
		"a", "/", "/a", "//", "/.", "/..", "/articles/1", "/articles/1-", "/en/articles/", "/en-us", "/en", "zh-Hant-", "-", "1", "&", "x=1&", "y&", "=", "?", "#", "%", "%41", "%2F", "%zz",
		"+", ";", ":", "@", "[", "é", "\x00", "\xff", "日本",
	}, read)
}
