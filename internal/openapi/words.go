package openapi

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"strings"
	"sync"

	"lectern/internal/wire"
)

// words are what the source of package wire says about a type.
type words struct {
	about  string            // its comment
	fields map[string]string // comments of its fields, by Go name
}

// readWords reads the comments of package wire, by type. They are part of the
// program, so this is done once.
var readWords = sync.OnceValues(func() (map[string]words, error) {
	found := map[string]words{}
	err := fs.WalkDir(wire.Source, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(name, "_test.go") {
			return err
		}
		source, err := fs.ReadFile(wire.Source, name)
		if err != nil {
			return err
		}
		return readFile(found, name, source)
	})
	if err != nil {
		return nil, fmt.Errorf("read the comments of package wire: %w", err)
	}
	return found, nil
})

// readFile adds the comments of the types that a Go file declares.
func readFile(found map[string]words, name string, source []byte) error {
	file, err := parser.ParseFile(token.NewFileSet(), name, source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	for _, decl := range file.Decls {
		types, ok := decl.(*ast.GenDecl)
		if !ok || types.Tok != token.TYPE {
			continue
		}
		for _, spec := range types.Specs {
			spec := spec.(*ast.TypeSpec)
			doc := spec.Doc
			if doc == nil {
				doc = types.Doc
			}
			w := words{about: oneLine(doc), fields: map[string]string{}}
			if shape, ok := spec.Type.(*ast.StructType); ok {
				for _, f := range shape.Fields.List {
					for _, ident := range f.Names {
						w.fields[ident.Name] = oneLine(f.Comment)
					}
				}
			}
			found[spec.Name.Name] = w
		}
	}
	return nil
}

// oneLine returns the text of a comment as one line.
func oneLine(c *ast.CommentGroup) string { return strings.Join(strings.Fields(c.Text()), " ") }
