// Package body turns the stored HTML of an article into the markup of its page.
//
// Stored HTML keeps what the API was given; the page shows it in our own
// elements and classes: callouts by the meaning of their colour, code with
// highlighting, tables that scroll, pictures that hold their place. A body goes
// through three steps:
//
//	tree.go    the HTML is read, tag by tag, into a small tree
//	survey.go  headings get their level and id; what links lead to is noted
//	write.go   the tree is written, each kind of block in a file of its own
//
// The tree knows only the elements we show, and the writer writes nothing but
// its own tags, escaped text and addresses that it has checked. So the result
// holds no script, no style and no event handler whatever came in; that a body
// was cleaned when it was stored (package richtext) is a second line, not the
// first. Reading and writing take time and space in proportion to the body.
package body

import (
	"html/template"
	"slices"
	"strings"
	"unicode/utf8"
)

// Words are the fixed words that a page adds to a body, in the reader's
// language. {text}, {n} and {host} stand for what the sentence is about.
type Words struct {
	Section          string // on the link of a heading: "Link to this section: {text}"
	Table            string // name of a table without a caption: "Table {n}"
	Code             string // name of a piece of code: "Code {n}"
	Copy, Copied     string // the button of a piece of code, before and after
	Enlarge          string // "Enlarge picture: {text}"
	EnlargeUntitled  string // "Enlarge picture"
	Close            string // the button of an enlarged picture
	Note, Tip        string // what kind of callout it is
	Warning, Danger  string
	Notice           string
	More             string // heads a collapsible without a summary
	Video            string // heads a video without a title
	VideoOpensInATab string // "Opens {host} in a new tab"
}

// Options say how a body is shown.
type Options struct {
	Words Words
	RTL   bool // the text around runs from right to left

	// Link returns the address to show for one in the body; pages of this help
	// center become relative to their right address there. It is not asked about
	// places within the body. What it returns is checked like the original. May
	// be nil.
	Link func(href string) string

	// Image returns what is known about a picture, and false if nothing is. It is
	// the only way for a picture that the body carries inside its address
	// ("data:…") to be shown: by another address. May be nil.
	Image func(src string) (Picture, bool)

	// Frames are the hosts an administrator lets videos play from, of
	// lectern.VideoHosts. Other videos open at their host.
	Frames []string

	// Pages are other hosts, subdomains included, whose frames the operator allows.
	// A frame from elsewhere is a link to its page.
	Pages []string
}

// A Picture is what is known about an image. Width and height are in pixels, 0
// if unknown; Src is its address if that differs from the stored one.
type Picture struct {
	Src           string
	Width, Height int
}

// A Heading is an entry of the table of contents.
type Heading struct {
	Level int // 2 or 3
	ID    string
	Text  string
}

// An Image is the first picture of a body, for previews elsewhere.
type Image struct {
	Src, Alt      string
	Width, Height int // in pixels, 0 if unknown
}

// An Article is a body ready for its page.
type Article struct {
	HTML     template.HTML
	Headings []Heading

	Words      int // of scripts that part words by spaces
	Characters int // Chinese, Japanese and Korean, which are read by the character
	Minutes    int // of reading, at least 1

	Lead    *Image // nil without a picture
	HasCode bool
	Icons   []string // the symbols that the sprite of the page needs, without "i-"
}

// Render returns the body of an article as its page shows it. It accepts any
// HTML. A part it does not know is left out, its text is kept.
func Render(html string, o Options) Article {
	root := read(html)
	w := &writer{options: o, rtl: o.RTL, survey: surveyOf(root), icons: map[string]bool{}}
	w.b.Grow(len(html) + len(html)/4)
	w.blocks(root.kids)
	a := Article{
		HTML:     template.HTML(w.b.String()),
		Headings: w.contents,
		Lead:     w.lead,
		HasCode:  w.codes > 0,
	}
	a.Words, a.Characters = w.reading.words, w.reading.characters
	a.Minutes = w.reading.minutes()
	for name := range w.icons {
		a.Icons = append(a.Icons, name)
	}
	slices.Sort(a.Icons)
	return a
}

// tidy repairs what no HTML may contain: bytes that are not UTF-8, and control
// characters other than white space.
func tidy(s string) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	control := func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' || r == '\x7f' }
	if strings.IndexFunc(s, control) < 0 {
		return s
	}
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", " ").Replace(s)
	return strings.Map(func(r rune) rune {
		if control(r) {
			return -1
		}
		return r
	}, s)
}
