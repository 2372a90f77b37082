package blocks

import (
	"encoding/json"
	"errors"
	"testing"

	"lectern"
	"lectern/internal/richtext"
)

// read returns JSON as a list of blocks.
func read(t testing.TB, text string) []json.RawMessage {
	t.Helper()
	var list []json.RawMessage
	if err := json.Unmarshal([]byte(text), &list); err != nil {
		t.Fatal(err)
	}
	return list
}

func TestBlocksAreHTML(t *testing.T) {
	for _, c := range []struct{ blocks, body string }{
		{`[]`, ``},
		{`[{"type":"paragraph","text":"Settings > <b>Security</b> & more"}]`, `<p class="no-margin">Settings &gt; <b>Security</b> &amp; more</p>`},
		{`[{"type":"paragraph","text":"<b>open"},{"type":"paragraph","text":"next"}]`, `<p class="no-margin"><b>open</b></p><p class="no-margin">next</p>`},
		{`[{"type":"paragraph","text":"<script>x"},{"type":"paragraph","text":"next"}]`, `<p class="no-margin">next</p>`},
		{`[{"type":"code","text":"a < b\n  <b>"}]`, "<pre><code>a &lt; b\n  &lt;b&gt;</code></pre>"},
		{`[{"type":"orderedList","items":["One",{"type":"paragraph","text":"Two"}]}]`, `<ol><li><p class="no-margin">One</p></li><li><p class="no-margin">Two</p></li></ol>`},
		{`[{"type":"image","url":"https://example.com/a.png","altText":"\"A\""}]`, `<div class="intercom-container"><img src="https://example.com/a.png" alt="&quot;A&quot;"></div>`},
		{`[{"type":"horizontalRule"}]`, `<hr>`},
		{`[{"type":"heading","text":"One"},{"type":"subheading3","text":"Two"}]`, `<h1>One</h1><h3>Two</h3>`},
		{`[{"type":"html","content":"<p>x</p>"}]`, `<p class="no-margin">x</p>`},
		{`[{"type":"callout","text":"Kept"},{"type":"tabs","items":["a"]},{"type":"card","content":"c"},{"type":"spacer"}]`,
			`<p class="no-margin">Kept</p><ul><li><p class="no-margin">a</p></li></ul><p class="no-margin">c</p>`},
	} {
		if got, err := HTML(read(t, c.blocks)); err != nil || got != c.body {
			t.Errorf("%s\n got %s, %v\nwant %s", c.blocks, got, err, c.body)
		}
	}
}

func TestWhatIsNoBlockIsRefused(t *testing.T) {
	for _, blocks := range []string{
		`[1]`, `["x"]`, `[null]`, `[[]]`, `[{}]`, `[{"type":""}]`, `[{"type":1}]`, `[{"text":"x"}]`,
		`[{"type":"paragraph"}]`, `[{"type":"paragraph","text":1}]`, `[{"type":"heading","text":null}]`, `[{"type":"code"}]`,
		`[{"type":"image"}]`, `[{"type":"html"}]`, `[{"type":"orderedList"}]`, `[{"type":"unorderedList","items":{}}]`,
		`[{"type":"unorderedList","items":[1]}]`, `[{"type":"unorderedList","items":[{}]}]`,
	} {
		_, err := HTML(read(t, blocks))
		var e *lectern.Error
		if !errors.As(err, &e) || e.Kind != lectern.Invalid || e.Field != "json_blocks" {
			t.Errorf("%s: %v", blocks, err)
		}
	}
}

func TestHTMLIsBlocks(t *testing.T) {
	for _, c := range []struct{ markdown, blocks string }{
		{"", `[]`},
		{"Settings > Security & *more*", `[{"type":"paragraph","text":"Settings > Security &amp; <i>more</i>"}]`},
		{"# One\n\n## Two\n\n### Three\n\n#### Four", `[{"type":"heading","text":"One"},{"type":"subheading","text":"Two"},{"type":"subheading3","text":"Three"},{"type":"subheading4","text":"Four"}]`},
		{"- a\n- b", `[{"type":"unorderedList","items":["a","b"]}]`},
		{"1. a\n2. b", `[{"type":"orderedList","items":["a","b"]}]`},
		{"```\na < b\n\n  c\n```", `[{"type":"code","text":"a < b\n\n  c"}]`},
		{"![A](https://example.com/a.png)", `[{"type":"image","url":"https://example.com/a.png","altText":"A"}]`},
		{"---", `[{"type":"horizontalRule"}]`},
		{"> quoted", `[{"type":"html","content":"<blockquote><p class=\"no-margin\">quoted</p></blockquote>"}]`},
	} {
		body, err := richtext.FromMarkdown(c.markdown)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := encode(FromHTML(body)); err != nil || got != c.blocks {
			t.Errorf("%q\n got %s, %v\nwant %s", c.markdown, got, err, c.blocks)
		}
	}
}

func TestMarkdownIsContentWithAndWithoutItsFirstHeading(t *testing.T) {
	const text = `{"type":"paragraph","text":"Body > <b>x</b>"}`
	for _, c := range []struct{ markdown, heading, blocks, rest string }{
		{"# A *title*\n\nBody > **x**", "A title", `[{"type":"heading","text":"A <i>title</i>"},` + text + `]`, `[` + text + `]`},
		{"Body > **x**\n\n# Later", "", `[` + text + `,{"type":"heading","text":"Later"}]`, ""},
		{"## Second\n", "", `[{"type":"subheading","text":"Second"}]`, ""},
		{"# Alone", "Alone", `[{"type":"heading","text":"Alone"}]`, `[]`},
		{"", "", `[]`, ""},
	} {
		content, heading, rest, err := FromMarkdown(t.Context(), c.markdown)
		if err != nil || heading != c.heading || content.Blocks != c.blocks || rest.Blocks != c.rest {
			t.Errorf("%q: %q\n%s\n%s\n%v", c.markdown, heading, content.Blocks, rest.Blocks, err)
		}
		if (rest.Body == content.Body) != (c.markdown == "") {
			t.Errorf("%q: bodies %q and %q", c.markdown, content.Body, rest.Body)
		}
	}
}

func FuzzBlocksOfABodyMakeThatBody(f *testing.F) {
	for _, body := range []string{
		"", "<p>a</p>", "<p></p><p>b</p>", "<p dir=rtl>a</p>", "<h2 id=x>a <b>b</b></h2>", "<ul><li>a<ul><li>b</li></ul></li></ul>", "<ol start=3><li>a</li></ol>",
		"<pre><code>a\n\nb <b>c</b></code></pre>", "<pre>\n\na</pre>", `<img src="https://example.com/a.png">`, `<a href="https://example.com"><img src="https://example.com/a.png"></a>`,
		"<table><tr><td>a</td></tr></table>", "<details><summary>a</summary>b</details>", "<p>&nbsp;&lt;b&gt;</p>", "<ul></ul>", "<p> a</p> b <hr>",
	} {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		clean, err := richtext.Clean(body)
		if err != nil {
			return
		}
		var list []json.RawMessage
		for _, b := range FromHTML(clean) {
			text, err := encode(b)
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, json.RawMessage(text))
		}
		clean = headingIDs.ReplaceAllString(clean, "$1")
		if again, err := HTML(list); err != nil || again != clean {
			t.Errorf("%q\nclean %q\nagain %q, %v", body, clean, again, err)
		}
	})
}
