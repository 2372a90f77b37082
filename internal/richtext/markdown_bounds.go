package richtext

import (
	"bytes"
	"context"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	tables "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// The library's parsers look again and again at what they have seen when a text
// is made for it: quotes in quotes, emphasis or links that nothing closes, short
// rows under a wide header. Each parser below stands in front of one of the
// library's and bounds how far it looks, so that the whole takes time in
// proportion to the text. What goes beyond a bound is text, but for blocks that
// are nested too deep: they are refused, as in HTML.
const (
	maxNesting    = maxDepth // blocks open in one another; every line looks at all of them
	maxDelimiters = 1000     // of emphasis in a block; a closing one looks at all before it
	maxParens     = 32       // open in an address, the number that CommonMark suggests
	fewLines      = 200      // definitions of links that are taken out of a paragraph at once
)

// blockParsers are the library's, those of containers bounded.
func blockParsers() []util.PrioritizedValue {
	return []util.PrioritizedValue{
		util.Prioritized(nested{footnoteParser{}}, 50),
		util.Prioritized(parser.NewSetextHeadingParser(), 100),
		util.Prioritized(parser.NewThematicBreakParser(), 200),
		util.Prioritized(nested{parser.NewListParser()}, 300),
		util.Prioritized(parser.NewListItemParser(), 400),
		util.Prioritized(parser.NewCodeBlockParser(), 500),
		util.Prioritized(parser.NewATXHeadingParser(), 600),
		util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
		util.Prioritized(nested{parser.NewBlockquoteParser()}, 800),
		util.Prioritized(parser.NewHTMLBlockParser(), 900),
		util.Prioritized(parser.NewParagraphParser(), 1000),
	}
}

// inlineParsers are the library's and those of GitHub's notation, bounded.
func inlineParsers() []util.PrioritizedValue {
	return []util.PrioritizedValue{
		util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
		util.Prioritized(codeSpans{parser.NewCodeSpanParser()}, 100),
		util.Prioritized(footnoteRefParser{}, 150),
		util.Prioritized(links{parser.NewLinkParser()}, 200),
		util.Prioritized(parser.NewAutoLinkParser(), 300),
		util.Prioritized(parser.NewRawHTMLParser(), 400),
		util.Prioritized(emphasis{parser.NewEmphasisParser()}, 500),
		util.Prioritized(emphasis{extension.NewStrikethroughParser()}, 500),
		util.Prioritized(extension.NewLinkifyParser(), 999),
	}
}

// paragraphTransformers find definitions of links and tables in paragraphs.
func paragraphTransformers() []util.PrioritizedValue {
	return []util.PrioritizedValue{
		util.Prioritized(alerts{}, 50),
		util.Prioritized(definitions{}, 100),
		util.Prioritized(pipes{extension.NewTableParagraphTransformer()}, 200),
	}
}

// work is what is known of a text while it is parsed.
type work struct {
	ctx   context.Context
	steps int

	block      ast.Node    // whose text is read now
	delimiters int         // of it so far
	lastRun    map[int]int // where its last run of so many backticks is

	notes     map[string]*footnote // by their labels
	noteOrder []*footnote
}

// noDeadline is the context of work that nobody waits for.
var noDeadline = context.Background()

var workKey = parser.NewContextKey()

// A gone is what ends parsing: nobody waits for it any more, or it was refused.
type gone struct{ error }

// workOf returns the work under way. Now and then it looks whether anybody still
// waits for it.
func workOf(pc parser.Context) *work {
	w, ok := pc.Get(workKey).(*work)
	if !ok {
		w = &work{ctx: context.Background()}
		pc.Set(workKey, w)
	}
	if w.steps++; w.steps%256 == 0 {
		if err := w.ctx.Err(); err != nil {
			panic(gone{err})
		}
	}
	return w
}

// of returns the work on one block.
func (w *work) of(block ast.Node) *work {
	if w.block != block {
		w.block, w.delimiters, w.lastRun = block, 0, nil
	}
	return w
}

// nested opens blocks that hold blocks, up to a depth.
type nested struct{ parser.BlockParser }

// Open implements parser.BlockParser.
func (n nested) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	workOf(pc)
	block, state := n.BlockParser.Open(parent, reader, pc)
	if block != nil && len(pc.OpenedBlocks()) >= maxNesting {
		panic(gone{tooDeep()})
	}
	return block, state
}

