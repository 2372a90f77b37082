package imports_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// root is the package of the nouns, which all others may import.
const root = "lectern"

// A rule says what packages may import of ours, beside the root: what is not
// said is refused, and so is what is said and not used. Packages are named from
// internal on, but for cmd/…; "x/..." is x and all below it.
type rule struct {
	of, may []string
	never   string // a package of the standard library that they may not import
}

const (
	sql  = "database/sql"
	http = "net/http"
)

// rules are about every package of ours. Arrows point down: from the programs
// over the installation and its doors to the store, and from there to what knows
// neither SQL nor HTTP.
var rules = []rule{
	{of: []string{"search", "richtext", "address", "i18n/..."}, never: http},
	{of: []string{"inverted"}, may: []string{"search"}, never: http},
	{of: []string{"blocks"}, may: []string{"richtext"}, never: http},
	{of: []string{"picture", "meaning/...", "visitor", "worker"}, never: sql},
	{of: []string{"accept", "client", "limit"}, never: sql},
	{of: []string{"kept"}, may: []string{"accept"}, never: sql},
	{of: []string{"design"}, may: []string{"kept"}, never: sql},

	// The shapes of the API, and how its versions differ.
	{of: []string{"wire"}, may: []string{"address", "picture", "richtext"}, never: http},
	{of: []string{"apiversion"}, may: []string{"wire"}, never: sql},
	{of: []string{"openapi"}, may: []string{"apiversion", "wire"}, never: sql},

	// The store. Which engine it is on says who opens it.
	{of: []string{"store/db"}, never: http},
	{of: []string{"store/find"}, may: []string{"store/db", "search", "inverted", "meaning", "richtext"}, never: http},
	{of: []string{"store"}, may: []string{"store/db", "store/find", "search", "meaning", "richtext"}, never: http},
	{of: []string{"store/sqlite", "store/postgres"}, may: []string{"store", "store/db"}, never: http},
	{of: []string{"store/storetest"}, may: []string{"store", "store/db", "meaning", "meaning/standin"}},

	// The doors know neither one another nor the store.
	{of: []string{"hall"}, may: []string{"client"}, never: sql},
	{of: []string{"rest"}, may: []string{"hall", "kept", "limit", "client", "address", "wire", "apiversion", "openapi", "blocks", "richtext", "search"}, never: sql},
	{of: []string{"site"}, may: []string{"hall", "kept", "limit", "design", "i18n", "address", "picture", "visitor", "richtext", "search",
		"site/body", "site/card", "site/fan", "site/theme"}, never: sql},
	{of: []string{"site/body"}, may: []string{"address"}, never: sql},
	{of: []string{"site/fan", "site/theme"}, never: http},
	{of: []string{"site/card"}, may: []string{"site/fan", "site/theme"}, never: http},
	{of: []string{"reference"}, may: []string{"hall", "kept", "design", "apiversion", "openapi"}, never: sql},

	// The installation, and the programs that open one. The command also moves,
	// checks and indexes a database without one.
	{of: []string{"app"}, may: []string{"store", "store/sqlite", "store/postgres", "hall", "rest", "site", "reference", "worker", "limit", "client", "address", "apiversion", "meaning"}},
	{of: []string{"cli"}, may: []string{"app", "apiversion", "client", "demo", "limit", "meaning", "store", "store/db"}},
	{of: []string{"fidelity"}, may: []string{"app", "apiversion"}},
	{of: []string{"demo"}, may: []string{"apiversion", "picture", "richtext"}},
	{of: []string{"tools/..."}, may: []string{"app", "search", "richtext", "testpg"}},
	{of: []string{"cmd/lectern"}, may: []string{"cli"}},
	{of: []string{"cmd/fidelity"}, may: []string{"fidelity", "apiversion"}},

	// For tests alone.
	{of: []string{"differential", "growth", "imports", "site/browser", "testpg", "testshared"}},
}

// A pkg is a package of this module.
type pkg struct {
	ImportPath string
	Imports    []string // without those of tests
}

// name is that of a package in the rules.
func (p pkg) name() string { return short(p.ImportPath) }

func short(path string) string {
	return strings.TrimPrefix(strings.TrimPrefix(path, root+"/"), "internal/")
}

// ours are all packages of this module, read from their sources for every
// platform.
var ours = sync.OnceValues(func() ([]pkg, error) {
	imports := map[string][]string{} // by import path
	top := filepath.Join("..", "..")
	err := filepath.WalkDir(top, func(file string, e fs.DirEntry, err error) error {
		name := e.Name()
		switch {
		case err != nil:
			return err
		case e.IsDir() && file != top && (name == "testdata" || name == "node_modules" || strings.HasPrefix(name, ".")):
			return fs.SkipDir
		case e.IsDir() || !strings.HasSuffix(name, ".go"):
			return nil
		}
		folder, err := filepath.Rel(top, filepath.Dir(file))
		if err != nil {
			return err
		}
		of := path.Join(root, filepath.ToSlash(folder))
		source, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		found := imports[of] // tests alone make a package, too
		if !strings.HasSuffix(name, "_test.go") {
			for _, i := range source.Imports {
				found = append(found, strings.Trim(i.Path.Value, `"`))
			}
		}
		imports[of] = found
		return nil
	})
	var list []pkg
	for _, of := range slices.Sorted(maps.Keys(imports)) {
		list = append(list, pkg{of, imports[of]})
	}
	return list, err
})

func packages(t *testing.T) []pkg {
	t.Helper()
	list, err := ours()
	if err != nil {
		t.Fatal(err)
	}
	if len(list) < 40 {
		t.Fatalf("only %d packages", len(list))
	}
	return list
}

// among reports whether one of the patterns stands for a package.
func among(patterns []string, name string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool {
		below, tree := strings.CutSuffix(p, "/...")
		return name == p || tree && (name == below || strings.HasPrefix(name, below+"/"))
	})
}

func TestTheRootImportsTheStandardLibraryOnly(t *testing.T) {
	for _, p := range packages(t) {
		for _, i := range p.Imports {
			if first, _, _ := strings.Cut(i, "/"); p.ImportPath == root && (first == root || strings.Contains(first, ".")) {
				t.Errorf("it imports %s", i)
			}
		}
	}
}

func TestPackagesImportWhatTheyMay(t *testing.T) {
	for _, p := range packages(t) {
		if p.ImportPath == root {
			continue
		}
		about := slices.DeleteFunc(slices.Clone(rules), func(r rule) bool { return !among(r.of, p.name()) })
		if len(about) != 1 {
			t.Errorf("%d rules are about %s", len(about), p.name())
			continue
		}
		for _, i := range p.Imports {
			if i == about[0].never || strings.HasPrefix(i, root+"/") && !among(about[0].may, short(i)) {
				t.Errorf("%s imports %s", p.name(), i)
			}
		}
	}
}

// TestRulesAllowWhatIsUsed finds what a rule says that is not so, or not any more.
func TestRulesAllowWhatIsUsed(t *testing.T) {
	for _, r := range rules {
		var of []pkg
		for _, p := range packages(t) {
			if among(r.of, p.name()) {
				of = append(of, p)
			}
		}
		if len(of) < len(r.of) {
			t.Errorf("of %q only %d are packages", r.of, len(of))
		}
		for _, may := range r.may {
			if !slices.ContainsFunc(of, func(p pkg) bool {
				return slices.ContainsFunc(p.Imports, func(i string) bool { return short(i) == may })
			}) {
				t.Errorf("%q may import %s and do not", r.of, may)
			}
		}
	}
}
