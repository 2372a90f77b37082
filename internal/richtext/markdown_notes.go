package richtext

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	nodes "github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Footnotes in Markdown, "[^1]" and "[^1]: Text", become raised numbers and a
// list at the end that lead to each other. A body of that form becomes footnotes
// again.

// A footnote is the text of one.
type footnote struct {
	ast.BaseBlock
	label    string
	referred bool // by the text
}

// A footnoteRef is where the text has its number.
type footnoteRef struct {
	ast.BaseInline
	note  *footnote
	first bool
}

// A footnoteList holds the footnotes, at the end. A backLink leads from one to
// its place in the text.
type (
	footnoteList struct{ ast.BaseBlock }
	backLink     struct {
		ast.BaseInline
		number int
	}
)

var (
	kindFootnote     = ast.NewNodeKind("Footnote")
	kindFootnoteRef  = ast.NewNodeKind("FootnoteRef")
	kindFootnoteList = ast.NewNodeKind("FootnoteList")
	kindBackLink     = ast.NewNodeKind("BackLink")
)

func (*footnote) Kind() ast.NodeKind     { return kindFootnote }
func (*footnoteRef) Kind() ast.NodeKind  { return kindFootnoteRef }
func (*footnoteList) Kind() ast.NodeKind { return kindFootnoteList }
func (*backLink) Kind() ast.NodeKind     { return kindBackLink }

func (n *footnote) Dump(source []byte, level int)     { ast.DumpHelper(n, source, level, nil, nil) }
func (n *footnoteRef) Dump(source []byte, level int)  { ast.DumpHelper(n, source, level, nil, nil) }
func (n *footnoteList) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }
func (n *backLink) Dump(source []byte, level int)     { ast.DumpHelper(n, source, level, nil, nil) }

var (
	noteHead = regexp.MustCompile(`^ {0,3}\[\^([^\]\[\s]{1,100})\]:[ \t]*`)
	noteRef  = regexp.MustCompile(`^\[\^([^\]\[\s]{1,100})\]`)
)

// footnoteParser reads the texts of footnotes.
type footnoteParser struct{}

// Trigger implements parser.BlockParser.
func (footnoteParser) Trigger() []byte { return []byte{'['} }

// Open implements parser.BlockParser.
func (footnoteParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, _ := reader.PeekLine()
	m := noteHead.FindSubmatch(line)
	if m == nil {
		return nil, parser.NoChildren
	}
	w := workOf(pc)
	n := &footnote{label: string(m[1])}
	if w.notes[n.label] != nil { // the first of a label counts, the others are text
		return nil, parser.NoChildren
	}
	if w.notes == nil {
		w.notes = map[string]*footnote{}
	}
	w.notes[n.label] = n
	w.noteOrder = append(w.noteOrder, n)
	if len(m[0]) >= len(line) || line[len(m[0])] == '\n' {
		reader.AdvanceToEOL()
	} else {
		reader.Advance(len(m[0]))
	}
	return n, parser.HasChildren
}

// Continue implements parser.BlockParser: what is indented belongs to the note.
func (footnoteParser) Continue(_ ast.Node, reader text.Reader, _ parser.Context) parser.State {
	line, _ := reader.PeekLine()
	if util.IsBlank(line) {
		return parser.Continue | parser.HasChildren
	}
	at, padding := util.IndentPosition(line, reader.LineOffset(), 4)
	if at < 0 {
		return parser.Close
	}
	reader.AdvanceAndSetPadding(at, padding)
	return parser.Continue | parser.HasChildren
}

// Close implements parser.BlockParser.
func (footnoteParser) Close(ast.Node, text.Reader, parser.Context) {}

// CanInterruptParagraph implements parser.BlockParser.
func (footnoteParser) CanInterruptParagraph() bool { return true }

// CanAcceptIndentedLine implements parser.BlockParser.
func (footnoteParser) CanAcceptIndentedLine() bool { return false }

// footnoteRefParser reads the places of footnotes in the text.
type footnoteRefParser struct{}

// Trigger implements parser.InlineParser.
func (footnoteRefParser) Trigger() []byte { return []byte{'['} }

// Parse implements parser.InlineParser. What no footnote is called is text.
func (footnoteRefParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, _ := block.PeekLine()
	m := noteRef.FindSubmatch(line)
	if m == nil {
		return nil
	}
	w := workOf(pc)
	note := w.notes[string(m[1])]
	if note == nil {
		return nil
	}
	block.Advance(len(m[0]))
	return &footnoteRef{note: note}
}

// footnotes numbers the footnotes as the text refers to them and puts them at
// its end.
type footnotes struct{}

