package site_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"lectern"
	"lectern/internal/site"
)

// What programs that answer people's questions need of a site, as the
// Agent-Friendly Documentation Spec lists it. A program reads as many characters
// as this of a page and drops the rest.
const agentReads = 50_000

// An agentPage is a page as such programs see it.
type agentPage struct {
	*desk
	at             string // its address
	page, markdown *shown
}

var (
	navigation   = regexp.MustCompile(`(?s)<(nav|script|style)\b.*?</(nav|script|style)>`)
	markdownLink = regexp.MustCompile(`\]\(([^)\s]*)`)
)

// agentChecks are what holds for every page, by the spec's names.
var agentChecks = map[string]func(p agentPage) error{
	"llms-txt-directive-html": func(p agentPage) error {
		_, body, _ := strings.Cut(p.page.Body.String(), "<body")
		body = navigation.ReplaceAllString(body, "")
		if at := strings.Index(body, "/llms.txt"); at < 0 || at*10 > len(body) {
			return fmt.Errorf("llms.txt is named at %d of %d", at, len(body))
		}
		return nil
	},
	"llms-txt-directive-md": func(p agentPage) error {
		if first, _, _ := strings.Cut(p.markdown.Body.String(), "\ntitle: "); !strings.HasPrefix(first, "---\nllms_txt: ") || !strings.HasSuffix(first, `/llms.txt"`) {
			return fmt.Errorf("it begins with %q", first)
		}
		return nil
	},
	"markdown-url-support": func(p agentPage) error {
		if kind := p.markdown.Header().Get("Content-Type"); kind != "text/markdown; charset=utf-8" {
			return fmt.Errorf("it is %s", kind)
		}
		if got := p.page.values("link[type=text/markdown]", "href"); len(got) != 1 || p.read(200, p.path(got[0])).Body.String() != p.markdown.Body.String() {
			return fmt.Errorf("the page names %q", got)
		}
		return nil
	},
	"content-negotiation": func(p agentPage) error {
		asked := p.read(200, p.path(p.at), "Accept", "text/markdown, text/html;q=0.8")
		if asked.Body.String() != p.markdown.Body.String() || asked.Header().Get("Content-Type") != p.markdown.Header().Get("Content-Type") {
			return fmt.Errorf("who would rather have Markdown gets %s", asked.Header().Get("Content-Type"))
		}
		for _, a := range []*shown{asked, p.page, p.markdown} {
			if !strings.Contains(a.Header().Get("Vary")+",", "Accept,") {
				return fmt.Errorf("it varies by %s", a.Header().Get("Vary"))
			}
		}
		return nil
	},
	"page-size": func(p agentPage) error {
		for _, text := range []string{p.page.Body.String(), p.markdown.Body.String()} {
			if n := utf8.RuneCountInString(text); n > agentReads {
				return fmt.Errorf("%d characters", n)
			}
		}
		return nil
	},
	"markdown-link-portability": func(p agentPage) error {
		for _, m := range markdownLink.FindAllStringSubmatch(p.markdown.Body.String(), -1) {
			if !strings.HasPrefix(m[1], "http://") && !strings.HasPrefix(m[1], "https://") && !strings.HasPrefix(m[1], "mailto:") {
				return fmt.Errorf("it links to %s", m[1])
			}
		}
		return nil
	},
	"markdown-content-parity": func(p agentPage) error {
		for _, text := range slices.Concat(p.page.texts("h1"), p.page.texts(".prose h2"), p.page.texts(".prose p"), p.page.texts(".index h2"), p.page.texts(".index .rows p"),
			p.page.texts(".ledger h3"), p.page.texts(".rows a bdi")) {
			if first, _, _ := strings.Cut(text, "\n"); !strings.Contains(p.markdown.Body.String(), strings.Fields(first)[0]) {
				return fmt.Errorf("%q is missing in Markdown", text)
			}
		}
		return nil
	},
	"http-status-codes": func(p agentPage) error {
		// A number that nothing has. Words behind one that something has are
		// put right by 301, see docs/help-center.md.
		gone := regexp.MustCompile(`/(articles|collections)/\d+`).ReplaceAllString(p.at, "/$1/987654321")
		if gone == p.at {
			gone += "/nonexistent"
		}
		for _, at := range []string{gone, gone + ".md"} {
			p.read(404, p.path(at))
		}
		return nil
	},
	"cache-header-hygiene": func(p agentPage) error {
		if p.page.Header().Get("Etag") == "" || p.page.Header().Get("Cache-Control") == "" {
			return fmt.Errorf("headers %v", p.page.Header())
		}
		return nil
	},
}

// path is an address of the help center as a path.
func (d *desk) path(address string) string { return strings.TrimPrefix(address, "http://"+host) }

func TestPagesAreReadableForAgents(t *testing.T) {
	d := forMachines(t)
	d.article("Links", d.topic("More", 0, nil), body(`<h2 id="h_a">A</h2><p><a href="/help/en">home</a> <a href="#h_a">up</a> <a href="?q=x">x</a>
		<a href="https://example.com/a?b=1&amp;c=2">out</a> <a href="mailto:a@example.com">mail</a></p><div class="intercom-container"><img src="/help/_/x.png" alt="x"></div>`),
		d.in("de", "Verweise", lectern.Published))
	pages := d.siteMap("/help/sitemap.xml").URLs
	if len(pages) < 10 {
		t.Fatalf("%d pages", len(pages))
	}
	for _, u := range pages {
		p := agentPage{desk: d, at: u.Loc, page: d.read(200, d.path(u.Loc))}
		md := d.path(u.Loc) + ".md"
		if len(strings.Split(d.path(u.Loc), "/")) == 3 {
			md = d.path(u.Loc) + "/index.md"
		}
		p.markdown = d.read(200, md)
		for name, check := range agentChecks {
			if err := check(p); err != nil {
				t.Errorf("%s: %s: %v", name, u.Loc, err)
			}
		}
	}
}

