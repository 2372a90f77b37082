package richtext

import (
	"strings"
	"testing"

	"lectern/internal/growth"
)

func convert(markdown string) {
	if body, err := FromMarkdown(markdown); err == nil {
		_, _ = Markdown(body)
	}
}

// hardMarkdown are texts that take a careless parser the square of their
// length, beside repetitions.
var hardMarkdown = map[string]func(size int) string{
	"links in links":               func(n int) string { return repeat("[", n/5) + "a" + repeat("](b)", n/5) },
	"stars that open, then others": func(n int) string { return repeat("*a ", n/6) + repeat("a_ ", n/6) },
	"stars in stars":               func(n int) string { return repeat("*", n/2) + "a" + repeat("*", n/2) },
	"quotes, then lines":           func(n int) string { return repeat(">", n/2) + "a\n" + repeat("a\n", n/4) },
	"definitions never used":       func(n int) string { return repeat("[a]: b\n", n/14) + "\n" + repeat("[a] ", n/8) },
	"footnotes":                    func(n int) string { return repeat("[^a] ", n/10) + "\n\n" + repeat("[^a]: b\n\n", n/20) },
	"a wide header":                func(n int) string { return repeat("|a", n/8) + "|\n" + repeat("|-", n/8) + "|\n" + repeat("|\n", n/4) },
	"pipes in code":                func(n int) string { return "|a|b|\n|-|-|\n" + repeat("|`a\\|b`|c|\n", n/12) },
	"a long definition":            func(n int) string { return "[a]: " + repeat("b", n/2) + "\n\n" + repeat("[a] ", n/8) },
	"runs of backticks": func(n int) string {
		var b strings.Builder
		for i := 1; b.Len() < n; i++ {
			b.WriteString("a" + repeat("`", i))
		}
		return b.String()
	},
	"deeper lists": func(n int) string {
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			b.WriteString(repeat("  ", i%400) + "- a\n")
		}
		return b.String()
	},
}

func repeat(s string, n int) string { return strings.Repeat(s, n) }

// markdownPieces are what Markdown's notation consists of.
var markdownPieces = []string{
	">", "> ", "- ", "1. ", "[a](", "![a](", "[a](<", "[", "![", "]", "](b)", "[a]", "[a][", "[a]: b\n", "[^a]", "[^a]: ", "*a_ ", "**a ", "a**b", "*", "_a*", "~~a",
	"`", "`a", "<!--", "<?", "<![CDATA[", "<!A", "<a ", "<a b='", "<", "&", "www.", "http://", "a@", "(http://a", "|a", "|-", "||\n", "|-|\n", "\\", "{", "# {a=", "# a\n",
	" 'c", "\t", "  - ", "\n- ", "\n", "\n\n", ":::block\n", "::::callout\n:::\n", ":::collapsible[:::collapsible[", ":::block{aaaa", "{a=", ":::", "[!NOTE]\n", "- [ ] ", "a*(", "(a*", "\n>", "<a\n", "a", " ", "<b>", "</b>", "\u00e9",
}

func TestGrowthOfMarkdown(t *testing.T) {
	for name, make := range hardMarkdown {
		growth.Check(t, name, make, convert)
	}
	growth.Search(t, markdownPieces, convert)
}

func TestGrowthOfHTML(t *testing.T) {
	clean := func(body string) {
		if body, err := Clean(body); err == nil {
			_, _ = Markdown(body)
		}
		Text(body)
		Headings(body)
	}
	for name := range hostile(64) {
		growth.Check(t, name, func(size int) string { return hostile(size)[name] }, clean)
	}
	growth.Search(t, soup, clean)
}
