// Package testshared finds material that tests may use in addition to their own:
// Intercom's published API descriptions, public documentation, judged questions
// and attacks. Their licences keep them out of the repository.
//
// They are used only where the environment names their folder, as
// "./check shared" does, and never because they lie beside the checkout: a test
// that passes or fails by what is found there says nothing about the checkout.
package testshared

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// Variable names the environment variable that holds the folder. Its path is
// absolute.
const Variable = "LECTERN_SHARED"

// Folder returns a folder of the shared material; false, and a line in the log of
// the test, if there is none.
func Folder(t testing.TB, name string) (string, bool) {
	t.Helper()
	root := os.Getenv(Variable)
	if root == "" {
		t.Logf("%s names no folder: %s is not used; ./check shared does so", Variable, name)
		return "", false
	}
	if !filepath.IsAbs(root) {
		t.Fatalf("%s is %q, and must be an absolute path", Variable, root)
	}
	return filepath.Join(root, name), true
}

// Need is Folder for a test of the shared material alone, which is skipped
// without it.
func Need(t testing.TB, name string) string {
	t.Helper()
	folder, ok := Folder(t, name)
	if !ok {
		t.Skipf("this test is of %s alone", name)
	}
	return folder
}

// EachLine calls do with every JSON line of a compressed file. Without the
// shared material there are none.
func EachLine[T any](t testing.TB, name string, do func(T)) {
	t.Helper()
	path, ok := Folder(t, name)
	if !ok {
		return
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 64<<20)
	n := 0
	for ; lines.Scan(); n++ {
		var v T
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		do(v)
	}
	if err := lines.Err(); err != nil || n == 0 {
		t.Fatalf("%d lines of %s, %v", n, path, err)
	}
}

// Attacks returns attempts to run a script in a page; none without the shared
// material.
func Attacks(t testing.TB) []string {
	t.Helper()
	var list []string
	EachLine(t, "relevance/xss/dev.jsonl.gz", func(attack struct{ Payload string }) { list = append(list, attack.Payload) })
	return list
}
