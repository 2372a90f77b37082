package richtext

import (
	"errors"
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

func TestMarkdownIsRefusedLikeHTML(t *testing.T) {
	_, err := FromMarkdown(`<iframe src="https://evil.example/"></iframe>`)
	if !errors.Is(err, lectern.Invalid) {
		t.Errorf("FromMarkdown = %v, want Invalid", err)
	}
}
