package richtext

import (
	"math"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A place says where inline Markdown stands.
type place int

const (
	inParagraph place = iota // lines may be broken
	inLine                   // a directive's label
	inHeading
	inCell
)

// An inline writes runs as Markdown.
type inline struct {
	b      strings.Builder
	place  place
	inLink bool
	notes  int // how many footnotes there are to refer to
	spent  int // marks written in Markdown's notation
}

// maxNotation is how many marks of a block are in Markdown's notation. The
// parser reads no more than maxDelimiters; the others are HTML.
const maxNotation = maxDelimiters/2 - 10

// inline writes all the runs of a block.
func (m *markdown) inline(runs []run, at place) string {
	w := inline{place: at, notes: m.notes}
	w.runs(runs, 0, "")
	return w.b.String()
}

// runs writes runs that stand under the same depth marks. Next is what the
// Markdown goes on with after them, "" at the end of the block.
func (w *inline) runs(runs []run, depth int, next string) {
	for i := 0; i < len(runs); {
		n := runs[i]
		if len(n.marks) == depth {
			w.leaf(n, i+1 == len(runs) || len(runs[i+1].marks) == depth)
			i++
			continue
		}
		m, end := n.marks[depth], i+1
		for end < len(runs) && len(runs[end].marks) > depth && runs[end].marks[depth].same(m) {
			end++
		}
		after := next
		if end < len(runs) {
			after = w.beginning(runs[end], depth)
		}
		w.marked(runs[i:end], m, depth, after)
		i = end
	}
}

// beginning returns what the Markdown of a run under depth marks begins with:
// its text, or the kind of character that opens its next mark.
func (w *inline) beginning(n run, depth int) string {
	switch {
	case len(n.marks) > depth:
		if _, ok := delimiters[n.marks[depth].tag]; ok {
			return "*"
		}
		return "<"
	case n.br, n.image != nil, n.anchor != "":
		return "<"
	}
	return n.text
}

func (w *inline) leaf(n run, last bool) {
	switch {
	case n.br && w.place == inParagraph && !strings.HasSuffix(w.b.String(), `\`):
		w.b.WriteString("\\\n")
	case n.br:
		w.b.WriteString("<br>")
	case n.image != nil:
		w.image(n.image)
	case n.anchor != "":
		r := &renderer{limit: math.MaxInt}
		r.runs([]run{{anchor: n.anchor}})
		w.b.WriteString(w.raw(r.b.String()))
	default:
		w.text(n.text, !last)
	}
}

// delimiters are the marks that Markdown has a notation for.
var delimiters = map[string]string{"b": "**", "i": "*", "s": "~~"}

// marked writes the runs under a mark, in Markdown's notation where that is
// sure to be read as such, else as an HTML element.
func (w *inline) marked(runs []run, m mark, depth int, next string) {
	switch {
	case m.tag == "a":
		w.link(runs, m.link, depth)
		return
	case m.tag == "sup" && noteNumber(runs, depth, w.notes) != "":
		w.b.WriteString("[^" + noteNumber(runs, depth, w.notes) + "]")
		return
	case m.tag == "code" && len(runs) == 1 && len(runs[0].marks) == depth+1 && w.code(runs[0]):
		return
	}
	inner := inline{place: w.place, inLink: w.inLink, notes: w.notes, spent: w.spent + 1}
	if d, ok := delimiters[m.tag]; ok && w.spent < maxNotation {
		// At the start of a line within the delimiters nothing else can begin.
		inner.b.WriteString(d)
		inner.runs(runs, depth+1, "<")
		if text := inner.b.String(); flanks(w.b.String(), text[len(d):], next) {
			w.b.WriteString(text + d)
			w.spent = inner.spent
			return
		}
		inner = inline{place: w.place, inLink: w.inLink, notes: w.notes, spent: w.spent}
	}
	inner.b.WriteString("<" + m.tag + ">")
	inner.runs(runs, depth+1, "<")
	w.spent = inner.spent
	w.b.WriteString(inner.b.String() + "</" + m.tag + ">")
}

// flanks reports whether delimiters around text are read as such between what
// is before and after them; CommonMark calls them left- and right-flanking.
// Delimiters that touch others are never sure to be.
func flanks(before, text, after string) bool {
	b, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(text)
	last, _ := utf8.DecodeLastRuneInString(text)
	a, _ := utf8.DecodeRuneInString(after)
	touches := func(r rune) bool { return r == '*' || r == '~' || r == '_' }
	apart := func(outside string, r rune) bool { return outside == "" || unicode.IsSpace(r) || isMarkup(r) }
	switch {
	case text == "", touches(b), touches(first), touches(last), touches(a), unicode.IsSpace(first), unicode.IsSpace(last):
		return false
	case isMarkup(first) && !apart(before, b), isMarkup(last) && !apart(after, a):
		return false
	}
	return true
}

func isMarkup(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }

func (w *inline) link(runs []run, l *link, depth int) {
	if w.autolink(runs, l, depth) {
		return
	}
	inner := inline{place: w.place, inLink: true, notes: w.notes, spent: w.spent}
	inner.b.WriteString("[")
	inner.runs(runs, depth+1, "]")
	w.spent = inner.spent
	text := inner.b.String()[1:]
	if len(text) == 1 && strings.Contains("xX ", text) { // at the start of an item it would be a task's box
		r := &renderer{}
		r.link(l)
		w.b.WriteString(w.raw(r.b.String()) + text + "</a>")
		return
	}
	w.b.WriteString("[" + text + "](" + w.target(l.href, l.title) + ")")
}

// autolink writes a link that shows its own address, and reports whether it is
// one.
func (w *inline) autolink(runs []run, l *link, depth int) bool {
	if len(runs) != 1 || len(runs[0].marks) != depth+1 || runs[0].image != nil || runs[0].br || l.title != "" {
		return false
	}
	text := runs[0].text
	if text == l.href && webAddress.MatchString(text) || "mailto:"+text == l.href && mailAddress.MatchString(text) {
		w.b.WriteString("<" + text + ">")
		return true
	}
	return false
}

var (
	webAddress  = regexp.MustCompile(`^https?://[A-Za-z0-9/:?=#%.~+,@$&_-]+$`)
	mailAddress = regexp.MustCompile(`^[A-Za-z0-9.+_-]+@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)+$`)
)

// target writes the address and title of a link or image.
func (w *inline) target(href, title string) string {
	out := href
	if !bareAddress.MatchString(href) || strings.Contains(href, "&") && strings.Contains(href, ";") {
		out = "<" + w.quoted(href, `<>`) + ">"
	}
	if title != "" {
		out += ` "` + w.quoted(title, `"`) + `"`
	}
	return out
}

var bareAddress = regexp.MustCompile(`^[A-Za-z0-9/:?=#%.~+,;@$&_-]+$`)

// quoted escapes text that is not read as Markdown but for escapes and
// character references.
func (w *inline) quoted(s, special string) string {
	special += "\\&"
	switch w.place {
	case inCell:
		special += "|"
	case inHeading:
		special += "{}"
	}
	var b strings.Builder
	for _, c := range s {
		if strings.ContainsRune(special, c) {
			b.WriteByte('\\')
		}
		b.WriteRune(c)
	}
	return strings.ReplaceAll(b.String(), "\u00a0", "&nbsp;")
}

// image writes an image. What Markdown cannot say of it stays HTML.
func (w *inline) image(i *image) {
	if i.width+i.height != "" || i.hasAlt && i.alt == "" || !i.hasAlt && i.alt != "" {
		r := &renderer{limit: math.MaxInt}
		r.image(i)
		w.b.WriteString(w.raw(r.b.String()))
		return
	}
	alt := inline{place: w.place}
	alt.b.WriteString("![")
	alt.text(i.alt, true)
	w.b.WriteString(alt.b.String() + "](" + w.target(i.src, i.title) + ")")
}

// raw keeps HTML from being read as part of a cell's or heading's notation, or,
// for a character that goldmark takes for the end of all, as text.
func (w *inline) raw(html string) string {
	html = strings.ReplaceAll(html, "\uFFFD", "&#65533;")
	switch w.place {
	case inCell:
		return strings.ReplaceAll(html, "|", "&#124;")
	case inHeading:
		return strings.NewReplacer("{", "&#123;", "}", "&#125;").Replace(html)
	}
	return html
}

// code writes a code span, and reports whether it can: what is around it may not
// be taken for the span's content, nor the other way round.
func (w *inline) code(n run) bool {
	text := n.text
	special := "\u00a0@"
	switch w.place {
	case inCell:
		special += `|\`
	case inHeading:
		special += `{}\`
	}
	if w.inLink {
		special += "[]"
	}
	if n.br || n.image != nil || isBlank(text) || strings.ContainsAny(text, special) {
		return false
	}
	if strings.HasSuffix(w.b.String(), "`") {
		return false
	}
	if text[0] == '`' || text[len(text)-1] == '`' || text[0] == ' ' && text[len(text)-1] == ' ' {
		text = " " + text + " "
	}
	fence := strings.Repeat("`", longest(text, '`')+1)
	w.b.WriteString(fence + text + fence)
	return true
}

// text writes text so that it is read as nothing but text. More says that
// markup follows it.
func (w *inline) text(s string, more bool) {
	written := w.b.String()
	if written == "" || strings.HasSuffix(written, "\n") {
		s = w.lineStart(s)
	}
	for i, c := range s {
		rest := s[i+utf8.RuneLen(c):]
		switch {
		case c == '\u00a0':
			w.b.WriteString("&nbsp;")
			continue
		case w.special(c, s[:i], rest, more):
			w.b.WriteByte('\\')
		}
		w.b.WriteRune(c)
	}
}

// special reports whether a character must be escaped between before and rest.
func (w *inline) special(c rune, before, rest string, more bool) bool {
	switch c {
	case '\\', '`', '*', '[', ']', '<', '~':
		return true
	case '|':
		return w.place == inCell
	case '#', '{', '}':
		return w.place == inHeading
	case '_': // within a word it is no markup
		b, _ := utf8.DecodeLastRuneInString(before)
		a, _ := utf8.DecodeRuneInString(rest)
		return !isWord(a) || !isWord(b)
	case '&':
		return reference.MatchString(rest)
	case '!':
		return rest == "" && more
	case '@': // an address that would become a link
		return before != "" && rest != ""
	case ':':
		return strings.HasPrefix(rest, "//")
	case '.':
		return len(before) >= 3 && strings.EqualFold(before[len(before)-3:], "www")
	}
	return false
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

var (
	reference = regexp.MustCompile(`^(#|[A-Za-z][A-Za-z0-9]*;)`)
	// lineStarts is what a block would begin with: a heading, a quote, a list, a
	// rule, the line under a heading, a directive, a line under a table's header.
	lineStarts = regexp.MustCompile(`^(?:[#>+=|:-]|[0-9]{1,9}[.)])`)
)

// lineStart writes the beginning of a line that would begin a block, and
// returns the text after it.
func (w *inline) lineStart(s string) string {
	found := lineStarts.FindString(s)
	if found == "" {
		return s
	}
	w.b.WriteString(found[:len(found)-1] + `\` + found[len(found)-1:])
	return s[len(found):]
}
