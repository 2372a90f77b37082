package rest_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"
	"unicode"

	"lectern/internal/apiversion"
	"lectern/internal/app"
	"lectern/internal/wire"
)

// shapes lists the exported structs of package wire, without those that are
// part of the schemas of others: generic ones, and those that read or write
// themselves.
func shapes(t *testing.T) []string {
	t.Helper()
	files, err := wire.Source.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	inner := map[string]bool{}
	for _, f := range files {
		if strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		source, err := wire.Source.ReadFile(f.Name())
		if err != nil {
			t.Fatal(err)
		}
		file, err := parser.ParseFile(token.NewFileSet(), f.Name(), source, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			switch decl := decl.(type) {
			case *ast.FuncDecl:
				if name := decl.Name.Name; name == "MarshalJSON" || name == "UnmarshalJSON" {
					inner[receiver(decl)] = true
				}
			case *ast.GenDecl:
				for _, spec := range decl.Specs {
					spec, ok := spec.(*ast.TypeSpec)
					if !ok || !spec.Name.IsExported() || spec.TypeParams != nil {
						continue
					}
					if _, ok := spec.Type.(*ast.StructType); ok {
						names = append(names, spec.Name.Name)
					}
				}
			}
		}
	}
	return slices.DeleteFunc(names, func(name string) bool { return inner[name] })
}

// receiver names the type that a method is of.
func receiver(method *ast.FuncDecl) string {
	t := method.Recv.List[0].Type
	if pointer, ok := t.(*ast.StarExpr); ok {
		t = pointer.X
	}
	if generic, ok := t.(*ast.IndexExpr); ok {
		t = generic.X
	}
	return t.(*ast.Ident).Name
}

// snake spells a Go name as the name of a schema.
func snake(name string) string {
	var b strings.Builder
	for i, r := range name {
		if unicode.IsUpper(r) && i > 0 {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

func TestEveryShapeIsDescribedInSomeVersion(t *testing.T) {
	s := start(t, app.Config{})
	described := map[string]bool{}
	for _, version := range apiversion.Served() {
		var doc struct {
			Components struct {
				Schemas map[string]struct{ Description string }
			}
		}
		if err := json.Unmarshal(s.ok("GET", "/openapi/"+version+".json", nil).raw, &doc); err != nil {
			t.Fatal(err)
		}
		for name, schema := range doc.Components.Schemas {
			described[name] = true
			if schema.Description == "" {
				t.Errorf("%s: schema %s has no description", version, name)
			}
		}
	}
	for _, name := range shapes(t) {
		if !described[snake(name)] {
			t.Errorf("type %s of package wire is in no description", name)
		}
	}
}