// Transform implements parser.ASTTransformer.
func (footnotes) Transform(doc *ast.Document, _ text.Reader, pc parser.Context) {
	w := workOf(pc)
	if len(w.noteOrder) == 0 {
		return
	}
	var order []*footnote
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if ref, ok := n.(*footnoteRef); ok && entering && !ref.note.referred {
			ref.first, ref.note.referred = true, true
			order = append(order, ref.note)
		}
		return ast.WalkContinue, nil
	})
	for _, n := range w.noteOrder {
		if !n.referred {
			order = append(order, n)
		}
	}
	list := &footnoteList{}
	for i, n := range order {
		n.number(i + 1)
		n.Parent().RemoveChild(n.Parent(), n)
		list.AppendChild(list, n)
		if n.referred {
			n.leadBack(i + 1)
		}
	}
	doc.AppendChild(doc, list)
}

func (n *footnote) number(i int) { n.SetAttributeString("number", i) }

func numberOf(n *footnote) string {
	v, _ := n.AttributeString("number")
	i, _ := v.(int)
	return strconv.Itoa(i)
}

// leadBack appends the way back to a note.
func (n *footnote) leadBack(number int) {
	last := n.LastChild()
	if last == nil || last.Kind() != ast.KindParagraph && last.Kind() != ast.KindTextBlock {
		last = ast.NewParagraph()
		n.AppendChild(n, last)
	}
	last.AppendChild(last, &backLink{number: number})
}

func registerFootnotes(reg nodes.NodeRendererFuncRegisterer) {
	reg.Register(kindFootnoteRef, func(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
		if ref := node.(*footnoteRef); entering {
			number := numberOf(ref.note)
			put(w, "<sup><a")
			if ref.first {
				put(w, ` id="fnref-`, number, `"`)
			}
			put(w, ` href="#fn-`, number, `">`, number, "</a></sup>")
		}
		return ast.WalkContinue, nil
	})
	reg.Register(kindFootnoteList, func(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			put(w, "<ol>")
		} else {
			put(w, "</ol>")
		}
		return ast.WalkContinue, nil
	})
	reg.Register(kindFootnote, func(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			put(w, `<li id="fn-`, numberOf(node.(*footnote)), `">`)
		} else {
			put(w, "</li>")
		}
		return ast.WalkContinue, nil
	})
	reg.Register(kindBackLink, func(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			put(w, ` <a href="#fnref-`, strconv.Itoa(node.(*backLink).number), `">↩</a>`)
		}
		return ast.WalkContinue, nil
	})
}

// withFootnotes writes a body whose last list are footnotes. It returns "" if
// there are none, or if it would not be read as that body again.
func withFootnotes(body string, doc *document) string {
	last := len(doc.blocks) - 1
	if last < 1 {
		return ""
	}
	notes, ok := doc.blocks[last].(*list)
	if !ok || !notes.ordered || notes.attrs != (attrs{}) || notes.start+notes.kind != "" || notes.reversed {
		return ""
	}
	w := &markdown{}
	var texts []string
	for i, n := range notes.items {
		blocks, ok := noteText(n, strconv.Itoa(i+1))
		if !ok {
			return ""
		}
		w.depth++
		texts = append(texts, indent(w.blocks(blocks), "[^"+strconv.Itoa(i+1)+"]: ", "    "))
		w.depth--
	}
	w = &markdown{notes: len(notes.items)}
	text := w.blocks(doc.blocks[:last]) + "\n\n" + strings.Join(texts, "\n\n") + "\n"
	if again, err := (Cleaner{Frames: anyHost}).FromMarkdown(noDeadline, text); err != nil || again != body {
		return ""
	}
	return text
}

// noteText returns the text of a footnote without its place and its way back,
// and whether an item is one.
func noteText(n *item, number string) ([]block, bool) {
	blocks := slices.Clone(n.blocks)
	first, ok := blocks[0].(*paragraph)
	if !ok || len(first.runs) == 0 || first.runs[0].anchor != "fn-"+number || n.attrs.dir+n.attrs.lang+n.value != "" {
		return nil, false
	}
	blocks[0] = &paragraph{first.attrs, slices.Clone(first.runs[1:])}
	p, ok := blocks[len(blocks)-1].(*paragraph)
	if !ok || len(p.runs) == 0 {
		return nil, false
	}
	back := p.runs[len(p.runs)-1]
	if l := linkOf(back); l == nil || l.href != "#fnref-"+number || back.text != "↩" || len(back.marks) != 1 {
		return nil, false
	}
	runs := trimSpace(slices.Clone(p.runs[:len(p.runs)-1]))
	if blocks[len(blocks)-1] = (&paragraph{p.attrs, runs}); len(runs) == 0 {
		if blocks = blocks[:len(blocks)-1]; len(blocks) == 0 {
			return nil, false
		}
	}
	return blocks, true
}

// noteNumber returns the number of the footnote that raised runs refer to, or
// "".
func noteNumber(runs []run, depth, notes int) string {
	last := runs[len(runs)-1]
	if len(runs) > 2 || len(runs) == 2 && !strings.HasPrefix(runs[0].anchor, "fnref-") || len(last.marks) != depth+2 {
		return ""
	}
	l := last.marks[depth+1].link
	n, err := strconv.Atoi(last.text)
	if l == nil || l.href != "#fn-"+last.text || err != nil || n < 1 || n > notes {
		return ""
	}
	return last.text
}
