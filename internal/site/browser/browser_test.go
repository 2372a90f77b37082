package browser

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"lectern"
	"lectern/internal/app"
	"lectern/internal/demo"
)

// A bench is a help center in a real server, and a browser to look at it with.
type bench struct {
	store   lectern.Store
	by      lectern.Actor
	url     string // of the server
	article string // path of an article with every kind of block
	browser context.Context

	late atomic.Pointer[regexp.Regexp] // paths that are answered late; nil for none
}

// lateBy is how late: far beyond the first paint, and beyond what a browser waits
// for a font.
const lateBy = 400 * time.Millisecond

// start serves the manual, one article with every kind of block, and a second
// help center that is switched off.
func start(t *testing.T) *bench {
	t.Helper()
	path := os.Getenv("LECTERN_CHROMIUM")
	if path == "" {
		t.Skip("LECTERN_CHROMIUM names no browser; ./check browser installs and names one")
	}
	b := &bench{}
	b.serve(t)
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox,
		chromedp.Flag("disable-component-update", true), chromedp.Flag("hide-scrollbars", true), chromedp.Flag("lang", "en"),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")) // no test leaves this machine
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	var cancel context.CancelFunc
	b.browser, cancel = chromedp.NewContext(allocator)
	t.Cleanup(cancel)
	if err := chromedp.Do(b.browser); err != nil {
		t.Fatalf("start %s: %v", path, err)
	}
	return b
}

func (b *bench) serve(t *testing.T) {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	ctx := t.Context()
	handler, err := app.Open(context.Background(), app.Config{Database: app.Place(t.TempDir()), Logger: slog.New(slog.DiscardHandler)})
	must(err)
	t.Cleanup(func() { handler.Close() })
	db := handler.Store
	b.store = db
	ws, _, err := db.Setup(ctx, lectern.Setup{WorkspaceName: "Test", Admin: lectern.Admin{Name: "Maya Okafor", Email: "maya@example.com"},
		Locale: "en", Identifier: "help", HelpCenter: "Larkpost", TokenName: "test", Token: lectern.HashToken("secret")})
	must(err)
	admins, err := db.Admins(ctx, ws.ID)
	must(err)
	b.by = lectern.ByCommand(ws.ID, admins[0].ID)
	_, err = demo.Load(ctx, db, b.by)
	must(err)
	_, err = db.AddHelpCenter(ctx, b.by, lectern.HelpCenter{Identifier: "off", DisplayName: "Larkpost", DefaultLocale: "en"})
	must(err)
	picture, err := lectern.NewAsset("image/png", screen(t))
	must(err)
	centers, err := db.HelpCenters(ctx, ws.ID)
	must(err)
	_, _, err = db.UpdateSite(ctx, b.by, centers[0].ID, []lectern.Asset{picture}, func(_ *lectern.HelpCenter, theme *lectern.Theme) error {
		theme.Color, theme.Picture = "#0b7a5c", picture.Name
		theme.Texts = map[lectern.Locale]lectern.ThemeText{"en": {
			Greeting: "How can we help you ship?", Introduction: "Guides and answers for every shop that sends parcels with Larkpost.",
			HeaderLinks: []lectern.Link{{Label: "Status", URL: "https://status.example.com"}},
			FooterLinks: []lectern.Link{{Label: "Terms", URL: "https://example.com/terms"}, {Label: "Privacy", URL: "https://example.com/privacy"}},
			Contact:     &lectern.Contact{Link: lectern.Link{Label: "Write to us", URL: "mailto:help@example.com"}, Text: "We answer on weekdays, most often within two hours."},
		}}
		return nil
	})
	must(err)
	stored, err := os.ReadFile("testdata/customs.html")
	must(err)
	body := strings.ReplaceAll(string(stored), "{picture}", "/help/_/"+string(picture.Name))
	topic, err := db.AddCollection(ctx, b.by, &lectern.CollectionEdit{CollectionTextEdit: lectern.CollectionTextEdit{
		Name: new("International and customs"), Description: new("Forms, duties and goods that may not be sent.")}})
	must(err)
	for i, title := range []string{"Fill in a customs form", "Get an EORI number", "Goods you cannot send abroad"} {
		if i > 0 {
			body = "<p>" + title + ", step by step, with the customs form at hand.</p>"
		}
		a, err := db.AddArticle(ctx, b.by, &lectern.ArticleEdit{Parents: &[]lectern.CollectionID{topic.ID}, ArticleTextEdit: lectern.ArticleTextEdit{
			Title: &title, Description: new("Which form a parcel needs, and what each field means."), Body: &body, State: new(lectern.Published), Author: &b.by.Admin}})
		must(err)
		if i == 0 {
			b.article = fmt.Sprintf("/help/en/articles/%d-fill-in-a-customs-form", a.ID)
		}
	}
	must(db.WarmSearch(ctx))
	b.serveBrands(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if late := b.late.Load(); late != nil && late.MatchString(r.URL.Path) {
			time.Sleep(lateBy)
		}
		handler.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	b.url = server.URL
}

// screen is a picture for an article.
func screen(t *testing.T) []byte {
	m := image.NewRGBA(image.Rect(0, 0, 1360, 800))
	for y := range 800 {
		for x := range 1360 {
			m.Set(x, y, color.RGBA{uint8(40 + x/12), uint8(90 + y/10), 120, 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A view is how a reader's screen is.
type view struct {
	width, height int64
	dark          bool
	noScript      bool
}

var (
	desk  = view{width: 1280, height: 900}
	phone = view{width: 390, height: 844}
)

// A tab is a page in the browser that notes what went wrong in it.
type tab struct {
	*testing.T
	b   *bench
	ctx context.Context

	mu     sync.Mutex // guards all below
	faults []string
	asked  int      // requests
	setter []string // IDs of requests whose answers set a cookie
}

// open shows the page at a path in a new tab.
func (b *bench) open(t *testing.T, v view, at string) *tab {
	t.Helper()
	p := b.tab(t, v)
	p.visit(at)
	return p
}

// tab opens a tab with an empty cache and no cookies. When the test ends, no
// page in it may have complained on the console or asked another host.
func (b *bench) tab(t *testing.T, v view) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(b.browser, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	p := &tab{T: t, b: b, ctx: ctx}
	if err := chromedp.Listen(ctx, p.note); err != nil {
		t.Fatal(err)
	}
	p.resize(v)
	p.do(func(ctx context.Context, s *chromedp.Target) (chromedp.Void, error) {
		if _, err := cdp.Call(ctx, s, log.Enable, cdp.Empty{}); err != nil {
			return chromedp.Void{}, err
		}
		_, err := cdp.Call(ctx, s, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: v.noScript})
		return chromedp.Void{}, err
	})
	t.Cleanup(p.check)
	return p
}

func (p *tab) check() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, f := range p.faults {
		p.Error(f)
	}
}

// note keeps what should not happen in any page.
func (p *tab) note(event any) {
	fault := ""
	switch e := event.(type) {
	case *network.EventResponseReceivedExtraInfo:
		for name := range e.Headers {
			if strings.EqualFold(name, "Set-Cookie") {
				p.mu.Lock()
				defer p.mu.Unlock()
				p.setter = append(p.setter, string(e.RequestID))
			}
		}
	case *network.EventRequestWillBeSent:
		p.mu.Lock()
		p.asked++
		p.mu.Unlock()
		if u := e.Request.URL; !strings.HasPrefix(u, p.b.url+"/") && !strings.HasPrefix(u, "about:") {
			fault = "asked another host: " + u
		}
	case *runtime.EventExceptionThrown:
		fault = "exception: " + e.ExceptionDetails.Text
		if e.ExceptionDetails.Exception != nil {
			fault += " " + e.ExceptionDetails.Exception.Description
		}
	case *runtime.EventConsoleAPICalled:
		fault = fmt.Sprintf("console.%s", e.Type)
	case *log.EventEntryAdded:
		// A page that says 404 is logged as a resource that failed to load.
		if !strings.Contains(e.Entry.Text, "404 (Not Found)") {
			fault = "log: " + e.Entry.Text + " " + e.Entry.URL
		}
	}
	if fault != "" {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.faults = append(p.faults, fault)
	}
}

func (p *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	p.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, 30*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		p.Fatal(err)
	}
}

// visit goes to a path of the server.
func (p *tab) visit(at string) {
	p.Helper()
	p.do(chromedp.Navigate(p.b.url + at))
}

func (p *tab) resize(v view) {
	p.Helper()
	scheme := "light"
	if v.dark {
		scheme = "dark"
	}
	p.do(chromedp.EmulateViewport(v.width, v.height), func(ctx context.Context, s *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, s, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}},
		})
		return chromedp.Void{}, err
	})
}

