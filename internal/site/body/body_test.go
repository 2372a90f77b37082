package body

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lectern/internal/richtext"
)

var update = flag.Bool("update", false, "write what tests compare with")

// english are the fixed words the tests show.
var english = Words{
	Section: "Link to this section: {text}", Table: "Table {n}", Code: "Code {n}", Copy: "Copy", Copied: "Copied",
	Enlarge: "Enlarge picture: {text}", EnlargeUntitled: "Enlarge picture", Close: "Close", Note: "Note", Tip: "Tip",
	Warning: "Warning", Danger: "Danger", Notice: "Notice", More: "More", Video: "Video",
	VideoOpensInATab: "Opens {host} in a new tab",
}

func options() Options {
	return Options{
		Words: english,
		Link: func(href string) string {
			if rest, own := strings.CutPrefix(href, "https://help.example/en/articles/7-"); own && rest != "" {
				return "/help/en/articles/7-new"
			}
			return href
		},
		Image: func(src string) (Picture, bool) {
			switch {
			case strings.HasSuffix(src, "known.png"):
				return Picture{Width: 1200, Height: 700}, true
			case strings.HasSuffix(src, "BB=="):
				return Picture{Src: "/help/pictures/bb.png", Width: 640, Height: 480}, true
			}
			return Picture{}, false
		},
		Frames: []string{"youtube-nocookie.com"},
		Pages:  []string{"forms.example"},
	}
}

// show writes an article so that a change is easy to see: a line for each tag.
func show(a Article) string {
	var b strings.Builder
	fmt.Fprintln(&b, strings.ReplaceAll(string(a.HTML), "><", ">\n<"))
	for _, h := range a.Headings {
		fmt.Fprintf(&b, "heading %d %s %q\n", h.Level, h.ID, h.Text)
	}
	if a.Lead != nil {
		fmt.Fprintf(&b, "lead %+v\n", *a.Lead)
	}
	fmt.Fprintf(&b, "%d words, %d characters, %d min, code %v, icons %v\n", a.Words, a.Characters, a.Minutes, a.HasCode, a.Icons)
	return b.String()
}

// rows returns the files of testdata/rows: a stored body and its page, apart by
// a line.
func rows(t testing.TB) map[string][2]string {
	t.Helper()
	paths, err := filepath.Glob("testdata/rows/*.txt")
	if err != nil || len(paths) == 0 {
		t.Fatal("no rows", err)
	}
	list := map[string][2]string{}
	for _, path := range paths {
		file, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		stored, page, ok := strings.Cut(string(file), "\n-- page --\n")
		if !ok {
			t.Fatalf("%s has no page", path)
		}
		list[path] = [2]string{stored, page}
	}
	return list
}

func TestEachKindOfBlockIsShownAsDesigned(t *testing.T) {
	for path, row := range rows(t) {
		t.Run(strings.ReplaceAll(strings.TrimSuffix(filepath.Base(path), ".txt"), "_", " "), func(t *testing.T) {
			o := options()
			o.RTL = strings.Contains(path, "right_to_left")
			got := show(Render(row[0], o))
			if *update {
				if err := os.WriteFile(path, []byte(row[0]+"\n-- page --\n"+got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if got != row[1] {
				t.Errorf("got\n%s\nwant\n%s", got, row[1])
			}
		})
	}
}

func TestNoTextIsLost(t *testing.T) {
	for path, row := range rows(t) {
		clean, err := richtext.Clean(row[0])
		if err != nil { // a frame from elsewhere
			continue
		}
		checkWords(t, path, clean)
	}
}

func TestReadingTime(t *testing.T) {
	for _, tt := range []struct {
		name, body string
		words      int
		characters int
		minutes    int
	}{
		{"nothing takes a minute", "", 0, 0, 1},
		{"words", strings.Repeat("<p>word</p>", 660), 660, 0, 3},
		{"words in pieces", "<p>re<b>ad</b>ing it’s</p>", 2, 0, 1},
		{"Japanese is read by the character", "<p>" + strings.Repeat("通関書類", 225) + "</p>", 0, 900, 2},
		{"Korean too", "<p>비밀번호 재설정</p>", 0, 7, 1},
		{"both", "<p>" + strings.Repeat("通", 450) + strings.Repeat(" word", 220) + "</p>", 220, 450, 2},
		{"fixed words do not count", "<pre><code>x</code></pre><details><p>y</p></details>", 2, 0, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := Render(tt.body, options())
			if a.Words != tt.words || a.Characters != tt.characters || a.Minutes != tt.minutes {
				t.Errorf("%d words, %d characters, %d minutes; want %d, %d, %d", a.Words, a.Characters, a.Minutes, tt.words, tt.characters, tt.minutes)
			}
		})
	}
}

func TestOptionsMayBeLeftOut(t *testing.T) {
	for path, row := range rows(t) {
		if a := Render(row[0], Options{}); a.HTML == "" {
			t.Errorf("%s shows nothing", path)
		}
	}
}

func TestTheSpriteListsEverySymbol(t *testing.T) {
	for path, row := range rows(t) {
		a := Render(row[0], options())
		for part := range strings.SplitSeq(string(a.HTML), `<use href="#i-`) {
			if name, _, ok := strings.Cut(part, `"/></svg>`); ok && !slices.Contains(a.Icons, name) {
				t.Errorf("%s: %q is not listed", path, name)
			}
		}
	}
}
