// Package richtext turns the HTML and Markdown that clients send into the one
// form of HTML a help center keeps, and into plain text for search.
//
// The form is the one recorded from Intercom's API: paragraphs are
// <p class="no-margin">, headings carry an id, links a class, and so on. A body
// passes four steps, each in a file of its own:
//
//	foreign.go   elements that the form lacks are written in its words
//	sanitize.go  a reviewed allow-list of tags and attributes (bluemonday)
//	read.go      what is left is read, tag by tag, into a tree of blocks
//	render.go    the tree is written out, everything escaped
//
// The tree (blocks.go, inline.go) can only express what we promise to keep:
// nothing is copied from the input but text, checked addresses and a few checked
// values. That is what makes the output safe; the allow-list before it is a
// second line. Reading is forgiving in the manner of browsers, takes time in
// proportion to the input, and of its own output makes that output again.
package richtext

import (
	"strings"
	"unicode/utf8"

	"lectern"
)

const (
	// maxDepth is how deep block elements may be nested, in what comes and in
	// what is kept.
	maxDepth = 200
	// A body may grow while it is normalised: a link around a thousand
	// paragraphs becomes a thousand links. These bound it, in bytes.
	maxGrowth    = 16
	growthAllows = 64 << 10
)

// A Cleaner brings bodies into the normal form. The zero Cleaner is ready.
type Cleaner struct {
	// Frames are hosts, subdomains included, that bodies may embed frames from
	// beside lectern.VideoHosts. A frame from elsewhere becomes a link.
	Frames []string
}

// Clean returns body in the normal form, as a zero Cleaner does.
func Clean(body string) (string, error) { return Cleaner{}.Clean(body) }

// Clean returns body in the normal form, safe to show to readers. Cleaning twice
// is cleaning once, byte for byte. No element loses its text or the addresses in
// it but scripts and styles. The error is a *lectern.Error of kind Invalid: the
// body has a picture inside its address ("data:…"), is nested deeper than 200
// levels, or would grow beyond all proportion.
//
// An image stands in a block of its own, as recorded; one within a paragraph
// splits it in two. In list items, table cells and headings, where a split would
// tear apart what belongs together, an image beside text stays where it is.
func (c Cleaner) Clean(body string) (string, error) {
	doc, err := read(policy.Sanitize(translate(tidy(body), c.Frames)), c.Frames)
	if err != nil {
		return "", err
	}
	doc.dropAnchors()
	doc.nameHeadings()
	doc.aimLinks()
	return doc.render(maxGrowth*len(body) + growthAllows)
}

// tidy repairs what no HTML may contain: bytes that are not UTF-8, NUL, and
// line ends other than a line feed.
func tidy(body string) string {
	if !utf8.ValidString(body) {
		body = strings.ToValidUTF8(body, "\uFFFD")
	}
	if strings.ContainsAny(body, "\x00\r") {
		body = strings.NewReplacer("\x00", "", "\r\n", "\n", "\r", "\n").Replace(body)
	}
	return body
}

// plain removes the control characters that character references can bring in.
// Line feeds and tabs stay.
func plain(text string) string {
	control := func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' || r == '\x7f' }
	if strings.IndexFunc(text, control) < 0 {
		return text
	}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", " ").Replace(text)
	return strings.Map(func(r rune) rune {
		if control(r) {
			return -1
		}
		return r
	}, text)
}

// embeddedImage is the refusal of a picture that is inside its address.
func embeddedImage(src string) error {
	_, kind, _ := strings.Cut(src, ":")
	kind, _, _ = strings.Cut(kind, ",")
	if len(kind) > 40 {
		kind = strings.ToValidUTF8(kind[:40], "") + "…"
	}
	return lectern.Invalidf("body", "body has a picture inside its address (data:%s), which cannot be kept: "+
		"put the picture where readers can fetch it and give its https address", kind)
}

// tooDeep is the refusal of a body nested beyond maxDepth.
func tooDeep() error {
	return lectern.Invalidf("body", "body is nested deeper than %d levels", maxDepth)
}

// tooLarge is the refusal of a body that grows beyond proportion.
func tooLarge() error {
	return lectern.Invalidf("body",
		"body has links or formatting left open across too many blocks; close every <a> and formatting tag")
}
