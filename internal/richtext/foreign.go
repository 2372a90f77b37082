package richtext

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A body can only hold the elements of its normal form. Before it is read, this
// first step writes what else there is in HTML in their words, so that no
// element loses its text or the addresses in it: a video that we cannot keep
// becomes a link, a box that is ticked ☑, a fraction 1/2, the content of a form
// stays. Only programs and styles go with what is inside them, which nobody
// reads.

// A translator writes a body without foreign elements.
type translator struct {
	frames []string // hosts beside lectern.VideoHosts that frames may be from
	b      bytes.Buffer
	z      *html.Tokenizer

	media    []*media // that are open, the innermost last
	math     []*formula
	drawing  *drawing
	picture  picture
	box      string // of a task whose text is still to come
	reading  string // what ends the reading of a character, if one is open
	bracket  bool   // the next reading brings its own brackets
	inHead   bool
	noScript int
	shown    string // the address of the last image
	document bool   // within the document of a frame

	formulaEnd int // where the translation of the last drawing ends
}

// native are the elements that the next steps understand.
var native = func() map[string]bool {
	m := map[string]bool{"span": true, "html": true, "body": true}
	for _, list := range [][]string{kept, transparent} {
		for _, tag := range list {
			m[tag] = true
		}
	}
	for tag := range inlineTags {
		m[tag] = true
	}
	return m
}()

// replaced maps foreign elements to native ones that hold their content.
var replaced = map[string]string{
	"form": "div", "dialog": "div", "canvas": "div", "noscript": "div", "noembed": "div", "noframes": "div", "template": "div",
	"frameset": "div", "svg": "span", "optgroup": "", "select": "ul", "datalist": "ul", "option": "li", "dir": "ul",
	"listing": "pre", "xmp": "pre", "plaintext": "pre", "picture": "", "map": "", "head": "", "rp": "", "rb": "", "ruby": "",
	"semantics": "", "colgroup": "",
}

// translate returns body without foreign elements.
func translate(body string, frames []string) string {
	if !mentionsForeign(body) {
		return body
	}
	return (&translator{frames: frames}).all(body)
}

func (t *translator) all(body string) string {
	t.z = html.NewTokenizer(strings.NewReader(body))
	for {
		switch kind := t.z.Next(); kind {
		case html.ErrorToken:
			t.finish()
			return t.b.String()
		case html.TextToken:
			t.text(t.z.Raw())
		case html.StartTagToken, html.SelfClosingTagToken:
			raw := string(t.z.Raw())
			tag, from := t.z.Token(), t.b.Len()
			t.start(tag, raw, kind == html.SelfClosingTagToken)
			t.startDrawing(tag, from)
		case html.EndTagToken:
			name, _ := tagName(t.z)
			t.end(name)
			t.endDrawing(name)
		}
	}
}

// text copies text, which a "<" in it must not end. An annotation in a formula
// says again what the formula says.
func (t *translator) text(raw []byte) {
	if n := len(t.math); n > 0 && strings.HasPrefix(t.math[n-1].tag, "annotation") {
		return
	}
	s := strings.ReplaceAll(string(raw), "<", "&lt;")
	if t.box != "" && !isBlank(s) {
		s = t.box + strings.TrimLeft(s, " \t\n")
		t.box = ""
	}
	t.b.WriteString(s)
}

// write writes text that was no markup.
func (t *translator) write(s string) { t.text([]byte(html.EscapeString(s))) }

// finish closes what was left open.
func (t *translator) finish() {
	t.flushBox()
	t.endReading()
	for len(t.media) > 0 {
		t.endMedia()
	}
	t.endPicture()
}