// codeSpans knows where the last run of backticks of each length is, so that
// one without an end is not looked for to the end of the block.
type codeSpans struct{ parser.InlineParser }

// Parse implements parser.InlineParser.
func (c codeSpans) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	w := workOf(pc).of(parent)
	if w.lastRun == nil {
		w.lastRun = lastRuns(block)
	}
	line, segment := block.PeekLine()
	n := runLength(line, 0)
	if w.lastRun[n] > segment.Start {
		return c.InlineParser.Parse(parent, block, pc)
	}
	block.Advance(n)
	return ast.NewTextSegment(segment.WithStop(segment.Start + n))
}

func lastRuns(block text.Reader) map[int]int {
	runs := map[int]int{}
	number, at := block.Position()
	for {
		line, segment := block.PeekLine()
		if line == nil {
			break
		}
		for i := 0; i < len(line); {
			if n := runLength(line, i); n > 0 {
				runs[n] = segment.Start + i
				i += n
			} else {
				i++
			}
		}
		block.AdvanceLine()
	}
	block.SetPosition(number, at)
	return runs
}

// runLength returns how many backticks there are in line from i on.
func runLength(line []byte, i int) int {
	n := 0
	for i+n < len(line) && line[i+n] == '`' {
		n++
	}
	return n
}

// emphasis reads * and _, or ~. Those that can neither open nor close anything
// are no delimiters, nor are those of a block that has more than enough.
type emphasis struct{ parser.InlineParser }

// Parse implements parser.InlineParser.
func (e emphasis) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	d := parser.ScanDelimiter(line, before, 1, same(line[0]))
	w := workOf(pc).of(parent)
	if d == nil || line[0] == '~' && (d.OriginalLength > 2 || before == '~') {
		return e.InlineParser.Parse(parent, block, pc)
	}
	if w.delimiters < maxDelimiters && (d.CanOpen || d.CanClose) {
		w.delimiters++
		return e.InlineParser.Parse(parent, block, pc)
	}
	block.Advance(d.OriginalLength)
	return ast.NewTextSegment(segment.WithStop(segment.Start + d.OriginalLength))
}

// same is a processor of delimiters of which only the character counts.
type same byte

func (s same) IsDelimiter(c byte) bool                 { return c == byte(s) }
func (same) CanOpenCloser(_, _ *parser.Delimiter) bool { return false }
func (same) OnMatch(int) ast.Node                      { return nil }

// links reads links and images whose addresses are not made of brackets.
type links struct{ parser.InlineParser }

// Parse implements parser.InlineParser.
func (l links) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	workOf(pc)
	line, _ := block.PeekLine()
	if len(line) > 1 && line[0] == ']' && line[1] == '(' && !isTarget(line[2:]) {
		block = shut{block}
	}
	return l.InlineParser.Parse(parent, block, pc)
}

// CloseBlock implements parser.CloseBlocker.
func (l links) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	l.InlineParser.(parser.CloseBlocker).CloseBlock(parent, block, pc)
}

// A shut is a reader in which no bracket opens after the text of a link.
type shut struct{ text.Reader }

// Peek implements text.Reader.
func (s shut) Peek() byte {
	if c := s.Reader.Peek(); c != '(' {
		return c
	}
	return 0
}

