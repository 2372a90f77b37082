package richtext

import (
	"errors"
	"strings"
	"testing"

	"lectern"
)

func TestMarkdownBecomesABody(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"nothing", "", ""},
		{"paragraphs", "a *b*\n**c** ~~d~~ `e`\n\nf", p("a <i>b</i> <b>c</b> <s>d</s> <code>e</code>") + p("f")},
		{"heading with an id", "# Title {#h_0d8a2f2ea4}\n", `<h1 id="h_0d8a2f2ea4">Title</h1>`},
		{"link to a heading", "[go](#h_0d8a2f2ea4)\n\n## Über uns {#h_0d8a2f2ea4}", p(`<a href="#h_0d8a2f2ea4" class="intercom-content-link">go</a>`) + `<h2 id="h_0d8a2f2ea4">Über uns</h2>`},
		{"link to a heading by its words", "[go](#über-uns-1)\n\n# Über uns\n# Über uns!", p(`<a href="#h_5501b8015a" class="intercom-content-link">go</a>`) + `<h1 id="h_c57f61785a">Über uns</h1><h1 id="h_5501b8015a">Über uns!</h1>`},
		{"task list", "- [x] a\n- [ ] b", "<ul><li>" + p("☑ a") + "</li><li>" + p("☐ b") + "</li></ul>"},
		{"table", "| a | b |\n|---|:-:|\n| 1 | 2 |", tableHead + "<tr><th>" + p("a") + `</th><th><p class="intercom-align-center no-margin">b</p></th></tr><tr><td>` + p("1") + `</td><td><p class="intercom-align-center no-margin">2</p></td></tr>` + tableTail},
		{"code", "```go\na\n\n  b\n```", "<pre><code class=\"language-go\">a\n\n  b</code></pre>"},
		{"image", "![A](a.png \"T\")", container + `<img src="a.png" alt="A" title="T"></div>`},
		{"HTML", "<details><summary>a</summary>\n\nb\n\n</details>\n<script>c</script>", `<details><summary>a</summary><div class="collapsible-section-content">` + p("b") + "</div></details>"},
		{"footnote", "Note[^1] here[^b].\n\n[^1]: https://example.com/source\n[^b]: One\n\n    Two\n", p(`Note<sup><span id="fnref-1"></span><a href="#fn-1" class="intercom-content-link">1</a></sup> here<sup><span id="fnref-2"></span><a href="#fn-2" class="intercom-content-link">2</a></sup>.`) +
			"<ol><li>" + p(`<span id="fn-1"></span>`+a("https://example.com/source", "https://example.com/source")+` <a href="#fnref-1" class="intercom-content-link">↩</a>`) + "</li><li>" +
			p(`<span id="fn-2"></span>One`) + p(`Two <a href="#fnref-2" class="intercom-content-link">↩</a>`) + "</li></ol>"},
		{"footnote that is not there", "a[^1] [^2]: b", p("a[^1] [^2]: b")},
		{"footnote nothing refers to", "a\n\n[^1]: b", p("a") + "<ol><li>" + p("b") + "</li></ol>"},
		{"footnote referred to twice", "a[^n] b[^n]\n\n[^n]: c\n[^n]: d", p(`a<sup><span id="fnref-1"></span><a href="#fn-1" class="intercom-content-link">1</a></sup> b<sup><a href="#fn-1" class="intercom-content-link">1</a></sup>`) + "<ol><li>" + p(`<span id="fn-1"></span>c <sup><a href="#fn-1" class="intercom-content-link">1</a></sup>: d <a href="#fnref-1" class="intercom-content-link">↩</a>`) + "</li></ol>"},
		{"alert", "> [!NOTE]\n> Look *here*.\n>\n> And there.", `<div class="intercom-interblocks-callout" style="background-color: #e3e7fa80; border-color: #334bfa33;">` + p("Look <i>here</i>.") + p("And there.") + "</div>"},
		{"alert of every kind", "> [!tip]\n> a\n\n> [!IMPORTANT]\n> b\n\n> [!WARNING]\n> c\n\n> [!CAUTION]\n> d", alert("#d7efdc80", "#1bb15733", "a") + alert("#e3e7fa80", "#334bfa33", "b") + alert("#feedaf80", "#fbc91633", "c") + alert("#fed9db80", "#fd3a5733", "d")},
		{"alert without text", "> [!NOTE]\n\na", p("a")},
		{"quote that is no alert", "> [!OTHER]\n> a\n\n> b\n> [!NOTE]", "<blockquote>" + p("[!OTHER] a") + "</blockquote><blockquote>" + p("b [!NOTE]") + "</blockquote>"},
		{"callout of another colour", ":::callout{background=\"#F1E8FD\" border=\"#abc\"}\na\n:::", alert("#F1E8FD", "#abc", "a")},
		{"bare address", "https://x.io", p(`<a href="https://x.io"` + linkTail + "https://x.io</a>")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := FromMarkdown(tt.in)
			if err != nil || got != tt.want {
				t.Errorf("FromMarkdown(%q) = %v\n got %s\nwant %s", tt.in, err, got, tt.want)
			}
		})
	}
}

