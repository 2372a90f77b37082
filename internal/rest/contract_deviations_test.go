package rest_test

import (
	"bufio"
	"os"
	"slices"
	"strings"
	"testing"
)

// A deviation is a place where the server rightly does not do what Intercom's
// published description says. All of them are in testdata/deviations.txt.
type deviation struct {
	versions  []string // none means every one
	operation string   // empty for every one
	rule      string   // of a finding
	line      string
	used      bool
}

// covers reports whether the deviation explains a finding.
func (d *deviation) covers(version, operation, rule string) bool {
	return d.rule == rule && (d.operation == "" || d.operation == operation) &&
		(d.versions == nil || slices.Contains(d.versions, version))
}

type deviations []*deviation

// readDeviations reads the list: a line each of versions (or *), operation (or
// *), rule and reason, between bars. A line that begins with # is a remark.
func readDeviations(t *testing.T) deviations {
	t.Helper()
	file, err := os.Open("testdata/deviations.txt")
	must(t, err)
	defer file.Close()
	var list deviations
	for lines := bufio.NewScanner(file); lines.Scan(); {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		parts := strings.Split(line, "|")
		if len(parts) != 4 || strings.TrimSpace(parts[3]) == "" {
			t.Fatalf("deviations.txt: %q is not versions | operation | rule | reason", line)
		}
		d := &deviation{rule: strings.TrimSpace(parts[2]), line: line}
		if versions := strings.TrimSpace(parts[0]); versions != "*" {
			d.versions = strings.Fields(versions)
		}
		if operation := strings.TrimSpace(parts[1]); operation != "*" {
			d.operation = operation
		}
		list = append(list, d)
	}
	return list
}

// explain reports whether a deviation explains a finding, and notes that it
// was needed.
func (list deviations) explain(version, operation, rule string) bool {
	explained := false
	for _, d := range list {
		if d.covers(version, operation, rule) {
			d.used, explained = true, true
		}
	}
	return explained
}
