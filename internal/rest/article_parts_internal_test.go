package rest

import (
	"fmt"
	"testing"
	"time"

	"lectern"
	"lectern/internal/apiversion"
	"lectern/internal/kept"
	"lectern/internal/wire"
)

func TestAnswersOfPartsAreThoseOfTheirShapes(t *testing.T) {
	at := time.Unix(1_700_000_000, 0)
	w := &lectern.Workspace{ID: 1, Code: "abcdefgh"}
	h := &lectern.HelpCenter{ID: 2, Identifier: "help", DefaultLocale: "en", Locales: []lectern.Locale{"en", "de"}, WebsiteTurnedOn: true}
	var articles []*lectern.Article
	for i := range 3 {
		text := lectern.ArticleText{Wording: lectern.Wording{Title: fmt.Sprintf("Title <%d>", i), Body: "<p>Body & soul</p>", Author: 7}, State: lectern.Published, CreatedAt: at, UpdatedAt: at}
		a := &lectern.Article{ID: lectern.ArticleID(10 + i), HelpCenter: 2, CreatedAt: at, UpdatedAt: at, Parents: []lectern.CollectionID{5}, Texts: map[lectern.Locale]lectern.ArticleText{"en": text, "de": text}}
		articles = append(articles, a)
	}
	marks := []wire.ArticleSearchHighlights{{ArticleID: "10", HighlightedTitle: []wire.Run{{Type: "plain", Text: "Title"}}, HighlightedSummary: [][]wire.Run{}}}
	for _, v := range apiversion.Versions {
		for n := range len(articles) + 1 {
			items := make([]wire.ArticleListItem, n)
			parts := make([]*kept.Part, n)
			for i := range n {
				items[i] = wire.FromArticleInList(w, h, articles[i], "https://help.example.com")
				b, err := v.Encode(items[i])
				if err != nil {
					t.Fatal(err)
				}
				parts[i] = kept.NewPart(b)
			}
			pages := wire.Pages{Type: "pages", Page: 1, PerPage: 10, TotalPages: 1, Next: new("https://help.example.com/articles?page=2")}
			same := func(name string, shape any, body *kept.Body, err error) {
				t.Helper()
				want, encodeErr := v.Encode(shape)
				if err != nil || encodeErr != nil {
					t.Fatal(err, encodeErr)
				}
				if got := string(body.All()); got != string(want) {
					t.Errorf("%s, %d articles in %s:\n%s\nwant\n%s", name, n, v.Name, got, want)
				}
			}
			list, err := articleList(v, pages, 12, parts)
			same("list", wire.ArticleList{Type: "list", Pages: pages, TotalCount: 12, Data: items}, list, err)
			for _, m := range [][]wire.ArticleSearchHighlights{{}, marks} {
				found, err := searchResponse(v, pages, 12, parts, m)
				same("search", wire.ArticleSearchResponse{
					Type: "list", TotalCount: 12, Pages: pages, Data: wire.ArticleSearchData{Articles: items, Highlights: m},
				}, found, err)
			}
		}
	}
}
