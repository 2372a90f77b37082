package body

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
)

// taken lists the grammars we take from Chroma.
var taken = []string{
	"Bash", "Bash Session", "C", "C#", "C++", "CSS", "Dart", "Diff", "Django/Jinja", "Docker", "GraphQL", "HTML",
	"INI", "Java", "JavaScript", "JSON", "Kotlin", "Makefile", "Nginx configuration file", "PHP", "PowerShell",
	"Python", "react", "Ruby", "Rust", "SCSS", "SQL", "Swift", "Terraform", "TOML", "TypeScript", "XML", "YAML",
}

func TestGrammarsAreThoseOfChroma(t *testing.T) {
	files := strings.NewReplacer(" ", "_", "/", "_", "#", "sharp", "+", "p")
	for _, name := range taken {
		lexer, ok := lexers.Get(name).(*chroma.RegexLexer)
		if !ok {
			t.Fatalf("Chroma has no grammar %q", name)
		}
		want, err := chroma.Marshal(lexer)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		path := filepath.Join("grammar", strings.ToLower(files.Replace(name))+".xml")
		if *update {
			if err := os.WriteFile(path, append(want, '\n'), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		got, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(states(got), states(want)) {
			t.Errorf("%s differs from Chroma's %s (run with -update to take it over)", path, name)
		}
	}
	const ours = 1 // go.xml: Chroma's is not data but code
	if found, _ := filepath.Glob("grammar/*.xml"); len(found) != len(taken)+ours {
		t.Errorf("%d grammars in the folder, %d are listed", len(found), len(taken)+ours)
	}
}

// states returns the parts of a grammar in an order of their own; Chroma writes
// them in any.
func states(grammar []byte) []string {
	parts := strings.Split(strings.TrimSuffix(strings.TrimSpace(string(grammar)), "</rules>\n</lexer>"), "<state ")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	slices.Sort(parts)
	return parts
}

func TestEveryGrammarIsKnownByItsName(t *testing.T) {
	for _, name := range append([]string{"Go"}, taken...) {
		if languages()[strings.ToLower(name)] == nil {
			t.Errorf("%s cannot be read", name)
		}
	}
}
