package richtext

import "testing"

func TestStyleIsReadAsWhatItMeans(t *testing.T) {
	item := func(s string) string { return "<li>" + p(s) + "</li>" }
	row := func(s string) string { return tableHead + "<tr>" + s + "</tr>" + tableTail }
	aligned := func(align string) string { return `<p class="intercom-align-` + align + ` no-margin">x</p>` }
	image := func(attrs string) string { return container + `<img src="i.png"` + attrs + "></div>" }
	tests := []struct{ name, in, want string }{
		{"Google Docs", `<b style="font-weight:normal;" id="docs-internal-guid-1"><p><span style="font-weight:400;font-style:normal;text-decoration:none">Plain words and </span><span style="font-weight:700;">strong ones</span></p></b>`, p("Plain words and <b>strong ones</b>")},
		{"weights", `<p><span style="font-weight:600">a</span> <span style="FONT-WEIGHT: BOLD !important">b</span> <span style="font-weight:500">c</span> <font style="font-weight:bolder">d</font></p>`, p("<b>a</b> <b>b</b> c <b>d</b>")},
		{"plain in bold in plain", `<p><b>a<span style="font-weight:normal">b<b>c</b>d</span>e</b>f</p>`, p("<b>a</b>b<b>c</b>d<b>e</b>f")},
		{"bold that is closed in another order", `<p><b>a<i style="font-weight:normal">b</b>c</i>d</p>`, p("<b>a</b><i>bc</i>d")},
		{"slant", `<p><span style="font-style: italic">a</span><em style="font-style:normal">b</em><i>c<span style="font-style:normal">d</span></i></p>`, p("<i>a</i>b<i>c</i>d")},
		{"lines", `<p><span style="text-decoration: underline">a</span> <span style="text-decoration-line:line-through">b</span> <u style="text-decoration:none">c</u> <span style="text-decoration:underline line-through">d</span></p>`, p("<u>a</u> <s>b</s> c <u><s>d</s></u>")},
		{"line under a link", `<p><a href="/x" style="text-decoration:none"><span style="text-decoration:underline">a</span></a></p>`, p(a("/x", "a"))},
		{"raised and lowered", `<p>x<span style="vertical-align:super">2</span><span style="vertical-align: sub">0</span></p>`, p("x<sup>2</sup><sub>0</sub>")},
		{"a whole paragraph", `<p style="font-weight:bold">a</p><p>b</p>`, p("<b>a</b>") + p("b")},
		{"a whole list", `<ul style="font-style:italic"><li>a</li><li style="font-style:normal">b</li></ul>`, "<ul>" + item("<i>a</i>") + item("b") + "</ul>"},
		{"a bold heading is a heading", `<h2 id=h_0123456789 style="font-weight:bold"><span style="font-weight:700">a</span><span style="font-weight:400">b</span></h2>`, `<h2 id="h_0123456789">ab</h2>`},
		{"a bold cell", `<table><tr style="font-weight:bold"><td>a<td style="font-weight:400">b</table>`, row("<td>" + p("<b>a</b>") + "</td><td>" + p("b") + "</td>")},
		{"an underline of Zendesk", `<p><span class="wysiwyg-underline">a</span></p>`, p("<u>a</u>")},

		{"justified", `<p class="intercom-align-justify no-margin">x</p>`, aligned("justify")},
		{"justified by style", `<p style="text-align:justify">x</p>`, aligned("justify")},
		{"start and end", `<p style="text-align:end">x</p><p dir=rtl style="text-align:end">x</p>`, aligned("right") + `<p class="intercom-align-left no-margin" dir="rtl">x</p>`},
		{"start within the middle", `<div style="text-align:center"><p style="text-align:start">x</p></div>`, aligned("left")},
		{"Zendesk", `<p class="wysiwyg-text-align-right">x</p><p class="wysiwyg-text-align-center">x</p><p class="wysiwyg-text-align-justify">x</p>`, aligned("right") + aligned("center") + aligned("justify")},
		{"Quill, WordPress, Bootstrap", `<p class="ql-align-center">x</p><p class="has-text-align-right">x</p><p class="text-center">x</p>`, aligned("center") + aligned("right") + aligned("center")},
		{"classes that are no alignment", `<p class="text-muted text-large aligned">x</p>`, p("x")},
		{"a heading", `<h2 id=h_0123456789 class="wysiwyg-text-align-center">x</h2>`, `<h2 id="h_0123456789" class="intercom-align-center">x</h2>`},

		{"letters", `<ol style="list-style-type: lower-alpha"><li>a</ol><ol style="list-style:upper-roman inside"><li>b</ol>`, `<ol type="a">` + item("a") + `</ol><ol type="I">` + item("b") + "</ol>"},
		{"letters of the items", `<ol><li style="list-style-type:upper-alpha">a</li><li style="list-style-type:upper-alpha">b</li></ol>`, `<ol type="A">` + item("a") + item("b") + "</ol>"},
		{"numbers and bullets", `<ul style="list-style-type:decimal"><li>a</ul><ul style="list-style-type:square"><li style="list-style-type:disc">b</ul>`, "<ol>" + item("a") + "</ol><ul>" + item("b") + "</ul>"},

		{"width in percent", `<img src=i.png style="width: 50%; height: auto">`, image(` width="50%"`)},
		{"width in pixels and others", `<img src=i.png style="width:300.4px;height:150px"><img src=i.png style="width:1in"><img src=i.png width="12em" height=20>`, image(` width="300" height="150"`) + image(` width="96"`) + image(` width="192" height="20"`)},
		{"style before attributes", `<img src=i.png width=900 height=400 style="width:25%">`, image(` width="25%"`)},
		{"at most so wide", `<img src=i.png style="max-width:200px"><img src=i.png style="max-width:100%;width:90px">`, image(` width="200"`) + image(` width="90"`)},
		{"as wide as its figure", `<figure class="image" style="width:40%"><img src=i.png style="width:100%"><figcaption>c</figcaption></figure>`, image(` width="40%"`) + p("c")},
		{"sizes that are none", `<img src=i.png style="width:calc(1px + 1%);height:-1px" width="0" height="1000%">`, image("")},
		{"in the middle", `<img src=i.png style="display:block;margin-left:auto;margin-right:auto"><img src=i.png style="margin:0 auto"><img src=i.png style="float:right"><img class=alignleft src=i.png>`,
			`<div class="intercom-container intercom-align-center"><img src="i.png"></div><div class="intercom-container intercom-align-center"><img src="i.png"></div>` +
				`<div class="intercom-container intercom-align-right"><img src="i.png"></div><div class="intercom-container intercom-align-left"><img src="i.png"></div>`},

		{"colour of a cell", `<table><tr><td style="background-color: #e8e8e880;">a</td><td bgcolor="Red">b</td><td style="background: rgb(1, 2, 3) none">c</td></tr></table>`,
			row(`<td style="background-color: #e8e8e880;">` + p("a") + `</td><td style="background-color: Red;">` + p("b") + `</td><td style="background-color: rgb(1, 2, 3);">` + p("c") + "</td>")},
		{"colour of a row", `<table><tr style="background:#abc"><th>a</th><td style="background-color:#fff">b</td></tr></table>`,
			row(`<th style="background-color: #abc;">` + p("a") + `</th><td style="background-color: #abc;">` + p("b") + "</td>")},
		{"colours of paper and nothing", `<table><tr><td style="background:#FFFFFF">a<td style="background:transparent">b<td style="background:rgba(0,0,0,0)">c<td style="background:url(x)">d</table>`,
			row("<td>" + p("a") + "</td><td>" + p("b") + "</td><td>" + p("c") + "</td><td>" + p("d") + "</td>")},
		{"callout of any colour", `<div class="intercom-interblocks-callout" style="background-color: #F1E8FD; border-color: rgb(1, 2, 3);">x</div>`, `<div class="intercom-interblocks-callout" style="background-color: #F1E8FD; border-color: rgb(1, 2, 3);">` + p("x") + "</div>"},
		{"callout without an edge", `<div class="intercom-interblocks-callout" style="background: teal">x</div>`, `<div class="intercom-interblocks-callout" style="background-color: teal;">` + p("x") + "</div>"},
		{"callout of GitHub", `<div class="markdown-alert markdown-alert-warning"><p>x</p></div>`, `<div class="intercom-interblocks-callout" style="background-color: #feedaf80; border-color: #fbc91633;">` + p("x") + "</div>"},
		{"colours that would say more", `<div class="intercom-interblocks-callout" style="background-color: red} body {x">x</div>`, `<div class="intercom-interblocks-callout" style="background-color: #e8e8e880; border-color: #73737633;">` + p("x") + "</div>"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { cleans(t, tt.in, tt.want) })
	}
}

