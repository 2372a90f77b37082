package richtext

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	nodes "github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// A directive is a block between fences of colons; see Markdown.
type directive struct {
	ast.BaseBlock
	name, label string
	values      map[string]string // a value without one is its name
	fence       int
	after       string // its end tag, once it is rendered
}

var kindDirective = ast.NewNodeKind("Directive")

// Kind implements ast.Node.
func (d *directive) Kind() ast.NodeKind { return kindDirective }

// Dump implements ast.Node.
func (d *directive) Dump(source []byte, level int) {
	ast.DumpHelper(d, source, level, map[string]string{"Name": d.name, "Label": d.label}, nil)
}

var (
	directiveHead   = regexp.MustCompile(`^ {0,3}(:{3,}) ?([a-z]+)(?:\[(.*)\])?(?:\{([^\[\]]*|[^{}]*)\})?[ \t]*$`)
	directiveTail   = regexp.MustCompile(`^ {0,3}(:{3,})[ \t]*$`)
	directiveValues = regexp.MustCompile(`([a-z]+)(?:=(?:"((?:[^"\\]|\\.)*)"|([^\s"]+)))?`)
)

// directiveParser reads directives.
type directiveParser struct{}

// Trigger implements parser.BlockParser.
func (directiveParser) Trigger() []byte { return []byte{':'} }

// maxDirectives is how deep directives are nested. A deeper one is text: each
// line looks at all that are open.
const maxDirectives = 32

// Open implements parser.BlockParser. What no directive is called is text.
func (directiveParser) Open(parent ast.Node, reader text.Reader, _ parser.Context) (ast.Node, parser.State) {
	line, _ := reader.PeekLine()
	m := directiveHead.FindSubmatch(util.TrimRightSpace(line))
	if m == nil || directiveTags[string(m[2])] == nil {
		return nil, parser.NoChildren
	}
	depth := 0
	for p := parent; p != nil; p = p.Parent() {
		if p.Kind() == kindDirective {
			depth++
		}
	}
	if depth == maxDirectives {
		return nil, parser.NoChildren
	}
	d := &directive{name: string(m[2]), label: string(m[3]), values: map[string]string{}, fence: len(m[1])}
	for _, v := range directiveValues.FindAllStringSubmatch(string(m[4]), -1) {
		name, text := v[1], v[3]
		if text == "" {
			text = unescape(v[2])
		}
		if !strings.Contains(v[0], "=") {
			text = name
		}
		d.values[name] = text
	}
	reader.AdvanceToEOL()
	return d, parser.HasChildren
}

func unescape(s string) string { return strings.NewReplacer(`\\`, `\`, `\"`, `"`).Replace(s) }

// Continue implements parser.BlockParser. A fence at least as long ends the
// innermost directive that is open, unless it stands in code.
func (directiveParser) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	line, _ := reader.PeekLine()
	m := directiveTail.FindSubmatch(util.TrimRightSpace(line))
	if m == nil || len(m[1]) < node.(*directive).fence {
		return parser.Continue | parser.HasChildren
	}
	within := false
	for _, b := range pc.OpenedBlocks() {
		if within && takesFence(b.Node, len(m[1])) {
			return parser.Continue | parser.HasChildren
		}
		within = within || b.Node == node
	}
	reader.AdvanceToEOL()
	return parser.Close
}

// takesFence reports whether an open block inside a directive takes a fence for
// itself.
func takesFence(n ast.Node, length int) bool {
	switch n := n.(type) {
	case *directive:
		return n.fence <= length
	case *ast.FencedCodeBlock:
		return true
	}
	return false
}

// Close implements parser.BlockParser.
func (directiveParser) Close(ast.Node, text.Reader, parser.Context) {}

// CanInterruptParagraph implements parser.BlockParser.
func (directiveParser) CanInterruptParagraph() bool { return true }

// CanAcceptIndentedLine implements parser.BlockParser.
func (directiveParser) CanAcceptIndentedLine() bool { return false }

// directiveTags say what each directive is in HTML: what comes before its
// content, given its label, and what after.
var directiveTags = map[string]func(d *directive, label string, w util.BufWriter) (after string){
	"block": func(d *directive, label string, w util.BufWriter) string {
		put(w, "<div")
		for _, name := range []string{"align", "dir", "lang"} {
			value(w, name, d.values[name])
		}
		put(w, ">", label)
		return "</div>"
	},
	"callout": func(d *directive, label string, w util.BufWriter) string {
		color := calloutColor{d.values["background"], d.values["border"]}
		if color == (calloutColor{}) {
			color = gray
		}
		for b, name := range colorNames {
			if name == d.values["color"] {
				color = calloutColors[b]
			}
		}
		put(w, `<div class="intercom-interblocks-callout"`)
		value(w, "style", "background-color: "+color.background+"; border-color: "+color.border)
		put(w, ">", label)
		return "</div>"
	},
	"collapsible": func(d *directive, label string, w util.BufWriter) string {
		put(w, "<details")
		value(w, "open", d.values["open"])
		put(w, ">")
		if label != "" {
			put(w, "<summary>", label, "</summary>")
		}
		return "</details>"
	},
	"button": func(d *directive, label string, w util.BufWriter) string {
		put(w, `<a class="intercom-h2b-button"`)
		value(w, "href", d.values["href"])
		value(w, "title", d.values["title"])
		put(w, ">", label)
		return "</a>"
	},
	"video": func(d *directive, label string, w util.BufWriter) string {
		put(w, "<iframe")
		value(w, "src", d.values["src"])
		value(w, "title", d.values["title"])
		put(w, "></iframe>", label)
		return ""
	},
}

// directiveRenderer renders directives as HTML that is still to be cleaned.
type directiveRenderer struct{}

func (directiveRenderer) RegisterFuncs(reg nodes.NodeRendererFuncRegisterer) {
	reg.Register(kindDirective, renderDirective)
}

func renderDirective(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	d := node.(*directive)
	if !entering {
		put(w, d.after, "\n")
		return ast.WalkContinue, nil
	}
	var label strings.Builder
	if err := gfm.Convert([]byte(d.label), &label); err != nil {
		return ast.WalkStop, fmt.Errorf("label of %s: %w", d.name, err)
	}
	d.after = directiveTags[d.name](d, label.String(), w)
	put(w, "\n")
	return ast.WalkContinue, nil
}
