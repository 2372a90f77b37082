package testshared_test

import (
	"compress/gzip"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"lectern/internal/testshared"
)

// The checkout must say the same whatever lies beside it: no Go file but the
// command that says so aloud may name a path that leads out of the module.
func TestNothingLeadsOutOfTheRepository(t *testing.T) {
	const root = "../.."
	path := regexp.MustCompile("[\"`](?:\\.\\./)+[^\"`\\s]*[\"`]")
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && slices.Contains([]string{"node_modules", ".git", "testdata"}, d.Name()) {
			return filepath.SkipDir
		}
		if filepath.Ext(name) != ".go" {
			return nil
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		depth := strings.Count(filepath.ToSlash(name), "/") - strings.Count(root, "/") - 1
		for _, found := range path.FindAllString(string(text), -1) {
			if strings.Count(found, "../") > depth && !slices.Contains(outside, filepath.ToSlash(name)+" "+found) {
				t.Errorf("%s names %s", name, found)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// outside are the paths that may lead out of the module.
var outside = []string{
	`../../cmd/fidelity/fidelity.go "../shared/contract"`,             // says aloud whether it was there
	`../../internal/address/address_test.go "../../etc/passwd"`,       // an address
	`../../internal/testshared/testshared_test.go "../../etc/passwd"`, // above
}

func TestLinesAreReadWhereTheFolderIsNamed(t *testing.T) {
	read := func() (list []int) {
		testshared.EachLine(t, "x.jsonl.gz", func(v struct{ N int }) { list = append(list, v.N) })
		return list
	}
	t.Setenv(testshared.Variable, "")
	if got := read(); got != nil {
		t.Errorf("without a folder there are %v", got)
	}
	folder := t.TempDir()
	t.Setenv(testshared.Variable, folder)
	f, err := os.Create(filepath.Join(folder, "x.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(f)
	if _, err := z.Write([]byte("{\"n\":1}\n{\"n\":2}\n")); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if got := read(); !slices.Equal(got, []int{1, 2}) {
		t.Errorf("got %v", got)
	}
}
