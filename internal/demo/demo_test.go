package demo

import (
	"cmp"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"lectern"
	"lectern/internal/design"
	"lectern/internal/richtext"
	"lectern/internal/store"
	"lectern/internal/store/sqlite"
)

// translated are the locales the main articles are written in besides English.
var translated = []lectern.Locale{"ar", "de", "fr", "ja"}

// openStore opens an empty installation whose help center speaks locale.
func openStore(t *testing.T, locale lectern.Locale) (lectern.Store, lectern.Actor) {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "lectern.db"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	ws, _, err := s.Setup(t.Context(), lectern.Setup{
		WorkspaceName: "Demo", Admin: lectern.Admin{Name: "A. Writer", Email: "writer@example.com"},
		Locale: locale, Identifier: "help", HelpCenter: "Help", TokenName: "first", Token: lectern.HashToken("t"),
	})
	if err != nil {
		t.Fatal(err)
	}
	admins, err := s.Admins(t.Context(), ws.ID)
	if err != nil {
		t.Fatal(err)
	}
	return s, lectern.ByCommand(ws.ID, admins[0].ID)
}

// loaded returns a store filled with the manual and the other help center, and
// the articles of the manual.
func loaded(t *testing.T, locale lectern.Locale) (lectern.Store, lectern.Actor, []*lectern.Article) {
	t.Helper()
	s, by := openStore(t, locale)
	n, err := Load(t.Context(), s, by)
	if err != nil {
		t.Fatal(err)
	}
	articles, total, err := s.Articles(t.Context(), by.Workspace, lectern.ArticleQuery{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	if n == 0 || n != total || n != len(articles) {
		t.Fatalf("Load = %d, but the store has %d articles and lists %d", n, total, len(articles))
	}
	centers, err := s.HelpCenters(t.Context(), by.Workspace)
	if err != nil || len(centers) != 2 || !centers[0].Default || centers[1].Identifier != bicycles {
		t.Fatalf("the help centers are %v, %v", centers, err)
	}
	articles = slices.DeleteFunc(articles, func(a *lectern.Article) bool { return a.HelpCenter != centers[0].ID })
	if want := len(read(t).articles); len(articles) != want {
		t.Fatalf("%d articles in the default help center, the manual has %d", len(articles), want)
	}
	return s, by, articles
}

func read(t *testing.T) *manual {
	t.Helper()
	m, err := readTree("manual", original)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestEveryPageExistsInEnglish(t *testing.T) {
	m := read(t)
	for _, p := range slices.Concat(m.collections, m.articles) {
		if p.texts[original].title == "" {
			t.Errorf("%s is translated, but there is no English original", p.path)
		}
	}
}

func TestEveryCollectionIsNamedInEveryLanguage(t *testing.T) {
	m := read(t)
	for _, p := range m.collections {
		for _, l := range translated {
			if p.texts[l].title == "" {
				t.Errorf("%s has no name in %s", p.path, l)
			}
		}
	}
	if !slices.ContainsFunc(m.collections, func(p page) bool { return strings.Count(p.path, "/") == lectern.MaxCollectionDepth-1 }) {
		t.Errorf("no collection is nested %d levels deep", lectern.MaxCollectionDepth)
	}
}

func TestEveryTopicHasAnIconAndASentenceInEveryLanguage(t *testing.T) {
	for _, p := range read(t).collections {
		if icon := p.texts[original].icon; !design.HasIcon(icon) {
			t.Errorf("%s has the icon %q, which does not exist", p.path, icon)
		}
		for l, text := range p.texts {
			if l != original && text.icon != "" {
				t.Errorf("%s/%s names an icon, which the original does", l, p.path)
			}
			stops := strings.Count(text.description, ".") + strings.Count(text.description, "。")
			if stops != 1 || !strings.HasSuffix(text.description, ".") && !strings.HasSuffix(text.description, "。") {
				t.Errorf("%s/%s is described by %q, want one sentence", l, p.path, text.description)
			}
		}
	}
}

func TestTheMainArticlesExistInEveryLanguage(t *testing.T) {
	m := read(t)
	for _, key := range []string{
		"what-lectern-is", "start-in-one-minute", "settings", "access-tokens",
		"back-up-and-restore", "write-and-translate", "search", "troubleshooting", "your-help-center", "make-it-yours",
	} {
		p, ok := m.article(key)
		if !ok {
			t.Errorf("there is no article %s", key)
		}
		for _, l := range translated {
			if p.texts[l].markdown == "" {
				t.Errorf("%s is not translated to %s", key, l)
			}
		}
	}
}

func TestEveryArticleHasItsOwnKeyAndACollection(t *testing.T) {
	m := read(t)
	seen := map[string]string{}
	for _, p := range m.articles {
		if other, twice := seen[p.key()]; twice || p.key() == "" {
			t.Errorf("%s and %s have the key %q", other, p.path, p.key())
		}
		seen[p.key()] = p.path
		if !slices.ContainsFunc(m.collections, func(c page) bool { return c.path == p.parent() }) {
			t.Errorf("%s lies in no collection", p.path)
		}
	}
}

func TestATranslationHasTheCommandsOfItsOriginal(t *testing.T) {
	code := regexp.MustCompile("(?m)^(?:lectern|go run|systemctl|sqlite3|export) .*$")
	for _, p := range read(t).articles {
		want := code.FindAllString(p.texts[original].markdown, -1)
		for l, text := range p.texts {
			if got := code.FindAllString(text.markdown, -1); !slices.Equal(got, want) {
				t.Errorf("%s/%s has the commands\n%s\nwant\n%s", l, p.path, strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		}
	}
}

func TestAHeaderWithoutTitleOrWithAnUnknownLineIsRefused(t *testing.T) {
	for _, s := range []string{"", "title: a\n\nb", "description: a\n\nb", "title: a\ndescription: b\ncolour: c\n\nd"} {
		if got, err := parseText(s); err == nil {
			t.Errorf("parseText(%q) = %+v, want an error", s, got)
		}
	}
}

func TestALinkToNowhereIsRefused(t *testing.T) {
	l := loader{center: &lectern.HelpCenter{Identifier: "help"}, manual: read(t)}
	_, err := text{markdown: "See [this](article:no-such-article)."}.html(func(key string) (string, error) { return l.address(key, "en") }, l.picture)
	if err == nil || !strings.Contains(err.Error(), "no-such-article") {
		t.Errorf("err = %v, want one that names the article", err)
	}
}

// Loading takes a while under the race detector, so what does not change the
// store looks at the same one.
func TestTheLoadedManual(t *testing.T) {
	s, by, articles := loaded(t, "en")
	t.Run("everything is published in the loader's name", func(t *testing.T) { checkPublished(t, by, articles) })
	t.Run("every link leads to an article in its language", func(t *testing.T) { checkLinks(t, articles) })
	t.Run("bodies are in the normal form", func(t *testing.T) { checkBodies(t, articles) })
	t.Run("every article is found by its title in each language", func(t *testing.T) { checkSearch(t, s, by, articles) })
	t.Run("loading again does nothing", func(t *testing.T) { checkSecondLoad(t, s, by, articles) })
}

func checkPublished(t *testing.T, by lectern.Actor, articles []*lectern.Article) {
	for _, a := range articles {
		if len(a.Parents) != 1 {
			t.Errorf("%q lies in %d collections, want 1", a.Texts["en"].Title, len(a.Parents))
		}
		for l, text := range a.Texts {
			if text.State != lectern.Published || text.Author != by.Admin || text.Title == "" || text.Description == "" || text.Body == "" {
				t.Errorf("%q in %s: state %s, author %d, %d bytes of body", text.Title, l, text.State, text.Author, len(text.Body))
			}
		}
	}
}

func checkLinks(t *testing.T, articles []*lectern.Article) {
	byID := map[string]*lectern.Article{}
	for _, a := range articles {
		byID[strconv.FormatInt(int64(a.ID), 10)] = a
	}
	href := regexp.MustCompile(`<a href="([^"]*)"`)
	address := regexp.MustCompile(`^/help/([a-zA-Z-]+)/articles/([0-9]+)$`)
	links := 0
	for _, a := range articles {
		for l, text := range a.Texts {
			if strings.Contains(text.Body, `](article:`) {
				t.Errorf("%q has a link that was not resolved", text.Title)
			}
			for _, h := range href.FindAllStringSubmatch(text.Body, -1) {
				m := address.FindStringSubmatch(h[1])
				if m == nil {
					t.Errorf("%q links to %s, which is no article", text.Title, h[1])
					continue
				}
				links++
				target := byID[m[2]]
				if target == nil || target.Texts[lectern.Locale(m[1])].Title == "" {
					t.Errorf("%q links to %s, which does not exist", text.Title, h[1])
					continue
				}
				if _, there := target.Texts[l]; there && m[1] != string(l) {
					t.Errorf("%q links to %s although there is a text in %s", text.Title, h[1], l)
				}
			}
		}
	}
	if links < 50 {
		t.Errorf("the manual has %d links, want at least 50", links)
	}
}

func checkBodies(t *testing.T, articles []*lectern.Article) {
	for _, a := range articles {
		for l, text := range a.Texts {
			if again, err := richtext.Clean(text.Body); err != nil || again != text.Body {
				t.Errorf("%q in %s changes when it is cleaned again (%v)\nfrom %s\nto   %s", text.Title, l, err, text.Body, again)
			}
		}
	}
}

func checkSearch(t *testing.T, s lectern.Store, by lectern.Actor, articles []*lectern.Article) {
	for _, a := range articles {
		for l, text := range a.Texts {
			t.Run(fmt.Sprintf("%s %s", l, text.Title), func(t *testing.T) {
				hits, _, err := s.SearchArticles(t.Context(), by.Workspace, lectern.SearchQuery{Phrase: text.Title, Limit: 3})
				if err != nil {
					t.Fatal(err)
				}
				if !slices.ContainsFunc(hits, func(h lectern.Hit) bool { return h.Article.ID == a.ID }) {
					var got []string
					for _, h := range hits {
						got = append(got, h.Article.Texts[h.Locale].Title)
					}
					t.Errorf("the first three are %q", got)
				}
			})
		}
	}
}

func checkSecondLoad(t *testing.T, s lectern.Store, by lectern.Actor, before []*lectern.Article) {
	if n, err := Load(t.Context(), s, by); n != 0 || err != nil {
		t.Errorf("the second Load = %d, %v, want 0, nil", n, err)
	}
	other, err := readTree("bicycles", original)
	if err != nil {
		t.Fatal(err)
	}
	if _, total, err := s.Articles(t.Context(), by.Workspace, lectern.ArticleQuery{Limit: 1}); total != len(before)+len(other.articles) || err != nil {
		t.Errorf("%d articles, %v, want %d and %d as before", total, err, len(before), len(other.articles))
	}
}

func TestTheHomePageSaysWhoseHelpItIsUnlessItDoesAlready(t *testing.T) {
	for _, own := range []string{"", "Acme Help"} {
		s, by := openStore(t, "en")
		centers, err := s.HelpCenters(t.Context(), by.Workspace)
		if err != nil {
			t.Fatal(err)
		}
		h := centers[0]
		if own != "" {
			_, _, err := s.UpdateSite(t.Context(), by, h.ID, nil, func(_ *lectern.HelpCenter, theme *lectern.Theme) error {
				theme.Texts = map[lectern.Locale]lectern.ThemeText{"en": {Name: own}}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := introduce(t.Context(), s, by, h.ID); err != nil {
			t.Fatal(err)
		}
		theme, err := s.Theme(t.Context(), by.Workspace, h.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range append(translated, original) {
			got, want := theme.Text(h, l).Name, cmp.Or(own, greetings[l].Name)
			if got != want || want == "" {
				t.Errorf("the name in %s is %q, want %q", l, got, want)
			}
		}
	}
}

func TestAWorkspaceWithACollectionIsLeftAlone(t *testing.T) {
	s, by := openStore(t, "en")
	name := "Mine"
	edit := &lectern.CollectionEdit{CollectionTextEdit: lectern.CollectionTextEdit{Name: &name}}
	if _, err := s.AddCollection(t.Context(), by, edit); err != nil {
		t.Fatal(err)
	}
	if n, err := Load(t.Context(), s, by); n != 0 || err != nil {
		t.Errorf("Load = %d, %v, want 0, nil", n, err)
	}
	if _, total, err := s.Articles(t.Context(), by.Workspace, lectern.ArticleQuery{Limit: 1}); total != 0 || err != nil {
		t.Errorf("%d articles, %v, want none", total, err)
	}
}

func TestAHelpCenterInAnotherLanguageGetsEnglishForWhatIsNotTranslated(t *testing.T) {
	_, _, articles := loaded(t, "de")
	for _, a := range articles {
		if a.Texts["de"].Title == "" || a.Texts["de"].State != lectern.Published {
			t.Errorf("%q has no published text in German", a.Texts["en"].Title)
		}
	}
}
