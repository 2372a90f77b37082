package browser

import (
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"lectern"
	"lectern/internal/richtext"
	"lectern/internal/testshared"
)

// markup are attempts to run a script from a body: an element, an attribute, an
// address, a document of its own, a sheet, and what parsers disagree about.
var markup = []string{
	`<script>alert(1)</script>`, `<img src=x onerror=alert(1)>`, `<svg/onload=alert(1)>`, `<a href="javascript:alert(1)">x</a>`,
	`<iframe srcdoc="<script>parent.alert(1)</script>"></iframe>`, `<style>*{position:fixed}</style>`,
	`<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>`,
	`<a href="java&#10;script:alert(1)">x</a>`, `<a href="&#x6A;avascript&colon;alert(1)">x</a>`, `<a href="data:text/html,<script>alert(1)</script>">x</a>`,
	`<form action="javascript:alert(1)"><button>x</button></form>`, `<button formaction="javascript:alert(1)" form=f>x</button>`,
	`<details open ontoggle=alert(1)><summary>x</summary></details>`, `<input autofocus onfocus=alert(1)>`, `<select autofocus onfocus=alert(1)></select>`,
	`<video><source onerror=alert(1)></video>`, `<audio src=x onerror=alert(1)>`, `<object data="javascript:alert(1)"></object>`, `<embed src="javascript:alert(1)">`,
	`<svg><animate onbegin=alert(1) attributeName=x dur=1s></svg>`, `<svg><a xlink:href="javascript:alert(1)"><text y=20>x</text></a></svg>`,
	`<svg><use href="data:image/svg+xml,<svg id=x onload=alert(1)>#x"></use></svg>`, `<svg><foreignObject><script>alert(1)</script></foreignObject></svg>`,
	`<base href="//evil.example/">`, `<meta http-equiv=refresh content="0;url=javascript:alert(1)">`, `<link rel=stylesheet href=//evil.example/x.css>`,
	`<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>`, `<template><img src=x onerror=alert(1)></template>`,
	`<textarea></textarea><img src=x onerror=alert(1)>`, `<xmp></xmp><img src=x onerror=alert(1)>`, `<!--><img src=x onerror=alert(1)>-->`,
	`<table><tr><td background="javascript:alert(1)">x</td></tr></table>`, `<p style="position:fixed;inset:0;background:red">x</p>`,
	`<div style="width:9999px;height:9999px">x</div>`, `<p dir=rtl style="margin-left:-9999px">x</p>`, `<img src="x" width=99999 height=99999>`,
	`<h1 id=main name=body onclick=alert(1)>x</h1>`, `<a id=location href=//evil.example>x</a>`, `<marquee onstart=alert(1)>x</marquee>`,
	`<body onload=alert(1)>`, `</article></main><script>alert(1)</script>`, `<plaintext><b>x`,
}

// Bodies as the API stores them, and titles, hold every attempt: none runs, and
// none moves what is around it.
func TestNothingStoredRuns(t *testing.T) {
	b := start(t)
	for part := range slices.Chunk(append(slices.Clone(markup), testshared.Attacks(t)...), 60) {
		var all strings.Builder
		for _, s := range part {
			clean, err := richtext.Clean(s)
			if err != nil {
				continue // the API refuses it
			}
			all.WriteString("<h2>Attempt</h2>" + clean)
		}
		title, body := part[0], all.String()
		if title = strings.Join(strings.Fields(title), " "); len([]rune(title)) > lectern.MaxTitle || title == "" {
			title = "Attempts"
		}
		topic, _, err := b.store.Collections(t.Context(), b.by.Workspace, lectern.CollectionQuery{Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		a, err := b.store.AddArticle(t.Context(), b.by, &lectern.ArticleEdit{Parents: &[]lectern.CollectionID{topic[0].ID}, ArticleTextEdit: lectern.ArticleTextEdit{
			Title: &title, Description: &title, Body: &body, State: new(lectern.Published), Author: &b.by.Admin}})
		if err != nil {
			t.Fatal(err)
		}
		p := b.openHostile(t, "/help/en/articles/"+number(int64(a.ID)))
		if got := eval[string](p, "document.querySelector('h1').textContent"); strings.Join(strings.Fields(got), " ") != title {
			t.Errorf("the title %q is shown as %q", title, got)
		}
		if x := eval[float64](p, "document.querySelector('.verdict').getBoundingClientRect().left"); x < 50 || x > 200 {
			t.Errorf("%q: the page is out of joint: the verdict is at %v", title, x)
		}
		p.fits(desk.width)
	}
}

// openHostile is open for a page that may ask for pictures that are nowhere,
// but must not open a dialog.
func (b *bench) openHostile(t *testing.T, at string) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(b.browser, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	p := &tab{T: t, b: b, ctx: ctx}
	err := chromedp.Listen(ctx, func(event any) {
		if e, ok := event.(*page.EventJavascriptDialogOpening); ok {
			p.mu.Lock()
			defer p.mu.Unlock()
			p.faults = append(p.faults, at+" ran a script: "+e.Message)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	p.resize(desk)
	p.visit(at)
	t.Cleanup(p.check)
	return p
}
