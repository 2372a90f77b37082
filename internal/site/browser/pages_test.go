package browser

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
)

// places are the pages that are looked at, by name.
func (b *bench) places() map[string]string {
	german := strings.Replace(b.article, "/en/", "/de/", 1)
	return map[string]string{
		"home":       "/help/en",
		"collection": "/help/en/collections/" + b.topic("Use the API") + "-use-the-api",
		"article":    b.article,
		"manual":     b.manual("en", "Errors"),
		"search":     "/help/en/search?q=customs+form",
		"none":       "/help/en/search?q=zzxxqqyy",
		"search-all": "/help/en/search",
		"404":        "/help/en/nowhere",
		"off":        "/off/en",
		"fallback":   german,
		"home-ar":    "/help/ar",
		"article-ar": b.manual("ar", "Start in one minute"),
		"home-ja":    "/help/ja",
		"article-ja": b.manual("ja", "Start in one minute"),
	}
}

// axe runs axe-core in the page and returns what it found: rules of WCAG 2.2 at
// levels A and AA, and its best practices.
func (p *tab) axe(source string) []string {
	p.Helper()
	eval[bool](p, source+";true")
	return eval[[]string](p, `axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).then(
		(r) => r.violations.flatMap((v) => v.nodes.map((n) => v.id + ": " + n.target.join(" ") + ": " + (n.any[0] || n.all[0] || n.none[0] || {}).message)))`)
}

func TestNoPageBreaksARuleOfAccessibility(t *testing.T) {
	b := start(t)
	axe, err := os.ReadFile("node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Skip("axe-core is not installed here; ./check browser does so")
	}
	for name, at := range b.everywhere() {
		t.Run(name, func(t *testing.T) {
			p := b.open(t, desk, at)
			for _, v := range []view{desk, {width: 1280, height: 900, dark: true}, phone, {width: 390, height: 844, dark: true}} {
				p.resize(v)
				mode := map[bool]string{false: "light", true: "dark"}[v.dark]
				for _, violation := range p.axe(string(axe)) {
					t.Errorf("%d %s: %s", v.width, mode, violation)
				}
				p.picture(fmt.Sprintf("%s-%d-%s", name, v.width, mode))
			}
		})
	}
}

func TestNoPageScrollsSideways(t *testing.T) {
	b := start(t)
	for _, locale := range []string{"en", "de", "ar", "ja"} {
		for name, at := range b.places() {
			if strings.Contains(name, "-a") || strings.Contains(name, "-j") || name == "off" {
				continue
			}
			at = strings.Replace(at, "/en", "/"+locale, 1)
			t.Run(name+" "+locale, func(t *testing.T) {
				p := b.open(t, desk, at)
				for _, width := range []int64{320, 390, 768, 1024, 1280, 1920} {
					p.resize(view{width: width, height: 900})
					p.fits(width)
				}
				// Every string longer by three fifths, as in another language.
				eval[bool](p, `(() => { const w = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), all = []; while (w.nextNode()) all.push(w.currentNode);
					for (const n of all) if (n.parentElement.closest("main, header, footer") && !n.parentElement.closest("pre, svg, script") && n.nodeValue.trim()) {
						const words = n.nodeValue.trim().split(" "); n.nodeValue += " " + words.slice(0, Math.ceil(words.length * .6)).join(" ") } return true })()`)
				for _, width := range []int64{320, 768, 1280} {
					p.resize(view{width: width, height: 900})
					p.fits(width)
				}
			})
		}
	}
}

// beyond is an expression that names elements, of those that a selector finds,
// that reach beyond the window: what the page cuts off, and what makes it wider.
// The fan, and what an element within the parts of the page clips or scrolls, are
// as they should be.
func beyond(selector string) string {
	return `[...document.querySelectorAll(` + quote(selector) + `)].filter((e) => {
	const box = e.getBoundingClientRect();
	if (!box.width || box.right <= innerWidth + 1 && box.left >= -1) return false;
	if (e.closest(".vh, .skip, .fan")) return false;
	for (let around = e.parentElement; around && around.parentElement !== document.body; around = around.parentElement) if (getComputedStyle(around).overflowX !== "visible") return false;
	return true;
}).slice(0, 5).map((e) => e.tagName + "." + e.getAttribute("class")).join(", ")`
}

// blocks are elements that hold texts, and that no text may push out of the window.
const blocks = ":is(main, header, footer) :is(section, header, nav, form, article, h1, h2, h3, p, ul, li)"

// fits reports elements that reach beyond a window of this width.
func (p *tab) fits(width int64) {
	p.Helper()
	wide, out := eval[int64](p, "document.documentElement.scrollWidth"), eval[string](p, beyond("body *"))
	if wide > width || out != "" {
		p.Errorf("at %d: the page is %d wide: %s", width, wide, out)
	}
}

func TestNothingMovesWhileAPageLoads(t *testing.T) {
	b := start(t)
	for name, at := range b.everywhere() {
		t.Run(name, func(t *testing.T) {
			for _, v := range []view{desk, phone} {
				b.open(t, v, at).stays(v)
			}
		})
	}
}

// TestNothingMovesWhateverComesLate has one kind of what a page needs come after
// all else, as on a slow line.
func TestNothingMovesWhateverComesLate(t *testing.T) {
	b := start(t)
	for kind, paths := range map[string]string{"fonts": `\.woff2$`, "scripts": `\.js$`, "styles": `\.css$`, "pictures": `\.(png|jpe?g|svg|webp|ico)$`} {
		for _, at := range []string{"/help/en", "/help/ar", "/help/ja", "/fjordlight", b.article} {
			t.Run(kind+" "+at, func(t *testing.T) {
				for _, v := range []view{desk, phone} {
					b.late.Store(regexp.MustCompile(paths))
					p := b.open(t, v, at)
					b.late.Store(nil)
					p.stays(v)
				}
			})
		}
	}
}

// stays reports what has moved since the page began to load.
func (p *tab) stays(v view) {
	p.Helper()
	moved := eval[string](p, `new Promise((done) => { let sum = 0, what = [];
		new PerformanceObserver((l) => l.getEntries().forEach((e) => { if (e.hadRecentInput) return; sum += e.value;
			for (const s of e.sources) what.push((s.node?.nodeName ?? "?") + "." + (s.node?.className ?? "") + " from " + s.previousRect.y + "+" + s.previousRect.height + " to " + s.currentRect.y + "+" + s.currentRect.height) }))
			.observe({type: "layout-shift", buffered: true});
		setTimeout(() => done(sum > .001 ? sum.toFixed(4) + ": " + what.join(", ") : ""), 200) })`)
	if moved != "" {
		p.Errorf("at %d: layout shift of %s", v.width, moved)
	}
}
