package richtext

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	tasks "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	nodes "github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// FromMarkdown returns GitHub-flavoured Markdown as a clean body. HTML inside it
// counts and is cleaned like any other; a heading may name its id as in
// "# Title {#h_0d8a2f2ea4}". Boxes of task lists become ☐ and ☑. Errors are
// those of Clean.
func FromMarkdown(markdown string) (string, error) {
	var out strings.Builder
	ids := parser.WithContext(parser.NewContext(parser.WithIDs(slugs{})))
	if err := gfm.Convert([]byte(tidy(markdown)), &out, ids); err != nil {
		return "", fmt.Errorf("convert Markdown: %w", err)
	}
	return Clean(out.String())
}

// gfm lets raw HTML pass because Clean comes after it. Its heading ids are not
// kept; they tell where links like [see below](#some-heading) lead.
var gfm = goldmark.New(
	goldmark.WithExtensions(extension.GFM),
	goldmark.WithParserOptions(parser.WithAutoHeadingID(), parser.WithAttribute()),
	goldmark.WithRendererOptions(html.WithUnsafe(), nodes.WithNodeRenderers(util.Prioritized(checkBoxes{}, 1))),
)

// checkBoxes writes the boxes of task lists as characters, since form elements
// do not survive cleaning.
type checkBoxes struct{}

func (checkBoxes) RegisterFuncs(reg nodes.NodeRendererFuncRegisterer) {
	reg.Register(tasks.KindTaskCheckBox, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			box := "☐ "
			if n.(*tasks.TaskCheckBox).IsChecked {
				box = "☑ "
			}
			_, _ = w.WriteString(box)
		}
		return ast.WalkContinue, nil
	})
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
