package design

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

func assets(t *testing.T) *Assets {
	t.Helper()
	a, err := New("/static/", fstest.MapFS{
		"page.css": {Data: []byte("/* ours */\n.page { color : red; }\n")},
		"page.js":  {Data: []byte("console.log(1)\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// get returns what is served at an address.
func get(a *Assets, address string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, address, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	a.ServeHTTP(w, r)
	return w
}

func TestEveryFileIsServedForEverUnderTheHashOfItsContent(t *testing.T) {
	a := assets(t)
	if len(a.Names()) != 7 {
		t.Errorf("files are %q, want a sheet, a script, three fonts and two licences", a.Names())
	}
	for _, name := range a.Names() {
		url := a.URL(name)
		if !regexp.MustCompile(`^/static/[A-Za-z0-9-]+\.[0-9a-f]{10}\.[a-z0-9]+$`).MatchString(url) {
			t.Errorf("%s is at %s, without a hash", name, url)
		}
		w := get(a, url)
		if w.Code != http.StatusOK || w.Header().Get("Cache-Control") != "public, max-age=31536000, immutable" || w.Header().Get("Content-Type") == "" {
			t.Errorf("%s: %d %v", name, w.Code, w.Header())
		}
	}
	if w := get(a, "/static/page.js"); w.Code != http.StatusNotFound {
		t.Errorf("a name without a hash is answered %d", w.Code)
	}
}

func TestAChangedFileHasAnotherAddress(t *testing.T) {
	other, err := New("/static/", fstest.MapFS{"page.js": {Data: []byte("console.log(2)\n")}})
	if err != nil {
		t.Fatal(err)
	}
	a := assets(t)
	if a.URL("page.js") == other.URL("page.js") || a.URL(Sheet) == other.URL(Sheet) {
		t.Error("other content has the same address")
	}
	if font := "atkinson-next-latin-wght-normal.woff2"; a.URL(font) != other.URL(font) {
		t.Error("the same font has another address")
	}
}

func TestTheSheetIsOursBehindTheSharedOnesAndFindsItsFonts(t *testing.T) {
	a := assets(t)
	css := get(a, a.URL(Sheet)).Body.String()
	if !strings.HasSuffix(css, ".page{color : red}") {
		t.Errorf("the sheet ends with %q", css[max(0, len(css)-60):])
	}
	if strings.Contains(css, "/*") || strings.Contains(css, "\n") {
		t.Error("the sheet is not minified")
	}
	fonts := regexp.MustCompile(`url\("([^"]*)"\)`).FindAllStringSubmatch(css, -1)
	if len(fonts) != 3 {
		t.Fatalf("the sheet names %d fonts, want 3", len(fonts))
	}
	for _, f := range fonts {
		if w := get(a, "/static/"+f[1]); w.Code != http.StatusOK || w.Header().Get("Content-Type") != "font/woff2" {
			t.Errorf("font %s: %d %s", f[1], w.Code, w.Header().Get("Content-Type"))
		}
	}
	zipped := get(a, a.URL(Sheet), "Accept-Encoding", "gzip")
	if zipped.Header().Get("Content-Encoding") != "gzip" || zipped.Body.Len() > 8<<10 {
		t.Errorf("compressed, the sheet has %d bytes, want at most 8 KiB", zipped.Body.Len())
	}
}

func TestMinifyKeepsWhatMeansSomething(t *testing.T) {
	for _, test := range []struct{ name, css, want string }{
		{"strings", `a::after { content: "{ ; }  /* */"; }`, `a::after{content: "{ ; }  /* */"}`},
		{"descent", "nav > a ,\n b  c { x: 1 }", "nav > a,b c{x: 1}"},
		{"a colon behind a space", ".a :hover { x: y; }", ".a :hover{x: y}"},
		{"sums", "a { w: calc(1px + 2px); }", "a{w: calc(1px + 2px)}"},
		{"a comment between words", "a/* x */b { y: z }", "a b{y: z}"},
		{"a comment without end", "a { b: c } /* d", "a{b: c}"},
		{"a string without end", `a { b: "c`, `a{b: "c`},
		{"nothing", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := minify(test.css); got != test.want {
				t.Errorf("minify(%q) = %q, want %q", test.css, got, test.want)
			}
		})
	}
}

func FuzzMinify(f *testing.F) {
	f.Add(`a { b : "c" } /* d */ e::after { content: '\'' }`)
	f.Fuzz(func(t *testing.T, css string) {
		if got := minify(css); len(got) > len(css) {
			t.Errorf("minify(%q) is longer: %q", css, got)
		}
	})
}
