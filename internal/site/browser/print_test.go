package browser

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// print shows a page as it comes on paper.
func (p *tab) print() {
	p.Helper()
	p.do(func(ctx context.Context, s *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, s, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
		return chromedp.Void{}, err
	})
}

// On paper a link says where it leads; a picture's address says nothing, and a
// video is its title and its address, whatever mode the reader chose.
func TestPaperHasNoAddressesOfPicturesAndNoDarkBoxes(t *testing.T) {
	b := start(t)
	p := b.open(t, view{width: 1280, height: 900, dark: true}, b.brands()["bicycles-article"])
	p.wait(`document.querySelector(".prose a[data-zoom]")`)
	eval[bool](p, `(() => { const a = document.querySelector(".prose a[data-zoom]"); a.href = "https://pictures.example.com/1.png"; return true })()`)
	p.print()
	if got := eval[string](p, `getComputedStyle(document.querySelector(".prose a[data-zoom]"), "::after").content`); got != "none" {
		t.Errorf("behind a picture stands %s", got)
	}
	if got := eval[string](p, `getComputedStyle(document.querySelector(".video > a"), "::after").content`); !strings.Contains(got, "youtube") {
		t.Errorf("behind a video stands %s", got)
	}
	if got := eval[string](p, `[...document.querySelectorAll(".prose .video, .prose .callout, .prose .code")].map((e) => getComputedStyle(e).backgroundColor).filter((c) => c !== "rgba(0, 0, 0, 0)").join(", ")`); got != "" {
		t.Errorf("grounds are printed: %s", got)
	}
	if !eval[bool](p, `document.querySelector(".video b").checkVisibility() && !document.querySelector(".video .play").checkVisibility()`) {
		t.Error("a video has no title on paper, or a button")
	}
	if got := eval[string](p, `[...document.querySelectorAll(".top .logo")].map((e) => e.className + " " + e.checkVisibility()).join(", ")`); got != "logo on-light true, logo on-dark false" {
		t.Errorf("the logos: %s", got)
	}
	p.picture("print")
}

// Paper shows the text, black on white and whole; what only works on a screen
// is not on it.
func TestAnArticlePrintsAsItsTextAlone(t *testing.T) {
	b := start(t)
	for name, v := range map[string]view{"light": desk, "dark": {width: 1280, height: 900, dark: true}} {
		t.Run(name, func(t *testing.T) {
			p := b.open(t, v, b.article)
			p.print()
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
