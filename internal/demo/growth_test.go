package demo

import (
	"testing"

	"lectern/internal/growth"
)

// TestGrowthOfHeaders reads files of a manual: lines of a header and what
// follows them.
func TestGrowthOfHeaders(t *testing.T) {
	to := func(name string) (string, error) { return name, nil }
	growth.Search(t, []string{
		"title: a\n", "title:", ":", "\n", "\n\n", " ", "icon: a\r\n", "author: \n", "description: b\n", "a: b\n", "{changes}", "](article:", "](article:a)", "href=\"article:",
		"{picture:", "{picture:a}", "}", ")", "\x00", "é",
	}, func(s string) {
		_, _ = parseText(s)
		if text, err := parseText("title: a\n" + s); err == nil {
			_, _ = text.html(to, to)
		}
		_, _ = text{markdown: s, stored: true}.html(to, to)
	})
}
