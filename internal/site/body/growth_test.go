package body

import (
	"testing"

	"lectern/internal/growth"
)

func TestGrowthOfBodies(t *testing.T) {
	render := func(stored string) {
		Render(stored, options())
		o := options()
		o.RTL = true
		Render(stored, o)
	}
	growth.Search(t, []string{
		"<p>", "</p>", "<b>", "</b>", "<a href=#x>", "</a>", "<span id=x>", "<h2>x", "<ul>", "<li>", "</ul>", "<ol>", "<table>", "<tr>", "<td>", "</table>", "<details>", "<summary>",
		"<pre>", "<code class=language-go>", "</pre>", "<img src=a>", "<iframe src=https://youtu.be/x></iframe>", "<blockquote>", "<dl>", "<dt>", "<dd>", "<figure>", "<figcaption>", "<kbd>x</kbd>",
		`<div class="intercom-interblocks-callout" style="background-color: #f1e8fd">`, "</div>", `<a class="intercom-h2b-button" href=/x>y</a>`, "☑ ", "x ", "+49 30-", "12-34 ", "م", "(", "<!--", "<", "&",
	}, render)
}
