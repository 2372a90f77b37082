package body

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"lectern/internal/richtext"
	"lectern/internal/testshared"
)

// elements are all that may stand on a page, from us and from stored bodies.
var elements = strings.Fields(`a abbr b bdi bdo blockquote br button caption cite code dd details dfn div dl dt em
	figcaption figure h2 h3 h4 h5 h6 header hr img kbd li mark ol p pre q s small span strong sub summary sup svg table
	tbody td th thead tr u ul use var wbr`)

// properties are all attributes that may.
var properties = strings.Fields(`alt aria-hidden aria-label class colspan data-close data-copy data-done data-play
	data-zoom decoding dir height hidden href id lang loading open rel reversed role rowspan scope src start tabindex
	target title type value width`)

var event = regexp.MustCompile(`(?i)^on`)

// parse reads markup as a browser does.
func parse(t testing.TB, markup string) []*html.Node {
	t.Helper()
	nodes, err := html.ParseFragment(strings.NewReader(markup), &html.Node{Type: html.ElementNode, Data: "article", DataAtom: atom.Article})
	if err != nil {
		t.Fatalf("%.200q: %v", markup, err)
	}
	return nodes
}

// checkSafe checks everything that holds of any page made of any body: a browser
// builds exactly the elements we wrote, all of them harmless.
func checkSafe(t testing.TB, in string, a Article) {
	t.Helper()
	markup := string(a.HTML)
	var tree strings.Builder
	ids := map[string]bool{}
	for _, id := range reserved {
		ids[id] = true
	}
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.CommentNode {
			t.Errorf("%.300q: a comment", in)
		}
		if n.Type == html.ElementNode {
			if !slices.Contains(elements, n.Data) {
				t.Errorf("%.300q: <%s> in %.500q", in, n.Data, markup)
			}
			for _, p := range n.Attr {
				checkAttribute(t, in, n.Data, p)
				if p.Key == "id" && (ids[p.Val] || strings.HasPrefix(p.Val, "i-")) {
					t.Errorf("%.300q: id %q is taken", in, p.Val)
				}
				if p.Key == "id" {
					ids[p.Val] = true
				}
			}
		}
		for c := range n.ChildNodes() {
			walk(c)
		}
	}
	for _, n := range parse(t, markup) {
		walk(n)
		if err := html.Render(&tree, n); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := spelled(tree.String()), spelled(markup); got != want {
		t.Errorf("%.300q: a browser makes\n%.800s\nof\n%.800s", in, got, want)
	}
	for _, h := range a.Headings {
		if !ids[h.ID] || h.Level < 2 || h.Level > 3 || h.Text == "" {
			t.Errorf("%.300q: heading %+v", in, h)
		}
	}
}

func checkAttribute(t testing.TB, in, tag string, p html.Attribute) {
	t.Helper()
	if !slices.Contains(properties, p.Key) || event.MatchString(p.Key) {
		t.Errorf("%.300q: %s=%.100q on <%s>", in, p.Key, p.Val, tag)
	}
	if p.Key == "href" || p.Key == "src" || p.Key == "data-play" {
		if s := scheme(p.Val); !slices.Contains([]string{"", "http", "https", "mailto", "tel"}, s) {
			t.Errorf("%.300q: %s=%.100q", in, p.Key, p.Val)
		}
	}
}

// spelled spells markup in one way, so that two spellings of one tree are equal.
func spelled(markup string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(markup))
	for z.Next() != html.ErrorToken {
		t := z.Token()
		if t.Type == html.SelfClosingTagToken {
			t.Type = html.StartTagToken
		}
		if t.Type == html.EndTagToken && t.Data == "use" {
			continue
		}
		slices.SortFunc(t.Attr, func(a, b html.Attribute) int { return strings.Compare(a.Key, b.Key) })
		b.WriteString(t.String())
	}
	return b.String()
}

// ours matches what a page adds to the text of a body.
func ours(n *html.Node) bool {
	class := ""
	for _, a := range n.Attr {
		if a.Key == "class" {
			class = a.Val
		}
	}
	return n.Data == "svg" || n.Data == "header" || class == "anchor" || class == "video row" || class == "zoom"
}

