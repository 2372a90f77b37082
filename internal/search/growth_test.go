package search_test

import (
	"testing"

	"lectern"
	"lectern/internal/growth"
	"lectern/internal/search"
)

func TestGrowthOfQueries(t *testing.T) {
	read := func(phrase string) {
		for _, l := range []lectern.Locale{"en", "de", "ja", "ar", "vi"} {
			search.ParseQuery(l, phrase, search.Options{})
		}
	}
	growth.Search(t, []string{
		"a", "a ", "\"", "\"a ", "-", "wi-fi", "a-b", "a.b", "_", "Ctrl+", "1,5 ", "トークン", "日本", "ひら", "الإعدادات ", "é", "e\u0301", "\u0301", "ß", "ﬁ", "Kreditkarte", "'", "’s ", "@x.io", "https://", "\u200d", "한국", "ก", "\u00ad",
	}, read)
}
