package site_test

import (
	"strings"
	"testing"
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
