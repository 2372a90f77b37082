package browser

import (
	"strings"
	"testing"
)

// widen gives every text of a page a character of 700 pixels that no line can
// be broken in: marks heaped on one letter, on a machine whose fonts do not
// stack them, or a ligature of a script.
const widen = `(() => {
	const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), all = [];
	while (texts.nextNode()) all.push(texts.currentNode);
	for (const n of all) if (n.parentElement.closest("main, header, footer") && !n.parentElement.closest("pre, svg, script, button, summary, .vh, .btn") && n.nodeValue.trim()) {
		const wide = document.createElement("span");
		wide.className = "wide"; wide.textContent = "W"; wide.style.display = "inline-block"; wide.style.width = "700px";
		n.after(wide);
	}
	return document.querySelectorAll(".wide").length;
})()`

func TestACharacterWiderThanItsPlaceMovesNothingElse(t *testing.T) {
	b := start(t)
	places := b.places()
	for _, name := range []string{"home", "home-ar", "collection", "article", "article-ar", "search", "none", "404", "off"} {
		t.Run(name, func(t *testing.T) {
			at := places[name]
			if name == "collection" {
				at = strings.Replace(at, "/en/", "/ar/", 1)
			}
			p := b.open(t, phone, at)
			if n := eval[int](p, widen); n < 3 {
				t.Fatalf("only %d texts were widened", n)
			}
			for _, width := range []int64{320, 390, 600} {
				p.resize(view{width: width, height: 900})
				p.inPlace(at)
			}
		})
	}
}
