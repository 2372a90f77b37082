package richtext

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	nodes "github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// FromMarkdown returns GitHub-flavoured Markdown as a clean body. HTML inside it
// counts and is cleaned like any other; a heading may name its id as in
// "# Title {#h_0d8a2f2ea4}"; the directives are those of Markdown. Boxes of task
// lists become ☐ and ☑, an image without a description has none. Errors are
// those of Clean.
func FromMarkdown(markdown string) (string, error) {
	var out strings.Builder
	ids := parser.WithContext(parser.NewContext(parser.WithIDs(slugs{})))
	if err := extended.Convert([]byte(tidy(markdown)), &out, ids); err != nil {
		return "", fmt.Errorf("convert Markdown: %w", err)
	}
	return Clean(out.String())
}

// gfm lets raw HTML pass because Clean comes after it. Its heading ids are not
// kept; they tell where links like [see below](#some-heading) lead. Labels of
// directives are read by it, the rest by extended, which knows directives.
var (
	gfm      = newMarkdown()
	extended = newMarkdown(
		// after fenced code, before HTML and quotes
		goldmark.WithParserOptions(parser.WithBlockParsers(util.Prioritized(directiveParser{}, 750))),
		goldmark.WithRendererOptions(nodes.WithNodeRenderers(util.Prioritized(directiveRenderer{}, 1))),
	)
)

func newMarkdown(more ...goldmark.Option) goldmark.Markdown {
	return goldmark.New(append([]goldmark.Option{
		goldmark.WithExtensions(extension.GFM),
		goldmark.WithParserOptions(parser.WithAutoHeadingID(), parser.WithAttribute(),
			parser.WithASTTransformers(util.Prioritized(noHeader{}, 1000))),
		goldmark.WithRendererOptions(html.WithUnsafe(), nodes.WithNodeRenderers(util.Prioritized(markup{}, 1))),
	}, more...)...)
}

// slugs gives headings the ids that links on GitHub use: words in lower case
// and any script, spaces as hyphens, a number from the second of a kind on. It
// maps each id in use to the last number tried after it.
type slugs map[string]int

// Generate implements parser.IDs.
func (s slugs) Generate(value []byte, _ ast.NodeKind) []byte {
	slug := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) || r == '-' || r == '_':
			return unicode.ToLower(r)
		case r == ' ':
			return '-'
		}
		return -1
	}, strings.TrimSpace(string(value)))
	id := slug
	for _, taken := s[id]; taken; _, taken = s[id] {
		s[slug]++
		id = slug + "-" + strconv.Itoa(s[slug])
	}
	s[id] = 0
	return []byte(id)
}

// Put implements parser.IDs.
func (s slugs) Put(value []byte) { s[string(value)] = 0 }