func TestCodeKeepsItsLanguageHoweverItIsSpelled(t *testing.T) {
	for _, in := range []string{
		`<pre><code class="language-php">x</code></pre>`, `<pre class="language-php"><code>x</code></pre>`, `<pre><code class="lang-php">x</code></pre>`,
		`<pre class="brush: php; gutter: false">x</pre>`, `<pre class="brush:php">x</pre>`, `<div class="highlight highlight-source-php"><pre>x</pre></div>`,
		`<div class="highlight-php notranslate"><div class="highlight"><pre>x</pre></div></div>`, `<div class="language-php highlighter-rouge"><div class="highlight"><pre class="highlight"><code>x</code></pre></div></div>`,
		`<pre class="prettyprint lang-php linenums">x</pre>`, `<pre><code class="hljs php">x</code></pre>`, `<pre class="sourceCode php"><code class="sourceCode php">x</code></pre>`,
		`<pre lang="php"><code>x</code></pre>`, `<pre><code data-lang="php">x</code></pre>`, `<pre data-language="php">x</pre>`, `<pre class="EnlighterJSRAW" data-enlighter-language="php">x</pre>`,
		`<pre class="wysiwyg-code language-php line-numbers">x</pre>`, `<div class="mw-highlight mw-highlight-lang-php"><pre>x</pre></div>`, `<div class="highlight-text-html-php"><pre>x</pre></div>`,
	} {
		cleans(t, in, `<pre><code class="language-php">x</code></pre>`)
	}
	cleans(t, `<div class="highlight"><pre class="code copy">x</pre></div><pre class="hljs"><code>y</code></pre>`, "<pre><code>x</code></pre><pre><code>y</code></pre>")
}
