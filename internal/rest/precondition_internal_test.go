package rest

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"lectern"
	"lectern/internal/apiversion"
	"lectern/internal/wire"
)

// A tally is a text that counts how often it is encoded.
type tally struct {
	Text  string
	times *int
}

func (x tally) MarshalJSON() ([]byte, error) {
	*x.times++
	return []byte(`"` + x.Text + `"`), nil
}

func TestAnAnswerIsEncodedOutsideOfTheTransactionThatComparesIt(t *testing.T) {
	now := apiversion.Versions[0]
	times := 0
	is := tally{"as read", &times}
	e, err := encode(now, is)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		says      string
		sent      string
		then      tally // what the transaction reads
		want      error
		encodings int // in the transaction
	}{
		{"as the client knows it", e.body.Tag, is, nil, 0},
		{"the client knows an older one", `"old"`, is, lectern.Stale, 0},
		{"changed in between", e.body.Tag, tally{"changed", &times}, lectern.Stale, 1},
		{"anything", "*", is, nil, 0},
		{"no precondition", "", is, nil, 0},
	} {
		r, err := http.NewRequest(http.MethodPut, "/", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("If-Match", test.sent)
		c := &call{Request: r, version: now}
		c.expect(func() (any, error) { return is, nil })
		times = 0
		if err := c.ifMatch(test.then); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", test.says, err, test.want)
		}
		if times != test.encodings {
			t.Errorf("%s: encoded %d times in the transaction, want %d", test.says, times, test.encodings)
		}
	}
}

func TestWhatCannotBeReadBeforeATransactionIsComparedInIt(t *testing.T) {
	times := 0
	r, err := http.NewRequest(http.MethodPut, "/", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("If-Match", `"old"`)
	c := &call{Request: r, version: apiversion.Versions[0]}
	c.expect(func() (any, error) { return nil, lectern.NotFound })
	if err := c.ifMatch(tally{"there", &times}); !errors.Is(err, lectern.Stale) || times != 1 {
		t.Errorf("%v after %d encodings", err, times)
	}
}

// BenchmarkIfMatch is what a transaction takes to compare an article of 100 KB
// that was encoded before it, and one that was not.
func BenchmarkIfMatch(b *testing.B) {
	text := lectern.ArticleText{Wording: lectern.Wording{Title: "Title", Body: strings.Repeat("<p>A paragraph with <b>some</b> words.</p>", 2500)}}
	article := func() wire.Article {
		h := &lectern.HelpCenter{ID: 2, DefaultLocale: "en", Locales: []lectern.Locale{"en"}}
		return wire.FromArticle(&lectern.Workspace{Code: "abcdefgh"}, h, &lectern.Article{Texts: map[lectern.Locale]lectern.ArticleText{"en": text}}, "https://help.example.com")
	}
	now := apiversion.Versions[0]
	e, err := encode(now, article())
	if err != nil {
		b.Fatal(err)
	}
	for name, expected := range map[string]bool{"encoded": false, "compared": true} {
		b.Run(name, func(b *testing.B) {
			c := &call{Request: &http.Request{Header: http.Header{"If-Match": {e.body.Tag}}}, version: now}
			if expected {
				c.expect(func() (any, error) { return article(), nil })
			}
			for b.Loop() {
				if err := c.ifMatch(article()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
