package richtext

import (
	"strings"
	"testing"

	"lectern/internal/testshared"
)

// checkRoundTrip checks that a clean body is the same after it was Markdown.
func checkRoundTrip(t *testing.T, body string) {
	t.Helper()
	text, err := Markdown(body)
	if err != nil {
		t.Errorf("Markdown(%q): %v", body, err)
		return
	}
	if body != "" && !strings.HasSuffix(text, "\n") {
		t.Errorf("Markdown(%q) = %q ends without a line feed", body, text)
	}
	got, err := FromMarkdown(text)
	if err != nil || got != body {
		t.Errorf("from Markdown %q: %v\n got %s\nwant %s\nof %q", text, err, clip(got, body), clip(body, got), body)
	}
}

func TestBodiesInMarkdown(t *testing.T) {
	tests := []struct{ name, html, want string }{
		{"nothing", "", ""},
		{"paragraphs", "<p>a</p><p>b<br>c</p>", "a\n\nb\\\nc\n"},
		{"empty paragraph", "<p></p><p>a</p>", "<p></p>\n\na\n"},
		{"formats", "<p>a <b>b</b> <i>c</i> <s>d</s> <code>e`f</code> <u>g</u> H<sub>2</sub>O</p>", "a **b** *c* ~~d~~ ``e`f`` <u>g</u> H<sub>2</sub>O\n"},
		{"formats that touch", "<p><b><i>a</i></b><i>b</i> c<b> d</b></p>", "<b>*a*</b>*b* c<b> d</b>\n"},
		{"a bold link", `<p>a <b><a href="/x">b</a></b> c</p>`, "a **[b](/x)** c\n"},
		{"what looks like markup", "<p># 1. *a* [b] &lt;i&gt; &amp;amp; snake_case https://x.io a@b.io</p><p>1. x</p><p>- y</p><p>:::z</p>",
			"\\# 1. \\*a\\* \\[b\\] \\<i> \\&amp; snake_case https\\://x.io a\\@b.io\n\n1\\. x\n\n\\- y\n\n\\:::z\n"},
		{"a heading", `<h2 id="h_0d8a2f2ea4">Title {x} #</h2>`, "## Title \\{x\\} \\# {#h_0d8a2f2ea4}\n"},
		{"a link", `<p><a href="https://x.io/?a=1&b=2" title="T">xy</a> <a href="a b">y</a></p>`, "[xy](https://x.io/?a=1&b=2 \"T\") [y](<a b>)\n"},
		{"lists", "<ul><li>a<ul><li>b</li></ul></li><li></li><li>x</li></ul><ul><li>c</li><li></li></ul><ol start=3><li><p>d</p><p>e</p></li><li>f</li></ol>",
			"- a\n  - b\n-\n- x\n\n* c\n* <p></p>\n\n3. d\n\n   e\n\n4. f\n"},
		{"a table without a header", "<table><tr><td>a|b</td><td></td></tr></table>", "|  |  |\n| --- | --- |\n| a\\|b |  |\n"},
		{"a table with a header", "<table><tr><th>a</th><th align=right>b</th></tr><tr><td>1</td><td align=right>2<br>3</td></tr></table>",
			"| a | b |\n| --- | --: |\n| 1 | 2<br>3 |\n"},
		{"code", "<pre><code class=language-go>a\n\n```b</code></pre>", "````go\na\n\n```b\n````\n"},
		{"a quote", "<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b\n"},
		{"an image", "<p><img src=a.png alt='A &quot;b&quot;' title=T></p><p><a href=/x><img src=b.png></a></p>", "![A \"b\"](a.png \"T\")\n\n[![](b.png)](/x)\n"},
		{"a callout", `<div class="intercom-interblocks-callout" style="background-color: #feedaf80"><p>a</p><p>b</p></div>`, ":::callout{color=\"yellow\"}\na\n\nb\n:::\n"},
		{"sections", "<details open><summary>a</summary><details><summary><h2 id=h_0d8a2f2ea4>b</h2></summary>c</details></details>",
			"::::collapsible[a]{open}\n:::collapsible[## b {#h_0d8a2f2ea4}]\nc\n:::\n::::\n"},
		{"a button", `<center><a class="intercom-h2b-button" href="https://x.io">Start <b>now</b></a></center>`,
			"::::block{align=\"center\"}\n:::button[Start **now**]{href=\"https://x.io\"}\n:::\n::::\n"},
		{"a video", `<iframe src="https://youtu.be/1" title="A &quot;b&quot;"></iframe>`, ":::video{src=\"https://youtu.be/1\" title=\"A \\\"b\\\"\"}\n:::\n"},
		{"blocks set alike", "<p dir=rtl>a</p><ul dir=rtl><li>b</li></ul><p align=center>c</p>",
			":::block{dir=\"rtl\"}\na\n\n- b\n:::\n\n:::block{align=\"center\"}\nc\n:::\n"},
		{"a rule", "<hr>", "___\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			body, err := Clean(tt.html)
			if err != nil {
				t.Fatal(err)
			}
			got, err := Markdown(body)
			if err != nil || got != tt.want {
				t.Errorf("Markdown(%q) = %v\n got %q\nwant %q", body, err, got, tt.want)
			}
			checkRoundTrip(t, body)
		})
	}
}

