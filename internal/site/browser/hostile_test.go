package browser

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"lectern"
	"lectern/internal/testshared"
)

// ownPayloads are attempts to run a script, one for each way that text gets into
// a page: text, an attribute, the title, JSON, a comment, an address. Whatever
// runs sets window.ran or opens a dialog.
var ownPayloads = []string{
	`<script>ran=1</script>`, `<img src=x onerror=ran=1>`, `<svg/onload=ran=1>`, `"><img src=x onerror=ran=1>`, `'><svg onload=ran=1>`,
	`" autofocus onfocus=ran=1 x="`, `' onmouseover='ran=1`, `</title><script>ran=1</script>`, `</script><script>ran=1</script>`,
	`</textarea><svg/onload=ran=1>`, `--><script>ran=1</script><!--`, `<!--`, `]]><script>ran=1</script>`, `{{.}}{{ran=1}}${ran=1}`,
	`javascript:ran=1`, `JaVaScRiPt&colon;ran=1`, "java\tscript:ran=1", `data:text/html,<script>parent.ran=1</script>`, `//evil.example/x.js`,
	`<iframe srcdoc="<script>parent.ran=1</script>"></iframe>`, `<base href=//evil.example>`, `<meta http-equiv=refresh content=0;url=javascript:ran=1>`,
	`<style>*{display:none}</style>`, `<form id=q action=//evil.example><input name=q>`, `<a href="javascript:ran=1">x</a>`,
	`<math><mtext></form><form><mglyph><style></math><img src onerror=ran=1>`, `<mark>x</mark>`, `<b id=main name=main>`,
	`\u003cscript\u003eran=1\u003c/script\u003e`, `%3Cscript%3Eran=1%3C/script%3E`, "\u202e<script>ran=1</script>", `&lt;script&gt;ran=1&lt;/script&gt;`,
	strings.Repeat("W", 200), strings.Repeat("\u0489", 100),
}

// payloads are our own, those of bodies, and the shared ones where there are any.
func payloads(t *testing.T) []string {
	return slices.Concat(ownPayloads, markup, testshared.Attacks(t))
}

