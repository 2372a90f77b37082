package richtext

import (
	"regexp"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

var alertHead = regexp.MustCompile(`(?i)^\[!(note|tip|important|warning|caution)\]\s*$`)

// alerts finds GitHub's alerts: quotes whose first line is [!NOTE] or the like.
type alerts struct{}

// Transform implements parser.ParagraphTransformer.
func (alerts) Transform(node *ast.Paragraph, reader text.Reader, _ parser.Context) {
	quote := node.Parent()
	if quote.Kind() != ast.KindBlockquote || node.PreviousSibling() != nil {
		return
	}
	lines := node.Lines()
	first := lines.At(0)
	m := alertHead.FindSubmatch(first.Value(reader.Source()))
	if m == nil {
		return
	}
	quote.SetAttributeString("alert", string(m[1]))
	lines.SetSliced(1, lines.Len())
	if lines.Len() == 0 {
		quote.RemoveChild(quote, node)
	}
}

// renderQuote writes a quote, or an alert in the words of GitHub's pages.
func renderQuote(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	kind, is := node.AttributeString("alert")
	switch {
	case is && entering:
		name, _ := kind.(string)
		put(w, `<div class="markdown-alert markdown-alert-`, name, `">`)
	case is:
		put(w, "</div>\n")
	case entering:
		put(w, "<blockquote>\n")
	default:
		put(w, "</blockquote>\n")
	}
	return ast.WalkContinue, nil
}
