package richtext

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lectern"
)

var update = flag.Bool("update", false, "rewrite the golden files")

const (
	linkTail  = ` target="_blank" class="intercom-content-link">`
	container = `<div class="intercom-container">`
	tableHead = `<div class="intercom-interblocks-table-container"><table role="presentation"><tbody>`
	tableTail = `</tbody></table></div>`
)

// p returns a paragraph in the normal form.
func p(content string) string { return `<p class="no-margin">` + content + `</p>` }

func TestBodiesGetTheRecordedForm(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"nothing", "", ""},
		{"only white space", " \n\t ", ""},
		{"bare text", "Body of the Article", p("Body of the Article")},
		{"bare inline element", "<b>Eins Zwei</b>", p("<b>Eins Zwei</b>")},
		{"paragraph", "<p>Test body</p>", p("Test body")},
		{"older paragraph", `<p class="intercom-align-left">x</p>`, `<p class="intercom-align-left no-margin">x</p>`},
		{"empty paragraph before a heading", "<p></p><h1>First</h1>", p("") + "\n" + `<h1 id="h_902168647c">First</h1>`},
		{"empty paragraph before a paragraph", "<p></p><p>x</p>", p("") + p("x")},
		{"paragraph with a line break alone", "<p><br></p>", p("")},
		{"alignment", `<p class="intercom-align-center">x</p>`, `<p class="intercom-align-center no-margin">x</p>`},
		{"alignment by attribute", `<p align="RIGHT">x</p>`, `<p class="intercom-align-right no-margin">x</p>`},
		{"alignment by style", `<p style="color: red; text-align: center">x</p>`, `<p class="intercom-align-center no-margin">x</p>`},
		{"alignment of a container", `<center><p>x</p></center>`, `<p class="intercom-align-center no-margin">x</p>`},
		{"aligned heading", `<h2 id="h_0123456789" class="intercom-align-right">x</h2>`, `<h2 id="h_0123456789" class="intercom-align-right">x</h2>`},
		{"heading keeps its id and level", `<h3 id="h_bb4813e5c6">Title</h3>`, `<h3 id="h_bb4813e5c6">Title</h3>`},
		{"formatting", "<p><strong>a</strong> <em>b</em> <del>c</del> <ins>d</ins></p>", p("<b>a</b> <i>b</i> <s>c</s> <u>d</u>")},
		{"formatting with meaning", "<p>x<sup>2</sup> H<sub>2</sub>O <mark>m</mark> <kbd>Ctrl</kbd> <code>f()</code></p>", p("x<sup>2</sup> H<sub>2</sub>O <mark>m</mark> <kbd>Ctrl</kbd> <code>f()</code>")},
		{"formatting without content", "<p>a<b></b><i> </i>b</p>", p("a<i> </i>b")},
		{"formatting that overlaps", "<p><b>a<i>b</b>c</i></p>", p("<b>a<i>b</i></b><i>c</i>")},
		{"formatting around blocks", "<b><p>a</p><p>b</b>c</p>", p("<b>a</b>") + p("<b>b</b>c")},
		{"link", `<p><a href="https://x.io/?a=1&b=2">x</a></p>`, p(`<a href="https://x.io/?a=1&amp;b=2"` + linkTail + `x</a>`)},
		{"link by mail, phone and app", `<a href="mailto:a@b.c">a</a><a href="tel:+49">b</a><a href="intercom:x">c</a>`, p(`<a href="mailto:a@b.c"` + linkTail + `a</a><a href="tel:+49"` + linkTail + `b</a><a href="intercom:x"` + linkTail + `c</a>`)},
		{"link that runs a script", `<p><a href="javascript:alert(1)">x</a></p>`, p("x")},
		{"link hidden by control characters", "<a href=\" java\tscript:alert(1)\">x</a>", p("x")},
		{"link within the body", `<p><a href="#a" target="_blank">x</a></p>`, p(`<a href="#a" class="intercom-content-link">x</a>`)},
		{"list", "<ul><li>a</li><li>b</li></ul>", "<ul><li>" + p("a") + "</li><li>" + p("b") + "</li></ul>"},
		{"list without end tags", "<ol start=3><li>a<li>b</ol>", `<ol start="3"><li>` + p("a") + "</li><li>" + p("b") + "</li></ol>"},
		{"nested list", "<ul><li>a<ol><li>b</li></ol></li></ul>", "<ul><li>" + p("a") + "<ol><li>" + p("b") + "</li></ol></li></ul>"},
		{"list directly in a list", "<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>" + p("a") + "<ul><li>" + p("b") + "</li></ul></li></ul>"},
		{"text directly in a list", "<ul>a<li>b</li></ul>", "<ul><li>" + p("a") + "</li><li>" + p("b") + "</li></ul>"},
		{"items without a list", "<li>a</li><li>b</li>", "<ul><li>" + p("a") + "</li><li>" + p("b") + "</li></ul>"},
		{"empty list", "<p>a</p><ul> </ul>", p("a")},
		{"definitions", "<dl><dt>T</dt><dd>D</dd><dt>U<dd>E</dl>", p("<b>T</b>") + p("D") + p("<b>U</b>") + p("E")},
		{"image", `<img src="https://x.io/a.png">`, container + `<img src="https://x.io/a.png"></div>`},
		{"image with details", `<img width="640px" height=480 title="T" alt="" src="a.png" onerror="x()">`, container + `<img src="a.png" alt="" title="T" width="640" height="480"></div>`},
		{"image within a sentence", `<p>a <img src=i.png> b</p>`, p(`a <img src="i.png"> b`)},
		{"linked image within a sentence", `<p>a <a href=/x><img src=i.png></a> b</p>`, p(`a <a href="/x"` + linkTail + `<img src="i.png"></a> b`)},
		{"image within bold words", `<p>a <b>b <img src=i.png> c</b></p>`, p(`a <b>b <img src="i.png"> c</b>`)},
		{"large image within a sentence", `<p>a <img src=i.png width=900> b</p>`, p(`a <img src="i.png" width="900"> b`)},
		{"images within a sentence", `<p>a <img src=i.png> <img src=j.png>, b</p>`, p(`a <img src="i.png"> <img src="j.png">, b`)},
		{"image within a sentence without a paragraph", `a <img src=i.png> b<p>c</p>`, p(`a <img src="i.png"> b`) + p("c")},
		{"image within a sentence of a callout", `<div class="intercom-interblocks-callout"><p>a <img src=i.png> b</p></div>`, `<div class="intercom-interblocks-callout" style="background-color: #e8e8e880; border-color: #73737633;">` + p(`a <img src="i.png"> b`) + "</div>"},
		{"small image before words", `<p><img src=i.png width=24 height=24> b</p>`, p(`<img src="i.png" width="24" height="24"> b`)},
		{"small image behind words", `<p>a <img src=i.png style="height:16px"></p>`, p(`a <img src="i.png" height="16">`)},
		{"image behind words", `<p>a <img src=i.png></p>`, p("a") + container + `<img src="i.png"></div>`},
		{"large image before words", `<p><img src=i.png width=900 height=20>b</p>`, container + `<img src="i.png" width="900" height="20"></div>` + p("b")},
		{"image in a line of its own", `<p>a<br><img src=i.png width=24><br>b</p>`, p("a") + container + `<img src="i.png" width="24"></div>` + p("b")},
		{"image between spaces that stay", `<p>&nbsp;<img src=i.png>&nbsp;</p>`, p("&nbsp;") + container + `<img src="i.png"></div>` + p("&nbsp;")},
		{"image that floats within a sentence", `<p>a <img src=i.png style="float:right"> b</p>`, strings.Replace(container, "intercom-container", "intercom-container intercom-align-right", 1) + `<img src="i.png"></div>` + p("a b")},
		{"image alone in a paragraph", `<p><img src=i.png></p>`, container + `<img src="i.png"></div>`},
		{"image beside text in an item", `<ul><li>a <img src=i.png alt=I> b</li></ul>`, "<ul><li>" + p(`a <img src="i.png" alt="I"> b`) + "</li></ul>"},
		{"image alone in an item", `<ul><li><img src=i.png></li></ul>`, "<ul><li>" + container + `<img src="i.png"></div></li></ul>`},
		{"linked image", `<a href="/x"><img src=i.png></a>`, container + `<a href="/x"` + linkTail + `<img src="i.png"></a></div>`},
		{"figure", `<figure><img src=i.png><figcaption>c</figcaption></figure>`, container + `<img src="i.png"></div>` + p("c")},
		{"button", `<p><a class="intercom-h2b-button" href="/x">Go</a></p>`, container + `<a class="intercom-h2b-button" target="_blank" href="/x">Go</a></div>`},
		{"button that was not closed", `<a class="intercom-h2b-button" href="/x">Go<p>a</p>`, container + `<a class="intercom-h2b-button" target="_blank" href="/x">Go</a></div>` + p("a")},
		{"video", `<iframe src="//www.youtube.com/embed/x" onload=x></iframe>`, `<div class="intercom-h2b-video"><iframe src="https://www.youtube.com/embed/x" frameborder="0" allowfullscreen="allowfullscreen"></iframe></div>`},
		{"video from Vimeo, closed in haste", `<p>a</p><iframe src="http://player.vimeo.com/video/1" /><p>b</p>`, p("a") + `<div class="intercom-h2b-video"><iframe src="https://player.vimeo.com/video/1" frameborder="0" allowfullscreen="allowfullscreen"></iframe></div>` + p("b")},
		{"table", "<table><thead><tr><th>a</th></tr></thead><tr><td colspan=2 rowspan=1>b</td></tr></table>", tableHead + "<tr><th>" + p("a") + `</th></tr><tr><td colspan="2">` + p("b") + "</td></tr>" + tableTail},
		{"table without end tags", "<table><tr><td>a<td>b<tr><td>c</table>", tableHead + "<tr><td>" + p("a") + "</td><td>" + p("b") + "</td></tr><tr><td>" + p("c") + "</td></tr>" + tableTail},
		{"table with an empty cell", "<table><td></table>", tableHead + "<tr><td>" + p("") + "</td></tr>" + tableTail},
		{"table with a caption", "<table><caption>c</caption><td>a</table>", p("c") + tableHead + "<tr><td>" + p("a") + "</td></tr>" + tableTail},
		{"table in an item", "<ul><li><table><td>a</table></ul>", "<ul><li>" + tableHead + "<tr><td>" + p("a") + "</td></tr>" + tableTail + "</li></ul>"},
		{"table with text outside of its cells", "<table>x<td>a</table>", p("x") + tableHead + "<tr><td>" + p("a") + "</td></tr>" + tableTail},
		{"empty table", "<table><tr></tr></table>", ""},
		{"bold in a cell ends with it", "<table><tr><td><b>a<td>b</table>", tableHead + "<tr><td>" + p("<b>a</b>") + "</td><td>" + p("b") + "</td></tr>" + tableTail},
		{"yellow callout", `<div class="intercom-interblocks-callout" style="background-color: #feedaf80; border-color: #fbc91633;"><p>x</p></div>`, `<div class="intercom-interblocks-callout" style="background-color: #feedaf80; border-color: #fbc91633;">` + p("x") + "</div>"},
		{"green callout", `<div class="intercom-interblocks-callout" style="background-color:#D7EFDC80">x</div>`, `<div class="intercom-interblocks-callout" style="background-color: #d7efdc80; border-color: #1bb15733;">` + p("x") + "</div>"},
		{"callout of another colour", `<div class="intercom-interblocks-callout" style="background-color: url(x)">x</div>`, `<div class="intercom-interblocks-callout" style="background-color: #e8e8e880; border-color: #73737633;">` + p("x") + "</div>"},
		{"collapsible", `<details><summary>More</summary><p>x</p></details>`, `<details><summary>More</summary><div class="collapsible-section-content">` + p("x") + "</div></details>"},
		{"collapsible with a heading", `<details open><summary><h2 id="h_0123456789">More</h2></summary>x</details>`, `<details open="open"><summary><h2 id="h_0123456789">More</h2></summary><div class="collapsible-section-content">` + p("x") + "</div></details>"},
		{"code", "<pre>\na\n  b<br>c </pre>", "<pre><code>a\n  b\nc </code></pre>"},
		{"code in a language", "<pre><code class=\"language-go x\">\na &lt; b\n</code></pre>", "<pre><code class=\"language-go\">\na &lt; b\n</code></pre>"},
		{"quotation", "<blockquote>a</blockquote>", "<blockquote>" + p("a") + "</blockquote>"},
		{"rule and line break", "<p>a<br/>b</p><hr/>", p("a<br>b") + "<hr>"},
		{"containers", "<div>a<section>b</section><span>c</span></div>", p("a") + p("b") + p("c")},
		{"unknown elements", "<p>a <blink>b</blink> <x-y>c</x-y></p>", p("a b c")},
		{"elements that go with their content", "<p>a<script>1</script><style>2</style>b</p>", p("ab")},
		{"form that was not closed", "<form><p>a</p><p>b</p>", p("a") + p("b")},
		{"direction and language", `<p dir="RTL" lang="ar">x</p><ul dir=rtl><li>y</li></ul>`, `<p class="no-margin" dir="rtl" lang="ar">x</p><ul dir="rtl"><li>` + p("y") + "</li></ul>"},
		{"direction of a container", `<div dir="rtl"><p>x</p><blockquote>y</blockquote></div>`, `<p class="no-margin" dir="rtl">x</p><blockquote dir="rtl">` + p("y") + "</blockquote>"},
		{"other classes and styles", `<p class="x" style="color:red" data-x=1>a</p>`, p("a")},
		{"white space", "<p>\n  a\n  b </p>\n\n<p>c</p>", p("a b") + p("c")},
		{"no-break space and quotes", "<p>a&nbsp;b \"c\" 'd' &amp;amp;</p>", p(`a&nbsp;b "c" 'd' &amp;amp;`)},
		{"broken bytes", "a\x00b\xffc\rd", p("ab\uFFFDc d")},
		{"control characters by reference", "<pre>a&#13;b&#1;c</pre>", "<pre><code>a\nbc</code></pre>"},
		{"comments and doctypes", "<!DOCTYPE html><html><head><title>t</title></head><body><!-- x -->a</body></html>", p("a")},
		{"image after a heading that was not closed", "<h2 id=h_0123456789>Title<p>a <img src=i.png>", `<h2 id="h_0123456789">Title</h2>` + p("a") + container + `<img src="i.png"></div>`},
		{"link in a table in a button", `<a class="intercom-h2b-button" href="/x"><table><a href="/y">z</table></a>`, container + `<a class="intercom-h2b-button" target="_blank" href="/x">z</a></div>`},
		{"heading that was not closed", "<h2 id=h_0123456789>Title<p>a<p>b", `<h2 id="h_0123456789">Title</h2>` + p("a") + p("b")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Clean(tt.in)
			if err != nil {
				t.Fatal(err)
			}
			if got != tt.want {
				t.Errorf("Clean(%q)\n got %s\nwant %s", tt.in, got, tt.want)
			}
			if again, _ := Clean(got); again != got {
				t.Errorf("cleaned again:\n got %s\nwant %s", again, got)
			}
		})
	}
}

