package richtext

import (
	"html"
	"math/rand/v2"
	"strings"
	"testing"
)

const youtube = `<div class="intercom-h2b-video"><iframe src="https://www.youtube.com/embed/x" frameborder="0" allowfullscreen="allowfullscreen"></iframe></div>`

// a returns a link in the normal form.
func a(href, text string) string { return `<a href="` + href + `"` + linkTail + text + "</a>" }

func TestForeignElementsLeaveWhatTheySay(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"video", `<p>a</p><video controls width=640><source src="https://x.io/v.mp4" type="video/mp4">It cannot be played.</video>`, p("a") + p("It cannot be played.") + p(a("https://x.io/v.mp4", "v.mp4"))},
		{"video with a poster", `<video src="https://x.io/v.mp4" poster="https://x.io/p.png" title="Tour"></video>`, container + `<img src="https://x.io/p.png"></div>` + p(a("https://x.io/v.mp4", "Tour"))},
		{"video that closes itself", `<video src="//x.io/v.mp4"/><p>b</p>`, p(a("https://x.io/v.mp4", "v.mp4")) + p("b")},
		{"video within a sentence", `<p>a <video src="https://x.io/v.mp4"></video> b</p>`, p("a") + p(a("https://x.io/v.mp4", "v.mp4")) + p("b")},
		{"sound", `<audio src="https://x.io/a?b=1"></audio>`, p(a("https://x.io/a?b=1", "https://x.io/a?b=1"))},
		{"captions", `<video src="https://x.io/v.mp4"><track src="https://x.io/c.vtt" label="German"></video>`, p(a("https://x.io/v.mp4", "v.mp4")) + p(a("https://x.io/c.vtt", "German"))},
		{"video left open", `<video src="https://x.io/v.mp4"><p>b`, p("b") + p(a("https://x.io/v.mp4", "v.mp4"))},
		{"object", `<object data="https://x.io/a.pdf" title="Form"><embed src="https://x.io/a.pdf">Open it</object>`, p("Open it") + p(a("https://x.io/a.pdf", "Form"))},
		{"object of a video host", `<object><param name="movie" value="https://www.youtube.com/embed/x"><embed src="https://www.youtube.com/embed/x"></object>`, youtube},
		{"embed", `<embed src="https://x.io/a.pdf">`, p(a("https://x.io/a.pdf", "a.pdf"))},
		{"frames of a set", `<frameset><frame src="https://x.io/a.html"><noframes>b</noframes></frameset>`, p(a("https://x.io/a.html", "a.html")) + p("b")},
		{"fraction", `<p>Half: <math><mfrac><mn>1</mn><mn>2</mn></mfrac></math> of it</p>`, p("Half: 1/2 of it")},
		{"power and index", `<p><math><msup><mi>x</mi><mn>2</mn></msup><mo>+</mo><msub><mi>y</mi><mn>0</mn></msub></math></p>`, p("x<sup>2</sup>+y<sub>0</sub>")},
		{"roots and rows", `<math><msqrt><mi>a</mi></msqrt><mo>=</mo><mfrac><mrow><mi>b</mi><mo>+</mo><mn>1</mn></mrow><mi>c</mi></mfrac></math>`, p("√(a)=(b+1)/c")},
		{"formula that is said twice", `<math><semantics><mi>a</mi><annotation encoding="application/x-tex">\a</annotation></semantics></math>b`, p("ab")},
		{"formula left open", `<math><mi>a</mi><annotation>b<p>c</p>`, p("a") + p("c")},
		{"reading of a character", `<p><ruby>漢<rt>kan</rt>字<rt>ji</rt></ruby>x</p>`, p("漢(kan)字(ji)x")},
		{"reading with brackets", `<p><ruby>漢<rp>[</rp><rt>kan</rt><rp>]</rp></ruby></p>`, p("漢[kan]")},
		{"readings without end tags", `<p><ruby>漢<rt>kan<rb>字<rt>ji</ruby></p>`, p("漢(kan)字(ji)")},
		{"quotation in a line", `<p>He said <q>yes</q>.</p>`, p("He said “yes”.")},
		{"Wistia", `<div class="wistia_embed wistia_async_abc123 videoFoam=true">&nbsp;</div><script src="https://fast.wistia.com/embed/medias/abc123.jsonp"></script>`,
			`<div class="intercom-h2b-video"><iframe src="https://fast.wistia.net/embed/iframe/abc123" frameborder="0" allowfullscreen="allowfullscreen"></iframe></div>` + p("&nbsp;")},
		{"YouTube in an element of its own", `<lite-youtube videoid="x"></lite-youtube>`, youtube},
		{"oembed", `<figure class="media"><oembed url="https://www.youtube.com/watch?v=x"></oembed></figure>`, youtube},
		{"oembed from elsewhere", `<figure class="media"><oembed url="https://x.io/y"></oembed></figure>`, p(a("https://x.io/y", "https://x.io/y"))},
		{"frame from elsewhere", `<iframe src="//x.io/form?a=1" title="Our form">Loading</iframe>`, p(a("https://x.io/form?a=1", "Our form")) + p("Loading")},
		{"frame on a host that only looks right", `<iframe src="https://youtube.com.evil.example/"></iframe>`, p(a("https://youtube.com.evil.example/", "https://youtube.com.evil.example/"))},
		{"frame with a user before its host", `<iframe src="https://youtube.com@evil.example/"></iframe>`, p(a("https://youtube.com@evil.example/", "https://youtube.com@evil.example/"))},
		{"frame that runs a script", `<p>a</p><iframe src="javascript:alert(1)">b</iframe>`, p("a") + p("b")},
		{"frame that a script fills", `<iframe data-src="https://www.youtube.com/embed/x"></iframe>`, youtube},
		{"document in a frame", `<iframe srcdoc="<p>a <a href='https://x.io/'>b</a><script>c</script></p>"></iframe>`, p("a " + a("https://x.io/", "b"))},
		{"image that a script fetches", `<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="https://x.io/a.png" alt="A"><noscript><img src="https://x.io/a.png" alt="A"></noscript>`, container + `<img src="https://x.io/a.png" alt="A"></div>`},
		{"image in sizes", `<picture><source srcset="https://x.io/a.webp 2x"><img src="https://x.io/a.png"></picture>`, container + `<img src="https://x.io/a.png"></div>`},
		{"image of sources alone", `<picture><source srcset="https://x.io/a.webp 2x"></picture>`, container + `<img src="https://x.io/a.webp"></div>`},
		{"drawing", `<p>a<svg viewBox="0 0 1 1"><title>Chart</title><path d="M0"/><text>42 %</text><a xlink:href="https://x.io/"><text>more</text></a></svg>b</p>`, p("a Chart 42 % more b")},
		{"map", `<map name=m><area href="https://x.io/a" alt="A"><area href="https://x.io/b"></map>`, p(a("https://x.io/a", "A") + a("https://x.io/b", "https://x.io/b"))},
		{"form", `<form action=/x><p>Name <input value="Ada"></p><select><option>One<option>Two</select><textarea>a &lt;b&gt;</textarea><button>Send</button></form>`,
			p("Name Ada") + "<ul><li>" + p("One") + "</li><li>" + p("Two") + "</li></ul>" + p("a &lt;b&gt;") + p("Send")},
		{"tasks", `<ul><li><input type="checkbox" checked disabled> done</li><li><input type=checkbox disabled>open</li></ul>`, "<ul><li>" + p("☑ done") + "</li><li>" + p("☐ open") + "</li></ul>"},
		{"tasks with labels", `<ul><li data-checked="true"><label><input type="checkbox" checked><span></span></label><div><p>done</p></div></li></ul>`, "<ul><li>" + p("☑ done") + "</li></ul>"},
		{"tasks of an attribute", `<ol><li data-list="checked">done</li><li data-list="unchecked">open</li></ol>`, "<ol><li>" + p("☑ done") + "</li><li>" + p("☐ open") + "</li></ol>"},
		{"choice", `<p><input type=radio checked> a <input type=radio> b</p>`, p("◉ a ○ b")},
		{"code of old", "<xmp><b>a</b></xmp><listing>c</listing>", "<pre><code>&lt;b&gt;a&lt;/b&gt;</code></pre><pre><code>c</code></pre>"},
		{"document with a head", `<html><head><title>t</title><style>s</style></head><body>a</body></html>`, p("a")},
		{"piece of code on GitHub", `<script src="https://gist.github.com/u/1.js"></script>`, p(a("https://gist.github.com/u/1", "https://gist.github.com/u/1"))},
		{"element with an address", `<model-viewer src="https://x.io/a.glb" alt="A chair"></model-viewer>`, p(a("https://x.io/a.glb", "A chair"))},
		{"angle brackets that would make a tag", `<<script></script>iframe src="https://x.io/">`, p(`&lt;iframe src="https://x.io/"&gt;`)},
		{"keys side by side", "<p>Press <kbd>Ctrl</kbd><kbd>V</kbd>.</p>", p("Press <kbd>Ctrl</kbd><kbd>V</kbd>.")},
		{"keys in a combination", "<p><kbd><kbd>Ctrl</kbd>+<kbd>V</kbd></kbd> <kbd><b>a</b>b</kbd></p>", p("<kbd>Ctrl</kbd>+<kbd>V</kbd> <kbd><b>a</b>b</kbd>")},
		{"footnotes", `<p>Text<sup id="fnref1"><a href="#fn1">1</a></sup></p><ol><li id="fn1">Note <a href="#fnref1">↩</a></li></ol>`,
			p(`Text<sup><span id="fnref1"></span><a href="#fn1" class="intercom-content-link">1</a></sup>`) + "<ol><li>" + p(`<span id="fn1"></span>Note <a href="#fnref1" class="intercom-content-link">↩</a>`) + "</li></ol>"},
		{"place in a table", `<a href="#r">x</a><table><tr id=r><td>a</td></tr></table>`, p(`<a href="#r" class="intercom-content-link">x</a>`) + tableHead + "<tr><td>" + p(`<span id="r"></span>a`) + "</td></tr>" + tableTail},
		{"place before an image", `<a href="#r">x</a><a name=r></a><img src=i.png><p>b</p>`, p(`<a href="#r" class="intercom-content-link">x</a>`) + container + `<img src="i.png"></div>` + p(`<span id="r"></span>b`)},
		{"place no link leads to", `<p id=a>b</p>`, p("b")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { cleans(t, tt.in, tt.want) })
	}
}

