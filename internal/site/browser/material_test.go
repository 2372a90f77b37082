package browser

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"lectern"
	"lectern/internal/richtext"
)

// brokenWords counts the words in cells that stand on more than one line.
const brokenWords = `(() => {
	let broken = 0;
	for (const cell of document.querySelectorAll(".prose :is(td, th)")) {
		const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
		while (texts.nextNode()) for (const m of texts.currentNode.nodeValue.matchAll(/\S+/g)) {
			const r = document.createRange(); r.setStart(texts.currentNode, m.index); r.setEnd(texts.currentNode, m.index + m[0].length);
			if (new Set([...r.getClientRects()].map((x) => Math.round(x.top))).size > 1) broken++;
		}
	}
	return broken;
})()`

func TestAWideTableKeepsItsWordsAndFitsOnPaper(t *testing.T) {
	b := start(t)
	var cells strings.Builder
	for i := range 14 {
		fmt.Fprintf(&cells, "<td>column number %d text</td>", i)
	}
	row := "<tr>" + cells.String() + "</tr>"
	body, err := richtext.Clean(`<p style="text-align:center">m</p><p class="wysiwyg-text-align-right">e</p><table>` + row + row + "</table>")
	if err != nil {
		t.Fatal(err)
	}
	a, err := b.store.AddArticle(t.Context(), b.by, &lectern.ArticleEdit{ArticleTextEdit: lectern.ArticleTextEdit{
		Title: new("Wide"), Body: &body, State: new(lectern.Published), Author: &b.by.Admin}})
	if err != nil {
		t.Fatal(err)
	}
	p := b.open(t, desk, fmt.Sprintf("/help/en/articles/%d-wide", a.ID))
	for _, width := range []int64{390, 1200} {
		p.resize(view{width: width, height: 900})
		if n := eval[int](p, brokenWords); n > 0 {
			t.Errorf("%d words are broken at %d pixels", n, width)
		}
	}
	if got := eval[string](p, `[...document.querySelectorAll(".prose > p")].map((x) => getComputedStyle(x).textAlign).join(" ")`); got != "center end" {
		t.Errorf("paragraphs are set %q", got)
	}
	p.resize(view{width: 640, height: 900}) // the text of a page of A4
	p.do(func(ctx context.Context, s *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, s, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
		return chromedp.Void{}, err
	})
	if wide := eval[int](p, `document.querySelector(".prose .scroll table").getBoundingClientRect().right - document.querySelector(".prose").getBoundingClientRect().right`); wide > 1 {
		t.Errorf("on paper the table is %d pixels too wide", wide)
	}
	if n := eval[int](p, brokenWords); n > 0 {
		t.Errorf("%d words are broken on paper", n)
	}
}
