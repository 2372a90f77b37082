package card

import (
	_ "embed"
	"iter"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"
)

// The site's face at weight 640, made from the variable files that pages load
// (internal/design/fonts) and under the same licence, fonts/OFL.txt.
var (
	//go:embed fonts/atkinson-next-latin-640.ttf
	latin []byte
	//go:embed fonts/atkinson-next-latin-ext-640.ttf
	latinExt []byte
)

// fonts are tried in turn for each letter.
var fonts = sync.OnceValues(func() (list []*sfnt.Font, err error) {
	for _, data := range [][]byte{latin, latinExt} {
		f, err := opentype.Parse(data)
		if err != nil {
			return nil, err
		}
		list = append(list, f)
	}
	return list, nil
})

// A face is the fonts at one size. It is for one goroutine.
type face struct{ faces []font.Face }

func newFace(size float64) (*face, error) {
	list, err := fonts()
	if err != nil {
		return nil, err
	}
	f := &face{}
	for _, x := range list {
		one, err := opentype.NewFace(x, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
		if err != nil {
			return nil, err
		}
		f.faces = append(f.faces, one)
	}
	return f, nil
}

// covered holds which font has a letter; letters that none has are absent.
var covered = sync.OnceValue(func() map[rune]int {
	has := map[rune]int{}
	list, err := fonts()
	if err != nil {
		return has
	}
	var b sfnt.Buffer
	for r := rune(0x20); r < 0x2300; r++ {
		for which, f := range list {
			if i, err := f.GlyphIndex(&b, r); err == nil && i != 0 {
				has[r] = which
				break
			}
		}
	}
	return has
})

// maxRunes is how much of a text is looked at: more than a card has room for.
const maxRunes = 300

// tidy is text as it can be written: letters in one piece, any space one
// space, nothing that cannot be seen.
func tidy(text string) string {
	if len(text) > maxRunes*utf8.UTFMax {
		text = strings.ToValidUTF8(text[:maxRunes*utf8.UTFMax], "")
	}
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.Is(unicode.Cf, r) || unicode.IsControl(r):
			return -1
		}
		return r
	}, norm.NFC.String(text))
	return strings.Join(strings.Fields(text), " ")
}

// writable reports whether there is text and our fonts have all its letters.
func writable(text string) bool {
	for _, r := range text {
		if _, ok := covered()[r]; !ok {
			return false
		}
	}
	return text != ""
}

// runs yields the parts of a line that stand in one font, with its number.
func runs(line string) iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		from, which := 0, -1
		for i, r := range line {
			w := covered()[r]
			if which >= 0 && w != which {
				if !yield(line[from:i], which) {
					return
				}
				from = i
			}
			which = w
		}
		if which >= 0 {
			yield(line[from:], which)
		}
	}
}