func TestLinksFollowTheirHeadings(t *testing.T) {
	const id = "h_902168647c" // of "First"
	toFirst := p(`<a href="#` + id + `" class="intercom-content-link">go</a>`)
	toOne := p(`<a href="#one" class="intercom-content-link">go</a>`)
	first := `<h2 id="` + id + `">First</h2>`
	tests := []struct{ name, in, want string }{
		{"the heading's own id", `<a href="#one">go</a><h2 id="one">First</h2>`, toFirst + first},
		{"a name in the heading", `<a href="#one">go</a><h2><a name="one"></a>First</h2>`, toFirst + first},
		{"a name before the heading", `<a href="#one">go</a><a name="one"></a> <h2>First</h2>`, toFirst + first},
		{"an id in the text below", `<a href="#one">go</a><h2>First</h2><p>a</p><p id="one">b</p>`, toOne + first + p("a") + p(`<span id="one"></span>b`)},
		{"a fragment in percent encoding", `<a href="#%C3%A9t%C3%A9">go</a><h2 id="été">First</h2>`, toFirst + first},
		{"a place above every heading", `<a href="#one">go</a><p id="one">a</p><h2>First</h2>`, toOne + p(`<span id="one"></span>a`) + first},
		{"no such place", `<a href="#two">go</a><h2>First</h2>`, p(`<a href="#two" class="intercom-content-link">go</a>`) + first},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got, err := Clean(tt.in); err != nil || got != tt.want {
				t.Errorf("Clean(%q) = %v\n got %s\nwant %s", tt.in, err, got, tt.want)
			}
		})
	}
}

