package richtext

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// seeds are what the fuzzers begin with: every construct once, and attacks that
// have worked on other sanitisers by being read differently the second time.
var seeds = []string{
	"Body of the Article", "<p></p><h1>First</h1>", `<h1 id="h_61bff2dd7a">x</h1><a href="#h_61bff2dd7a">y</a>`,
	`<p class="intercom-align-center">a<img src=x><b>c<i>d</b>e</i></p>`, "<ul><li>a<ol start=2><li>b</ol><ul>c</ul>d",
	"<table><caption>c<tr>x<td><b>a<td colspan=2><table><td>b", "<pre>\n\na<code class=language-go>\n b<br><p>c</pre>",
	`<details><summary><h2>a<ul><li>b</summary>c</details>`, `<a class="intercom-h2b-button" href=x><b>a<p>b<p>c</a>`,
	`<div class="intercom-interblocks-callout" style="background-color: #feedaf80"><dl><dt>a<dd>b</dl>`,
	`<iframe src="//youtu.be/x"><p></iframe>`, `<img src="a,b" alt="a &quot;b&quot;" style="width:50%">`,
	`<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">`,
	`<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">`, `<noscript><p title="</noscript><img src=x onerror=alert(1)>">`,
	`<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>`, "<a href=\"java\nscript:alert(1)\">x",
	`<a href="&#106;avascript&colon;alert(1)">x</a>`, "<select><template><textarea></select><script>alert(1)</script>",
	`<p dir=rtl lang=ar>&#0;&#13;&#x1f;&nbsp;</p>`, `<div align=center><a href=x><img src=y></a></div>`, "<xmp><b>a</xmp><plaintext><b>",
}

func FuzzClean(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		got, err := Clean(body)
		if err != nil {
			return
		}
		checkStable(t, got)
	})
}

// soup is what FuzzTagSoup makes bodies of: every tag the reader knows, open and
// closed, with the attributes that change what it does.
var soup = []string{
	"x", "y ", " ", "\n", "&amp;", "&nbsp;", "<br>", "<hr>", "<p>", "</p>", "<p dir=rtl>", "<p align=center>", "<p class=intercom-align-left>",
	"<b>", "</b>", "<i>", "</i>", "<code>", "</code>", "<code class=language-go>", "<sup>", "</sup>", "<kbd>", "</kbd>",
	"<a href=/x>", "<a href=#n>", "</a>", "<a name=n>", "<a class=intercom-h2b-button href=/b>", "<a id=n href=x title=t>",
	"<h1>", "</h1>", "<h2 id=n>", "</h2>", "<h3 id=h_0123456789>", "</h3>", "<h4 lang=de class=intercom-align-right>",
	"<ul>", "</ul>", "<ol start=3 type=a reversed>", "</ol>", "<li>", "</li>", "<li value=7 dir=ltr>", "<menu>", "</menu>",
	"<table>", "</table>", "<table dir=rtl>", "<tbody>", "</tbody>", "<tr>", "</tr>", "<tr align=right lang=en>", "<td>", "</td>", "<th colspan=2>", "</th>", "<caption>", "</caption>",
	"<blockquote>", "</blockquote>", "<div>", "</div>", "<div dir=auto align=left>", "<div id=n class=intercom-container>",
	`<div class=intercom-interblocks-callout style="background-color: #fed9db80">`, "<section>", "</section>", "<center>", "</center>",
	"<details>", "</details>", "<details open>", "<summary>", "</summary>", "<div class=collapsible-section-content>",
	"<pre>", "</pre>", "<pre class=language-c>", "<dl>", "</dl>", "<dt>", "</dt>", "<dd>", "</dd>",
	"<img src=i>", `<img src=i alt="A  a" width=1px>`, "<img src=x:y alt=z>", "<iframe src=//vimeo.com/1></iframe>", "<iframe src=https://youtu.be/1 />", "<iframe>",
	"<script>", "</script>", "<form>", "</form>", "<svg>", "</svg>", "<textarea>", "</textarea>", "<u>", "</u>", "<span>", "</span>", "<!--", "-->",
	`<b style="font-weight:normal">`, `<span style="font-weight:700">`, `<span style="font-weight:400;font-style:italic">`, `<p style="font-weight:bold;text-align:end">`,
	`<span id=n style="text-decoration:underline">`, `<em style="font-style:normal">`, `<div style="font-style:italic" class=text-justify>`, `<td style="font-weight:600;background:#eee">`,
	`<tr bgcolor=red>`, `<ol style="list-style-type:lower-roman">`, `<li style="list-style-type:upper-alpha">`, `<figure style="width:50%">`, "</figure>", `<img src=j style="width:40%;float:right">`,
	`<div class=intercom-interblocks-callout style="background:rgb(1, 2,3);border-color:#AbC">`, "<input type=checkbox>", "<q>", "</q>", "<rt>", "</rt>", "<math>", "<mfrac>", "<mn>", "</mn>",
	"</math>", "<video src=https://x.io/v>", "</video>", "<select>", "<option>", "</select>", "<li id=n>", "<kbd><kbd>", "<iframe src=https://x.io/>", "<pre data-lang=go>", "<noscript>", "</noscript>",
	"<span class=katex>", "</span>", "<span class=katex-mathml>", "<span aria-hidden=true>", "<mjx-container>", "</mjx-container>", "<script type=math/tex>z</script>",
}

