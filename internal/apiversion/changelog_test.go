package apiversion

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write docs/api-versions.md instead of comparing with it")

// changelog tells of every version, newest first, in the words of its changes.
func changelog() string {
	var b strings.Builder
	b.WriteString(`# API versions

What each version of the API changed, newest first, as far as it concerns what Lectern serves. A client is answered in the
version that its Intercom-Version header names, else in the one that its access token pins, else in the server's
(` + "`--api-version`" + `, 2.11 unless set). Where nothing names a version and the server's lacks the operation, the oldest
version that has it is taken: internal articles in 2.13, external pages in 2.12. The answer's Intercom-Version says which
it was. One set of data lies under all of them.

Versions before 2.7, such as 1.4 and 2.6, are answered as 2.7, 2.17 as 2.16, and Unstable is another name for Preview.

In every version an answer can be changed and sent back whole. A value equal to what is stored is no change; what differs
is what was changed. That holds where a field stands twice: at the root and in the default locale's entry of
` + "`translated_content`, `body` and `body_markdown`, `parent_id` and `parent_ids`" + `. Only where both of them differ from what
is stored does one go first: the entry before the root, ` + "`parent_ids` before `parent_id`" + `; two bodies are refused then.
A request that holds the ` + "`id`" + ` of the answer counts as one sent back: a ` + "`state`" + ` that is as before neither publishes
what is staged nor ends a schedule. A null that answers hold is no change, sent back by itself, too.

Made by ` + "`go test ./internal/apiversion -update`" + ` from the files of that package.
`)
	for _, v := range Versions {
		fmt.Fprintf(&b, "\n## %s\n\n", v.Name)
		if v.Unserved {
			b.WriteString("Not served yet.\n\n")
		}
		switch {
		case len(v.Changes) > 0:
		case v == Versions[len(Versions)-1]:
			b.WriteString("The oldest version that is described.\n")
		default:
			b.WriteString("Nothing changed here.\n")
		}
		for _, c := range v.Changes {
			fmt.Fprintf(&b, "- %s\n", c.About)
			listRoutes(&b, "New", c.Added)
			listRoutes(&b, "Gone", c.Removed)
		}
	}
	return b.String()
}

// listRoutes writes the operations that came or went, those of a path together:
// "`GET` `POST /tags`".
func listRoutes(b *strings.Builder, what string, routes []string) {
	if len(routes) == 0 {
		return
	}
	methods, paths := map[string][]string{}, []string{}
	for _, route := range routes {
		method, path, _ := strings.Cut(route, " ")
		if !slices.Contains(paths, path) {
			paths = append(paths, path)
		}
		methods[path] = append(methods[path], method)
	}
	fmt.Fprintf(b, "\n  %s:\n", what)
	for _, path := range paths {
		fmt.Fprintf(b, "  - `%s %s`\n", strings.Join(methods[path], ", "), path)
	}
	b.WriteByte('\n')
}

func TestTheDocumentedVersionsAreTheOnesThereAre(t *testing.T) {
	const file = "../../docs/api-versions.md"
	want := strings.ReplaceAll(changelog(), "\n\n\n", "\n\n")
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("docs/api-versions.md is out of step with the changes in this package: go test ./internal/apiversion -update")
	}
}
