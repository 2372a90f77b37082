package browser

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"lectern"
)

// topic is the ID of the collection of a name, as in addresses.
func (b *bench) topic(name string) string {
	list, _, err := b.store.Collections(b.browser, b.by.Workspace, lectern.CollectionQuery{})
	if err != nil {
		return err.Error()
	}
	for _, c := range list {
		if c.Texts["en"].Name == name {
			return number(int64(c.ID))
		}
	}
	return "0"
}

// manual is the path of the manual's article of an English title, in a language.
func (b *bench) manual(l lectern.Locale, title string) string { return b.find("help", l, title) }

// find is the path of the article of an English title, in a help center and a
// language.
func (b *bench) find(center string, l lectern.Locale, title string) string {
	list, _, err := b.store.Articles(b.browser, b.by.Workspace, lectern.ArticleQuery{Limit: 1000})
	if err != nil {
		return err.Error()
	}
	for _, a := range list {
		if a.Texts["en"].Title == title {
			return "/" + center + "/" + string(l) + "/articles/" + number(int64(a.ID))
		}
	}
	return "/"
}

func TestAReaderFindsReadsAndJudgesAnAnswer(t *testing.T) {
	b := start(t)
	for name, v := range map[string]view{"desk": desk, "phone": phone} {
		t.Run(name, func(t *testing.T) {
			p := b.open(t, v, "/help/en")
			p.do(chromedp.SendKeys(chromedp.CSS("#q"), "customs fo"))
			p.wait(`document.querySelector("[role=option]")`)
			if n := eval[string](p, `document.querySelector(".seek [role=status]").textContent`); !strings.Contains(n, "suggestion") {
				t.Errorf("spoken: %q", n)
			}
			p.picture("suggestions-" + name)
			p.keys(kb.ArrowDown)
			if eval[string](p, `document.querySelector("#q").getAttribute("aria-activedescendant")`) != eval[string](p, `document.querySelector("[aria-selected=true]").id`) {
				t.Error("the field does not say which suggestion is chosen")
			}
			p.keys(kb.Escape)
			if eval[bool](p, `Boolean(document.querySelector(".hits")) || document.querySelector("#q").value !== "customs fo"`) {
				t.Error("Escape does not close the suggestions, or takes the words away")
			}
			p.follow(".seek button")
			p.wait(`document.querySelector(".results mark")`)
			p.follow(".results h3 a")
			if got := eval[string](p, "document.querySelector('h1').textContent"); got != "Fill in a customs form" {
				t.Fatalf("arrived at %q", got)
			}
			p.react("happy")
			p.picture("reaction-" + name)
			p.language("de")
			if eval[string](p, "document.documentElement.lang") != "de" || eval[string](p, "document.querySelector('.prose').lang") != "en" {
				t.Error("the German page does not show the English text as such")
			}
			if errors := p.cookies(); errors != "" {
				t.Errorf("a cookie was set: %s", errors)
			}
		})
	}
}

// react chooses a face and waits for its effect here and in the store.
func (p *tab) react(face string) {
	p.Helper()
	p.click(`.faces [value="` + face + `"]`)
	p.wait(`document.querySelector(".faces [value=` + face + `]").getAttribute("aria-pressed") === "true" && document.querySelector(".verdict p").textContent === "Thank you."`)
}

// language chooses a language in the menu.
func (p *tab) language(l string) {
	p.Helper()
	p.click(".langs summary")
	p.follow(`.langs a[hreflang="` + l + `"]`)
}

func (p *tab) cookies() string { p.Helper(); return eval[string](p, "document.cookie") }