func TestHeadingsOfTheSameWordsGetDifferentIDs(t *testing.T) {
	got, err := Clean(`<h1>Same</h1><h1>Same</h1><h1 id="h_0000000001">Same</h1><h1 id="h_0000000001">Same</h1>`)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for part := range strings.SplitSeq(got, "<h1 ") {
		seen[part] = true
	}
	if len(seen) != 5 || strings.Count(got, "h_0000000001") != 1 {
		t.Errorf("ids are not unique: %s", got)
	}
}

func TestRefusalsSayWhatIsWrong(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"a picture in its address", `<p>a</p><img src="data:image/png;base64,AA==" alt="dot">`, "body has a picture inside its address (data:image/png;base64)"},
		{"a drawing in its address", `<img src=" DATA:image/svg+xml,x">`, "body has a picture inside its address"},
		{"elements nested too deep", strings.Repeat("<div>", 201) + "x", "body is nested deeper than 200 levels"},
		{"lists too deep once normalised", strings.Repeat("<ul><li>", 101) + "x", "body is nested deeper than 200 levels"},
		{"a link that would fill a disk", `<a href="/` + strings.Repeat("x", 10000) + `">` + strings.Repeat("<p>x", 10000), "body has links or formatting left open"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Clean(tt.in)
			var refusal *lectern.Error
			if !errors.As(err, &refusal) || refusal.Kind != lectern.Invalid || refusal.Field != "body" {
				t.Fatalf("Clean = %.100q, %v; want Invalid about body", got, err)
			}
			if !strings.Contains(refusal.Text, tt.want) {
				t.Errorf("refused with %q, want %q", refusal.Text, tt.want)
			}
		})
	}
}

func TestALongArticleIsAsPromised(t *testing.T) {
	in, err := os.ReadFile(filepath.Join("testdata", "article.html"))
	if err != nil {
		t.Fatal(err)
	}
	got, err := Clean(string(in))
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "article.golden", strings.ReplaceAll(got, "><", ">\n<")+"\n")
	golden(t, "article.txt.golden", Text(got)+"\n")
	checkStable(t, got)
}

// golden compares got with a file in testdata, or rewrites it with -update.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs (run with -update to accept):\n%s", name, got)
	}
}

func BenchmarkClean(b *testing.B) {
	body := article(b)
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		if _, err := Clean(body); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkText(b *testing.B) {
	body := article(b)
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		Text(body)
	}
}

// article returns a realistic body of 10 KB.
func article(t testing.TB) string {
	in, err := os.ReadFile(filepath.Join("testdata", "article.html"))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Repeat(string(in), 10_000/len(in)+1)[:10_000]
}