// alert returns a callout in the normal form.
func alert(background, border, text string) string {
	return `<div class="intercom-interblocks-callout" style="background-color: ` + background + `; border-color: ` + border + `;">` + p(text) + "</div>"
}

func TestMarkdownComesBackAsItWas(t *testing.T) {
	for _, text := range []string{
		"<https://auto.example.com>\n", "See <https://x.io/?a=1&b=2> and <a.b@x.io>.\n", "| <https://x.io> |\n| --- |\n| b |\n", "# <https://x.io> {#h_0d8a2f2ea4}\n",
		"- [x] done\n- [ ] open\n  - [x] **more**\n", "Note[^1] and[^2] and[^1].\n\n[^1]: One\n\n[^2]: Two\n\n    Three\n", "- a[^1]\n\n[^1]: One\n",
		":::callout{background=\"#F1E8FD\" border=\"teal\"}\na\n:::\n",
	} {
		body, err := FromMarkdown(text)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := Markdown(body); err != nil || got != text {
			t.Errorf("%q came back as %q, %v", text, got, err)
		}
		checkStable(t, body)
	}
	for in, want := range map[string]string{ // what is written in another way is that way from then on
		"https://auto.example.com\n": "<https://auto.example.com>\n", "www.x.io\n": "[www\\.x.io](http://www.x.io)\n", "a@x.io\n": "<a@x.io>\n", "* [X] a\n": "- [x] a\n",
		"[^b]: One\n\nText[^b]\n": "Text[^1]\n\n[^1]: One\n",
	} {
		body, err := FromMarkdown(in)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Markdown(body)
		if err != nil || got != want {
			t.Errorf("%q came back as %q, %v, want %q", in, got, err, want)
		}
		checkRoundTrip(t, body)
	}
}

func TestManyMarksSurviveMarkdown(t *testing.T) {
	body, err := Clean("<p>" + repeat("<b>a</b> <i>b_c</i> ", 1500) + "</p>")
	if err != nil {
		t.Fatal(err)
	}
	checkRoundTrip(t, body)
}

func TestMarkdownIsRefusedLikeHTML(t *testing.T) {
	for _, markdown := range []string{"a ![dot](data:image/png;base64,AA==)", `<img src="data:image/gif;base64,AA==">`, repeat("<div>", 201) + "x"} {
		_, err := FromMarkdown(markdown)
		var refusal *lectern.Error
		if !errors.As(err, &refusal) || refusal.Kind != lectern.Invalid || refusal.Field != "body_markdown" || !strings.HasPrefix(refusal.Text, "body_markdown ") {
			t.Errorf("FromMarkdown(%q) = %v", markdown, err)
		}
	}
}
