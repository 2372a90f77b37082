package body

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// maxDepth is how deep elements may be nested. One within more stays without
// its tag. Browsers give up at 512, and one level here is up to three there.
const maxDepth = 120

// A node is an element or, without a tag, text.
type node struct {
	tag   string
	text  string
	attrs []html.Attribute
	kids  []*node
	block bool // it is a block or holds one
}

// blockTags maps the elements that stand as blocks to what we take them for.
var blockTags = map[string]string{
	"p": "p", "h1": "h1", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h5", "h6": "h6",
	"ul": "ul", "menu": "ul", "ol": "ol", "li": "li", "dl": "dl", "dt": "dt", "dd": "dd",
	"table": "table", "caption": "caption", "thead": "thead", "tbody": "tbody", "tfoot": "tbody",
	"tr": "tr", "td": "td", "th": "th", "blockquote": "blockquote", "pre": "pre", "listing": "pre", "xmp": "pre",
	"details": "details", "summary": "summary", "figure": "figure", "figcaption": "figcaption",
	"hr": "hr", "iframe": "iframe",
	"div": "div", "section": "div", "article": "div", "aside": "div", "main": "div", "nav": "div", "header": "div",
	"footer": "div", "address": "div", "center": "div", "fieldset": "div", "form": "div", "hgroup": "div",
	"legend": "div", "dialog": "div", "search": "div",
}

// inlineTags maps the elements that stand in text to what we show them as.
var inlineTags = map[string]string{
	"a": "a", "b": "strong", "strong": "strong", "i": "em", "em": "em", "u": "u", "ins": "u", "s": "s",
	"strike": "s", "del": "s", "sub": "sub", "sup": "sup", "mark": "mark", "kbd": "kbd", "code": "code",
	"tt": "code", "samp": "code", "abbr": "abbr", "small": "small", "q": "q", "cite": "cite", "var": "var",
	"dfn": "dfn", "bdi": "bdi", "bdo": "bdo", "br": "br", "img": "img", "wbr": "wbr", "span": "span",
}

// void are the elements without content. A frame has some, which is not shown.
var void = map[string]bool{"br": true, "img": true, "wbr": true, "hr": true, "iframe": true}

// muted are the elements whose content is no text of the article.
var muted = map[string]bool{
	"script": true, "style": true, "textarea": true, "title": true, "iframe": true, "noembed": true,
	"noframes": true, "noscript": true,
}

// looked lists the attributes the writer looks at.
var looked = []string{
	"href", "src", "alt", "title", "width", "height", "style", "class", "id", "name", "dir", "lang", "align", "open",
	"start", "type", "reversed", "value", "colspan", "rowspan",
}

// A builder makes the tree. Unlike a browser it never opens an element twice,
// so that the tree is not larger than the input, and never moves one.
type builder struct {
	stack []*node
	open  map[string]int // how many of a tag are on the stack
}

// read returns the body as the children of a node.
func read(src string) *node {
	root := &node{tag: "div", block: true}
	b := &builder{stack: []*node{root}, open: map[string]int{}}
	z := html.NewTokenizer(strings.NewReader(src))
	mute := ""
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return root
		}
		if kind == html.TextToken {
			if mute == "" {
				b.write(tidy(string(z.Text())))
			}
			continue
		}
		if kind != html.StartTagToken && kind != html.EndTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		name, more := z.TagName()
		tag := string(name)
		switch {
		case mute != "":
			if kind == html.EndTagToken && tag == mute {
				mute = ""
			}
			continue
		case kind == html.EndTagToken:
			b.end(tag)
			continue
		case muted[tag]:
			mute = tag
		}
		b.start(tag, attributes(z, more))
	}
}

// attributes returns those of the current tag that we look at, the first of
// each name.
func attributes(z *html.Tokenizer, more bool) []html.Attribute {
	var list []html.Attribute
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		name := string(key)
		same := func(a html.Attribute) bool { return a.Key == name }
		if slices.Contains(looked, name) && !slices.ContainsFunc(list, same) {
			list = append(list, html.Attribute{Key: name, Val: tidy(string(value))})
		}
	}
	return list
}

func (b *builder) top() *node { return b.stack[len(b.stack)-1] }

func (b *builder) add(n *node) {
	b.top().kids = append(b.top().kids, n)
	for i := len(b.stack) - 1; n.block && !b.stack[i].block; i-- {
		b.stack[i].block = true
	}
}

func (b *builder) write(text string) {
	if text != "" {
		b.add(&node{text: text})
	}
}

// start opens an element that we know. Others leave no trace.
func (b *builder) start(name string, attrs []html.Attribute) {
	n := &node{tag: inlineTags[name], attrs: attrs}
	if n.tag == "span" && n.attr("id") == "" { // it says nothing
		return
	}
	if n.tag == "" {
		if n.tag = blockTags[name]; n.tag == "" {
			return
		}
		n.block = true
		b.makeRoom(n.tag)
		if name == "center" {
			n.attrs = append(n.attrs, html.Attribute{Key: "align", Val: "center"})
		}
	}
	if void[n.tag] {
		b.add(n)
		return
	}
	if len(b.stack) > maxDepth {
		return
	}
	b.add(n)
	b.stack = append(b.stack, n)
	b.open[n.tag]++
}

