package browser

import (
	"context"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// Paper shows the text, black on white and whole; what only works on a screen
// is not on it.
func TestAnArticlePrintsAsItsTextAlone(t *testing.T) {
	b := start(t)
	for name, v := range map[string]view{"light": desk, "dark": {width: 1280, height: 900, dark: true}} {
		t.Run(name, func(t *testing.T) {
			p := b.open(t, v, b.article)
			p.do(func(ctx context.Context, s *chromedp.Target) (chromedp.Void, error) {
				_, err := cdp.Call(ctx, s, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
				return chromedp.Void{}, err
			})
			for _, gone := range []string{".top nav", ".find", ".rail", ".toc-fold", ".verdict", ".turn", ".foot", ".code button"} {
				if eval[bool](p, "Boolean(document.querySelector("+quote(gone)+")?.checkVisibility())") {
					t.Errorf("%s is printed", gone)
				}
			}
			for _, shown := range []string{".brand", "h1", ".prose p", ".prose .fold p", ".prose table", ".prose .callout"} {
				if !eval[bool](p, "Boolean(document.querySelector("+quote(shown)+")?.checkVisibility({contentVisibilityAuto: true}))") {
					t.Errorf("%s is not printed", shown)
				}
			}
			if got := eval[string](p, `getComputedStyle(document.body).color + " on " + getComputedStyle(document.body).backgroundColor`); got != "rgb(0, 0, 0) on rgb(255, 255, 255)" {
				t.Errorf("printed %s", got)
			}
			if got := eval[string](p, `getComputedStyle(document.querySelector(".code pre")).whiteSpace`); got != "pre-wrap" {
				t.Errorf("code does not wrap: %s", got)
			}
		})
	}
}