// eval is the value of an expression in the page.
func eval[T any](p *tab, expression string) T {
	p.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, 60*time.Second)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		p.Fatalf("%.80s: %v", expression, err)
	}
	return v
}

// wait waits until an expression is true in the page, or in the one after it.
func (p *tab) wait(expression string) {
	p.Helper()
	for range 400 {
		ctx, cancel := context.WithTimeout(p.ctx, 10*time.Second)
		ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("Boolean("+expression+")"))
		cancel()
		if err == nil && ok {
			return // an error means that the page is just being left
		}
		time.Sleep(25 * time.Millisecond)
	}
	p.Fatalf("waited in vain for %s at %s", expression, eval[string](p, "location.href"))
}

// click clicks what a selector finds first.
func (p *tab) click(selector string) {
	p.Helper()
	p.wait("document.querySelector(" + quote(selector) + ")")
	p.do(chromedp.Click(chromedp.CSS(selector)))
}

// follow clicks something that leads to another page, and waits for that.
func (p *tab) follow(selector string) {
	p.Helper()
	eval[bool](p, "window.left = true")
	p.click(selector)
	p.wait("!window.left && document.readyState === 'complete'")
}

// keys presses keys.
func (p *tab) keys(keys string) {
	p.Helper()
	p.do(chromedp.KeyEvent(keys))
}

func quote(s string) string { return fmt.Sprintf("%q", s) }

// picture keeps a picture of the whole page, if somebody wants it.
func (p *tab) picture(name string) {
	p.Helper()
	folder := os.Getenv("LECTERN_SCREENSHOTS")
	if folder == "" {
		return
	}
	eval[bool](p, `Promise.all([...document.images].map((i) => { i.loading = "eager"; return i.decode().catch(() => 0) })).then(() => true)`)
	shot, err := chromedp.Run(p.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		p.Fatal(err)
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		p.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, name+".png"), shot, 0o644); err != nil {
		p.Fatal(err)
	}
}
