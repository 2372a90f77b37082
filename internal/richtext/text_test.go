package richtext

import "testing"

func TestTextIsWhatAReaderReads(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"nothing", "", ""},
		{"bare text", " a\n b ", "a b"},
		{"entities", "<p>a&nbsp;&amp;&nbsp;b &lt;c&gt; caf&eacute;</p>", "a & b <c> café"},
		{"blocks", "<h1>a</h1><p>b</p><div>c</div>d<br>e<hr>f", "a\nb\nc\nd\ne\nf"},
		{"words split by formatting", "<p>un<b>believ</b>able</p>", "unbelievable"},
		{"lists", "<ul><li><p>a</p></li><li>b<ol><li>c</ol></ul>", "a\nb\nc"},
		{"tables", "<table><tr><th><p>a</p><th>b<br>c<tr><td>d<td>e</table>f", "a\tb c\nd\te\nf"},
		{"table in a cell", "<table><td>a<table><td>b<td>c</table>d<td>e</table>", "a\nb\tc\nd\te"},
		{"cells without a table", "<td>a</td><td>b</td>", "a\nb"},
		{"images", `<p>click<img src=x alt="the &quot;gear&quot;">now<img src=y></p>`, `click the "gear" now`},
		{"scripts and styles", "a<script>b</script><style>c</style><title>d</title><svg><text>e</text></svg>f", "a d e f"},
		{"videos", "<p>a</p><iframe src=https://youtu.be/x></iframe>c", "a\nc"},
		{"frames from elsewhere", "<p>a</p><iframe src=https://x.io/f title=d>b</iframe>c", "a\nd\nb\nc"},
		{"code", "<pre><code>a  b\n\tc</code></pre>", "a b c"},
		{"collapsibles", "<details><summary>a</summary><div>b</div></details>", "a\nb"},
		{"other scripts", "<p dir=rtl>مرحبا</p><p>日本語 テスト</p>", "مرحبا\n日本語 テスト"},
		{"broken bytes", "a\xff\x00b&#1;c", "a\uFFFDbc"},
		{"comments", "a<!-- b -->c<!doctype html>", "ac"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Text(tt.in); got != tt.want {
				t.Errorf("Text(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestHeadingsAreTheirWordsALineEach(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"nothing", "<p>a</p>", ""},
		{"all levels", "<h1>a</h1>b<h2 id=x>c <b>d</b></h2><hr><H6>e</H6>f", "a\nc d\ne"},
		{"what is removed", "<h1>a<script>b</script></h1>", "a"},
		{"other elements with h", "<header>a</header><html>b</html><hr>c", ""},
		{"entities", "<h3>a&amp;b</h3>", "a&b"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Headings(tt.in); got != tt.want {
				t.Errorf("Headings(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}