// start translates a start tag.
func (t *translator) start(tag html.Token, raw string, selfClosing bool) {
	if t.startFormula(tag) {
		return
	}
	t.embedded(tag)
	switch name := tag.Data; name {
	case "script", "style":
		source := ""
		if t.z.Next() == html.TextToken {
			source = string(t.z.Raw())
		}
		if kind := strings.ToLower(attr(tag, "type")); name == "script" && strings.HasPrefix(kind, "math/") && source != "" {
			t.mathScript(kind, source)
		}
		t.script(tag)
	case "title", "textarea":
		t.rawText(tag)
	case "xmp", "plaintext":
		t.b.WriteString("<pre>")
		t.rawContent()
	case "noscript", "noembed", "noframes":
		t.z.NextIsNotRawText()
		t.noScript++
		t.b.WriteString("<div>")
	case "iframe":
		t.frame(tag, selfClosing)
	case "video", "audio", "object", "applet":
		t.startMedia(tag)
		if selfClosing {
			t.endMedia()
		}
	case "source", "track", "param", "embed", "frame", "bgsound":
		t.source(tag)
	case "img", "image":
		t.image(tag)
	case "area":
		t.link(attr(tag, "href"), attr(tag, "alt"))
	case "input":
		t.input(tag)
	case "li":
		t.flushBox()
		switch attr(tag, "data-checked") + attr(tag, "data-list") {
		case "true", "checked":
			t.box = "☑ "
		case "false", "unchecked":
			t.box = "☐ "
		}
		t.b.WriteString(raw)
	case "math":
		t.startMath(tag)
	case "q":
		t.write("“")
	case "rt", "rtc":
		t.startReading()
	case "button", "label", "text", "tspan", "desc":
		t.b.WriteString(" ")
		t.begin("span", tag)
	case "optgroup":
		if label := attr(tag, "label"); label != "" {
			t.b.WriteString("<li>")
			t.write(label)
		}
	case "option":
		t.b.WriteString("<li>")
		if label := attr(tag, "label"); label != "" {
			t.write(label + " ")
		}
	default:
		t.other(tag, raw)
	}
}

// other copies what is native, and gives other elements the name of one that is.
func (t *translator) other(tag html.Token, raw string) {
	name := tag.Data
	switch to, known := replaced[name]; {
	case native[name]:
		t.b.WriteString(raw)
	case known:
		switch name {
		case "head":
			t.inHead = true
		case "picture":
			t.picture = picture{open: true}
		case "ruby", "rb", "rp":
			t.endReading()
			t.bracket = name == "rp"
		}
		if to == "span" { // a drawing parts words
			t.b.WriteString(" ")
		}
		if to != "" {
			t.begin(to, tag)
		}
	case void[name]:
	default:
		t.anyAddress(tag)
		t.begin("span", tag)
		if tag.Type == html.SelfClosingTagToken {
			t.b.WriteString("</span>")
		}
	}
}

// void are the foreign elements without content that leave nothing.
var void = map[string]bool{"base": true, "basefont": true, "col": true, "keygen": true, "link": true, "meta": true, "wbr": true, "command": true}

// end translates an end tag.
func (t *translator) end(name string) {
	if t.endFormula(name) {
		return
	}
	switch name {
	case "video", "audio", "object", "applet":
		for i := len(t.media) - 1; i >= 0; i-- {
			if t.media[i].tag == name {
				for len(t.media) > i {
					t.endMedia()
				}
				break
			}
		}
	case "q":
		t.write("”")
	case "rt", "rtc", "ruby":
		t.endReading()
	case "picture":
		t.endPicture()
	case "head":
		t.inHead = false
	case "noscript", "noembed", "noframes":
		t.noScript = max(t.noScript-1, 0)
		t.b.WriteString("</div>")
	case "li", "ul", "ol":
		t.flushBox()
		t.b.WriteString("</" + name + ">")
	case "button", "label", "text", "tspan", "desc":
		t.b.WriteString("</span> ")
	case "optgroup":
		t.b.WriteString("</li>")
	case "script", "style", "title", "textarea", "iframe":
	default:
		switch to, known := replaced[name]; {
		case native[name]:
			t.b.WriteString("</" + name + ">")
		case known && to == "span":
			t.b.WriteString("</span> ")
		case known && to != "":
			t.b.WriteString("</" + to + ">")
		case known || void[name]:
		default:
			t.b.WriteString("</span>")
		}
	}
}

