package kept

import (
	"compress/gzip"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestAJoinedBodyIsItsPartsInEveryForm(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	noise := make([]byte, 70_000)
	for i := range noise {
		noise[i] = byte(random.Uint32())
	}
	for name, texts := range map[string][]string{
		"nothing":              {},
		"one":                  {strings.Repeat("one ", 1000)},
		"short":                {"[", "1", ",", "2", "]"},
		"empty ones among":     {"", strings.Repeat("a", 5000), "", ""},
		"the same one again":   {strings.Repeat("again ", 500), ",", strings.Repeat("again ", 500)},
		"nothing to compress":  {string(noise), ",", string(noise[:100])},
		"more than one write":  slices.Repeat([]string{strings.Repeat("piece ", 500), string(noise[:3000]), ","}, 50),
		"letters of all kinds": {strings.Repeat("日本語 – Ünïcode ", 300), "\x00\xff"},
	} {
		t.Run(name, func(t *testing.T) {
			var parts []*Part
			for _, s := range texts {
				parts = append(parts, NewPart([]byte(s)))
			}
			want := strings.Join(texts, "")
			for range 2 { // the second time from the forms that were made before
				b := Join(parts...)
				if b.Size() != len(want) || string(b.All()) != want {
					t.Errorf("%d bytes, want %d", b.Size(), len(want))
				}
				for _, accepts := range []string{"gzip", ""} {
					r := httptest.NewRequest(http.MethodGet, "/", nil)
					r.Header.Set("Accept-Encoding", accepts)
					w := httptest.NewRecorder()
					b.Had(w, r)
					b.Send(w, r, http.StatusOK)
					zipped := accepts == "gzip" && len(want) >= minimumSize
					if got := w.Header().Get("Content-Encoding") == "gzip"; got != zipped {
						t.Fatalf("accepts %q: compressed %t", accepts, got)
					}
					if got, sent := w.Header().Get("Content-Length"), w.Body.Len(); got != itoa(sent) {
						t.Errorf("Content-Length %s, sent %d", got, sent)
					}
					var body io.Reader = w.Body
					if zipped {
						z, err := gzip.NewReader(w.Body)
						if err != nil {
							t.Fatal(err)
						}
						z.Multistream(false) // for clients that read no second file
						body = z
					}
					got, err := io.ReadAll(body)
					if err != nil || string(got) != want {
						t.Errorf("accepts %q: %d bytes came back, want %d, error %v", accepts, len(got), len(want), err)
					}
				}
			}
		})
	}
}

func itoa(n int) string { return strconv.Itoa(n) }

func TestTheTagOfAJoinedBodyIsOfWhatItSays(t *testing.T) {
	one, two, three := NewPart([]byte("one")), NewPart([]byte("two")), NewPart([]byte("three"))
	if a, b := Join(one, two), Join(NewPart([]byte("one")), NewPart([]byte("two"))); a.Tag != b.Tag {
		t.Errorf("tags %s and %s of the same parts", a.Tag, b.Tag)
	}
	if a, b := Join(one, two), Join(one, three); a.Tag == b.Tag {
		t.Error("other parts have the same tag")
	}
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.Header.Set("If-None-Match", Join(one, two).Tag)
	if !Join(one, two).Had(httptest.NewRecorder(), r) {
		t.Error("the tag that was sent is not known")
	}
}
