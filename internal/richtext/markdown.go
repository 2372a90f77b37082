package richtext

import (
	"context"
	"errors"
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
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"lectern"
)

// FromMarkdown returns Markdown as a clean body, as a zero Cleaner does.
func FromMarkdown(markdown string) (string, error) {
	return Cleaner{}.FromMarkdown(context.Background(), markdown)
}

// FromMarkdown returns GitHub-flavoured Markdown as a clean body. HTML inside it
// counts and is cleaned like any other; a heading may name its id as in
// "# Title {#h_0d8a2f2ea4}"; the directives are those of Markdown. Boxes of task
// lists become ☐ and ☑, GitHub's alerts ("> [!NOTE]") callouts, footnotes ("[^1]")
// a list at the end; an image without a description has none. It takes time in
// proportion to the text, and ends with the error of ctx when that is done.
// Other errors are those of Clean.
func (c Cleaner) FromMarkdown(ctx context.Context, markdown string) (body string, err error) {
	defer func() {
		switch end := recover().(type) {
		case nil:
		case gone:
			body, err = "", RefusalOf("body_markdown", end.error)
		default:
			panic(end)
		}
	}()
	source := []byte(tidy(markdown))
	pc := parser.NewContext(parser.WithIDs(slugs{}))
	pc.Set(workKey, &work{ctx: ctx})
	doc := extended.Parser().Parse(text.NewReader(source), parser.WithContext(pc))
	if referred(doc) > maxGrowth*len(source)+growthAllows {
		return "", RefusalOf("body_markdown", tooLarge())
	}
	var out strings.Builder
	if err := extended.Renderer().Render(&out, source, doc); err != nil {
		return "", fmt.Errorf("convert Markdown: %w", err)
	}
	body, err = c.Clean(out.String())
	return body, RefusalOf("body_markdown", err)
}

// RefusalOf says of a refusal of Clean that it is about the field that the HTML
// was made from.
func RefusalOf(field string, err error) error {
	var refusal *lectern.Error
	if !errors.As(err, &refusal) || refusal.Field != "body" {
		return err
	}
	said := *refusal
	said.Field, said.Text = field, strings.Replace(refusal.Text, "body ", field+" ", 1)
	return &said
}

// referred returns how many bytes the addresses and titles make that links take
// from definitions, which many links may share.
func referred(doc ast.Node) int {
	n := 0
	_ = ast.Walk(doc, func(node ast.Node, entering bool) (ast.WalkStatus, error) {
		if link, ok := node.(*ast.Link); ok && entering && link.Reference != nil {
			n += len(link.Destination) + len(link.Title)
		}
		if image, ok := node.(*ast.Image); ok && entering && image.Reference != nil {
			n += len(image.Destination) + len(image.Title)
		}
		return ast.WalkContinue, nil
	})
	return n
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
		goldmark.WithParser(parser.NewParser(
			parser.WithBlockParsers(blockParsers()...),
			parser.WithInlineParsers(inlineParsers()...),
			parser.WithParagraphTransformers(paragraphTransformers()...),
			parser.WithASTTransformers(util.Prioritized(cellCode{}, 0), util.Prioritized(footnotes{}, 500), util.Prioritized(noHeader{}, 1000)),
			parser.WithAutoHeadingID(), parser.WithAttribute(),
		)),
		goldmark.WithRendererOptions(html.WithUnsafe(), nodes.WithNodeRenderers(
			util.Prioritized(markup{}, 1),
			util.Prioritized(extension.NewTableHTMLRenderer(), 500),
			util.Prioritized(extension.NewStrikethroughHTMLRenderer(), 500),
		)),
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