// begin writes a start tag of another name, with the attributes that mean
// something on any element.
func (t *translator) begin(name string, tag html.Token) {
	t.b.WriteString("<" + name)
	for _, a := range tag.Attr {
		switch a.Key {
		case "id", "class", "style", "dir", "lang", "align":
			t.b.WriteString(" " + a.Key + `="` + html.EscapeString(a.Val) + `"`)
		}
	}
	t.b.WriteString(">")
}

// rawText writes the content of an element that holds text only. The title of a
// document is no part of it.
func (t *translator) rawText(tag html.Token) {
	if t.inHead && tag.Data == "title" {
		t.z.Next()
		return
	}
	if tag.Data == "title" { // of a drawing
		t.b.WriteString(" ")
		t.rawContent()
		t.b.WriteString(" ")
		return
	}
	t.b.WriteString("<div>")
	t.rawContent()
	t.b.WriteString("</div>")
}

// rawContent writes the text that follows a start tag after which nothing is
// markup. References in it count in a text area and a title only; elsewhere a
// browser would not resolve them either, but the author meant them.
func (t *translator) rawContent() {
	if t.z.Next() == html.TextToken {
		t.text(t.z.Raw())
		return
	}
	if raw := t.z.Raw(); len(raw) > 0 && t.z.Err() == nil { // the end tag at once
		name, _ := tagName(t.z)
		t.end(name)
	}
}

// input writes what a reader sees of a field: its box, or its value.
func (t *translator) input(tag html.Token) {
	_, checked := lookup(tag, "checked")
	switch strings.ToLower(attr(tag, "type")) {
	case "checkbox":
		if t.box = "☐ "; checked {
			t.box = "☑ "
		}
	case "radio":
		if t.box = "○ "; checked {
			t.box = "◉ "
		}
	case "hidden", "password":
	case "image":
		t.image(tag)
	default:
		if v := attr(tag, "value"); v != "" {
			t.write(" " + v + " ")
		}
	}
}

// flushBox writes a box that no text followed.
func (t *translator) flushBox() {
	if box := t.box; box != "" {
		t.box = ""
		t.b.WriteString(box)
	}
}

// startReading opens the reading of a character in brackets, unless it brings
// its own.
func (t *translator) startReading() {
	t.endReading()
	if !t.bracket {
		t.write("(")
		t.reading = ")"
	}
	t.bracket = false
}

func (t *translator) endReading() {
	if end := t.reading; end != "" {
		t.reading = ""
		t.write(end)
	}
}

// tagName returns the name of the tokenizer's current tag and whether it has
// attributes. Names HTML knows cost no memory.
func tagName(z *html.Tokenizer) (string, bool) {
	name, hasAttr := z.TagName()
	if a := atom.Lookup(name); a != 0 {
		return a.String(), hasAttr
	}
	return string(name), hasAttr
}

// mentionsForeign reports whether there could be anything in body to translate.
// Most bodies are stored ones, and are spared the work.
func mentionsForeign(body string) bool {
	if strings.Contains(body, "data-") || strings.Contains(body, "wistia_") || strings.Contains(body, "srcset") || strings.Contains(body, "katex-") {
		return true
	}
	for {
		i := strings.IndexByte(body, '<')
		if i < 0 {
			return false
		}
		if body = strings.TrimPrefix(body[i+1:], "/"); body == "" {
			return false
		}
		n := 0
		for n < len(body) && n < 16 && body[n] != '>' && body[n] != ' ' && body[n] != '\n' {
			n++
		}
		if name := body[:n]; !native[name] || name == "iframe" && !strings.HasPrefix(body, "iframe src=\"https://") {
			return true
		}
	}
}