// hostile are all payloads, joined into texts of at most limit characters. Each
// is one line, as titles and names are.
func hostile(t *testing.T, limit int) []string {
	var texts []string
	last := ""
	for _, p := range payloads(t) {
		p = strings.Join(strings.FieldsFunc(p, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
		switch n := len([]rune(p)); {
		case p == "" || n > limit:
		case last != "" && len([]rune(last))+1+n <= limit:
			last += " " + p
		default:
			if last != "" {
				texts = append(texts, last)
			}
			last = p
		}
	}
	return append(texts, last)
}

// arms is what a page does before any script of its own: it notes what runs and
// what its policy has to stop. A policy that has to stop anything but a picture
// means that text became markup.
const arms = `window.stopped = [];
addEventListener("securitypolicyviolation", (e) => /^(img|media)-src/.test(e.effectiveDirective) || stopped.push(e.effectiveDirective + " " + e.blockedURI + " " + e.sample));
for (const name of ["alert", "confirm", "prompt", "print"]) window[name] = (...x) => { window.ran = name + "(" + x.join() + ")" };`

// odd lists what a page has that only markup in a text can have brought.
const odd = `(() => {
	const odd = [...stopped]; if ("ran" in window) odd.push("ran a script: " + window.ran);
	const strange = "iframe object embed applet base style frame frameset portal noscript plaintext xmp math audio video".split(" ");
	for (const e of document.querySelectorAll("*")) {
		const name = e.localName;
		if (strange.includes(name) || name === "meta" && e.httpEquiv) odd.push("<" + name + ">");
		if (name === "script" && e.type !== "application/ld+json" && !(e.src.startsWith(location.origin + "/") && e.src.includes("/_/public."))) odd.push("<script> " + e.src + e.text.slice(0, 80));
		if (name === "script" && e.type === "application/ld+json") try { JSON.parse(e.text) } catch { odd.push("broken JSON-LD") }
		if (name === "form" && new URL(e.getAttribute("action"), location.href).origin !== location.origin) odd.push("<form> to " + e.getAttribute("action"));
		for (const a of e.attributes) {
			if (/^on|^style$|^srcdoc$/.test(a.name)) odd.push(name + " " + a.name);
			if (/^(href|src|action|formaction|poster|background|xlink:href|data-(href|play|suggest))$/.test(a.name)) {
				let scheme; try { scheme = new URL(a.value, location.href).protocol } catch { scheme = "no address" }
				if (!/^(https?|mailto|tel):$/.test(scheme)) odd.push(name + " " + a.name + "=" + a.value);
			}
		}
	}
	const parts = [...document.body.children].filter((e) => e.localName !== "p").map((e) => e.localName).join(" ");
	if (!/^svg a header main footer$|^svg a main$/.test(parts)) odd.push("the body has: " + parts);
	return odd;
})()`

// armed opens a tab that notes what runs in the pages it visits.
func (b *bench) armed(t *testing.T, v view) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(b.browser, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	p := &tab{T: t, b: b, ctx: ctx}
	err := chromedp.Listen(ctx, func(event any) {
		if e, ok := event.(*page.EventJavascriptDialogOpening); ok {
			p.mu.Lock()
			defer p.mu.Unlock()
			p.faults = append(p.faults, "a dialog opened: "+e.Message)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	p.resize(v)
	p.do(func(ctx context.Context, s *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, s, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: arms})
		return chromedp.Void{}, err
	})
	t.Cleanup(p.check)
	return p
}

// harmless visits a page and reports what a text on it ran, brought or broke.
func (p *tab) harmless(at string) {
	p.Helper()
	p.visit(at)
	for _, o := range eval[[]string](p, odd) {
		p.Errorf("%s: %s", at, o)
	}
	p.inPlace(at)
}

// inPlace reports a page that is wider than its window, or whose blocks a text
// pushes out of it. A character that is wider than the window is cut off.
func (p *tab) inPlace(at string) {
	p.Helper()
	wide, out := eval[int64](p, "document.documentElement.scrollWidth - innerWidth"), eval[string](p, beyond(blocks))
	if wide > 0 || out != "" {
		p.Errorf("%s is %d pixels too wide: %s", at, wide, out)
	}
}

// Titles, descriptions and names hold every attempt, in the text, the title, the
// attributes and the JSON of pages.
func TestNoTitleOrNameRuns(t *testing.T) {
	b := start(t)
	p := b.armed(t, phone)
	for part := range slices.Chunk(hostile(t, lectern.MaxTitle), 25) {
		var topics []lectern.CollectionID
		var articles []lectern.ArticleID
		top := b.name(t, part[0], part[len(part)-1], 0)
		for i, text := range part {
			topics = append(topics, b.name(t, text, text, top))
			articles = append(articles, b.title(t, text, part[len(part)-1-i], topics[i/5*5]))
		}
		for _, id := range articles {
			p.harmless("/help/en/articles/" + number(int64(id)))
		}
		p.harmless("/help/en/collections/" + number(int64(top)))
		p.harmless("/help/de/collections/" + number(int64(topics[0])))
	}
	for _, v := range []view{phone, desk} {
		p.resize(v)
		p.harmless("/help/en")
		p.harmless("/help/ar")
	}
}

// name adds a collection.
func (b *bench) name(t *testing.T, name, about string, in lectern.CollectionID) lectern.CollectionID {
	t.Helper()
	e := &lectern.CollectionEdit{CollectionTextEdit: lectern.CollectionTextEdit{Name: &name, Description: &about}}
	if in != 0 {
		e.Parent = &in
	}
	c, err := b.store.AddCollection(t.Context(), b.by, e)
	if err != nil {
		t.Fatalf("%q: %v", name, err)
	}
	return c.ID
}

// title adds an article.
func (b *bench) title(t *testing.T, title, about string, in lectern.CollectionID) lectern.ArticleID {
	t.Helper()
	a, err := b.store.AddArticle(t.Context(), b.by, &lectern.ArticleEdit{Parents: &[]lectern.CollectionID{in}, ArticleTextEdit: lectern.ArticleTextEdit{
		Title: &title, Description: &about, Body: new("<p>Text.</p>"), State: new(lectern.Published), Author: &b.by.Admin}})
	if err != nil {
		t.Fatalf("%q: %v", title, err)
	}
	return a.ID
}

// What readers and strangers send is shown on pages of results, among the
// suggestions and where nothing stands.
func TestNothingAskedForRuns(t *testing.T) {
	b := start(t)
	topic := b.name(t, "Attempts", "", 0)
	titles := hostile(t, lectern.MaxTitle)
	for _, text := range titles[:min(20, len(titles))] {
		b.title(t, text, text, topic) // for some to be found
	}
	p := b.armed(t, phone)
	for i, text := range hostile(t, 200) {
		p.harmless("/help/en/search?q=" + url.QueryEscape(text))
		eval[bool](p, `fetch(document.querySelector("form[data-suggest]").dataset.suggest + "?q=" + encodeURIComponent(`+quote(text)+`)).then((r) => r.text()).then(
			(html) => { const box = document.createElement("div"); box.className = "hits"; box.innerHTML = html; document.querySelector("form[data-suggest]").after(box); return true })`)
		for _, o := range eval[[]string](p, odd) {
			t.Errorf("suggestions for %q: %s", text, o)
		}
		p.inPlace("suggestions for " + text)
		if i < len(ownPayloads) || i%16 == 0 {
			p.refused("/help/en/articles/" + url.PathEscape(text))
			p.refused("/help/" + url.PathEscape(text))
			p.harmless(b.article[:strings.Index(b.article, "-")] + "-" + url.PathEscape(text))
			p.harmless("/help/en/collections/" + number(int64(topic)) + "-" + url.PathEscape(text))
			p.refused("/help/" + url.PathEscape(text) + "/articles/1-" + url.PathEscape(text))
			p.harmless("/help/en/search?topic=" + url.QueryEscape(text) + "&page=" + url.QueryEscape(text) + "&q=x")
		}
	}
}

// refused is harmless for an address where nothing stands.
func (p *tab) refused(at string) {
	p.Helper()
	p.harmless(at)
	if eval[bool](p, "Boolean(document.querySelector('.article-head'))") {
		p.Errorf("%s shows an article", at)
	}
}

// Owners are trusted with much, but not with a script in their readers' pages.
func TestNoTextOfAThemeRuns(t *testing.T) {
	b := start(t)
	centers, err := b.store.HelpCenters(t.Context(), b.by.Workspace)
	if err != nil {
		t.Fatal(err)
	}
	p := b.armed(t, desk)
	labels := hostile(t, lectern.MaxLinkLabel)
	titles, lines := hostile(t, lectern.MaxTitle), hostile(t, lectern.MaxIntroduction)
	addresses := safeAddresses(t)
	link := func(i int) lectern.Link {
		return lectern.Link{Label: labels[i%len(labels)], URL: addresses[i%len(addresses)]}
	}
	for n := 0; n*2*lectern.MaxThemeLinks < len(labels) || n < len(titles)/2; n++ {
		_, _, err := b.store.UpdateSite(t.Context(), b.by, centers[0].ID, nil, func(h *lectern.HelpCenter, theme *lectern.Theme) error {
			text := lectern.ThemeText{
				Name: titles[(2*n+1)%len(titles)], Greeting: titles[2*n%len(titles)], Introduction: lines[n%len(lines)],
				Contact: &lectern.Contact{Link: link(n), Text: lines[(n+len(lines)/2)%len(lines)]},
			}
			for i := range lectern.MaxThemeLinks {
				text.HeaderLinks = append(text.HeaderLinks, link(2*(n*lectern.MaxThemeLinks+i)))
				text.FooterLinks = append(text.FooterLinks, link(2*(n*lectern.MaxThemeLinks+i)+1))
			}
			theme.Header = lectern.HeaderStyles[n%3]
			theme.Texts = map[lectern.Locale]lectern.ThemeText{"en": text}
			h.DisplayName = titles[2*n%len(titles)]
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		at := []string{"/help/en", b.article, "/help/en/search?q=zzxxqqyy", "/help/de/nowhere"}
		p.harmless(at[n%len(at)])
		p.harmless("/help/en")
	}
	p.closed(t)
}

// safeAddresses are the payloads that a theme takes for an address.
func safeAddresses(t *testing.T) []string {
	safe := []string{"/"}
	for _, s := range payloads(t) {
		for _, address := range []string{s, "https://example.com/" + s, "/" + s, "mailto:" + s} {
			theme := lectern.Theme{Texts: map[lectern.Locale]lectern.ThemeText{"en": {FooterLinks: []lectern.Link{{Label: "x", URL: address}}}}}
			if theme.Check() == nil {
				safe = append(safe, address)
			}
		}
	}
	return safe
}

// closed looks at the page of a help center that is off: it shows its name and
// its contact.
func (p *tab) closed(t *testing.T) {
	for i, text := range ownPayloads {
		text = strings.Join(strings.Fields(text), " ")
		h, err := p.b.store.AddHelpCenter(t.Context(), p.b.by, lectern.HelpCenter{Identifier: fmt.Sprint("closed", i), DisplayName: text, DefaultLocale: "en"})
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		_, _, err = p.b.store.UpdateSite(t.Context(), p.b.by, h.ID, nil, func(_ *lectern.HelpCenter, theme *lectern.Theme) error {
			label := string([]rune(text)[:min(lectern.MaxLinkLabel, len([]rune(text)))])
			theme.Texts = map[lectern.Locale]lectern.ThemeText{"en": {Contact: &lectern.Contact{Link: lectern.Link{Label: label, URL: "mailto:x@example.com"}}}}
			return nil
		})
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		p.harmless("/" + h.Identifier + "/en")
	}
}