// isTarget reports whether an address can begin a line: in angle brackets
// without another one inside, or without more brackets open than maxParens.
func isTarget(line []byte) bool {
	line = bytes.TrimLeft(line, " \t\r\n")
	angled := len(line) > 0 && line[0] == '<'
	open := 0
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '\\':
			i++
		case angled && i > 0 && (c == '<' || c == '\n'):
			return false
		case angled && c == '>':
			return true
		case angled:
		case c == '(':
			if open++; open > maxParens {
				return false
			}
		case c == ')':
			if open--; open < 0 {
				return true
			}
		case util.IsSpace(c):
			return true
		}
	}
	return !angled
}

// definitions takes the definitions of links out of a paragraph, a few at a
// time: the library moves all that is left for each.
type definitions struct{}

// Transform implements parser.ParagraphTransformer.
func (definitions) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	find := parser.LinkReferenceParagraphTransformer.Transform
	lines, source := node.Lines(), reader.Source()
	if lines.Len() <= fewLines {
		find(node, reader, pc)
		return
	}
	for from := 0; from < lines.Len(); {
		workOf(pc)
		to := min(from+fewLines, lines.Len())
		for to < lines.Len() && !beginsDefinition(lines.At(to), source) {
			to++
		}
		some := ast.NewParagraph()
		some.Lines().AppendAll(lines.Sliced(from, to))
		node.Parent().InsertBefore(node.Parent(), node, some)
		find(some, reader, pc)
		if some.Parent() != nil { // its text has begun, which no definition follows
			left := some.Lines()
			left.AppendAll(lines.Sliced(to, lines.Len()))
			node.SetLines(left)
			some.Parent().RemoveChild(some.Parent(), some)
			return
		}
		from = to
	}
	node.Parent().RemoveChild(node.Parent(), node)
}

func beginsDefinition(line text.Segment, source []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(line.Value(source), " "), []byte("["))
}

// pipes makes tables, but not of few bytes a table of many cells.
type pipes struct{ parser.ParagraphTransformer }

// Transform implements parser.ParagraphTransformer.
func (p pipes) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	workOf(pc)
	lines, size, columns := node.Lines(), 0, 0
	for i := range lines.Len() {
		at := lines.At(i)
		line := at.Value(reader.Source())
		size += len(line)
		if len(bytes.Trim(line, "-:| \t\r\n")) == 0 {
			columns = max(columns, bytes.Count(line, []byte("|")))
		}
	}
	if columns*lines.Len() <= 2*size+16<<10 {
		p.ParagraphTransformer.Transform(node, reader, pc)
	}
}

// cellCode takes the backslashes before pipes out of code in the cells of a
// table, where they kept the cell from ending.
type cellCode struct{}

// Transform implements parser.ASTTransformer.
func (cellCode) Transform(doc *ast.Document, reader text.Reader, _ parser.Context) {
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering && n.Kind() == ast.KindCodeSpan && inCellOfTable(n) {
			for c := n.FirstChild(); c != nil; {
				next := c.NextSibling()
				if t, ok := c.(*ast.Text); ok {
					splitAtPipes(n, t, reader.Source())
				}
				c = next
			}
		}
		return ast.WalkContinue, nil
	})
}

func inCellOfTable(n ast.Node) bool {
	for p := n.Parent(); p != nil && p.Type() == ast.TypeInline || p != nil && p.Kind() == tables.KindTableCell; p = p.Parent() {
		if p.Kind() == tables.KindTableCell {
			return true
		}
	}
	return false
}

// splitAtPipes replaces a text in code by its parts without the backslashes.
func splitAtPipes(code ast.Node, t *ast.Text, source []byte) {
	s := t.Segment
	for {
		i := bytes.Index(s.Value(source), []byte(`\|`))
		if i < 0 {
			break
		}
		code.InsertBefore(code, t, ast.NewRawTextSegment(s.WithStop(s.Start+i)))
		s = s.WithStart(s.Start + i + 1)
	}
	t.Segment = s
}