// within says up to where an element that may be left open is looked for, when
// one of its kind begins.
var within = map[string]struct{ ends, upTo []string }{
	"li":      {[]string{"li"}, []string{"ul", "ol"}},
	"dt":      {[]string{"dt", "dd"}, []string{"dl"}},
	"dd":      {[]string{"dt", "dd"}, []string{"dl"}},
	"td":      {[]string{"td", "th", "caption"}, []string{"tr", "table"}},
	"th":      {[]string{"td", "th", "caption"}, []string{"tr", "table"}},
	"tr":      {[]string{"tr", "caption"}, []string{"table"}},
	"thead":   {[]string{"thead", "tbody", "caption"}, []string{"table"}},
	"tbody":   {[]string{"thead", "tbody", "caption"}, []string{"table"}},
	"caption": {[]string{"caption"}, []string{"table"}},
}

// makeRoom closes what a block of this kind cannot stand in.
func (b *builder) makeRoom(tag string) {
	for i := len(b.stack) - 1; i > 0; i-- {
		if t := b.stack[i].tag; t == "p" || heading(t) && heading(tag) {
			b.cut(i)
			break
		} else if blockTags[t] != "" {
			break
		}
	}
	rule, ok := within[tag]
	if !ok {
		return
	}
	last := 0
	for i := len(b.stack) - 1; i > 0 && !slices.Contains(rule.upTo, b.stack[i].tag); i-- {
		if slices.Contains(rule.ends, b.stack[i].tag) {
			last = i
			if tag != "tr" && tag != "thead" && tag != "tbody" {
				break
			}
		}
	}
	if last > 0 {
		b.cut(last)
	}
}

// end closes the innermost element of that name, if it is open. An end tag in a
// cell of a table does not reach out of it.
func (b *builder) end(name string) {
	tag := inlineTags[name]
	if tag == "" {
		tag = blockTags[name]
	}
	if b.open[tag] == 0 {
		return
	}
	ofTable := tag == "table" || within[tag].upTo != nil && tag != "li" && tag != "dt" && tag != "dd"
	for i := len(b.stack) - 1; i > 0; i-- {
		switch t := b.stack[i].tag; {
		case t == tag:
			b.cut(i)
			return
		case (t == "td" || t == "th") && !ofTable, t == "table":
			return
		}
	}
}

// cut closes the elements from the given place of the stack on.
func (b *builder) cut(from int) {
	for _, n := range b.stack[from:] {
		b.open[n.tag]--
	}
	b.stack = b.stack[:from]
}

func heading(tag string) bool {
	return len(tag) == 2 && tag[0] == 'h' && '1' <= tag[1] && tag[1] <= '6'
}

// attr returns an attribute, "" if it is absent.
func (n *node) attr(name string) string {
	v, _ := n.lookup(name)
	return v
}

func (n *node) lookup(name string) (string, bool) {
	for _, a := range n.attrs {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

func (n *node) hasClass(class string) bool {
	return slices.Contains(strings.Fields(n.attr("class")), class)
}

// blank reports whether there is nothing to see in n.
func (n *node) blank() bool {
	switch {
	case n.tag == "":
		return blank(n.text)
	case n.tag == "img" || n.tag == "hr" || n.tag == "iframe" || n.anchor():
		return false
	}
	return !slices.ContainsFunc(n.kids, func(k *node) bool { return !k.blank() })
}

// anchor reports whether n is a place that links lead to.
func (n *node) anchor() bool { return n.tag == "span" && n.attr("id") != "" }

func blank(s string) bool { return strings.Trim(s, " \t\n\u00a0") == "" }

// seen returns the children with something to see.
func (n *node) seen() []*node {
	var list []*node
	for _, k := range n.kids {
		if !k.blank() {
			list = append(list, k)
		}
	}
	return list
}

// only returns the one child with something to see, or nil.
func (n *node) only() *node {
	var one *node
	for _, k := range n.kids {
		if k.blank() {
			continue
		}
		if one != nil {
			return nil
		}
		one = k
	}
	return one
}

// words returns the text of n as one line; pictures count by their alt text.
func (n *node) words() string {
	var b strings.Builder
	n.gather(&b)
	return strings.Join(strings.Fields(b.String()), " ")
}

func (n *node) gather(b *strings.Builder) {
	b.WriteString(n.text)
	if n.tag == "img" {
		b.WriteString(n.attr("alt"))
	}
	if n.block || n.tag == "br" {
		b.WriteByte(' ')
	}
	for _, k := range n.kids {
		k.gather(b)
	}
	if n.block {
		b.WriteByte(' ')
	}
}