// checkWords checks that a clean body and its page say the same.
func checkWords(t testing.TB, name, clean string) {
	t.Helper()
	o := options()
	o.Words.More = ""
	a := Render(clean, o)
	var page strings.Builder
	var strip func(*html.Node)
	strip = func(n *html.Node) {
		for c := n.FirstChild; c != nil; {
			next := c.NextSibling
			if ours(c) {
				n.RemoveChild(c)
			} else {
				strip(c)
			}
			c = next
		}
	}
	for _, n := range parse(t, "<div>"+string(a.HTML)+"</div>") {
		strip(n)
		if err := html.Render(&page, n); err != nil {
			t.Fatal(err)
		}
	}
	got, want := strings.Fields(richtext.Text(page.String())), strings.Fields(richtext.Text(clean))
	if !slices.Equal(got, want) {
		for i := range min(len(got), len(want)) {
			if got[i] != want[i] {
				t.Errorf("%.300q: the page says %.200q where the body says %.200q", name, got[i:], want[i:])
				return
			}
		}
		t.Errorf("%.300q: the page says %.300q, the body %.300q", name, got, want)
	}
}

// checkBoth checks a body as it is and after cleaning.
func checkBoth(t testing.TB, in string) {
	t.Helper()
	checkSafe(t, in, Render(in, options()))
	o := options()
	o.RTL = true
	checkSafe(t, in, Render(in, o))
	if clean, err := richtext.Clean(in); err == nil {
		checkSafe(t, clean, Render(clean, options()))
		checkWords(t, clean, clean)
	}
}

// attacks are bodies that try to break out.
var attacks = []string{
	`<script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(1)><style>*{}</style>`,
	`<a href="javascript:alert(1)">a</a><a href="&#106;avascript:alert(1)">b</a><a href="java&Tab;script:x">c</a>`,
	`<img src="javascript:x"><img src="data:text/html,x"><img src='x" onerror="y'>`,
	`<iframe src="https://www.youtube.com/embed/x&quot; onload=&quot;x"></iframe><iframe srcdoc="<script>x</script>">`,
	`<table><p>a<table><td>b</p></table><a href=x><table><a href=y>c`,
	`<h2 id="main">Main</h2><h2 id="h_0123456789">Q</h2><h2 id="h_0123456789">Q</h2><h2>i-link</h2>`,
	`<pre><code class="language-html"><script>alert(1)</script>&lt;script&gt;</code></pre>`,
	`<pre><code class='language-js" onclick="x'>x</code></pre><p dir='rtl" onclick="x' lang='x" y="z'>y</p>`,
	`<details><summary><a href=x><h2>a</h2></a><details><summary>b</summary>c</details></summary>d`,
	`<ul><ol><li><p>a<li><ul>b</ul></ol></ul><li>c<dd>d<td>e<caption>f<summary>g<figcaption>h`,
	`<b><p>a<i><p>b</b>c</i><h1>d<h2>e</h1>f`, `<p><a href=/a>x<a href=/b>y<p>z</a>`,
	`<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">`,
	`<noscript><p title="</noscript><img src=x onerror=alert(1)>">`, `<textarea><p>x</textarea><title>y</title><xmp><b></xmp>`,
	`<div class="intercom-interblocks-callout" style="background-color:red;x:expression(alert(1))">a</div>`,
	`<a class="intercom-h2b-button" href="/x"><a class="intercom-h2b-button" href="/y">b</a><p>c</p></a>`,
	"<p>\x00\xff\x1b a &#0; &#x80; &#xD800;</p><plaintext><b>x",
}

func TestAttacksShowAsText(t *testing.T) {
	for _, in := range attacks {
		checkBoth(t, in)
	}
}

func TestSharedAttacksShowAsText(t *testing.T) {
	testshared.Need(t, "relevance/xss")
	for _, attack := range testshared.Attacks(t) {
		checkBoth(t, attack)
	}
}

func FuzzRender(f *testing.F) {
	for _, in := range attacks {
		f.Add(in)
	}
	for _, row := range rows(f) {
		f.Add(row[0])
	}
	f.Fuzz(func(t *testing.T, in string) {
		if len(in) < 16<<10 {
			checkBoth(t, in)
		}
	})
}
