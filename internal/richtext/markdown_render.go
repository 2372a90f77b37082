package richtext

import (
	"bytes"
	stdhtml "html"
	"strings"

	"github.com/yuin/goldmark/ast"
	tables "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	nodes "github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// markup renders what goldmark would render otherwise than HTML sent by a
// client would arrive: addresses as they are written, code without a line feed
// at its end, images without an empty description.
type markup struct{}

func (markup) RegisterFuncs(reg nodes.NodeRendererFuncRegisterer) {
	registerFootnotes(reg)
	reg.Register(ast.KindBlockquote, renderQuote)
	reg.Register(tables.KindTaskCheckBox, renderCheckBox)
	reg.Register(ast.KindLink, renderLink)
	reg.Register(ast.KindAutoLink, renderAutoLink)
	reg.Register(ast.KindImage, renderImage)
	reg.Register(ast.KindFencedCodeBlock, renderFenced)
}

// renderCheckBox writes the box of a task as a character, since form elements do
// not survive cleaning.
func renderCheckBox(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		box := "☐ "
		if n.(*tables.TaskCheckBox).IsChecked {
			box = "☑ "
		}
		_, _ = w.WriteString(box)
	}
	return ast.WalkContinue, nil
}

// put writes strings; what an error would mean, the buffer reports when it is
// flushed.
func put(w util.BufWriter, parts ...string) {
	for _, s := range parts {
		_, _ = w.WriteString(s)
	}
}

// value writes an attribute unless it is empty.
func value(w util.BufWriter, name, v string) {
	if v != "" {
		put(w, " ", name, `="`, stdhtml.EscapeString(v), `"`)
	}
}

// written writes an attribute that is still as it stands in the source, escapes
// and all, unless it is empty.
func written(w util.BufWriter, name string, v []byte) {
	if len(v) > 0 {
		put(w, " ", name, `="`)
		html.DefaultWriter.Write(w, v)
		put(w, `"`)
	}
}

func renderLink(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		put(w, "</a>")
		return ast.WalkContinue, nil
	}
	n := node.(*ast.Link)
	put(w, "<a")
	written(w, "href", n.Destination)
	written(w, "title", n.Title)
	put(w, ">")
	return ast.WalkContinue, nil
}

func renderAutoLink(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*ast.AutoLink)
	href := string(n.URL(source))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(href), "mailto:") {
		href = "mailto:" + href
	}
	put(w, "<a")
	value(w, "href", href)
	put(w, ">", stdhtml.EscapeString(string(n.Label(source))), "</a>")
	return ast.WalkContinue, nil
}

func renderImage(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*ast.Image)
	put(w, "<img")
	written(w, "src", n.Destination)
	var alt bytes.Buffer
	describe(&alt, source, n)
	if alt.Len() > 0 { // escaped already
		put(w, ` alt="`, alt.String(), `"`)
	}
	written(w, "title", n.Title)
	put(w, ">")
	return ast.WalkSkipChildren, nil
}

// describe writes the text inside an image's brackets.
func describe(alt *bytes.Buffer, source []byte, parent ast.Node) {
	b := util.BufWriter(&buffer{alt})
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			html.DefaultWriter.Write(b, n.Segment.Value(source))
			if n.SoftLineBreak() || n.HardLineBreak() {
				alt.WriteByte(' ')
			}
		case *ast.String:
			html.DefaultWriter.Write(b, n.Value)
		default:
			describe(alt, source, n)
		}
	}
}

// A buffer is a bytes.Buffer as goldmark wants it.
type buffer struct{ *bytes.Buffer }

func (b *buffer) Buffered() int { return 0 }
func (b *buffer) Flush() error  { return nil }

func renderFenced(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*ast.FencedCodeBlock)
	put(w, "<pre><code")
	if language := n.Language(source); language != nil {
		put(w, ` class="language-`)
		html.DefaultWriter.Write(w, language)
		put(w, `"`)
	}
	put(w, ">")
	var code strings.Builder
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		code.Write(line.Value(source))
	}
	put(w, stdhtml.EscapeString(strings.TrimSuffix(code.String(), "\n")), "</code></pre>\n")
	return ast.WalkContinue, nil
}

// noHeader takes away the header of a table that has nothing in it: GitHub's
// notation demands one.
type noHeader struct{}

func (noHeader) Transform(doc *ast.Document, _ text.Reader, _ parser.Context) {
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering && n.Kind() == tables.KindTable {
			if head := n.FirstChild(); isEmptyHeader(head) && head.NextSibling() != nil {
				n.RemoveChild(n, head)
			}
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
}

func isEmptyHeader(n ast.Node) bool {
	if n == nil || n.Kind() != tables.KindTableHeader {
		return false
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.HasChildren() {
			return false
		}
	}
	return true
}
