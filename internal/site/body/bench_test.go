package body

import (
	"fmt"
	"strings"
	"testing"

	"lectern/internal/richtext"
)

// article is a body of about 10 KB as people write them.
func article(t testing.TB) string {
	t.Helper()
	var b strings.Builder
	for i := range 8 {
		fmt.Fprintf(&b, "<h2>Part %d of the form</h2><p>Every parcel that crosses a <b>customs</b> border carries a "+
			`<a href="https://help.example/en/articles/7-x">declaration</a>. Officers use it to decide whether the parcel may `+
			"enter, and what your customer owes in duty and tax.</p><ol><li>Open the order and choose <b>Customs</b>.</li>"+
			"<li>Check each line.</li></ol>"+
			`<div class="intercom-interblocks-callout" style="background-color:#feedaf80"><p><b>Never lower the value</b></p>`+
			"<p>A false value is an offence.</p></div>"+
			"<table><tr><th>Form</th><th>Up to</th></tr><tr><td>CN22</td><td>300 SDR</td></tr></table>"+
			`<img src="https://img.example/%d.png" alt="The form" width="1360" height="800">`+
			"<details><summary>More</summary><p>Open the order and send the invoice.</p></details>", i, i)
	}
	clean, err := richtext.Clean(b.String())
	if err != nil {
		t.Fatal(err)
	}
	return clean
}

// withCode is the same article with a kilobyte of code in two languages.
func withCode(t testing.TB) string {
	code := `<pre><code class="language-json">` + strings.Repeat("{\"reason\": \"sale\", \"lines\": [{\"pieces\": 2, \"value\": 4800}]}\n", 8) + "</code></pre>" +
		`<pre><code class="language-bash">` + strings.Repeat("curl https://api.example/v1/orders -d \"$DATA\" # send it\n", 9) + "</code></pre>"
	return article(t) + code
}

func BenchmarkRender(b *testing.B) {
	plain, coded := article(b), withCode(b)
	run := func(name, in string, before func()) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(in)))
			b.ReportAllocs()
			for b.Loop() {
				before()
				Render(in, options())
			}
		})
	}
	run("article", plain, func() {})
	run("code seen before", coded, func() {})
	run("code seen first", coded, func() { recent = &cache{limit: recent.limit} })
	b.Run("baseline: richtext.Text", func(b *testing.B) {
		b.SetBytes(int64(len(plain)))
		for b.Loop() {
			richtext.Text(plain)
		}
	})
}

// hostile are bodies of about size bytes, made to cost much.
func hostile(size int) map[string]string {
	fill := func(s string) string { return strings.Repeat(s, size/len(s)) }
	return map[string]string{
		"deep":               fill("<div>"),
		"deep lists":         fill("<ul><li>"),
		"deep tables":        fill("<table><tr><td>"),
		"deep inline":        fill("<b><i>"),
		"inline and blocks":  fill("<b><p>x"),
		"end tags":           strings.Repeat("<div>", 100) + fill("</p></b></td>"),
		"headings":           fill("<h1>a</h1>"),
		"same headings":      fill("<h2>same</h2>"),
		"long heading":       "<h2>" + fill("word ") + "</h2>",
		"code":               fill("<pre>a</pre>"),
		"one code":           `<pre><code class="language-js">` + fill("/* ` ${ \" ") + "</code></pre>",
		"many codes":         fill(`<pre><code class="language-php">a"'/*</code></pre>`),
		"one line of code":   `<pre><code class="language-css">` + strings.Repeat("a", maxColored) + "</code></pre>",
		"pictures":           fill("<img src=x>"),
		"pictures in layers": strings.Repeat("<div>", 110) + fill("<img src=x>"),
		"blank in layers":    strings.Repeat("<div>", 110) + fill("<b> </b>"),
		"buttons":            fill(`<a class="intercom-h2b-button" href=x>a</a>`),
		"keys":               fill("<kbd>a</kbd> "),
		"cells":              "<table><tr>" + fill("<td>1"),
		"attributes":         "<p " + fill("a=b ") + ">x",
		"links within links": fill("<a href=x>"),
		"callouts":           fill(`<div class="intercom-interblocks-callout"><b>a</b>`),
		"Latin dots":         fill("a.b "),
		"spaces":             fill(". "),
	}
}

func BenchmarkHostile(b *testing.B) {
	for name, in := range hostile(1 << 20) {
		b.Run(name, func(b *testing.B) {
			o := options()
			o.RTL = true
			for b.Loop() {
				b.ReportMetric(float64(len(Render(in, o).HTML))/float64(len(in)), "out/in")
			}
		})
	}
}

func TestAPageIsNotManyTimesItsBody(t *testing.T) {
	const controls = maxControls * 512
	for name, in := range hostile(64 << 10) {
		if got := len(Render(in, options()).HTML); got > controls+12*len(in) {
			t.Errorf("%s: %d bytes of %d", name, got, len(in))
		}
	}
}
