package demo

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"lectern"
	"lectern/internal/richtext"
)

// The second help center is there for what it is made of.
func TestTheSecondHelpCenterIsMadeOfWhatCustomersBring(t *testing.T) {
	s, by := openStore(t, original)
	if _, err := Load(t.Context(), s, by); err != nil {
		t.Fatal(err)
	}
	centers, err := s.HelpCenters(t.Context(), by.Workspace)
	if err != nil {
		t.Fatal(err)
	}
	h := centers[1]
	if !h.WebsiteTurnedOn || h.Default || len(h.DisplayName) < 31 || !slices.Equal(h.Locales, []lectern.Locale{"en", "ar", "de", "ja"}) {
		t.Errorf("it is %+v", h)
	}
	theme, err := s.Theme(t.Context(), by.Workspace, h.ID)
	if err != nil {
		t.Fatal(err)
	}
	if theme.Logo == "" || theme.LogoDark == theme.Logo || theme.Picture == "" || len(theme.Texts) != 4 {
		t.Errorf("its theme is %+v", theme)
	}
	admins, err := s.Admins(t.Context(), by.Workspace)
	if err != nil {
		t.Fatal(err)
	}
	pictures := 0
	for _, a := range admins {
		if strings.HasPrefix(a.AvatarURL, "/fjordlight/_/") {
			pictures++
		}
	}
	if pictures != 3 {
		t.Errorf("%d authors have pictures, want 3", pictures)
	}
	m, err := readTree("bicycles", original)
	if err != nil {
		t.Fatal(err)
	}
	flat, depth := map[string]int{}, 0
	for _, a := range m.articles {
		flat[a.parent()]++
		depth = max(depth, strings.Count(a.path, "/"))
	}
	if flat["3-parts"] < 45 || depth != lectern.MaxCollectionDepth {
		t.Errorf("the longest topic has %d articles, the deepest stands at level %d", flat["3-parts"], depth)
	}
}

func TestTheSecondHelpCenterIsInItsNormalForm(t *testing.T) {
	s, by := openStore(t, original)
	if _, err := Load(t.Context(), s, by); err != nil {
		t.Fatal(err)
	}
	articles, _, err := s.Articles(t.Context(), by.Workspace, lectern.ArticleQuery{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	address := regexp.MustCompile(`(?:src|href)="([^"]*)"`)
	images := 0
	for _, a := range articles {
		for l, text := range a.Texts {
			if again, err := richtext.Clean(text.Body); err != nil || again != text.Body {
				t.Errorf("%q in %s changes when it is cleaned again (%v)", text.Title, l, err)
			}
			for _, m := range address.FindAllStringSubmatch(text.Body, -1) {
				name, isPicture := strings.CutPrefix(m[1], "/fjordlight/_/")
				if strings.Contains(m[1], "picture:") || strings.HasPrefix(m[1], "article:") {
					t.Errorf("%q: %s was not resolved", text.Title, m[1])
				}
				if isPicture {
					images++
					if _, err := s.Asset(t.Context(), by.Workspace, lectern.AssetName(name)); err != nil {
						t.Errorf("%q: picture %s: %v", text.Title, name, err)
					}
				}
			}
		}
	}
	if images < 15 {
		t.Errorf("%d pictures in texts", images)
	}
}

func TestEveryPageOfTheSecondHelpCenterHasItsOriginalAndItsOwnKey(t *testing.T) {
	m, err := readTree("bicycles", original)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, p := range slices.Concat(m.collections, m.articles) {
		if p.texts[original].title == "" {
			t.Errorf("%s is translated, but there is no English original", p.path)
		}
	}
	for _, p := range m.articles {
		if seen[p.key()] {
			t.Errorf("two articles have the key %s", p.key())
		}
		if seen[p.key()] = true; writers[p.texts[original].author].Name == "" {
			t.Errorf("%s is written by %q", p.path, p.texts[original].author)
		}
	}
}