func TestRealArticlesSurviveMarkdown(t *testing.T) {
	testshared.Need(t, "corpus")
	n := 0
	survives := func(body string) {
		clean, err := Clean(body)
		if err != nil {
			t.Fatal(err)
		}
		if n++; !testing.Short() || n%50 == 0 {
			checkRoundTrip(t, clean)
		}
	}
	type article struct {
		Translations map[string]struct {
			Body string `json:"body_html"`
		}
	}
	testshared.EachLine(t, "corpus/libreoffice-help.jsonl.gz", func(a article) {
		for _, text := range a.Translations {
			survives(text.Body)
		}
	})
	type page struct {
		Body string `json:"body_markdown"`
	}
	testshared.EachLine(t, "corpus/markdown-docs.jsonl.gz", func(p page) {
		body, err := FromMarkdown(p.Body)
		if err != nil {
			t.Fatal(err)
		}
		survives(body)
	})
	t.Logf("%d bodies", n)
}

// FuzzMarkdown checks that every clean body survives Markdown.
func FuzzMarkdown(f *testing.F) {
	for _, s := range append(seeds, "<a href=\xff#>x</a>") {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, html string) {
		if body, err := Clean(html); err == nil {
			checkRoundTrip(t, body)
		}
	})
}

// markdownSoup are texts that are something else in Markdown, and tags.
var markdownSoup = append([]string{
	"*", "**", "_", "~", "~~", "`", "``", "\\", "[", "]", "(", ")", "![", "](x)", "&lt;b>", "&lt;div>", "&amp;lt;", "&amp;#35;", "|", "| - |", "---",
	"===", "#", "# ", "+ ", "- ", "1. ", "12) ", ":::", ":::callout", "{#x}", "{", "}", "[^1]", "☑ ", "<sup><a href=#fn-1>1</a></sup>", "<span id=fn-1></span>", "<a href=https://x.io>https://x.io</a>", "http://x.io", "www.x.io", "a@b.io", ":-:", "é", "中", "。", "\t",
	"    ", "&quot;", "!", "☐ ", "<s>", "</s>", "<mark>", "</mark>", "<img src='a b' title='c\"d'>", "<a href='a|b{c}' title='e|f'>", "<pre><code>", "</code></pre>",
}, soup...)

// FuzzMarkdownSoup makes bodies of what is hard to say in Markdown.
func FuzzMarkdownSoup(f *testing.F) {
	for i := range len(markdownSoup) {
		f.Add([]byte{byte(i), byte(i * 7), byte(i + 1), 0, byte(i * 13)})
	}
	f.Fuzz(func(t *testing.T, pieces []byte) {
		var b strings.Builder
		for _, i := range pieces {
			b.WriteString(markdownSoup[int(i)%len(markdownSoup)])
		}
		if body, err := Clean(b.String()); err == nil {
			checkRoundTrip(t, body)
		}
	})
}

func TestHostileBodiesStayInBoundsAsMarkdown(t *testing.T) {
	for name, body := range hostile(1 << 16) {
		if clean, err := Clean(body); err == nil {
			if text, err := Markdown(clean); err != nil || len(text) > 16*len(clean)+64<<10 {
				t.Errorf("%s: %d bytes became %d, %v", name, len(clean), len(text), err)
			}
		}
	}
}

// BenchmarkMarkdown is by byte of the body.
func BenchmarkMarkdown(b *testing.B) {
	body, err := Clean(strings.Repeat("<h2>Title</h2><p>All work and <b>no play</b> makes <a href=/x>a dull</a> article.</p><ul><li>One<li>Two</ul>", 40))
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Markdown(body); err != nil {
			b.Fatal(err)
		}
	}
}
