package browser

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"lectern"
	"lectern/internal/richtext"
)

// payloads are attempts to run a script: a few of the best known, and those of
// the collection beside the checkout, if it is there.
func payloads(t *testing.T) []string {
	list := []string{`<script>alert(1)</script>`, `<img src=x onerror=alert(1)>`, `<svg/onload=alert(1)>`, `<a href="javascript:alert(1)">x</a>`,
		`<iframe srcdoc="<script>parent.alert(1)</script>"></iframe>`, `<style>*{position:fixed}</style>`, `<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>`}
	f, err := os.Open("../../../../shared/relevance/xss/dev.jsonl.gz")
	if err != nil {
		return list
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	for d := json.NewDecoder(z); ; {
		var v struct{ Payload string }
		if err := d.Decode(&v); err == io.EOF {
			return list
		} else if err != nil {
			t.Fatal(err)
		}
		list = append(list, v.Payload)
	}
}

// Bodies as the API stores them, and titles, hold every attempt: none runs, and
// none moves what is around it.
func TestNothingStoredRuns(t *testing.T) {
	b := start(t)
	for part := range slices.Chunk(payloads(t), 60) {
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
