package richtext

import (
	"strings"
	"testing"
)

const (
	mathML  = `<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow><msup><mi>x</mi><mn>2</mn></msup><mo>=</mo><mn>4</mn></mrow><annotation encoding="application/x-tex">x^2=4</annotation></semantics></math>`
	pieces  = `<span class="base"><span class="strut" style="height:0.8141em;"></span><span class="mord"><span class="mord mathnormal">x</span><span class="msupsub"><span class="vlist-t"><span class="vlist-r"><span class="vlist" style="height:0.8em;"><span style="top:-3em;"><span class="mord mtight">2</span></span></span></span></span></span></span><span class="mrel">=</span></span><span class="base"><span class="mord">4</span></span>`
	spoken  = `x<sup>2</sup>=4`
	visible = `x2=4`
)

// A formula that a program drew is pasted with both its copies.
func TestAFormulaIsSaidOnce(t *testing.T) {
	p := func(s string) string { return `<p class="no-margin">` + s + `</p>` }
	for _, c := range []struct{ name, body, want string }{
		{"KaTeX", `<p>So <span class="katex"><span class="katex-mathml">` + mathML + `</span><span class="katex-html" aria-hidden="true">` + pieces + `</span></span> holds.</p>`, p("So " + spoken + " holds.")},
		{"KaTeX on a line of its own", `<span class="katex-display"><span class="katex"><span class="katex-mathml">` + mathML + `</span><span class="katex-html" aria-hidden="true">` + pieces + `</span></span></span>`, p(spoken)},
		{"KaTeX without aria-hidden", `<p><span class="katex"><span class="katex-mathml">` + mathML + `</span><span class="katex-html">` + pieces + `</span></span></p>`, p(spoken)},
		{"KaTeX as HTML alone", `<p><span class="katex"><span class="katex-html" aria-hidden="true">` + pieces + `</span></span>!</p>`, p(visible + "!")},
		{"KaTeX as MathML alone", `<p><span class="katex">` + mathML + `</span>!</p>`, p(spoken + "!")},
		{"KaTeX whose MathML a program took apart", `<p><span class="katex"><span class="katex-mathml">x2=4x^2=4</span><span class="katex-html">` + pieces + `</span></span>!</p>`, p(visible + "!")},
		{"KaTeX with empty MathML", `<p><span class="katex"><span class="katex-mathml"><math></math></span><span class="katex-html" aria-hidden="true">` + pieces + `</span></span>!</p>`, p(visible + "!")},
		{"a link in a formula", `<p><span class="katex"><span class="katex-mathml"><math><mi>x</mi></math></span><span class="katex-html" aria-hidden="true"><a href="/x">x</a></span></span></p>`, p(`x<a href="/x" target="_blank" class="intercom-content-link">x</a>`)},
		{"in a Quill editor", `<p>a <span class="ql-formula" data-value="x^2=4"><span contenteditable="false"><span class="katex"><span class="katex-mathml">` + mathML + `</span><span class="katex-html" aria-hidden="true">` + pieces + `</span></span></span></span> b</p>`, p("a " + spoken + " b")},
		{"two formulas", strings.Repeat(`<span class="katex"><span class="katex-mathml">`+mathML+`</span><span class="katex-html" aria-hidden="true">`+pieces+`</span></span>; `, 2), p(spoken + "; " + spoken + ";")},
		{"MathJax 2 as HTML", `<p>So <span class="MathJax_Preview"></span><span class="MathJax" id="MathJax-Element-1-Frame" data-mathml="&lt;math&gt;" role="presentation"><nobr aria-hidden="true"><span class="math">` + pieces + `</span></nobr><span class="MJX_Assistive_MathML" role="presentation">` + mathML + `</span></span><script type="math/tex" id="MathJax-Element-1">x^2=4</script> holds.</p>`, p("So " + spoken + " holds.")},
		{"MathJax 2 as CommonHTML", `<p><span class="mjx-chtml MathJax_CHTML" data-mathml="x"><span class="mjx-math" aria-hidden="true">` + pieces + `</span><span class="MJX_Assistive_MathML">` + mathML + `</span></span></p>`, p(spoken)},
		{"MathJax 2 as a drawing", `<p><span class="MathJax_SVG"><svg aria-hidden="true"><text>x24</text></svg><span class="MJX_Assistive_MathML">` + mathML + `</span></span></p>`, p(spoken)},
		{"MathJax 2 on a line of its own", `<div class="MathJax_Display"><span class="MathJax"><nobr aria-hidden="true">` + pieces + `</nobr></span></div><script type="math/tex; mode=display">x^2=4</script><p>b</p>`, p(visible) + p("b")},
		{"MathJax 2 that nothing has drawn yet", `<p>So <script type="math/tex">x^2 < 4</script> holds.</p>`, p("So x^2 &lt; 4 holds.")},
		{"MathJax 2 from MathML", `<p>So <script type="math/mml"><math><mfrac><mn>1</mn><mn>2</mn></mfrac></math></script> holds.</p>`, p("So 1/2 holds.")},
		{"MathJax 3", `<p>So <mjx-container class="MathJax" jax="CHTML"><mjx-math class="MJX-TEX" aria-hidden="true"><mjx-mi><mjx-c class="mjx-c1D465"></mjx-c></mjx-mi><mjx-mtext><mjx-utext variant="normal">x24</mjx-utext></mjx-mtext></mjx-math><mjx-assistive-mml unselectable="on" display="inline">` + mathML + `</mjx-assistive-mml></mjx-container> holds.</p>`, p("So " + spoken + " holds.")},
		{"MathJax 3 as a drawing", `<p><mjx-container class="MathJax" jax="SVG"><svg aria-hidden="true"><g><text>x24</text></g></svg><mjx-assistive-mml>` + mathML + `</mjx-assistive-mml></mjx-container></p>`, p(spoken)},
		{"MathJax 3 without MathML", `<p>So <mjx-container class="MathJax" jax="CHTML"><mjx-math class="MJX-TEX"><mjx-mi class="mjx-i"><mjx-c class="mjx-c1D465 TEX-I"></mjx-c></mjx-mi><mjx-mo class="mjx-n" space="4"><mjx-c class="mjx-c3D"></mjx-c></mjx-mo><mjx-mn class="mjx-n"><mjx-c class="mjx-c34"></mjx-c></mjx-mn></mjx-math></mjx-container> holds.</p>`, p("So x=4 holds.")},
		{"MathJax 3 as a drawing without MathML", `<p>So <mjx-container class="MathJax" jax="SVG"><svg><g data-mml-node="mi"><path data-c="1D465" d="M52 289Q"></path></g><g data-mml-node="mo"><use data-c="3D" xlink:href="#x"></use></g><g><use data-c="34"/></g></svg></mjx-container> holds.</p>`, p("So x=4 holds.")},
		{"Wikipedia", `<p>So <span class="mwe-math-element"><span class="mwe-math-mathml-inline" style="display: none;">` + mathML + `</span><img src="https://wikimedia.org/x.svg" class="mwe-math-fallback-image-inline" aria-hidden="true" alt="{\displaystyle x^{2}=4}"></span> holds.</p>`, p("So " + spoken + " holds.")},
		{"what is hidden elsewhere", `<p>a <span aria-hidden="true">b</span></p>`, p("a b")},
		{"left open", `<p><span class="katex"><span class="katex-mathml">` + mathML + `<p>secret words</p>`, p(spoken) + p("secret words")},
		{"what is seen left open", `<p><span class="katex"><span class="katex-mathml">` + mathML + `</span><span class="katex-html">secret<p>words</p>`, p(spoken+"secret") + p("words")},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Clean(c.body)
			if err != nil || got != c.want {
				t.Errorf("Clean(%q), %v\n got %s\nwant %s", c.body, err, got, c.want)
			}
			if again, err := Clean(got); err != nil || again != got {
				t.Errorf("%q becomes %q, %v", got, again, err)
			}
		})
	}
}
