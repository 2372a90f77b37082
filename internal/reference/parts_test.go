package reference

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"lectern/internal/apiversion"
)

func TestNotationsWriteEveryKindOfValue(t *testing.T) {
	value := apiversion.NewObject("text", `it's "5" # <b>`, "none", nil, "yes", true, "no", false, "n", 7,
		"list", []any{1, 2}, "void", []any{}, "empty", apiversion.NewObject(), "deep", apiversion.NewObject("k", "v"))
	for _, test := range []struct {
		name string
		notation
		want []string
	}{
		{"JSON", jsonNotation, []string{`"text": "it's \"5\" # <b>"`, `"none": null`, `"list": [1, 2]`, `"void": []`, `"empty": {}`, "\"deep\": {\n    \"k\": \"v\"\n  }\n}"}},
		{"Ruby", rubyNotation, []string{`text: "it's \"5\" \# <b>"`, "none: nil"}},
		{"PHP", phpNotation, []string{`'text' => 'it\'s "5" # <b>'`, "'empty' => new stdClass()", "'void' => []"}},
		{"Python", pythonNotation, []string{`"none": None`, `"yes": True`, `"no": False`}},
		{"R", rNotation, []string{"none = NULL", "yes = TRUE", "list = list(1, 2)", "empty = setNames(list(), character())"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := test.write(value, "")
			for _, want := range test.want {
				if !strings.Contains(got, want) {
					t.Errorf("%s has no %s", got, want)
				}
			}
		})
	}
}

func TestAShellReadsQuotesAsTheyAre(t *testing.T) {
	if got, want := shell("it's"), `'it'\''s'`; got != want {
		t.Errorf("shell = %s, want %s", got, want)
	}
}

func TestHighlightMarksWhatItKnows(t *testing.T) {
	for _, test := range []struct{ name, lang, code, want string }{
		{"keys and values", "json", `{"a": "b", "n": 12}`,
			`{<span class="k">&#34;a&#34;</span>: <span class="s">&#34;b&#34;</span>, <span class="k">&#34;n&#34;</span>: <span class="n">12</span>}`},
		{"words", "go", "if x1 { return }", `<span class="k">if</span> x1 { <span class="k">return</span> }`},
		{"an apostrophe is no string in R's names", "r", "`A` = 1", "`A` = <span class=\"n\">1</span>"},
		{"a backslash before a shell's quote", "curl", `'a\' b`, `<span class="s">&#39;a\&#39;</span> b`},
		{"a string without end", "python", `"a`, `<span class="s">&#34;a</span>`},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := string(highlight(test.code, test.lang)); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

var tag = regexp.MustCompile(`</?(span( class="[ksn]")?|mark|code)>`)

func FuzzHighlightKeepsTheText(f *testing.F) {
	f.Add(`{"a": "b\"", 'c': 1.5} """x""" <b>&amp;`, "json")
	f.Add("`a\\` é $x", "go")
	f.Fuzz(func(t *testing.T, code, lang string) {
		if got := html.UnescapeString(tag.ReplaceAllString(string(highlight(code, lang)), "")); got != html.UnescapeString(html.EscapeString(code)) {
			t.Errorf("highlight(%q, %q) became %q", code, lang, got)
		}
	})
}

func FuzzMarkKeepsTheText(f *testing.F) {
	f.Add("The parent_id of <b>İ</b>", "parent b")
	f.Fuzz(func(t *testing.T, text, query string) {
		if got := html.UnescapeString(tag.ReplaceAllString(string(mark(text, termsOf(query))), "")); got != text {
			t.Errorf("mark(%q, %q) became %q", text, query, got)
		}
	})
}

func TestMarkMarksTheLongestTerm(t *testing.T) {
	if got, want := string(mark("Article", []string{"art", "article"})), "<mark>Article</mark>"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestDefinitionsBecomeSentencesForReaders(t *testing.T) {
	for in, want := range map[string]string{
		"An ArticleList is a page of articles.":      "A page of articles.",
		"TagsApplied are the tags of an object.":     "The tags of an object.",
		"CreateArticleRequest asks for a new thing.": "",
		"Done; the body is empty.":                   "",
	} {
		if got := introduction(in); got != want {
			t.Errorf("introduction(%q) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{"": "", "at most 255": "At most 255.", "HTML; empty": "HTML; empty.", "parent_id first": "parent_id first.", "Done.": "Done."} {
		if got := sentence(in); got != want {
			t.Errorf("sentence(%q) = %q, want %q", in, got, want)
		}
	}
}