// cleans checks what a body becomes, that it stays that, and that it survives
// Markdown.
func cleans(t *testing.T, in, want string) {
	t.Helper()
	got, err := Clean(in)
	if err != nil {
		t.Fatal(err)
	}
	if got != want {
		t.Errorf("Clean(%q)\n got %s\nwant %s", in, got, want)
	}
	checkStable(t, got)
	checkRoundTrip(t, got)
}

func TestFramesOfTheOperatorsHostsStay(t *testing.T) {
	c := Cleaner{Frames: []string{"forms.example"}}
	in := `<iframe src="http://eu.forms.example/1" title="Form"></iframe><iframe src="https://x.io/1"></iframe><iframe src="https://badforms.example/"></iframe>`
	frame := `<div class="intercom-h2b-video"><iframe src="https://eu.forms.example/1" title="Form" frameborder="0" allowfullscreen="allowfullscreen"></iframe></div>`
	want := frame + p(a("https://x.io/1", "https://x.io/1")) + p(a("https://badforms.example/", "https://badforms.example/"))
	got, err := c.Clean(in)
	if err != nil || got != want {
		t.Fatalf("%v\n got %s\nwant %s", err, got, want)
	}
	text, err := Markdown(got)
	if err != nil || !strings.Contains(text, `:::video{src="https://eu.forms.example/1" title="Form"}`) {
		t.Errorf("as Markdown: %v, %s", err, text)
	}
	if again, err := c.FromMarkdown(t.Context(), text); err != nil || again != got {
		t.Errorf("from Markdown: %v, %s", err, again)
	}
	cleans(t, frame, p(a("https://eu.forms.example/1", "Form"))) // once the host is no longer allowed
}

