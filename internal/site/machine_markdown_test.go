package site_test

import (
	"slices"
	"strings"
	"testing"

	"lectern"
	"lectern/internal/app"
	"lectern/internal/site"
)

func TestAnArticleIsThereAsMarkdown(t *testing.T) {
	d := open(t, app.Config{})
	id := d.article("Fill in a form", d.topic("Customs", 0, nil), body("<h2 id=\"h_1\">Which</h2><p>A <b>CN22</b> &amp; more.</p><ul><li>one</li></ul>"))
	at := "/help/en/articles/" + number(id) + "-fill-in-a-form"
	page := d.read(200, at)
	want := "---\n" +
		"llms_txt: \"http://help.test/help/en/llms.txt\"\n" +
		"title: \"Fill in a form\"\n" +
		"description: \"What Fill in a form is about.\"\n" +
		"author: \"Ada Lovelace\"\n" +
		"updated: 2026-11-12T10:00:00Z\n" +
		"canonical: \"http://help.test" + at + "\"\n" +
		"language: \"en\"\n" +
		"---\n\n" +
		"# Fill in a form\n\n" +
		"## Which\n\nA **CN22** & more.\n\n- one\n"
	for _, headers := range [][]string{nil, {"Accept", "text/markdown"}} {
		a := at + ".md"
		if headers != nil {
			a = at
		}
		p := d.read(200, a, headers...)
		if got := p.Body.String(); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", a, got, want)
		}
		if kind := p.Header().Get("Content-Type"); kind != "text/markdown; charset=utf-8" {
			t.Errorf("%s is %s", a, kind)
		}
		if got := p.Header().Get("Link"); got != "<http://help.test"+at+`>; rel="canonical"` {
			t.Errorf("%s links to %s", a, got)
		}
		if !strings.Contains(p.Header().Get("Vary"), "Accept,") && !strings.HasSuffix(p.Header().Get("Vary"), "Accept") {
			t.Errorf("%s varies by %s", a, p.Header().Get("Vary"))
		}
		if d.ask("GET", a, "", append(headers, "If-None-Match", p.Header().Get("Etag"))...).Code != 304 {
			t.Errorf("%s is sent again to who has it", a)
		}
	}
	if got := page.Header().Values("Link"); !slices.Equal(got, []string{"<http://help.test" + at + `>; rel="canonical"`, "<http://help.test" + at + `.md>; rel="alternate"; type="text/markdown"`,
		`<http://help.test/help/en/llms.txt>; rel="alternate"; type="text/plain"; title="llms.txt"`}) {
		t.Errorf("the page links to %q", got)
	}
	if got := page.values("link[type=text/markdown]", "href"); !slices.Equal(got, []string{"http://help.test" + at + ".md"}) {
		t.Errorf("the head links to %q", got)
	}
	w := d.ask("GET", "/help/en/articles/"+number(id)+"-old.md", "")
	if w.Code != 301 || w.Header().Get("Location") != "http://help.test"+at+".md" {
		t.Errorf("an old title leads by %d to %s", w.Code, w.Header().Get("Location"))
	}
	d.read(404, "/help/en/articles/999.md")
	d.read(404, "/help/en/articles/.md")
}

func TestWhoAsksForMarkdownGetsIt(t *testing.T) {
	d := open(t, app.Config{})
	at := "/help/en/articles/" + number(d.article("One", d.topic("Topic", 0, nil))) + "-one"
	for accept, want := range map[string]string{
		"": "text/html", "*/*": "text/html", "text/html,application/xhtml+xml,*/*;q=0.8": "text/html", "text/*": "text/html",
		"text/markdown": "text/markdown", "text/markdown, text/html;q=0.9, */*;q=0.1": "text/markdown", "TEXT/Markdown ; q=1.0": "text/markdown",
		"text/markdown;q=0.5, text/html": "text/html", "text/markdown;q=0": "text/html", "text/markdown;q=0.4;v=1": "text/markdown",
		"text/html, text/markdown": "text/markdown", ",;,": "text/html", "text/markdown;q=x": "text/markdown", "text/markdown;q=NaN": "text/markdown",
	} {
		if got := d.read(200, at, "Accept", accept).Header().Get("Content-Type"); !strings.HasPrefix(got, want) {
			t.Errorf("%q gets %s, want %s", accept, got, want)
		}
	}
	if got := d.read(200, "/help/en/search", "Accept", "text/markdown").Header().Get("Content-Type"); !strings.HasPrefix(got, "text/html") {
		t.Errorf("a search comes as %s", got)
	}
}

func TestLLMsListsArticlesByTopicAndGivesTheirTexts(t *testing.T) {
	d := open(t, app.Config{})
	d.speak("de")
	start := d.topic("Start", 0, nil)
	one := d.article("One (1)", start, d.in("de", "Eins", lectern.Published))
	two := d.article("Two", d.topic("Inner", start, nil))
	base := "http://help.test/help"
	want := "# Larkpost Help\n\n> 2 articles\n\n" +
		"## Start\n\nAll about Start\n\n- [One (1)](" + base + "/en/articles/" + number(one) + "-one-1.md): What One (1) is about.\n\n" +
		"## Inner\n\nAll about Inner\n\n- [Two](" + base + "/en/articles/" + number(two) + "-two.md): What Two is about.\n\n" +
		"\n## Optional\n\n- [llms-full.txt](" + base + "/en/llms-full.txt)\n- [Deutsch](" + base + "/de/llms.txt)\n"
	if got := d.read(200, "/help/llms.txt").Body.String(); got != want {
		t.Errorf("llms.txt:\n%s\nwant\n%s", got, want)
	}
	full := "# Larkpost Hilfe\n\n---\n\n# Eins\n\n<" + base + "/de/articles/" + number(one) + "-eins>\n\nEins\n"
	if got := d.read(200, "/help/de/llms-full.txt").Body.String(); got != full {
		t.Errorf("llms-full.txt:\n%s\nwant\n%s", got, full)
	}
}

func TestALargeLibraryIsGivenToModelsInParts(t *testing.T) {
	d := forMachines(t)
	topic := d.topic("More", 0, nil)
	for _, title := range []string{"Uno", "Due", "Tre"} {
		d.article(title, topic)
	}
	defer site.Limits(50_000, 2, 1)()
	list := d.read(200, "/help/en/llms.txt").Body.String()
	if strings.Contains(list, "Uno") || !strings.Contains(list, "/en/collections/"+number(topic)+"-more/llms.txt") {
		t.Errorf("the list:\n%s", list)
	}
	if sub := d.read(200, "/help/en/collections/"+number(topic)+"-more/llms.txt").Body.String(); !strings.Contains(sub, "-uno.md") || !strings.Contains(sub, "-tre.md") {
		t.Errorf("the list of a topic:\n%s", sub)
	}
	var titles []string
	at := "/help/en/llms-full.txt"
	for range 20 {
		text := d.read(200, at).Body.String()
		for line := range strings.Lines(text) {
			if title, ok := strings.CutPrefix(line, "# "); ok && title != "Larkpost Help\n" {
				titles = append(titles, strings.TrimSpace(title))
			}
		}
		_, next, more := strings.Cut(text, "[Next page](http://help.test")
		if !more {
			break
		}
		at = strings.TrimSuffix(strings.TrimSpace(next), ")")
	}
	if want := []string{"First steps", "Only English", "Uno", "Due", "Tre"}; !slices.Equal(titles, want) {
		t.Errorf("all parts hold %q, want %q", titles, want)
	}
}