func TestEverythingWorksWithoutScript(t *testing.T) {
	b := start(t)
	v := desk
	v.noScript = true
	p := b.open(t, v, "/help/en")
	p.do(chromedp.SendKeys(chromedp.CSS("#q"), "customs form"))
	p.keys(kb.Enter)
	p.wait(`document.querySelector(".results h3 a")`)
	p.click(".results h3 a")
	p.wait(`document.querySelector(".article-head")`)
	if hidden := eval[int](p, `[...document.querySelectorAll("[data-copy], [data-print]")].filter((e) => e.checkVisibility()).length`); hidden != 0 {
		t.Errorf("%d controls are shown that cannot work", hidden)
	}
	p.click(".fold summary")
	p.wait(`document.querySelector(".fold").open`)
	p.click(`.faces [value="neutral"]`)
	p.wait(`location.hash === "#verdict" && document.querySelector(".faces [value=neutral]")?.getAttribute("aria-pressed") === "true"`)
	p.click(".langs summary")
	p.click(`.langs a[hreflang="ar"]`)
	p.wait(`document.documentElement.dir === "rtl"`)
	p.click(`.modes [value="dark"]`)
	p.wait(`document.documentElement.dataset.mode === "dark" && document.documentElement.dir === "rtl"`)
	p.click(`.modes [value="auto"]`)
	p.wait(`!document.documentElement.dataset.mode`)
}

func TestTheScriptsExtrasWork(t *testing.T) {
	b := start(t)
	p := b.open(t, desk, b.article)
	p.keys("/")
	p.wait(`document.activeElement.id === "q"`)
	eval[string](p, `document.activeElement.value = ""`) // the key comes through when it is pressed by remote control
	p.do(chromedp.SendKeys(chromedp.CSS("#q"), "get an"))
	p.wait(`document.querySelector("[role=option]")?.textContent.startsWith("Get an")`)
	eval[bool](p, "window.left = true")
	p.keys(kb.ArrowDown)
	p.wait(`document.querySelector("[aria-selected=true]")`)
	p.keys(kb.Enter)
	p.wait("!window.left")
	p.wait(`document.querySelector("h1")?.textContent === "Get an EORI number"`)

	p.visit(b.article)
	p.click("a[data-zoom]")
	p.wait(`document.querySelector("dialog.light[open] img")?.complete`)
	p.picture("lightbox")
	p.keys(kb.Escape)
	p.wait(`!document.querySelector("dialog")`)
	if !eval[bool](p, `[...document.querySelectorAll("[data-copy], [data-print]")].every((e) => e.checkVisibility())`) {
		t.Error("copying and printing stay hidden")
	}
	p.click(".toc li:last-child > a")
	p.wait(`document.querySelector(".toc li:last-child > a").getAttribute("aria-current") === "true"`)
	p.click(".langs summary")
	p.keys(kb.Escape)
	p.wait(`!document.querySelector(".langs").open && document.activeElement.matches(".langs summary")`)
}

// A change of what is shown to the reader comes without a reload of the server.
func TestAReaderSeesAChangeAtOnce(t *testing.T) {
	b := start(t)
	p := b.open(t, phone, b.manual("en", "Errors"))
	id := strings.Split(b.manual("en", "Errors"), "/")[4]
	_, err := b.store.UpdateArticle(t.Context(), b.by, lectern.ArticleID(parse(id)), &lectern.ArticleEdit{ArticleTextEdit: lectern.ArticleTextEdit{Title: new("Faults")}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	p.do(chromedp.Reload())
	p.wait(`document.querySelector("h1")?.textContent === "Faults" && location.pathname.endsWith("-faults")`)
	if count := b.views(t, parse(id)); count != 0 {
		t.Errorf("a browser under remote control counted as %d people", count)
	}
}

// views is how often people looked at an article.
func (b *bench) views(t *testing.T, id int64) int {
	t.Helper()
	if err := b.store.FlushViews(t.Context()); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Millisecond)
	a, err := b.store.Article(t.Context(), b.by.Workspace, lectern.ArticleID(id))
	if err != nil {
		t.Fatal(err)
	}
	return a.Statistics.Views
}

func number(n int64) string { return strconv.FormatInt(n, 10) }

// parse reads the number in front of the words of an address.
func parse(step string) int64 {
	digits, _, _ := strings.Cut(step, "-")
	n, _ := strconv.ParseInt(digits, 10, 64)
	return n
}