// elements are all of HTML, the obsolete ones too, and a few of other kinds; but
// for scripts and styles, which go with what is inside them.
var elements = strings.Fields(`a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink
	blockquote body br button canvas caption center cite code col colgroup command content data datalist dd del details dfn dialog
	dir div dl dt element em embed fencedframe fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head
	header hgroup hr html i iframe image img input ins isindex kbd keygen label legend li link listing main map mark marquee math
	menu menuitem meta meter multicol nav nextid nobr noembed noframes noscript object ol optgroup option output p param picture
	plaintext portal pre progress q rb rbc rp rt rtc ruby s samp search section select selectedcontent shadow slot small source
	spacer span strike strong sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var
	video wbr xmp mi mn mo mrow mfrac msup msub msqrt mtext mtable mtr mtd semantics foreignobject text tspan desc g path use
	x-widget amp-img`)

// voids are those that hold nothing.
var voids = strings.Fields("area base basefont bgsound br col command embed frame hr image img input isindex keygen link meta nextid param source spacer track wbr")

func isVoid(tag string) bool { return strings.Contains(" "+strings.Join(voids, " ")+" ", " "+tag+" ") }

func TestNoElementLosesItsTextOrAddresses(t *testing.T) {
	for i, outer := range elements {
		for j, inner := range append([]string{""}, elements...) {
			if inner == "title" && outer == "head" || j > 0 && (i+j)%8 > 0 { // the fuzz test has all pairs
				continue
			}
			nested := "secret words"
			if inner != "" {
				nested = write(inner, nested)
			}
			checkNothingLost(t, write(outer, nested+` <a href="https://inside.example/x">more</a>`))
		}
		for _, attribute := range []string{"src", "href", "data", "poster"} {
			if wants := map[string]string{
				"src": "audio bgsound embed frame iframe img input source track video portal fencedframe x-widget amp-img", "href": "a area x-widget", "data": "object", "poster": "video",
			}[attribute]; !strings.Contains(" "+wants+" ", " "+outer+" ") {
				continue
			}
			kind := ""
			if outer == "input" {
				kind = " type=image"
			}
			checkNothingLost(t, "<p>secret words</p><"+outer+kind+" "+attribute+`="https://inside.example/x">`+"more</"+outer+">")
		}
	}
}

