package address

import (
	"testing"

	"lectern"
	"lectern/internal/growth"
)

func TestGrowthOfAddresses(t *testing.T) {
	h := &lectern.HelpCenter{Identifier: "help", CustomDomain: "docs.example.com"}
	growth.Search(t, []string{
		"a", " ", "-", "/", "//", "..", "?", "&x=1", "#", "%41", "%2F", "%", "@", ":", "[", "]", "é", "e\u0301", "\u0301", "\u0323\u0301", "ﬁ", "ﷺ", "각", "日本", "ลำ", "\xff", "\x00",
	}, func(s string) {
		Slug(s)
		for _, address := range []string{s, "https://" + s, "https://docs.example.com/" + s, "https://host/help/a?" + s} {
			Within("https://host", h, address)
		}
	})
}
