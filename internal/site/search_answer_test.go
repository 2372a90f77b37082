package site_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"lectern"
	"lectern/internal/app"
)

func TestASearchPageSaysWhatItsResultsAre(t *testing.T) {
	l := openLibrary(t)
	l.article("Invoice by post", l.start)
	l.article("Invoice by fax", l.start)
	l.article("Fax again", l.start)
	for query, want := range map[string][2]string{ // the sum, and what was searched for instead
		"q=invoice":                   {"2 articles match “invoice”", ""},
		"q=invoi":                     {"2 articles match “invoi”", ""},
		"q=invioce":                   {"2 articles match “invoice”", "Showing results for invoice instead of “invioce”. Search for the words as typed"},
		"q=%22invoice+by+fax%22":      {"1 article matches “\"invoice by fax\"”", ""},
		"q=mars+venus+saturn+invoice": {"2 articles match some of the words", ""},
		"q=invioce&exact=1":           {"", ""},
		"q=mars+venus":                {"", ""},
	} {
		p := l.read(200, "/help/en/search?"+query)
		for i, at := range []string{".sum", ".fixed"} {
			got := strings.Join(strings.Fields(strings.Join(p.texts(at), " ")), " ")
			if got != want[i] {
				t.Errorf("%s: %s is %q, want %q", query, at, got, want[i])
			}
		}
	}
	if got := l.read(200, "/help/en/search?q=invioce&exact=1").text(".maybe"); got != "Did you mean invoice?" {
		t.Errorf("as typed it says %q", got)
	}
}

func TestWordsThatSayLittleAreLikeNoSearch(t *testing.T) {
	l := openLibrary(t)
	for _, phrase := range []string{"how+do+I", "-I", "%3F"} {
		p := l.read(200, "/help/en/search?q="+phrase)
		if len(p.all("#none, .results, mark")) > 0 {
			t.Errorf("%s is searched for", phrase)
		}
	}
}

// A bareStore counts what a search page reads.
type bareStore struct {
	lectern.Store
	whole, bodies int
}

func (x *bareStore) SearchArticles(ctx context.Context, ws lectern.WorkspaceID, q lectern.SearchQuery) ([]lectern.Hit, int, error) {
	hits, total, err := x.Store.SearchArticles(ctx, ws, q)
	for _, h := range hits {
		if len(h.Article.Texts) > 0 {
			x.whole++
		}
	}
	return hits, total, err
}

func (x *bareStore) Bodies(ctx context.Context, v lectern.Visit, ids []lectern.ArticleID) (map[lectern.ArticleID]string, error) {
	x.bodies += len(ids)
	return x.Store.Bodies(ctx, v, ids)
}

// Of all that answers, only what the page shows is read.
func TestAPageOfResultsReadsTheTextsItShows(t *testing.T) {
	d := open(t, app.Config{})
	topics := []lectern.CollectionID{d.topic("One", 0, nil), d.topic("Two", 0, nil)}
	for i := range 30 {
		d.article(fmt.Sprint("Parcel ", i), topics[i%2], body(fmt.Sprintf("<p>Parcel %d leaves the house.</p>", i)))
	}
	x := &bareStore{Store: d.store}
	served := d.on(x)
	for _, c := range []struct {
		query  string
		bodies int
	}{{"", 10}, {"&page=3", 10}, {fmt.Sprintf("&topic=%d&page=2", topics[1]), 5}} {
		x.whole, x.bodies = 0, 0
		p := httptest.NewRecorder()
		served.ServeHTTP(p, httptest.NewRequest("GET", "http://"+host+"/help/en/search?q=parcel"+c.query, nil))
		if x.whole != 0 || x.bodies != c.bodies {
			t.Errorf("%q reads %d articles and %d bodies, want %d", c.query, x.whole, x.bodies, c.bodies)
		}
		if got := strings.Count(p.Body.String(), "leaves the house"); got != c.bodies {
			t.Errorf("%q shows %d texts", c.query, got)
		}
	}
}