func write(tag, inner string) string {
	if isVoid(tag) {
		return "<" + tag + ">" + inner
	}
	return "<" + tag + ">" + inner + "</" + tag + ">"
}

// checkNothingLost checks that the words and addresses of a body are in its
// normal form, and in that of the same between paragraphs.
func checkNothingLost(t *testing.T, body string) {
	t.Helper()
	for _, body := range []string{body, "<p>before</p>" + body + "<p>after</p>"} {
		got, err := Clean(body)
		if err != nil {
			t.Errorf("%q: %v", body, err)
			return
		}
		said := html.UnescapeString(html.UnescapeString(got))
		for _, want := range []string{"secret words", "https://inside.example/x", "more", "before", "after"} {
			if strings.Contains(body, want) && !strings.Contains(said, want) {
				t.Errorf("%q lost %q: %s", body, want, got)
			}
		}
		if again, err := Clean(got); err != nil || again != got {
			t.Errorf("%q is not stable: %v\nonce  %s\ntwice %s", body, err, got, again)
		}
	}
}

// FuzzNothingIsLost nests elements at random, closed and left open.
func FuzzNothingIsLost(f *testing.F) {
	for seed := range 64 {
		f.Add(uint64(seed))
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		random := rand.New(rand.NewPCG(seed, 1))
		var b strings.Builder
		var open []string
		for range 2 + random.IntN(10) {
			tag := elements[random.IntN(len(elements))]
			switch raw := strings.Contains(" title textarea xmp plaintext iframe ", " "+tag+" "); {
			case raw && tag != "plaintext":
				b.WriteString("<" + tag + ">raw</" + tag + ">")
			case raw:
			case random.IntN(3) == 0 && len(open) > 0:
				b.WriteString("</" + open[len(open)-1] + ">")
				open = open[:len(open)-1]
			case isVoid(tag):
				b.WriteString("<" + tag + ">")
			default:
				b.WriteString("<" + tag + ">")
				open = append(open, tag)
			}
		}
		b.WriteString(`secret words <a href="https://inside.example/x">more</a>`)
		for i := len(open) - 1; i >= 0; i-- {
			if random.IntN(4) > 0 {
				b.WriteString("</" + open[i] + ">")
			}
		}
		checkNothingLost(t, b.String())
	})
}
