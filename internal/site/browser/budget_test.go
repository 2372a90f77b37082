package browser

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// The design's budgets for a page on a phone.
const (
	maxWeight       = 60_000 // bytes over the wire without images
	maxBeforePaint  = 6      // requests before something is seen
	maxOwnPictures  = 6      // besides, of a help center that brings a logo and pictures: no paint waits for these
	maxLayoutShift  = 0.001  // none but rounding
	slowDown        = 4      // how many times slower the phone's processor is
	slowLine        = 1.6e6 / 8
	slowLineLatency = 150 // milliseconds
)

// slowNetwork is the command by which every version of Chromium slows a line.
// What follows it is not in Debian's yet.
var slowNetwork = cdp.Command[network.Conditions, cdp.Empty]{Method: "Network.emulateNetworkConditions"}

// slow makes the line and the processor of a tab those of a cheap phone.
func (p *tab) slow() {
	p.Helper()
	p.do(func(ctx context.Context, s *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, s, slowNetwork, network.Conditions{Latency: slowLineLatency, DownloadThroughput: slowLine, UploadThroughput: slowLine})
		if err == nil {
			_, err = cdp.Call(ctx, s, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: slowDown})
		}
		return chromedp.Void{}, err
	})
}

// A load is what a browser says of how a page came to be.
type load struct {
	Weight      int     // bytes over the wire, headers included, images left out
	Requests    int     // all of them
	BeforePaint int     // those begun before the first paint, but for the icon, which no paint waits for
	Pictures    int     // of BeforePaint, how many are images
	Images      int     // bytes
	Paint, LCP  float64 // milliseconds
	Shift       float64 // cumulative layout shift
	Cookies     string
}

// loaded waits until a page is there whole, its fonts included, and at rest.
const loaded = `(async () => {
	if (document.readyState !== "complete") await new Promise((done) => addEventListener("load", done));
	await document.fonts.ready;
	let lcp = 0, shift = 0;
	new PerformanceObserver((l) => l.getEntries().forEach((e) => lcp = e.startTime)).observe({type: "largest-contentful-paint", buffered: true});
	new PerformanceObserver((l) => l.getEntries().forEach((e) => e.hadRecentInput || (shift += e.value))).observe({type: "layout-shift", buffered: true});
	await new Promise((done) => setTimeout(done, 500));
	const all = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
	const paint = performance.getEntriesByName("first-contentful-paint")[0].startTime;
	const image = (e) => e.initiatorType === "img" || /\.(png|jpe?g|webp|avif|svg)$/.test(new URL(e.name).pathname);
	const icon = document.querySelector("link[rel=icon]").href;
	const sum = (list) => list.reduce((n, e) => n + e.transferSize, 0);
	return JSON.stringify({Weight: sum(all.filter((e) => !image(e))), Images: sum(all.filter(image)), Requests: all.length,
		BeforePaint: all.filter((e) => e.startTime < paint && e.name !== icon).length,
		Pictures: all.filter((e) => e.startTime < paint && e.name !== icon && image(e)).length, Paint: paint, LCP: lcp, Shift: shift, Cookies: document.cookie});
})()`

func TestPagesAreLightAndStillOnASlowPhone(t *testing.T) {
	b := start(t)
	for name, at := range b.everywhere() {
		t.Run(name, func(t *testing.T) {
			p := b.tab(t, phone)
			p.slow()
			p.visit(at)
			var l load
			if err := json.Unmarshal([]byte(eval[string](p, loaded)), &l); err != nil {
				t.Fatal(err)
			}
			t.Logf("%5.1f kB without images, %d requests, %d before the first paint at %.0f ms, LCP %.0f ms",
				float64(l.Weight)/1000, l.Requests, l.BeforePaint, l.Paint, l.LCP)
			if l.Weight > maxWeight || l.Weight == 0 {
				t.Errorf("the page weighs %d bytes without images, want at most %d", l.Weight, maxWeight)
			}
			most := maxBeforePaint
			if _, own := b.brands()[name]; own {
				most += min(l.Pictures, maxOwnPictures)
			}
			if l.BeforePaint > most || l.BeforePaint == 0 {
				t.Errorf("%d requests before the first paint, %d of them for pictures, want at most %d", l.BeforePaint, l.Pictures, most)
			}
			if l.Shift > maxLayoutShift {
				t.Errorf("layout shift of %.4f", l.Shift)
			}
			p.mu.Lock()
			defer p.mu.Unlock()
			if p.asked < l.Requests {
				t.Errorf("%d requests were watched of %d", p.asked, l.Requests)
			}
			if len(p.setter) > 0 || l.Cookies != "" {
				t.Errorf("a cookie before the reader chose anything: %q, %q", p.setter, l.Cookies)
			}
		})
	}
}

// The only cookie is the reader's choice of light or dark; that it is seen when
// it is set shows that the test above would see another.
func TestTheOnlyCookieIsTheReadersChoice(t *testing.T) {
	b := start(t)
	p := b.open(t, desk, "/help/en")
	p.click(`.modes [value="dark"]`)
	p.wait(`document.documentElement.dataset.mode === "dark"`)
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.setter) != 1 {
		t.Errorf("%d answers set a cookie, want one", len(p.setter))
	}
}