func TestLLMsListsEveryArticleWithinWhatAgentsRead(t *testing.T) {
	d := forMachines(t)
	_, _, err := d.store.UpdateSite(d.Context(), d.by, d.home.ID, nil, func(_ *lectern.HelpCenter, theme *lectern.Theme) error {
		theme.Texts = map[lectern.Locale]lectern.ThemeText{"en": {Introduction: "Guides for every shop."}}
		return nil
	})
	d.must(err)
	topic, inner := d.topic("Many", 0, nil), lectern.CollectionID(0)
	for i := range 12 {
		d.article(fmt.Sprintf("Many %d", i), topic)
		if i%4 == 0 {
			inner = d.topic(fmt.Sprintf("Inner %d", i), topic, nil)
		}
		d.article(fmt.Sprintf("Inside %d", i), inner)
	}
	for _, most := range []int{48_000, 1_800, 1_400} {
		restore := site.ListChars(most)
		d.now = d.now.Add(48 * time.Hour) // nothing made before is kept
		list := d.read(200, "/help/en/llms.txt").Body.String()
		if !strings.HasPrefix(list, "# Larkpost Help\n\n> Guides for every shop. 26 articles\n\n## ") {
			t.Errorf("it begins with %.80q", list)
		}
		found := map[string]bool{}
		d.follow(list, most, found)
		for _, u := range d.siteMap("/help/sitemap.xml").URLs {
			if strings.Contains(u.Loc, "/en/articles/") && !found[u.Loc+".md"] {
				t.Errorf("%d: no list has %s", most, u.Loc)
			}
		}
		restore()
	}
}

// follow notes the Markdown that a list for programs leads to, and reads the
// lists it leads to. No list has more than most characters, but for what is
// about other lists.
func (d *desk) follow(list string, most int, found map[string]bool) {
	d.Helper()
	list, _, _ = strings.Cut(list, "\n## Optional")
	if n := utf8.RuneCountInString(list); n > most {
		d.Errorf("a list has %d characters: %.60s", n, list)
	}
	for _, m := range markdownLink.FindAllStringSubmatch(list, -1) {
		at := m[1]
		if strings.HasSuffix(at, ".md") {
			if !found[at] {
				d.read(200, d.path(at))
			}
			found[at] = true
		} else if strings.HasSuffix(at, "/llms.txt") {
			d.follow(d.read(200, d.path(at)).Body.String(), most, found)
		} else {
			d.Errorf("a list leads to %s", at)
		}
	}
}

func TestLinkedDataNamesPublisherSearchAndAuthor(t *testing.T) {
	d := forMachines(t)
	for _, u := range d.siteMap("/help/sitemap.xml").URLs {
		thing := d.read(200, d.path(u.Loc)).linked()[0]
		if thing["@type"] == "CollectionPage" {
			continue
		}
		publisher, _ := thing["publisher"].(map[string]any)
		logo, _ := publisher["logo"].(map[string]any)
		if publisher["@type"] != "Organization" || publisher["name"] != "Larkpost" || logo["@type"] != "ImageObject" {
			t.Errorf("%s is published by %v", u.Loc, publisher)
			continue
		}
		if kind := d.read(200, d.path(logo["url"].(string))).Header().Get("Content-Type"); !strings.HasPrefix(kind, "image/") {
			t.Errorf("the logo at %v is %s", logo["url"], kind)
		}
		if thing["@type"] == "WebSite" {
			action := thing["potentialAction"].(map[string]any)
			at := action["target"].(map[string]any)["urlTemplate"].(string)
			if action["@type"] != "SearchAction" || action["query-input"] != "required name=search_term_string" {
				t.Errorf("%s is searched by %v", u.Loc, action)
			}
			d.read(200, d.path(strings.Replace(at, "{search_term_string}", "first", 1)))
			continue
		}
		if author := thing["author"].(map[string]any); author["@type"] != "Person" || author["name"] != "Ada Lovelace" {
			t.Errorf("%s is by %v", u.Loc, author)
		}
	}
}

func TestLinkedDataShowsTheAuthorAsThePageDoesOrFromTheWeb(t *testing.T) {
	d := forMachines(t)
	topic := d.topic("Authors", 0, nil)
	name := "0123456789abcdef0123456789abcdef.png"
	for i, c := range []struct{ avatar, want string }{
		{"https://pictures.example.com/ada.png", "https://pictures.example.com/ada.png"},
		{"http://pictures.example.com/ada.png", ""}, {"javascript:alert(1)", ""}, {"", ""},
		{"/help/_/" + name, "http://help.test/help/_/" + name},
	} {
		a, err := d.store.AddAdmin(d.Context(), d.by, lectern.Admin{Name: "Grace", Email: fmt.Sprintf("grace%d@example.com", i), AvatarURL: c.avatar})
		d.must(err)
		id := d.article(fmt.Sprintf("By number %d", i), topic, func(e *lectern.ArticleEdit) { e.Author = &a.ID })
		author := d.read(200, fmt.Sprintf("/help/en/articles/%d-by-number-%d", id, i)).linked()[0]["author"].(map[string]any)
		if got, _ := author["image"].(string); got != c.want || author["name"] != "Grace" {
			t.Errorf("%q: %v, want %q", c.avatar, author, c.want)
		}
	}
}