// FuzzTagSoup makes bodies that byte by byte would hardly come about: each byte
// is a tag or a piece of text.
func FuzzTagSoup(f *testing.F) {
	for i := range len(soup) {
		f.Add([]byte{byte(i), 0, byte(i * 7), 1, byte(i * 13), byte(i + 1), 0})
	}
	f.Fuzz(func(t *testing.T, pieces []byte) {
		var b strings.Builder
		for _, i := range pieces {
			b.WriteString(soup[int(i)%len(soup)])
		}
		got, err := Clean(b.String())
		if err != nil {
			return
		}
		checkStable(t, got)
		if letters(Text(got)) != letters(Text(b.String())) {
			t.Errorf("Clean(%q) has other words: %q", b.String(), got)
		}
	})
}

// letters returns what s is made of, in alphabetical order. A summary or text
// between cells may come earlier in a clean body than it stood, but it must come.
func letters(s string) string {
	b := []byte(squash(s))
	slices.Sort(b)
	return string(b)
}

func FuzzText(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		got := Text(body)
		if !utf8.ValidString(got) || strings.ContainsAny(got, "\x00\r\f") {
			t.Errorf("Text(%q) = %q is not plain text", body, got)
		}
		for line := range strings.SplitSeq(got, "\n") {
			if strings.Trim(line, " \t\u00a0") != line || strings.Contains(line, "  ") || line == "" && got != "" {
				t.Errorf("Text(%q) = %q has white space to spare", body, got)
			}
		}
	})
}

func FuzzFromMarkdown(f *testing.F) {
	f.Add("# Title {#h_0d8a2f2ea4}\n\n- [x] done\n- [ ] open\n\n| a | b |\n|:-:|--:|\n| 1 | 2 |\n\n```go\nx\n```\n<script>")
	f.Add("a[^1] b[^b]\n\n[^1]: c\n\n    d\n[^b]: - e\n> [!NOTE]\n> f\n\n<a.b@x.io> https://x.io/?a&b=c")
	f.Fuzz(func(t *testing.T, markdown string) {
		if got, err := FromMarkdown(markdown); err == nil {
			checkStable(t, got)
			checkRoundTrip(t, got)
		}
	})
}

// hostile returns bodies of about size bytes that would take a careless reader
// the square of that.
func hostile(size int) map[string]string {
	fill := func(s string) string { return strings.Repeat(s, size/len(s)) }
	return map[string]string{
		"divs nested":            fill("<div>"),
		"spans nested":           fill("<span>"),
		"bold nested":            fill("<b>"),
		"bold left open":         fill("<p><b>x"),
		"formats left open":      "<b><i><u><s><sub><sup><mark><kbd><code>" + fill("<p>x"),
		"formats overlapping":    fill("<b>x<i>y</b>z</i>"),
		"links left open":        fill("<a href=/x>x<p>"),
		"lists nested":           fill("<ul><li>"),
		"items":                  fill("<li>x"),
		"tables nested":          fill("<table>"),
		"tables nested in cells": fill("<table><td>"),
		"cells":                  "<table>" + fill("<td>x"),
		"text between cells":     "<table>" + fill("x<tr>"),
		"end tags alone":         fill("</div></p></b></a></table></form></select>"),
		"forms left open":        fill("<form>"),
		"removed left open":      fill("<form><select><svg><math><object><template><audio><video><canvas><map>"),
		"scripts":                fill("<script></script>"),
		"attributes":             "<p " + fill("a=b ") + ">x",
		"different attributes":   "<p " + manyAttributes(size/8) + ">x",
		"classes":                `<p class="` + fill("a ") + `">x`,
		"styles":                 fill(`<p style="text-align:;text-align:;">`),
		"angle brackets":         fill("<"),
		"comments":               fill("<!--"),
		"references":             fill("&#0;&amp;&"),
		"line breaks":            fill("<br>"),
		"images":                 fill("<img src=a>"),
		"anchors":                fill("<a name=x></a>"),
		"headings":               fill("<h1>x"),
		"code":                   fill("<pre>x"),
		"code lines":             "<pre>" + fill("<p>x"),
		"buttons":                fill(`<a class=intercom-h2b-button href=x>y`),
		"details":                fill("<details><summary>"),
		"terms":                  fill("<dt>x"),
		"white space":            fill(" "),
		"words":                  fill("a "),
		"formulas":               fill(`<span class=katex><i aria-hidden=true>x</i><math><mi>x</mi></math></span>`),
		"formulas nested":        fill(`<span class=katex><i aria-hidden=true>x</i><math><mi>x</mi></math>`),
		"formulas in scripts":    fill(`<script type=math/tex>x</script> `),
	}
}

func TestHostileBodiesStayInBounds(t *testing.T) {
	for name, body := range hostile(1 << 17) {
		got, err := Clean(body)
		if err == nil && len(got) > 16*len(body)+64<<10 {
			t.Errorf("%s: %d bytes became %d", name, len(body), len(got))
		}
		Text(body)
	}
}

// BenchmarkHostile shows the cost by byte, which should not grow with the size.
func BenchmarkHostile(b *testing.B) {
	for _, size := range []int{1 << 16, 1 << 20} {
		for name, body := range hostile(size) {
			b.Run(fmt.Sprintf("%s/%d", name, size), func(b *testing.B) {
				b.SetBytes(int64(len(body)))
				for b.Loop() {
					Clean(body)
				}
			})
		}
	}
}

// manyAttributes returns n attributes with different names.
func manyAttributes(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteByte(' ')
		for ; i > 0; i /= 26 {
			b.WriteByte('a' + byte(i%26))
		}
	}
	return b.String()
}
